"""Of which part of the whole a figure is: by its own words, and by the clause that it stands in.

What the words leave over ("leading" of "leading enterprises") narrows the figure to something that no
facet stands for: such a figure belongs to no line. Precision goes first.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from nameplate.answer.monitor.spec import Line
from nameplate.find.segment import blocks, sentences
from nameplate.find.spelling import spell
from nameplate.lexicon.facets import (
    facet_spellings,
    facets,
    negation_words,
    part_words,
    plain_words,
    share_words,
)
from nameplate.model import Claim

Facets = frozenset[str]
NONE: Facets = frozenset()

_CLAUSE = re.compile(r"[，；：、]|[,;:](?=\s)")
_JOINED = re.compile(r"\s*(?:and|or|&|和|与|與|及|、)\s*(.{0,40})", re.DOTALL)
_REACH = 160
_PART_OF = re.compile(r"\bof (?:the |its |their )?[\d,]+ ([^\d.,;:]{2,90}), $", re.IGNORECASE)
_NEAR = 40
"""So much of the words before a figure can say what it is counted out of."""

_STATUS_OF = frozenset({"enterprises", "employment", "resumption_rate", "utilisation", "share"})
"""Measures of what can be at work; of a workshop the clause's verb says nothing of the kind."""


class Read(NamedTuple):
    """The facets that words name, and what else they say (levelled), which narrows the figure."""

    facets: Facets
    rest: str


@lru_cache(maxsize=16384)
def read(*texts: str | None) -> Read:
    """What the words of a figure, its item and scopes, say of the part that it is of."""
    found: set[str] = set()
    left: list[str] = []
    for text in texts:
        rest = f" {spell(text or '')} "
        for word, key in facet_spellings():
            if _spelled(word) in rest:
                found.add(key)
                rest = rest.replace(_spelled(word), "  ")
        for word in plain_words():
            while _spelled(word) in rest:
                rest = rest.replace(_spelled(word), "  ")
        left += rest.split()
    return Read(frozenset(found), " ".join(left))


def facets_of(*texts: str | None) -> Facets | None:
    """The facets that the words name; None if they narrow the figure in a way that none stands for."""
    found = read(*texts)
    return None if found.rest else found.facets


def fits(line: Line, found: Read) -> bool:
    """Whether a figure of these words is the line's: its facets, no others, and its things alone."""
    wanted = frozenset(line.facets)
    if not wanted <= found.facets <= wanted | frozenset(line.maybe):
        return False
    return not is_narrowed(line, found)


def is_narrowed(line: Line, found: Read) -> bool:
    """Whether the words say more than the line's things."""
    return found.rest not in (line_things(line.item) if line.item else ("",))


@lru_cache(maxsize=1024)
def line_things(items: tuple[str, ...]) -> frozenset[str]:
    """The things of a line as `read` leaves them over."""
    return frozenset(read(item).rest for item in items)


@cache
def _spelled(word: str) -> str:
    """English words are looked for as words, Chinese ones as they stand."""
    return f" {word} " if word.isascii() else word


def named(words: str, group: str) -> Facets:
    """The facets of a group that any words name, whatever else they say."""
    text = f" {spell(words)} "
    found = set()
    for word, key in facet_spellings():
        if facets()[key].group == group and _spelled(word) in text:
            found.add(key)
            text = text.replace(_spelled(word), "  ")
    return frozenset(found)


def _has(words: str, among: tuple[str, ...]) -> bool:
    text = f" {spell(words)} "
    return any(_spelled(word) in text for word in among)


class Context(NamedTuple):
    """The words around a figure: its clause, and of a part ("including …") the whole before it, which
    begins at ``whole_start`` of the text."""

    clause: str
    whole: str = ""
    whole_start: int = -1


def context(text: str, claim: Claim) -> Context:
    """The clause of the figure and, where it opens a part of something, what that is a part of."""
    before, (start, end) = _sentence(text, claim.start)
    cuts = [start, *(start + m.end() for m in _CLAUSE.finditer(text[start:end])), end]
    at = max((c for c in cuts if c <= claim.start), default=start)
    until = min((c for c in cuts if c >= claim.end), default=end)
    part = next((c for c in reversed(cuts) if c <= at and _opens(text[c:end])), None)
    if part is None:
        return Context(text[at:until])
    whole = (start, part) if part > start else before
    return Context(text[at:until], text[whole[0] : whole[1]], whole[0])


def _opens(words: str) -> bool:
    said = f"{spell(words[:60])} "
    return any(said.startswith(word if not word.isascii() else f"{word} ") for word in part_words())


def _sentence(text: str, at: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The sentence at this place and the one before it in its paragraph."""
    for first, last in blocks(text):
        if first <= at < last:
            before = (first, first)
            for start, end in sentences(text, first, last):
                if start <= at < end:
                    return before, (start, end)
                before = (start, end)
    return (at, at), (at, at)


def in_context(claim: Claim, text: str) -> Read:
    """What a figure's own words say of the part that it is of, and those around it."""
    own = read(claim.item or _whole_of(text, claim.start), *(claim.scope or "").split(";"))
    found = set(own.facets) | _shared(text[claim.end : claim.end + 60])
    around = context(text, claim)
    before = text[max(0, claim.start - _NEAR) : claim.start]
    is_whole = any(spell(before).endswith(word) for word in share_words())
    if claim.measure in _STATUS_OF and not is_whole:
        for words in (around.clause, around.whole):
            if words and not _has(words, negation_words()):
                found |= named(words, "status")
    if claim.unit == "%":
        rates = named(around.clause, "rate")
        implied = frozenset({"operating"}) if claim.measure == "resumption_rate" else NONE
        found |= rates or implied
    return Read(frozenset(found), own.rest)


def _whole_of(text: str, start: int) -> str | None:
    """What a bare number is a part of: "of 459 leading firms, 447 have resumed" tells of leading firms."""
    match = _PART_OF.search(text[max(0, start - _REACH) : start])
    return match[1] if match else None


def _shared(after: str) -> Facets:
    """Kinds that share the number: "76 digital workshops and intelligent factories"."""
    match = _JOINED.match(after)
    said = f" {spell(match[1])} " if match else ""
    for word, key in facet_spellings():
        if facets()[key].group == "kind" and said.strip() and said.startswith(
            _spelled(word) if word.isascii() else f" {word}"
        ):  # fmt: skip
            return frozenset({key})
    return NONE
