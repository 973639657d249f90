"""The words of time: ``data/lang/*/times.toml``, as one vocabulary of coded tokens.

Every spelling gets a one-letter code, its part in the grammar of `nameplate.find.times.grammar`, and a
value. A language is one file; the grammar knows codes only. The codes are

====  ==================================================================================
``Y`` number that can be a year, ``N`` other number, ``n`` number word, ``R`` ordinal,
      ``f`` first (also "the first N"), ``F`` whole date in figures, ``Z`` decade in figures
``M`` month name, ``W`` weekday, ``P`` season, ``Q`` numbered quarter, ``H`` numbered half
``y q h m w d c e i`` units: year, quarter, half, month, week, day, decade, century, hour
``k j J u`` marks after a number: month, day, number-or-day (号), quarter
``A B C G D`` year, month, quarter, week, day told from the present (去年, today)
``E``  the same told from the last date of the text (同年, "the following day")
``S``  shift before a unit (last, this, next), ``*`` one that stands alone too (current),
      ``a`` part of a period, ``g`` ago, ``b`` earlier or later, ``x`` recent,
      ``s`` vague number, ``L`` each, ``l`` whole set
``V``  vague word, ``X`` plan period, ``K`` plan noun after its number, ``T`` end of year,
      ``U`` end of month
====  ==================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from nameplate.errors import LexiconError
from nameplate.lexicon.load import Entry, read_toml

UNITS = {
    "year": "y", "quarter": "q", "half": "h", "month": "m", "week": "w", "day": "d",
    "decade": "c", "century": "e", "hour": "i",
}  # fmt: skip
MARKS = {"month": "k", "day": "j", "number": "J", "quarter": "u", "decade": "%"}
DEICTIC = {"year": "A", "month": "B", "quarter": "C", "week": "G", "day": "D"}
WORDS = {
    "first": "f",
    "each": "L",
    "ago": "g",
    "recent": "x",
    "plan": "K",
    "some": "s",
    "period": "p",
    "clock": "t",
    "weekend": "v",
    "latest": "r",
    "whole": "=",
    "daybefore": "z",
}
GAPS = {"blank": "", "of": "o", "comma": ",", "range": "~", "and": "&", "point": ":"}

Numbers = dict[str, int]
Spellings = dict[str, list[str]]


class TimeFile(Entry, frozen=True, kw_only=True):
    """One language's time words; see the comments in the files."""

    capital: list[str] = []
    months: Numbers = {}
    weekdays: Numbers = {}
    seasons: dict[str, str] = {}
    numbers: Numbers = {}
    ordinals: Numbers = {}
    words: Spellings = {}
    marks: Spellings = {}
    units: Spellings = {}
    shifts: Numbers = {}
    later: Numbers = {}
    deictic: dict[str, Numbers] = {}
    anaphoric: dict[str, Numbers] = {}
    parts: Spellings = {}
    fixed: dict[str, Numbers] = {}
    holidays: dict[str, str] = {}
    yearends: dict[str, str] = {}
    monthends: dict[str, str] = {}
    vague: Spellings = {}
    sets: dict[str, str] = {}
    plans: Numbers = {}
    eras: Numbers = {}
    gaps: Spellings = {}
    before: Spellings = {}
    after: Spellings = {}
    tense: Spellings = {}
    near: Spellings = {}
    decoys: Spellings = {}
    header: Spellings = {}
    articles: list[str] = []
    between: list[str] = []


class Word(NamedTuple):
    """A coded spelling: ``latin`` words stand alone, ``capital`` ones start with a capital,"""

    code: str
    value: int | str | tuple[str, int]
    latin: bool
    capital: bool


class Vocabulary(NamedTuple):
    """All languages' words together.

    ``gaps`` gives the code of what may stand between two words, ``before`` and ``after`` the bound
    that a word there says, ``tense`` the time that it tells of, ``near`` the companies that
    `nameplate.find.times.company` asks for; ``capital`` are the words that are names or verbs too.
    """

    words: dict[str, Word]
    gaps: dict[str, str]
    before: dict[str, str]
    after: dict[str, str]
    tense: dict[str, str]
    near: dict[str, frozenset[str]]
    articles: frozenset[str]
    between: tuple[str, ...]
    capital: frozenset[str]
    gap_first: frozenset[str]  # what a gap begins with, and the same of a bound behind a time
    after_first: frozenset[str]
    before_last: frozenset[str]  # what a bound before a time ends with


