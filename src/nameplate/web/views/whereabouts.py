"""Where a project lies: the places that reports name, resolved to points of the map.

Only a place of the lexicon has a point, and one name may mean several places: one is taken if the
others named beside it hold it (渝北区 beside 重庆市), or if there is only one. What stays ambiguous is
not drawn. How exactly the place is known is told: county, city, province or country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from nameplate.lexicon.geography import points
from nameplate.lexicon.places import PlaceEntry, candidates, chinese_places, english_places

_RANK = {"county": 4, "prefecture": 3, "city": 3, "province": 2, "division": 2, "country": 1}
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LONGEST_HAN, _LONGEST_WORDS = 11, 4


class Spot(NamedTuple):
    """A point with the place that it stands for; ``by_name`` if only the thing's own name tells it."""

    longitude: float
    latitude: float
    place: str
    english: str
    level: str
    by_name: bool


@lru_cache(maxsize=100_000)
def spot_of(places: tuple[str, ...], name: str) -> Spot | None:
    """The spot of a thing that lies in ``places`` as said, or whose ``name`` holds a place."""
    for said, by_name in ((places, False), ((name,), True)):
        found = _best([group for text in said for group in _groups(text)])
        if found is not None:
            place, (longitude, latitude), level = found
            english = _english().get(place.code, place.name)
            return Spot(longitude, latitude, place.name, english, level, by_name)
    return None


@cache
def _english() -> dict[str, str]:
    """The English name of a place by its code."""
    found: dict[str, str] = {}
    for name, entries in english_places().items():
        for entry in entries:
            found.setdefault(entry.code, name)
    return found


def _best(
    groups: list[tuple[PlaceEntry, ...]],
) -> tuple[PlaceEntry, tuple[float, float], str] | None:
    """The most exact place that is not ambiguous, with its point or that of what holds it."""
    named = {entry.code for group in groups for entry in group}
    sure = [entry for group in groups if (entry := _sure(group, named)) is not None]
    for entry in sorted(sure, key=lambda e: -_RANK.get(e.level, 0)):
        point = _point(entry)
        if point is not None:
            return entry, point, entry.level
    return None


def _sure(group: tuple[PlaceEntry, ...], named: set[str]) -> PlaceEntry | None:
    unique = {entry.code: entry for entry in group}
    if len(unique) == 1:
        return group[0]
    held = [e for e in unique.values() if named & set(_holders(e.code, e.parent))]
    if len(held) == 1:
        return held[0]
    # 吉林 is a province and a city in it: the wider one is the safe reading.
    widest = min(unique.values(), key=lambda e: _RANK.get(e.level, 0))
    inside = all(widest.code in _holders(e.code, e.parent) for e in unique.values() if e != widest)
    return widest if inside else None


def _holders(code: str, parent: str) -> Iterator[str]:
    """The codes of what a place lies in, from near to far."""
    yield parent
    if code[:6].isdecimal() and len(code) == 6:
        yield code[:4] + "00"
        yield code[:2] + "0000"
        yield "CN"


def _point(entry: PlaceEntry) -> tuple[float, float] | None:
    known = points()
    codes = (entry.code, *_holders(entry.code, entry.parent))
    # A county without a point of its own stands where its prefecture does; never where China does.
    return next((known[c] for c in codes if c in known and (c == entry.code or c != "CN")), None)


def _groups(text: str) -> Iterator[tuple[PlaceEntry, ...]]:
    """What each name of a place in the text may mean, the longest names first."""
    whole = candidates(text.strip())
    if whole:
        yield tuple(whole)
        return
    for run in _HAN.findall(text):
        yield from _in_han(run)
    words = [m[0] for m in _WORD.finditer(_HAN.sub(" ", text))]
    yield from _in_words(words)


def _in_han(run: str) -> Iterator[tuple[PlaceEntry, ...]]:
    known, at = chinese_places(), 0
    while at < len(run):
        for size in range(min(_LONGEST_HAN, len(run) - at), 1, -1):
            if run[at : at + size] in known:
                yield known[run[at : at + size]]
                at += size
                break
        else:
            at += 1


def _in_words(words: list[str]) -> Iterator[tuple[PlaceEntry, ...]]:
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST_WORDS, len(words) - at), 0, -1):
            said = " ".join(words[at : at + size])
            found = candidates(said) if said[:1].isupper() and len(said) > 2 else []
            if found:
                yield tuple(found)
                at += size
                break
        else:
            at += 1
