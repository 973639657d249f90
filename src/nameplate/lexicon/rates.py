"""Rough rates of exchange by year: to tell the order of an amount, never to convert one."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from nameplate.errors import LexiconError
from nameplate.lexicon.load import read_rows

_FILE = "rates.tsv"
_NEAR = 3
"""A year without a rate takes that of a year no further away."""


def cross(of: str, for_one: str, year: int) -> Decimal | None:
    """Units of the currency ``of`` for one of ``for_one`` in a year; ``None`` if not known."""
    one, other = _rate(of, year), _rate(for_one, year)
    return None if one is None or other is None else one / other


def _rate(currency: str, year: int) -> Decimal | None:
    if currency == "USD":
        return Decimal(1)
    years = _rates().get(currency, {})
    nearest = min(years, key=lambda known: (abs(known - year), known), default=None)
    return years[nearest] if nearest is not None and abs(nearest - year) <= _NEAR else None


@cache
def _rates() -> dict[str, dict[int, Decimal]]:
    """Units for one US dollar by currency and year."""
    table: dict[str, dict[int, Decimal]] = {}
    for row in read_rows(_FILE):
        try:
            currency, year, rate = row
            years = table.setdefault(currency, {})
            if int(year) in years or Decimal(rate) <= 0:
                raise ValueError
            years[int(year)] = Decimal(rate)
        except (ValueError, ArithmeticError):
            raise LexiconError(
                f"{row} is no rate, or is there twice",
                where=f"data/{_FILE}",
                remedy="Make the file again with scripts/make_rates.py.",
            ) from None
    return table
