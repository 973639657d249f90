"""What a page needs to ask, each question as cheap in a large ledger as in a small one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Literal, TypeVar

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from nameplate.find.spelling import spell
from nameplate.find.terms import terms
from nameplate.ledger import name_index, queries, rows, search, yearly
from nameplate.ledger.database import reading
from nameplate.ledger.instants import end_of
from nameplate.ledger.records import ClaimFilter, Filed
from nameplate.ledger.search import Snippet
from nameplate.ledger.tables import (
    claims,
    documents,
    entities,
    entity_changes,
    entity_claims,
    failures,
    judgements,
    spellings,
    subjects,
)
from nameplate.ledger.verdicts import CLAIM_VERBS, ORDER_VERBS, in_force
from nameplate.ledger.yearly import Years
from nameplate.model import Document, Entity, Entry, Failure, Judgement

T = TypeVar("T")

Order = Literal["title", "published", "publisher", "claims"]
_CHUNK = 5_000
_LONGEST_PUBLISHER = 200
"""What is longer is nobody's name."""

_PER_JUDGED = 4
"""So many judgements are looked at for each that is shown: undone ones and undoings are not."""


class Change(msgspec.Struct, frozen=True):
    """An entity that was worked out again, or all of them if ``entity`` is absent."""

    seq: int
    entity: str | None
    token: str


