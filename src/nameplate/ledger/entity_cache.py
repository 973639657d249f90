"""Entities as last worked out, with the stamp of the ledger that they were worked out from."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from nameplate.ledger.tables import (
    cache_states,
    documents,
    entities,
    entity_changes,
    entity_claims,
    extractions,
    judgements,
    link_keys,
    spellings,
)
from nameplate.model import Entity, to_json

T = TypeVar("T")

_CACHE = "entities"
_CHUNK = 5_000
_PORTION = 20_000

Placed = tuple[int | None, Entity]
"""An entity with the component that its names are in."""


def replace(connection: Connection, found: Iterable[Placed], kept_stamp: str) -> None:
    """Forget the old ones and keep these, worked out from the ledger with this stamp."""
    drop(connection)
    _insert(connection, found)
    _note(connection, [None])
    mark(connection, kept_stamp)


def put(connection: Connection, gone: Iterable[int], found: Iterable[Placed]) -> None:
    """Put these in the place of those of the components that are gone."""
    placed = list(found)
    changed = {entity.id for _, entity in placed}
    changed.update(in_components(connection, gone))
    _note(connection, sorted(changed))
    for numbers in _portions(sorted(gone), _CHUNK):
        old = select(entities.c.id).where(entities.c.component.in_(numbers)).scalar_subquery()
        connection.execute(delete(entity_claims).where(entity_claims.c.entity_id.in_(old)))
        connection.execute(delete(entities).where(entities.c.component.in_(numbers)))
    _insert(connection, placed)


def _note(connection: Connection, ids: Iterable[str | None]) -> None:
    """Log what was worked out again; once all was, what was logged before says nothing more."""
    last = connection.execute(select(func.max(entity_changes.c.seq))).scalar() or 0
    token = secrets.token_hex(8)
    made = [{"seq": n, "entity_id": id, "token": token} for n, id in enumerate(ids, last + 1)]
    if made:
        connection.execute(insert(entity_changes), made)
    if made and made[0]["entity_id"] is None:
        connection.execute(delete(entity_changes).where(entity_changes.c.seq <= last))


def _insert(connection: Connection, found: Iterable[Placed]) -> None:
    for portion in _portions(list(found), _PORTION):
        made = [
            {
                "id": e.id, "component": component, "rank": len(e.claims), "name": e.name,
                "body": to_json(e).decode(),
            }
            for component, e in portion
        ]  # fmt: skip
        connection.execute(insert(entities), made)
        links = [{"claim_key": key, "entity_id": e.id} for _, e in portion for key in e.claims]
        if links:
            connection.execute(insert(entity_claims), links)


def read(connection: Connection, rules: str) -> list[Entity] | None:
    """All entities, those of most claims first, or None if they are stale or were never kept."""
    if not fresh(connection, rules):
        return None
    ordered = select(entities.c.body).order_by(
        entities.c.rank.desc(), entities.c.name, entities.c.id
    )
    decoder = msgspec.json.Decoder(Entity)
    return [decoder.decode(body) for body in connection.execute(ordered).scalars()]


def by_id(connection: Connection, ids: Iterable[str]) -> list[Placed]:
    """The entities with these ids, those of most claims first."""
    decoder = msgspec.json.Decoder(Entity)
    found: list[Placed] = []
    for portion in _portions(sorted(set(ids)), _CHUNK):
        query = select(entities.c.component, entities.c.body).where(entities.c.id.in_(portion))
        found += [(row.component, decoder.decode(row.body)) for row in connection.execute(query)]
    return sorted(found, key=lambda placed: (-len(placed[1].claims), placed[1].name, placed[1].id))


def in_components(connection: Connection, components: Iterable[int]) -> list[str]:
    """The ids of all entities of the components."""
    found: list[str] = []
    for portion in _portions(sorted(set(components)), _CHUNK):
        query = select(entities.c.id).where(entities.c.component.in_(portion))
        found += connection.execute(query).scalars()
    return found


def drop(connection: Connection) -> None:
    """Forget them."""
    connection.execute(entity_claims.delete())
    connection.execute(entities.delete())
    connection.execute(cache_states.delete().where(cache_states.c.cache == _CACHE))


def drop_links(connection: Connection) -> None:
    """Forget which spellings belong together."""
    connection.execute(link_keys.delete())
    connection.execute(spellings.update().values(component=None))


def mark(connection: Connection, kept_stamp: str) -> None:
    """Note what the entities are worked out from."""
    connection.execute(cache_states.delete().where(cache_states.c.cache == _CACHE))
    connection.execute(insert(cache_states), {"cache": _CACHE, "stamp": kept_stamp})


def fresh(connection: Connection, rules: str) -> bool:
    """Whether they are worked out from the ledger as it is, by these rules."""
    query = select(cache_states.c.stamp).where(cache_states.c.cache == _CACHE)
    return connection.execute(query).scalar_one_or_none() == stamp(connection, rules)


def stamp(connection: Connection, rules: str) -> str:
    """Changes whenever a document, claim or judgement is appended, or the rules are others."""
    newest = [
        connection.execute(select(func.max(t.c.seq))).scalar() or 0
        for t in (documents, judgements, extractions)
    ]
    return "|".join([rules, *map(str, newest)])


def _portions(values: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
