"""Saved monitors and sent alerts; and what a monitor counts, read without making claims of it.

Like everything here they are appended: a monitor that is changed or withdrawn stays as it was for
whoever asks as of an earlier day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Engine,
    cast,
    func,
    insert,
    or_,
    select,
    type_coerce,
)

from nameplate.ledger import entity_cache, name_index, queries
from nameplate.ledger.database import reading
from nameplate.ledger.instants import end_of
from nameplate.ledger.tables import (
    claims,
    deliveries,
    documents,
    entity_claims,
    judgements,
    monitors,
    spellings,
    tallies,
)
from nameplate.ledger.verdicts import CLAIM_VERBS, verdicts
from nameplate.model import Entity, Entry, Record

RETURN = "application/vnd.nameplate.return"
"""The media type of returns."""

Writing = Callable[[], AbstractContextManager[tuple[Connection, str]]]
"""Opens a transaction that writes, with the instant of record."""

_CHUNK = 5_000


class Saved(Record, frozen=True, kw_only=True):
    """A monitor as it was saved: its TOML, by whom and when."""

    name: str
    body: str
    author: str
    recorded: str


class Delivery(Record, frozen=True, kw_only=True):
    """A try to send an alert (by key) to an address."""

    alert: str
    monitor: str
    address: str
    outcome: str
    problem: str = ""
    recorded: str = ""


class Filing(Record, frozen=True, kw_only=True):
    """A return: what it is called, its day, and its number in the order of record."""

    key: str
    id: str
    published: str | None
    title: str | None
    publisher: str | None
    place: int


class Wanted(Record, frozen=True, kw_only=True):
    """What is told of things: figures of these measures, milestones of these stages."""

    measures: frozenset[str]
    stages: frozenset[str]


class Monitors:
    """The monitors of an open ledger, and questions for them. ``as_of`` is a day or time, or none."""

    def __init__(self, engine: Engine, writing: Writing) -> None:
        self._engine, self._writing = engine, writing

    def save(self, name: str, body: str | None, author: str) -> None:
        """Append a monitor (TOML), or that it is withdrawn."""
        with self._writing() as (connection, now):
            save(connection, name, body, author, now)

    def saved(self, as_of: str | None = None) -> list[Saved]:
        """The monitors in force then, by name."""
        with reading(self._engine) as connection:
            return saved(connection, _end(as_of))

    def note(self, delivery: Delivery) -> None:
        """Append what came of a try to send an alert."""
        with self._writing() as (connection, now):
            note_delivery(connection, delivery, now)

    def deliveries(self) -> list[Delivery]:
        """All tries to send alerts, the oldest first."""
        with reading(self._engine) as connection:
            return delivered(connection)

    def returns(self, as_of: str | None = None) -> list[Filing]:
        """The returns known then, in the order of record."""
        with reading(self._engine) as connection:
            return returns(connection, _end(as_of))

    def told(
        self, keys: Collection[str], wanted: Wanted, as_of: str | None = None
    ) -> tuple[list[Any], list[Entry]]:
        """What these documents tell of things: as rows, and as entries where somebody judged."""
        with reading(self._engine) as connection:
            return told_in(connection, keys, wanted, _end(as_of))

    def tallies(self, keys: Collection[str], as_of: str | None = None) -> dict[str, str] | None:
        """What was kept of these returns by `keep_tally`, by key, as they were filed: judgements are
        not in it (`judged_in`). None if not all claims of now, or of then, are in it."""
        with reading(self._engine) as connection:
            return kept_tallies(connection, keys, _end(as_of))

    def filed(self, key: str, wanted: Wanted) -> list[Any]:
        """What a document tells of things as it was filed, whatever was judged of it since."""
        with reading(self._engine) as connection:
            filed = _told(connection, wanted, None).where(claims.c.document_key == key)
            return list(connection.execute(filed))

    def judged_in(
        self, keys: Collection[str], wanted: Wanted, as_of: str | None = None
    ) -> tuple[list[Any], set[str], list[Entry]]:
        """What these documents tell of the things of which somebody judged a claim: all rows as they
        were filed, the keys of those among them that a judgement in force is on, and the claims that
        stand instead."""
        with reading(self._engine) as connection:
            return judged_in(connection, keys, wanted, _end(as_of))

    def keep_tally(self, key: str, body: str) -> None:
        """Keep a return added up, for as long as its claims are what they are."""
        with self._writing() as (connection, _):
            keep_tally(connection, key, body)

    def are_apart(self, keys: Collection[str], names: int) -> bool:
        """Whether so many names of these documents are as many things."""
        with reading(self._engine) as connection:
            return count_things(connection, keys) == names

    def speaks_of(self, name: str) -> bool:
        """Whether any claim's subject was ever called so, in some spelling."""
        query = select(spellings.c.id).where(spellings.c.spelling == name_index.spelling_of(name))
        with reading(self._engine) as connection:
            return connection.execute(query).first() is not None

    def lying_in(self, spellings: Collection[str], as_of: str | None = None) -> list[Entry]:
        """The relations that place things in what has one of these spellings."""
        with reading(self._engine) as connection:
            found = queries.entries_about(connection, spellings, _end(as_of))
            return [e for e in found if e.claim.relation in ("located_in", "part_of")]

    def named(self, names: Collection[str], as_of: str | None = None) -> list[Entry]:
        """The claims whose subject is called by one of these very names."""
        with reading(self._engine) as connection:
            return queries.entries_named(connection, names, _end(as_of))

    def inside(self, documents: Collection[str], as_of: str | None = None) -> list[Entry]:
        """All claims of these documents (by key) that stand."""
        with reading(self._engine) as connection:
            return queries.entries_in(connection, documents, _end(as_of))

    def own(self, entity_id: str) -> tuple[Entity, list[Entry]] | None:
        """A kept entity with its own entries."""
        with reading(self._engine) as connection:
            found = entity_cache.by_id(connection, [entity_id])
            if not found:
                return None
            entity = found[0][1]
            return entity, queries.entries_of(connection, entity.claims)

    def entities_of(self, names: Collection[str]) -> dict[str, str]:
        """By a subject's name the entity that its claims are of."""
        with reading(self._engine) as connection:
            return entities_of(connection, names)


