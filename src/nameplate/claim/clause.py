"""Where in a sentence something stands: clauses, gaps and what lies between two spans."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from nameplate.claim.context import Context, Sentence, once_a_sentence

_COMMA = re.compile(r"[,;:，；：、。!?！？]")
_GROUPING = re.compile(r"[,;:，；：、](?=\d{3})")
"""A comma between the digits of a number parts nothing."""


def _parting(context: Context) -> tuple[list[int], list[int]]:
    """Where the text's commas, semicolons and the like stand, and where those before three digits."""
    if context.commas is None:
        grouping = [m.start() for m in _GROUPING.finditer(context.plain)]
        inside = frozenset(grouping)
        every = (m.start() for m in _COMMA.finditer(context.plain))
        context.commas = [at for at in every if at not in inside], grouping
    return context.commas


def commas(context: Context, start: int, end: int) -> int:
    """How many commas, semicolons and the like stand between two offsets."""
    if end <= start:
        return 0
    parting, grouping = _parting(context)
    count = bisect_left(parting, end) - bisect_left(parting, start)
    last = bisect_left(grouping, end) - 1  # whose digits lie behind the end
    return count + (last >= 0 and grouping[last] >= start and grouping[last] + 3 >= end)


def clause(context: Context, sentence: Sentence, at: int) -> tuple[int, int]:
    """The stretch between commas that holds the offset."""
    parting, _ = _parting(context)
    following = bisect_left(parting, min(max(at, sentence.start), sentence.end))
    start, end = sentence.start, sentence.end
    if following and parting[following - 1] >= start:
        start = parting[following - 1] + 1
    if following < len(parting):
        end = min(end, parting[following])
    return start, end


@once_a_sentence
def _figures(context: Context, sentence: Sentence) -> tuple[list[int], list[int]]:
    """Where the sentence's figures start and end."""
    return [q.start for q in sentence.quantities], [q.end for q in sentence.quantities]


def between(context: Context, sentence: Sentence, left: int, right: int) -> int:
    """How many figures lie wholly between two offsets."""
    starts, ends = _figures(context, sentence)
    return max(0, bisect_right(ends, right) - bisect_left(starts, left))


def gap(start: int, end: int, other_start: int, other_end: int) -> int:
    """Characters between two spans; 0 where they touch or overlap."""
    return max(other_start - end, start - other_end, 0)
