"""The ledger as the pages see it: worked out once for each state of the ledger, then kept."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Self

import msgspec

from nameplate.answer.checks import findings
from nameplate.answer.projects import project_rows
from nameplate.answer.shelf import Shelf
from nameplate.answer.views import ProjectRow
from nameplate.errors import UsageError
from nameplate.find.spelling import spell
from nameplate.ledger import ClaimFilter, Filed, Ledger
from nameplate.model import Document, Entity, Entry, Finding
from nameplate.resolve import resolve
from nameplate.web.problems import MissingError

_TEXTS_KEPT = 64


class Snapshot(msgspec.Struct, frozen=True):
    """One state of the ledger, arranged for looking up. Nothing in it is ever changed.

    ``stamp`` tells the state, ``today`` the day (ISO 8601) on which promises were judged.
    ``findings`` are by entity, ``by_name`` maps every spelled name to the entity that bears it.
    """

    stamp: str
    today: str
    filed: dict[str, Filed]
    entries: dict[str, Entry]
    entities: dict[str, Entity]
    entity_of: dict[str, str]
    by_document: dict[str, list[Entry]]
    shelf: Shelf
    rows: list[ProjectRow]
    findings: dict[str, list[Finding]]
    by_name: dict[str, str]


class Desk:
    """An open ledger with its newest snapshot; shared by all threads that answer requests."""

    def __init__(self, ledger: Ledger, clock: Callable[[], str]) -> None:
        self.ledger = ledger
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: Snapshot | None = None
        self.document = lru_cache(maxsize=_TEXTS_KEPT)(self._document)

    @classmethod
    def open(cls, target: str | Path, *, clock: Callable[[], str]) -> Self:
        """Open the ledger at ``target``; it is not made if it is not there."""
        return cls(Ledger.open(target, create=False, clock=clock), clock)

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()

    def snapshot(self) -> Snapshot:
        """The ledger as it is now; worked out anew only when something was added, or next day."""
        state = (self.ledger.stamp(), self._clock()[:10])
        with self._lock:
            kept = self._kept
            if kept is None or (kept.stamp, kept.today) != state:
                kept = self._kept = arrange(self.ledger, *state)
            return kept

    def entries_in(self, document_key: str) -> list[Entry]:
        """The claims of one version of a report, be it superseded or not."""
        found = self.snapshot().by_document.get(document_key)
        if found is None:
            return self.ledger.entries(ClaimFilter(document=document_key))
        return found

    def _document(self, key: str) -> Document:
        try:
            return self.ledger.document(key)
        except UsageError as error:
            raise MissingError("document") from error


def arrange(ledger: Ledger, stamp: str, today: str) -> Snapshot:
    """Work out entities, rows and findings, and index everything by key."""
    entries = ledger.entries()
    entities = ledger.cached_entities()
    if entities is None:
        entities = resolve(entries, ledger.judgements())
    shelf = Shelf(entries)
    by_document: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_document[entry.document_key].append(entry)
    return Snapshot(
        stamp=stamp,
        today=today,
        filed={card.key: card for card in ledger.documents()},
        entries={entry.key: entry for entry in entries},
        entities={entity.id: entity for entity in entities},
        entity_of={key: entity.id for entity in entities for key in entity.claims},
        by_document=dict(by_document),
        shelf=shelf,
        rows=project_rows(entities, shelf, today, kinds=frozenset(e.kind for e in entities)),
        findings=_findings(entities, shelf),
        by_name={spell(n): e.id for e in entities for n in (e.name, *(n for n, _ in e.names))},
    )


def _findings(entities: list[Entity], shelf: Shelf) -> dict[str, list[Finding]]:
    found = {entity.id: findings(entity.name, shelf.of(entity)) for entity in entities}
    return {key: some for key, some in found.items() if some}
