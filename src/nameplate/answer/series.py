"""One measure of one thing through time, and how many things had come how far by a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from nameplate.answer.figures import figure_rows
from nameplate.answer.milestones import milestone_rows
from nameplate.answer.moments import held, said, today_of
from nameplate.answer.shelf import Shelf
from nameplate.answer.views import Figure, FigureRow
from nameplate.model import Entity, Entry, Record


class Point(Record, frozen=True, kw_only=True):
    """A figure at its day: the last day it holds for, or that of the report (``dated`` is false)."""

    day: str
    dated: bool
    figure: Figure


class Series(Record, frozen=True, kw_only=True):
    """Actual figures of one row, the oldest first; ``planned`` are those that were announced."""

    measure: str
    item: str | None
    unit: str | None
    per: str | None
    scope: str | None
    points: tuple[Point, ...] = ()
    planned: tuple[Point, ...] = ()


class Step(Record, frozen=True, kw_only=True):
    """By this day so many things had reached a stage; ``entries`` are those that came on it."""

    day: str
    count: int
    entries: tuple[Entry, ...]


def series(entries: Iterable[Entry], measure: str | None = None) -> list[Series]:
    """The series of a thing, those of most points first; of one measure or of all."""
    rows = [row for row in figure_rows(entries) if measure in (None, row.measure)]
    made = [_series(row) for row in rows]
    return sorted(made, key=lambda one: -len(one.points))


def _series(row: FigureRow) -> Series:
    return Series(
        measure=row.measure,
        item=row.item,
        unit=row.unit,
        per=row.per,
        scope=row.scope,
        points=_points(row.actual),
        planned=_points(row.planned),
    )


def _points(figures: Sequence[Figure]) -> tuple[Point, ...]:
    made = [_point(figure) for figure in figures]
    return tuple(sorted(made, key=lambda p: (p.day, p.figure.value or Decimal(0))))


def _point(figure: Figure) -> Point:
    days = held(figure.entries[0])
    day = days[1] if days else min(map(said, figure.entries))
    return Point(day=day.isoformat(), dated=days is not None, figure=figure)


def reached(entities: Iterable[Entity], shelf: Shelf, stage: str, today: str) -> list[Step]:
    """How many of the things had reached the stage, day by day; each counts once, when it first did.

    What has no date counts from the day of the first report that says so.
    """
    now = today_of(today)
    firsts: dict[date, list[Entry]] = {}
    for entity in entities:
        rows = milestone_rows(shelf.of(entity), now)
        done = [row for row in rows if row.stage == stage and row.modality == "actual"]
        days = [(_first_day(row.entries), row.entries[0]) for row in done]
        past = [(day, entry) for day, entry in days if day <= now]
        if past:
            day, entry = min(past, key=lambda pair: (pair[0], pair[1].key))
            firsts.setdefault(day, []).append(entry)
    steps, count = [], 0
    for day in sorted(firsts):
        count += len(firsts[day])
        steps.append(Step(day=day.isoformat(), count=count, entries=tuple(firsts[day])))
    return steps


def _first_day(entries: Sequence[Entry]) -> date:
    days = held(entries[0])
    return days[0] if days else min(map(said, entries))
