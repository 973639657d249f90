"""From the tokens of a time expression to its EDTF value, against what is known so far.

What is told from the present is resolved against the publication date; 同年 and "the following day"
against the last date of the text; a bare month or day is the nearest past one, or the nearest to
come where the sentence speaks of the future. Without a publication date a year stays ``XXXX``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from nameplate.find import edtf
from nameplate.find.time_scan import Token
from nameplate.model import Time

OPEN = edtf.OPEN
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
LETTER = {"y": "year", "q": "quarter", "u": "quarter", "m": "month", "k": "month", "w": "week",
          "d": "day", "j": "day", "c": "decade", "i": "hour", "e": "century"}  # fmt: skip
ISO = {"year": "P{}Y", "month": "P{}M", "week": "P{}W", "day": "P{}D", "hour": "PT{}H",
       "decade": "P{}0Y", "century": "P{}00Y"}  # fmt: skip


class Reading(NamedTuple):
    """A value with how it was read, before bounds around it are looked at."""

    edtf: str | None
    granularity: str | None = None
    mod: str | None = None
    anchor: str | None = None
    kind: str = "date"
    now: bool = False


@dataclass(slots=True)
class Context:
    """What is known where an expression stands.

    ``published`` is the publication date, ``last`` the last date of the text, ``year`` a year given
    in the same sentence, ``period`` the last year or part of a year spoken of, ``quarter`` the last
    quarter, ``tense`` tells whether the words around speak of what is past or to come.
    """

    published: date | None
    last: date | None = None
    last_open: str | None = None
    year: int | None = None
    period: str | None = None
    quarter: str | None = None
    tense: Callable[[], str | None] = field(default=lambda: None)

    def future(self) -> bool:
        """Whether the sentence speaks of what is to come, or sets a deadline."""
        return self.tense() in ("future", "deadline")


class Group:
    """The tokens of a parse by group name."""

    __slots__ = ("_groups", "_tokens")

    def __init__(self, tokens: list[Token], groups: dict[str, int]) -> None:
        self._tokens = tokens
        self._groups = groups

    def __contains__(self, name: str) -> bool:
        return name in self._groups

    def number(self, name: str, default: int = 0) -> int:
        """Value of a group that is a number."""
        at = self._groups.get(name)
        value = default if at is None else self._tokens[at].value
        return value if isinstance(value, int) else 1 if value == "first" else default

    def word(self, name: str) -> str:
        """Value of a group that is a word, or an empty string."""
        at = self._groups.get(name)
        value = "" if at is None else self._tokens[at].value
        if isinstance(value, str):
            return value
        return ("early" if value == -1 else "late") if self.code(name) == "b" else ""

    def code(self, name: str) -> str:
        """Code of a group's token."""
        at = self._groups.get(name)
        return "" if at is None else self._tokens[at].code

    def value(self, name: str) -> object:
        """Value of a group's token as it is."""
        at = self._groups.get(name)
        return None if at is None else self._tokens[at].value


def _year(g: Group, c: Context, i: str = "") -> tuple[str | None, str | None]:
    """Year of a parse as four signs, and its anchor; ``None`` if it names none."""
    if f"Y{i}" in g:
        return f"{g.number(f'Y{i}'):04d}", None
    if f"E{i}" in g:
        unit, shift = g.value(f"E{i}")  # type: ignore[misc]
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


def _any_year(g: Group, c: Context) -> tuple[str | None, str | None]:
    year, anchor = _year(g, c, "2")
    if year is None:
        year, anchor = _year(g, c)
    if year is None and "y" in g:
        return (f"{c.published.year:04d}" if c.published else OPEN), "published"
    return year, anchor


def _near(c: Context, months: tuple[int, int], day: int | None) -> tuple[str, str | None]:
    """Year of a bare month or day: that of the sentence, else the nearest past or to come."""
    if c.published is None:
        return (OPEN, None) if c.year is None else (f"{c.year:04d}", "text")
    year = _nearest(c, c.published, months, day)
    if (
        c.year is not None
        and c.tense() != "future"
        and not _at_hand(c.published, year, months[0], day)
    ):
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
        return then.year + (ends < (then.month, then.day))
    if begins <= (now.month, now.day):
        return now.year
    ahead = (date(now.year, first, min(day or 1, 28)) - now).days
    if day and ahead <= (SOON if c.tense() is None else AT_HAND):
        return now.year
    return now.year - 1


def _full(g: Group, c: Context) -> Reading | None:
    first = _figures(g, "F")
    if "F2" in g:
        return Reading(edtf.span(first, _figures(g, "F2")), "interval")
    return Reading(first, "day" if len(first) == 10 else "month")


