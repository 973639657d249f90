"""English orders: "emphasizing that …", "requiring the departments to …", a directive to …"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nameplate.claim.act import cued
from nameplate.claim.context import Context, Sentence
from nameplate.claim.order import Order, doable
from nameplate.claim.person import last_before, people_in
from nameplate.claim.phrase import tidy, trim
from nameplate.model import Cue, Rejection

_DUTY = re.compile(
    r"\s*,?\s*(?:on\s+)?(?:that\s+)?(?:it\s+(?:is|was)\s+(?:necessary|important|essential|imperative|crucial|vital"
    r"|required)\s+to\s+|(?:we|they)\s+(?:must|should|need\s+to|have\s+to)\s+"
    r"|(?P<to>(?:the\s+|all\s+|each\s+|every\s+|relevant\s+|our\s+|its\s+)*[\w'’&,. -]{2,80}?)\s+"
    r"(?:must|should|need\s+to|needs\s+to|have\s+to|has\s+to|shall)\s+)",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"\s+(?P<to>(?:the\s+|all\s+)?[\w'’&,.() -]{2,90}?)\s+(?:not\s+)?to\s+(?=[a-z])", re.IGNORECASE
)
_STATE = re.compile(
    r"(?:be|become|stay|feel|know|remember|see|look|come|visit|join|attend)\b", re.IGNORECASE
)
_TO_WHOM = re.compile(
    r"\b(?:department|departments|enterprise|enterprises|company|companies|bureau|bureaus|committee"
    r"|government|governments|unit|units|authorities|authority|ministry|ministries|office|team|teams"
    r"|contractor|contractors|owner|developer|management|officials|leaders|officers|staff|workers"
    r"|congress|parliament|levels|parties|agencies|agency|side|sides|operators|builders|firms"
    r"|district|districts|counties|county|towns|cities|investor|investors|them|everyone|personnel)\b",
    re.IGNORECASE,
)
_END = re.compile(
    r";|[.。]\s*$|,\s+and\s+(?:has|have|is|was|will|also)\b"
    r"|,\s+(?=(?:so as|in order|thereby|said|he said|she said|according)\b)|\s+\("
)
_LEAD = re.compile(r"\s*(?:to\s+|and\s+)?")


def orders(context: Context) -> Iterator[Order | Rejection]:
    """Orders of an English report, and what was only a slogan."""
    for sentence, cues in cued(context, "order"):
        done = sentence.start
        for cue in cues:
            if cue.start < done:
                continue
            made = _order(context, sentence, cue)
            if made is None:
                continue
            done = made.end
            yield made


def _order(context: Context, sentence: Sentence, cue: Cue) -> Order | Rejection | None:
    plain = context.plain
    to: str | None = None
    if cue.key == "that":
        match = _DUTY.match(plain, cue.end, sentence.end)
        if match is None:
            return None
        to = match["to"] and tidy(context, match.start("to"), match.end("to"))
        if to and not _addressed(sentence, match.start("to"), match.end("to"), to):
            return None
    elif cue.key == "said":
        match = _MUST.match(plain, cue.end, sentence.end)
        if match is None or not _TO_WHOM.search(match["to"]):
            return None
        to = tidy(context, match.start("to"), match.end("to"))
    elif cue.key == "whom":
        match = _WHOM.match(plain, cue.end, min(sentence.end, cue.end + 120))
        if match is None or ", " in match["to"]:
            return None
        if not _addressed(sentence, match.start("to"), match.end("to"), match["to"]):
            return None
        to = tidy(context, match.start("to"), match.end("to"))
    else:
        match = _LEAD.match(plain, cue.end)
        if match is None:
            return None
    start, end = _span(context, sentence, match.end())
    if end - start < 12 or _STATE.match(plain, start):
        return None
    return _judged(context, sentence, cue, (start, end), to)


def _addressed(sentence: Sentence, start: int, end: int, words: str) -> bool:
    """Whether the words are somebody who can be told: a body, a firm, people at work."""
    named = any(n.start < end and start < n.end and n.kind not in _NOT_TOLD for n in sentence.names)
    return named or _TO_WHOM.search(words) is not None


_NOT_TOLD = frozenset({"product", "programme", "event", "thing"})


def _span(context: Context, sentence: Sentence, start: int) -> tuple[int, int]:
    stop = _END.search(context.plain, start, sentence.end)
    return trim(context, start, stop.start() if stop else sentence.end)


def _judged(
    context: Context, sentence: Sentence, cue: Cue, span: tuple[int, int], to: str | None
) -> Order | Rejection | None:
    by = _by(context, sentence, cue)
    if by is None:
        return None
    score = doable(context, *span) + sum(span[0] <= t.start < span[1] for t in sentence.times)
    if to is not None:
        score += sum(span[0] <= n.start < span[1] and n.kind in _WORKS for n in sentence.names)
    encouraged = context.small.startswith("encourag", cue.start)
    if score < (1 if cue.key != "whom" or encouraged else 0) + (1 if encouraged else 0):
        return Rejection(
            start=span[0],
            end=span[1],
            quote=context.quote(*span),
            kind="instruction",
            reason="a slogan: it names nothing that can be done",
        )
    rule, sure = f"instruction.{cue.key}", 0.55 + 0.05 * min(score, 3)
    return Order(span[0], span[1], sentence, by, to, rule, round(sure, 2))


_WORKS = frozenset({"project", "plant", "line", "park"})
_MUST = re.compile(
    r"\s+(?:that\s+)?(?P<to>(?:the\s+|all\s+|each\s+|every\s+)?[\w'’ -]{3,60}?)\s+must\s+(?!be\b|have\b)"
)
_OFFICE = re.compile(
    r"\b(?:the\s+)?((?:vice\s+|deputy\s+)?(?:prime\s+minister|president|premier|mayor|governor|minister"
    r"|secretary|chairman|general\s+manager|director|ministry[\w ]{0,40}|government|commission"
    r"|bureau|department|committee|regulator|court|inspector|council|authority|authorities|agency|cabinet"
    r"|administration))(?:'s)?\b",
    re.IGNORECASE,
)


def _by(context: Context, sentence: Sentence, cue: Cue) -> str | None:
    """Who gave the order: the person before the verb, an office, or the last person who spoke."""
    persons = people_in(context, sentence.start, cue.start)
    if persons:
        return persons[-1].name
    office = list(_OFFICE.finditer(context.plain, sentence.start, cue.start))
    if office:
        return (
            tidy(context, office[-1].start(), office[-1].end())
            .removesuffix("'s")
            .removesuffix("’s")
        )
    lead = context.small[sentence.start : cue.start]
    if re.search(r"\b(?:he|she|the meeting)\b", lead):
        earlier = last_before(context, sentence.start)
        return earlier.name if earlier else None
    return None
