"""Adding many documents: the same in the end as one by one, with few questions for many of them.

What is there already is asked once for a portion of documents; they are then gone through in their
order, so that versions, copies and names within the portion come out as if each had come alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Column, Connection, Table, func, select

from nameplate.ledger import appending, bulk, copies, name_index, rows, wording
from nameplate.ledger.adding import Addition
from nameplate.ledger.instants import after
from nameplate.ledger.name_index import Variant
from nameplate.ledger.records import Added
from nameplate.ledger.tables import claims, documents, originals
from nameplate.model import Claim, Document

T = TypeVar("T")

_PORTION = 1_000
_FEW = 1_000
"""Of fewer documents the words to search by are written at once, of more at the next search."""
_CHUNK = 5_000


def add_many(
    connection: Connection, clock: Callable[[], str], first: str, additions: Iterable[Addition]
) -> list[Added]:
    """Append the documents; ``first`` is the instant of record of the first, ``clock`` gives the others."""
    coming, now = iter(additions), first
    done: list[Added] = []
    said: list[wording.Said] = []
    while portion := list(islice(coming, _PORTION)):
        filling = _Filling(connection, [_Prepared(addition) for addition in portion])
        for one in filling.prepared:
            done.append(filling.add(one, now))
            if done[-1].status != "same":
                now = after(clock(), now)
        filling.write()
        said += filling.said if len(done) < _FEW else ()
    if len(done) < _FEW:
        wording.note(connection, said)
    return done


class _Prepared:
    """A document with its claims by key, checked, and the row of its original bytes."""

    def __init__(self, addition: Addition) -> None:
        self.claims: dict[str, Claim] = appending.keyed(addition.document, addition.claims)
        self.original = None if addition.original is None else rows.original_row(addition.original)
        document = addition.document
        if self.original is not None and document.digest is None:
            document = msgspec.structs.replace(document, digest=self.original["digest"])
        self.document: Document = document
        self.key = document.key
        self.source = document.address or document.id
        self.likeness = copies.Likeness.of(document.text)


class _Filling:
    """One portion: what the ledger holds of it, and the rows to be written."""

    def __init__(self, connection: Connection, prepared: Sequence[_Prepared]) -> None:
        self.prepared = prepared
        self._connection = connection
        self._there = self._held(documents.c.key, (p.key for p in prepared))
        self._newest = self._versions({p.source for p in prepared})
        digests = (p.original["digest"] for p in prepared if p.original is not None)
        self._originals = self._held(originals.c.digest, digests)
        self._last = connection.execute(select(func.max(documents.c.seq))).scalar_one() or 0
        fresh = [p for p in prepared if p.key not in self._there]
        self._copies = copies.Portion(connection, {p.key: p.likeness for p in fresh})
        self._names: dict[Variant, str] = {}
        self.said: list[wording.Said] = []
        self._rows: dict[Table, list[Sequence[Any]]] = {documents: [], originals: [], claims: []}

    def add(self, one: _Prepared, now: str) -> Added:
        """Take the document up, unless its very words are there."""
        if one.key in self._there:
            return Added(status="same", document_key=one.key)
        self._there.add(one.key)
        previous, version = self._newest.get(one.source, (None, 0))
        self._newest[one.source] = (one.key, version + 1)
        self._last += 1
        place = {"seq": self._last, "version": version + 1, "supersedes": previous}
        self._keep(documents, rows.document_row(one.document, now) | place)
        self._copies.note(one.key)
        self.said.append((self._last, one.document.title, one.document.text))
        for key, claim in one.claims.items():
            self._keep(claims, rows.claim_row(key, claim, one.key, now))
            self._names.setdefault((claim.subject, claim.subject_kind or ""), now)
        if one.original is not None and one.original["digest"] not in self._originals:
            self._originals.add(one.original["digest"])
            self._keep(originals, one.original)
        count = len(one.claims)
        if previous is None:
            return Added(status="new", document_key=one.key, claims=count)
        return Added(status="version", document_key=one.key, claims=count, previous=previous)

    def write(self) -> None:
        """Write all that was taken up, but for the words to search by."""
        for table, found in self._rows.items():
            if found:
                bulk.write(self._connection, table, found)
        self._copies.write()
        name_index.note_at(self._connection, self._names)

    def _keep(self, table: Table, row: dict[str, Any]) -> None:
        self._rows[table].append(_in_order(table)(row))

    def _held(self, column: Column[Any], wanted: Iterable[str]) -> set[str]:
        return {
            value
            for chunk in _chunks(set(wanted))
            for value in self._connection.execute(
                select(column).where(bulk.among(self._connection, column, chunk))
            ).scalars()
        }

    def _versions(self, sources: set[str]) -> dict[str, tuple[str | None, int]]:
        query = select(documents.c.source, documents.c.key, documents.c.version)
        return {
            row.source: (row.key, row.version)
            for chunk in _chunks(sources)
            for row in self._connection.execute(
                query.where(bulk.among(self._connection, documents.c.source, chunk)).order_by(
                    documents.c.version
                )
            )
        }


@cache
def _in_order(table: Table) -> itemgetter[Any]:
    """The values of a row in the order of the table's columns."""
    return itemgetter(*(column.name for column in table.columns))


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    listed = sorted(values)
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]
