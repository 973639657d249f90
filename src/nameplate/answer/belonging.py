"""What belongs to a park, a place or an event, as reports say."""

from __future__ import annotations

from collections.abc import Iterable

from nameplate.answer.shelf import Shelf
from nameplate.find.spelling import spell
from nameplate.model import Entity, Entry

_WITHIN = frozenset({"located_in", "part_of"})
_LEAST = 4
"""A shorter spelling of an event is not looked for in the words of a signing."""


class Register:
    """Entities by the names that reports use for them."""

    def __init__(self, entities: Iterable[Entity], shelf: Shelf) -> None:
        self.entities = list(entities)
        self.shelf = shelf
        self._by_name: dict[str, list[Entity]] = {}
        self._by_claim = {key: entity for entity in self.entities for key in entity.claims}
        for entity in self.entities:
            for name in {spell(n) for n in (entity.name, *(n for n, _ in entity.names))}:
                self._by_name.setdefault(name, []).append(entity)

    def called(self, name: str | None) -> Entity | None:
        """The entity of this name, if there is only one."""
        found = self._by_name.get(spell(name or ""), [])
        return found[0] if len(found) == 1 else None

    def speaking(self, entry: Entry) -> Entity | None:
        """The entity that the claim is about."""
        return self._by_claim.get(entry.key)

    def within(self, whole: Entity) -> list[tuple[Entity, Entry]]:
        """What is said to lie in it, to be part of it or to be hosted by it, with the claim."""
        found: dict[str, tuple[Entity, Entry]] = {}
        for entry in self.shelf.about(whole):
            part = self.speaking(entry)
            if entry.claim.relation in _WITHIN and part is not None:
                found.setdefault(part.id, (part, entry))
        for entry in self.shelf.of(whole):
            part = self.called(entry.claim.object) if entry.claim.relation == "hosts" else None
            if part is not None:
                found.setdefault(part.id, (part, entry))
        return [pair for key, pair in sorted(found.items()) if key != whole.id]

    def signed_at(self, event: Entity) -> list[tuple[Entity, Entry]]:
        """What was signed there: hosted by it or part of it, or its name is in the signing's words."""
        found = {part.id: (part, entry) for part, entry in self.within(event)}
        names = {spell(n) for n in (event.name, *(n for n, _ in event.names))}
        names = {name for name in names if len(name) >= _LEAST}
        for other in self.entities:
            if other.id == event.id or other.id in found or other.kind in _NEVER_SIGNED:
                continue
            for entry in self.shelf.of(other):
                if entry.claim.stage == "signed" and _speaks_of(entry, names):
                    found.setdefault(other.id, (other, entry))
        return [pair for _, pair in sorted(found.items())]


_NEVER_SIGNED = frozenset({"event", "person", "place", "body"})


def _speaks_of(entry: Entry, names: set[str]) -> bool:
    words = spell(f"{entry.claim.quote} {entry.claim.scope or ''}")
    return any(name in words for name in names)
