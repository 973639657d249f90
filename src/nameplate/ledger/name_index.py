"""Subjects' names: how they are spelled, and finding them by a part of the spelling.

The tables are caches: `rebuild` makes them from the claims, and gives the same as noting every name
when it came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
from rapidfuzz import fuzz
from sqlalchemy import Connection, Select, func, select

from nameplate.find.spelling import spell
from nameplate.ledger import bulk
from nameplate.ledger.tables import claims, judgements, name_grams, spellings, subjects

Variant = tuple[str, str]
"""A name as written and the kind of thing it was taken for."""

_CHUNK = 5_000
_NEARLY = 90.0
_FEW = 200
"""So few spellings are looked at without asking whether another pair of signs is rarer still."""

_MANY = 3_000
"""So far are the spellings counted that hold a pair of signs."""


def spelling_of(name: str) -> str:
    """The spelling, or the name itself if nothing of it is left (a name of signs only)."""
    return spell(name) or name


def grams(spelling: str) -> set[str]:
    """Pairs of neighbouring signs in the words of the spelling; a word of one sign is one."""
    found: set[str] = set()
    for word in spelling.split():
        found.update(word[i : i + 2] for i in range(max(1, len(word) - 1)))
    return found


def note(connection: Connection, variants: Iterable[Variant], now: str) -> dict[Variant, int]:
    """Take up the names that are new; the ids of the spellings of all of them."""
    return note_at(connection, dict.fromkeys(variants, now))


def note_at(connection: Connection, recorded: Mapping[Variant, str]) -> dict[Variant, int]:
    """As `note`, of names with the instants at which they came."""
    wanted = sorted(recorded)
    held = _known(connection, wanted)
    fresh = [variant for variant in wanted if variant not in held]
    if not fresh:
        return held
    spelled = {name: spelling_of(name) for name, _ in fresh}
    first: dict[str, str] = {}
    for variant in fresh:
        spelling, at = spelled[variant[0]], recorded[variant]
        first[spelling] = min(at, first.get(spelling, at))
    ids = _spelling_ids(connection, first)
    held |= {variant: ids[spelled[variant[0]]] for variant in fresh}
    bulk.write(connection, subjects, [(*v, held[v], recorded[v]) for v in fresh])
    return held


def known(connection: Connection, wanted: Iterable[Variant]) -> set[Variant]:
    """Those of the names that are there already."""
    return set(_known(connection, list(wanted)))


def spelling_ids(connection: Connection, wanted: Iterable[Variant]) -> dict[Variant, int]:
    """The spellings, by id, of those of the names that are there."""
    return _known(connection, list(wanted))


def _known(connection: Connection, wanted: list[Variant]) -> dict[Variant, int]:
    names = sorted({name for name, _ in wanted})
    query = select(subjects.c.name, subjects.c.kind, subjects.c.spelling_id)
    asked = set(wanted)
    return {
        (row.name, row.kind): row.spelling_id
        for chunk in _chunks(names)
        for row in connection.execute(query.where(bulk.among(connection, subjects.c.name, chunk)))
        if (row.name, row.kind) in asked
    }


def _spelling_ids(connection: Connection, wanted: Mapping[str, str]) -> dict[str, int]:
    query = select(spellings.c.spelling, spellings.c.id)
    ids = {
        row.spelling: row.id
        for chunk in _chunks(sorted(wanted))
        for row in connection.execute(
            query.where(bulk.among(connection, spellings.c.spelling, chunk))
        )
    }
    fresh = sorted(wanted.keys() - ids.keys(), key=lambda spelling: (wanted[spelling], spelling))
    if fresh:
        first = (connection.execute(select(func.max(spellings.c.id))).scalar() or 0) + 1
        made = dict(zip(fresh, range(first, first + len(fresh)), strict=True))
        bulk.write(connection, spellings, [(i, s, None, wanted[s]) for s, i in made.items()])
        pairs = [(gram, i) for s, i in made.items() for gram in sorted(grams(s))]
        if pairs:
            bulk.write(connection, name_grams, pairs)
        ids |= made
    return ids


def rebuild(connection: Connection) -> None:
    """Make the tables again from the claims."""
    for table in (subjects, spellings, name_grams):
        connection.execute(table.delete())
    kind = func.coalesce(claims.c.subject_kind, "")
    first = select(claims.c.subject, kind, func.min(claims.c.recorded)).group_by(
        claims.c.subject, kind
    )
    by_instant: dict[str, list[Variant]] = defaultdict(list)
    for name, of_kind, recorded in connection.execute(first):
        by_instant[recorded].append((name, of_kind))
    for corrected in corrected_names(connection):
        by_instant[corrected.recorded].append(corrected.variant)
    for recorded in sorted(by_instant):
        note(connection, by_instant[recorded], recorded)


class Corrected(NamedTuple):
    """A name that a judgement, in force or not, puts in the place of a claim's subject."""

    recorded: str
    reported: str
    """The name that the report gives."""

    variant: Variant
    document_key: str


