"""The text of one cell to what it says: a figure, a date, yes or no; or why it is not taken."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from nameplate.claim.returns.mapping import Column, Unit
from nameplate.find.fold import fold
from nameplate.find.quantity import find_quantities
from nameplate.find.time import find_times
from nameplate.lexicon.headers import cell_words
from nameplate.lexicon.messages import Message, message

_PLAIN = re.compile(r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,2})?)\s?(%?)")
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)|Err:\d+")
_DAY = re.compile(r"(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?(?:[ T]\d\d:\d\d.*)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SERIAL = range(20_000, 60_000)
"""Days since 1899-12-30 that a spreadsheet's date can be: 1954 to 2064."""
_NEVER_NEGATIVE = frozenset(
    {"employment", "enterprises", "projects", "facilities", "equipment", "land_area", "floor_area",
     "capacity", "output", "investment", "contract_value", "capital", "resumption_rate",
     "utilisation", "sales"}
)  # fmt: skip


class Refusal(NamedTuple):
    """Why a cell is not taken."""

    reason: Message


class Figure(NamedTuple):
    """A cell's value in the column's unit."""

    value: Decimal
    unit: str
    per: str | None


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, 无, n/a."""
    word = fold(text).strip().lower()
    return not word or word in cell_words()["empty"]


def figure(text: str, column: Column, unit: Unit | None) -> Figure | Refusal:
    """The figure in a cell, in the base unit of the column's."""
    said = fold(text).strip()
    if _ERROR.fullmatch(said):
        return Refusal(message("cell_error", what=said))
    plain = _PLAIN.fullmatch(said)
    if plain is None:
        return _written(said, unit)
    value = Decimal(plain[1].replace(",", ""))
    code = unit.code if unit else "1"
    if plain[2] and code != "%":
        return Refusal(message("cell_percentage", unit=column.unit or "things"))
    if value < 0 and column.measure in _NEVER_NEGATIVE:
        return Refusal(message("cell_negative", measure=column.measure))
    if column.fraction and not plain[2]:
        value *= 100
    if unit is not None and unit.factor != 1:
        value = value * unit.factor.numerator / unit.factor.denominator
    return Figure(value.normalize() + 0, code, unit.per if unit else None)


def _written(said: str, unit: Unit | None) -> Figure | Refusal:
    """A figure written out with its own unit ("1.2亿元"), if that is of the column's kind."""
    found = find_quantities(said)
    code = unit.code if unit else "1"
    if len(found) != 1 or found[0].value is None or found[0].bound != "=":
        return Refusal(message("cell_number"))
    quantity = found[0]
    if quantity.start != 0 or quantity.end != len(said):
        return Refusal(message("cell_more"))
    if quantity.unit != code:
        return Refusal(message("cell_unit", what=quantity.unit, unit=code))
    assert quantity.value is not None
    return Figure(quantity.value, code, quantity.per or (unit.per if unit else None))


def moment(text: str) -> str | Refusal:
    """The date in a cell as EDTF: a day, a month, a year, a spreadsheet's own number of a day."""
    said = fold(text).strip().rstrip(".")
    if _ERROR.fullmatch(said):
        return Refusal(message("cell_error", what=said))
    day = _DAY.fullmatch(said) or _COMPACT.fullmatch(said)
    if day is not None:
        return _checked(day[1], day[2], day[3])
    if _YEAR.fullmatch(said):
        return said
    if said.isdigit() and int(said) in _SERIAL:
        return (date(1899, 12, 30) + timedelta(days=int(said))).isoformat()
    found = [t for t in find_times(said) if t.kind == "date" and t.edtf]
    if len(found) == 1 and found[0].edtf and "XXXX" not in found[0].edtf and not found[0].now:
        return found[0].edtf
    return Refusal(message("cell_date"))


def _checked(year: str, month: str, day: str | None) -> str | Refusal:
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return Refusal(message("cell_day"))
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def answer(text: str) -> bool | None:
    """Yes or no, None where the cell says neither."""
    word = fold(text).strip().strip("。.").lower()
    words = cell_words()
    if word in words["yes"]:
        return True
    return False if word in words["no"] else None
