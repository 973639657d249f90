"""Time expressions of a text, each with its span and its value in EDTF.

``find_times`` finds them in one pass: words and figures (`time_scan`), patterns over their codes
(`time_grammar`), values (`time_resolve`). ``publication_date`` finds the date that a report's header
gives. Neither raises on any text.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from nameplate.find import edtf
from nameplate.find.fold import fold, lower
from nameplate.find.time_admit import admits, word_before
from nameplate.find.time_grammar import parses
from nameplate.find.time_header import publication_date
from nameplate.find.time_resolve import READERS, Context, Group, Reading, to_time
from nameplate.find.time_scan import Run, runs
from nameplate.lexicon.times import vocabulary
from nameplate.model import Time

__all__ = ["find_times", "publication_date"]


def find_times(text: str, published: str | None = None) -> list[Time]:
    """Time expressions in order, not overlapping, with offsets of ``text``.

    ``published`` is the report's date in EDTF; relative words are resolved against it (against its
    first day if it is a month or year), and a year that neither it nor the text gives is ``XXXX``.
    """
    folded = fold(text)
    return _Finder(folded, lower(folded), _anchor(published)).find()


def _anchor(published: str | None) -> date | None:
    days = edtf.interval(_CLOCK_PART.sub("", published)) if published else None
    return days[0] if days else None


_CLOCK_PART = re.compile(r"[T ]\d\d?:?\d\d.*$", re.S)


@cache
def _tense() -> tuple[re.Pattern[str], dict[str, str]]:
    """Pattern of the words that tell the tense, and what each tells; "-ed" is an ending."""
    words = vocabulary().tense
    ordered = sorted(words, key=lambda w: (w[0] == "-", -len(w)))
    return re.compile("|".join(_tense_form(w) for w in ordered)), words


def _tense_form(word: str) -> str:
    """Pattern of an entry: "-ed" is an ending, "be *" takes the next word with it."""
    if word[0] == "-":
        return rf"\w*[^\We]{re.escape(word[1:])}\b"
    if word.endswith(" *"):
        return rf"\b{re.escape(word[:-2])} \w+"
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)


_STOP = re.compile(r"[。！？；!?]|\n\s*\n|(?<=[a-z0-9%)\"\'][a-z0-9%)\"\'][a-z0-9%)\"\'])\.\s")
_MONTHS = re.compile(r"P([3-9]|1[01])M")
_SENTENCE = 300
_TENSE = 90
_BESIDE = 4


def _with_clock(codes: str, at: int, end: int) -> tuple[int, int]:
    """A day's tokens with the hour and part of the day said before or after it."""
    while end < len(codes) and codes[end] == "t":
        end += 1
    first = at - 1 if at > 1 and codes[at - 1] == "," else at
    if first > 0 and codes[first - 1] == "t":
        while first > 0 and codes[first - 1] == "t":
            first -= 1
        return first - (first > 0 and codes[first - 1] in "Nn"), end
    return at, end


