"""The walk through a text: runs to times, each with what earlier ones have told."""

from __future__ import annotations

import re
from datetime import date

from msgspec.structs import replace

from nameplate.find import edtf
from nameplate.find.fold import fold, lower
from nameplate.find.times import calendar, relative, vague
from nameplate.find.times.bounds import bound
from nameplate.find.times.company import admits, after_article
from nameplate.find.times.figures import YEARS
from nameplate.find.times.grammar import parses
from nameplate.find.times.reading import Context, Group, Reader, Reading, to_time
from nameplate.find.times.scan import runs
from nameplate.find.times.tense import Tense, same_sentence
from nameplate.find.times.tokens import Run
from nameplate.model import Time

READERS: dict[str, Reader] = calendar.READERS | relative.READERS | vague.READERS
_CLOCK = re.compile(r"[T ]\d\d?:?\d\d.*$", re.S)
_MONTHS = re.compile(r"P([3-9]|1[01])M")
_PERIODS = frozenset(("quarter", "half", "interval", "year"))
_VAGUE = frozenset(("past", "future"))
_GAPS = frozenset("o,~:")


class Finder:
    """One pass over one text."""

    def __init__(self, text: str, published: str | None) -> None:
        self.text = fold(text)
        self.small = lower(self.text)
        self.context = _context(published)
        self.tenses = Tense(self.small)
        self.context.tense = self.tense
        self.found: list[Time] = []
        self.year_end = -1
        self.start = self.stop = 0

    def find(self) -> list[Time]:
        """All times of the text, in order."""
        for run in runs(self.text, self.small):
            at, size = 0, len(run.codes)
            while at < size:
                at = self.read(run, at)
        return self.found if self.context.published else _same_again(self.found)

    def tense(self) -> str | None:
        """What the words around the present place tell; a bound in the future is a ``deadline``."""
        told = self.tenses.at(self.start)
        if told is None and bound(self.small, self.start, self.stop) in ("by", "before"):
            return "deadline"
        return told

    def read(self, run: Run, at: int) -> int:
        """Read at a token by the first rule that gives a value; the index of the next token."""
        codes, tokens = run.codes, run.tokens
        if codes[at] in _GAPS:
            return at + 1
        for family, end, groups in parses(codes, at):
            start = tokens[at].start
            stop = tokens[end - 1].end - (family == "daybefore")
            if not admits(self.text, codes[at:end], family, start, stop):
                continue
            self.start, self.stop = start, stop
            if self.year_end >= 0:
                self.forget_year()
            reading = READERS[family](Group(tokens, groups), self.context)
            if reading is None:
                continue
            first, last = _with_clock(codes, at, end) if reading.granularity == "day" else (at, end)
            if (first, last) != (at, end):
                floor = self.found[-1].end if self.found else 0
                start, stop = max(tokens[first].start, floor), tokens[last - 1].end
            self.keep(start, stop, reading)
            if at > 1 and codes[at - 1] == "~" and tokens[at - 2].end <= start:
                self.join(tokens[at - 2].end)
            return last
        return at + 1

    def forget_year(self) -> None:
        """A year is handed on inside its sentence only."""
        if not same_sentence(self.small, self.year_end, self.start):
            self.context.year, self.year_end = None, -1

    def keep(self, start: int, end: int, reading: Reading) -> None:
        """Record a time with the bounds said around it, and what later ones may refer to."""
        mod, before = None, start
        if reading.granularity == "year" and self.found and self.names_year(start):
            before = self.found.pop().start  # "the year 2026" is no year of its own
        if reading.kind == "date" and reading.mod not in _VAGUE:
            mod = bound(self.small, before, end)
            if mod == "since" and "/" in (reading.edtf or "") and self.small[start] <= "~":
                mod = None  # "from January to March"
        self.found.append(to_time(start, end, reading, mod))
        if reading.kind == "duration" and after_article(self.text, start):
            self.speak_of_months(reading.edtf)
        if reading.kind == "date" and reading.edtf is not None and not reading.now:
            self.refer(reading.edtf, reading, end)

    def names_year(self, start: int) -> bool:
        """Whether the word found last only says that a year follows: "by the year 2026"."""
        last = self.found[-1]
        return last.end + 1 == start and self.small[last.start : last.end] == "year"

    def join(self, first_end: int) -> None:
        """Two dates with "to" between them are one interval."""
        if len(self.found) < 2 or self.found[-2].end != first_end:
            return
        first, last = self.found[-2:]
        if first.kind != "date" or last.kind != "date" or not first.edtf or not last.edtf:
            return
        value = f"{first.edtf.partition('/')[0]}/{last.edtf.rpartition('/')[2]}"
        if first.now or edtf.interval(value) is None or edtf.within(last.edtf, first.edtf):
            return  # "this year through August" is no interval of the two
        mod = None if first.mod == "since" else first.mod
        self.found[-2:] = [
            Time(
                start=first.start,
                end=last.end,
                edtf=value,
                granularity="interval",
                mod=mod,
                anchor=first.anchor or last.anchor,
            )
        ]

    def refer(self, value: str, reading: Reading, end: int) -> None:
        """Remember a date for what is told from it later."""
        granularity = reading.granularity or ""
        days = edtf.interval(value)
        if days is None:
            if value.startswith(edtf.OPEN) and len(value) >= 7:
                self.context.last_open = value[:7]
            return
        if granularity == "decade":
            return
        if granularity == "month":
            self.context.recent = value
        if granularity in _PERIODS and reading.anchor != "text":
            self.speak_of(value, days, granularity)
        self.context.last = days[0]
        if granularity == "day":
            self.context.last_day = days[0]
        if days[0].year == days[1].year and reading.anchor is None:
            self.context.year, self.year_end = days[0].year, end

    def speak_of(self, value: str, days: tuple[date, date], granularity: str) -> None:
        """Remember a period that has begun, for "a year earlier" and "the quarter"."""
        now = self.context.published
        if now is not None and days[1 if granularity == "quarter" else 0] > now:
            return
        self.context.recent = value
        if granularity != "year" or self.context.quarter is None:
            self.context.period = value
        if granularity == "quarter":
            self.context.quarter = value

    def speak_of_months(self, value: str | None) -> None:
        """ "The nine months" are the first nine of the year spoken of."""
        months, now = _MONTHS.fullmatch(value or ""), self.context.published
        if months is not None and now is not None:
            year = (self.context.period or f"{now.year:04d}")[:4]
            self.context.period = f"{year}-01/{year}-{int(months[1]):02d}"


