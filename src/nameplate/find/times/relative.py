"""Readers of what is told from the present or from another date of the text."""

from __future__ import annotations

from datetime import timedelta

from nameplate.find import edtf
from nameplate.find.edtf import OPEN
from nameplate.find.times.calendar import read_day
from nameplate.find.times.nearest import any_year, around, counted, narrow
from nameplate.find.times.reading import LETTER, Context, Group, Reader, Reading


def _weekday(g: Group, c: Context) -> Reading | None:
    if "G" in g and not 1 <= g.number("n") <= 6:
        return None
    if c.published is None:
        return Reading(None, "day", None, "published")
    if "G" in g or "Sw" in g:  # 上周三, Tuesday of last week
        weeks = g.number("G") if "G" in g else g.number("Sw")
        days = 7 * weeks - c.published.weekday() + (g.number("n") or g.number("W")) - 1
        return Reading((c.published + timedelta(days=days)).isoformat(), "day", None, "published")
    shift = g.number("S", 9)
    back = (c.published.isoweekday() - g.number("W")) % 7
    day = c.published - timedelta(days=back)
    if shift == -1 and back == 0:
        day -= timedelta(days=7)
    if shift == 1 or (shift == 9 and back and c.tense() == "future") or (shift == 0 and back):
        day += timedelta(days=7)
    return Reading(day.isoformat(), "day", None, "published")


def _weekend(g: Group, c: Context) -> Reading | None:
    if c.published is None:
        return Reading(None, "weekend", None, "published")
    shift = g.number("S", 9)
    saturday = c.published + timedelta(days=5 - c.published.weekday())
    if shift == 9:
        shift = 0 if c.future() or c.published.weekday() > 4 else -1
    saturday += timedelta(days=7 * shift)
    return Reading(f"{saturday}/{saturday + timedelta(days=1)}", "weekend", None, "published")


def _weekof(g: Group, c: Context) -> Reading | None:
    reading = read_day(g, c)
    days = edtf.interval(reading.edtf) if reading and reading.edtf else None
    if days is None:
        return None
    return Reading(around(days[0], "week", 0), "week")


def _whole_year(g: Group, c: Context) -> Reading | None:
    year, anchor = any_year(g, c)
    if year is None:
        return None
    value, mod = narrow(year, g.word("a"))
    return Reading(
        None if value == OPEN else value, "month" if "-" in value else "year", mod, anchor
    )


def _whole(g: Group, c: Context) -> Reading | None:
    """全年: this year; the last one if it has just ended and nothing is told of the future."""
    if c.published is None:
        return Reading(None, "year", None, "published")
    year = c.published.year - (c.published.month < 3 and not c.future())
    return Reading(f"{year:04d}", "year", None, "published")


def _yearend(g: Group, c: Context) -> Reading | None:
    year, anchor = any_year(g, c)
    if year is None:
        year, anchor = (f"{c.published.year:04d}" if c.published else OPEN), "published"
        if c.published and g.word("T") == "end" and c.published.month < 3 and not c.future():
            year = f"{c.published.year - 1:04d}"
    value, mod = narrow(year, g.word("T"))
    return Reading(
        None if value == OPEN else value, "month" if "-" in value else "year", mod, anchor
    )


def _monthend(g: Group, c: Context) -> Reading | None:
    value = f"{c.published:%Y-%m}" if c.published else None
    return Reading(value, "month", narrow("", g.word("U"))[1], "published")


def _unit(g: Group, c: Context) -> Reading | None:
    value, unit = counted(c, LETTER[g.code("u")], g.number("S"))
    return _narrowed(g, value, unit)


def _narrowed(g: Group, value: str | None, unit: str) -> Reading:
    part = g.word("a") or g.word("a2")
    mod = None
    if unit == "year" and part:
        value, mod = narrow(value or OPEN, part)
        unit = "month" if "-" in value else unit
        value = None if value == OPEN else value
    elif part:
        mod = narrow("", part)[1]
    return Reading(value, unit, mod, "published")


def _deictic(g: Group, c: Context) -> Reading | None:
    unit = {"B": "month", "C": "quarter", "G": "week", "D": "day"}[g.code("t")]
    shift = g.number("t")
    if "W" in g and unit == "week" and c.published is not None:
        monday = c.published + timedelta(days=7 * shift - c.published.weekday())
        return Reading(
            (monday + timedelta(days=g.number("W") - 1)).isoformat(), "day", None, "published"
        )
    return _narrowed(g, *counted(c, unit, shift))


def _partof(g: Group, c: Context) -> Reading | None:
    return _narrowed(g, *counted(c, LETTER[g.code("u")], 0))


def _ago(g: Group, c: Context) -> Reading | None:
    unit = LETTER[g.code("u")]
    if "s" in g:
        return Reading(None, unit, "past")
    value, _ = counted(
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
    unit, shift = g.pair("E")
    last = (c.last_day if unit == "day" else None) or c.last or (c.published if shift < 0 else None)
    if last is not None:
        return Reading(around(last, unit, shift), unit, None, "text")
    if c.last_open is not None and shift == 0 and unit == "month":
        return Reading(c.last_open, unit, None, "text")
    return Reading(None, unit, None, "text")


def _same(g: Group, c: Context) -> Reading | None:
    """The period last spoken of, in another year; that whole year if none was."""
    year, anchor = any_year(g, c)
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
    period = {"q": c.quarter, "p": c.recent}.get(g.code("p"), c.period)
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
    return Reading(counted(c, unit, -1 if code == "q" else 0)[0], unit, None, "published")


READERS: dict[str, Reader] = {
    "weekday": _weekday, "weekend": _weekend, "weekof": _weekof, "year": _whole_year,
    "whole": _whole, "yearend": _yearend, "monthend": _monthend, "unit": _unit,
    "deictic": _deictic, "partof": _partof, "ago": _ago, "later": _later, "anaphor": _anaphor,
    "same": _same, "definite": _definite, "latest": _definite,
}  # fmt: skip
