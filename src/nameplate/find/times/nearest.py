"""Which year, which unit: dates that are told in part or from another date."""

from __future__ import annotations

from datetime import date, timedelta

from nameplate.find import edtf
from nameplate.find.edtf import OPEN
from nameplate.find.times.reading import Context, Group

_YEARS = {i: frozenset((f"e{i}", f"E{i}", f"A{i}", f"S{i}")) for i in ("", "2")}
"""Groups but ``Y`` that name a year."""


def year_of(g: Group, c: Context, i: str = "") -> tuple[str | None, str | None]:
    """Year of a parse as four signs, and its anchor; ``None`` if it names none."""
    if f"Y{i}" in g:
        return f"{g.number(f'Y{i}'):04d}", None
    if _YEARS[i].isdisjoint(g):
        return None, None
    if f"e{i}" in g:
        return f"{g.number(f'e{i}') + g.number(f'en{i}'):04d}", None
    if f"E{i}" in g:
        unit, shift = g.pair(f"E{i}")
        if unit != "year":
            return None, None
        last = c.last or (c.published if shift else None)
        return (f"{last.year + shift:04d}" if last else OPEN), "text"
    for name in ("A", "S"):
        if f"{name}{i}" in g:
            if c.published is None:
                return OPEN, "published"
            return f"{c.published.year + g.number(f'{name}{i}'):04d}", "published"
    return None, None


def any_year(g: Group, c: Context) -> tuple[str | None, str | None]:
    year, anchor = year_of(g, c, "2")
    if year is None:
        year, anchor = year_of(g, c)
    if year is None and "y" in g:
        return (f"{c.published.year:04d}" if c.published else OPEN), "published"
    return year, anchor


def near(c: Context, months: tuple[int, int], day: int | None) -> tuple[str, str | None]:
    """Year of a bare month or day: that of the sentence, else the nearest past or to come."""
    if c.published is None:
        return (OPEN, None) if c.year is None else (f"{c.year:04d}", "text")
    year = _nearest(c, c.published, months, day)
    if c.year is not None and not _at_hand(c.published, year, months[0], day):
        planned = c.tense() != "past" and c.year >= c.published.year
        if planned or (c.year <= year and c.tense() != "future"):
            return f"{c.year:04d}", "text"
    return f"{year:04d}", "published"


def _at_hand(now: date, year: int, month: int, day: int | None) -> bool:
    return day is not None and abs((date(year, month, min(day, 28)) - now).days) <= AT_HAND


LENIENT = 75
"""Days for which a period that has just ended is still the one that a plan or result is about."""
SOON = 45
"""Days ahead within which a bare date is one to come, unless a word tells that it is past."""
AT_HAND = 21
"""Days ahead within which a bare date is one to come, whatever the words around it."""


def _nearest(c: Context, now: date, months: tuple[int, int], day: int | None) -> int:
    """Year of a bare day or of a period of months, seen from the publication date."""
    first, last = months
    lenient = timedelta(days=LENIENT if last - first >= 2 else 0)
    begins, ends = (first, day or 1), (last, day or 28)
    behind = (now - date(now.year, first, min(day or 1, 28))).days
    if day and 0 <= behind <= AT_HAND:
        return now.year
    if c.future():
        then = now - lenient
        year = then.year + (ends < (then.month, then.day))
        if year > now.year and c.tense() == "deadline" and not day and _just_over(now, last):
            return now.year  # 至10月底 of a report of November tells how far things are
        return year
    if begins <= (now.month, now.day):
        return now.year
    ahead = (date(now.year, first, min(day or 1, 28)) - now).days
    if day and ahead <= (SOON if c.tense() is None else AT_HAND):
        return now.year
    return now.year - 1


def _just_over(now: date, month: int) -> bool:
    """Whether the month lies no more than two months behind."""
    return 0 < now.month - month <= 2


def next_year(year: str, later: bool) -> str:
    return f"{int(year) + 1:04d}" if later and year != OPEN else year


def shifted_month(now: date, month: int, shift: int) -> str:
    """Year of "last October", "this September", "next May"."""
    if shift < 0:
        return f"{now.year - (month >= now.month):04d}"
    if shift > 0:
        return f"{now.year + (month <= now.month):04d}"
    return f"{now.year:04d}"


def narrow(value: str, part: str) -> tuple[str, str | None]:
    """A year or month narrowed to its start or end; other parts become the mark."""
    if len(value) == 4 and part == "end":
        return f"{value}-12", None
    if len(value) == 4 and part == "start":
        return f"{value}-01", None
    return value, {"start": "early", "end": "late", "within": None}.get(
        part, part
    ) if part else None


def counted(c: Context, unit: str, shift: int) -> tuple[str | None, str]:
    """A whole unit counted from the publication date."""
    if c.published is None:
        return None, unit
    if unit in ("day", "week") and len(c.said or "") < 10:  # published in a month or year
        return (c.said if unit == "day" and not shift else None), unit
    return around(c.published, unit, shift), unit


def around(now: date, unit: str, shift: int) -> str | None:
    """The day, week, month, quarter, year or decade that lies ``shift`` units from a day's own."""
    try:
        if unit == "day":
            return (now + timedelta(days=shift)).isoformat()
        if unit == "week":
            monday = now + timedelta(days=7 * shift - now.weekday())
            return f"{monday}/{monday + timedelta(days=6)}"
        if unit == "month":
            year, month = edtf.shift_months(now.year, now.month, shift)
            return f"{year:04d}-{month:02d}"
        if unit == "quarter":
            year, month = edtf.shift_months(now.year, (now.month - 1) // 3 * 3 + 1, 3 * shift)
            return f"{year:04d}-{month:02d}/{year:04d}-{month + 2:02d}"
        if unit == "decade":
            return f"{now.year // 10 + shift:03d}X"
        return f"{now.year + shift:04d}" if 1 <= now.year + shift <= 9999 else None
    except (OverflowError, ValueError):
        return None
