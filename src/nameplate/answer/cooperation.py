"""What two bodies have had to do with each other: partners, visits, dealings, matches that were realised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from nameplate.answer.moments import in_order
from nameplate.find.spelling import spell
from nameplate.model import Entity, Entry

_TOGETHER = {
    "partner_of": "partners",
    "invests_in": "dealing",
    "supplies": "dealing",
    "owns": "dealing",
}
_LEAST = 4
"""A shorter spelling of a body is not looked for inside the words of another name."""


class Cooperation:
    """Relations, visits and places of bodies, made once for many pairs.

    ``entries`` are relations and visits; ``realised`` are pairs of ids of bodies of which a match was
    realised. Relations name the other body by a name, which is taken for any body of that name.
    """

    def __init__(
        self,
        entities: Iterable[Entity],
        entries: Iterable[Entry],
        realised: Iterable[tuple[str, str]] = (),
    ) -> None:
        whose = {key: entity.id for entity in entities for key in entity.claims}
        self._own: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(entries, key=in_order):
            if entry.key in whose:
                self._own[whose[entry.key]].append(entry)
        self._realised = {frozenset(pair) for pair in realised}

    def places(self, entity: Entity) -> tuple[str, ...]:
        """Names of where it is said to lie, or else its own name if that may hold a place."""
        own = self._own.get(entity.id, ())
        told = [e.claim.object for e in own if e.claim.relation == "located_in" and e.claim.object]
        return tuple(dict.fromkeys([*told, entity.name]))

    def between(self, one: Entity, two: Entity) -> Iterator[tuple[str, Sequence[Entry]]]:
        """Codes of what they have had to do with each other, with the claims that say so."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for here, there in ((one, two), (two, one)):
            names = _names(there)
            for entry in self._own.get(here.id, ()):
                code = _TOGETHER.get(entry.claim.relation or "")
                if code and _is_named(entry.claim.object or "", names):
                    found[code].append(entry)
                if entry.claim.kind == "visit" and any(
                    _is_named(visitor, names) for visitor in entry.claim.visitors
                ):
                    found["visited"].append(entry)
        yield from sorted(found.items())
        if frozenset((one.id, two.id)) in self._realised:
            yield "realised_before", ()


def _names(entity: Entity) -> tuple[str, ...]:
    names = {spell(name) for name in (entity.name, *(name for name, _ in entity.names))}
    return tuple(sorted(name for name in names if name))


def _is_named(text: str, names: Sequence[str]) -> bool:
    """Whether the words are one of the names, or hold one that is long enough to be sure of."""
    spelled = spell(text)
    return any(
        spelled == name
        or (len(spelled) >= _LEAST and _holds(name, spelled))
        or (len(name) >= _LEAST and _holds(spelled, name))
        for name in names
    )


def _holds(whole: str, part: str) -> bool:
    at = whole.find(part)
    if at < 0:
        return False
    before, after = whole[at - 1 : at], whole[at + len(part) : at + len(part) + 1]
    return not (
        (part[0].isascii() and before.isalnum()) or (part[-1].isascii() and after.isalnum())
    )
