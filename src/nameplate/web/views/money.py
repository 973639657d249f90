"""Money promised against money at work: one amount a project, counted under its phase.

The amount of a project is its newest planned investment (or contract value, if it has none), of the
whole rather than of a part; it is never added to a second amount of the same project. Parks are left
out: what they report holds the sums of the projects in them. Derived, and marked so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from nameplate.answer.views import Figure, FigureRow, ProjectRow
from nameplate.lexicon.measures import measures
from nameplate.model import Claim
from nameplate.web.views.charts import Slice, shares
from nameplate.web.views.figures import say_figure
from nameplate.web.views.links import query_link
from nameplate.web.views.words import Words

PHASES = ("talk", "promise", "build", "run", "stopped", "none")
AT_WORK = ("build", "run")
_KINDS = frozenset({"project", "plant", "line"})
_MEASURES = ("investment", "contract_value")
_LONGEST = 3


class Money(msgspec.Struct, frozen=True):
    """One currency's amounts by phase, and how much of all stands in works begun or running."""

    currency: str
    promised: str
    working: str
    share: int
    projects: int
    slices: list[Slice]


Sums = Mapping[str, Mapping[str, tuple[int, float]]]
"""By currency and phase: how many projects, and their amounts together."""


def money(sums: Sums, words: Words) -> list[Money]:
    """The currencies with the most projects first, three at most."""
    number = {unit: sum(n for n, _ in phases.values()) for unit, phases in sums.items()}
    ranked = sorted(sums, key=lambda unit: (-number[unit], unit))
    return [_money(unit, sums[unit], number[unit], words) for unit in ranked[:_LONGEST]]


def _money(unit: str, amounts: Mapping[str, tuple[int, float]], number: int, words: Words) -> Money:
    by_phase = {key: Decimal(amounts[key][1] if key in amounts else 0) for key in PHASES}
    whole = sum(by_phase.values(), Decimal(0))
    working = sum((by_phase[key] for key in AT_WORK), Decimal(0))
    slices = [
        Slice(
            key, words.name_of("phase", key), say_money(amount, unit, words),
            round(width), x, width, "/projects" + query_link({}, phase=key),
        )
        for key, amount, x, width in shares(by_phase)
    ]  # fmt: skip
    return Money(
        currency=unit,
        promised=say_money(whole, unit, words),
        working=say_money(working, unit, words),
        share=int(100 * working / whole) if whole else 0,
        projects=number,
        slices=slices,
    )


def amount_of(row: ProjectRow) -> tuple[str, Decimal] | None:
    """Currency and amount that the project is said to cost."""
    if row.entity.kind not in _KINDS:
        return None
    lines = [f for f in row.figures if f.measure in _MEASURES and f.unit and f.unit.isupper()]
    lines = [line for line in lines if "money" in measures()[line.measure].kinds]
    best = min(lines, key=_rank, default=None)
    figure = _newest(best) if best is not None else None
    value = None if figure is None else figure.value or figure.high or figure.low
    return None if best is None or value is None or value <= 0 else (best.unit or "", value)


def _rank(line: FigureRow) -> tuple[int, bool]:
    return _MEASURES.index(line.measure), bool(line.scope)


def _newest(line: FigureRow) -> Figure | None:
    figures: Sequence[Figure] = line.planned or line.actual
    return figures[-1] if figures else None


def say_money(amount: Decimal, unit: str, words: Words) -> str:
    """A sum as people write it; four digits are enough for a sum over projects."""
    rounded = amount.quantize(Decimal(1))
    if rounded.adjusted() >= 4:
        rounded = rounded.quantize(Decimal(1).scaleb(rounded.adjusted() - 3)).quantize(Decimal(1))
    claim = Claim(kind="quantity", subject="", quote="", start=0, end=0, value=rounded, unit=unit)
    return say_figure(claim, words)
