"""What an English verb of visiting takes: plants, parks, companies, places, one after another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nameplate.claim.context import Context, Sentence
from nameplate.claim.own import own
from nameplate.claim.party import words_of
from nameplate.claim.phrase import noun_phrase, tidy
from nameplate.claim.stop import SITE_WORDS, VISITABLE, place_words
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Name

_NEXT = re.compile(
    r"\s*(?:\([^()]{1,30}\))?\s*(?:,\s*(?:and|as well as)\s+|,\s*|、|;\s*|\s+and\s+|\s+as well as\s+)(?:to\s+)?"
)
_OURS = re.compile(
    r"(?:our|my)\s+(?:\w+\s+){0,2}(?:company|factory|plant|group|enterprise|firm|works)\b", re.I
)
_WHICH = re.compile(
    r"[^.;,]{0,12}?\b(?:countries|cities|places|companies|enterprises|sites|plants|factories|projects|regions"
    r"|provinces|parks|firms|universities|institutes)\b[^.;,]{0,60}?\b(?:including|such as|namely)\s+",
    re.IGNORECASE,
)
_CITY_OF = re.compile(r"(?:cities|city|towns?|province|state|county) of\s+", re.IGNORECASE)
_RUN_ON = re.compile(r"\b(?:park|plant|factory|zone|base|center|centre|workshop)$", re.IGNORECASE)
_SUCH = re.compile(r"\b(?:enterprises|companies|firms|businesses|factories|plants|sites)\s+$")
"""Before a name: of which kind it is, which is no part of it ("resident enterprises X Co")."""
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
    limit = sentence.end if end is None else end
    which = _WHICH.match(context.plain, start, limit) or _projects_at(context, sentence, start)
    at = which.end() if which else start
    while at < limit and len(found) < _MOST:
        site = _next_site(context, sentence, at, limit)
        if site is None:
            break
        found.append(site)
        more = _NEXT.match(context.plain, site.end, limit)
        if more is None:
            break
        at = more.end()
    return found


_PROJECTS_AT = re.compile(r"\s*(?:[\w-]+\s+){0,4}?projects?\s+(?:at|in|within)\s+(?:the\s+)?")


def _projects_at(context: Context, sentence: Sentence, start: int) -> re.Match[str] | None:
    """The lead to the park whose projects are seen: "inspected key projects at the Halden Zone"."""
    lead = _PROJECTS_AT.match(context.plain, start, sentence.end)
    named = ("park", "plant", "company")
    if lead is None or not any(n.start == lead.end() and n.kind in named for n in sentence.names):
        return None
    return lead


def _next_site(context: Context, sentence: Sentence, at: int, limit: int) -> Site | None:
    """The place at the offset; its phrase may run on over an "and" inside it."""
    s, e = noun_phrase(context, sentence, at)
    site = _as_site(context, sentence, s, min(e, limit))
    for _ in range(2):
        more = re.compile(r"\s+and\s+(?=[a-z])").match(context.plain, e, limit)
        if site is not None or more is None or e <= s:
            return site
        e = min(noun_phrase(context, sentence, more.end())[1], limit)
        site = _as_site(context, sentence, s, e) if _RUN_ON.search(context.plain[s:e]) else None
    return site


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
    if city := _CITY_OF.match(context.plain, start, end):
        start = city.end()
    if start >= end:
        return None
    ours = _OURS.match(context.plain, context.plain.rfind(" ", 0, max(start - 1, 0)) + 1)
    if ours and ours.end() >= end - 1:
        words = own(context)
        return Site(words or tidy(context, ours.start(), ours.end()), start, end, words is not None)
    stop, name = _head(context, sentence, start, end)
    if name is not None and name.generic:
        words = words_of(context, name)
        return Site(words, start, max(end, name.end), False) if words else None
    if name is not None:
        begin = min(start, name.start)
        if _SUCH.search(context.plain, begin, name.start):
            begin = name.start
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
