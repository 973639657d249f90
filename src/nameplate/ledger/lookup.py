"""One entity out of many, by the indexes: what a page or a command about one thing needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, select

from nameplate.find.spelling import spell
from nameplate.ledger import entity_cache, linking, name_index, queries, resolution
from nameplate.ledger.linking import Linker
from nameplate.ledger.tables import entities
from nameplate.model import Entity, Entry

View = tuple[Entity, list[Entry], list[Entry]]
_MOST = 2_000
"""Spellings like a query that are followed up; who asks for so little of a name gets these."""

_LEAST_OF_ID = 6


def entities_like(connection: Connection, query: str) -> list[Entity]:
    """Entities that may have a name like the query, or such an id.

    Those of the components of which a name holds every word of the query, or nearly so: no name that
    is like it is missing, and what else is there is for the caller to tell apart.
    """
    numbers = sorted(name_index.ids_like(connection, query))[:_MOST]
    placed = linking.components_of(connection, numbers).values()
    ids = set(entity_cache.in_components(connection, {c for c in placed if c is not None}))
    start = query.strip()
    if len(start) >= _LEAST_OF_ID:
        within = (entities.c.id >= start) & (entities.c.id < start + "g")
        ids.update(connection.execute(select(entities.c.id).where(within).limit(10)).scalars())
    return [entity for _, entity in entity_cache.by_id(connection, ids)]


def view(connection: Connection, entity_id: str) -> View | None:
    """The entity with its entries, and the relations in which others name it."""
    found = entity_cache.by_id(connection, [entity_id])
    if not found:
        return None
    _, entity = found[0]
    own = queries.entries_of(connection, entity.claims)
    return entity, own, _about(connection, entity, None)


def view_as_of(connection: Connection, entity_id: str, linker: Linker, as_of: str) -> View | None:
    """As it was known then: of the entities of its names, the one that had most of its claims."""
    found = entity_cache.by_id(connection, [entity_id])
    if not found:
        return None
    component, entity = found[0]
    known, entries = resolution.as_known(connection, linker, (component, entity_id), as_of)
    own = set(entity.claims)
    shared = Counter({e.id: len(own & set(e.claims)) for _, e in known})
    then = {e.id: e for _, e in known}
    best = max(then, key=lambda key: (shared[key], key == entity_id, key), default=None)
    if best is None or not shared[best]:
        return None
    keys = set(then[best].claims)
    return then[best], [e for e in entries if e.key in keys], _about(connection, then[best], as_of)


def _about(connection: Connection, entity: Entity, as_of: str | None) -> list[Entry]:
    names: Iterable[str] = (entity.name, *(name for name, _ in entity.names))
    return queries.entries_about(connection, {spell(name) for name in names}, as_of)
