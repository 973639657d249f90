"""Which names any rule might join, so that one report's names are resolved without all others.

Spellings that a rule might join are *linked*, and what is linked, over however many steps, is one
*component*. Entities never reach across components, so that a component is resolved by itself; all
of them, one after the other, give the entities of the whole ledger. Links only ever come, so that a
component only ever grows: adding a report takes up its new names, and works out the components that
it touches again. The rules themselves are the caller's (`Linker`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, Executable, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from nameplate.ledger import bulk, name_index
from nameplate.ledger.name_index import Variant, spelling_of
from nameplate.ledger.server import is_server
from nameplate.ledger.tables import (
    claims,
    entities,
    entity_claims,
    link_keys,
    spellings,
    subjects,
)
from nameplate.model import Entity, Entry, Judgement

_CHUNK = 5_000


class LinkKeys(NamedTuple):
    """Two spellings may be linked only if one has an ``own`` key that is among the other's ``held``."""

    own: frozenset[str]
    held: frozenset[str]


class Linker(Protocol):
    """What the ledger asks of the rules that resolve names to entities."""

    @property
    def rules(self) -> str:
        """The version of the rules."""

    def keys(self, variants: Collection[Variant]) -> tuple[frozenset[str], frozenset[str]]:
        """The ``own`` and the ``held`` keys of a spelling with these names and kinds."""

    def linked(self, one: Collection[Variant], two: Collection[Variant]) -> bool:
        """Whether any rule might join the two spellings; more names never make it less so."""

    def name_ids(self, variant: Variant, document_key: str) -> tuple[str, ...]:
        """The ids by which judgements may speak of a subject of a document."""

    def resolve(self, entries: Sequence[Entry], judgements: Sequence[Judgement]) -> list[Entity]:
        """The entities of the entries of one component."""


