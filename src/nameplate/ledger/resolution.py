"""Keeping the entities up to date: of the components that were touched, or of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from nameplate.ledger import entity_cache, linking, name_index, queries, rows
from nameplate.ledger.entity_cache import Placed
from nameplate.ledger.linking import Linker, LinkKeys
from nameplate.ledger.name_index import Variant, spelling_of
from nameplate.ledger.tables import claims, judgements, spellings, subjects
from nameplate.model import Entry, Judgement

_ABOUT_ENTITIES = ("same", "different", "unsure")
_CHUNK = 5_000
_BATCH = 20_000
"""Spellings whose components are resolved at once when all are: bounds the memory."""

_FEW = 500
"""Judgements about entities, up to which all are looked at for every component."""


def refresh(
    connection: Connection,
    linker: Linker,
    fresh: Collection[int],
    touched: Collection[int],
    pairs: Iterable[tuple[int, int]] = (),
) -> None:
    """Take up spellings that have new names, and resolve again whatever holds the touched ones."""
    gone, now = linking.link(connection, fresh, pairs, linker)
    held = linking.components_of(connection, touched)
    dirty = now | {component for component in held.values() if component is not None}
    entity_cache.put(connection, gone | dirty, resolved(connection, linker, dirty))
    entity_cache.mark(connection, entity_cache.stamp(connection, linker.rules))


def resolved(connection: Connection, linker: Linker, components: Collection[int]) -> list[Placed]:
    """The entities of the components as they are now."""
    names = linking.names_in(connection, components)
    placed = linking.components_of(connection, names)
    return list(_resolved(connection, linker, names, placed, None))


def as_known(
    connection: Connection, linker: Linker, of: tuple[int | None, str], as_of: str
) -> tuple[list[Placed], list[Entry]]:
    """Entities and entries, as known then, of the parts of a component that an entity is in.

    ``of``: the component and the entity's id. What is one component today may have been several:
    names that came later linked them.
    """
    component, entity_id = of
    names = linking.names_in(connection, () if component is None else (component,), as_of)
    said = _Said(connection, linker, as_of)
    asked = said.pairs()
    entries = queries.entries_named(connection, _written(names), as_of) if asked else None
    pairs = linking.corrections(connection) + _pairs(linker, asked, names, entries or ())
    keyed = linking.all_keys(names, linker)
    known = [(a, b) for a, b in pairs if a in names and b in names]
    placed = linking.parts(names, keyed, known, linker)
    if entries is None:
        names = _parts_of(connection, entity_id, names, placed)
        entries = queries.entries_named(connection, _written(names), as_of)
    return list(_of_entries(linker, names, placed, entries, said)), entries


def _parts_of(
    connection: Connection, entity_id: str, names: dict[int, set[Variant]], placed: dict[int, int]
) -> dict[int, set[Variant]]:
    """The names in the parts that the entity is in now."""
    if len(set(placed.values())) < 2:
        return names
    own = {placed.get(n) for n in linking.spelling_ids_of_entity(connection, entity_id)}
    return {number: found for number, found in names.items() if placed[number] in own}


class Whole(NamedTuple):
    """All of a ledger resolved: the link keys and the component of each spelling, the entities."""

    keyed: dict[int, LinkKeys]
    placed: dict[int, int]
    entities: list[Placed]


def everything(connection: Connection, linker: Linker, as_of: str | None = None) -> Whole:
    """Resolve the whole ledger, in portions that bound the memory."""
    ids = connection.execute(select(spellings.c.id)).scalars().all()
    names = dict(name_index.variants_of(connection, ids, as_of))
    keyed = linking.all_keys(names, linker)
    placed = linking.parts(names, keyed, judged_pairs(connection, linker, as_of), linker)
    found: list[Placed] = []
    for batch in _batches(placed):
        part = {number: names[number] for number in batch}
        found += _resolved(connection, linker, part, placed, as_of)
    return Whole(keyed, placed, found)


def keep(connection: Connection, linker: Linker, whole: Whole) -> None:
    """Write down what `everything` worked out, in the place of what was there."""
    entity_cache.drop_links(connection)
    linking.write_keys(connection, whole.keyed)
    moved = update(spellings).where(spellings.c.id == bindparam("number"))
    where = [{"number": number, "of": component} for number, component in whole.placed.items()]
    if where:
        connection.execute(moved.values(component=bindparam("of")), where)
    entity_cache.replace(connection, whole.entities, entity_cache.stamp(connection, linker.rules))


def _batches(placed: dict[int, int]) -> Iterator[list[int]]:
    """Spellings in portions that no component is torn by."""
    members: dict[int, list[int]] = defaultdict(list)
    for number, component in placed.items():
        members[component].append(number)
    batch: list[int] = []
    for together in members.values():
        batch += together
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _written(names: dict[int, set[Variant]]) -> list[str]:
    return sorted({name for found in names.values() for name, _ in found})


def _resolved(
    connection: Connection,
    linker: Linker,
    names: dict[int, set[Variant]],
    placed: dict[int, int | None] | dict[int, int],
    as_of: str | None,
) -> Iterator[Placed]:
    entries = queries.entries_named(connection, _written(names), as_of)
    return _of_entries(linker, names, placed, entries, _Said(connection, linker, as_of))


def _of_entries(
    linker: Linker,
    names: dict[int, set[Variant]],
    placed: dict[int, int | None] | dict[int, int],
    entries: list[Entry],
    said: _Said,
) -> Iterator[Placed]:
    component_of = {
        spelling_of(name): placed.get(number)
        for number, found in names.items()
        for name, _ in found
    }
    by_component: dict[int | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_component[component_of.get(spelling_of(entry.claim.subject))].append(entry)
    for component, some in by_component.items():
        for entity in linker.resolve(some, said.about(some)):
            yield component, entity


class _Said:
    """Judgements about entities, all of them if they are few, else those about the names at hand."""

    def __init__(self, connection: Connection, linker: Linker, as_of: str | None) -> None:
        self._connection, self._linker, self._as_of = connection, linker, as_of
        few = self._read(judgements.c.verb.in_(_ABOUT_ENTITIES), _FEW + 1)
        self._all = self._with_undoings(few) if len(few) <= _FEW else None

    def pairs(self) -> list[tuple[str, str]]:
        """Pairs of ids that any of them, in force or not, speaks of."""
        if self._all is None:
            return _spoken_of(self._connection, self._as_of)
        return [(j.left, j.right) for j in self._all if j.right is not None]

    def about(self, entries: list[Entry]) -> list[Judgement]:
        """Those that may bear on these entries, the oldest first."""
        if self._all is not None:
            return self._all
        ids = sorted({
            key
            for e in entries
            for key in self._linker.name_ids(
                (e.claim.subject, e.claim.subject_kind or ""), e.document_key
            )
        })  # fmt: skip
        found: dict[int, Judgement] = {}
        for start in range(0, len(ids), _CHUNK):
            few = ids[start : start + _CHUNK]
            for side in (judgements.c.left, judgements.c.right):
                found |= self._read(judgements.c.verb.in_(_ABOUT_ENTITIES) & side.in_(few))
        return self._with_undoings(found)

    def _with_undoings(self, found: dict[int, Judgement]) -> list[Judgement]:
        undoings = found
        while undoings:
            keys = sorted(judgement.key for judgement in undoings.values())
            undoings = {}
            for start in range(0, len(keys), _CHUNK):
                which = judgements.c.left.in_(keys[start : start + _CHUNK])
                undoings |= self._read((judgements.c.verb == "undo") & which)
            undoings = {seq: j for seq, j in undoings.items() if seq not in found}
            found = found | undoings
        return [found[seq] for seq in sorted(found)]

    def _read(self, which: ColumnElement[bool], most: int | None = None) -> dict[int, Judgement]:
        query = select(judgements).where(which).limit(most)
        if self._as_of is not None:
            query = query.where(judgements.c.recorded <= self._as_of)
        return {row.seq: rows.judgement_of(row) for row in self._connection.execute(query)}


def judged_pairs(
    connection: Connection, linker: Linker, as_of: str | None = None
) -> list[tuple[int, int]]:
    """Pairs of spellings that a judgement, in force or not, speaks of together."""
    said = _spoken_of(connection, as_of)
    ids = {name for pair in said for name in pair}
    held: dict[str, int] = {}
    if ids:
        query = (
            select(claims.c.subject, subjects.c.kind, claims.c.document_key, subjects.c.spelling_id)
            .distinct()
            .join(subjects, subjects.c.name == claims.c.subject)
        )
        reported = connection.execute(query).all()
        for name, kind, document, number in [*reported, *_corrected(connection)]:
            for key in linker.name_ids((name, kind), document):
                if key in ids:
                    held.setdefault(key, number)
    known = [(held[a], held[b]) for a, b in said if a in held and b in held]
    return known + linking.corrections(connection)


def _corrected(connection: Connection) -> list[tuple[str, str, str, int]]:
    """Corrected names with their kind, the document of the claim and the spelling."""
    said = list(name_index.corrected_names(connection))
    numbers = name_index.spelling_ids(connection, {corrected.variant for corrected in said})
    return [
        (*corrected.variant, corrected.document_key, numbers[corrected.variant])
        for corrected in said
        if corrected.variant in numbers
    ]


def _pairs(
    linker: Linker,
    asked: Collection[tuple[str, str]],
    names: dict[int, set[Variant]],
    entries: Iterable[Entry],
) -> list[tuple[int, int]]:
    """As `judged_pairs`, among these names; an id may be one that an entity no longer has."""
    numbers = {name: number for number, found in names.items() for name, _ in found}
    held: dict[str, int] = {}
    for entry in entries:
        claim = entry.claim
        for key in linker.name_ids((claim.subject, claim.subject_kind or ""), entry.document_key):
            if claim.subject in numbers:
                held.setdefault(key, numbers[claim.subject])
    return [(held[a], held[b]) for a, b in asked if a in held and b in held]


def _spoken_of(connection: Connection, as_of: str | None) -> list[tuple[str, str]]:
    query = select(judgements.c.left, judgements.c.right).where(
        judgements.c.verb.in_(_ABOUT_ENTITIES), judgements.c.right.is_not(None)
    )
    if as_of is not None:
        query = query.where(judgements.c.recorded <= as_of)
    return [(left, right) for left, right in connection.execute(query)]
