"""What a monitor's answer consists of: rows of periods, a cell a line, gaps, differences."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from nameplate.answer.monitor.spec import How, Monitor
from nameplate.model import Aggregate, Bound, Entity, Entry, Record


class Earlier(Record, frozen=True, kw_only=True):
    """A value that was reported for the same period and does not stand.

    ``standing``: ``revised`` by a later report, ``superseded`` by what was so later in the period, or
    ``conflicting`` with another that was reported on the same day.
    """

    value: Decimal
    unit: str
    bound: Bound
    standing: Literal["revised", "superseded", "conflicting"]
    entries: tuple[Entry, ...]


class Source(Record, frozen=True, kw_only=True):
    """A return, or a report, out of which a cell was counted; ``entry`` is one of its claims."""

    document_key: str
    document_id: str
    published: str | None
    things: int


class Cell(Record, frozen=True, kw_only=True):
    """The figure of one line in one period.

    ``how`` says where it is from; all but ``reported`` are derived. ``value`` is absent where reports
    contradict each other (``conflicting``): then ``earlier`` holds all that was said. Otherwise
    ``earlier`` holds what a later report has revised. ``entries`` say it, the best first, ``reports``
    is by how many reports, copies counted once; of what was counted ``sources`` are the documents and
    ``things`` is how many gave a figure. ``dated`` is false if the day is only that of the report.
    ``held`` is the period out of which a value is carried.
    """

    how: How | str
    value: Decimal | None = None
    unit: str = "1"
    bound: Bound = "="
    aggregate: Aggregate | None = None
    entries: tuple[Entry, ...] = ()
    reports: int = 0
    earlier: tuple[Earlier, ...] = ()
    conflicting: bool = False
    sources: tuple[Source, ...] = ()
    things: int | None = None
    dated: bool = True
    held: str | None = None
    inputs: tuple[str, ...] = ()

    @property
    def derived(self) -> bool:
        """Whether no report says this number."""
        return self.how != "reported"


class Row(Record, frozen=True, kw_only=True):
    """One period with the cells of its lines. Of one without a year ``period`` is as the report has
    it (``XXXX-02-24``), of one without any date it is empty."""

    period: str
    cells: dict[str, Cell]

    @property
    def placed(self) -> bool:
        """Whether the period stands on the calendar."""
        return bool(self.period) and "X" not in self.period


class Gap(Record, frozen=True, kw_only=True):
    """Periods between two figures of a line for which nothing is known."""

    line: str
    after: str
    before: str
    periods: int


class Difference(Record, frozen=True, kw_only=True):
    """A counted value beside the reported one of the same period: counted less reported."""

    period: str
    line: str
    beside: str
    counted: Decimal
    reported: Decimal

    @property
    def value(self) -> Decimal:
        """Counted less reported."""
        return self.counted - self.reported


Why = Literal["narrowed", "range", "rate", "flow", "stock", "no_time", "several"]

_REASONS: dict[Why, str] = {
    "narrowed": "its words narrow it to a part that no line is of",
    "range": "it is a range",
    "rate": "it is a rate, so much in a time",
    "flow": "it was made in a period",
    "stock": "it stands at the end of a period, all added up",
    "no_time": "it has no time, and its report gives another figure that has one",
    "several": "it has no time, and its report gives several such figures",
}


class Aside(Record, frozen=True, kw_only=True):
    """A figure that was looked at and not taken, and why."""

    line: str
    entry: Entry
    why: Why

    @property
    def reason(self) -> str:
        """Why, in English words."""
        return _REASONS[self.why]


class Seen(Record, frozen=True, kw_only=True):
    """The answer: ``rows`` in the order of time, those without a year last. ``news`` is the day of the
    last report or return that says anything of it."""

    monitor: Monitor
    subject: Entity | None
    today: str
    rows: tuple[Row, ...] = ()
    gaps: tuple[Gap, ...] = ()
    differences: tuple[Difference, ...] = ()
    aside: tuple[Aside, ...] = ()
    news: str | None = None

    def shown(self) -> list[str]:
        """The lines and shares that have any figure, in the monitor's order."""
        some = {key for row in self.rows for key in row.cells}
        whole = [*(line.key for line in self.monitor.lines()), *(s.key for s in self.monitor.share)]
        return [key for key in whole if key in some]

    def row(self, period: str) -> Row | None:
        """The row of this very period."""
        return next((row for row in self.rows if row.period == period), None)

    def points(self, key: str) -> list[tuple[str, Cell]]:
        """The cells of a line that have a value and stand on the calendar; held ones are no points."""
        return [
            (row.period, cell)
            for row in self.rows
            if row.placed and (cell := row.cells.get(key)) is not None
            and cell.value is not None and cell.held is None
        ]  # fmt: skip
