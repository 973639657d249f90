"""What may be one with the things that a few reports speak of: to weigh those, and not the whole ledger.

Two things are near if they share a name's key (`nameplate.ledger.linking`), or the very value of a
measure that marks a thing. Keys and values that very many share mark nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, select

from nameplate.find.spelling import spell
from nameplate.ledger import entity_cache, linking, name_index, queries
from nameplate.ledger.linking import Linker
from nameplate.ledger.tables import claims, entity_claims, link_keys, subjects
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
    near = {
        *touched,
        *_of_one_value(connection, touched),
        *_of_one_key(connection, touched, linker),
    }
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


def _of_one_value(connection: Connection, ids: Iterable[str]) -> Iterator[str]:
    said = select(claims.c.measure, claims.c.value).distinct()
    said = said.join(entity_claims, entity_claims.c.claim_key == claims.c.key)
    said = said.where(claims.c.measure.in_(_MARKS), claims.c.value.is_not(None))
    query = select(entity_claims.c.entity_id).distinct()
    query = query.join(claims, claims.c.key == entity_claims.c.claim_key)
    for few in _chunks(ids):
        for measure, value in connection.execute(said.where(entity_claims.c.entity_id.in_(few))):
            same = (claims.c.measure == measure) & (claims.c.value == value)
            found = connection.execute(query.where(same).limit(_CROWD + 1)).scalars().all()
            yield from found if len(found) <= _CROWD else ()


def _of_one_key(connection: Connection, ids: Iterable[str], linker: Linker) -> Iterator[str]:
    query = select(link_keys.c.spelling_id).where(link_keys.c.own == 1).limit(_CROWD + 1)
    numbers: set[int] = set()
    for key in sorted(_keys(connection, ids, linker)):
        found = connection.execute(query.where(link_keys.c.key == key)).scalars().all()
        numbers.update(found if len(found) <= _CROWD else ())
    placed = linking.components_of(connection, numbers).values()
    yield from entity_cache.in_components(connection, {c for c in placed if c is not None})


def _keys(connection: Connection, ids: Iterable[str], linker: Linker) -> set[str]:
    query = (
        select(subjects.c.spelling_id).distinct().join(claims, claims.c.subject == subjects.c.name)
    )
    query = query.join(entity_claims, entity_claims.c.claim_key == claims.c.key)
    numbers = {
        number
        for few in _chunks(ids)
        for number in connection.execute(query.where(entity_claims.c.entity_id.in_(few))).scalars()
    }  # fmt: skip
    known = name_index.variants_of(connection, numbers).values()
    return {key for variants in known for key in linker.keys(variants)[0]}


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    listed = sorted(set(values))
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]
