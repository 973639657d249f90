"""A monitor's answer: every line by period, shares, gaps and differences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from nameplate.answer.monitor import counted, reported, tallied
from nameplate.answer.monitor.cells import Aside, Cell, Difference, Gap, Row, Seen
from nameplate.answer.monitor.counted import Counting, Told
from nameplate.answer.monitor.periods import between
from nameplate.answer.monitor.reported import Figure
from nameplate.answer.monitor.spec import Line, Monitor, Share
from nameplate.answer.monitor.tallied import Pile
from nameplate.model import Entity, Record

_MOST_ASIDE = 100


class Material(Record, frozen=True, kw_only=True):
    """What a monitor is answered from.

    ``figures`` are those of the subject itself, ``rows`` what is told of the things that are counted,
    or ``pile`` the same added up, ``names`` the documents' ids by key.
    """

    subject: Entity | None = None
    figures: tuple[Figure, ...] = ()
    rows: Sequence[Told] = ()
    pile: Pile | None = None
    names: dict[str, str] = {}


Table = dict[str, dict[str, Cell]]
"""Cells by line and period."""


class RowsNeededError(Exception):
    """What was added up does not tell the answer: every row is to be looked at."""


def seen(monitor: Monitor, material: Material, today: str) -> Seen:
    """The answer on the day ``today`` (ISO 8601); `RowsNeededError` if a pile does not tell it."""
    today = today[:10]
    table: Table = {}
    aside: list[Aside] = []
    counting = Counting(material.rows, monitor.grain, monitor.population == "returns")
    for line in monitor.lines():
        if line.how == "reported":
            made, left = reported.cells(line, material.figures)
            table[line.key] = {p: c for p, c in made.items() if not _lies_ahead(p, today)}
            aside += left
        else:
            table[line.key] = _counted(line, material, counting, today)
    _hold(monitor, table)
    for share in monitor.share:
        table[share.key] = _share(share, table)
    rows = tuple(_rows(table, material.names))
    return Seen(
        monitor=monitor,
        subject=material.subject,
        today=today,
        rows=rows,
        gaps=tuple(_gaps(monitor, table)),
        differences=tuple(_differences(monitor, table)),
        aside=tuple(_once(aside, table))[:_MOST_ASIDE],
        news=_news(monitor, material, today),
    )


def _counted(line: Line, material: Material, counting: Counting, today: str) -> dict[str, Cell]:
    if material.pile is None:
        return counted.cells(line, counting, today)
    made = tallied.cells(line, material.pile, today)
    if made is None:
        raise RowsNeededError
    return made


def _once(aside: Iterable[Aside], table: Table) -> Iterator[Aside]:
    """What no line took, each figure once."""
    known = {
        entry.key
        for cells in table.values()
        for cell in cells.values()
        for some in (cell.entries, *(e.entries for e in cell.earlier))
        for entry in some
    }
    for one in aside:
        if one.entry.key not in known:
            known.add(one.entry.key)
            yield one


def _lies_ahead(period: str, today: str) -> bool:
    return bool(period) and "X" not in period and period > today[: len(period)]


def _placed(period: str) -> bool:
    return bool(period) and "X" not in period


def _hold(monitor: Monitor, table: Table) -> None:
    """Carry the value of lines that hold into the later periods of the others."""
    periods = sorted({p for cells in table.values() for p in cells if _placed(p)})
    for line in monitor.lines():
        if not line.hold:
            continue
        cells, last = table[line.key], None
        for period in periods:
            cell = cells.get(period)
            if cell is not None and cell.value is not None:
                last = period
            elif cell is None and last is not None:
                cells[period] = msgspec.structs.replace(cells[last], held=last)


def _share(share: Share, table: Table) -> dict[str, Cell]:
    """One line over the other where both have a value for the same period."""
    made: dict[str, Cell] = {}
    for period, part in table.get(share.of, {}).items():
        whole = table.get(share.under, {}).get(period)
        if part.value is None or whole is None or not whole.value or part.unit != whole.unit:
            continue
        if part.held is not None or part.value > whole.value:
            continue  # a part larger than the whole is of another whole
        made[period] = Cell(
            how="share",
            value=round(part.value * 100 / whole.value, 1).normalize() + 0,
            unit="%",
            bound=part.bound if whole.bound == "=" else "~",
            things=part.things,
            inputs=(share.of, share.under),
            dated=part.dated and whole.dated,
        )
    return made


def _rows(table: Table, names: dict[str, str]) -> Iterator[Row]:
    periods = {period for cells in table.values() for period in cells}
    for period in sorted(periods, key=lambda p: (not p, "X" in p, p)):
        cells = {key: cells[period] for key, cells in table.items() if period in cells}
        if any(cell.held is None for cell in cells.values()):
            yield Row(period=period, cells={k: _named(c, names) for k, c in cells.items()})


def _named(cell: Cell, names: dict[str, str]) -> Cell:
    if not cell.sources:
        return cell
    sources = (
        msgspec.structs.replace(s, document_id=names.get(s.document_key, s.document_key))
        for s in cell.sources
    )
    return msgspec.structs.replace(cell, sources=tuple(sources))


def _gaps(monitor: Monitor, table: Table) -> Iterator[Gap]:
    for key, cells in table.items():
        points = sorted(p for p, cell in cells.items() if _placed(p) and cell.held is None)
        for one, two in pairwise(points):
            missing = between(one, two, monitor.grain)
            if missing > 0:
                yield Gap(line=key, after=one, before=two, periods=missing)


def _differences(monitor: Monitor, table: Table) -> Iterator[Difference]:
    pairs = [(line.key, line.beside) for line in monitor.lines()]
    pairs += [(share.key, share.beside) for share in monitor.share]
    for key, beside in pairs:
        others = table.get(beside or "", {})
        for period, cell in sorted(table.get(key, {}).items()):
            other = others.get(period)
            if (
                other is not None and cell.value is not None and other.value is not None
                and cell.unit == other.unit and cell.held is None and other.held is None
            ):  # fmt: skip
                yield Difference(
                    period=period,
                    line=key,
                    beside=beside or "",
                    counted=cell.value,
                    reported=other.value,
                )


def _news(monitor: Monitor, material: Material, today: str) -> str | None:
    """The day of the last report or return."""
    lines = [line for line in monitor.lines() if line.how == "reported"]
    days: Iterable[str] = (
        *reported.news(material.figures, lines),
        *(row.said for row in material.rows if row.said),
        *(one.said for one in (material.pile.tallies if material.pile else ()) if one.said),
    )
    return max((day for day in days if day <= today), default=None)


def latest(seen: Seen) -> Row | None:
    """The newest row on the calendar, else the last of those without a year."""
    placed = [row for row in seen.rows if row.placed]
    return placed[-1] if placed else (seen.rows[-1] if seen.rows else None)
