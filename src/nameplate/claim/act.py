"""The acts of a document: its trigger words by sentence."""

from __future__ import annotations

from collections.abc import Iterator

from nameplate.claim.context import Context, Sentence
from nameplate.model import Cue

LONGEST = 3000
"""Characters beyond which a stretch without a full stop is a table or noise, no sentence to parse."""


def readable(sentence: Sentence) -> bool:
    """Whether the sentence is short enough to be one."""
    return sentence.end - sentence.start <= LONGEST


def cued(context: Context, group: str) -> Iterator[tuple[Sentence, list[Cue]]]:
    """Sentences that hold a trigger of the group, each with its triggers, in order."""
    for sentence in context.cued.get(group, ()):
        mine = [c for c in sentence.cues[group] if c.end <= sentence.end]
        if mine and readable(sentence):
            yield sentence, mine