def corrected_names(connection: Connection) -> Iterator[Corrected]:
    """All of them, the oldest judgement first."""
    query = (
        select(
            judgements.c.recorded,
            judgements.c.patch,
            claims.c.subject,
            claims.c.subject_kind,
            claims.c.document_key,
        )
        .join(claims, claims.c.key == judgements.c.left)
        .where(judgements.c.verb == "correct")
        .order_by(judgements.c.seq)
    )
    for recorded, patch, reported, of_kind, document in connection.execute(query):
        said = msgspec.json.decode(patch or "{}")
        name, kind = said.get("subject", reported), said.get("subject_kind", of_kind)
        if (name, kind) != (reported, of_kind):
            yield Corrected(recorded, reported, (name, kind or ""), document)


def ids_like(connection: Connection, query: str, as_of: str | None = None) -> dict[int, str]:
    """Spellings, by id, that hold every word of the query in any spelling; else those nearly so."""
    wanted = spell(query)
    words = wanted.split()
    if not words:
        return {}
    found = dict(_holding(connection, words, as_of))
    if found or len(wanted) < 5:
        return found
    return {
        number: spelling
        for number, spelling in _near(connection, wanted, as_of)
        if len(spelling) + 2 >= len(wanted)
        and fuzz.partial_ratio(wanted, spelling, score_cutoff=_NEARLY) > 0
    }


def subjects_like(connection: Connection, query: str, as_of: str | None = None) -> set[str]:
    """Subjects' names of which `ids_like` finds the spelling."""
    ids = sorted(ids_like(connection, query, as_of))
    written = select(subjects.c.name)
    if as_of is not None:
        written = written.where(subjects.c.recorded <= as_of)
    return {
        name
        for chunk in _chunks(ids)
        for name in connection.execute(
            written.where(bulk.among(connection, subjects.c.spelling_id, chunk))
        ).scalars()
    }


def _holding(
    connection: Connection, words: list[str], as_of: str | None
) -> Iterator[tuple[int, str]]:
    pairs = sorted({gram for word in words if len(word) > 1 for gram in grams(word)})
    query = _spelled(as_of)
    if pairs:
        rarest = _rarest(connection, pairs)
        query = query.join(name_grams, name_grams.c.spelling_id == spellings.c.id).where(
            name_grams.c.gram == rarest
        )
    for row in connection.execute(query):
        if all(word in row.spelling for word in words):
            yield row.id, row.spelling


def _rarest(connection: Connection, pairs: list[str]) -> str:
    """A pair that few spellings hold; counting stops at the first that is rare enough."""
    known: dict[str, int] = {}
    for gram in pairs:
        held = select(name_grams.c.spelling_id).where(name_grams.c.gram == gram)
        few = held.limit(_MANY).subquery()
        known[gram] = connection.execute(select(func.count()).select_from(few)).scalar_one()
        if known[gram] <= _FEW:
            return gram
    return min(known, key=lambda gram: (known[gram], gram))


def _near(connection: Connection, wanted: str, as_of: str | None) -> Iterator[tuple[int, str]]:
    """Spellings that share half of the pairs of signs at least."""
    pairs = sorted(grams(wanted))[:500]
    sharing = (
        select(name_grams.c.spelling_id)
        .where(name_grams.c.gram.in_(pairs))
        .group_by(name_grams.c.spelling_id)
        .having(func.count() * 2 >= len(pairs))
    )
    for row in connection.execute(_spelled(as_of).where(spellings.c.id.in_(sharing))):
        yield row.id, row.spelling


def _spelled(as_of: str | None) -> Select[Any]:
    query = select(spellings.c.id, spellings.c.spelling)
    return query if as_of is None else query.where(spellings.c.recorded <= as_of)


def variants_of(
    connection: Connection, ids: Iterable[int], as_of: str | None = None
) -> Mapping[int, set[Variant]]:
    """The names as written, with kinds, of each of the spellings."""
    query = select(subjects.c.spelling_id, subjects.c.name, subjects.c.kind)
    if as_of is not None:
        query = query.where(subjects.c.recorded <= as_of)
    found: dict[int, set[Variant]] = defaultdict(set)
    for chunk in _chunks(sorted(set(ids))):
        for row in connection.execute(
            query.where(bulk.among(connection, subjects.c.spelling_id, chunk))
        ):
            found[row.spelling_id].add((row.name, row.kind))
    return found


def variants_within(
    connection: Connection, components: Iterable[int], as_of: str | None = None
) -> Mapping[int, set[Variant]]:
    """As `variants_of`, for all spellings of the components."""
    query = select(subjects.c.spelling_id, subjects.c.name, subjects.c.kind).join(
        spellings, spellings.c.id == subjects.c.spelling_id
    )
    if as_of is not None:
        query = query.where(subjects.c.recorded <= as_of)
    found: dict[int, set[Variant]] = defaultdict(set)
    for chunk in _chunks(sorted(set(components))):
        for row in connection.execute(
            query.where(bulk.among(connection, spellings.c.component, chunk))
        ):
            found[row.spelling_id].add((row.name, row.kind))
    return found


def _chunks(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
