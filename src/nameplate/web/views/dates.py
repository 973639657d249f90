"""EDTF dates as people write them, and as days on an axis."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from nameplate.web.views.words import Words

_POINT = re.compile(r"(\d{4}|XXXX)(?:-(\d\d))?(?:-(\d\d))?[?~%]?\Z")


def bounds(edtf: str | None) -> tuple[date, date] | None:
    """First and last day of the time, or nothing if its year is open or it is no date."""
    if not edtf:
        return None
    first, _, last = edtf.partition("/")
    low, high = _days(first), _days(last or first)
    if low is None or high is None:
        return low or high
    return (low[0], high[1]) if low[0] <= high[1] else None


def _days(point: str) -> tuple[date, date] | None:
    found = _POINT.match(point)
    if found is None or found[1] == "XXXX":
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None


def say_date(edtf: str | None, words: Words) -> str:
    """``2024-06`` as "Jun 2024" or 2024年6月; what is not understood is shown as it stands."""
    if not edtf:
        return ""
    first, slash, last = edtf.partition("/")
    if not slash:
        return _say_point(first, words)
    if _whole_year(first, last):
        return _say_point(first[:4], words)
    left, right = _say_point(first, words), _say_point(last, words)
    return words.date["interval"].format(left=left, right=right)


def _whole_year(first: str, last: str) -> bool:
    return first[:4] == last[:4] and (first[4:], last[4:]) in {
        ("-01", "-12"),
        ("-01-01", "-12-31"),
    }


def _say_point(point: str, words: Words) -> str:
    found = _POINT.match(point)
    if found is None:
        return words.date["open"] if point in {"", ".."} else point
    year, month, day = found.groups()
    if month and not 1 <= int(month) <= 12:
        return point
    shape = ("day" if day else "month" if month else "year") + ("_open" if year == "XXXX" else "")
    name = words.months[int(month) - 1] if month else ""
    number = int(month) if month else ""
    about = "~" if point[-1:] in "?~%" else ""
    return about + words.date[shape].format(
        year=year, month=name, number=number, day=int(day) if day else ""
    )
