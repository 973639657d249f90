"""Readers of what is named by the calendar: days, months, quarters, seasons, years, plan periods."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from nameplate.find import edtf
from nameplate.find.edtf import OPEN
from nameplate.find.times.nearest import (
    any_year,
    around,
    counted,
    narrow,
    near,
    next_year,
    shifted_month,
    year_of,
)
from nameplate.find.times.reading import Context, Group, Reader, Reading

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""First month of each season."""


def _full(g: Group, c: Context) -> Reading | None:
    first = _figures(g, "F")
    if "F2" in g:
        return Reading(edtf.span(first, _figures(g, "F2")), "interval")
    return Reading(first, "day" if len(first) == 10 else "month")


def _figures(g: Group, name: str) -> str:
    year, month, day = g.figures(name)
    return f"{year:04d}-{month:02d}-{day:02d}" if day else f"{year:04d}-{month:02d}"


def read_day(g: Group, c: Context) -> Reading | None:
    if "m" not in g and "M" not in g:
        return _day_only(g, c)
    month = g.number("m") or g.number("M")
    day = g.number("d")
    month2 = g.number("m2") or g.number("M2") or month
    day2 = g.number("d2")
    if not _valid(month, day) or (day2 and not _valid(month2, day2)):
        return None
    year, anchor = any_year(g, c) if "d2" not in g else year_of(g, c)
    if year is None and "Sm" in g and c.published is not None:
        year, anchor = shifted_month(c.published, month, g.number("Sm")), "published"
    if year is None:
        year, anchor = near(c, (month, month2), day)
    first = _day_of(year, month, day, anchor)
    if first is None:
        return None
    if not day2:
        return Reading(first, "day", None, anchor)
    year2 = year_of(g, c, "2")[0] or next_year(first[:4], (month2, day2) < (month, day))
    last = _day_of(year2, month2, day2, anchor)
    return Reading(edtf.span(first, last), "interval", None, anchor) if last else None


def _day_of(year: str, month: int, day: int, anchor: str | None) -> str | None:
    """EDTF of a day; a 29 February without its year goes to a leap year, with it may be none."""
    if year != OPEN and day > edtf.month_length(int(year), month):
        if anchor is None:
            return None
        year = f"{int(year) // 4 * 4:04d}"
    return (
        f"{year}-{month:02d}-{day:02d}" if year == OPEN or _exists(int(year), month, day) else None
    )


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9999 and day <= edtf.month_length(year, month)


