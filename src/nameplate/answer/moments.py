"""When a claim holds and when it was said, as days that can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nameplate.find.edtf import interval
from nameplate.model import Entry

Days = tuple[date, date]


def held(entry: Entry) -> Days | None:
    """First and last day of the time that the claim gives, if it gives one with a year."""
    when = entry.claim.when
    return interval(when) if when else None


def said(entry: Entry) -> date:
    """The day of the report; the day of record if the report has no date."""
    days = interval(entry.published) if entry.published else None
    return (days or interval(entry.recorded[:10]) or (date.min, date.min))[1]


def last_news(entries: Iterable[Entry]) -> date | None:
    """The day of the newest report."""
    return max(map(said, entries), default=None)


def moment(entry: Entry) -> date:
    """The first day for which the claim holds, or else the day on which it was said."""
    days = held(entry)
    return days[0] if days else said(entry)


def in_order(entry: Entry) -> tuple[date, date, str, int, str]:
    """Sort key: by time held, then by time said, then as recorded; the same whoever came first."""
    return (moment(entry), said(entry), entry.document_key, entry.claim.start, entry.key)


def slip(promised: Days, actual: Days) -> int:
    """Days from the promised time to the actual: 0 if they overlap, negative if it was early."""
    if actual[0] > promised[1]:
        return (actual[0] - promised[1]).days
    if actual[1] < promised[0]:
        return (actual[1] - promised[0]).days
    return 0


def today_of(as_of: str) -> date:
    """The day of ``as_of``, a date or time in ISO 8601."""
    return date.fromisoformat(as_of[:10])
