"""Places: China down to the county, elsewhere countries, first-level divisions and main cities.

Sources and licences stand in the headers of ``data/places/*.tsv``. Codes are GB/T 2260 (six
digits) in China, ISO 3166 for countries and divisions, ``g`` and the GeoNames number for cities.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from nameplate.errors import LexiconError
from nameplate.lexicon.load import Entry, read_rows, read_toml


class PlaceEntry(NamedTuple):
    """One place: its code, its name as registered, the code of what it lies in, its level."""

    code: str
    name: str
    parent: str
    level: str


@cache
def _china() -> tuple[tuple[PlaceEntry, str, str], ...]:
    rows = []
    for row in read_rows("places/china.tsv"):
        code, level, name, english, kind = _columns("places/china.tsv", row)
        rows.append((PlaceEntry(code, name, _parent(code), level), english, kind))
    return tuple(rows)


@cache
def _world() -> tuple[tuple[PlaceEntry, str, str], ...]:
    rows = []
    for row in read_rows("places/world.tsv"):
        code, level, english, chinese, parent = _columns("places/world.tsv", row)
        name = english.split("|", 1)[0]
        rows.append((PlaceEntry(code, name, parent, level), english, chinese))
    return tuple(rows)


def _columns(name: str, row: list[str]) -> list[str]:
    if len(row) != 5:
        raise LexiconError(
            f"{len(row)} columns instead of 5 in {row!r}",
            where=f"data/{name}",
            remedy="Run scripts/make_places.py again.",
        )
    return row


def _parent(code: str) -> str:
    """The code of the next level up: county, prefecture, province, China."""
    if code.endswith("0000"):
        return "CN"
    return code[:2] + "0000" if code.endswith("00") else code[:4] + "00"


@cache
def english_places() -> dict[str, tuple[PlaceEntry, ...]]:
    """English spelling to places: ``Jilin`` is a province and a city, ``Jiaojiang District`` one."""
    table: dict[str, list[PlaceEntry]] = defaultdict(list)
    for entry, english, kind in _china():
        for name in english.split("|"):
            if len(entry.name) > 2:  # "Lu" alone is a person or a word, "Lu County" a place
                table[name].append(entry)
            if kind:
                table[f"{name} {kind}"].append(entry)
                table[f"{name} {kind.lower()}"].append(entry)
    for entry, english, _ in _world():
        for name in english.split("|"):
            table[name].append(entry)
    return {name: tuple(entries) for name, entries in table.items()}


class Suffixes(Entry, frozen=True, kw_only=True):
    """``places/suffixes.toml``: endings of division names, and peoples that stand before them."""

    suffixes: list[str]
    peoples: list[str]


@cache
def _suffixes() -> Suffixes:
    data = read_toml("places/suffixes.toml", Suffixes)
    longest_first = sorted(data.suffixes, key=len, reverse=True)
    return Suffixes(suffixes=longest_first, peoples=data.peoples)


@cache
def chinese_places() -> dict[str, tuple[PlaceEntry, ...]]:
    """Chinese spelling, full or without its suffix, to places; ``朝阳区`` lists its candidates."""
    table: dict[str, list[PlaceEntry]] = defaultdict(list)
    for entry, _, _ in _china():
        for name in dict.fromkeys((entry.name, bare(entry.name))):
            table[name].append(entry)
    for entry, _, chinese in _world():
        for name in filter(None, chinese.split("|")):
            table[name].append(entry)
    return {name: tuple(entries) for name, entries in table.items()}


def bare(name: str) -> str:
    """A Chinese division's name without its suffix; names of one character keep theirs."""
    for mark in _suffixes().peoples:
        at = name.find(mark)
        if at > 1:
            return name[:at]
    for suffix in _suffixes().suffixes:
        if name.endswith(suffix) and len(name) - len(suffix) > 1:
            return name[: -len(suffix)]
    return name


def candidates(name: str) -> list[PlaceEntry]:
    """All places that a text may mean by ``name``, in any of our languages; empty if none."""
    return [*english_places().get(name, ()), *chinese_places().get(name, ())]