def _valid(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= edtf.month_length(2020, month)


def _day_only(g: Group, c: Context) -> Reading | None:
    """A day without its month: the last date's month, else the nearest past one."""
    day, day2 = g.number("d"), g.number("d2")
    if not 1 <= day <= 31 or (day2 and not day < day2 <= 31):
        return None
    if "B" in g:
        month, anchor = counted(c, "month", g.number("B"))[0], "published"
    elif c.published is not None:
        month, anchor = _near_month(c, c.published, day), "published"
    elif c.last is not None:
        month, anchor = f"{c.last:%Y-%m}", "text"
    else:
        month, anchor = c.last_open, "text"
    if month is None or max(day, day2) > edtf.month_length(_leap(month[:4]), int(month[5:])):
        return None
    first = f"{month}-{day:02d}"
    if not day2:
        return Reading(first, "day", None, anchor)
    return Reading(f"{first}/{month}-{day2:02d}", "interval", None, anchor)


def _leap(year: str) -> int:
    """The year as a number; an open one counts as a leap year."""
    return 2020 if year == OPEN else int(year)


def _near_month(c: Context, now: date, day: int) -> str:
    if c.last is not None and abs((now - c.last).days) < 40:
        return f"{c.last:%Y-%m}"
    later = 1 if c.future() and day < now.day else 0
    step = later if c.future() else -(day > now.day)
    year, month = edtf.shift_months(now.year, now.month, step)
    if day > edtf.month_length(year, month) and day <= 31:  # 31日 told in a month of 30 days
        year, month = edtf.shift_months(year, month, 1 if c.future() else -1)
    return f"{year:04d}-{month:02d}"


def _daybefore(g: Group, c: Context) -> Reading | None:
    """25日前: the day with the bound; 日前 alone is a vague word."""
    reading = read_day(g, c)
    return replace(reading, mod="before") if reading else None


def _still_open(c: Context, year: str, month: int) -> bool:
    """Whether months counted to one that is still far off are those of the year before: 1-10月 in May."""
    now = c.published
    if now is None or year != f"{now.year:04d}" or c.future():
        return False
    return month > now.month + 1


def _month(g: Group, c: Context) -> Reading | None:
    month = g.number("m") or g.number("M")
    month2 = g.number("m2") or g.number("M2")
    if not 1 <= month <= 12 or month2 > 12:
        return None
    shift = g.number("Sm", 9)
    year, anchor = year_of(g, c)
    if shift != 9 and c.published is not None:
        year, anchor = shifted_month(c.published, month, shift), "published"
    if year is None and month2:
        year, anchor = year_of(g, c, "2")
        if year is not None and year != OPEN and month2 < month:
            year = f"{int(year) - 1:04d}"
    if year is None:
        year, anchor = near(c, (month, max(month, month2)), None)
        if month2 > month and _still_open(c, year, month2):
            year = f"{int(year) - 1:04d}"
    first = f"{year}-{month:02d}"
    if month2:
        year2 = year_of(g, c, "2")[0] or next_year(year, month2 < month)
        return Reading(edtf.span(first, f"{year2}-{month2:02d}"), "interval", None, anchor)
    return Reading(first, "month", narrow(first, g.word("a") or g.word("U"))[1], anchor)


def _quarters(g: Group, c: Context) -> Reading | None:
    """The first N months or quarters of a year."""
    unit, count = g.code("u"), g.number("n")
    months = count * (3 if unit in "qu" else 1)
    if not 1 <= months <= 12:
        return None
    year, anchor = any_year(g, c)
    if year is None:
        year, anchor = near(c, (months, months), None)
    return Reading(f"{year}-01/{year}-{months:02d}", "interval", None, anchor)


def _quarter(g: Group, c: Context) -> Reading | None:
    number = g.number("Q") or g.number("q")
    number2 = g.number("q2") or number
    if not 1 <= number <= number2 <= 4:
        return None
    year, anchor = any_year(g, c)
    if year is None:
        year, anchor = near(c, (number * 3 - 2, number2 * 3), None)
    value = f"{year}-{number * 3 - 2:02d}/{year}-{number2 * 3:02d}"
    if g.word("a") == "end":
        return Reading(f"{year}-{number2 * 3:02d}", "month", None, anchor)
    return Reading(
        value, "quarter" if number == number2 else "interval", narrow(value, g.word("a"))[1], anchor
    )


def _half(g: Group, c: Context) -> Reading | None:
    number = g.number("H") or g.number("h")
    if number == -1:
        number = 2
    if number not in (1, 2):
        return None
    year, anchor = any_year(g, c)
    if year is None:
        year, anchor = near(c, (number * 6 - 5, number * 6), None)
    return Reading(f"{year}-{number * 6 - 5:02d}/{year}-{number * 6:02d}", "half", None, anchor)


def _season(g: Group, c: Context) -> Reading | None:
    begin = SEASONS[g.word("P")]
    year, anchor = any_year(g, c)
    if "Sp" in g and c.published is not None:
        shift = g.number("Sp")
        year, anchor = shifted_month(c.published, begin, shift), "published"
        if shift < 0 and begin + 2 >= c.published.month > begin:
            year = f"{c.published.year - 1:04d}"
    if year is None:
        if c.published is None:
            return Reading(None, "season", None, "published")
        year, anchor = near(c, (begin, min(begin + 2, 12)), None)
    end = f"{next_year(year, True)}-02" if begin == 12 else f"{year}-{begin + 2:02d}"
    return Reading(f"{year}-{begin:02d}/{end}", "season", narrow("", g.word("a"))[1], anchor)


def _season_of(year: str, begin: int) -> str:
    end = f"{next_year(year, True)}-02" if begin == 12 else f"{year}-{begin + 2:02d}"
    return f"{year}-{begin:02d}/{end}"


def _plan(g: Group, c: Context) -> Reading | None:
    number = g.number("X") or g.number("R") or 10
    if not 1 <= number <= 20:
        return None
    first = 1953 + 5 * (number - 1) if number < 3 else 1966 + 5 * (number - 3)
    if g.word("a") == "end":
        return Reading(f"{first + 4}", "year", "late")
    return Reading(f"{first}/{first + 4}", "interval")


def _years(g: Group, c: Context) -> Reading | None:
    first, last = g.number("Y"), g.number("Y2")
    return Reading(f"{first}/{last}", "interval") if first < last else None


def _decade(g: Group, c: Context) -> Reading | None:
    value = g.number("Z") or g.number("Y")
    if "C" in g and value < 100:
        value += 100 * (g.number("C") - 1)
    if value < 100:
        value += 1900 if value >= 30 else 2000
    mod = narrow("", g.word("a"))[1]
    return Reading(f"{value // 10:03d}X", "decade", mod)


def _century(g: Group, c: Context) -> Reading | None:
    number = g.number("R")
    return Reading(f"{number - 1:02d}XX", "century") if 15 <= number <= 22 else None


def _spoken(g: Group, c: Context) -> Reading | None:
    """ "Nineteen ninety-six", alone or after a month or season."""
    if "whole" in g:
        return Reading(f"{g.number('whole')}", "year") if g.number("whole") == 2000 else None
    century, rest = g.number("sa"), g.number("sb")
    if not (17 <= century <= 20 and rest >= 10):
        return None
    year = f"{century}{rest}"
    if "M" in g:
        return Reading(f"{year}-{g.number('M'):02d}", "month")
    if "P" in g:
        return Reading(_season_of(year, SEASONS[g.word("P")]), "season")
    return Reading(year, "year")


def _holiday(g: Group, c: Context) -> Reading | None:
    """A holiday of fixed date, or the Nth weekday of a month."""
    month, *rest = (int(part) for part in g.word("O").split("-"))
    year, anchor = any_year(g, c)
    if year is None and "So" in g and c.published is not None:
        year, anchor = shifted_month(c.published, month, g.number("So")), "published"
    if year is None:
        year, anchor = near(c, (month, month), rest[0] if len(rest) == 1 else None)
    if len(rest) == 1:
        return Reading(f"{year}-{month:02d}-{rest[0]:02d}", "day", None, anchor)
    if year == OPEN:
        return Reading(None, "day", None, anchor)
    weekday, count = rest
    first = date(int(year), month, 1)
    day = 1 + (weekday - first.isoweekday()) % 7 + 7 * (count - 1)
    last = edtf.month_length(int(year), month)
    return Reading(f"{year}-{month:02d}-{day if day <= last else day - 7:02d}", "day", None, anchor)


def _nth(g: Group, c: Context) -> Reading | None:
    """ "The third month of 2021", "the first week of May"; weeks are those of ISO 8601."""
    number = 1 if g.code("n") == "f" else g.number("n")
    year, anchor = any_year(g, c)
    month = g.number("M") or g.number("m")
    if g.code("n") == "S":  # "the last week of July"
        return _last_week(g, c, year, anchor) if number == -1 else None
    if g.code("u") == "m":
        return (
            Reading(f"{year}-{number:02d}", "month", None, anchor)
            if year and number <= 12
            else None
        )
    if year is None:
        year, anchor = near(c, (month, month), None)
    if year == OPEN or not 1 <= number <= (5 if month else 53) or month > 12:
        return None
    fourth = date(int(year), month or 1, 4)  # is always in the first week
    return Reading(around(fourth, "week", number - 1), "week", None, anchor)


def _last_week(g: Group, c: Context, year: str | None, anchor: str | None) -> Reading | None:
    month = g.number("M") or 12
    if year is None:
        year, anchor = near(c, (month, month), None)
    if year == OPEN:
        return None
    last = edtf.month_length(int(year), month) - 3  # is always in the last week
    return Reading(around(date(int(year), month, last), "week", 0), "week", None, anchor)


READERS: dict[str, Reader] = {
    "full": _full, "full_range": _full, "day": read_day, "daybefore": _daybefore, "month": _month,
    "quarters": _quarters, "quarter": _quarter, "half": _half, "season": _season, "plan": _plan,
    "fiveyear": _plan, "years": _years, "decade": _decade, "century": _century, "spoken": _spoken,
    "holiday": _holiday, "nth": _nth,
}  # fmt: skip
