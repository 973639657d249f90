"""Small helpers for EDTF values (ISO 8601-2, the part that reports need).

A value is a day, month, year, decade (``199X``) or century (``19XX``), an interval of two such
(``2019-01/2019-12``, an open end is ``..``), each perhaps with an open year (``XXXX-02-24``).
"""

from __future__ import annotations

import re
from calendar import isleap
from datetime import date
from functools import lru_cache

OPEN = "XXXX"
"""A year that the report leaves open."""

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(\d\d)(?:-(\d\d))?)?[~?%]?")


@lru_cache(maxsize=4096)
def interval(value: str) -> tuple[date, date] | None:
    """First and last day of a value; ``None`` if its year is open or it is not EDTF."""
    first, slash, last = value.partition("/")
    if not slash:
        return _days(first)
    left = (date.min, date.min) if first in ("..", "") else _days(first)
    right = (date.max, date.max) if last in ("..", "") else _days(last)
    if left is None or right is None or left[0] > right[1]:
        return None
    return left[0], right[1]


def _days(point: str) -> tuple[date, date] | None:
    match = _POINT.fullmatch(point)
    if match is None or match[1] == OPEN:
        return None
    try:
        low = date(int(match[1].replace("X", "0")), int(match[2] or 1), int(match[3] or 1))
        high = date(int(match[1].replace("X", "9")), int(match[2] or 12), int(match[3] or 28))
    except ValueError:
        return None
    return low, high if match[3] else high.replace(day=month_length(high.year, high.month))


def month_length(year: int, month: int) -> int:
    """Number of days of a month."""
    return 29 if month == 2 and isleap(year) else _LENGTHS[month - 1]


def is_open(value: str) -> bool:
    """Whether the value leaves its year open."""
    return OPEN in value


def granularity(value: str) -> str:
    """``day``, ``month``, ``quarter``, ``half``, ``year``, ``decade``, ``century`` or ``interval``."""
    first, slash, last = value.partition("/")
    if not slash:
        if "X" in first[:4] and first[:4] != OPEN:
            return "century" if first[2] == "X" else "decade"
        return {4: "year", 7: "month", 10: "day"}.get(len(first.rstrip("~?%")), "year")
    if len(first) == len(last) == 7 and first[:4] == last[:4]:
        months = (int(first[5:]), int(last[5:]))
        if months in ((1, 3), (4, 6), (7, 9), (10, 12)):
            return "quarter"
        if months in ((1, 6), (7, 12)):
            return "half"
    return "interval"


def compare(a: str, b: str) -> int | None:
    """-1 if ``a`` ends before ``b`` begins, 1 the other way, 0 if they overlap; ``None`` if open."""
    one, two = interval(a), interval(b)
    if one is None or two is None:
        return None
    if one[1] < two[0]:
        return -1
    return 1 if two[1] < one[0] else 0


def within(inner: str, outer: str) -> bool:
    """Whether every day of ``inner`` lies in ``outer``."""
    one, two = interval(inner), interval(outer)
    return one is not None and two is not None and two[0] <= one[0] and one[1] <= two[1]


def day(value: date) -> str:
    """EDTF of a day."""
    return value.isoformat()


def span(first: str, last: str) -> str:
    """EDTF of an interval; one value if both ends are the same."""
    return first if first == last else f"{first}/{last}"


def shift_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Year and month that lie ``count`` months later (earlier if negative)."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1
