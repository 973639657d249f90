"""The two ends of a relation: which name stands on either side of the words that relate them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nameplate.claim.context import Context, Sentence
from nameplate.claim.modality import of as modality_of
from nameplate.claim.party import words_of
from nameplate.model import Claim, Name

THINGS = frozenset({"project", "plant", "line", "park", "company", "institute", "event", "body"})
WORKS = frozenset({"project", "plant", "line", "park"})
ACTORS = frozenset({"company", "institute", "thing", "body", "place"})
FIRMS = frozenset({"company", "institute", "body"})


@dataclass(slots=True, frozen=True)
class Ends:
    """Two ends, names or words, with the span that relates them and a first confidence."""

    subject: Name | str
    object: Name | str
    start: int
    end: int
    confidence: float


def claim(context: Context, sentence: Sentence, key: str, ends: Ends) -> Claim | None:
    """The relation as a claim; None where an end has no words of its own."""
    subject, other = _words(context, ends.subject), _words(context, ends.object)
    if not subject or not other or subject == other:
        return None
    return Claim(
        kind="relation",
        relation=key.split(".", maxsplit=1)[0],
        subject=subject,
        object=other,
        quote=context.quote(ends.start, ends.end),
        start=ends.start,
        end=ends.end,
        modality=modality_of(context, sentence, ends.start, ends.end),
        rule=f"relation.{key}",
        confidence=ends.confidence,
    )


def _words(context: Context, end: Name | str) -> str | None:
    return " ".join(end.split()) if isinstance(end, str) else words_of(context, end)


_STOP = re.compile(r"[。；]")
_PAUSE = re.compile(r"[，。；]")


def left(
    context: Context, sentence: Sentence, offset: int, kinds: frozenset[str], reach: int
) -> Name | None:
    """The nearest name of a kind before the offset, not beyond a full stop or its reach."""
    for name in reversed(sentence.names):
        if name.end > offset:
            continue
        between = context.plain[name.end : offset]
        if len(between) > reach or _STOP.search(between):
            return None
        if context.referent(name).kind in kinds and not (name.generic and name.refers is None):
            return name
    return None


def right(
    context: Context, sentence: Sentence, offset: int, kinds: frozenset[str], reach: int
) -> Name | None:
    """The first name of a kind after the offset, not beyond a comma or its reach."""
    for name in sentence.names:
        if name.start < offset:
            continue
        between = context.plain[offset : name.start]
        if len(between) > reach or _PAUSE.search(between):
            return None
        if context.referent(name).kind in kinds and not (name.generic and name.refers is None):
            return name
    return None