class _Finder:
    """One pass over one text; keeps what later expressions refer to."""

    def __init__(self, text: str, small: str, published: date | None) -> None:
        self.text, self.small = text, small
        self.context = Context(published=published)
        self.found: list[Time] = []
        self.year_end = -1
        self.at = self.stop = 0

    def find(self) -> list[Time]:
        """All times of the text."""
        self.context.tense = self.tense
        for run in runs(self.text, self.small):
            self.read(run)
        return self.found

    def tense(self) -> str | None:
        """``past`` or ``future`` by the nearest telling word before, else after, in the sentence."""
        start, end = self.sentence(self.at)
        pattern, words = _tense()
        before = None
        for match in pattern.finditer(self.small, max(start, self.at - _TENSE), self.at):
            if words.get(match[0]) != "report" or self.at - match.end() <= _BESIDE:
                before = match
        word = before or pattern.search(self.small, self.at, min(end, self.at + _TENSE))
        if word is None:
            return "deadline" if self.bound(self.at, self.stop) in ("by", "before") else None
        told = words.get(word[0]) or ("future" if " " in word[0] else "past")
        return "past" if told == "report" else told

    def sentence(self, at: int) -> tuple[int, int]:
        """Rough bounds of the sentence around a place, at most 300 characters either way."""
        start = max(0, at - _SENTENCE)
        for match in _STOP.finditer(self.small, start, at):
            start = match.end()
        stop = _STOP.search(self.small, at, at + _SENTENCE)
        return start, stop.start() if stop else min(len(self.small), at + _SENTENCE)

    def read(self, run: Run) -> None:
        """Read a run from left to right: at each token the first rule that gives a value."""
        at, size = 0, len(run.codes)
        while at < size:
            at = self.read_at(run, at)

    def read_at(self, run: Run, at: int) -> int:
        codes, tokens = run
        if codes[at] in "o,~":
            return at + 1
        for family, end, groups in parses(codes, at):
            start, stop = tokens[at].start, tokens[end - 1].end - (family == "daybefore")
            if not admits(self.text, codes[at:end], family, start, stop):
                continue
            self.at, self.stop = start, stop
            if self.year_end >= 0 and not self.same_sentence(start):
                self.context.year, self.year_end = None, -1
            reading = READERS[family](Group(tokens, groups), self.context)
            if reading is not None:
                if reading.granularity == "day":
                    first, last = _with_clock(codes, at, end)
                    if (first, last) != (at, end):
                        start, stop, end = tokens[first].start, tokens[last - 1].end, last
                self.keep(start, stop, reading)
                return end
        return at + 1

    def same_sentence(self, start: int) -> bool:
        return _STOP.search(self.small, self.year_end, start) is None

    def keep(self, start: int, end: int, reading: Reading) -> None:
        """Record a time with the bounds said around it, and what later ones may refer to."""
        bounded = reading.kind == "date" and reading.mod not in ("past", "future")
        mod = self.bound(start, end) if bounded else None
        if mod == "since" and reading.granularity == "interval":
            mod = None if "/" in (reading.edtf or "") and self.small[start] <= "~" else mod
        self.found.append(to_time(start, end, reading, mod))
        value = reading.edtf
        if reading.kind == "duration" and word_before(self.text, start) in vocabulary().articles:
            self.speak_of_months(value)
        if reading.kind != "date" or value is None or reading.now:
            return
        if reading.granularity in _PERIODS and reading.anchor != "text":
            self.speak_of(value, reading.granularity)
        if reading.granularity != "decade" and (days := edtf.interval(value)) is not None:
            self.context.last = days[0]
            if len(value) <= 10 and reading.anchor is None:
                self.context.year, self.year_end = days[0].year, end
        elif value.startswith(edtf.OPEN) and len(value) >= 7:
            self.context.last_open = value[:7]

    def speak_of(self, value: str, granularity: str) -> None:
        """Remember a period that has begun, for "a year earlier" and "the quarter"."""
        days, now = edtf.interval(value), self.context.published
        if days is None or (now is not None and days[1 if granularity == "quarter" else 0] > now):
            return
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

    def bound(self, start: int, end: int) -> str | None:
        """The open bound that the words before or after give."""
        words = vocabulary()
        small = self.small
        after = small[end : end + 4].lstrip(' ”"')
        for size in (3, 2, 1):
            if (mod := words.after.get(after[:size])) is not None:
                if mod == "none":
                    break
                return mod
        before = small[max(0, start - 16) : start].rstrip(' “"')
        if before.endswith(" the"):
            before = before[:-4]
        if before[-1:] > "~":
            for size in (4, 3, 2, 1):
                if (mod := words.before.get(before[-size:])) is not None:
                    return mod
            return None
        parts = before.split()
        for size in (3, 2, 1):
            if (
                len(parts) >= size
                and (mod := words.before.get(" ".join(parts[-size:]))) is not None
            ):
                return mod
        return None


_PERIODS = frozenset(("quarter", "half", "interval", "year"))
