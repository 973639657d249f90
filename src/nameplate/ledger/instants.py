"""Instants of record: UTC, ISO 8601 with microseconds, so that they sort as text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from nameplate.errors import UsageError

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")


def instant(text: str) -> str:
    """Any ISO 8601 time (UTC if it names no zone) in the one form that the ledger keeps."""
    try:
        moment = datetime.fromisoformat(text)
        zoned = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{text!r} is no date or time", remedy="Write 2024-06-05 or 2024-06-05T07:33:00Z."
        ) from None
    return _written(zoned)


def end_of(as_of: str) -> str:
    """The last instant of ``as_of``: of the day if it is a day, itself if it is a time."""
    moment = instant(as_of)
    return f"{as_of}T23:59:59.999999Z" if _DAY.match(as_of) else moment


def after(now: str, last: str | None) -> str:
    """``now``, or the microsecond after ``last`` if the clock stands still or goes back.

    What was recorded later is thus always later by its instant, and an ``as_of`` once given is
    never changed by it.
    """
    present = instant(now)
    if last is None or present > last:
        return present
    return _written(datetime.fromisoformat(last) + timedelta(microseconds=1))


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
