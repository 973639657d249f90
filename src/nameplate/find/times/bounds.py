"""The open bound that the words before or after a time say: since, by, 以来, 前."""

from __future__ import annotations

from nameplate.lexicon.times import vocabulary

_QUOTES = frozenset(' ”"')
_MARKS = frozenset('“"*')


def bound(small: str, start: int, end: int) -> str | None:
    """``since``, ``by``, ``before``, ``after``, ``as_of`` or ``~``; what stands after goes first."""
    words, told = vocabulary(), None
    first = small[end : end + 1]
    if first in words.after_first or first in _QUOTES:
        told = _after(small[end : end + 4].lstrip(' ”"'))
    last = small[start - 1] if start and told is None else ""
    if last in words.before_last or last in _MARKS or last.isspace():
        return _before(small[max(0, start - 16) : start])
    return told


def _after(text: str) -> str | None:
    table = vocabulary().after
    for size in (3, 2, 1):
        if (mod := table.get(text[:size])) is not None:
            return None if mod == "none" else mod
    return None


def _before(text: str) -> str | None:
    words = vocabulary()
    text = text.rstrip(' “"')
    for article in words.articles:
        text = text.removesuffix(f" {article}")
    if text[-1:] > "~":  # no blanks between words
        for size in (4, 3, 2, 1):
            if (mod := words.before.get(text[-size:])) is not None:
                return mod
        return None
    parts = text.replace("*", " ").split()
    said = (" ".join(parts[-n:]) for n in (3, 2, 1) if n <= len(parts))
    return next((words.before[t] for t in said if t in words.before), None)
