"""Phrases of a sentence: where a noun phrase ends, what an enumeration lists.

Commas, full stops and "and" inside a name that was found ("Co., Ltd.", "Science and Technology
Department") neither end a phrase nor part a list. All offsets are the document's.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from nameplate.claim.context import Context, Sentence
from nameplate.model import Name

Span = tuple[int, int]

_LONGEST = 240
"""Characters beyond which a stretch of words is no noun phrase."""

_STOP = re.compile(
    r"\s*(?:[,.;:!?。，；：！？()|]|\s[-–—]\s|\b(?:to|for|and|or|but|which|that|who|whom|whose|where|when"
    r"|while|with|on|at|in|into|from|by|during|after|before|as|is|are|was|were|has|have|had|will"
    r"|would|can|could|said|says|so|than|through|under|over|since|because|if|via|between|among"
    r"|within|without|last|next|yesterday|today|he|she|they|it|we|outside|near)\b|$)",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"(?:\s|[\"“”'《》「」、,;:：，；*()]|(?:the|a|an|its|their|his|her|our|this|that|these|those|both|also"
    r"|and|of|such|as|other)\b\s)+",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\s*(?:,\s*(?:and|or|as well as)\b|[,，、;；]|\b(?:and|or|as well as|together with)\b|以及|和|及|与|跟|同)\s*"
)
_COMMA = re.compile(r"\s*(?:,\s*(?:and|or|as well as)\b|[,，、;；])\s*")
_TAIL = " \t\n\r,.;:。，；：、\"'“”"


_LEGAL = re.compile(r"\b(?:ltd|co|inc|corp)\.$", re.IGNORECASE)


def tidy(context: Context, start: int, end: int) -> str:
    """The published words of a span on one line, without blanks and signs at the edges."""
    return " ".join(context.text[start:end].split()).strip(" ,;:、，；：")


def cover(sentence: Sentence, offset: int) -> Name | None:
    """The name of the sentence that runs across the offset, if there is one."""
    at = bisect_right(sentence.names, offset, key=lambda n: n.start) - 1
    if at >= 0 and sentence.names[at].start < offset < sentence.names[at].end:
        return sentence.names[at]
    return None


def trim(context: Context, start: int, end: int) -> Span:
    """The span without articles, quotes and signs at its edges."""
    lead = _EDGE.match(context.plain, start, end)
    if lead:
        start = lead.end()
    while end > start and context.plain[end - 1] in _TAIL:
        if context.plain[end - 1] == "." and _LEGAL.search(context.plain, max(start, end - 6), end):
            break
        end -= 1
    return start, end


def noun_phrase(context: Context, sentence: Sentence, start: int) -> Span:
    """The noun phrase that begins at the offset, trimmed; empty where none does."""
    limit = min(sentence.end, start + _LONGEST)
    lead = _EDGE.match(context.plain, start, limit)
    begin = lead.end() if lead else start
    limit = min((t.start for t in sentence.times if begin < t.start < limit), default=limit)
    at = begin
    while at < limit:
        stop = _STOP.search(context.plain, at, limit)
        if stop is None:
            return trim(context, begin, limit)
        name = cover(sentence, stop.start() + len(stop.group()) - len(stop.group().lstrip()))
        if name is None:
            return trim(context, begin, stop.start())
        at = name.end
    return trim(context, begin, min(at, limit))


def items(
    context: Context, sentence: Sentence, start: int, end: int, *, commas: bool = False
) -> list[Span]:
    """The items of an enumeration, trimmed, empty ones left out; ``commas``: "and" parts none."""
    found, at = [], start
    for part in (_COMMA if commas else _PART).finditer(context.plain, start, end):
        if (
            part.start() < at
            or cover(sentence, part.start() + 1)
            or cover(sentence, part.end() - 1)
        ):
            continue
        found.append(trim(context, at, part.start()))
        at = part.end()
    found.append(trim(context, at, end))
    return [span for span in found if span[0] < span[1]]
