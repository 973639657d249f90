"""The ledger: what reports claim, when it was learned, and what people decided about it.

Everything is appended and nothing changed. ``as_of`` is a day (its end, UTC) or a time; a question
asked as of then gives what the ledger said then, whatever was recorded since.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, insert, select, update

from nameplate.ledger import (
    adding,
    appending,
    bearing,
    copies,
    entity_cache,
    filling,
    lookup,
    name_index,
    neighbours,
    queries,
    resolution,
    rows,
    verdicts,
    verification,
    wording,
)
from nameplate.ledger.adding import Addition
from nameplate.ledger.database import open_database, reading, writing
from nameplate.ledger.instants import after, end_of
from nameplate.ledger.linking import Linker
from nameplate.ledger.monitors import Monitors
from nameplate.ledger.neighbours import Neighbours
from nameplate.ledger.pages import Pages
from nameplate.ledger.records import Added, ClaimFilter, Filed, Problem
from nameplate.ledger.search import Hits, Search, search
from nameplate.ledger.tables import (
    documents,
    failures,
    judgements,
    originals,
    runs,
    tallies,
)
from nameplate.model import Claim, Document, Entity, Entry, Failure, Judgement
from nameplate.target import Target


class Ledger:
    """One ledger, open. Use it as a context manager; it may be shared by threads."""

    def __init__(self, engine: Engine, clock: Callable[[], str]) -> None:
        self._engine = engine
        self._clock = clock
        self.pages = Pages(engine)
        self.monitors = Monitors(engine, self._writing)

    @classmethod
    def open(
        cls,
        target: str | Path | Target,
        *,
        create: bool = True,
        clock: Callable[[], str],
        patience: float = 30.0,
    ) -> Self:
        """Open the ledger at ``target``, and make it if there is none and ``create``.

        ``target`` is a file, or the address of a PostgreSQL database. ``clock`` gives the present as
        ISO 8601 (UTC); ``patience`` is how many seconds to wait for another writer. Raises
        `LedgerError` for what cannot serve as a ledger.
        """
        return cls(open_database(target, create=create, patience=patience), clock)

    def close(self) -> None:
        """Let go of the file or the server."""
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
        self,
        document: Document,
        found: Iterable[Claim],
        original: bytes | None = None,
        *,
        linker: Linker | None = None,
    ) -> Added:
        """Append a document with its claims, and the bytes it was read from, all or nothing.

        The same words from the same source change nothing. Other words from the same source (its
        address, or its id if it has none) are a new version; the old one stays. With a ``linker``
        entities that were up to date stay so, in the same transaction.
        Raises `LedgerError` for a claim whose quote is not what the text says at its place.
        """
        with self._writing() as (connection, now):
            return adding.add(connection, now, Addition(document, tuple(found), original), linker)

    def add_many(self, additions: Iterable[Addition]) -> list[Added]:
        """Append many documents in one transaction, all or nothing; entities go stale.

        For filling a ledger: several times as fast as one by one, and the same in the end.
        """
        with self._writing() as (connection, first):
            return filling.add_many(connection, self._clock, first, additions)

    def add_again(
        self,
        document: Document,
        found: Iterable[Claim],
        extractor: str,
        *,
        linker: Linker | None = None,
    ) -> Added:
        """Take the claims of a document anew, as a better ``extractor`` ("nameplate 0.2") finds them.

        Nothing is lost: new claims are appended; what is not found any more is kept and judged as
        rejected by the extractor; what it finds again has that judgement undone. What people judged
        stands. A document that is not there yet is added.
        """
        with self._writing() as (connection, now):
            addition = Addition(document, tuple(found), None)
            return adding.add_again(connection, now, addition, extractor, linker)

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
            return queries.entries(connection, wanted or ClaimFilter(), _end(as_of))

    # Judgements

    def search(
        self, wanted: Search, *, start: int = 0, size: int = 20, as_of: str | None = None
    ) -> Hits:
        """Reports whose words are all that is asked for, best first; see `keep_words`.

        Raises `UsageError` for a query without a word.
        """
        with reading(self._engine) as connection:
            return search(connection, wanted, start, size, as_of)

    def keep_words(
        self, told: wording.Told = lambda _done, _of: None, seconds: float = float("inf")
    ) -> tuple[int, int]:
        """Take up the words of reports that `search` would not find yet: how many are kept, of all.

        Reports that come one by one are taken up at once; those of a ledger made by an older version,
        of a large load or a copy are not. What is done stays if this is broken off, or after ``seconds``.
        """
        return wording.catch_up(self._engine, told, seconds)

    def judge(self, judgement: Judgement, *, linker: Linker | None = None) -> Judgement:
        """Append a judgement and give it back with the time of record, which its key depends on.

        A claim or an earlier judgement may be named by the beginning of its key; `UsageError` if
        there is none, or if a claim cannot be corrected so. With a ``linker`` entities that were up
        to date stay so.
        """
        with self._writing() as (connection, now):
            fresh = linker is not None and entity_cache.fresh(connection, linker.rules)
            kept = rows.as_kept(verdicts.checked(connection, judgement), now)
            connection.execute(insert(judgements), rows.judgement_row(kept))
            if linker is not None and fresh:
                bearing.refresh(connection, linker, kept, now)
            else:
                bearing.names_of(connection, kept, now)
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

    # Entities: worked out by the rules of the caller, kept here

    def rebuild_entities(self, linker: Linker) -> list[Entity]:
        """Work out all entities and keep them, unless something was added meanwhile.

        Readers and writers go on while they are worked out; only writing them down holds the
        ledger.
        """
        with reading(self._engine) as connection:
            before = entity_cache.stamp(connection, linker.rules)
            whole = resolution.everything(connection, linker)
        with self._writing() as (connection, _):
            if entity_cache.stamp(connection, linker.rules) == before:
                resolution.keep(connection, linker, whole)
        return in_order(entity for _, entity in whole.entities)

    def entities_as_of(self, linker: Linker, as_of: str) -> list[Entity]:
        """All entities as they would have been worked out then."""
        with reading(self._engine) as connection:
            whole = resolution.everything(connection, linker, end_of(as_of))
        return in_order(entity for _, entity in whole.entities)

    def stamp(self) -> str:
        """Changes when a document or a judgement is appended: what was derived holds until then."""
        with reading(self._engine) as connection:
            return entity_cache.stamp(connection, "")

    def cached_entities(self, rules: str) -> list[Entity] | None:
        """The entities as kept, or None if claims, judgements or the rules have changed since."""
        with reading(self._engine) as connection:
            return entity_cache.read(connection, rules)

    def is_resolved(self, rules: str) -> bool:
        """Whether the entities are kept and up to date."""
        with reading(self._engine) as connection:
            return entity_cache.fresh(connection, rules)

    def entities_like(self, query: str) -> list[Entity]:
        """Kept entities of which a name, or the id, is like the query, in no order of likeness."""
        with reading(self._engine) as connection:
            return lookup.entities_like(connection, query)

    def view(self, entity_id: str) -> tuple[Entity, list[Entry], list[Entry]] | None:
        """A kept entity with its own entries, and the relations of others that name it."""
        with reading(self._engine) as connection:
            return lookup.view(connection, entity_id)

    def view_as_of(
        self, entity_id: str, linker: Linker, as_of: str
    ) -> tuple[Entity, list[Entry], list[Entry]] | None:
        """As `view`, of what was known then: the entity that held most of its claims."""
        with reading(self._engine) as connection:
            return lookup.view_as_of(connection, entity_id, linker, end_of(as_of))

    def neighbours(self, documents: Collection[str], linker: Linker) -> Neighbours:
        """Kept entities that documents (by key) speak of, and all that may be one with them."""
        with reading(self._engine) as connection:
            return neighbours.around(connection, documents, linker)

    def drop_caches(self) -> None:
        """Forget all that can be worked out again; the next question does so."""
        with self._writing() as (connection, _):
            entity_cache.drop(connection)
            entity_cache.drop_links(connection)
            name_index.rebuild(connection)
            copies.rebuild(connection)
            connection.execute(tallies.delete())
            wording.forget(connection)

    # Integrity

    def verify(self) -> list[Problem]:
        """Check every page, reference, key, digest and quote; an empty list: all is well."""
        with reading(self._engine) as connection:
            return list(verification.problems(connection))

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, str]]:
        with writing(self._engine) as connection:
            yield connection, after(self._clock(), appending.last_recorded(connection))


def in_order(found: Iterable[Entity]) -> list[Entity]:
    """Those of most claims first."""
    return sorted(found, key=lambda entity: (-len(entity.claims), entity.name, entity.id))


def _end(as_of: str | None) -> str | None:
    return None if as_of is None else end_of(as_of)
