"""English visits: who is the subject of the verb, what is its object, what is a station of a tour."""

from __future__ import annotations

import re
from functools import cache

from nameplate.claim.act import cued
from nameplate.claim.context import Context, Sentence
from nameplate.claim.modality import negated
from nameplate.claim.person import called, people_in
from nameplate.claim.phrase import tidy
from nameplate.claim.place_en import Site, sites
from nameplate.claim.stop import RECENT, Stop, date_of, joined
from nameplate.claim.visitor_en import companions
from nameplate.claim.visitor_en import visitors as visitors_of
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Cue, Rejection

_MOVE = re.compile(
    r"\b(?:led|leads|lead|headed|heading|came|went|comes|goes|travell?ed|delegation|arrived|organized"
    r"|organised|invited|leading|flew|visit|trip|group|team)\b",
    re.IGNORECASE,
)
_BASE = frozenset({"visit", "tour", "inspect", "survey", "investigate", "come to", "go to"})
_STATION = re.compile(
    r"\s*(?:in|at|on|inside)\s+(?:the\s+)?(?!order|recent|addition|response)", re.IGNORECASE
)
_STATION_END = re.compile(
    r"(?:\s+(?:site|construction site))?\s*(?:[,，]\s*(?:which|where|with)\b[^.;。；]{0,120})?[,，]?\s*",
    re.IGNORECASE,
)
_HE = re.compile(r"[,，]?\s+(?=(?:he|she|they|the delegation|the group|everyone)\b)", re.IGNORECASE)
_PURPOSE = re.compile(r"\s*,?\s*(?:to|for)\s+(?P<purpose>[^.;。；\n]{6,200})")
_CANCELLED = re.compile(r"\b(?:called off|cancell?ed|postponed|put off)\b")
_DATED = re.compile(r"(?:\s+on\s+[\w .,]{3,22}?|\s+(?:today|yesterday|recently))?\s+to\s+")
_NOUN_LEAD = re.compile(
    r"(?:\b(?:made|paid|undertook|concluded|began|started|ended|conducted|during|on)\s+(?:a|an|his|her|their|the)"
    r"|'s)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|is to|are to|is scheduled to|plans to|is expected to)\s+(?:\w+\s+)?$"
)


def stops(context: Context) -> list[Stop | Rejection]:
    """The stops of an English report, in order, and what looked like one."""
    found: list[Stop | Rejection] = []
    for sentence, cues in cued(context, "visit"):
        tour = [s for s in found[-RECENT:] if isinstance(s, Stop)]
        if (names := _join(context, sentence, cues)) and tour:
            found[-RECENT:] = [_joins(s, names, sentence) for s in found[-RECENT:]]
            continue
        found += _stops(context, sentence, cues, tour)
    return found


def _stops(
    context: Context, sentence: Sentence, cues: list[Cue], tour: list[Stop]
) -> list[Stop | Rejection]:
    listed = _listed(context, sentence, cues, tour)
    if listed:
        return listed
    station = _station(context, sentence, cues, tour)
    if station:
        return station
    found: list[Stop | Rejection] = []
    floor = sentence.start
    for cue in cues:
        if cue.key == "go" or _is_visit(context, sentence, cue):
            found += _gone(context, sentence, cues, cue, tour, floor)
        elif cue.key == "lead":
            found += _led(context, sentence, cues, cue, tour)
        elif cue.key == "attend":
            found += _attended(context, sentence, cues, cue)
        elif cue.key == "host":
            found += _hosted(context, sentence, cue)
        else:
            continue
        floor = cue.end
    return found


def _join(context: Context, sentence: Sentence, cues: list[Cue]) -> tuple[str, ...]:
    """Those who took part in the tour of somebody named before."""
    cue = next((c for c in cues if c.key == "join"), None)
    if cue is None:
        return ()
    return tuple(called(context, p) for p in people_in(context, sentence.start, cue.start))


