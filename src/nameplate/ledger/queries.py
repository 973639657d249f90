"""Questions to the tables: every one takes the instant as of which it is asked, or none for now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from nameplate.errors import UsageError
from nameplate.find.edtf import interval
from nameplate.find.spelling import spell
from nameplate.ledger.name_index import subjects_like
from nameplate.ledger.records import ClaimFilter
from nameplate.ledger.rows import entry_of
from nameplate.ledger.tables import claims, copies, documents
from nameplate.ledger.verdicts import corrected_ever, judged, verdicts
from nameplate.model import Claim, Entry

# SQLite takes at most 32,766 values in one statement.
_CHUNK = 10_000
_FEW = 5_000
_LONGEST_LISTED = 5

# What an entry is made of, in the order that `nameplate.ledger.rows.entry_of` takes it, after what
# it is sorted by.
_ENTRY = (
    documents.c.seq,
    claims.c.start,
    claims.c.key,
    claims.c.body,
    claims.c.document_key,
    documents.c.id,
    documents.c.published,
    claims.c.recorded,
    claims.c.subject,
    copies.c.origin,
)
_IN_ORDER = itemgetter(0, 1, 2)


@cache
def _later() -> FromClause:
    """The next version of a document."""
    return documents.alias("later")


def live(as_of: str | ColumnElement[str] | None, *, versions: bool = False) -> ColumnElement[bool]:
    """Documents that were known then and, unless all versions are asked for, not yet superseded."""
    later = _later()
    next_one = later.c.supersedes == documents.c.key
    known: list[ColumnElement[bool]] = []
    if as_of is not None:
        known.append(documents.c.recorded <= as_of)
        next_one = and_(next_one, later.c.recorded <= as_of)
    if not versions:
        known.append(~exists().where(next_one))
    return and_(True, *known)


def filed(as_of: str | None, *, versions: bool) -> Select[Any]:
    """Filing cards, in the order of record."""
    later = _later()
    next_one = later.c.supersedes == documents.c.key
    if as_of is not None:
        next_one = and_(next_one, later.c.recorded <= as_of)
    count = select(func.count()).where(claims.c.document_key == documents.c.key)
    if as_of is not None:
        count = count.where(claims.c.recorded <= as_of)
    columns = [c for c in documents.c if c.name not in ("text", "regions", "places")]
    return (
        select(
            *columns,
            select(later.c.key).where(next_one).scalar_subquery().label("superseded"),
            count.scalar_subquery().label("claims"),
        )
        .where(live(as_of, versions=versions))
        .order_by(documents.c.seq)
    )


def find_document(connection: Connection, name: str, as_of: str | None) -> str:
    """The key of the newest version of the one document that ``name`` may mean.

    ``name`` is a key or the beginning of one (six characters at least), an id or an address.
    Raises `UsageError` if there is none, or if there are several, listing them.
    """
    # By its key first, which an index finds: an address none does.
    found = _sources(connection, documents.c.key == name, as_of)
    if found:
        return name
    exact = or_(*(documents.c[column] == name for column in ("id", "address")))
    found = _sources(connection, exact, as_of)
    if not found and len(name) >= 6:
        found = _sources(connection, documents.c.key.startswith(name, autoescape=True), as_of)
    if not found:
        raise UsageError(
            f"no document is called {name!r}", remedy="`nameplate documents` lists them."
        )
    if len({row.source for row in found}) > 1:
        listed = ", ".join(f"{row.key[:12]} ({row.source})" for row in found[:_LONGEST_LISTED])
        raise UsageError(f"{name!r} may mean {listed}", remedy="Name one by its key.")
    by_key = [row for row in found if row.key == name]
    return str((by_key or found)[-1].key)


def _sources(
    connection: Connection, which: ColumnElement[bool], as_of: str | None
) -> Sequence[Any]:
    columns = select(documents.c.key, documents.c.source)
    known = live(as_of, versions=True)
    return connection.execute(columns.where(which, known).order_by(documents.c.seq)).all()


def entries(connection: Connection, wanted: ClaimFilter, as_of: str | None) -> list[Entry]:
    """The claims asked for as judged, in the order of record, then of the text.

    Corrected claims are looked for by themselves, since the columns know them only as they were.
    """
    names = None if wanted.subject is None else subjects_like(connection, wanted.subject, as_of)
    found = [row for query in _narrowed(connection, wanted, as_of, names) for row in query]
    known = {row.key for row in found}
    asked_for = known if wanted.keys is not None else known | corrected_ever(connection)
    standing = verdicts(connection, asked_for if len(asked_for) <= _FEW else None, as_of)
    changed = [k for k, j in standing.items() if j.verb == "correct" and k not in known]
    if changed and wanted.keys is None:
        document = wanted.document
        rest = ClaimFilter(keys=tuple(changed), versions=wanted.versions, document=document)
        found += [row for query in _narrowed(connection, rest, as_of, None) for row in query]
    found.sort(key=_IN_ORDER)
    made = judged([entry_of(row) for row in found], standing)
    asked = _Asked(wanted, names or set())
    return [
        entry
        for entry in made
        if (entry.verdict != "reject" or wanted.rejected)
        and (entry.verdict != "correct" or asked.by(entry.claim))
    ]


def entries_named(
    connection: Connection, names: Collection[str], as_of: str | None = None
) -> list[Entry]:
    """All claims whose subject a report calls by one of these very names, as judged."""
    return _standing(connection, _found(connection, "subject", names, as_of), as_of)


def entries_of(
    connection: Connection, keys: Collection[str], as_of: str | None = None
) -> list[Entry]:
    """The claims with these keys that stand now, or stood then, as judged."""
    return _standing(connection, _found(connection, "key", keys, as_of), as_of)


def entries_in(
    connection: Connection, documents_: Collection[str], as_of: str | None = None
) -> list[Entry]:
    """All claims of the documents with these keys, as judged."""
    return _standing(connection, _found(connection, "document_key", documents_, as_of), as_of)


def entries_about(
    connection: Connection, spellings: Collection[str], as_of: str | None = None
) -> list[Entry]:
    """Relations whose object has one of these spellings, as judged."""
    return _standing(connection, _found(connection, "object", spellings, as_of), as_of)


@cache
def _of_column(column: str, *, then: bool) -> Select[Any]:
    """Claims that hold one of ``values`` in the column; made once, since a page asks it often."""
    as_of = bindparam("as_of", type_=claims.c.recorded.type) if then else None
    known = (claims.c.recorded <= as_of,) if as_of is not None else ()
    return (
        select(*_ENTRY)
        .join(documents, documents.c.key == claims.c.document_key)
        .outerjoin(copies, copies.c.document_key == claims.c.document_key)
        .where(live(as_of), *known, claims.c[column].in_(bindparam("values", expanding=True)))
    )


def _found(
    connection: Connection, column: str, values: Collection[str], as_of: str | None
) -> list[Any]:
    query = _of_column(column, then=as_of is not None)
    known = {} if as_of is None else {"as_of": as_of}
    found: list[Any] = []
    for chunk in _chunks(sorted(set(values))):
        found += connection.execute(query, known | {"values": chunk}).all()
    return sorted(found, key=_IN_ORDER)


def _standing(connection: Connection, found: Sequence[Any], as_of: str | None) -> list[Entry]:
    """The entries of these rows as judged, without those that a judgement rejects."""
    standing = verdicts(connection, [row.key for row in found], as_of)
    made = judged([entry_of(row) for row in found], standing)
    return [entry for entry in made if entry.verdict != "reject"]


class _Asked:
    """A filter as asked of claims at hand, with the names that it asks for."""

    def __init__(self, wanted: ClaimFilter, names: set[str]) -> None:
        self._wanted = wanted
        self._names = names

    def by(self, claim: Claim) -> bool:
        """Whether the filter asks for this claim."""
        wanted = self._wanted
        said = ("kind", "measure", "stage", "modality")
        if any(getattr(wanted, f) not in (None, getattr(claim, f)) for f in said):
            return False
        if wanted.subject is not None:
            words = spell(wanted.subject).split()
            if not words or not all(word in spell(claim.subject) for word in words):
                return claim.subject in self._names
        days = interval(claim.when) if claim.when else None
        if wanted.since is not None and (
            days is None or days[1].isoformat() < _day(wanted.since, 0)
        ):
            return False
        return wanted.until is None or (
            days is not None and days[0].isoformat() <= _day(wanted.until, 1)
        )


def _conditions(
    connection: Connection, wanted: ClaimFilter, as_of: str | None
) -> Iterator[ColumnElement[bool]]:
    for column in ("kind", "measure", "stage", "modality"):
        value = getattr(wanted, column)
        if value is not None:
            yield claims.c[column] == value
    if as_of is not None:
        yield claims.c.recorded <= as_of
    if wanted.document is not None:
        key = find_document(connection, wanted.document, as_of)
        yield claims.c.document_key == key
        yield live(as_of, versions=True)
    else:
        yield live(as_of, versions=wanted.versions)
    if wanted.since is not None:
        yield claims.c.latest >= _day(wanted.since, 0)
    if wanted.until is not None:
        yield claims.c.earliest <= _day(wanted.until, 1)


def _day(edtf: str, end: int) -> str:
    days = interval(edtf)
    if days is None:
        raise UsageError(f"{edtf!r} is no date", remedy="Write 2024, 2024-06 or 2024-06-05.")
    return days[end].isoformat()


def _narrowed(
    connection: Connection, wanted: ClaimFilter, as_of: str | None, names: Collection[str] | None
) -> Iterator[Sequence[Any]]:
    """Rows of claims with their documents' id and dates."""
    base = (
        select(*_ENTRY)
        .join(documents, documents.c.key == claims.c.document_key)
        .outerjoin(copies, copies.c.document_key == claims.c.document_key)
        .where(*_conditions(connection, wanted, as_of))
    )
    if wanted.keys is not None:
        for chunk in _chunks(sorted(set(wanted.keys))):
            rows = connection.execute(base.where(claims.c.key.in_(chunk))).all()
            yield [row for row in rows if names is None or row.subject in names]
    elif names is not None:
        for chunk in _chunks(sorted(names)):
            yield connection.execute(base.where(claims.c.subject.in_(chunk))).all()
    else:
        yield connection.execute(base).all()


def _chunks(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
