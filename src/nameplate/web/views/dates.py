"""EDTF dates as people write them."""

from __future__ import annotations

import re

from nameplate.web.views.words import Words

_POINT = re.compile(r"(\d{4}|XXXX)(?:-(\d\d))?(?:-(\d\d))?[?~%]?\Z")
_DECADE = re.compile(r"\d{3}X\Z")


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
    if _DECADE.match(point):
        return words.date["decade"].format(year=point[:3] + "0")
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
