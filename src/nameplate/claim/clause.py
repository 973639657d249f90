"""Where in a sentence something stands: clauses, gaps and what lies between two spans."""

from __future__ import annotations

import re

from nameplate.claim.context import Context, Sentence
from nameplate.model import Quantity

_COMMA = re.compile(r"[,;:，；：、](?!\d{3})|[。!?！？]")
_BREAK = re.compile(r"[;；:：]|, (?:and|but|while|which|with the rest) |，(?:其中|同时|并|而)")


def commas(context: Context, start: int, end: int) -> int:
    """How many commas, semicolons and the like stand between two offsets."""
    return len(_COMMA.findall(context.plain, start, end)) if end > start else 0


def clause(context: Context, sentence: Sentence, at: int) -> tuple[int, int]:
    """The stretch between commas that holds the offset."""
    start, end = sentence.start, sentence.end
    for match in _COMMA.finditer(context.plain, sentence.start, sentence.end):
        if match.end() <= at:
            start = match.end()
        elif match.start() >= at:
            end = match.start()
            break
    return start, end


def between(quantities: list[Quantity], left: int, right: int) -> int:
    """How many figures lie wholly between two offsets."""
    return sum(left <= q.start and q.end <= right for q in quantities)


def gap(start: int, end: int, other_start: int, other_end: int) -> int:
    """Characters between two spans; 0 where they touch or overlap."""
    return max(other_start - end, start - other_end, 0)
