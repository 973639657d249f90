"""Trigger words: one Aho-Corasick scan for all groups over the folded, lower-cased text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from string import ascii_letters, digits

from ahocorasick_rs import AhoCorasick

from nameplate.lexicon import acts, cues
from nameplate.model import Cue

_JOINING = frozenset(ascii_letters + digits)


class Scanner:
    """Finds the spellings of several groups at once; Latin spellings only as whole words.

    ``groups`` holds a table a group, spelling to key. A spelling may stand in several groups; each
    group's cues are found as if it were alone.
    """

    def __init__(self, groups: Mapping[str, Mapping[str, str]]) -> None:
        said: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for group, table in groups.items():
            for word, key in table.items():
                said[word].append((group, key))
        words = list(said)
        self._said = list(said.values())
        self._head = [w[0] in _JOINING for w in words]
        self._tail = [w[-1] in _JOINING for w in words]
        self._automaton = AhoCorasick(words)

    def scan(self, small: str) -> list[Cue]:
        """Cues in a folded and lower-cased text, in order; none overlaps another of its group.

        The longer of two that begin together goes first.
        """
        free: dict[str, int] = {}
        found = []
        for start, negative, i in sorted(self._whole(small)):
            for group, key in self._said[i]:
                if start >= free.get(group, 0):
                    free[group] = -negative
                    found.append(Cue(start=start, end=-negative, group=group, key=key))
        return found

    def _whole(self, small: str) -> list[tuple[int, int, int]]:
        """Start, negative end and number of the spellings that stand as whole words.

        All matches are looked at, since a longer one may be no whole word ("cumulative production"
        in "accumulative production") and must not hide a shorter one that is.
        """
        head, tail = self._head, self._tail
        return [
            (start, -end, i)
            for i, start, end in self._automaton.find_matches_as_indexes(small, overlapping=True)
            if not (head[i] and start and small[start - 1] in _JOINING)
            and not (tail[i] and small[end : end + 1] in _JOINING)
        ]


APART = ("agency", "origin")
"""Groups that are looked up where they are needed, not scanned for."""


@cache
def scanner() -> Scanner:
    """The scanner of all trigger words that claims are made from, made on first use."""
    groups = {name: cues.group(name) for name in cues.GROUPS if name not in APART}
    return Scanner(groups | {name: acts.act_group(name) for name in acts.GROUPS})
