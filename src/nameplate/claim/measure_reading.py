"""A reading of a figure: the measure it may state, and how strongly the words around it say so."""

from __future__ import annotations

import msgspec

from nameplate.model import Cue, Quantity

MONEY = frozenset(
    {"investment", "contract_value", "output_value", "revenue", "tax", "profit", "exports",
     "sales", "capital", "change", "duration", "funding"}
)  # fmt: skip
RATIO = frozenset({"utilisation", "resumption_rate", "share", "change", "duration"})
AREA = frozenset({"land_area", "floor_area", "capacity", "output", "sales"})
THINGS = frozenset(
    {"capacity", "output", "output+sales", "sales", "exports", "equipment", "employment",
     "facilities", "enterprises", "projects", "change"}
)  # fmt: skip
PHYSICAL = frozenset(
    {"capacity", "output", "output+sales", "sales", "exports", "count", "change", "duration"}
)

SPAN_OF_TIME = frozenset({"time", "duration"})
_RATES = ("/", ".")
FLOWS = frozenset({"output", "sales", "revenue", "tax", "profit", "exports", "output_value"})


class Reading(msgspec.Struct, frozen=True):
    """A measure with the words that speak for it and how strongly they do (0 to 100)."""

    measure: str
    score: float
    cue: Cue | None = None
    why: str = ""


def allowed(quantity: Quantity) -> frozenset[str]:
    """The measures that a figure of this unit can state."""
    unit = quantity.unit
    if len(unit) == 3 and unit.isalpha() and unit.isupper():
        return MONEY
    if unit == "%":
        return RATIO
    if unit == "m2":
        return AREA
    if unit == "1":
        return THINGS
    return PHYSICAL