class Union:
    """Sets of numbers that grow together; each is known by its least."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def nodes(self) -> set[int]:
        """All numbers that were ever asked for."""
        return set(self._parent)

    def root(self, node: int) -> int:
        """The least number of the set."""
        parent = self._parent
        while (up := parent.setdefault(node, node)) != node:
            parent[node] = parent[up]
            node = parent[node]
        return node

    def join(self, one: int, two: int) -> None:
        """Make the sets of both one."""
        a, b = sorted((self.root(one), self.root(two)))
        self._parent[b] = a


def link(
    connection: Connection, ids: Collection[int], pairs: Iterable[tuple[int, int]], linker: Linker
) -> tuple[set[int], set[int]]:
    """Link these spellings, of which names are new, and the pairs: components gone, components now."""
    union = Union()
    for one, two in pairs:
        union.join(one, two)
    for number, others in _neighbours(connection, ids, linker).items():
        for other in others:
            union.join(number, other)
        union.root(number)
    return _settle(connection, union, set(ids) | {i for pair in pairs for i in pair})


def _neighbours(
    connection: Connection, ids: Collection[int], linker: Linker
) -> dict[int, list[int]]:
    variants = name_index.variants_of(connection, ids)
    keyed = {number: LinkKeys(*linker.keys(found)) for number, found in variants.items()}
    _keep(connection, keyed)
    candidates: dict[int, set[int]] = defaultdict(set)
    wanted = [
        (1 - own, number, key)
        for number, keys in keyed.items()
        for own, few in ((1, keys.own), (0, keys.held))
        for key in few
    ]
    for own in (0, 1):
        asking: dict[str, list[int]] = defaultdict(list)
        for side, number, key in wanted:
            if side == own:
                asking[key].append(number)
        for key, other in _kept_under(connection, asking, own):
            for number in asking[key]:
                candidates[number].add(other)
    others = name_index.variants_of(connection, set().union(*candidates.values()) - set(ids))
    known = {**others, **variants}
    return {
        number: [o for o in found if o != number and linker.linked(variants[number], known[o])]
        for number, found in candidates.items()
    }


def _kept_under(connection: Connection, keys: Iterable[str], own: int) -> Iterable[tuple[str, int]]:
    query = select(link_keys.c.key, link_keys.c.spelling_id).where(link_keys.c.own == own)
    listed = sorted(keys)
    for start in range(0, len(listed), _CHUNK):
        chunk = listed[start : start + _CHUNK]
        for row in connection.execute(query.where(bulk.among(connection, link_keys.c.key, chunk))):
            yield row.key, row.spelling_id


def _keep(connection: Connection, keyed: Mapping[int, LinkKeys]) -> None:
    rows = [
        {"key": key, "own": own, "spelling_id": number}
        for number, keys in keyed.items()
        for own, few in ((1, keys.own), (0, keys.held))
        for key in sorted(few)
    ]
    if rows:
        connection.execute(_unless_there(connection), rows)


def _unless_there(connection: Connection) -> Executable:
    if is_server(connection):
        return postgresql.insert(link_keys).on_conflict_do_nothing()
    return sqlite.insert(link_keys).on_conflict_do_nothing()


def _settle(
    connection: Connection, union: Union, touched: Collection[int]
) -> tuple[set[int], set[int]]:
    """Write the components down: those that were there before, those that are now."""
    nodes = sorted(union.nodes() | set(touched))
    before = components_of(connection, nodes)
    for node, component in before.items():
        if component is not None:
            union.join(node, component)
    now: dict[int, int] = {node: union.root(node) for node in nodes}
    old = {c for c in before.values() if c is not None}
    for component in sorted(old):
        if union.root(component) != component:
            merged = spellings.c.component == component
            moved = update(spellings).where(merged).values(component=union.root(component))
            connection.execute(moved)
    fresh = [{"number": n, "of": now[n]} for n in nodes if before[n] is None]
    if fresh:
        placed = update(spellings).where(spellings.c.id == bindparam("number"))
        connection.execute(placed.values(component=bindparam("of")), fresh)
    return old, {union.root(node) for node in nodes}


def components_of(connection: Connection, ids: Iterable[int]) -> dict[int, int | None]:
    """The component of each spelling, None if it is not linked yet."""
    query = select(spellings.c.id, spellings.c.component)
    listed = sorted(set(ids))
    return {
        row.id: row.component
        for start in range(0, len(listed), _CHUNK)
        for row in connection.execute(
            query.where(bulk.among(connection, spellings.c.id, listed[start : start + _CHUNK]))
        )
    }


def names_in(
    connection: Connection, components: Collection[int], as_of: str | None = None
) -> dict[int, set[Variant]]:
    """Names with kinds, by spelling, of the components, as far as they were known."""
    return dict(name_index.variants_within(connection, components, as_of))


def all_keys(names: Mapping[int, Collection[Variant]], linker: Linker) -> dict[int, LinkKeys]:
    """The link keys of all these spellings."""
    return {number: LinkKeys(*linker.keys(found)) for number, found in names.items()}


def parts(
    names: Mapping[int, Collection[Variant]],
    keyed: Mapping[int, LinkKeys],
    pairs: Iterable[tuple[int, int]],
    linker: Linker,
) -> dict[int, int]:
    """The component of each spelling, worked out from the names and their keys alone."""
    union = Union()
    owning: dict[str, list[int]] = defaultdict(list)
    holding: dict[str, list[int]] = defaultdict(list)
    for number, keys in keyed.items():
        for key in keys.own:
            owning[key].append(number)
    for number, keys in keyed.items():
        for key in keys.held & owning.keys():
            holding[key].append(number)
    # Key by key: names that share one are few, and what taking them apart gave is still at hand.
    for key, owners in owning.items():
        both = set(owners)
        for one, two in product(owners, holding[key]):
            known = union.root(one) == union.root(two) or (two < one and two in both)
            if known or key != min(keyed[one].own & keyed[two].held):  # once a pair
                continue
            if linker.linked(names[one], names[two]):
                union.join(one, two)
    for one, two in pairs:
        union.join(one, two)
    return {number: union.root(number) for number in names}


def write_keys(connection: Connection, keyed: Mapping[int, LinkKeys]) -> None:
    """Write the link keys of all spellings, in the place of what was there."""
    connection.execute(link_keys.delete())
    rows = (
        (key, own, number)
        for number, keys in keyed.items()
        for own, few in ((1, keys.own), (0, keys.held))
        for key in few
    )
    bulk.write(connection, link_keys, rows)


def spelling_ids_of_entity(connection: Connection, entity_id: str) -> set[int]:
    """Spellings of the claims of an entity as it is now; nothing if there is none of this id."""
    query = (
        select(subjects.c.spelling_id)
        .distinct()
        .join(claims, claims.c.subject == subjects.c.name)
        .join(entity_claims, entity_claims.c.claim_key == claims.c.key)
        .join(entities, entities.c.id == entity_claims.c.entity_id)
        .where(entities.c.id == entity_id)
    )
    return set(connection.execute(query).scalars())


def spelling_ids_of_claims(connection: Connection, keys: Iterable[str]) -> set[int]:
    """Spellings of the subjects of the claims, as reported."""
    listed = sorted(set(keys))
    found: set[int] = set()
    for start in range(0, len(listed), _CHUNK):
        query = (
            select(subjects.c.spelling_id)
            .distinct()
            .join(claims, claims.c.subject == subjects.c.name)
            .where(claims.c.key.in_(listed[start : start + _CHUNK]))
        )
        found.update(connection.execute(query).scalars())
    return found


def corrections(connection: Connection) -> list[tuple[int, int]]:
    """Pairs of spellings of which a judgement, in force or not, puts one in the other's place."""
    said = [
        (spelling_of(corrected.reported), spelling_of(corrected.variant[0]))
        for corrected in name_index.corrected_names(connection)
    ]
    wanted = sorted({spelling for pair in said for spelling in pair})
    query = select(spellings.c.spelling, spellings.c.id)
    ids: dict[str, int] = {}
    for start in range(0, len(wanted), _CHUNK):
        few = wanted[start : start + _CHUNK]
        ids |= {
            r.spelling: r.id for r in connection.execute(query.where(spellings.c.spelling.in_(few)))
        }
    return [(ids[a], ids[b]) for a, b in said if a in ids and b in ids and a != b]
