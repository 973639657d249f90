"""Places by their codes: which lies in which."""

from __future__ import annotations

from functools import cache

from nameplate.lexicon.places import candidates, chinese_places, english_places

_LEVELS = 5


@cache
def _parents() -> dict[str, str]:
    tables = (english_places(), chinese_places())
    return {e.code: e.parent for table in tables for entries in table.values() for e in entries}


def within(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether one of the places may be the other or lie in it, either way round."""
    return bool(one & _with_parents(two)) or bool(two & _with_parents(one))


def _with_parents(codes: frozenset[str]) -> frozenset[str]:
    return frozenset(up for code in codes for up in _upwards(code))


@cache
def _upwards(code: str) -> tuple[str, ...]:
    """The place, what it lies in, and so on, without its country."""
    found = [code]
    while len(found) < _LEVELS and (parent := _parents().get(found[-1])) and len(parent) > 2:
        found.append(parent)
    return tuple(found)


@cache
def codes_of(name: str) -> frozenset[str]:
    """The codes of all places that a name may mean; empty if it names none that is known."""
    found = candidates(name) or candidates(name.strip().title())
    return frozenset(entry.code for entry in found)


def is_county(code: str) -> bool:
    """Whether the code is of a county or district of China."""
    return code.isdigit() and len(code) == 6 and not code.endswith("00")
