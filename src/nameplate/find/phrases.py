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
_LETTERS = frozenset(ascii_letters + "µμ")
_WORD = re.compile(r"[0-9A-Za-z]")


class Phrases(Generic[L]):
    """Phrases with a label each; lower case unless ``exact``.

    ``first`` holds the characters that one can begin with, ``last`` those that one can end with, in
    both cases: a look at one character spares most look-ups.
    """

    def __init__(self, entries: Iterable[tuple[str, L]], *, exact: bool = False) -> None:
        self.exact = exact
        self._heads: dict[str, list[tuple[str, int, bool, L]]] = defaultdict(list)
        self._tails: dict[str, list[tuple[str, int, bool, L]]] = defaultdict(list)
        for phrase, label in sorted(entries, key=lambda e: -len(e[0])):
            self._add(phrase, label)
        first, last = {head[0] for head in self._heads}, {tail[-1] for tail in self._tails}
        self.first = frozenset(first if exact else first | {c.upper() for c in first})
        self.last = frozenset(last if exact else last | {c.upper() for c in last})
        self._ends = {tail: tuple(p[0] for p in ps) for tail, ps in self._tails.items()}
        self._signs: dict[str, list[tuple[str, int, bool, L]]] = {}
        self._pairs: dict[str, list[tuple[str, int, bool, L]]] = {}
        for head, phrases in self._heads.items():
            caseless = exact or all(p[0].upper() == p[0].lower() for p in phrases)
            if head[0] not in _LETTERS and caseless:
                self._narrow(head, phrases)

    def _add(self, phrase: str, label: L) -> None:
        head = _HEAD.match(phrase)
        if head is None:
            return
        size = len(phrase)
        key = head.group() if self.exact else head.group().lower()
        self._heads[key].append((phrase, size, bool(_WORD.match(phrase[-1])), label))
        self._tails[tail_key(phrase)].append((phrase, size, bool(_WORD.match(phrase[0])), label))

    def _narrow(self, head: str, phrases: list[tuple[str, int, bool, L]]) -> None:
        """Keep those that begin with a sign by their first two characters."""
        self._signs[head] = [p for p in phrases if p[1] == 1]
        for two in {p[0][:2] for p in phrases if p[1] > 1}:
            self._pairs[two] = [p for p in phrases if p[0][:2] == two or p[1] == 1]

    def tails(self) -> Iterable[str]:
        """What they end with, as `last_word` gives it."""
        return {tail.lower() for tail in self._tails}

    def starting(self, text: str, pos: int) -> tuple[L, int] | None:
        """The longest phrase that begins at ``pos``, and where it ends."""
        key = text[pos : pos + 1]
        if key not in self.first:  # most places, at the cost of one look
            return None
        if key in self._signs:
            phrases = self._pairs.get(text[pos : pos + 2]) or self._signs[key]
        else:
            head = _HEAD.match(text, pos)
            assert head is not None
            if not self.exact:
                return self._starting_small(text, pos, head.group().lower())
            phrases = self._heads.get(head.group(), [])
        for phrase, size, word, label in phrases:
            if text.startswith(phrase, pos) and not (word and _WORD.match(text, pos + size)):
                return label, pos + size
        return None

    def _starting_small(self, text: str, pos: int, key: str) -> tuple[L, int] | None:
        """The same in lower case."""
        phrases = self._heads.get(key)
        if phrases is None:
            return None
        seen = text[pos : pos + phrases[0][1]].lower()  # the longest is the first
        for phrase, size, word, label in phrases:
            if seen.startswith(phrase) and not (word and _WORD.match(text, pos + size)):
                return label, pos + size
        return None

    def ending(self, lowered: str) -> tuple[L, int] | None:
        """The longest phrase that ends ``lowered`` (already in lower case), and its length."""
        key = lowered[-1:]
        if key not in self.last:
            return None
        if key in _LETTERS:
            key = tail_key(lowered)
        if not lowered.endswith(self._ends.get(key, ())):
            return None
        for phrase, size, word, label in self._tails[key]:
            if lowered.endswith(phrase):
                start = len(lowered) - size
                if not (word and start and _WORD.match(lowered, start - 1)):
                    return label, size
        return None


def tail_key(text: str) -> str:
    """The last word, or the last character where it is no Latin letter."""
    tail = text[len(text.rstrip(ascii_letters)) :]
    return tail or text[-1]


_REACH = 40
"""Characters within which a word is looked for before a place."""


def last_word(text: str, end: int) -> str:
    """The Latin word before ``end`` in lower case, or another character, past blanks."""
    at, least = end, max(0, end - _REACH)
    while at > least and text[at - 1].isspace():
        at -= 1
    last = text[at - 1] if at else ""
    return tail_key(text[least:at]).lower() if last in _LETTERS else last
