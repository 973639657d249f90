"""The plain noun phrase that an English figure is said of: "industrial firms in the province", "SMEs".

Bulletins count what industries and kinds of enterprises did, none of which has a name. The subject of the
figure's clause is looked for to the left: the words before its verb, and behind "of" where the phrase
is headed by the measure itself ("the added value of high-tech manufacturing rose by").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from nameplate.claim.context import Context, Sentence
from nameplate.claim.phrase import noun_phrase, trim
from nameplate.claim.subject import LEAST, Subject
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Name, Quantity

WHY = "the noun that acts"

MEASURES = frozenset(
    {"change", "share", "resumption_rate", "utilisation", "output", "output_value", "revenue", "profit",
     "tax", "exports", "sales", "investment", "employment", "capacity", "contract_value", "count"}
)  # fmt: skip
"""Measures of what somebody does, which may be said of a plain noun."""

_VERB = re.compile(
    r"\b(?:has|have|had|is|are|was|were|will|would|can|could|rose|fell|grew|increased|decreased|declined|"
    r"dropped|reached|hit|totall?ed|accounted|exceeded|stood|resumed|achieved|reali[sz]ed|registered|posted|"
    r"recorded|saw|reduced|employed?|produced?|expanded|plans?|aims?|expects?|made|earned|paid|accounts?)\b"
)
_CLAUSE = re.compile(r"[,;:](?!\d)|\b(?:that|while|and|but|which|where|when)\b")
_NO_HEAD = re.compile(
    r"(?:it|its|they|he|she|we|i|you|which|who|that|there|this|these|those|among|of|with|according|also|"
    r"not|to|by|including)\b(?! (?:industr|sector|enterpris|firm|compan|business|factor|plant|workshop))"
)
_OF = re.compile(r"\b(?:of|by|from)\s+(?:all |the |its |their |these |those |such )*")
_PREPOSITION = re.compile(r"\s+(?:of|in|for|with|from|under|above|at|on|to|across|within|by)\b")
_MOST = 110


@cache
def _actor() -> re.Pattern[str]:
    return re.compile(rf"(?:{noun_pattern('actor')})$", re.IGNORECASE)


def acting(
    context: Context, sentence: Sentence, quantity: Quantity, key: str, best: Subject | None
) -> Subject | None:
    """The plain noun that acts in the figure's clause, where no work, firm or institute is named for it."""
    if context.zh or key not in MEASURES:
        return None
    found = _phrase(context, sentence, quantity, _actor().search)
    if found is None or (best is not None and _sure(context, sentence, best, found[0])):
        return None
    start, end = found
    if best is not None and _SCOPE.fullmatch(context.small, start, end):
        return None  # only the part of a zone or a place that is counted
    if any(n.start < end and start < n.end and n.kind in _NAMED for n in sentence.names):
        return None
    words = " ".join(context.quote(start, end).split())
    return Subject(Name(start=start, end=end, text=words, kind="thing"), words, LEAST + 8, WHY)


_SCOPE = re.compile(
    r"(?:the |all )?(?:scale|above-scale|large-scale|designated) (?:industr(?:y|ies)|enterprises)"
    r"|(?:the |all )?(?:industrial enterprises|industr(?:y|ies)|enterprises|industrial companies) "
    r"(?:above|over) (?:the )?(?:designated |standard )?(?:size|scale)"
)
_PLAIN = re.compile(r"[a-z][\w'-]*(?: [\w'-]+){0,5}")


def plain(context: Context, sentence: Sentence, quantity: Quantity, key: str) -> Subject | None:
    """Whatever noun phrase is the subject of the figure's clause, where nothing else can be its owner."""
    if context.zh or key not in MEASURES:
        return None
    found = _phrase(context, sentence, quantity, _PLAIN.fullmatch)
    if found is None or any(q.start < found[1] and found[0] < q.end for q in sentence.quantities):
        return None
    if any(found[0] <= c.start and c.end <= found[1] for c in sentence.cue("measure")):
        return None  # "daily production of raw materials" is what is measured, not whose it is
    words = " ".join(context.quote(*found).split())
    name = Name(start=found[0], end=found[1], text=words, kind="thing")
    return Subject(name, words, LEAST, "the noun phrase before its verb")


_IN = re.compile(r"[^.,;:()]{0,60}?\b(?:in|across|of|throughout) (?:the )?(?=[A-Z])")


def where(context: Context, sentence: Sentence, quantity: Quantity) -> Subject | None:
    """The place in which things are counted, where no name was found for it: "in SW China"."""
    match = None if context.zh else _IN.match(context.plain, quantity.end, sentence.end)
    if match is None:
        return None
    start, end = noun_phrase(context, sentence, match.end())
    if not 0 < end - start <= 60:
        return None
    words = " ".join(context.quote(start, end).split())
    name = Name(start=start, end=end, text=words, kind="thing")
    return Subject(name, words, LEAST, "where it is counted")


_NAMED = frozenset({"company", "project", "plant", "line", "institute", "park"})


def _sure(context: Context, sentence: Sentence, best: Subject, start: int) -> bool:
    """Whether the name chosen is one that figures are said of, in the clause of the phrase or after it."""
    if not sentence.start <= best.name.start < sentence.end:
        return False
    if context.referent(best.name).kind not in _NAMED:
        return False
    return best.name.end > start or not _parts(context, best.name.end, start)


def _parts(context: Context, end: int, start: int) -> bool:
    """Whether a new clause begins between a name and the phrase."""
    return context.small[end:start].rstrip().endswith((", and", ", while", ", but", ";"))


Heads = Callable[[str, int, int], re.Match[str] | None]


def _phrase(
    context: Context, sentence: Sentence, quantity: Quantity, heads: Heads
) -> tuple[int, int] | None:
    """The noun phrase before the verb of the nearest clause that has one."""
    stop = quantity.start
    cuts = [m.end() for m in _CLAUSE.finditer(context.small, sentence.start, stop)]
    end = stop
    for start in [*reversed(cuts), sentence.start][:8]:
        verb = _VERB.search(context.small, start, end)
        if verb is not None:
            found = _headed(context, sentence, (start, verb.start()), heads)
            if found is not None:
                return found
        if context.small.startswith(";", start - 1) and verb is not None:
            return None  # another clause has its own subject
        end = stop if verb is None else max(start, sentence.start)
    return None


def _headed(
    context: Context, sentence: Sentence, span: tuple[int, int], heads: Heads
) -> tuple[int, int] | None:
    """The stretch as a phrase with an acting noun as its head, or what follows its "of"."""
    start, end = span
    for time in sentence.times:
        if start <= time.start and time.end <= end:
            start = max(start, time.end)
    start, end = trim(context, start, end)
    if not 0 < end - start <= _MOST or _NO_HEAD.match(context.small, start, end):
        return None
    while True:
        cut = _PREPOSITION.search(context.small, start, end)
        head = cut.start() if cut else end
        if heads(context.plain, start, head):
            return trim(context, start, end)
        of = _OF.search(context.small, start, end)
        if of is None or of.end() >= end:
            return None
        start = of.end()
