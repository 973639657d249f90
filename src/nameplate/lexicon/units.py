"""Units of measure and currencies: ``data/units.toml``, checked and turned into spellings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal

import msgspec

from nameplate.errors import LexiconError
from nameplate.lexicon.load import Entry, no_duplicates, read_toml

FILE = "units.toml"


class Unit(Entry, frozen=True, kw_only=True):
    """A unit of measure; ``factor`` is its exact size in the base unit of ``dimension``."""

    code: str
    dimension: str
    factor: str | None = None
    symbols: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    report: Literal["base"] | None = None


class Currency(Entry, frozen=True, kw_only=True):
    """A currency: its ISO 4217 code and what stands before or after an amount.

    ``scaled_prefix`` are corrupted signs, certain only before a scaled amount ("PS2.7m" for £);
    ``scaled_suffix`` are words that mean the currency only behind one ("6.8 trillion won").
    """

    code: str
    prefix: tuple[str, ...] = ()
    scaled_prefix: tuple[str, ...] = ()
    scaled_suffix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()


class Ambiguous(Entry, frozen=True, kw_only=True):
    """Spellings with several readings; see the note in the file."""

    spellings: list[str]
    default: str
    candidates: tuple[str, ...] = ()
    country: dict[str, str] = msgspec.field(default_factory=dict)


class Part(Entry, frozen=True, kw_only=True):
    """A part of a currency, as an exact share of it."""

    code: str
    factor: str
    names: list[str]


class Rate(Entry, frozen=True, kw_only=True):
    """A spelling that holds a unit, a scale and a rate period ("mtpa")."""

    spelling: str
    code: str
    scale: str = "1"
    per: str | None = None


class Units(Entry, frozen=True, kw_only=True):
    """The whole file."""

    units: list[Unit]
    currencies: list[Currency]
    ambiguous: list[Ambiguous]
    parts: list[Part]
    rates: list[Rate]


UNITY = Fraction(1)
"""The size of a base unit, the same object wherever a unit has it."""


class Measure(msgspec.Struct, frozen=True, gc=False):
    """What a spelling says of the number beside it.

    ``factor`` is the exact size of ``code`` in the base unit; ``scale`` multiplies the number
    first; ``choice`` is set where the spelling has several readings.
    """

    code: str
    dimension: str
    factor: Fraction | None = None
    converted: bool = False
    scale: Decimal = Decimal(1)
    per: str | None = None
    choice: Ambiguous | None = None


class UnitTable(msgspec.Struct, frozen=True):
    """Spellings as found in text; ``exact`` keep their case, ``names`` are lower case."""

    measures: dict[str, Measure]
    exact: dict[str, Measure]
    names: dict[str, Measure]
    prefixes: dict[str, Measure]
    scaled_prefixes: dict[str, Measure]
    scaled_suffixes: dict[str, Measure]


@cache
def units() -> UnitTable:
    """The checked table: no spelling in two entries, one base per dimension, codes known."""
    file = read_toml(FILE, Units)
    measures = {u.code: _measure(u) for u in file.units}
    measures |= {c.code: Measure(c.code, "money") for c in file.currencies}
    measures["1"] = Measure("1", "count", UNITY)
    _check_codes(file, measures)
    choices = {s: a for a in file.ambiguous for s in a.spellings}
    exact = no_duplicates(FILE, _exact(file))
    names = no_duplicates(FILE, _names(file, choices))
    prefixes = no_duplicates(FILE, ((p, c.code) for c in file.currencies for p in c.prefix))
    return UnitTable(
        measures=measures,
        exact={s: measures[c] for s, c in exact.items()} | _rates(file, measures),
        names={s: measures[c] for s, c in names.items()}
        | {s: _chosen(a, measures) for s, a in choices.items()}
        | _parts(file),
        prefixes={s: measures[c] for s, c in prefixes.items()}
        | {s: _chosen(a, measures) for s, a in choices.items() if not s[0].isalpha()},
        scaled_prefixes={s: measures[c.code] for c in file.currencies for s in c.scaled_prefix},
        scaled_suffixes={s: measures[c.code] for c in file.currencies for s in c.scaled_suffix},
    )


def _measure(unit: Unit) -> Measure:
    factor = None if unit.factor is None else _fraction(unit.factor, unit.code)
    factor = UNITY if factor == 1 else factor
    return Measure(unit.code, unit.dimension, factor, unit.report == "base")


def _fraction(text: str, code: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise LexiconError(
            f"{text!r} is no exact factor",
            where=f"data/{FILE}: {code}",
            remedy='Write a decimal or a fraction such as "2000/3".',
        ) from None


def _exact(file: Units) -> Iterator[tuple[str, str]]:
    for unit in file.units:
        yield from ((s, unit.code) for s in unit.symbols)
        yield from ((n, unit.code) for n in unit.names if n != n.lower())


def _names(file: Units, choices: dict[str, Ambiguous]) -> Iterator[tuple[str, str]]:
    for unit in file.units:
        yield from ((n.lower(), unit.code) for n in unit.names if n not in choices)
    for money in file.currencies:
        yield from ((n.lower(), money.code) for n in money.suffix if n not in choices)


def _chosen(choice: Ambiguous, measures: dict[str, Measure]) -> Measure:
    return msgspec.structs.replace(measures[choice.default], choice=choice)


def _parts(file: Units) -> dict[str, Measure]:
    return {
        n: Measure(p.code, "money", scale=Decimal(p.factor)) for p in file.parts for n in p.names
    }


def _rates(file: Units, measures: dict[str, Measure]) -> dict[str, Measure]:
    return {
        r.spelling: msgspec.structs.replace(measures[r.code], scale=Decimal(r.scale), per=r.per)
        for r in file.rates
    }


def _check_codes(file: Units, measures: dict[str, Measure]) -> None:
    """Every code that an entry refers to has an entry of its own."""
    for choice in file.ambiguous:
        for code in (choice.default, *choice.candidates, *choice.country.values()):
            if code not in measures:
                raise LexiconError(
                    f"{code!r} is not the code of a unit or currency",
                    where=f"data/{FILE}: {choice.spellings[0]}",
                    remedy="Add the unit, or correct the code.",
                )
    for other in (*(r.code for r in file.rates), *(p.code for p in file.parts)):
        if other not in measures:
            raise LexiconError(
                f"{other!r} is not the code of a unit or currency",
                where=f"data/{FILE}",
                remedy="Add the unit, or correct the code.",
            )
