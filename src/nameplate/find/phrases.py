"""Phrases of the word data, looked up where they begin or where they end.

A table maps a phrase to what it says. Looking up costs one dictionary access and a few comparisons,
whatever the size of the table: phrases are kept by their first (or last) word, or by their first
(or last) character where words are not spaced.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from string import ascii_letters
from typing import Generic, TypeVar

L = TypeVar("L")

_HEAD = re.compile(r"[A-Za-zµμ]+|.", re.DOTALL)
_WORD = re.compile(r"[0-9A-Za-z]")


class Phrases(Generic[L]):
    """Phrases with a label each; lower case unless ``exact``."""

    def __init__(self, entries: Iterable[tuple[str, L]], *, exact: bool = False) -> None:
        self.exact = exact
        self.longest = 0
        self._heads: dict[str, list[tuple[str, int, bool, L]]] = defaultdict(list)
        self._tails: dict[str, list[tuple[str, int, bool, L]]] = defaultdict(list)
        for phrase, label in sorted(entries, key=lambda e: -len(e[0])):
            self._add(phrase, label)
        first = {head[0] for head in self._heads}
        self._first = frozenset(first if exact else first | {c.upper() for c in first})
        self._last = frozenset(tail[-1] for tail in self._tails)

    def _add(self, phrase: str, label: L) -> None:
        head = _HEAD.match(phrase)
        if head is None:
            return
        size = len(phrase)
        self.longest = max(self.longest, size)
        key = head.group() if self.exact else head.group().lower()
        self._heads[key].append((phrase, size, bool(_WORD.match(phrase[-1])), label))
        self._tails[tail_key(phrase)].append((phrase, size, bool(_WORD.match(phrase[0])), label))

    def starting(self, text: str, pos: int) -> tuple[L, int] | None:
        """The longest phrase that begins at ``pos``, and where it ends."""
        if text[pos : pos + 1] not in self._first:  # most places, at the cost of one look
            return None
        head = _HEAD.match(text, pos)
        if head is None:
            return None
        key = head.group()
        phrases = self._heads.get(key if self.exact else key.lower())
        if phrases is None:
            return None
        seen = text[pos : pos + phrases[0][1]]  # the longest is the first
        if not self.exact:
            seen = seen.lower()
        for phrase, size, word, label in phrases:
            if seen.startswith(phrase) and not (word and _WORD.match(text, pos + size)):
                return label, pos + size
        return None

    def ending(self, lowered: str) -> tuple[L, int] | None:
        """The longest phrase that ends ``lowered`` (already in lower case), and its length."""
        if lowered[-1:] not in self._last:
            return None
        for phrase, size, word, label in self._tails.get(tail_key(lowered), ()):
            if lowered.endswith(phrase):
                start = len(lowered) - size
                if not (word and start and _WORD.match(lowered, start - 1)):
                    return label, size
        return None


def tail_key(text: str) -> str:
    """The last word, or the last character where it is no Latin letter."""
    tail = text[len(text.rstrip(ascii_letters)) :]
    return tail or text[-1]
