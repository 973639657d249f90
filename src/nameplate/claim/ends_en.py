"""The ends of an English relation: the subject before its words, the object after them."""

from __future__ import annotations

import re

from nameplate.claim.context import Context, Sentence
from nameplate.claim.modality import of as modality_of
from nameplate.claim.party import words_of
from nameplate.model import Claim, Modality, Name

THINGS = frozenset({"project", "plant", "line", "park", "company", "institute", "event", "body"})
WORKS = frozenset({"project", "plant", "line", "park"})
ACTORS = frozenset({"company", "institute", "thing", "body", "place"})
FIRMS = frozenset({"company", "institute", "thing", "body"})

_AGAIN = re.compile(
    r"[,;]\s+(?:which|that|who|and|but|while|he|she|they|it)\b|[;。:：]|\.(?!\d|com\b)"
    r"|\bsaid (?:that )?(?:[a-z]+, )?[A-Z]"
)
_OTHERS = re.compile(r"\b(?:with|from|by|in|at|between)\s+(?:the\s+)?$|\($", re.IGNORECASE)
_LONGEST = 120


def claim(
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
        modality=_mode(context, sentence, relation, ends[1], span),
        rule=f"relation.{relation}",
        confidence=confidence,
    )


_MAKING = ("builds", "invests_in", "operates")


def _mode(
    context: Context,
    sentence: Sentence,
    relation: str,
    other: Name | str,
    span: tuple[int, int],
) -> Modality:
    """Whether it is so or planned; works named behind the verb are planned where building them is."""
    if relation.startswith(_MAKING) and isinstance(other, Name) and other.start > span[0]:
        return modality_of(context, sentence, other.start, other.end)
    return modality_of(context, sentence, *span)


def _words(context: Context, end: Name | str) -> str | None:
    return end if isinstance(end, str) else words_of(context, end)


def left(
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
    if _WHICH_IS.fullmatch(between):
        return first
    return first if _WHICH_DOES.match(between) else None


_WHICH_IS = re.compile(r",\s+which\s+(?:is|was|will|has)\b[^,;.]{0,30}")
_WHICH_DOES = re.compile(r",\s+(?:which|who)\b[^.;]*,\s+\w+\s*\w*\s*$")
_PARTED = re.compile(r"[;:。]|\.(?!\d)|,\s+(?:which|who|and|but)\b")


def right(
    context: Context, sentence: Sentence, offset: int, kinds: frozenset[str], reach: int = 60
) -> Name | None:
    """The name that the construction takes: the first after the offset, not far off."""
    for name in sentence.names:
        if name.start < offset:
            continue
        between = context.plain[offset : name.start]
        if len(between) > reach or _PARTED.search(between):
            return None
        if context.referent(name).kind in kinds:
            return name
        if name.kind != "thing":
            return None
    return None
