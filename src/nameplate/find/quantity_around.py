"""What is said around an amount: bound, trend, rate period."""

from __future__ import annotations

from typing import NamedTuple

from nameplate.find.quantity_words import Words

_WINDOW = 40
_CLAUSE = 72
_GAPS = " \t\xa0\n\u3000"


class Before(NamedTuple):
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
    found = words.after.starting(text, end)
    if found is None and text[end : end + 1] in (" ", "\xa0"):
        found = words.after.starting(text, end + 1)
    return found[0] if found else ""


def per_after(words: Words, text: str, end: int) -> str | None:
    """ "a year" behind a counted noun."""
    if text[end : end + 1] not in (" ", "\xa0", "\n"):
        return None
    found = words.per.starting(text, end + 1)
    return (found[0] or None) if found else None


def per_before(words: Words, text: str, start: int) -> str | None:
    """ "annual output of", 年产 before the amount in its clause."""
    window = text[max(0, start - _CLAUSE) : start].lower()
    if not any(hint in window for hint in words.per_hints):
        return None
    found = words.per_before.search(text, max(0, start - _CLAUSE), start)
    if found is None:
        return None
    return words.per_labels[(found["spaced"] or found["other"]).lower()]
