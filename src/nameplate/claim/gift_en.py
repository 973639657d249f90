"""English gifts and deliveries: who gave, handed over or delivered something to whom, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from nameplate.claim import when
from nameplate.claim.clause import clause
from nameplate.claim.context import Context, Sentence
from nameplate.claim.ends_en import ACTORS, claim
from nameplate.claim.modality import of as modality_of
from nameplate.claim.phrase import noun_phrase, tidy
from nameplate.model import Claim, Cue, Name

_GIVERS = ACTORS | {"person", "plant", "park"}
_TO = re.compile(r"\bto\s+(?:the\s+)?(?=[A-Z])")
_GIVER = re.compile(r"(?:[Tt]he\s+)?((?:[A-Z][\w'-]*\s+)(?:[\w'-]+\s+){0,3}?)(?:has |have |had )?$")
_BY = re.compile(r"\bby\s+(?:the\s+)?(?=[A-Z])")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are)\s+(?:\w+ly\s+)?$")
_LOOSE = re.compile(r"gave|provided|presented|granted")
"""Verbs with many objects: only counted or weighed ones are taken for goods."""
_NEAR = 24
_LONGEST = 160
"""Characters within which the one who is given to stands after the verb."""


def given(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "A donated ten tractors to B", "the ferries were handed over to B by A": A supplies B."""
    if _LOOSE.match(context.small, cue.start) and not any(
        cue.end <= q.start < cue.end + _NEAR and q.dimension != "money" for q in sentence.quantities
    ):
        return
    _, stop = clause(context, sentence, cue.start)
    reach = min(max(stop, cue.end), cue.end + _LONGEST, sentence.end)
    giver = _giver(context, sentence, cue, reach)
    taker = _named(context, sentence, _TO, cue.end, reach)
    if giver is None or taker is None:
        return
    made = claim(context, sentence, cue.key, (giver, taker[0]), (cue.start, taker[1]), 0.5)
    if made is None:
        return
    mode = modality_of(context, sentence, cue.start, cue.end)
    time = when.value(when.for_event(context, sentence, cue.start, cue.end, mode))
    yield msgspec.structs.replace(made, when=time, confidence=0.55 if time else 0.5)


def _giver(context: Context, sentence: Sentence, cue: Cue, reach: int) -> Name | str | None:
    """Who gives: after "by" in the passive, else what stands before the verb."""
    head = context.plain[max(sentence.start, cue.start - 80) : cue.start]
    if _PASSIVE.search(head):
        found = _named(context, sentence, _BY, cue.end, reach)
        return found[0] if found else None
    first = sentence.names[0] if sentence.names else None
    led = first is not None and "," in context.plain[first.end : cue.start]
    if first is not None and led and first.end <= cue.start and first.kind in _GIVERS:
        return first  # "Lowick County, led by its mayor, gave"
    for name in reversed(sentence.names):
        if name.end <= cue.start and cue.start - name.end < 12:
            return name if name.kind in _GIVERS else None
    match = _GIVER.search(head)
    return " ".join(match[1].split()) if match else None


def _named(
    context: Context, sentence: Sentence, lead: re.Pattern[str], start: int, end: int
) -> tuple[Name | str, int] | None:
    """The name or the capital noun phrase after the preposition, with its end."""
    match = lead.search(context.plain, start, end)
    if match is None:
        return None
    for name in sentence.names:
        if match.end() <= name.start <= match.end() + 2:
            return name, name.end
    first, last = noun_phrase(context, sentence, match.end())
    words = tidy(context, first, last)
    return (words, last) if len(words) > 2 else None