def _figures(g: Group, name: str) -> str:
    year, month, day = g.value(name)  # type: ignore[misc]
    return f"{year:04d}-{month:02d}-{day:02d}" if day else f"{year:04d}-{month:02d}"


def _day(g: Group, c: Context) -> Reading | None:
    if "m" not in g and "M" not in g:
        return _day_only(g, c)
    month = g.number("m") or g.number("M")
    day = g.number("d")
    month2 = g.number("m2") or g.number("M2") or month
    day2 = g.number("d2")
    if not _valid(month, day) or (day2 and not _valid(month2, day2)):
        return None
    year, anchor = _any_year(g, c) if "d2" not in g else _year(g, c)
    if year is None and "Sm" in g and c.published is not None:
        year, anchor = _shifted_month(c.published, month, g.number("Sm")), "published"
    if year is None:
        year, anchor = _near(c, (month, month2), day)
    first = f"{year}-{month:02d}-{day:02d}"
    if not day2:
        return Reading(first, "day", None, anchor)
    year2 = _year(g, c, "2")[0] or _next_year(year, (month2, day2) < (month, day))
    return Reading(edtf.span(first, f"{year2}-{month2:02d}-{day2:02d}"), "interval", None, anchor)


def _next_year(year: str, later: bool) -> str:
    return f"{int(year) + 1:04d}" if later and year != OPEN else year


