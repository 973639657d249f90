"""A stop of a visit, before it becomes a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nameplate.claim import when
from nameplate.claim.context import Context, Sentence
from nameplate.claim.phrase import tidy
from nameplate.model import Claim, Time

VISITABLE = frozenset({"project", "plant", "line", "park", "company", "institute", "event", "thing",
                       "place", "body", "programme"})  # fmt: skip


RECENT = 60
"""Stops back to which a sentence can refer; keeps long reports linear."""


@dataclass(slots=True, frozen=True)
class Stop:
    """Who was where: the place's words, those who came, and what carries it."""

    subject: str
    visitors: tuple[str, ...]
    start: int
    end: int
    sentence: int
    rule: str
    confidence: float
    when: str | None = None
    purpose: str | None = None
    planned: bool = False


def claim(context: Context, stop: Stop) -> Claim:
    """The stop as a claim, quoted from the text."""
    return Claim(
        kind="visit",
        subject=stop.subject,
        visitors=stop.visitors,
        quote=context.quote(stop.start, stop.end),
        start=stop.start,
        end=stop.end,
        modality="planned" if stop.planned else "actual",
        when=stop.when,
        purpose=stop.purpose,
        rule=stop.rule,
        confidence=stop.confidence,
    )


SITE_WORDS = re.compile(
    r"(?:[' ]s)?\s+(?:construction site|site|on the spot|on-site|for .*|premises)$"
    r"|(?:建设|施工)?(?:现场|工地)$",
    re.IGNORECASE,
)


_SITE_OF = re.compile(r"^(?:construction )?site of (?:the )?", re.IGNORECASE)


def place_words(context: Context, start: int, end: int) -> str:
    """The words for a place that was visited, without "construction site" and the like."""
    words = tidy(context, start, end)
    bare = _SITE_OF.sub("", SITE_WORDS.sub("", words))
    return bare if len(bare) > 3 else words


def date_of(context: Context, sentence: Sentence, before: int) -> str | None:
    """The date of what a sentence tells: its opening one, else the nearest before the offset.

    A sentence without a date has the day of the one or two before it, in a Chinese tour of those
    up to five back.
    """
    first = when.leading(context, sentence)
    if first is not None and not first.now and not _of_a_name(context, first):
        return when.value(first)
    dates = [t for t in when.dates(sentence) if not t.now and not _of_a_name(context, t)]
    found = [t for t in dates if t.start <= before]
    found = found or [t for t in dates if _DAY.match(t.edtf or "")]
    if found:
        return when.value(found[-1])
    reach = 6 if context.zh else 3
    for index in range(sentence.index - 1, max(-1, sentence.index - reach), -1):
        earlier = context.sentences[index]
        days = [
            t
            for t in when.dates(earlier)
            if _DAY.match(t.edtf or "") and not t.now and not when.told(context, t)
        ]
        if days:
            return when.value(days[0])
    return None


def _of_a_name(context: Context, time: Time) -> bool:
    """Whether a bare year only says which station is meant: 2025年高标准农田项目. Nobody comes for a year."""
    return context.zh and len(time.edtf or "") == 4


_DAY = re.compile(r"[\dX]{4}-\d\d-\d\d")


def joined(stop: Stop, visitors: tuple[str, ...]) -> Stop:
    """The stop with further visitors."""
    more = tuple(v for v in visitors if v not in stop.visitors)
    return replace(stop, visitors=stop.visitors + more)
