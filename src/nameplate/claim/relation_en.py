"""English relations: a verb or a noun of relating between two names that were found.

Each entry of the lexicon's ``[relation]`` is one construction, the words after the point say which:
``by`` turns subject and object, ``sign`` is an agreement between two, ``held`` an event's venue.
Both ends must be names (or, for titles and products, the phrase that the construction takes).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from nameplate.claim.act import cued
from nameplate.claim.context import Context, Sentence
from nameplate.claim.modality import negated
from nameplate.claim.modality import of as modality_of
from nameplate.claim.party import words_of
from nameplate.claim.phrase import noun_phrase, tidy
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Claim, Cue, Name

THINGS = frozenset({"project", "plant", "line", "park", "company", "institute", "event", "body"})
WORKS = frozenset({"project", "plant", "line", "park"})
ACTORS = frozenset({"company", "institute", "thing", "body", "place"})
FIRMS = frozenset({"company", "institute", "thing", "body"})

Rule = Callable[[Context, Sentence, Cue], Iterator[Claim]]

_IN = re.compile(r",?\s+(?:in|at|outside|near|within)\s+(?:the\s+)?")
_AGAIN = re.compile(
    r"[,;]\s+(?:which|that|who|and|but|while|he|she|they|it)\b|[;。:：]|\.(?!\d|com\b)"
)
_OTHERS = re.compile(r"\b(?:with|from|by|in|at|between)\s+(?:the\s+)?$|\($", re.IGNORECASE)
_LONGEST = 120


def relations(context: Context) -> Iterator[Claim]:
    """The relations that an English report tells, each as often as it is told."""
    for sentence in context.sentences:
        if sentence.names:
            yield from _placed(context, sentence)
    for sentence, cues in cued(context, "relation"):
        if not sentence.names:
            continue
        for cue in cues:
            if not negated(context, sentence, cue.start):
                yield from RULES[cue.key](context, sentence, cue)


def _claim(
    context: Context,
    sentence: Sentence,
    relation: str,
    ends: tuple[Name | str, Name | str],
    span: tuple[int, int],
    confidence: float,
) -> Claim | None:
    subject = _words(context, ends[0])
    other = _words(context, ends[1])
    if not subject or not other or subject == other:
        return None
    return Claim(
        kind="relation",
        relation=relation.split(".", maxsplit=1)[0],
        subject=subject,
        object=other,
        quote=context.quote(*span),
        start=span[0],
        end=span[1],
        modality=modality_of(context, sentence, *span),
        rule=f"relation.{relation}",
        confidence=confidence,
    )


def _words(context: Context, end: Name | str) -> str | None:
    return end if isinstance(end, str) else words_of(context, end)


def _left(
    context: Context, sentence: Sentence, offset: int, kinds: frozenset[str], reach: int = _LONGEST
) -> Name | None:
    """The name whose verb stands at the offset: the nearest one before, in the same clause."""
    for name in reversed(sentence.names):
        if name.end > offset:
            continue
        between = context.plain[name.end : offset]
        if len(between) > reach or _AGAIN.search(between):
            return _opening(context, sentence, offset, kinds)
        lead = context.plain[max(sentence.start, name.start - 10) : name.start]
        if _OTHERS.search(lead):
            continue
        if context.referent(name).kind in kinds:
            return name
        if name.kind not in ("place", "person", "thing", "product", "programme"):
            return None
    return None


def _opening(
    context: Context, sentence: Sentence, offset: int, kinds: frozenset[str]
) -> Name | None:
    """The name that opens the sentence, where a relative clause stands between it and its verb."""
    first = sentence.names[0]
    if first.start > sentence.start + 6 or context.referent(first).kind not in kinds:
        return None
    between = context.plain[first.end : offset]
    if re.fullmatch(r",\s+which\s+(?:is|was|will|has)\b[^,;.]{0,30}", between):
        return first
    return first if re.match(r",\s+(?:which|who)\b[^.;]*,\s+\w+\s*\w*\s*$", between) else None


def _right(
    context: Context, sentence: Sentence, offset: int, kinds: frozenset[str], reach: int = 60
) -> Name | None:
    """The name that the construction takes: the first after the offset, not far off."""
    for name in sentence.names:
        if name.start < offset:
            continue
        between = context.plain[offset : name.start]
        if len(between) > reach or re.search(
            r"[;:。]|\.(?!\d)|,\s+(?:which|who|and|but)\b", between
        ):
            return None
        if context.referent(name).kind in kinds:
            return name
        if name.kind != "thing":
            return None
    return None


def _placed(context: Context, sentence: Sentence) -> Iterator[Claim]:
    """ "the Yichang Super Factory in Hubei": a works with the place straight after it."""
    for i, name in enumerate(sentence.names):
        if name.kind not in WORKS:
            continue
        inner = _inner(context, name)
        if inner is not None:
            head, place = inner
            made = _claim(
                context, sentence, "located_in", (head, place), (name.start, name.end), 0.7
            )
            if made:
                yield made
            continue
        lead = _IN.match(context.plain, name.end, sentence.end)
        following = sentence.names[i + 1] if i + 1 < len(sentence.names) else None
        if lead is None or following is None or following.start != lead.end():
            continue
        if following.kind in ("place", "park") and not following.generic:
            made = _claim(
                context, sentence, "located_in", (name, following), (name.start, following.end), 0.7
            )
            if made:
                yield made


_INNER = re.compile(
    r"(?P<head>.{6,}?)\s+(?:in|outside|near)\s+(?:the\s+)?(?P<place>[A-Z][^()]{2,60})$", re.DOTALL
)


def _inner(context: Context, name: Name) -> tuple[str, str] | None:
    """A described works whose name holds its place: "factory in Marshall, Michigan"."""
    match = _INNER.match(context.plain[name.start : name.end])
    if match is None or name.generic:
        return None
    head = tidy(context, name.start, name.start + match.end("head"))
    place = tidy(context, name.start + match.start("place"), name.end)
    return re.sub(r"^(?:the|a|an)\s+", "", head, flags=re.I), place


def _between(relation: str, left: frozenset[str], right: frozenset[str], sure: float) -> Rule:
    """Subject before the words, object after them."""

    def rule(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
        subject = _left(context, sentence, cue.start, left)
        other = _right(context, sentence, cue.end, right)
        if subject is not None and other is not None:
            made = _claim(
                context, sentence, relation, (subject, other), (subject.start, other.end), sure
            )
            if made:
                yield made

    return rule


def _turned(relation: str, left: frozenset[str], right: frozenset[str], sure: float) -> Rule:
    """Object before the words, subject after them: "built by NAME"."""

    def rule(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
        other = _left(context, sentence, cue.start, left)
        subject = _right(context, sentence, cue.end, right, 20)
        if subject is not None and other is not None:
            made = _claim(
                context, sentence, relation, (subject, other), (other.start, subject.end), sure
            )
            if made:
                yield made

    return rule


def _settled(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "such as Tencent and NetEase, have settled in Pudong": the place hosts each."""
    host = _right(context, sentence, cue.end, frozenset({"place", "park"}), 12)
    if host is None:
        return
    at = cue.start
    for name in reversed([n for n in sentence.names if n.end <= cue.start]):
        between = context.plain[name.end : at]
        if name.kind not in FIRMS or not re.fullmatch(r"\s*,?\s*(?:and|or|have|has)?\s*", between):
            break
        at = name.start
        made = _claim(context, sentence, "hosts.settle", (host, name), (name.start, host.end), 0.65)
        if made:
            yield made


