"""The geometry of a project's time line: planned marks above the axis, actual ones below.

Marks keep their true place in time; their labels are stacked away from the axis until none covers
another. All lengths are user units of the SVG's view box.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

LEFT, RIGHT, WIDTH = 74, 1080, 1100
_LANE = 25
_STACK = 19
_LETTER = 6.3
_WIDE_LETTER = 12.0
_TICKS = 14
_STEPS = (1, 3, 6, 12, 24, 60, 120, 600, 1200, 12000, 120000)
"""Months between two ticks."""


class Moment(NamedTuple):
    """A milestone to be drawn: ``low`` to ``high`` is its time, ``lane`` planned or actual.

    ``sure`` is false if the time is that of the report.
    """

    lane: str
    low: date
    high: date
    label: str
    date: str
    phase: str
    href: str
    sure: bool = True


class Mark(NamedTuple):
    """A drawn milestone: dot, stem and label."""

    lane: str
    phase: str
    href: str
    x: float
    x1: float
    x2: float
    y: float
    text_x: float
    text_y: float
    anchor: str
    label: str
    date: str
    spoken: str
    sure: bool


class Slip(NamedTuple):
    """The line from a planned mark to the actual one, its label in the middle.

    ``way`` is late or early.
    """

    x1: float
    y1: float
    x2: float
    y2: float
    way: str
    x: float
    y: float
    label: str


class Tick(NamedTuple):
    """A year on the axis."""

    x: float
    label: str


class Drawing(msgspec.Struct, frozen=True):
    """All that the template draws."""

    width: int
    height: float
    top: float
    bottom: float
    axis: float
    left: int
    right: int
    ticks: list[Tick]
    marks: list[Mark]
    slips: list[Slip]
    news: list[float]
    today: float | None


class _Scale(NamedTuple):
    first: int
    last: int

    def holds(self, day: date) -> bool:
        return self.first <= day.toordinal() <= self.last

    def x(self, day: date | int) -> float:
        number = day if isinstance(day, int) else day.toordinal()
        share = (number - self.first) / max(self.last - self.first, 1)
        return round(LEFT + min(max(share, 0), 1) * (RIGHT - LEFT), 1)


def draw(
    moments: Sequence[Moment],
    slips: Iterable[tuple[Moment, Moment, str]],
    news: Iterable[date],
    today: date,
    months: Sequence[str],
) -> Drawing | None:
    """The drawing of the moments, or nothing if there is none to draw.

    ``slips`` are pairs of a promise and what became of it, with how late in words;
    ``months`` are the names of the months.
    """
    if not moments:
        return None
    scale = _scale(moments)
    rows = {lane: _stack(lane, moments, scale) for lane in ("planned", "actual")}
    top = 8.0
    axis = top + _depth(rows["planned"])
    bottom = axis + _depth(rows["actual"])
    marks = [_mark(m, row, axis, scale) for lane in rows.values() for m, row in lane]
    return Drawing(
        WIDTH, bottom + 20, top, bottom, axis, LEFT, RIGHT,
        _ticks(scale, months), marks,
        [_slip(a, b, label, axis, scale) for a, b, label in slips],
        sorted({scale.x(day) for day in news if scale.holds(day)}),
        scale.x(today) if scale.holds(today) else None,
    )  # fmt: skip


def _depth(placed: Sequence[tuple[Moment, int]]) -> float:
    """Height of a lane: room for its rows of labels, little if it is empty."""
    if not placed:
        return 26.0
    return _LANE + 30 + _STACK * max(row for _, row in placed)


def _scale(moments: Sequence[Moment]) -> _Scale:
    """From a little before the first moment to a little after the last, a year at least."""
    first = min(moment.low.toordinal() for moment in moments)
    last = max(moment.high.toordinal() for moment in moments)
    margin = max((last - first) // 20, (366 - (last - first)) // 2, 20)
    return _Scale(max(first - margin, 1), min(last + margin, date.max.toordinal()))


def _ticks(scale: _Scale, months: Sequence[str]) -> list[Tick]:
    """Years, or months of a short time; a January bears its year."""
    first, last = date.fromordinal(scale.first), date.fromordinal(scale.last)
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next(s for s in _STEPS if length / s <= _TICKS)
    start = (first.year * 12 + first.month - 1) // step * step
    places = range(start, last.year * 12 + last.month, step)
    days = [(date(p // 12, p % 12 + 1, 1), p) for p in places if 1 <= p // 12 <= date.max.year]
    return [
        Tick(scale.x(day), months[p % 12] if p % 12 else str(day.year))
        for day, p in days
        if scale.holds(day)
    ]


def _middle(moment: Moment) -> int:
    return (moment.low.toordinal() + moment.high.toordinal()) // 2


def _width(moment: Moment) -> float:
    text = f"{moment.label[:34]} {moment.date}"
    return sum(_WIDE_LETTER if ord(char) > 0x2E7F else _LETTER for char in text)


def _text_box(moment: Moment, scale: _Scale) -> tuple[float, float, str]:
    """Left and right end of the label, and where it hangs on the stem."""
    x, width = scale.x(_middle(moment)), _width(moment)
    if x + width > WIDTH - 8:
        return x - width, x, "end"
    return x, x + width, "start"


def _stack(lane: str, moments: Sequence[Moment], scale: _Scale) -> list[tuple[Moment, int]]:
    """Each moment of the lane with the lowest row where its label and stem are free."""
    placed: list[tuple[Moment, int]] = []
    taken: list[tuple[float, float, int]] = []
    ours = sorted((m for m in moments if m.lane == lane), key=_middle, reverse=True)
    for moment in ours:
        left, right, _ = _text_box(moment, scale)
        row = 0
        while any(r == row and left < hi + 8 and right > lo - 8 for lo, hi, r in taken):
            row += 1
        taken.append((left, right, row))
        placed.append((moment, row))
    return placed


def _mark(moment: Moment, row: int, axis: float, scale: _Scale) -> Mark:
    sign = -1 if moment.lane == "planned" else 1
    y = axis + sign * _LANE
    text_y = y + sign * (16 + row * _STACK) + (0 if sign < 0 else 8)
    left, right, anchor = _text_box(moment, scale)
    return Mark(
        moment.lane, moment.phase, moment.href,
        scale.x(_middle(moment)), scale.x(moment.low), scale.x(moment.high), y,
        left if anchor == "start" else right, text_y, anchor,
        moment.label, moment.date, f"{moment.label} {moment.date}", moment.sure,
    )  # fmt: skip


def _slip(planned: Moment, actual: Moment, label: str, axis: float, scale: _Scale) -> Slip:
    x1, x2 = scale.x(_middle(planned)), scale.x(_middle(actual))
    way = "late" if x2 >= x1 else "early"
    middle = round((x1 + x2) / 2, 1)
    return Slip(x1, axis - _LANE + 5, x2, axis + _LANE - 5, way, middle, axis + 4, label)
