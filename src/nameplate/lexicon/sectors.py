"""Sectors of industry, and in which of them a field lies: ``data/sectors.toml``."""

from __future__ import annotations

from functools import cache

from nameplate.errors import LexiconError
from nameplate.lexicon.fields import fields, upwards
from nameplate.lexicon.load import Entry, no_duplicates, read_toml

_FILE = "sectors.toml"


class Sector(Entry, frozen=True, kw_only=True):
    """A sector: what it is called, and the widest fields that lie in it."""

    en: str
    zh: str
    fields: tuple[str, ...]


class _File(Entry, frozen=True, kw_only=True):
    sector: dict[str, Sector]


@cache
def sectors() -> dict[str, Sector]:
    """The sectors by key, in the order in which they are told."""
    found = read_toml(_FILE, _File).sector
    no_duplicates(_FILE, ((field, key) for key, one in found.items() for field in one.fields))
    for key, one in found.items():
        if unknown := set(one.fields) - set(fields()):
            raise LexiconError(
                f"sector {key!r} has {min(unknown)!r}, which is no field",
                where=f"data/{_FILE}",
                remedy="Name an id of data/fields.tsv.",
            )
    return found


@cache
def sectors_of(field: str) -> tuple[str, ...]:
    """The nearest sectors above a field; several if they are as near, none for mathematics."""
    above = upwards(field)
    steps = {
        key: min(above[one] for one in sector.fields if one in above)
        for key, sector in sectors().items()
        if not above.keys().isdisjoint(sector.fields)
    }
    nearest = min(steps.values(), default=0)
    return tuple(key for key, far in steps.items() if far == nearest)
