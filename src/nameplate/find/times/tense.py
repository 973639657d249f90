"""Whether the words around a time speak of what is past or to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from nameplate.find.times.figures import letter
from nameplate.lexicon.times import vocabulary

STOP = re.compile(r"[。！？；!?]|\n\s{0,9}\n|(?<=[a-z0-9%)\"'][a-z0-9%)\"'][a-z0-9%)\"'])\.\s")
"""End of a sentence, roughly; a full stop after a short word may be an abbreviation's."""
SENTENCE = 300
"""Characters either way that a sentence is looked for."""
WINDOW = 90
"""Characters either way within which a word tells the tense."""
_CLAUSE = "，"
_NEXT_WORD = re.compile(r" [a-z]{1,16}")
BESIDE = 4
"""Characters within which a word of reporting still tells it."""


def sentence(small: str, at: int) -> tuple[int, int]:
    """Rough bounds of the sentence around a place."""
    start = max(0, at - SENTENCE)
    for match in STOP.finditer(small, start, at):
        start = match.end()
    stop = STOP.search(small, at, at + SENTENCE)
    return start, stop.start() if stop else min(len(small), at + SENTENCE)


def same_sentence(small: str, start: int, end: int) -> bool:
    """Whether no sentence ends between two places."""
    return end - start <= SENTENCE and STOP.search(small, start, end) is None


class Tense:
    """Tells the tense at places of one text; the words of a sentence are looked for once."""

    def __init__(self, small: str) -> None:
        self.small = small
        self.start = self.end = 0
        self.closed = False
        self.words: list[tuple[int, int, str]] = []

    def at(self, place: int) -> str | None:
        """``past`` or ``future`` by the nearest telling word before, else after, in the sentence."""
        self._look_around(place)
        told = None
        for start, end, what in self.words:
            if start >= place:
                if told is None and _CLAUSE in self.small[place:start]:
                    break  # another clause, in Chinese
                told = told or (what if end <= place + WINDOW else None)
                break
            near = place - end <= BESIDE if what == "report" else place - start <= WINDOW
            told = what if near else told
        return "past" if told == "report" else told

    def _look_around(self, place: int) -> None:
        """Take the sentence around a place, unless it is the one at hand."""
        enough = self.closed or place + WINDOW <= self.end
        if self.start <= place < self.end and enough:
            return
        self.start, self.end = sentence(self.small, place)
        self.closed = self.end < min(len(self.small), place + SENTENCE)
        self.words = list(_telling_words(self.small, self.start, self.end))


def _telling_words(small: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Words that tell the tense in a stretch, with what they tell."""
    automaton, tells = _automaton()
    taken = start
    for i, at, stop in automaton.find_matches_as_indexes(small[start:end]):
        first, last = at + start, stop + start
        shape, told = tells[i]
        if first < taken or (shape is not Shape.HAN and letter(small[last : last + 1])):
            continue
        before = small[first - 1 : first]
        if shape is Shape.ENDING and letter(before) and before != "e":
            yield first, last, told
        elif shape is Shape.HAN or (shape is not Shape.ENDING and not letter(before)):
            if shape is Shape.LEADING:  # "be *" takes the next word with it
                following = _NEXT_WORD.match(small, last)
                taken = last = following.end() if following else last
            yield first, last, told


class Shape(Enum):
    """How an entry stands: a word, an ending ("-ed"), a word with the next one ("be *"), signs."""

    WORD = 1
    ENDING = 2
    LEADING = 3
    HAN = 4


@cache
def _automaton() -> tuple[AhoCorasick, list[tuple[Shape, str]]]:
    words, tells = [], []
    for entry, told in vocabulary().tense.items():
        word = entry.removeprefix("-").removesuffix(" *")
        shape = Shape.WORD if entry.isascii() else Shape.HAN
        if word != entry:
            shape = Shape.ENDING if entry[0] == "-" else Shape.LEADING
        words.append(word)
        tells.append((shape, told))
    automaton = AhoCorasick(
        words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
    )
    return automaton, tells
