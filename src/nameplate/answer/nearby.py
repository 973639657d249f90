"""How near two bodies lie to each other, as far as reports and their names say where they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from nameplate.lexicon.places import PlaceEntry, candidates, chinese_places, english_places

_COUNTY, _CITY, _PROVINCE = 1.0, 0.8, 0.5
_CAPITAL = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?")
_LONGEST = 6
"""Characters of the longest name of a division that a Chinese name is searched for."""


class Nearness(NamedTuple):
    """From 0 to 1, and the narrowest place that holds both, in English and in Chinese."""

    score: float
    place: str
    place_zh: str


def nearness(one: Iterable[str], two: Iterable[str]) -> Nearness | None:
    """Of two sets of place names; None if they share none that is known and smaller than a country."""
    left, right = (_held(frozenset(names)) for names in (one, two))
    common = {code for code in left.keys() & right.keys() if len(code) > 2}
    if not common:
        return None
    narrowest = max(common, key=lambda code: (min(left[code], right[code]), code))
    entry = _by_code()[narrowest]
    english, chinese = (_names(chinese=side).get(narrowest, entry.name) for side in (False, True))
    return Nearness(_score(entry), english, chinese)


def _score(entry: PlaceEntry) -> float:
    if not entry.code.isdigit():
        return _CITY if entry.code.startswith("g") else _PROVINCE
    if entry.code.endswith("0000"):
        return _PROVINCE
    return _CITY if entry.code.endswith("00") else _COUNTY


@lru_cache(maxsize=8192)
def _held(names: frozenset[str]) -> dict[str, int]:
    """Codes of the places and of all that they lie in, each with how deep it is."""
    found: dict[str, int] = {}
    for name in sorted(names):
        entry = _place(name)
        chain = list(_upwards(entry.code)) if entry else []
        found |= {code: len(chain) - at for at, code in enumerate(chain)}
    return found


def _place(name: str) -> PlaceEntry | None:
    """The one place that a name means, or that the name of a body begins with or holds."""
    for candidate in _parts(name):
        found = {entry.code: entry for entry in candidates(candidate)}
        if not found:
            continue
        # "Jilin" is a city in Jilin: of places that lie in one another the widest is sure.
        widest = min(found.values(), key=lambda entry: (len(_upwards(entry.code)), entry.code))
        if all(widest.code in _upwards(code) for code in found):
            return widest
    return None


def _parts(name: str) -> Iterable[str]:
    yield name
    yield from (match.group() for match in _CAPITAL.finditer(name))
    yield from (match.group().split()[0] for match in _CAPITAL.finditer(name))
    for size in range(min(_LONGEST, len(name)), 1, -1):
        yield name[:size]


@cache
def _names(*, chinese: bool) -> dict[str, str]:
    """Code to the first spelling of the language."""
    found: dict[str, str] = {}
    for name, entries in (chinese_places() if chinese else english_places()).items():
        for entry in entries:
            found.setdefault(entry.code, name)
    return found


@cache
def _by_code() -> dict[str, PlaceEntry]:
    tables = (english_places(), chinese_places())
    return {e.code: e for table in tables for entries in table.values() for e in entries}


@lru_cache(maxsize=8192)
def _upwards(code: str) -> tuple[str, ...]:
    found = [code]
    while (entry := _by_code().get(found[-1])) is not None and entry.parent not in ("", *found):
        found.append(entry.parent)
    return tuple(one for one in found if one in _by_code())
