"""Trigger words: one Aho-Corasick scan a group over the folded, lower-cased text."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick

from nameplate.lexicon.cues import group
from nameplate.model import Cue


class Scanner:
    """Finds one group's spellings, longest first; Latin spellings only as whole words."""

    def __init__(self, name: str, table: dict[str, str]) -> None:
        self.name = name
        self.words = list(table)
        self.keys = [table[w] for w in self.words]
        self.head = [w[0].isascii() and w[0].isalnum() for w in self.words]
        self.tail = [w[-1].isascii() and w[-1].isalnum() for w in self.words]
        self.automaton = AhoCorasick(self.words) if self.words else None

    def scan(self, small: str) -> list[Cue]:
        """Cues in a folded and lower-cased text, in order, none overlapping another.

        All matches are looked at, since a longer one may be no whole word ("cumulative production"
        in "accumulative production") and must not hide a shorter one that is.
        """
        if self.automaton is None:
            return []
        found = self.automaton.find_matches_as_indexes(small, overlapping=True)
        whole = [(start, -end, i) for i, start, end in found if self._whole(small, i, start, end)]
        whole.sort()
        cues, free = [], 0
        for start, negative, i in whole:
            if start >= free:
                free = -negative
                cues.append(Cue(start=start, end=free, group=self.name, key=self.keys[i]))
        return cues

    def _whole(self, small: str, i: int, start: int, end: int) -> bool:
        if self.head[i] and start and _joins(small[start - 1]):
            return False
        return not (self.tail[i] and end < len(small) and _joins(small[end]))


def _joins(char: str) -> bool:
    return char.isascii() and char.isalnum()


@cache
def scanner(name: str) -> Scanner:
    """The scanner of a group of the lexicon, made on first use."""
    return Scanner(name, group(name))