def _homes(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "Weiting Park is home to A and B": the park hosts each."""
    host = _left(context, sentence, cue.start, frozenset({"place", "park"}), 12)
    at = cue.end
    for name in [n for n in sentence.names if n.start >= cue.end]:
        between = context.plain[at : name.start]
        if (
            host is None
            or not re.fullmatch(r"\s*(?:,|and|the|\s)*", between)
            or name.kind not in FIRMS
        ):
            break
        at = name.end
        made = _claim(context, sentence, "hosts.home", (host, name), (host.start, name.end), 0.65)
        if made:
            yield made


_MONEY_IN = re.compile(
    r"[^.;。]{0,70}?\b(?:in|into|to)\s+(?:build\s+|construct\s+|set up\s+)?(?:the\s+|a\s+|an\s+)?"
)


def _invested(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "will invest 5 billion USD in Oman", "to invest 10.2 billion yuan to a new industrial park"."""
    subject = _left(context, sentence, cue.start, FIRMS, 160)
    lead = _MONEY_IN.match(context.plain, cue.end, sentence.end)
    if subject is None or lead is None:
        return
    other = next((n for n in sentence.names if n.start >= lead.end() - 5), None)
    money = any(cue.end <= q.start < lead.end() for q in sentence.quantities)
    if not money and not (other is not None and other.kind in WORKS and lead.end() - cue.end < 9):
        return
    if (
        other is None
        or other.start > lead.end() + 24
        or other.kind not in WORKS | {"place", "company"}
    ):
        return
    made = _claim(context, sentence, cue.key, (subject, other), (cue.start, other.end), 0.65)
    if made:
        yield made


def _announced(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "Intel will announce a new $20 billion factory"."""
    subject = _left(context, sentence, cue.start, FIRMS, 30)
    other = _right(context, sentence, cue.end, WORKS, 40)
    if subject is None or other is None:
        return
    if any(cue.end <= q.start < other.start for q in sentence.quantities):
        made = _claim(
            context, sentence, cue.key, (subject, other), (subject.start, other.end), 0.55
        )
        if made:
            yield made


_AGENTS = re.compile(r"\s*(?:,\s*)?(?:and|with)\s+(?:[\w-]+\s+){0,4}")


def _signed(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "A and B signed a … agreement", "A signed a … agreement with B"."""
    verb = re.compile(r"\b(?:sign(?:ed|s)?|reached|inked|concluded|entered into)\b").search(
        context.plain, sentence.start, cue.start
    )
    if verb is None:
        return
    parties = [n for n in sentence.names if n.end <= verb.start() and n.kind in ACTORS]
    lead = re.compile(r"[^.;]{0,40}?\bwith\s+(?:the\s+)?").match(
        context.plain, cue.end, sentence.end
    )
    other = _right(context, sentence, lead.end(), ACTORS, 20) if lead else None
    if other is None:
        with_ = re.compile(r"\bwith\s+(?:the\s+)?").search(context.plain, verb.end(), cue.start)
        other = _right(context, sentence, with_.end(), ACTORS, 20) if with_ else None
    if other is not None and parties:
        pair = parties[-1], other
    elif len(parties) >= 2 and _AGENTS.fullmatch(
        context.plain[parties[-2].end : parties[-1].start]
    ):
        pair = parties[-2], parties[-1]
    else:
        return
    span = (pair[0].start, max(cue.end, pair[1].end))
    made = _claim(context, sentence, cue.key, pair, span, 0.65)
    if made:
        yield made


_PAIR = re.compile(r"\s*(?:the\s+)?")


def _partnered(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "is cooperating with B", "cooperation between A and B"."""
    if context.small[cue.start : cue.end].endswith("between"):
        inside = [n for n in sentence.names if cue.end <= n.start <= cue.end + 90][:2]
        if len(inside) == 2 and re.fullmatch(
            r"\s+and\s+(?:the\s+)?", context.plain[inside[0].end : inside[1].start]
        ):
            made = _claim(
                context, sentence, cue.key, (inside[0], inside[1]), (cue.start, inside[1].end), 0.65
            )
            if made:
                yield made
        return
    subject = _left(context, sentence, cue.start, ACTORS)
    if subject is None:
        return
    other = _right(context, sentence, cue.end, ACTORS, 30)
    if other is not None:
        end: tuple[Name | str, int] = (other, other.end)
    else:
        start, stop = noun_phrase(context, sentence, cue.end)
        words = tidy(context, start, stop)
        if not re.search(
            r"\b(?:companies|enterprises|universities|institutes|firms|institutions)\b", words
        ):
            return
        end = (re.sub(r"^many\s+", "", words), stop)
    made = _claim(context, sentence, cue.key, (subject, end[0]), (cue.start, end[1]), 0.6)
    if made:
        yield made


@cache
def _title() -> re.Pattern[str]:
    return re.compile(noun_pattern("title"), re.IGNORECASE)


def _identified(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "was recognised as a national-level technology centre"."""
    subject = _left(context, sentence, cue.start, THINGS | {"thing", "product", "place"})
    if subject is None:
        return
    is_title = cue.key.endswith(".is")
    lead = re.compile(r"\s*(?:one of\s+)?(?:the\s+|a\s+|an\s+)?(?:\w+\s+batch\s+of\s+)?").match(
        context.plain, cue.end
    )
    at = lead.end() if lead else cue.end
    start, stop = noun_phrase(context, sentence, at)
    if is_title:
        start = cue.start + context.small[cue.start : cue.end].index(" ") + 1
        start += len(context.plain[start : start + 3]) - len(
            context.plain[start : start + 3].removeprefix("a ").removeprefix("an ")
        )
    if stop - start < 6 or not _title().search(context.plain, start, stop):
        return
    made = _claim(
        context, sentence, cue.key, (subject, tidy(context, start, stop)), (start, stop), 0.6
    )
    if made:
        yield made


@cache
def _event() -> re.Pattern[str]:
    return re.compile(noun_pattern("event"), re.IGNORECASE)


def _held(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "Liangjiang New Area held the key “Cloud Signing” activity"."""
    host = _left(
        context,
        sentence,
        cue.start,
        frozenset({"place", "park", "company", "body", "institute"}),
        30,
    )
    if host is None:
        return
    match = _event().search(context.plain, cue.end, min(sentence.end, cue.end + 90))
    if match is None or re.search(
        r"[,.;。]|\b(?:in|at|on|to|with|for)\b", context.plain[cue.end : match.start()]
    ):
        return
    start = noun_phrase(context, sentence, cue.end)[0]
    words = re.sub(r"^(?:key|grand|large|special|major)\s+", "", tidy(context, start, match.end()))
    made = _claim(context, sentence, cue.key, (host, words), (cue.start, match.end()), 0.6)
    if made:
        yield made


def _ordered(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "secures orders from B": A supplies B."""
    subject = _left(context, sentence, cue.start, FIRMS)
    other = _right(context, sentence, cue.end, FIRMS | {"place"}, 20)
    if subject is not None and other is not None:
        made = _claim(context, sentence, cue.key, (subject, other), (subject.start, other.end), 0.6)
        if made:
            yield made


_SPOT = frozenset({"place", "park"})

RULES: dict[str, Rule] = {
    "located_in": _between("located_in", THINGS | {"thing"}, _SPOT, 0.75),
    "located_in.held": _between("located_in.held", frozenset({"event"}), _SPOT | {"plant"}, 0.7),
    "hosts": _held,
    "hosts.settle": _settled,
    "hosts.home": _homes,
    "builds": _between("builds", FIRMS, WORKS, 0.65),
    "builds.by": _turned("builds.by", WORKS, FIRMS, 0.7),
    "invests_in": _invested,
    "invests_in.by": _turned("invests_in.by", WORKS, FIRMS, 0.7),
    "invests_in.announce": _announced,
    "operates": _between("operates", FIRMS, WORKS, 0.65),
    "operates.by": _turned("operates.by", WORKS, FIRMS, 0.7),
    "owns": _between("owns", FIRMS, WORKS | {"company"}, 0.55),
    "owns.by": _turned("owns.by", WORKS | {"company"}, FIRMS, 0.7),
    "part_of": _between("part_of", THINGS | {"thing"}, FIRMS | {"park", "project"}, 0.65),
    "partner_of": _partnered,
    "partner_of.sign": _signed,
    "supplies": _between("supplies", FIRMS, frozenset({"company", "plant"}), 0.5),
    "supplies.order": _ordered,
    "develops": _between("develops", FIRMS, frozenset({"product"}), 0.5),
    "identified_as": _identified,
    "identified_as.is": _identified,
}
"""One line a construction; a key is the lexicon's."""