def _joins(stop: Stop | Rejection, names: tuple[str, ...], sentence: Sentence) -> Stop | Rejection:
    if (
        isinstance(stop, Stop)
        and sentence.index - stop.sentence <= 3
        and stop.rule != "visit.attend"
    ):
        return joined(stop, names)
    return stop


def _gone(
    context: Context,
    sentence: Sentence,
    cues: list[Cue],
    cue: Cue,
    tour: list[Stop],
    floor: int,
) -> list[Stop | Rejection]:
    said = context.small[cue.start : cue.end]
    lead = context.plain[sentence.start : cue.start]
    if said in _BASE and not _moves(lead):
        return []
    if any(c.key == "go" and context.plain[cue.end : c.start] == " and " for c in cues):
        return []
    if negated(context, sentence, cue.start) or _CANCELLED.search(
        context.plain, cue.end, sentence.end
    ):
        return []
    visitors = visitors_of(context, sentence, cues, cue.start, tour, floor)
    if not visitors:
        return []
    dated = _DATED.match(context.plain, cue.end) if said == "paid a visit" else None
    places = sites(context, sentence, dated.end() if dated else cue.end)
    if not places:
        return [_reject(context, cue, sentence, "what was visited is no place, plant or body")]
    return _made(context, sentence, cue, visitors, places, _FUTURE.search(lead) is not None)


_LED_TO = re.compile(
    r"\s+(?:[\w'’-]+\s+){0,14}?to\s+(?!inspect|visit|study|investigate|tour|attend|see|learn)"
)


def _led(
    context: Context, sentence: Sentence, cues: list[Cue], cue: Cue, tour: list[Stop]
) -> list[Stop | Rejection]:
    """ "led a team to the park": where the group went, unless the sentence says what it visited there."""
    to = _LED_TO.match(context.plain, cue.end, sentence.end)
    if to is None or any(c.key == "go" and c.start > cue.end for c in cues):
        return []
    visitors = visitors_of(context, sentence, cues, cue.start, tour, sentence.start)
    places = sites(context, sentence, to.end()) if visitors else []
    return _made(context, sentence, cue, visitors, places, False) if places else []


def _is_visit(context: Context, sentence: Sentence, cue: Cue) -> bool:
    """Whether a noun tells of a visit that takes place: "made a visit to", "during his visit to"."""
    if cue.key != "noun":
        return False
    return _NOUN_LEAD.search(context.plain[sentence.start : cue.start]) is not None


def _moves(lead: str) -> bool:
    """Whether a bare infinitive is what a journey was for, and no invitation."""
    if re.search(r"\bwill\s+$", lead):
        return True
    return (
        re.search(r"\b(?:to|and)\s+(?:\w+ly\s+)?$", lead) is not None
        and _MOVE.search(lead) is not None
    )


def _made(
    context: Context,
    sentence: Sentence,
    cue: Cue,
    visitors: tuple[str, ...],
    places: list[Site],
    planned: bool,
) -> list[Stop | Rejection]:
    date = date_of(context, sentence, cue.start)
    vague = sentence.title or not people_in(context, sentence.start, cue.start)
    aim = _PURPOSE.match(context.plain, places[-1].end)
    purpose = tidy(context, aim.start("purpose"), aim.end("purpose")) if aim else None
    return [
        Stop(
            subject=site.subject,
            visitors=visitors,
            start=cue.start if i == 0 else site.start,
            end=site.end,
            sentence=sentence.index,
            rule="visit.go",
            confidence=(0.75 if site.sure else 0.5) - (0.15 if vague else 0),
            when=date,
            purpose=purpose,
            planned=planned,
        )
        for i, site in enumerate(places)
    ]