def save(connection: Connection, name: str, body: str | None, author: str, now: str) -> None:
    """Append a monitor, or that it is withdrawn."""
    connection.execute(
        insert(monitors), {"name": name, "body": body, "author": author, "recorded": now}
    )


def saved(connection: Connection, as_of: str | None) -> list[Saved]:
    """The monitors in force then, by name.

    One that was first saved later is there as it was first saved: it may be asked of an earlier day.
    """
    first: dict[str, Any] = {}
    then: dict[str, Any] = {}
    for row in connection.execute(select(monitors).order_by(monitors.c.seq)):
        if row.body is not None:
            first.setdefault(row.name, row)
        if as_of is None or row.recorded <= as_of:
            then[row.name] = row
    kept = (first | then).values()
    return [
        Saved(name=row.name, body=row.body, author=row.author, recorded=row.recorded)
        for row in sorted(kept, key=lambda row: str(row.name))
        if row.body is not None
    ]


def note_delivery(connection: Connection, delivery: Delivery, now: str) -> None:
    """Append what came of a try to send an alert."""
    fields = {name: getattr(delivery, name) for name in Delivery.__struct_fields__}
    connection.execute(insert(deliveries), fields | {"recorded": now})


def delivered(connection: Connection) -> list[Delivery]:
    """All tries, the oldest first."""
    found = connection.execute(select(deliveries).order_by(deliveries.c.seq))
    names = Delivery.__struct_fields__
    return [Delivery(**{name: getattr(row, name) for name in names}) for row in found]


# What is counted


def returns(connection: Connection, as_of: str | None) -> list[Filing]:
    """The returns known then, in the order of record."""
    d = documents.c
    query = (
        select(d.key, d.id, d.published, d.title, d.publisher, d.seq)
        .where(d.media_type == RETURN, queries.live(as_of))
        .order_by(d.seq)
    )
    return [
        Filing(
            key=r.key,
            id=r.id,
            published=r.published,
            title=r.title,
            publisher=r.publisher,
            place=r.seq,
        )
        for r in connection.execute(query)
    ]


def told_in(
    connection: Connection, keys: Collection[str], wanted: Wanted, as_of: str | None
) -> tuple[list[Any], list[Entry]]:
    """What these documents tell of things: as rows (`_told` has their columns), but for claims
    that somebody judged; those that stand come as entries."""
    listed = sorted(keys)
    judged = _judged(connection, claims.c.document_key.in_(listed))
    found: list[Any] = []
    for chunk in _chunks(listed):
        found += connection.execute(
            _told(connection, wanted, as_of).where(claims.c.document_key.in_(chunk))
        ).all()
    return _without(connection, found, judged, as_of)


def _without(
    connection: Connection, found: list[Any], judged: set[str], as_of: str | None
) -> tuple[list[Any], list[Entry]]:
    if not judged:
        return found, []
    standing = verdicts(connection, judged, as_of)
    found_then = queries.entries_of(connection, list(standing), as_of)
    entries = [e for e in found_then if e.verdict != "reject"]
    return [row for row in found if row.key not in standing], entries


