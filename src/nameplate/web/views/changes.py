"""What changed since a day: pure functions over what the board noted of each thing.

Known is what was *recorded*: a report of 2020 that was added yesterday is news of yesterday.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from nameplate.answer.views import ProjectRow
from nameplate.model import Finding

WINDOWS = (7, 30, 365, 3650)
"""Days to look back that are offered; the first that holds any news is taken."""


class Reached(msgspec.Struct, frozen=True):
    """A stage that a project was first reported to have reached, or a promise whose day passed."""

    entity: str
    name: str
    stage: str
    scope: str
    day: str
    document: str
    claim: str


class Contradiction(msgspec.Struct, frozen=True):
    """A finding that rests on at least one new claim."""

    entity: str
    name: str
    finding: Finding


class Changes(msgspec.Struct, frozen=True):
    """What is known now and was not at the end of the day ``since``.

    Of each kind of news the number, and the weightiest few.
    """

    since: str
    reports: int
    claims: int
    new: tuple[int, list[ProjectRow]]
    reached: tuple[int, list[Reached]]
    passed: tuple[int, list[Reached]]
    contradictions: tuple[int, list[Contradiction]]


def first_window(newest: str, today: str) -> str:
    """The day before the shortest window that holds the ``newest`` day of record; else the longest."""
    starts = [days_before(today, window) for window in WINDOWS]
    return next((start for start in starts if newest > start), starts[-1])


def days_before(today: str, days: int) -> str:
    """The day so many days earlier, ISO 8601."""
    low = date.fromisoformat(today).toordinal() - days
    return (date.min + timedelta(days=max(low, 1) - 1)).isoformat()