def _station(
    context: Context, sentence: Sentence, cues: list[Cue], tour: list[Stop]
) -> list[Stop | Rejection]:
    """ "In A and B, NAME inspected …": the places before the comma are stations."""
    lead = _STATION.match(context.plain, sentence.start, sentence.end)
    looks = [c for c in cues if c.key in ("look", "go")]
    if lead is None or not looks:
        return []
    persons = people_in(context, sentence.start, looks[0].start)
    pronoun = _HE.search(context.plain, lead.end(), looks[0].start)
    visitors: tuple[str, ...]
    if persons:
        end, visitors = persons[0].whole_start, (called(context, persons[0]),)
    elif pronoun and tour:
        end, visitors = pronoun.start(), tour[-1].visitors
    else:
        return []
    places = sites(context, sentence, lead.end(), end)
    rest = context.plain[places[-1].end : end] if places else ""
    if not places or not _STATION_END.fullmatch(rest):
        return []
    date = date_of(context, sentence, sentence.start) if sentence.times else None
    return [
        Stop(s.subject, visitors, s.start, s.end, sentence.index, "visit.station", 0.75, date)
        for s in places
    ]


@cache
def _occasion() -> re.Pattern[str]:
    return re.compile(noun_pattern("occasion"), re.IGNORECASE)


def _attended(
    context: Context, sentence: Sentence, cues: list[Cue], cue: Cue
) -> list[Stop | Rejection]:
    """Taking part in an opening, a signing, a ground-breaking."""
    match = _occasion().search(context.plain, cue.end, min(sentence.end, cue.end + 90))
    if match is None or re.search(
        r"[,;。]|\b(?:and|but)\b", context.plain[cue.end : match.start()]
    ):
        return []
    persons = [p for p in people_in(context, sentence.start, cue.start)
               if p not in companions(context, sentence, cues, cue.start)]  # fmt: skip
    if not persons:
        return []
    of = re.compile(r"\s+(?:(?:of|for)\s+)?(?:the\s+)?").match(context.plain, match.end())
    if not match.group().endswith(" of"):
        of = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?").match(context.plain, match.end())
    end = match.end()
    if of and (site := sites(context, sentence, of.end())):
        end = site[0].end
    start = re.compile(r"\s*(?:the|a|an)?\s*(?:recent\s+)?", re.I).match(context.plain, cue.end)
    begin = start.end() if start else cue.end
    return [
        Stop(
            subject=tidy(context, begin, end),
            visitors=tuple(dict.fromkeys(called(context, p) for p in persons)),
            start=cue.start,
            end=end,
            sentence=sentence.index,
            rule="visit.attend",
            confidence=0.55,
            when=date_of(context, sentence, cue.start),
        )
    ]


def _hosted(context: Context, sentence: Sentence, cue: Cue) -> list[Stop | Rejection]:
    """ "The plant was visited by NAME": subject and object change places."""
    persons = people_in(context, cue.end, sentence.end)
    hosts = [n for n in sentence.names if n.end <= cue.start and n.kind != "person"]
    if not persons or not hosts:
        return []
    site = sites(context, sentence, hosts[-1].start, hosts[-1].end)
    first = persons[0]
    if not site or len(context.plain[cue.end : first.whole_start]) > 120:
        return []
    guests: tuple[str, ...] = tuple(dict.fromkeys(called(context, p) for p in persons))
    end = max(first.whole_end, cue.end)
    date = date_of(context, sentence, cue.start)
    return [
        Stop(site[0].subject, guests, hosts[-1].start, end, sentence.index, "visit.host", 0.6, date)
    ]


def _listed(
    context: Context, sentence: Sentence, cues: list[Cue], tour: list[Stop]
) -> list[Stop | Rejection]:
    """ "The places where NAME stayed include A, B and C"."""
    cue = next((c for c in cues if c.key == "stops"), None)
    if cue is None:
        return []
    persons = people_in(context, sentence.start, cue.start)
    names = tuple(called(context, p) for p in persons) or (tour[-1].visitors if tour else ())
    if not names:
        return []
    date = date_of(context, sentence, cue.start)
    found = sites(context, sentence, cue.end)
    return [
        Stop(s.subject, names, s.start, s.end, sentence.index, "visit.list", 0.7, date)
        for s in found
    ]


def _reject(context: Context, cue: Cue, sentence: Sentence, reason: str) -> Rejection:
    end = min(sentence.end, cue.end + 40)
    return Rejection(
        start=cue.start, end=end, quote=context.quote(cue.start, end), kind="visit", reason=reason
    )
