"""Days to periods: 2020-02-24, 2020-02, 2020; and how many lie between two."""

from __future__ import annotations

from datetime import date

from nameplate.answer.monitor.spec import Grain

_LENGTH: dict[Grain, int] = {"day": 10, "month": 7, "year": 4}


def period_of(day: date | str, grain: Grain) -> str:
    """The period that the day lies in."""
    said = day if isinstance(day, str) else day.isoformat()
    return said[: _LENGTH[grain]]


def open_period(when: str) -> str:
    """The end of a date whose year the report leaves open, as it has it: ``XXXX-02-24``."""
    return when.rsplit("/", maxsplit=1)[-1]


def last_day(period: str) -> date:
    """The last day of a period on the calendar."""
    if len(period) == 10:
        return date.fromisoformat(period)
    if len(period) == 7:
        year, month = int(period[:4]), int(period[5:])
        first = date(year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(first.toordinal() - 1)
    return date(int(period), 12, 31)


def between(one: str, two: str, grain: Grain) -> int:
    """How many periods lie between two, neither of them counted."""
    if grain == "day":
        return (date.fromisoformat(two) - date.fromisoformat(one)).days - 1
    if grain == "month":
        return _months(two) - _months(one) - 1
    return int(two) - int(one) - 1


def _months(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:7])
