"""The geometry of the desk's small pictures, drawn by the server as inline SVG.

All lengths are user units of a view box 100 wide (bars) or as told; the templates draw them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple


class Bar(NamedTuple):
    """A line of a bar chart: ``width`` of 100, ``href`` where its rows are listed."""

    label: str
    phase: str
    number: int
    width: float
    href: str


class Slice(NamedTuple):
    """A part of a whole: where it begins and how wide it is, of 100."""

    phase: str
    label: str
    said: str
    share: int
    x: float
    width: float
    href: str


class Column(NamedTuple):
    """A column of a chart over time, from the bottom up; ``year`` where a label is due."""

    x: float
    y: float
    width: float
    height: float
    label: str
    number: int
    shown: bool


def bars(counted: Sequence[tuple[str, str, int, str]]) -> list[Bar]:
    """Label, phase, number and address of each line, scaled to the largest number."""
    most = max((number for _, _, number, _ in counted), default=1) or 1
    return [
        Bar(label, phase, number, round(100 * number / most, 1), href)
        for label, phase, number, href in counted
    ]


def shares(amounts: Mapping[str, Decimal]) -> list[tuple[str, Decimal, float, float]]:
    """Each amount above nought with its start and width of 100, in the order given."""
    whole = sum(amounts.values(), Decimal(0)) or Decimal(1)
    made, x = [], 0.0
    for key, amount in amounts.items():
        if amount > 0:
            width = float(100 * amount / whole)
            made.append((key, amount, round(x, 2), round(width, 2)))
            x += width
    return made


WIDTH, HEIGHT = 600, 90
_LABELS = 8


def columns(counted: Sequence[tuple[str, int]]) -> list[Column]:
    """A column a label, side by side over ``WIDTH``; as many are labelled as there is room for."""
    most = max((number for _, number in counted), default=1) or 1
    step = WIDTH / max(len(counted), 1)
    every = -(-len(counted) // _LABELS)
    made = []
    for place, (label, number) in enumerate(counted):
        height = round((HEIGHT - 4) * number / most, 1)
        gap = min(step * 0.2, 6)
        made.append(
            Column(
                round(place * step + gap / 2, 1), round(HEIGHT - height, 1), round(step - gap, 1),
                height, label, number, (len(counted) - 1 - place) % every == 0,
            )
        )  # fmt: skip
    return made
