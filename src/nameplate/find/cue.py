"""Trigger words: one Aho-Corasick scan a group over the folded, lower-cased text."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

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
        self.automaton = (
            AhoCorasick(
                self.words,
                matchkind=MatchKind.LeftmostLongest,
                implementation=Implementation.ContiguousNFA,
            )
            if self.words
            else None
        )

    def scan(self, small: str) -> list[Cue]:
        """Cues in a folded and lower-cased text, in order."""
        if self.automaton is None:
            return []
        found = []
        size = len(small)
        for i, start, end in self.automaton.find_matches_as_indexes(small):
            if self.head[i] and start and _joins(small[start - 1]):
                continue
            if self.tail[i] and end < size and _joins(small[end]):
                continue
            found.append(Cue(start=start, end=end, group=self.name, key=self.keys[i]))
        return found


def _joins(char: str) -> bool:
    return char.isascii() and char.isalnum()


@cache
def scanner(name: str) -> Scanner:
    """The scanner of a group of the lexicon, made on first use."""
    return Scanner(name, group(name))
