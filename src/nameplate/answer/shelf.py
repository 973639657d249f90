"""Entries sorted once, so that each entity's are at hand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from nameplate.answer.moments import in_order
from nameplate.find.spelling import spell
from nameplate.model import Entity, Entry


class Shelf:
    """The entries of a ledger, or of a part of it, by key and by the object they point to."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_key = {entry.key: entry for entry in entries}

    def of(self, entity: Entity) -> list[Entry]:
        """The entity's own entries in the order of time; those not on the shelf are left out."""
        own = [self._by_key[key] for key in entity.claims if key in self._by_key]
        return sorted(own, key=in_order)

    def about(self, entity: Entity) -> list[Entry]:
        """Relations of others that name the entity as their object, in the order of time."""
        own = set(entity.claims)
        names = {spell(name) for name, _ in entity.names} | {spell(entity.name)}
        found = {e.key: e for name in names for e in self._by_object.get(name, ())}
        return sorted((e for key, e in found.items() if key not in own), key=in_order)

    def by_document(self) -> dict[str, list[Entry]]:
        """All entries by their document."""
        found: dict[str, list[Entry]] = {}
        for entry in self._by_key.values():
            found.setdefault(entry.document_key, []).append(entry)
        return found

    @cached_property
    def _by_object(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self._by_key.values():
            if entry.claim.object is not None:
                found.setdefault(spell(entry.claim.object), []).append(entry)
        return found
