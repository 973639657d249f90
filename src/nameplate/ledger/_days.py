"""Stand-in until the finders read EDTF."""

from __future__ import annotations

import calendar
import re

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]?\Z")


def days(edtf: str | None) -> tuple[str | None, str | None]:
    """Earliest and latest day."""
    if not edtf:
        return None, None
    first, _, last = edtf.partition("/")
    return _bound(first, False), _bound(last or first, True)


def _bound(date: str, end: bool) -> str | None:
    found = _DATE.match(date)
    if not found:
        return None
    year, month, day = found.groups()
    if month is None:
        month = "12" if end else "01"
    if not 1 <= int(month) <= 12 or int(year) < 1:
        return None
    if day is None:
        day = f"{calendar.monthrange(int(year), int(month))[1]:02d}" if end else "01"
    return f"{year}-{month}-{day}"
