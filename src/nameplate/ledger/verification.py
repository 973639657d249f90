"""Is the ledger whole? Every key, digest and quote is worked out again and compared."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator

from sqlalchemy import Connection, select

from nameplate.ledger import rows
from nameplate.ledger.records import Problem, spans
from nameplate.ledger.tables import claims, documents, judgements, originals


def problems(connection: Connection) -> Iterator[Problem]:
    """All that is wrong; nothing, if all is well."""
    yield from _pages(connection)
    for row in connection.execute(select(documents.c.key).order_by(documents.c.seq)).all():
        yield from _document(connection, row.key)
    yield from _originals(connection)
    for row in connection.execute(select(judgements)):
        if rows.judgement_of(row).key != row.key:
            yield Problem(table="judgements", key=row.key, problem="its key is not of its words")


def _pages(connection: Connection) -> Iterator[Problem]:
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check").all():
        if line != "ok":
            yield Problem(table="", key="", problem=str(line))
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        yield Problem(table=str(table), key=str(row), problem=f"its row of {parent} is missing")


def _document(connection: Connection, key: str) -> Iterator[Problem]:
    document = rows.document_of(
        connection.execute(select(documents).where(documents.c.key == key)).one()
    )
    if document.key != key:
        yield Problem(table="documents", key=key, problem="its key is not of its words")
    found = select(claims.c.key, claims.c.body).where(claims.c.document_key == key)
    for claim_key, body in connection.execute(found):
        claim = rows.claim_of(body)
        if claim.key(key) != claim_key:
            yield Problem(table="claims", key=claim_key, problem="its key is not of its words")
        for start, end, quote in spans(claim):
            if document.text[start:end] != quote:
                yield Problem(table="claims", key=claim_key, problem="the text does not say so")


def _originals(connection: Connection) -> Iterator[Problem]:
    for (digest,) in connection.execute(select(originals.c.digest)).all():
        query = select(originals.c.packed).where(originals.c.digest == digest)
        try:
            original = rows.unpacked(connection.execute(query).scalar_one())
        except zlib.error as error:
            yield Problem(table="originals", key=digest, problem=f"cannot be unpacked: {error}")
            continue
        if hashlib.sha256(original).hexdigest() != digest:
            yield Problem(table="originals", key=digest, problem="its digest is not of its bytes")
