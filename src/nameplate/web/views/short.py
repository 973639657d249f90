"""A view cut to what a reader can take in at once; how much was left out is said, never hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from nameplate.answer.views import Figure, FigureRow, MilestoneRow, ProjectView

LINES = 60
"""Lines of one section."""
_VALUES = 8
"""Values of one measure on one side, the newest."""
_REPORTS = 5
"""Reports whose words are shown for one value."""

T = TypeVar("T", Figure, MilestoneRow)


def shortened(view: ProjectView) -> tuple[ProjectView, int]:
    """The view with ``LINES`` a section at most, and the number of values and lines left out."""
    short = msgspec.structs.replace(
        view,
        milestones=tuple(_once(row) for row in view.milestones[-LINES:]),
        figures=tuple(_figures(row) for row in view.figures[:LINES]),
        visits=view.visits[-LINES:],
        instructions=view.instructions[-LINES:],
        relations=view.relations[-LINES:],
        mentioned=view.mentioned[-LINES:],
        needs=view.needs[-LINES:],
        capabilities=view.capabilities[-LINES:],
        sources=view.sources[:LINES],
    )
    return short, _size(view) - _size(short)


def _size(view: ProjectView) -> int:
    values = sum(len(row.planned) + len(row.actual) for row in view.figures)
    lists = (
        view.milestones, view.visits, view.instructions, view.relations, view.mentioned,
        view.needs, view.capabilities, view.sources,
    )  # fmt: skip
    return values + sum(map(len, lists))


def _figures(row: FigureRow) -> FigureRow:
    return msgspec.structs.replace(row, planned=_newest(row.planned), actual=_newest(row.actual))


def _newest(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    return tuple(_once(figure) for figure in figures[-_VALUES:])


def _once(said: T) -> T:
    return msgspec.structs.replace(said, entries=said.entries[:_REPORTS])
