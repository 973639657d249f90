"""Rankers: how near in meaning a need and an offer are, behind one interface.

The lexical ranker needs nothing beside the tables of fields. The embedding ranker
(`nameplate.answer.embedding`) is an extra. Both are symmetric and give the same figure every time.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from nameplate.answer.meaning import Alike, Meaning, aligned, covered, meaning
from nameplate.errors import UsageError

_WORDS = 0.5
"""How much of what is left open shared words can settle."""


_MODEL = 0.5
"""How much of what is left open the model can settle beside the fields."""


class Ranker(Protocol):
    """Tells how near in meaning phrases are; made for all phrases that will be compared."""

    name: str

    def likeness(self, one: str, two: str) -> float:
        """From 0 (nothing in common) to 1 (the same); the order of the two does not matter."""
        ...


class LexicalRanker:
    """By the fields that phrases name in either language, and by the words that they share."""

    name = "lexical"

    def __init__(self, texts: Sequence[str]) -> None:
        self._count = len(texts)
        self._holding = Counter(word for text in texts for word in meaning(text).words)

    def likeness(self, one: str, two: str) -> float:
        """1 - (1 - fields) (1 - words): either kind of evidence can carry a match."""
        left, right = meaning(one), meaning(two)
        by_field, by_words = self.by_field(left, right), self.by_words(left, right)
        return 1.0 - (1.0 - by_field) * (1.0 - _WORDS * by_words)

    @staticmethod
    def by_field(one: Meaning, two: Meaning) -> float:
        """How far the fields of each are met by those of the other."""
        sides = covered(one, aligned(one, two)), covered(two, aligned(two, one))
        return math.sqrt(sides[0] * sides[1])

    def by_words(self, one: Meaning, two: Meaning) -> float:
        """Cosine of the words, rare ones counting more."""
        common = sorted(one.words.keys() & two.words.keys())
        if not common:
            return 0.0
        dot = sum(self._weigh(one, word) * self._weigh(two, word) for word in common)
        return dot / (self._norm(one) * self._norm(two))

    def shared_words(self, one: Meaning, two: Meaning) -> list[str]:
        """The words that both use and that say something, the most telling first."""
        common = [w for w in one.words.keys() & two.words.keys() if one.words[w] >= 1.0]
        return sorted(common, key=lambda word: (-self._weigh(one, word), word))

    def _weigh(self, one: Meaning, word: str) -> float:
        holding = self._holding[word]
        rarity = math.log(1.0 + (self._count - holding + 0.5) / (holding + 0.5))
        return one.words[word] * max(rarity, 0.05)

    def _norm(self, one: Meaning) -> float:
        return math.sqrt(sum(self._weigh(one, word) ** 2 for word in one.words)) or 1.0


class BothRankers:
    """Either of the two may find a pair; the model says less than a field that both name."""

    name = "both"

    def __init__(self, texts: Sequence[str]) -> None:
        from nameplate.answer.embedding import EmbeddingRanker

        self._lexical, self._embedding = LexicalRanker(texts), EmbeddingRanker(texts)

    def likeness(self, one: str, two: str) -> float:
        """1 - (1 - lexical) (1 - a part of embedding)."""
        lexical = self._lexical.likeness(one, two)
        return 1.0 - (1.0 - lexical) * (1.0 - _MODEL * self._embedding.likeness(one, two))


def fields_in_common(one: str, two: str) -> list[Alike]:
    """Fields of the one that the other shares or comes near to, the nearest first."""
    found = aligned(meaning(one), meaning(two))
    return sorted(found, key=lambda alike: (-alike.score, alike.one.field))


RANKERS = ("lexical", "embedding", "both")


def ranker(name: str, texts: Sequence[str]) -> Ranker:
    """The ranker of this name, made for the texts.

    Raises `UsageError` if there is none, or if it needs an extra that is not installed.
    """
    if name == "lexical":
        return LexicalRanker(texts)
    if name == "embedding":
        from nameplate.answer.embedding import EmbeddingRanker

        return EmbeddingRanker(texts)
    if name == "both":
        return BothRankers(texts)
    raise UsageError(f"there is no ranker {name!r}", remedy=f"Use one of {', '.join(RANKERS)}.")
