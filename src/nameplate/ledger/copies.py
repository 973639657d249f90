"""Reports that were there before: copies of one report are one source, whoever printed them.

A report is a copy of the first recorded one whose words are mostly its own; what came later never
changes that, so that an earlier day is told as it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from nameplate.find.stretches import alike, bands, stretches
from nameplate.ledger.tables import copies, documents, source_bands

_CROWD = 20
"""Reports that share a band and are read to see whether they are the same."""


def note(connection: Connection, key: str, text: str) -> None:
    """Take up a report that was just appended, and note of which other it is a copy."""
    own = stretches(text)
    numbers = sorted(set(bands(own)))
    if not numbers:
        return
    for other in _candidates(connection, numbers, key):
        held = connection.execute(select(documents.c.text).where(documents.c.key == other))
        if alike(own, stretches(held.scalar_one())):
            connection.execute(insert(copies), {"document_key": key, "origin": other})
            return  # the bands of the first lead to all its copies
    rows = [{"band": number, "document_key": key} for number in numbers]
    connection.execute(insert(source_bands), rows)


def _candidates(connection: Connection, numbers: Sequence[int], key: str) -> list[str]:
    query = (
        select(source_bands.c.document_key)
        .distinct()
        .join(documents, documents.c.key == source_bands.c.document_key)
        .where(source_bands.c.band.in_(numbers), documents.c.key != key)
        .order_by(documents.c.seq)
        .limit(_CROWD)
    )
    return list(connection.execute(query).scalars())


def rebuild(connection: Connection) -> None:
    """Find the copies among all documents again, in the order in which they were recorded."""
    connection.execute(copies.delete())
    connection.execute(source_bands.delete())
    for key in (
        connection.execute(select(documents.c.key).order_by(documents.c.seq)).scalars().all()
    ):
        text = connection.execute(select(documents.c.text).where(documents.c.key == key))
        note(connection, key, text.scalar_one())
