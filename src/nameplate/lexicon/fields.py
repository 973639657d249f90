"""Fields of science, technologies, industries and products, and how both languages spell them.

``data/fields.tsv`` is a graph: each field names the broader ones that it is a kind or a part of;
``data/terms.tsv`` tells apart what lies within them. ``data/plain_words.tsv`` lists words that say
little of a subject.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from typing import Literal, NamedTuple, cast, get_args

from nameplate.errors import LexiconError
from nameplate.lexicon.load import read_rows

FieldClass = Literal["field", "technology", "product", "sector", "want", "term"]

_FIELDS, _TERMS, _PLAIN = "fields.tsv", "terms.tsv", "plain_words.tsv"


class Field(NamedTuple):
    """An entry: ``broader`` are the ids of what it is a kind or a part of; the first form names it."""

    id: str
    kind: FieldClass
    broader: tuple[str, ...]
    english: tuple[str, ...]
    chinese: tuple[str, ...]


@cache
def fields() -> dict[str, Field]:
    """Every entry of both tables by its id; a form of a narrower entry is taken from the broader."""
    wide, terms = _wide(), _terms()
    taken = {(term.broader[0], form) for term in terms for form in (*term.english, *term.chinese)}
    found: dict[str, Field] = {}
    for entry in (*wide, *terms):
        if entry.id in found:
            raise _error(_TERMS if entry.kind == "term" else _FIELDS, f"{entry.id!r} has two lines")
        left = (
            tuple(form for form in forms if entry.kind == "term" or (entry.id, form) not in taken)
            for forms in (entry.english, entry.chinese)
        )
        found[entry.id] = Field(entry.id, entry.kind, entry.broader, *left)
    for entry in found.values():
        for broader in entry.broader:
            if broader not in found:
                raise _error(_FIELDS, f"{entry.id!r} is a part of {broader!r}, which has no line")
    return found


@cache
def name_of(key: str, chinese: bool) -> str:
    """What a field is called: the first of its forms as the tables give them."""
    entry = _named()[key]
    return (entry.chinese if chinese else entry.english)[0]


@cache
def _named() -> dict[str, Field]:
    return {entry.id: entry for entry in (*_wide(), *_terms())}


@cache
def spellings(*, chinese: bool) -> dict[str, tuple[str, ...]]:
    """Form to the ids of all that it may mean."""
    table: dict[str, list[str]] = defaultdict(list)
    for entry in fields().values():
        for form in entry.chinese if chinese else entry.english:
            table[form].append(entry.id)
    return {form: tuple(ids) for form, ids in table.items()}


@cache
def upwards(key: str) -> dict[str, int]:
    """The field and all broader ones, each with the fewest steps to it, nearest first."""
    found = {key: 0}
    layer = [key]
    while layer:
        layer = [up for one in layer for up in fields()[one].broader if up not in found]
        steps = max(found.values()) + 1
        found |= dict.fromkeys(layer, steps)
    return found


@cache
def weight(key: str) -> float:
    """How much it says that something is of this field: 1 for the narrowest, near 0 for the widest."""
    return 1.0 - math.log(1 + _below().get(key, 0)) / math.log(1 + len(fields()))


@cache
def _below() -> dict[str, int]:
    """How many fields lie in each."""
    counts: dict[str, int] = defaultdict(int)
    for key in fields():
        for up, steps in upwards(key).items():
            counts[up] += steps > 0
    return counts


@cache
def plain_words(*, chinese: bool) -> frozenset[str]:
    """Words that say little of a subject."""
    wanted = "zh" if chinese else "en"
    return frozenset(
        w for lang, words in read_rows(_PLAIN) if lang == wanted for w in words.split("|")
    )


@cache
def _wide() -> tuple[Field, ...]:
    made = []
    for row in read_rows(_FIELDS):
        if len(row) != 5 or row[1] not in get_args(FieldClass) or not row[3] or not row[4]:
            raise _error(_FIELDS, f"{row!r} is not an id, a class, broader ids and forms")
        key, kind, broader, english, chinese = row
        made.append(
            Field(key, cast(FieldClass, kind), _split(broader), _split(english), _split(chinese))
        )
    return tuple(made)


@cache
def _terms() -> tuple[Field, ...]:
    made = []
    for row in read_rows(_TERMS):
        if len(row) != 3 or not all(row):
            raise _error(_TERMS, f"{row!r} is not a broader id and forms in both languages")
        broader, english, chinese = row[0], _split(row[1]), _split(row[2])
        made.append(Field(f"{broader}: {english[0]}", "term", (broader,), english, chinese))
    return tuple(made)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(form for form in cell.split("|") if form)


def _error(table: str, problem: str) -> LexiconError:
    return LexiconError(problem, where=f"data/{table}", remedy="Correct the line.")
