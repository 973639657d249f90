"""Entities as last worked out, with the stamp of the ledger they were worked out from."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, func, insert, select

from nameplate.ledger.tables import documents, entities, entity_claims, judgements
from nameplate.model import Entity, to_json


def replace(connection: Connection, found: Iterable[Entity], rules: str) -> None:
    """Forget the old ones and keep these."""
    drop(connection)
    current = stamp(connection, rules)
    kept = list(found)
    if kept:
        made = [
            {"id": e.id, "seq": seq, "stamp": current, "body": to_json(e).decode()}
            for seq, e in enumerate(kept)
        ]
        connection.execute(insert(entities), made)
    links = [{"claim_key": key, "entity_id": e.id} for e in kept for key in e.claims]
    if links:
        connection.execute(insert(entity_claims), links)


def read(connection: Connection, rules: str) -> list[Entity] | None:
    """The entities in the order they were given, or None if they are stale or were never kept."""
    first = connection.execute(select(entities.c.stamp).limit(1)).scalar_one_or_none()
    if first != stamp(connection, rules):
        return None
    decoder = msgspec.json.Decoder(Entity)
    bodies = connection.execute(select(entities.c.body).order_by(entities.c.seq)).scalars()
    return [decoder.decode(body) for body in bodies]


def drop(connection: Connection) -> None:
    """Forget them."""
    connection.execute(entity_claims.delete())
    connection.execute(entities.delete())


def stamp(connection: Connection, rules: str) -> str:
    """Changes whenever a document or a judgement is appended, or the rules are others."""
    newest = [
        connection.execute(select(func.max(t.c.seq))).scalar() for t in (documents, judgements)
    ]
    return f"{rules}|{newest[0] or 0}|{newest[1] or 0}"