def _valid(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= edtf.month_length(2020, month)


def _day_only(g: Group, c: Context) -> Reading | None:
    """A day without its month: the last date's month, else the nearest past one."""
    day, day2 = g.number("d"), g.number("d2")
    if not 1 <= day <= 31 or (day2 and not day < day2 <= 31):
        return None
    if "B" in g:
        month, anchor = _shifted(c, "month", g.number("B"))[0], "published"
    elif c.published is not None:
        month, anchor = _near_month(c, c.published, day), "published"
    elif c.last is not None:
        month, anchor = f"{c.last:%Y-%m}", "text"
    else:
        month, anchor = c.last_open, "text"
    if month is None:
        return None
    first = f"{month}-{day:02d}"
    if not day2:
        return Reading(first, "day", None, anchor)
    return Reading(f"{first}/{month}-{day2:02d}", "interval", None, anchor)


def _daybefore(g: Group, c: Context) -> Reading | None:
    """25日前: the day with the bound; 日前 alone is a vague word."""
    reading = _day(g, c)
    return reading._replace(mod="before") if reading else None


def _whole(g: Group, c: Context) -> Reading | None:
    """全年: this year; the last one if it has just ended and nothing is told of the future."""
    if c.published is None:
        return Reading(None, "year", None, "published")
    year = c.published.year - (c.published.month < 3 and not c.future())
    return Reading(f"{year:04d}", "year", None, "published")


def _near_month(c: Context, now: date, day: int) -> str:
    if c.last is not None and abs((now - c.last).days) < 40:
        return f"{c.last:%Y-%m}"
    later = 1 if c.future() and day < now.day else 0
    year, month = edtf.shift_months(now.year, now.month, later if c.future() else -(day > now.day))
    return f"{year:04d}-{month:02d}"


def _part(value: str, part: str) -> tuple[str, str | None]:
    """A year or month narrowed to its start or end; other parts become the mark."""
    if len(value) == 4 and part == "end":
        return f"{value}-12", None
    if len(value) == 4 and part == "start":
        return f"{value}-01", None
    return value, {"start": "early", "end": "late", "within": None}.get(
        part, part
    ) if part else None


def _month(g: Group, c: Context) -> Reading | None:
    month = g.number("m") or g.number("M")
    month2 = g.number("m2") or g.number("M2")
    if not 1 <= month <= 12 or month2 > 12:
        return None
    shift = g.number("Sm", 9)
    year, anchor = _year(g, c)
    if shift != 9 and c.published is not None:
        year, anchor = _shifted_month(c.published, month, shift), "published"
    if year is None and month2:
        year, anchor = _year(g, c, "2")
    if year is None:
        year, anchor = _near(c, (month, month2 or month), None)
    first = f"{year}-{month:02d}"
    if month2:
        year2 = _year(g, c, "2")[0] or _next_year(year, month2 < month)
        return Reading(edtf.span(first, f"{year2}-{month2:02d}"), "interval", None, anchor)
    return Reading(first, "month", _part(first, g.word("a") or g.word("U"))[1], anchor)


def _shifted_month(now: date, month: int, shift: int) -> str:
    """Year of "last October", "this September", "next May"."""
    if shift < 0:
        return f"{now.year - (month >= now.month):04d}"
    if shift > 0:
        return f"{now.year + (month <= now.month):04d}"
    return f"{now.year:04d}"


def _weekday(g: Group, c: Context) -> Reading | None:
    if "G" in g and not 1 <= g.number("n") <= 6:
        return None
    if c.published is None:
        return Reading(None, "day", None, "published")
    if "G" in g:
        monday = c.published + timedelta(days=7 * g.number("G") - c.published.weekday())
        return Reading(
            (monday + timedelta(days=g.number("n") - 1)).isoformat(), "day", None, "published"
        )
    shift = g.number("S", 9)
    back = (c.published.isoweekday() - g.number("W")) % 7
    day = c.published - timedelta(days=back)
    if shift == -1 and back == 0:
        day -= timedelta(days=7)
    if shift == 1 or (shift == 9 and back and c.tense() == "future") or (shift == 0 and back):
        day += timedelta(days=7)
    return Reading(day.isoformat(), "day", None, "published")


def _quarters(g: Group, c: Context) -> Reading | None:
    """The first N months or quarters of a year."""
    unit, count = g.code("u"), g.number("n")
    months = count * (3 if unit in "qu" else 1)
    if not 1 <= months <= 12:
        return None
    year, anchor = _any_year(g, c)
    if year is None:
        year, anchor = _near(c, (months, months), None)
    return Reading(f"{year}-01/{year}-{months:02d}", "interval", None, anchor)


def _quarter(g: Group, c: Context) -> Reading | None:
    number = g.number("Q") or g.number("q")
    number2 = g.number("q2") or number
    if not 1 <= number <= number2 <= 4:
        return None
    year, anchor = _any_year(g, c)
    if year is None:
        year, anchor = _near(c, (number * 3 - 2, number2 * 3), None)
    value = f"{year}-{number * 3 - 2:02d}/{year}-{number2 * 3:02d}"
    if g.word("a") == "end":
        return Reading(f"{year}-{number2 * 3:02d}", "month", None, anchor)
    return Reading(
        value, "quarter" if number == number2 else "interval", _part(value, g.word("a"))[1], anchor
    )


def _half(g: Group, c: Context) -> Reading | None:
    number = g.number("H") or g.number("h")
    if number == -1:
        number = 2
    if number not in (1, 2):
        return None
    year, anchor = _any_year(g, c)
    if year is None:
        year, anchor = _near(c, (number * 6 - 5, number * 6), None)
    return Reading(f"{year}-{number * 6 - 5:02d}/{year}-{number * 6:02d}", "half", None, anchor)


def _season(g: Group, c: Context) -> Reading | None:
    begin = SEASONS[g.word("P")]
    year, anchor = _any_year(g, c)
    if "Sp" in g and c.published is not None:
        shift = g.number("Sp")
        year, anchor = _shifted_month(c.published, begin, shift), "published"
        if shift < 0 and begin + 2 >= c.published.month > begin:
            year = f"{c.published.year - 1:04d}"
    if year is None:
        if c.published is None:
            return Reading(None, "season", None, "published")
        year, anchor = _near(c, (begin, min(begin + 2, 12)), None)
    end = f"{_next_year(year, True)}-02" if begin == 12 else f"{year}-{begin + 2:02d}"
    return Reading(f"{year}-{begin:02d}/{end}", "season", _part("", g.word("a"))[1], anchor)


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
    if value < 100:
        value += 1900 if value >= 30 else 2000
    mod = _part("", g.word("a"))[1]
    return Reading(f"{value // 10:03d}X", "decade", mod)


def _century(g: Group, c: Context) -> Reading | None:
    number = g.number("R")
    return Reading(f"{number - 1:02d}XX", "century") if 15 <= number <= 22 else None


def _whole_year(g: Group, c: Context) -> Reading | None:
    year, anchor = _any_year(g, c)
    if year is None:
        return None
    value, mod = _part(year, g.word("a"))
    return Reading(
        None if value == OPEN else value, "month" if "-" in value else "year", mod, anchor
    )


def _yearend(g: Group, c: Context) -> Reading | None:
    year, anchor = _any_year(g, c)
    if year is None:
        year, anchor = (f"{c.published.year:04d}" if c.published else OPEN), "published"
        if c.published and g.word("T") == "end" and c.published.month < 3 and not c.future():
            year = f"{c.published.year - 1:04d}"
    value, mod = _part(year, g.word("T"))
    return Reading(
        None if value == OPEN else value, "month" if "-" in value else "year", mod, anchor
    )


def _monthend(g: Group, c: Context) -> Reading | None:
    value = f"{c.published:%Y-%m}" if c.published else None
    return Reading(value, "month", _part("", g.word("U"))[1], "published")


def _shifted(c: Context, unit: str, shift: int) -> tuple[str | None, str]:
    """A whole unit counted from the publication date."""
    if c.published is None:
        return None, unit
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


def _unit(g: Group, c: Context) -> Reading | None:
    value, unit = _shifted(c, LETTER[g.code("u")], g.number("S"))
    return _narrowed(g, value, unit)


def _narrowed(g: Group, value: str | None, unit: str) -> Reading:
    part = g.word("a") or g.word("a2")
    mod = None
    if unit == "year" and part:
        value, mod = _part(value or OPEN, part)
        unit = "month" if "-" in value else unit
        value = None if value == OPEN else value
    elif part:
        mod = _part("", part)[1]
    return Reading(value, unit, mod, "published")


def _deictic(g: Group, c: Context) -> Reading | None:
    unit = {"B": "month", "C": "quarter", "G": "week", "D": "day"}[g.code("t")]
    shift = g.number("t")
    if "W" in g and unit == "week" and c.published is not None:
        monday = c.published + timedelta(days=7 * shift - c.published.weekday())
        return Reading(
            (monday + timedelta(days=g.number("W") - 1)).isoformat(), "day", None, "published"
        )
    return _narrowed(g, *_shifted(c, unit, shift))


def _partof(g: Group, c: Context) -> Reading | None:
    return _narrowed(g, *_shifted(c, LETTER[g.code("u")], 0))


def _ago(g: Group, c: Context) -> Reading | None:
    unit = LETTER[g.code("u")]
    if "s" in g:
        return Reading(None, unit, "past")
    value, _ = _shifted(
        c,
        unit,
        -g.number("n", 1) * (10 if unit == "decade" else 1)
        if unit != "decade"
        else -g.number("n", 1),
    )
    return Reading(value, unit, None, "published")


def _later(g: Group, c: Context) -> Reading | None:
    unit = LETTER[g.code("u")]
    if c.last is None or "s" in g:
        return Reading(None, unit, None, "text")
    return Reading(around(c.last, unit, g.number("b") * g.number("n", 1)), unit, None, "text")


def _anaphor(g: Group, c: Context) -> Reading | None:
    unit, shift = g.value("E")  # type: ignore[misc]
    last = c.last or (c.published if shift < 0 else None)
    if last is not None:
        return Reading(around(last, unit, shift), unit, None, "text")
    if c.last_open is not None and shift == 0 and unit == "month":
        return Reading(c.last_open, unit, None, "text")
    return Reading(None, unit, None, "text")


def _same(g: Group, c: Context) -> Reading | None:
    """The period last spoken of, in another year; that whole year if none was."""
    year, anchor = _any_year(g, c)
    if year is None:
        now = c.period[:4] if c.period else None
        if now is None or now == OPEN:
            now = f"{c.published.year:04d}" if c.published else OPEN
        year = OPEN if now == OPEN else f"{int(now) - 1:04d}"
    anchor = anchor or "text"
    if "q" in g:
        number = g.number("q")
        if number > 4:
            return None
        return Reading(
            f"{year}-{number * 3 - 2:02d}/{year}-{number * 3:02d}", "quarter", None, anchor
        )
    period = c.quarter if g.code("p") == "q" else c.period
    if period is None or OPEN in (year, period[:4]):
        return Reading(None if year == OPEN else year, "year", None, anchor)
    first, slash, last = period.partition("/")
    moved = year + first[4:]
    if slash:
        moved = f"{moved}/{int(last[:4]) - int(first[:4]) + int(year):04d}{last[4:]}"
    return Reading(moved, edtf.granularity(moved), None, anchor)


def _definite(g: Group, c: Context) -> Reading | None:
    """ "The quarter", "the latest period", "the year"."""
    code = g.code("u")
    if code == "p" and c.period is not None:
        return Reading(c.period, edtf.granularity(c.period), None, "text")
    if code == "p" and not g.word("latest"):
        return None
    if code == "p":
        code = "q"
    if code == "q" and c.quarter is not None:
        return Reading(c.quarter, "quarter", None, "text")
    unit = LETTER[code]
    return Reading(_shifted(c, unit, -1 if code == "q" else 0)[0], unit, None, "published")


def _weekof(g: Group, c: Context) -> Reading | None:
    reading = _day(g, c)
    days = edtf.interval(reading.edtf) if reading and reading.edtf else None
    if days is None:
        return None
    return Reading(around(days[0], "week", 0), "week")


def _present(g: Group, c: Context) -> Reading | None:
    value = c.published.isoformat() if c.published else None
    return Reading(value, "day", None, "published", "date", True)


def _past(g: Group, c: Context) -> Reading | None:
    return Reading(None, None, "past")


def _holiday(g: Group, c: Context) -> Reading | None:
    """A holiday of fixed date, or the Nth weekday of a month."""
    month, *rest = (int(part) for part in g.word("O").split("-"))
    year, anchor = _any_year(g, c)
    if year is None and "So" in g and c.published is not None:
        year, anchor = _shifted_month(c.published, month, g.number("So")), "published"
    if year is None:
        year, anchor = _near(c, (month, month), rest[0] if len(rest) == 1 else None)
    if len(rest) == 1:
        return Reading(f"{year}-{month:02d}-{rest[0]:02d}", "day", None, anchor)
    if year == OPEN:
        return Reading(None, "day", None, anchor)
    weekday, count = rest
    first = date(int(year), month, 1)
    day = 1 + (weekday - first.isoweekday()) % 7 + 7 * (count - 1)
    last = edtf.month_length(int(year), month)
    return Reading(f"{year}-{month:02d}-{day if day <= last else day - 7:02d}", "day", None, anchor)


def _weekend(g: Group, c: Context) -> Reading | None:
    if c.published is None:
        return Reading(None, "weekend", None, "published")
    shift = g.number("S", 9)
    saturday = c.published + timedelta(days=5 - c.published.weekday())
    if shift == 9:
        shift = 0 if c.future() or c.published.weekday() > 4 else -1
    saturday += timedelta(days=7 * shift)
    return Reading(f"{saturday}/{saturday + timedelta(days=1)}", "weekend", None, "published")


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


def _season_of(year: str, begin: int) -> str:
    end = f"{_next_year(year, True)}-02" if begin == 12 else f"{year}-{begin + 2:02d}"
    return f"{year}-{begin:02d}/{end}"


def _iso(unit: str, count: int) -> str:
    """ISO 8601 duration."""
    return f"P{3 * count}M" if unit == "quarter" else ISO[unit].format(count)


def _duration(g: Group, c: Context) -> Reading | None:
    unit = LETTER[g.code("u")]
    count = g.number("n") if "n" in g else 0
    value = _iso(unit, count) if count and "n2" not in g else None
    return Reading(value, unit, None, None, "duration")


def _recent(g: Group, c: Context) -> Reading | None:
    unit = LETTER[g.code("u")]
    return Reading(None, unit, None, "published", "duration")


def _set(g: Group, c: Context) -> Reading | None:
    unit = g.word("l") if "l" in g else LETTER[g.code("u")]
    if not unit:
        return None
    return Reading(_iso(unit, g.number("n", 1)), unit, None, None, "set")


def _vague(g: Group, c: Context) -> Reading | None:
    side = g.word("V")
    if g.code("V") == "z":
        side = "past"
    if side in ("present", "until_now"):
        reading = _present(g, c)
        return reading._replace(mod="as_of") if reading and side == "until_now" else reading
    return Reading(None, None, side)


READERS: dict[str, Callable[[Group, Context], Reading | None]] = {
    "full": _full, "full_range": _full, "day": _day, "month": _month, "weekday": _weekday,
    "quarters": _quarters, "quarter": _quarter, "half": _half, "season": _season, "plan": _plan,
    "fiveyear": _plan, "years": _years, "decade": _decade, "century": _century,
    "year": _whole_year, "yearend": _yearend, "monthend": _monthend, "unit": _unit,
    "deictic": _deictic, "partof": _partof, "ago": _ago, "later": _later, "anaphor": _anaphor,
    "duration": _duration, "recent": _recent, "set": _set, "vague": _vague,
    "same": _same, "definite": _definite, "latest": _definite, "weekof": _weekof, "weekend": _weekend,
    "spoken": _spoken, "daybefore": _daybefore, "whole": _whole, "past": _past, "present": _present, "holiday": _holiday,
}  # fmt: skip


def to_time(start: int, end: int, reading: Reading, mod: str | None) -> Time:
    """The finished record."""
    return Time(
        start=start, end=end, edtf=reading.edtf, kind=reading.kind,  # type: ignore[arg-type]
        granularity=reading.granularity, mod=mod or reading.mod, anchor=reading.anchor, now=reading.now,
    )  # fmt: skip
