"""What adding a document does, inside a transaction that the ledger begins and ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, insert, select

from nameplate.ledger import appending, entity_cache, linking, resolution, rows
from nameplate.ledger.linking import Linker
from nameplate.ledger.records import Added
from nameplate.ledger.tables import claims, documents, originals
from nameplate.model import Claim, Document


class Addition(NamedTuple):
    """A document with the claims taken from it, and the bytes it was read from, if they are kept."""

    document: Document
    claims: Iterable[Claim]
    original: bytes | None = None


def add(connection: Connection, now: str, addition: Addition, linker: Linker | None) -> Added:
    """Append the document, unless its very words are there; see `nameplate.ledger.Ledger.add`."""
    keyed = appending.keyed(addition.document, addition.claims)
    original = None if addition.original is None else rows.original_row(addition.original)
    document = addition.document
    if original is not None and document.digest is None:
        document = msgspec.structs.replace(document, digest=original["digest"])
    key = document.key
    if appending.holds(connection, documents.c.key, key):
        return Added(status="same", document_key=key)
    fresh = linker is not None and entity_cache.fresh(connection, linker.rules)
    previous = appending.newest(connection, document)
    appending.append(connection, document, previous, now)
    appending.append_claims(connection, keyed, key, now)
    new, named = appending.note_names(connection, keyed.values(), now)
    if original is not None and not appending.holds(
        connection, originals.c.digest, original["digest"]
    ):
        connection.execute(insert(originals), original)
    if linker is not None and fresh:
        gone = set() if previous is None else _spelled_in(connection, previous[0])
        resolution.refresh(connection, linker, new, named | gone)
    if previous is None:
        return Added(status="new", document_key=key, claims=len(keyed))
    return Added(status="version", document_key=key, claims=len(keyed), previous=previous[0])


def add_again(
    connection: Connection, now: str, addition: Addition, extractor: str, linker: Linker | None
) -> Added:
    """Take its claims anew, or add it; see `nameplate.ledger.Ledger.add_again`."""
    key = addition.document.key
    if not appending.holds(connection, documents.c.key, key):
        return add(connection, now, addition, linker)
    keyed = appending.keyed(addition.document, addition.claims)
    fresh = linker is not None and entity_cache.fresh(connection, linker.rules)
    new, judged = appending.take_again(connection, key, keyed, extractor, now)
    if not new and not judged:
        return Added(status="same", document_key=key)
    names, named = appending.note_names(connection, (keyed[k] for k in new), now)
    if linker is not None and fresh:
        touched = named | linking.spelling_ids_of_claims(connection, judged)
        resolution.refresh(connection, linker, names, touched)
    gone = judged - keyed.keys()
    return Added(status="again", document_key=key, claims=len(new), rejected=len(gone))


def _spelled_in(connection: Connection, document_key: str) -> set[int]:
    """Spellings of the subjects of a document version that is now superseded."""
    keys = connection.execute(select(claims.c.key).where(claims.c.document_key == document_key))
    return linking.spelling_ids_of_claims(connection, keys.scalars())