class Pages:
    """Questions about an open ledger. Days are ISO 8601; empty means now."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # Reports

    def count_reports(self, as_of: str = "") -> int:
        """How many reports there are, each in its newest version."""
        with reading(self._engine) as connection:
            if not as_of:
                # Every version but the first supersedes one, so that these need not be looked up.
                firsts = documents.c.supersedes.is_(None)
                return _count(connection, select(func.count()).where(firsts))
            live = queries.live(end_of(as_of))
            return _count(connection, select(func.count()).select_from(documents).where(live))

    def reports(self, wanted: ReportsWanted, start: int, size: int) -> list[Filed]:
        """Some of the filing cards asked for."""
        as_of, order = _end(wanted.as_of), _ORDERS[wanted.order]
        turned = order.desc() if wanted.falling else order.asc()
        query = queries.filed(as_of, versions=False).where(*_holding(wanted))
        query = query.order_by(None).order_by(turned.nulls_last(), documents.c.seq)
        with reading(self._engine) as connection:
            found = connection.execute(query.limit(size).offset(start))
            return [rows.filed_of(row) for row in found]

    def count_matching(self, wanted: ReportsWanted) -> int:
        """How many reports are asked for."""
        if not wanted.words:
            return self.count_reports(wanted.as_of)
        where = [queries.live(_end(wanted.as_of)), *_holding(wanted)]
        with reading(self._engine) as connection:
            number = select(func.count()).select_from(documents).where(*where)
            return _count(connection, number)

    def saying(self, query: str, as_of: str = "") -> tuple[str, ...]:
        """Keys of reports whose title and text have all words of the query, `MOST_SAYING` at most."""
        with reading(self._engine) as connection:
            return tuple(search.keys_of(connection, query, MOST_SAYING, _end(as_of)))

    def snippets(self, query: str, keys: Iterable[str]) -> dict[str, Snippet]:
        """Of each of the reports the piece of text where it first says what is asked for."""
        asked = terms(query)
        with reading(self._engine) as connection:
            texts = [
                row
                for chunk in _chunks(keys)
                for row in connection.execute(_texts(), {"keys": chunk})
            ]
        found = {row.key: search.snippets(row.text, asked) for row in texts}
        return {key: pieces[0] for key, pieces in found.items() if pieces}

    def filed(self, keys: Iterable[str]) -> dict[str, Filed]:
        """The filing cards of these documents, by key."""
        with reading(self._engine) as connection:
            return {
                row.key: rows.filed_of(row)
                for chunk in _chunks(keys)
                for row in connection.execute(_filed(), {"keys": chunk})
            }

    def filed_as(self, media_types: Iterable[str], as_of: str = "") -> list[Filed]:
        """The filing cards of all documents of these kinds, the newest first."""
        query = queries.filed(_end(as_of), versions=False)
        query = query.where(documents.c.media_type.in_(list(media_types)))
        with reading(self._engine) as connection:
            found = connection.execute(query.order_by(None).order_by(documents.c.seq.desc()))
            return [rows.filed_of(row) for row in found]

    def refused_of(self, name: str, since: str, until: str = "") -> list[Failure]:
        """Cells of the return of this name that were refused from one instant on to another."""
        within = failures.c.where.startswith(f"{name}!", autoescape=True)
        query = select(failures).where(within, failures.c.recorded >= since)
        if until:
            query = query.where(failures.c.recorded < until)
        with reading(self._engine) as connection:
            found = connection.execute(query.order_by(failures.c.seq)).all()
        return [Failure(where=r.where, problem=r.problem, remedy=r.remedy) for r in found]

    def texts(self, keys: Iterable[str]) -> dict[str, Document]:
        """The documents of these keys with their words, but without regions and places."""
        with reading(self._engine) as connection:
            return {
                row.key: Document(
                    id=row.id, text=row.text, title=row.title, published=row.published,
                    address=row.address,
                )
                for chunk in _chunks(keys)
                for row in connection.execute(_texts(), {"keys": chunk})
            }  # fmt: skip

    def document(self, key: str, as_of: str = "") -> Document | None:
        """The document of this very key, if it was known."""
        with reading(self._engine) as connection:
            row = connection.execute(_document(), {"wanted": key}).one_or_none()
            if row is None or (as_of and row.recorded > end_of(as_of)):
                return None
            return rows.document_of(row)

    def reports_by_year(self, as_of: str = "", known: Years | None = None) -> Years:
        """Reports with claims by the year of their publication.

        ``known`` is what was counted before; only what came since is counted again, as long as no
        older report was read anew.
        """
        with reading(self._engine) as connection:
            return yearly.counted(connection, _end(as_of), known)

    def news(self, since: str, as_of: str = "") -> tuple[int, int]:
        """Reports, and claims, that were recorded after the day ``since``."""
        with reading(self._engine) as connection:
            counted = [
                _count(connection, select(func.count()).where(_recorded(table, since, as_of)))
                for table in (documents, claims)
            ]
        return counted[0], counted[1]

    def last_recorded(self, as_of: str = "") -> str:
        """The day on which a report was recorded last; empty if none was."""
        query = select(func.max(documents.c.recorded))
        if as_of:
            query = query.where(documents.c.recorded <= end_of(as_of))
        with reading(self._engine) as connection:
            return str(connection.execute(query).scalar() or "")[:10]

    def publishers(self, most: int) -> list[tuple[str, int]]:
        """Who published the most reports, and how many."""
        number = func.count().label("number")
        name = func.length(documents.c.publisher).between(1, _LONGEST_PUBLISHER)
        query = select(documents.c.publisher, number).where(name)
        query = query.where(queries.live(None)).group_by(documents.c.publisher)
        query = query.order_by(number.desc(), documents.c.publisher).limit(most)
        with reading(self._engine) as connection:
            return [(name, count) for name, count in connection.execute(query)]

    def known_as(self, names: Iterable[str]) -> set[str]:
        """Those of the names that are the id or the address of a report."""
        with reading(self._engine) as connection:
            return {
                name
                for chunk in _chunks(names)
                for column in (documents.c.id, documents.c.source)
                for name in connection.execute(select(column).where(column.in_(chunk))).scalars()
            }

    # Things

    def entity(self, entity_id: str) -> Entity | None:
        """The entity of this id as it is now."""
        return next(iter(self.entities([entity_id])), None)

    def entities(self, ids: Iterable[str]) -> list[Entity]:
        """The entities of these ids as they are now."""
        with reading(self._engine) as connection:
            return [
                _entity_of(body)
                for chunk in _chunks(sorted(set(ids)))
                for body in connection.execute(_entities(), {"keys": chunk}).scalars()
            ]

    def entity_ids(self, portion: int = 500) -> Iterator[list[str]]:
        """All ids of entities, portion by portion."""
        last = ""
        while True:
            query = select(entities.c.id).where(entities.c.id > last)
            with reading(self._engine) as connection:
                found = connection.execute(query.order_by(entities.c.id).limit(portion))
                ids = list(found.scalars())
            if not ids:
                return
            yield ids
            last = ids[-1]

    def entity_of(self, keys: Iterable[str]) -> dict[str, str]:
        """The id of the entity that each of the claims is of."""
        with reading(self._engine) as connection:
            return {
                row.claim_key: row.entity_id
                for chunk in _chunks(keys)
                for row in connection.execute(_owners(), {"keys": chunk})
            }

    def entities_in(self, keys: Iterable[str], as_of: str = "") -> dict[str, dict[str, int]]:
        """How many claims each of these reports makes of each entity, by id."""
        number = func.count().label("number")
        query = (
            select(claims.c.document_key, entity_claims.c.entity_id, number)
            .join(entity_claims, entity_claims.c.claim_key == claims.c.key)
            .group_by(claims.c.document_key, entity_claims.c.entity_id)
        )
        if as_of:
            query = query.where(claims.c.recorded <= end_of(as_of))
        made: dict[str, dict[str, int]] = {}
        with reading(self._engine) as connection:
            for chunk in _chunks(keys):
                for row in connection.execute(query.where(claims.c.document_key.in_(chunk))):
                    made.setdefault(row.document_key, {})[row.entity_id] = row.number
        return made

    def named(self, names: Iterable[str], as_of: str = "") -> dict[str, str]:
        """The id of an entity that is called so, by spelled name, of those that are."""
        wanted = sorted({name_index.spelling_of(name) for name in names if spell(name)})
        latest = end_of(as_of) if as_of else _NEVER
        with reading(self._engine) as connection:
            return {
                row.spelling: row.entity_id
                for chunk in _chunks(wanted)
                for row in connection.execute(_bearers(), {"keys": chunk, "latest": latest})
                if row.entity_id is not None
            }

    def pointed_to(self, ids: Iterable[str]) -> list[str]:
        """The ids of the things that relations of these entities, judged so or so, have as their object."""
        query = select(claims.c.object).distinct().where(claims.c.object.is_not(None))
        query = query.join(entity_claims, entity_claims.c.claim_key == claims.c.key)
        with reading(self._engine) as connection:
            objects = {
                name
                for chunk in _chunks(ids)
                for name in connection.execute(
                    query.where(entity_claims.c.entity_id.in_(chunk))
                ).scalars()
            }
        return sorted(set(self.named(objects).values()))

    def neighbours(self, entity_id: str, most: int) -> list[Entity]:
        """Other entities that some rule held against this one, those of most claims first."""
        own = select(entities.c.component).where(entities.c.id == entity_id).scalar_subquery()
        query = (
            select(entities.c.body)
            .where(entities.c.component == own, entities.c.id != entity_id)
            .order_by(entities.c.rank.desc(), entities.c.id)
            .limit(most)
        )
        with reading(self._engine) as connection:
            return [_entity_of(body) for body in connection.execute(query).scalars()]

    def about(self, names: Iterable[str], as_of: str = "") -> list[Entry]:
        """Relations that have one of these names as their object."""
        with reading(self._engine) as connection:
            return queries.entries_about(connection, set(map(spell, names)), _end(as_of))

    def said_of(self, names: Iterable[str]) -> list[Entry]:
        """Claims whose subject is called by one of these very names, as judged."""
        with reading(self._engine) as connection:
            return queries.entries_named(connection, list(names))

    def holding(self, name: str, as_of: str = "") -> list[Entry]:
        """Relations that place something in what is called so, or has every word of the name."""
        words = spell(name).split()
        if not words:
            return []
        like = (claims.c.object.contains(word, autoescape=True) for word in words)
        exact = select(claims.c.object).where(claims.c.object == spell(name)).limit(1)
        near = select(claims.c.object).distinct().where(*like).limit(_MOST_OBJECTS)
        with reading(self._engine) as connection:
            found = set(connection.execute(exact).scalars()) or set(
                connection.execute(near).scalars()
            )
            told = queries.entries_about(connection, found, _end(as_of))
        return [entry for entry in told if entry.claim.relation in _PLACING]

    def changes(self, after: int) -> list[Change]:
        """What was worked out again from the change numbered ``after`` on, that one included."""
        query = select(entity_changes).where(entity_changes.c.seq >= after)
        with reading(self._engine) as connection:
            found = connection.execute(query.order_by(entity_changes.c.seq))
            return [Change(row.seq, row.entity_id, row.token) for row in found]

    # Judgements

    def judged_words(self) -> list[Entry]:
        """Claims of superseded versions on which a judgement was made, as reported."""
        later = documents.alias("later")
        query = (
            select(judgements.c.left)
            .join(claims, claims.c.key == judgements.c.left)
            .where(judgements.c.verb.in_(CLAIM_VERBS))
            .where(exists().where(later.c.supersedes == claims.c.document_key))
        )
        with reading(self._engine) as connection:
            keys = tuple(set(connection.execute(query).scalars()))
            wanted = ClaimFilter(keys=keys, versions=True, rejected=True)
            return queries.entries(connection, wanted, None) if keys else []

    def judged(self, keys: Iterable[str]) -> dict[str, Judgement]:
        """The judgements of these keys."""
        with reading(self._engine) as connection:
            return {
                row.key: rows.judgement_of(row)
                for chunk in _chunks(keys)
                for row in connection.execute(select(judgements).where(judgements.c.key.in_(chunk)))
            }

    def on_orders(self, as_of: str = "") -> list[Judgement]:
        """The judgements on orders that none undoes, the oldest first."""
        query = select(judgements).where(judgements.c.verb.in_((*ORDER_VERBS, "undo")))
        if as_of:
            query = query.where(judgements.c.recorded <= end_of(as_of))
        with reading(self._engine) as connection:
            found = connection.execute(query.order_by(judgements.c.seq))
            return [j for j in in_force(map(rows.judgement_of, found)) if j.verb in ORDER_VERBS]

    def judgements(self, limit: int, as_of: str = "") -> list[Judgement]:
        """The newest judgements that none undoes, the newest first."""
        query = select(judgements).order_by(judgements.c.seq.desc()).limit(_PER_JUDGED * limit)
        if as_of:
            query = query.where(judgements.c.recorded <= end_of(as_of))
        with reading(self._engine) as connection:
            newest = [rows.judgement_of(row) for row in connection.execute(query)]
        # What undoes a judgement comes after it, and is among these if the judgement is.
        return in_force(newest[::-1])[::-1][:limit]


class ReportsWanted(msgspec.Struct, frozen=True):
    """The list of reports: those whose card holds all of ``words`` or that are ``told`` by key."""

    words: tuple[str, ...]
    order: Order
    falling: bool
    as_of: str = ""
    told: tuple[str, ...] = ()


def _own(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.nullif(column, "")


_ORDERS: dict[str, ColumnElement[Any]] = {
    "title": func.lower(func.coalesce(_own(documents.c.title), documents.c.id)),
    "published": documents.c.published,
    "publisher": func.lower(_own(documents.c.publisher)),
    "claims": select(func.count())
    .where(claims.c.document_key == documents.c.key)
    .scalar_subquery(),
}


def _holding(wanted: ReportsWanted) -> list[ColumnElement[bool]]:
    said = (documents.c.title, documents.c.publisher, documents.c.address, documents.c.id)
    carded = [
        or_(*(column.icontains(word, autoescape=True) for column in said)) for word in wanted.words
    ]
    if not wanted.told:
        return carded
    return [or_(and_(True, *carded), documents.c.key.in_(wanted.told))]


# Statements are built once: building one takes longer than running it.

_KEYS: Any = bindparam("keys", expanding=True)
_PLACING = frozenset({"located_in", "part_of"})
_MOST_OBJECTS = 100
MOST_SAYING = 5_000
"""Reports that a search of texts gives at most: the first, by title and day."""

_NEVER = "9999"
"""After every instant."""

_entity_of = msgspec.json.Decoder(Entity).decode


@cache
def _filed() -> Select[Any]:
    return queries.filed(None, versions=True).where(documents.c.key.in_(_KEYS))


@cache
def _texts() -> Select[Any]:
    said = [documents.c[name] for name in ("key", "id", "title", "published", "address", "text")]
    return select(*said).where(documents.c.key.in_(_KEYS))


@cache
def _document() -> Select[Any]:
    return select(documents).where(documents.c.key == bindparam("wanted"))


@cache
def _entities() -> Select[Any]:
    return select(entities.c.body).where(entities.c.id.in_(_KEYS))


@cache
def _owners() -> Select[Any]:
    owned = select(entity_claims.c.claim_key, entity_claims.c.entity_id)
    return owned.where(entity_claims.c.claim_key.in_(_KEYS))


@cache
def _bearers() -> Select[Any]:
    """For each name as written the entity of the first claim about it."""
    first = (
        select(entity_claims.c.entity_id)
        .join(claims, claims.c.key == entity_claims.c.claim_key)
        .where(claims.c.subject == subjects.c.name, claims.c.recorded <= bindparam("latest"))
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(spellings.c.spelling, first.label("entity_id"))
        .join(subjects, subjects.c.spelling_id == spellings.c.id)
        .where(spellings.c.spelling.in_(_KEYS))
        .order_by(subjects.c.name.desc())
    )


def _recorded(table: Table, since: str, as_of: str) -> ColumnElement[bool]:
    latest = end_of(as_of) if as_of else _NEVER
    return and_(table.c.recorded > end_of(since), table.c.recorded <= latest)


def _count(connection: Connection, query: Any) -> int:
    return int(connection.execute(query).scalar_one())


def _end(as_of: str) -> str | None:
    return end_of(as_of) if as_of else None


def _chunks(values: Iterable[T]) -> Iterator[Sequence[T]]:
    listed = list(values)
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]
