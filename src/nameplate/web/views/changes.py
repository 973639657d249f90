"""What changed since a day: pure functions over what the ledger knows now and what it knew then.

Known is what was *recorded*: a report of 2020 that was added yesterday is news of yesterday.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from nameplate.answer.milestones import happened, milestone_rows
from nameplate.answer.moments import held, today_of
from nameplate.answer.shelf import Shelf
from nameplate.answer.views import MilestoneRow, ProjectRow
from nameplate.find.spelling import spell
from nameplate.model import Entry, Finding

WINDOWS = (7, 30, 365, 3650)
"""Days to look back that are offered; the first that holds any news is taken."""


class Reached(NamedTuple):
    """A stage that a project was first reported to have reached, or a promise whose day passed."""

    row: ProjectRow
    milestone: MilestoneRow


class Contradiction(NamedTuple):
    """A finding that rests on at least one new claim."""

    row: ProjectRow
    finding: Finding


class Changes(msgspec.Struct, frozen=True):
    """What is known now and was not at the end of the day ``since``."""

    since: str
    reports: int
    claims: int
    new: list[ProjectRow]
    reached: list[Reached]
    passed: list[Reached]
    contradictions: list[Contradiction]


def changes(
    rows: Sequence[ProjectRow],
    shelf: Shelf,
    findings: Mapping[str, Sequence[Finding]],
    since: str,
    today: str,
) -> Changes:
    """What came between the end of the day ``since`` and ``today`` about the things in ``rows``."""
    known = {row.entity.id: shelf.of(row.entity) for row in rows}
    fresh = {e.key: e for entries in known.values() for e in entries if is_news(e, since)}
    touched = [row for row in rows if any(e.key in fresh for e in known[row.entity.id])]
    return Changes(
        since=since,
        reports=len({entry.document_key for entry in fresh.values()}),
        claims=len(fresh),
        new=[row for row in touched if all(e.key in fresh for e in known[row.entity.id])],
        reached=[
            Reached(row, milestone)
            for row in touched
            for milestone in _reached(known[row.entity.id], fresh, today)
        ],
        passed=[
            Reached(row, promise)
            for row in rows
            for promise in row.status.overdue
            if _passed(promise, since)
        ],
        contradictions=[
            Contradiction(row, finding)
            for row in touched
            for finding in findings.get(row.entity.id, ())
            if any(key in fresh for key in finding.claims)
        ],
    )


def is_news(entry: Entry, since: str) -> bool:
    """Whether the claim was recorded after the day."""
    return entry.recorded[:10] > since


def _reached(
    entries: Sequence[Entry], fresh: Mapping[str, Entry], today: str
) -> list[MilestoneRow]:
    """Stages that happened and of which no claim spoke before."""
    day = today_of(today)
    done = [m for m in milestone_rows(entries, day) if happened(m, day)]
    old = {_what(m) for m in done if any(e.key not in fresh for e in m.entries)}
    new: dict[tuple[str, str], MilestoneRow] = {}
    for milestone in done:
        if _what(milestone) not in old:
            new.setdefault(_what(milestone), milestone)
    return list(new.values())


def _what(milestone: MilestoneRow) -> tuple[str, str]:
    return milestone.stage, spell(milestone.scope or "")


def _passed(promise: MilestoneRow, since: str) -> bool:
    """Whether the promise's last day came after ``since``; that it is over by now is known."""
    days = held(promise.entries[0])
    return days is not None and days[1].isoformat() >= since


def first_window(entries: Iterable[Entry], today: str) -> str:
    """The day before the shortest window that holds any news; the longest if none does."""
    newest = max((entry.recorded[:10] for entry in entries), default="")
    starts = [days_before(today, window) for window in WINDOWS]
    return next((start for start in starts if newest > start), starts[-1])


def days_before(today: str, days: int) -> str:
    """The day so many days earlier, ISO 8601."""
    low = date.fromisoformat(today).toordinal() - days
    return (date.min + timedelta(days=max(low, 1) - 1)).isoformat()
