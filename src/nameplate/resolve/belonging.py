"""What is a part of what: phase of project, project and plant of park, park of place.

A pure function of entities and entries: what reports say (part of, lies in, hosts), and phases by
their names. Nothing is guessed from a likeness of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nameplate.find.spelling import spell
from nameplate.model import Claim, Entity, EntityKind, Entry
from nameplate.resolve.parts import Parts, parts_of

BELONGING = ("part_of", "located_in", "hosts")
"""Relations by which reports say that one thing is a part of another."""

_RANK: dict[EntityKind, int] = {
    "line": 0,
    "plant": 1,
    "project": 1,
    "company": 2,
    "institute": 2,
    "park": 3,
    "place": 4,
}


class Belongs(NamedTuple):
    """One entity as a part of another: their ids, why, and the keys of the claims that say so."""

    part: str
    whole: str
    reason: str
    claims: tuple[str, ...] = ()


def belonging(entities: Sequence[Entity], entries: Iterable[Entry]) -> list[Belongs]:
    """Every part with its whole, in the order of their ids; no whole is a part of its own part."""
    found = {(b.part, b.whole): b for b in _phases(entities)}
    named = _by_name(entities)
    told: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for part, whole in _said(entry.claim, named):
            told.setdefault((part, whole), []).append(entry)
    kinds = {e.id: e.kind for e in entities}
    for pair, some in told.items():
        if _may_hold(kinds[pair[0]], kinds[pair[1]]):
            keys = tuple(sorted(e.key for e in some))
            relation = some[0].claim.relation or "part_of"
            found.setdefault(pair, Belongs(*pair, reason=f"reports say: {relation}", claims=keys))
    return [found[pair] for pair in sorted(found) if pair[::-1] not in found]


def marks_of(entity: Entity) -> set[str]:
    """What other names of its phases, or of that which it is a phase of, hold as well."""
    parts = [parts_of(name, entity.kind) for name, _ in entity.names]
    return {" ".join(sorted(p.brand | p.front)) for p in parts if p.brand | p.front}


def _may_hold(part: EntityKind, whole: EntityKind) -> bool:
    """Whether the kinds allow it: a park is no part of a plant; an office may be part of another."""
    return _RANK.get(part, 2) <= _RANK.get(whole, 2)


def _phases(entities: Sequence[Entity]) -> list[Belongs]:
    """Phases by name, each with the one thing that is called so without the phase."""
    wholes: dict[tuple[object, ...], list[str]] = {}
    phases: list[tuple[str, str, tuple[object, ...]]] = []
    for entity in entities:
        for parts in {parts_of(name, entity.kind) for name, _ in entity.names}:
            key = _without_phase(parts, entity.kind)
            if parts.phase is None:
                wholes.setdefault(key, []).append(entity.id)
            else:
                phases.append((entity.id, parts.phase, key))
    return [
        Belongs(part, homes[0], f"phase {phase} of it, by its name")
        for part, phase, key in phases
        if len(homes := sorted(set(wholes.get(key, ())))) == 1 and homes[0] != part
    ]


def _without_phase(parts: Parts, kind: EntityKind) -> tuple[object, ...]:
    return kind, parts.words, parts.numbers, parts.places


def _by_name(entities: Sequence[Entity]) -> dict[str, list[Entity]]:
    named: dict[str, list[Entity]] = {}
    for entity in entities:
        for spelling in {spell(name) for name, _ in entity.names}:
            named.setdefault(spelling, []).append(entity)
    return named


def _said(claim: Claim, named: dict[str, list[Entity]]) -> list[tuple[str, str]]:
    """Part and whole of a claim whose two names mean one entity each."""
    if claim.relation not in BELONGING or not claim.object:
        return []
    one, two = (named.get(spell(name), []) for name in (claim.subject, claim.object))
    if len(one) != 1 or len(two) != 1 or one[0].id == two[0].id:
        return []
    pair = (one[0].id, two[0].id)
    return [pair[::-1] if claim.relation == "hosts" else pair]
