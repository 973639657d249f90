"""The ledger: what reports claim, when it was learned, and what people decided about it.

Everything is appended and nothing changed. ``as_of`` is a day (its end, UTC) or a time; a question
asked as of then gives what the ledger said then, whatever was recorded since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from sqlalchemy import Connection, Engine, func, insert, select, update

from nameplate.errors import LedgerError
from nameplate.ledger import entity_cache, queries, rows, verification
from nameplate.ledger.database import open_database, reading, writing
from nameplate.ledger.instants import after, end_of
from nameplate.ledger.records import Added, ClaimFilter, Filed, Problem, spans
from nameplate.ledger.tables import (
    claims,
    documents,
    failures,
    judgements,
    originals,
    runs,
    subjects,
)
from nameplate.model import Claim, Document, Entity, Entry, Failure, Judgement


class Ledger:
    """One ledger, open. Use it as a context manager; it may be shared by threads."""

    def __init__(self, engine: Engine, clock: Callable[[], str]) -> None:
        self._engine = engine
        self._clock = clock

    @classmethod
    def open(
        cls,
        target: str | Path,
        *,
        create: bool = True,
        clock: Callable[[], str],
        patience: float = 30.0,
    ) -> Self:
        """Open the ledger in the file ``target``, and make it if there is none and ``create``.

        ``clock`` gives the present as ISO 8601 (UTC); ``patience`` is how many seconds to wait for
        another writer. Raises `LedgerError` for a file that cannot serve as a ledger.
        """
        return cls(open_database(target, create=create, patience=patience), clock)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Documents and their claims

    def add(
        self, document: Document, found: Iterable[Claim], original: bytes | None = None
    ) -> Added:
        """Append a document with its claims, and the bytes it was read from, all or nothing.

        The same words from the same source change nothing. Other words from the same source (its
        address, or its id if it has none) are a new version; the old one stays.
        Raises `LedgerError` for a claim whose quote is not what the text says at its place.
        """
        keyed = _keyed(document, found)
        packed = None if original is None else rows.original_row(original)
        if packed is not None and document.digest is None:
            document = msgspec.structs.replace(document, digest=packed["digest"])
        with self._writing() as (connection, now):
            key = document.key
            if _holds(connection, documents.c.key, key):
                return Added(status="same", document_key=key)
            previous = _newest(connection, document)
            _append(connection, document, previous, now)
            _append_claims(connection, keyed, key, now)
            if packed is not None and not _holds(connection, originals.c.digest, packed["digest"]):
                connection.execute(insert(originals), packed)
        if previous is None:
            return Added(status="new", document_key=key, claims=len(keyed))
        before, _ = previous
        return Added(status="version", document_key=key, claims=len(keyed), previous=before)

    def documents(self, as_of: str | None = None, *, versions: bool = False) -> list[Filed]:
        """The filing cards of all documents, in the order of record; superseded ones on demand."""
        with reading(self._engine) as connection:
            query = queries.filed(_end(as_of), versions=versions)
            return [rows.filed_of(row) for row in connection.execute(query)]

    def versions(self, name: str, as_of: str | None = None) -> list[Filed]:
        """All versions of the document called ``name`` (key, id or address), oldest first."""
        with reading(self._engine) as connection:
            key = queries.find_document(connection, name, _end(as_of))
            source = select(documents.c.source).where(documents.c.key == key).scalar_subquery()
            query = queries.filed(_end(as_of), versions=True).where(documents.c.source == source)
            return [rows.filed_of(row) for row in connection.execute(query)]

    def filed(self, name: str, as_of: str | None = None) -> Filed:
        """The filing card of the document called ``name``: the newest version, or that of a key."""
        with reading(self._engine) as connection:
            key = queries.find_document(connection, name, _end(as_of))
            query = queries.filed(_end(as_of), versions=True).where(documents.c.key == key)
            return rows.filed_of(connection.execute(query).one())

    def document(self, name: str, as_of: str | None = None) -> Document:
        """The document called ``name`` with its text; raises `UsageError` if there is not one."""
        with reading(self._engine) as connection:
            key = queries.find_document(connection, name, _end(as_of))
            row = connection.execute(select(documents).where(documents.c.key == key)).one()
            return rows.document_of(row)

    def original(self, digest: str) -> bytes | None:
        """The bytes with this SHA-256 as they came, if they were kept."""
        with reading(self._engine) as connection:
            query = select(originals.c.packed).where(originals.c.digest == digest)
            packed = connection.execute(query).scalar_one_or_none()
            return None if packed is None else rows.unpacked(packed)

    def entries(self, wanted: ClaimFilter | None = None, as_of: str | None = None) -> list[Entry]:
        """The claims asked for, in the order of record and then of the text."""
        with reading(self._engine) as connection:
            found = queries.entries(connection, wanted or ClaimFilter(), _end(as_of))
            return [rows.entry_of(row) for row in found]

    # Judgements

    def judge(self, judgement: Judgement) -> Judgement:
        """Append a judgement and give it back with the time of record, which its key depends on."""
        with self._writing() as (connection, now):
            kept = rows.as_kept(judgement, now)
            connection.execute(insert(judgements), rows.judgement_row(kept))
        return kept

    def judgements(self, as_of: str | None = None) -> list[Judgement]:
        """All judgements, the oldest first; an undone one is followed by the one that undoes it."""
        query = select(judgements).order_by(judgements.c.seq)
        if as_of is not None:
            query = query.where(judgements.c.recorded <= end_of(as_of))
        with reading(self._engine) as connection:
            return [rows.judgement_of(row) for row in connection.execute(query)]

    # Runs and failures

    def begin_run(self, command: str) -> int:
        """Note that a batch begins; its failures carry the number given back."""
        with self._writing() as (connection, now):
            row = {"command": command, "recorded": now, "added": 0, "failed": 0}
            made = connection.execute(insert(runs).returning(runs.c.id), row)
            return int(made.scalar_one())

    def end_run(self, run: int, *, added: int, failed: int) -> None:
        """Note that a batch is done; one without this note was broken off."""
        with self._writing() as (connection, now):
            done = update(runs).where(runs.c.id == run)
            connection.execute(done.values(finished=now, added=added, failed=failed))

    def record_failure(self, failure: Failure, run: int | None = None) -> None:
        """Keep what went wrong with a document, so that it can be looked at and tried again."""
        with self._writing() as (connection, now):
            fields: dict[str, Any] = {n: getattr(failure, n) for n in Failure.__struct_fields__}
            connection.execute(insert(failures), fields | {"run": run, "recorded": now})

    def failures(self, run: int | None = None) -> list[Failure]:
        """All failures, or those of one run, the oldest first."""
        query = select(failures).order_by(failures.c.seq)
        if run is not None:
            query = query.where(failures.c.run == run)
        with reading(self._engine) as connection:
            found = connection.execute(query).all()
        return [Failure(where=r.where, problem=r.problem, remedy=r.remedy) for r in found]

    # Entities: worked out by the caller, kept here until something is added

    def cache_entities(self, entities: Iterable[Entity], rules: str = "") -> None:
        """Keep the entities that this version of the ``rules`` makes of the ledger as it is."""
        with self._writing() as (connection, _):
            entity_cache.replace(connection, entities, rules)

    def stamp(self) -> str:
        """Changes when a document or a judgement is appended: what was derived holds until then."""
        with reading(self._engine) as connection:
            return entity_cache.stamp(connection, "")

    def cached_entities(self, rules: str = "") -> list[Entity] | None:
        """The entities as kept, or None if claims, judgements or the rules have changed since."""
        with reading(self._engine) as connection:
            return entity_cache.read(connection, rules)

    def drop_caches(self) -> None:
        """Forget all that can be worked out again; the next question does so."""
        with self._writing() as (connection, _):
            entity_cache.drop(connection)
            connection.execute(subjects.delete())
            first = select(claims.c.subject, func.min(claims.c.recorded)).group_by(claims.c.subject)
            made = [rows.subject_row(name, when) for name, when in connection.execute(first)]
            if made:
                connection.execute(insert(subjects), made)

    # Integrity

    def verify(self) -> list[Problem]:
        """Check every page, reference, key, digest and quote; an empty list: all is well."""
        with reading(self._engine) as connection:
            return list(verification.problems(connection))

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, str]]:
        with writing(self._engine) as connection:
            yield connection, after(self._clock(), _last_recorded(connection))


def _end(as_of: str | None) -> str | None:
    return None if as_of is None else end_of(as_of)


def _keyed(document: Document, found: Iterable[Claim]) -> dict[str, Claim]:
    keyed: dict[str, Claim] = {}
    for claim in found:
        for start, end, quote in spans(claim):
            if document.text[start:end] != quote:
                raise LedgerError(
                    f"the text does not say {quote[:80]!r} at {start}-{end}",
                    where=document.address or document.id,
                    remedy="Extract its claims again from this very text.",
                )
        keyed.setdefault(claim.key(document.key), claim)
    return keyed


def _holds(connection: Connection, column: Any, value: str) -> bool:
    return connection.execute(select(column).where(column == value)).first() is not None


def _newest(connection: Connection, document: Document) -> tuple[str, int] | None:
    """Key and number of the newest version from the document's source."""
    source = document.address or document.id
    found = connection.execute(
        select(documents.c.key, documents.c.version)
        .where(documents.c.source == source)
        .order_by(documents.c.version.desc())
    ).first()
    return None if found is None else (found.key, found.version)


def _append(
    connection: Connection, document: Document, previous: tuple[str, int] | None, now: str
) -> None:
    last = connection.execute(select(func.max(documents.c.seq))).scalar_one()
    before, version = previous or (None, 0)
    place = {"seq": (last or 0) + 1, "version": version + 1, "supersedes": before}
    connection.execute(insert(documents), rows.document_row(document, now) | place)


def _append_claims(
    connection: Connection, keyed: dict[str, Claim], document_key: str, now: str
) -> None:
    if not keyed:
        return
    made = [rows.claim_row(key, claim, document_key, now) for key, claim in keyed.items()]
    connection.execute(insert(claims), made)
    for name in sorted({claim.subject for claim in keyed.values()}):
        if not _holds(connection, subjects.c.name, name):
            connection.execute(insert(subjects), rows.subject_row(name, now))


def _last_recorded(connection: Connection) -> str | None:
    """The latest instant of record; each table is in the order of its running number."""
    instants = [
        connection.execute(select(t.c.recorded).order_by(t.c.seq.desc()).limit(1)).scalar()
        for t in (documents, judgements, failures)
    ]
    return max((i for i in instants if i is not None), default=None)
