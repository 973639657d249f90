"""What an English verb of visiting takes: plants, parks, companies, places, one after another."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from nameplate.claim.context import Context, Sentence
from nameplate.claim.phrase import noun_phrase, tidy
from nameplate.claim.stop import SITE_WORDS, VISITABLE, named, place_words
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Name

_NEXT = re.compile(
    r"\s*(?:\([^()]{1,30}\))?\s*(?:,\s*(?:and|as well as)\s+|,\s*|、|;\s*|\s+and\s+|\s+as well as\s+)(?:to\s+)?"
)
_OURS = re.compile(
    r"(?:our|my)\s+(?:\w+\s+){0,2}(?:company|factory|plant|group|enterprise|firm|works)\b", re.I
)
_MOST = 12


@dataclass(slots=True, frozen=True)
class Site:
    """A place that can be visited: its words for the claim, its span; ``sure`` where it is named."""

    subject: str
    start: int
    end: int
    sure: bool


@cache
def _site() -> re.Pattern[str]:
    return re.compile(rf"(?:{noun_pattern('site')})\W*$", re.IGNORECASE)


def sites(context: Context, sentence: Sentence, start: int, end: int | None = None) -> list[Site]:
    """The places of an enumeration that begins at the offset, up to the first thing that is none."""
    found: list[Site] = []
    at = start
    limit = sentence.end if end is None else end
    while at < limit and len(found) < _MOST:
        s, e = noun_phrase(context, sentence, at)
        e = min(e, limit)
        site = _as_site(context, sentence, s, e)
        if site is None:
            break
        found.append(site)
        more = _NEXT.match(context.plain, site.end, limit)
        if more is None:
            break
        at = more.end()
    return found


def _head(context: Context, sentence: Sentence, start: int, end: int) -> tuple[int, Name | None]:
    """Where the head of a phrase ends, before "of", and the name that covers it."""
    tail = SITE_WORDS.search(context.plain[start:end])
    stop = start + tail.start() if tail else end
    of = context.plain.find(" of ", start, end)
    if of >= 0 and not any(n.start < of < n.end for n in sentence.names):
        stop = of
    inside = [n for n in sentence.names if n.start < stop and n.end > start and n.end >= stop - 1]
    inside = [n for n in inside if n.kind in VISITABLE]
    return stop, inside[-1] if inside else None


def _as_site(context: Context, sentence: Sentence, start: int, end: int) -> Site | None:
    if start >= end:
        return None
    ours = _OURS.match(context.plain, context.plain.rfind(" ", 0, max(start - 1, 0)) + 1)
    if ours and ours.end() >= end - 1:
        words = own(context)
        return Site(words or tidy(context, ours.start(), ours.end()), start, end, words is not None)
    stop, name = _head(context, sentence, start, end)
    if name is not None and name.generic:
        words = named(context, name)
        return Site(words, start, max(end, name.end), False) if words else None
    if name is not None:
        begin = min(start, name.start)
        finish = max(end, name.end)
        return Site(place_words(context, begin, finish), begin, finish, True)
    if not _site().search(context.plain[start:stop]):
        return None
    inner = [n for n in sentence.names if start <= n.start < end and n.kind in VISITABLE]
    if stop < end and inner:
        return Site(place_words(context, start, end), start, end, True)
    if re.search(r"[A-Z][a-z]+ [A-Z]", context.plain[start:stop]):
        return Site(place_words(context, start, end), start, end, False)
    return None


def own(context: Context) -> str | None:
    """What "our company" is in a company's own news: the company it names most, or its publisher."""
    counts = Counter(n.text for n in context.names if n.kind == "company" and not n.generic)
    if counts:
        return " ".join(counts.most_common(1)[0][0].split())
    return context.document.publisher
