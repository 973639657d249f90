"""What may be one with the things that a few reports speak of: to weigh those, and not the whole ledger.

Two things are near if they share a name's key (`nameplate.ledger.linking`), or the very value of a
measure that marks a thing. Keys and values that very many share mark nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, select

from nameplate.find.spelling import spell
from nameplate.ledger import entity_cache, linking, queries
from nameplate.ledger.linking import Linker
from nameplate.ledger.tables import claims, entity_claims, link_keys
from nameplate.model import Entity, Entry

_CHUNK = 5_000
_MARKS = ("investment", "capacity")
_CROWD = 100


class Neighbours(NamedTuple):
    """The ids of the things that the reports speak of; those and all near them, with their entries."""

    touched: frozenset[str]
    entities: list[Entity]
    entries: list[Entry]


def around(connection: Connection, documents: Collection[str], linker: Linker) -> Neighbours:
    """Kept entities around the claims of these documents (their keys)."""
    touched = _spoken_of(connection, documents)
    own = [entity for _, entity in entity_cache.by_id(connection, touched)]
    near = {*touched, *_of_one_value(connection, own), *_of_one_key(connection, own, linker)}
    entities = [entity for _, entity in entity_cache.by_id(connection, near)]
    entries = {
        e.key: e for e in queries.entries_of(connection, {k for e in entities for k in e.claims})
    }
    names = {spell(name) for e in entities for name in (e.name, *(n for n, _ in e.names))}
    entries |= {e.key: e for e in queries.entries_about(connection, names)}
    return Neighbours(frozenset(touched), entities, list(entries.values()))


def _spoken_of(connection: Connection, documents: Iterable[str]) -> set[str]:
    query = select(entity_claims.c.entity_id).join(
        claims, claims.c.key == entity_claims.c.claim_key
    )
    return {
        found
        for few in _chunks(documents)
        for found in connection.execute(query.where(claims.c.document_key.in_(few))).scalars()
    }  # fmt: skip


def _of_one_value(connection: Connection, own: Iterable[Entity]) -> Iterator[str]:
    said = select(claims.c.measure, claims.c.value)
    marks = {
        (measure, value)
        for few in _chunks(key for entity in own for key in entity.claims)
        for measure, value in connection.execute(said.where(claims.c.key.in_(few)))
        if measure in _MARKS and value is not None
    }
    query = select(entity_claims.c.entity_id).distinct()
    query = query.join(claims, claims.c.key == entity_claims.c.claim_key)
    for measure, value in sorted(marks):
        same = (claims.c.measure == measure) & (claims.c.value == value)
        found = connection.execute(query.where(same).limit(_CROWD + 1)).scalars().all()
        yield from found if len(found) <= _CROWD else ()


def _of_one_key(connection: Connection, own: Iterable[Entity], linker: Linker) -> Iterator[str]:
    keys = {
        key
        for entity in own
        for name, _ in entity.names
        for key in linker.keys({(name, entity.kind)})[0]
    }
    query = select(link_keys.c.spelling_id).where(link_keys.c.own == 1).limit(_CROWD + 1)
    numbers: set[int] = set()
    for key in sorted(keys):
        found = connection.execute(query.where(link_keys.c.key == key)).scalars().all()
        numbers.update(found if len(found) <= _CROWD else ())
    placed = linking.components_of(connection, numbers).values()
    yield from entity_cache.in_components(connection, {c for c in placed if c is not None})


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    listed = sorted(set(values))
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]
