"""Reports that were there before: copies of one report are one source, whoever printed them.

A report is a copy of the first recorded one whose words are mostly its own; what came later never
changes that, so that an earlier day is told as it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from sqlalchemy import Connection, insert, select

from nameplate.find.stretches import alike, bands, stretches
from nameplate.ledger.tables import copies, documents, source_bands

_CROWD = 20
"""Reports under one band; a turn of phrase that more of them share tells none from another."""

_LEAST = 2
"""Bands that a copy shares at least; one may be shared by chance, or by a phrase."""

_TRIED = 3


def note(connection: Connection, key: str, text: str) -> None:
    """Take up a report that was just appended, and note of which other it is a copy."""
    own = stretches(text)
    held: dict[int, list[str]] = {band: [] for band in bands(own)}
    if not held:
        return
    held |= _held(connection, list(held))
    shared = Counter(other for others in held.values() for other in others if other != key)
    near = sorted((-count, other) for other, count in shared.items() if count >= _LEAST)
    for _, other in near[:_TRIED]:
        found = connection.execute(select(documents.c.text).where(documents.c.key == other))
        if alike(own, stretches(found.scalar_one())):
            connection.execute(insert(copies), {"document_key": key, "origin": other})
            return  # the bands of the first lead to all its copies
    rows = [{"band": b, "document_key": key} for b, others in held.items() if len(others) < _CROWD]
    if rows:
        connection.execute(insert(source_bands), rows)


def _held(connection: Connection, numbers: list[int]) -> dict[int, list[str]]:
    query = select(source_bands.c.band, source_bands.c.document_key)
    found: dict[int, list[str]] = defaultdict(list)
    for band, key in connection.execute(query.where(source_bands.c.band.in_(numbers))):
        found[band].append(key)
    return found


def rebuild(connection: Connection) -> None:
    """Find the copies among all documents again, in the order in which they were recorded."""
    connection.execute(copies.delete())
    connection.execute(source_bands.delete())
    for key in (
        connection.execute(select(documents.c.key).order_by(documents.c.seq)).scalars().all()
    ):
        text = connection.execute(select(documents.c.text).where(documents.c.key == key))
        note(connection, key, text.scalar_one())
