"""The acts of a document: its trigger words by sentence, scanned once a group."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from nameplate.claim.context import Context, Sentence
from nameplate.find.cue import Scanner
from nameplate.lexicon.acts import act_group
from nameplate.model import Cue


@cache
def act_scanner(group: str) -> Scanner:
    """The scanner of a group of acts, made on first use."""
    return Scanner(group, act_group(group))


LONGEST = 3000
"""Characters beyond which a stretch without a full stop is a table or noise, no sentence to parse."""


def readable(sentence: Sentence) -> bool:
    """Whether the sentence is short enough to be one."""
    return sentence.end - sentence.start <= LONGEST


def sentence_at(context: Context, offset: int) -> Sentence | None:
    """The sentence that holds an offset; None in boilerplate and between sentences."""
    at = bisect_right(context.sentences, offset, key=lambda s: s.start) - 1
    if at < 0 or context.sentences[at].end <= offset:
        return None
    return context.sentences[at]


def cued(context: Context, group: str) -> Iterator[tuple[Sentence, list[Cue]]]:
    """Sentences that hold a trigger of the group, each with its triggers, in order."""
    sentence: Sentence | None = None
    mine: list[Cue] = []
    for cue in act_scanner(group).scan(context.small):
        if sentence is None or cue.start >= sentence.end:
            if sentence is not None and mine:
                yield sentence, mine
            sentence, mine = sentence_at(context, cue.start), []
            sentence = sentence if sentence is not None and readable(sentence) else None
        if sentence is not None and cue.end <= sentence.end:
            mine.append(cue)
    if sentence is not None and mine:
        yield sentence, mine