_YEAR = re.compile(r"\b\d{4}(?=-)")


def _same_again(found: list[Time]) -> list[Time]:
    """The times with the year of the same months or days dated before: 2016年1—7月 …; 1—7月…."""
    dated: dict[str, str] = {}
    for at, time in enumerate(found):
        value = time.edtf or ""
        if time.kind != "date" or "-" not in value:
            continue
        if value.startswith("XXXX"):
            if value in dated:
                found[at] = replace(time, edtf=dated[value], anchor="text")
        elif "X" not in value:
            dated[_YEAR.sub("XXXX", value)] = value
    return found


def _context(published: str | None) -> Context:
    """The context of a report's date: its last day if it is a month or year only."""
    said = _CLOCK.sub("", published.strip()) if published else None
    days = edtf.interval(said) if said else None
    if days is None or not YEARS[0] < days[1].year < YEARS[1]:
        return Context(published=None)
    return Context(published=days[1], said=said)


def _with_clock(codes: str, at: int, end: int) -> tuple[int, int]:
    """A day's tokens with the hour and part of the day said before or after it."""
    while end < len(codes) and codes[end] == "t":
        end += 1
    first = at - 1 if at > 1 and codes[at - 1] == "," else at
    if first == 0 or codes[first - 1] != "t":
        return at, end
    while first > 0 and codes[first - 1] == "t":
        first -= 1
    return first - (first > 0 and codes[first - 1] in "Nn"), end
