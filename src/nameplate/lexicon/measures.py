"""The measures of a quantity: labels, kinds of unit, and whether parts sum to wholes."""

from __future__ import annotations

from functools import cache
from typing import Literal

from nameplate.errors import LexiconError
from nameplate.lexicon.load import Entry, read_toml

_FILE = "measures.toml"

UnitKind = Literal[
    "money", "things", "persons", "enterprises", "projects", "physical", "area", "percent"
]


class Measure(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One measure; see the head of ``data/measures.toml`` for the meaning of its fields."""

    key: str
    en: str
    zh: str
    kinds: tuple[UnitKind, ...]
    aggregate: Literal["level", "period", "cumulative"]
    additive: bool = False
    of_item: bool = False
    headline: int | None = None


class _File(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    measure: tuple[Measure, ...]


@cache
def measures() -> dict[str, Measure]:
    """All measures by key, in the order in which they are shown."""
    table: dict[str, Measure] = {}
    for measure in read_toml(_FILE, _File).measure:
        if measure.key in table:
            raise LexiconError(
                f"measure {measure.key!r} is there twice",
                where=f"data/{_FILE}",
                remedy="Keep one of the entries.",
            )
        table[measure.key] = measure
    return table


@cache
def order(key: str) -> int:
    """The place of a measure in what is shown, from 1; one that is not known comes last."""
    keys = list(measures())
    return keys.index(key) + 1 if key in keys else len(keys) + 1