def judged_in(
    connection: Connection, keys: Collection[str], wanted: Wanted, as_of: str | None
) -> tuple[list[Any], set[str], list[Entry]]:
    """The rows as filed of the things that were judged, the keys judged, and the entries that stand."""
    ours = claims.c.document_key.in_(sorted(keys))
    judged = _judged(connection, ours)
    standing = verdicts(connection, judged, as_of) if judged else {}
    if not standing:
        return [], set(), []
    found = queries.entries_of(connection, list(standing), as_of)
    entries = [e for e in found if e.verdict != "reject"]
    names = {e.claim.subject for e in entries}
    for chunk in _chunks(sorted(standing)):
        query = select(claims.c.subject).where(claims.c.key.in_(chunk))
        names |= set(connection.execute(query).scalars())
    filed: list[Any] = []
    for chunk in _chunks(sorted(names)):
        query = _told(connection, wanted, as_of).where(ours, claims.c.subject.in_(chunk))
        filed += connection.execute(query).all()
    return filed, set(standing), entries


def _judged(connection: Connection, which: ColumnElement[bool]) -> set[str]:
    query = (
        select(judgements.c.left)
        .join(claims, claims.c.key == judgements.c.left)
        .where(judgements.c.verb.in_(CLAIM_VERBS), which)
    )
    return set(connection.execute(query).scalars())


def _told(connection: Connection, wanted: Wanted, as_of: str | None) -> Any:
    columns = (
        func.coalesce(entity_claims.c.entity_id, claims.c.subject).label("thing"),
        claims.c.subject,
        claims.c.measure,
        claims.c.stage,
        claims.c.earliest,
        claims.c.latest,
        claims.c.when,
        claims.c.value,
        claims.c.unit,
        _field(connection, "item"),
        _field(connection, "scope"),
        claims.c.document_key,
        claims.c.key,
    )
    asked = or_(
        (claims.c.kind == "quantity") & claims.c.measure.in_(wanted.measures),
        (claims.c.kind == "milestone") & claims.c.stage.in_(wanted.stages),
    )
    query = (
        select(*columns)
        .outerjoin(entity_claims, entity_claims.c.claim_key == claims.c.key)
        .where(asked, func.coalesce(claims.c.modality, "actual") == "actual")
    )
    return query if as_of is None else query.where(claims.c.recorded <= as_of)


def _field(connection: Connection, name: str) -> ColumnElement[Any]:
    """A field of the claim that has no column of its own."""
    # SQLite takes text for JSON as it is; a cast would make a number of it.
    is_sqlite = connection.dialect.name == "sqlite"
    body: Any = type_coerce(claims.c.body, JSON) if is_sqlite else cast(claims.c.body, JSON)
    return body[name].as_string().label(name)  # type: ignore[no-any-return]


def kept_tallies(
    connection: Connection, keys: Collection[str], as_of: str | None
) -> dict[str, str] | None:
    """The bodies of the tallies of all these documents, if each still holds."""
    listed = sorted(keys)
    query = select(tallies).where(tallies.c.document_key.in_(listed))
    if as_of is not None:
        query = query.where(tallies.c.latest <= as_of)
    found = {row.document_key: row for row in connection.execute(query)}
    if len(found) != len(listed):
        return None
    counted = (
        select(claims.c.document_key, func.count())
        .where(claims.c.document_key.in_(listed))
        .group_by(claims.c.document_key)
    )
    now = {row[0]: row[1] for row in connection.execute(counted)}
    if any(now.get(key, 0) != row.claims for key, row in found.items()):
        return None
    return {key: row.body for key, row in found.items()}


def keep_tally(connection: Connection, key: str, body: str) -> None:
    """Keep a return added up, in the place of what was kept of it."""
    said = select(func.count(), func.max(claims.c.recorded)).where(claims.c.document_key == key)
    number, latest = connection.execute(said).one()
    connection.execute(tallies.delete().where(tallies.c.document_key == key))
    row = {"document_key": key, "claims": number, "latest": latest or "", "body": body}
    connection.execute(insert(tallies), row)


def count_things(connection: Connection, keys: Collection[str]) -> int:
    """How many things the claims of these documents are of."""
    thing = func.coalesce(entity_claims.c.entity_id, claims.c.subject)
    query = (
        select(func.count(thing.distinct()))
        .select_from(claims.outerjoin(entity_claims, entity_claims.c.claim_key == claims.c.key))
        .where(claims.c.document_key.in_(sorted(keys)))
    )
    return int(connection.execute(query).scalar_one())


def entities_of(connection: Connection, names: Collection[str]) -> dict[str, str]:
    """By a subject's name the entity that its claims are of."""
    made: dict[str, str] = {}
    for chunk in _chunks(sorted(set(names))):
        query = (
            select(claims.c.subject, entity_claims.c.entity_id)
            .join(entity_claims, entity_claims.c.claim_key == claims.c.key)
            .where(claims.c.subject.in_(chunk))
            .distinct()
        )
        made |= {row.subject: row.entity_id for row in connection.execute(query)}
    return made


def _chunks(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def _end(as_of: str | None) -> str | None:
    return None if as_of is None else end_of(as_of)
