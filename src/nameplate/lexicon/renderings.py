"""How names are written in the other language: ``data/renderings.tsv`` and ``data/pinyin.tsv``."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import Literal, NamedTuple, cast, get_args

from nameplate.errors import LexiconError
from nameplate.lexicon.load import read_rows

MeaningClass = Literal["head", "field", "weak", "whole", "name", "side"]

_TABLE = "renderings.tsv"
_PINYIN = "pinyin.tsv"
_SHORTEST_PLURAL = 4


class Meanings(NamedTuple):
    """What a word of a name may mean: meanings by class; the first class is the leading one."""

    classes: tuple[MeaningClass, ...]
    ids: frozenset[str]


@cache
def meanings() -> dict[str, MeaningClass]:
    """Every meaning of the table with its class."""
    found: dict[str, MeaningClass] = {}
    for meaning, kind, _, _ in _rows():
        if meaning in found:
            raise LexiconError(
                f"the meaning {meaning!r} has two lines",
                where=f"data/{_TABLE}",
                remedy="Put all its forms in one line.",
            )
        found[meaning] = kind
    return found


@cache
def chinese_words() -> dict[str, Meanings]:
    """Chinese form to what it may mean."""
    return _by_form(2)


@cache
def english_words() -> dict[str, Meanings]:
    """English form, each word of it in the singular, to what it may mean."""
    return _by_form(3)


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Pinyin of a Chinese character, without tones, the usual reading first."""
    usual: dict[str, str] = {}
    other: dict[str, list[str]] = defaultdict(list)
    for row in read_rows(_PINYIN):
        reading, first, further = (*row, "", "")[:3]
        usual |= dict.fromkeys(first, reading)
        for character in further:
            other[character].append(reading)
    return {c: (reading, *other.get(c, ())) for c, reading in usual.items()}


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """An English word in the form in which the table is searched: ``batteries`` is ``battery``."""
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > _SHORTEST_PLURAL + 1:
        return word[:-3] + "y"
    return word[:-1]


def _by_form(column: int) -> dict[str, Meanings]:
    table: dict[str, list[str]] = defaultdict(list)
    kinds = meanings()
    for row in _rows():
        for form in row[column].split("|"):
            spelled = form if column == 2 else _in_singular(form)
            table[spelled].append(row[0])
    return {
        form: Meanings(tuple(dict.fromkeys(kinds[i] for i in ids)), frozenset(ids))
        for form, ids in table.items()
    }


def _in_singular(form: str) -> str:
    """The form as names are searched: "people s hospital" comes as "peoples hospital" there."""
    return " ".join(map(singular, form.replace(" s ", "s ").removesuffix(" s").split()))


@cache
def _rows() -> tuple[tuple[str, MeaningClass, str, str], ...]:
    rows = []
    for row in read_rows(_TABLE):
        if len(row) != 4 or row[1] not in get_args(MeaningClass) or not all(row):
            raise LexiconError(
                f"{row!r} is not a meaning, a class, Chinese and English forms",
                where=f"data/{_TABLE}",
                remedy=f"Give four columns; the class is one of {', '.join(get_args(MeaningClass))}.",
            )
        if any(form != form.casefold().strip() or not form for form in row[3].split("|")):
            raise LexiconError(
                f"{row[3]!r} is not in the spelling of comparison",
                where=f"data/{_TABLE}",
                remedy="Write English forms in small letters, without punctuation.",
            )
        rows.append((row[0], cast(MeaningClass, row[1]), row[2], row[3]))
    return tuple(rows)
