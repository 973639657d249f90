"""A claim's words inside the sentence that holds them."""

from __future__ import annotations

from typing import NamedTuple

from nameplate.find.segment import blocks, sentences

REACH = 240
"""At most so many characters of context are shown on either side of a quote."""

_LONGEST = 1_000
"""A longer quote is cut: only a report that means harm has one."""


class Quote(NamedTuple):
    """The words with what stands before and after them; an ellipsis tells of a cut."""

    before: str
    words: str
    after: str


def in_sentence(text: str, start: int, end: int) -> Quote:
    """The span ``start:end`` of ``text`` with the rest of its sentence, ``REACH`` at most."""
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    low, high = _sentence(text, start, end)
    cut_low, cut_high = max(low, start - REACH), min(high, end + REACH)
    before = ("…" if cut_low > low else "") + text[cut_low:start]
    words = text[start:end] if end - start <= _LONGEST else text[start : start + _LONGEST] + "…"
    return Quote(before, words, text[end:cut_high] + ("…" if cut_high < high else ""))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """From the start of the sentence of the first character to the end of that of the last."""
    base = max(0, start - 2 * REACH)
    window = text[base : end + 2 * REACH]
    low, high = start, end
    for first, last in blocks(window):
        if last < start - base or first > end - base:
            continue
        for left, right in sentences(window, first, last):
            if left <= start - base < right:
                low = base + left
            if left < end - base <= right:
                high = base + right
    return low, high
