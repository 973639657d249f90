"""What a figure or a milestone is about: the name that it belongs to.

Every name of the sentence, and the thing that the sentences before spoke of, is scored for its kind
(a capacity belongs to a line before a company, a count of enterprises to a park or a place), for its
place in the sentence and for the words that tie it to the figure. The best one wins if it is good
enough; without one the figure has no subject and is not claimed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nameplate.claim import ties
from nameplate.claim.affinity import AFFINITY, DEFAULT
from nameplate.claim.context import Context, Sentence
from nameplate.model import Cue, Name

LEAST = 10.0
"""A subject scored lower than this is no subject."""


@dataclass(slots=True, frozen=True)
class Subject:
    """A name taken as subject, with its score and the reasons in words."""

    name: Name
    text: str
    score: float
    why: str


def label(context: Context, name: Name) -> str:
    """The subject's words as published: the antecedent's where the name is generic."""
    referent = context.referent(name)
    words = context.text[referent.start : referent.end]
    return re.sub(r"\s+", " ", words).strip(" ,.;:，。；：")


def candidates(
    context: Context, sentence: Sentence, span: tuple[int, int], key: str, item: Cue | None
) -> list[Subject]:
    """Names that could own the span, best first; the name of what is counted is not one."""
    start, end = span
    table = AFFINITY.get(key, DEFAULT)
    found = [
        _score(context, sentence, name, (start, end), table)
        for name in sentence.names
        if name.kind != "person"
        and not (item is not None and name.start <= item.start and item.end <= name.end)
        and not (name.start <= start and end <= name.end and key in ("milestone", "signing"))
    ]
    found += _earlier(context, sentence, table)
    return sorted(found, key=lambda s: -s.score)


def _score(
    context: Context, sentence: Sentence, name: Name, span: tuple[int, int], table: dict[str, int]
) -> Subject:
    start, end = span
    points = float(table.get(context.referent(name).kind, 0))
    if name.start <= start and end <= name.end:
        why = f"{name.kind}; the figure is in its name"
        return Subject(name, label(context, name), points + 40, why)
    own, reasons = ties.of_name(context, sentence, name)
    near, where = ties.place(context, sentence, name, start, end)
    why = ", ".join([name.kind, *where, *reasons])
    return Subject(name, label(context, name), points + own + near, why)


def _earlier(context: Context, sentence: Sentence, table: dict[str, int]) -> list[Subject]:
    """What the sentences before spoke of, nearer ones first."""
    found: list[Subject] = []
    pronoun = bool(_PRONOUN.search(context.small, sentence.start, sentence.end))
    for back in range(1, 6):
        index = sentence.index - back
        if index < 0 or len(found) > 3:
            break
        other = context.sentences[index]
        near = _closeness(sentence, other) - 4 * back + (8 if pronoun else 0)
        for i, name in enumerate(_topics(context, other)):
            score = 0.6 * table.get(context.referent(name).kind, 0) + near - 3 * i
            found.append(Subject(name, label(context, name), score, "spoken of before"))
    return found + _topic(context, sentence, table)


def _topic(context: Context, sentence: Sentence, table: dict[str, int]) -> list[Subject]:
    """What the report is about by its opening, for figures far from any name."""
    found = []
    for other in context.sentences[: min(4, sentence.index)]:
        for i, name in enumerate(_topics(context, other)):
            score = 0.55 * table.get(context.referent(name).kind, 0) - i - 0.2 * other.index
            found.append(Subject(name, label(context, name), score, "what the report is about"))
    return found


_PRONOUN = re.compile(r"\b(?:it|its|they|their)\b|其中|该|其")


def _closeness(sentence: Sentence, other: Sentence) -> float:
    """How near an earlier sentence is: in the paragraph, in the line above, or further off."""
    if other.block == sentence.block:
        return 10.0
    return 7.0 if sentence.block - other.block == 1 else 2.0


def _topics(context: Context, sentence: Sentence) -> list[Name]:
    """The first names of a sentence that it may be about."""
    found = []
    for name in sentence.names:
        if name.kind != "person" and not ties.is_source(context, sentence, name):
            found.append(name)
    return found[:3]


def choose(
    context: Context, sentence: Sentence, span: tuple[int, int], key: str, item: Cue | None = None
) -> Subject | None:
    """The best subject of a span, or None where no name is good enough."""
    ranked = candidates(context, sentence, span, key, item)
    if ranked and ranked[0].score >= LEAST:
        return ranked[0]
    return None
