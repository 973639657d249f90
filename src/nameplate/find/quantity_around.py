"""What is said around an amount: bound, trend, rate period."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

import msgspec

from nameplate.find.fold import lower
from nameplate.find.quantity_words import Words

_WINDOW = 40
_CLAUSE = 72
_GAPS = " \t\xa0\n\u3000"


class Before(msgspec.Struct, frozen=True):
    """Bound and trend said before, and where the bound's words begin."""

    bound: str
    trend: str
    start: int


def said_before(words: Words, text: str, start: int) -> Before:
    """Read backwards from ``start``: up to three bound words, then a trend word."""
    origin = max(0, start - _WINDOW)
    low = text[origin:start].lower().rstrip(_GAPS)
    bound, begin = "", start
    for _ in range(3):
        found = words.before.ending(low)
        if found is None:
            break
        label, size = found
        low = low[:-size]
        if label != "=" and not bound:
            bound, begin = label, origin + len(low)
        low = low.rstrip(_GAPS)
    trend = words.trend.ending(low)
    return Before(bound, trend[0] if trend else "", begin)


def bound_after(words: Words, text: str, end: int) -> str:
    """以上, "or more" behind the amount; empty if there is none."""
    after = text[end : end + 1]
    found = words.after.starting(text, end) if after in words.after.first else None
    if found is None and after and after in " \xa0":
        found = words.after.starting(text, end + 1)
    return found[0] if found else ""


def per_after(words: Words, text: str, end: int) -> str | None:
    """ "a year" behind a counted noun."""
    if text[end : end + 1] not in (" ", "\xa0", "\n"):
        return None
    found = words.per.starting(text, end + 1)
    return (found[0] or None) if found else None


class Rates:
    """The rate words of a text, found once: "annual output of", 年产 before an amount."""

    def __init__(self, words: Words, text: str) -> None:
        self.words = words
        self.text = text

    @cached_property
    def starts(self) -> list[int]:
        """Where rate words begin, whether they are rate words there or not."""
        hits = self.words.per_scan.find_matches_as_indexes(lower(self.text), overlapping=True)
        return sorted({start for _, start, _ in hits})

    def before(self, start: int) -> str | None:
        """The period that the first rate word says in the amount's clause before ``start``."""
        first = bisect_left(self.starts, start - _CLAUSE)
        for at in self.starts[first : bisect_left(self.starts, start, first)]:
            found = self.words.per_before.match(self.text, at, start)
            if found is not None:
                return self.words.per_labels[(found["spaced"] or found["other"]).lower()]
        return None