def _pairs(file: TimeFile) -> list[tuple[str, str, int | str | tuple[str, int]]]:
    """Spelling, code and value of every entry of a file."""
    found: list[tuple[str, str, int | str | tuple[str, int]]] = []
    plain: list[tuple[str, dict[str, int] | dict[str, str]]] = [
        ("M", file.months), ("W", file.weekdays), ("P", file.seasons), ("n", file.numbers),
        ("R", file.ordinals), ("S", file.shifts), ("b", file.later), ("T", file.yearends),
        ("O", file.holidays), ("U", file.monthends), ("l", file.sets), ("X", file.plans), ("@", file.eras),
        ("Q", file.fixed.get("quarter", {})), ("H", file.fixed.get("half", {})), ("Z", file.fixed.get("decade", {})),
    ]  # fmt: skip
    for code, table in plain:
        found += [(w, code, v) for w, v in table.items()]
    for unit, numbers in file.deictic.items():
        found += [(w, DEICTIC[unit], v) for w, v in numbers.items()]
    for unit, numbers in file.anaphoric.items():
        found += [(w, "E", (unit, v)) for w, v in numbers.items()]
    for codes, spellings in ((UNITS, file.units), (MARKS, file.marks), (WORDS, file.words)):
        found += [(w, codes[key], key) for key, words in spellings.items() for w in words]
    found += [(w, "*", 0) for w in file.near.get("present", ())]
    found += [(w, "a", part) for part, words in file.parts.items() for w in words]
    found += [(w, "-", 0) for words in file.decoys.values() for w in words]
    found += [(w, "V", side) for side, words in file.vague.items() for w in words]
    return found


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file of time words."""
    folders = (files("nameplate") / "data" / "lang").iterdir()
    return tuple(sorted(f.name for f in folders if (f / "times.toml").is_file()))


@cache
def vocabulary() -> Vocabulary:
    """The words of all languages; a spelling with two meanings fails, naming the file."""
    words: dict[str, Word] = {}
    tables = []
    for lang in languages():
        name = f"lang/{lang}/times.toml"
        file = read_toml(name, TimeFile)
        tables.append(file)
        for spelling, word in _words(file):
            if words.setdefault(spelling, word) != word:
                raise LexiconError(
                    f"{spelling!r} is both {words[spelling].code!r} and {word.code!r}",
                    where=f"data/{name}",
                    remedy="Keep it in one table.",
                )
    gaps = {w: GAPS[key] for w, key in _turned(*(f.gaps for f in tables)).items()}
    before, after = (_turned(*(getattr(f, side) for f in tables)) for side in ("before", "after"))
    return Vocabulary(
        gap_first=frozenset(w[0] for w in gaps if w),
        after_first=frozenset(w[0] for w in after),
        before_last=frozenset(w[-1] for w in before),
        words=words,
        gaps=gaps,
        before=before,
        after=after,
        tense=_turned(*(f.tense for f in tables)),
        near={
            k: frozenset(w for f in tables for w in f.near.get(k, ()))
            for f in tables
            for k in f.near
        },
        articles=frozenset(w for f in tables for w in f.articles),
        between=tuple(w for f in tables for w in f.between),
        capital=frozenset(w for w, word in words.items() if word.capital),
    )


def _words(file: TimeFile) -> Iterator[tuple[str, Word]]:
    """Every spelling of a file with its word."""
    capital = frozenset(file.capital)
    for spelling, code, value in _pairs(file):
        yield spelling, Word(code, value, spelling[0] < "\u0250", spelling.rstrip(".") in capital)


def _turned(*tables: Spellings) -> dict[str, str]:
    """Spelling to key over all tables; the first that has a spelling keeps it."""
    turned: dict[str, str] = {}
    for table in tables:
        for key, spellings in table.items():
            for spelling in spellings:
                turned.setdefault(spelling, key)
    return turned


@cache
def header_words() -> dict[str, frozenset[str]]:
    """Labels of a publication date (``label``, ``weak_label``) and what may ``follow`` it."""
    found: dict[str, set[str]] = {"label": set(), "weak_label": set(), "follow": set()}
    for lang in languages():
        for key, spellings in read_toml(f"lang/{lang}/times.toml", TimeFile).header.items():
            found[key].update(spellings)
    return {key: frozenset(words) for key, words in found.items()}
