"""The words of a text, for searching: of both languages and scripts, with their places.

A *unit* is a word (letters, digits; without accents, in small letters, English plurals as singulars) or
one Chinese character, simplified. Chinese is written without spaces: what is kept for searching are single
characters and pairs of neighbours, so that words of any length are found without a dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from operator import add
from typing import NamedTuple

from nameplate.find.fold import fold, lower

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARK = "\u0300-\u036f"
_UNIT = re.compile(
    rf"[{_HAN}]|\d+(?:[.,]\d+)+(?![^\W_{_HAN}])|[^\W_{_HAN}][^\W_{_HAN}]*(?:['{_MARK}]+[^\W_{_HAN}]+)*"
)
_RUN = re.compile(_UNIT.pattern.replace("]", "]+", 1))
"""As units, but neighbouring characters in one."""

_IS_HAN = re.compile(f"[{_HAN}]")
_DROPPED = re.compile(f"[',{_MARK}]")
_QUOTED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans("“”„«»「」『』《》＂", '"' * 12)
_LONGEST = 64
"""Signs of a word that are told apart; what is longer is an address or rubbish."""

MOST_TERMS = 32
"""Terms of a query that are looked for; nobody writes more by hand."""

_MOST_UNITS = 64


class Unit(NamedTuple):
    """A word as it is compared, and where it stands in the text."""

    word: str
    start: int
    end: int


Term = tuple[str, ...]
"""Words that must stand one after the other."""


def units(text: str) -> Iterator[Unit]:
    """The words of the text in their order."""
    for match in _UNIT.finditer(_level(text)):
        yield Unit(_word(match[0]), *match.span())


def _level(text: str) -> str:
    """The text in small letters without accents, simplified, of the same length."""
    small = lower(fold(text))
    if small.isascii():
        return small
    plain = {ord(c): base for c in set(small) if (base := _base(c)) != c}
    return small.translate(plain) if plain else small


@lru_cache(maxsize=8192)
def _base(char: str) -> str:
    if char < "\u00c0" or not char.isalnum():
        return char
    base = unicodedata.normalize("NFKD", char)[0]
    return base.lower() if base.isalnum() and len(base.lower()) == 1 else char


@lru_cache(maxsize=65536)
def _word(found: str) -> str:
    if len(found) == 1:
        return found
    bare = found.removesuffix("'s")
    bare = _DROPPED.sub("", bare)[:_LONGEST]
    if len(bare) < 4 or not bare.endswith("s") or bare[-2] in "sui":
        return bare
    return bare[:-3] + "y" if bare.endswith("ies") and len(bare) > 4 else bare[:-1]


def kept(text: str) -> set[str]:
    """What of a text is kept for searching: its units, and pairs of neighbouring characters."""
    found: set[str] = set()
    for run in _RUN.findall(_level(text)):
        if _IS_HAN.match(run):
            found.update(run)
            found.update(map(add, run, run[1:]))
        else:
            found.add(_word(run))
    return found


def terms(query: str) -> list[Term]:
    """What a query asks for: words, and phrases in quotation marks of any kind.

    Signs between words are left out; a query of signs only asks for nothing.
    """
    asked: dict[Term, None] = {}
    for match in _QUOTED.finditer(query.translate(_QUOTES)):
        words = tuple(unit.word for unit in units(match[1] or match[2] or ""))[:_MOST_UNITS]
        if words:
            asked[words] = None
    return list(asked)[:MOST_TERMS]


def looked_up(term: Term) -> set[str]:
    """What `kept` holds of any text that has the term."""
    found = {word for word in term if not _IS_HAN.match(word)}
    if len(term) == 1:
        return set(term)
    for one, two in pairwise(term):
        if _IS_HAN.match(one) and _IS_HAN.match(two):
            found.add(one + two)
    found.update(w for w in term if not any(w in pair for pair in found))
    return found


def is_sure(term: Term) -> bool:
    """Whether a text for which `kept` holds the term has it for certain."""
    return len(term) == 1 or (len(term) == 2 and all(map(_IS_HAN.match, term)))


def places(text: str, asked: list[Term]) -> list[list[tuple[int, int]]]:
    """Where each of the terms stands in the text, from start to end."""
    said = list(units(text))
    by_word: dict[str, list[int]] = {term[0]: [] for term in asked}
    for number, unit in enumerate(said):
        if unit.word in by_word:
            by_word[unit.word].append(number)
    return [
        [
            (said[n].start, said[n + len(term) - 1].end)
            for n in by_word[term[0]]
            if tuple(unit.word for unit in said[n : n + len(term)]) == term
        ]
        for term in asked
    ]
