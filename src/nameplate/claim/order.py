"""An order before it becomes a claim, and whether it asks for something that can be done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nameplate.claim.context import Context, Sentence
from nameplate.lexicon.acts import noun_pattern


@dataclass(slots=True, frozen=True)
class Order:
    """Who told whom to do what: ``start`` and ``end`` span what is to be done."""

    start: int
    end: int
    sentence: Sentence
    by: str | None
    to: str | None
    rule: str
    confidence: float
    subject: str | None = None


@cache
def _doable() -> re.Pattern[str]:
    return re.compile(noun_pattern("doable"), re.IGNORECASE)


@cache
def _slogan() -> re.Pattern[str]:
    return re.compile(noun_pattern("slogan"), re.IGNORECASE)


def exhorts(context: Context, start: int, end: int) -> bool:
    """Whether words of exhortation stand in the span."""
    return _slogan().search(context.plain, start, end) is not None


def doable(context: Context, start: int, end: int) -> int:
    """Things that can be done less the words of exhortation; above 0 it is an order."""
    words = context.plain[start:end]
    return len({m.casefold() for m in _doable().findall(words)}) - len(_slogan().findall(words))
