"""The ledger as the pages see it: worked out once for each state of the ledger, then kept."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
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
from nameplate.pipeline import entities as known_entities
from nameplate.web.problems import MissingError
from nameplate.web.views.facets import Facets, facets_of

_TEXTS_KEPT = 64
_DAYS_KEPT = 4
"""Snapshots kept: the present one and those of days that were looked back at."""


class Snapshot(msgspec.Struct, frozen=True):
    """One state of the ledger, arranged for looking up. Nothing in it is ever changed.

    ``stamp`` tells the state, ``today`` the day (ISO 8601) on which promises were judged, ``as_of``
    the day that the ledger was turned back to, or nothing for now. ``findings`` are by entity,
    ``by_name`` maps every spelled name to the entity that bears it.
    """

    stamp: str
    today: str
    as_of: str
    filed: dict[str, Filed]
    entries: dict[str, Entry]
    entities: dict[str, Entity]
    entity_of: dict[str, str]
    by_document: dict[str, list[Entry]]
    shelf: Shelf
    rows: list[ProjectRow]
    facets: dict[str, Facets]
    findings: dict[str, list[Finding]]
    by_name: dict[str, str]


class Desk:
    """An open ledger with its newest snapshots; shared by all threads that answer requests."""

    def __init__(self, ledger: Ledger, clock: Callable[[], str]) -> None:
        self.ledger = ledger
        self.clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Snapshot] = OrderedDict()
        self.document = lru_cache(maxsize=_TEXTS_KEPT)(self._document)

    @classmethod
    def open(cls, target: str | Path, *, clock: Callable[[], str]) -> Self:
        """Open the ledger at ``target``; it is not made if it is not there."""
        return cls(Ledger.open(target, create=False, clock=clock), clock)

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()

    def today(self) -> str:
        """The present day, UTC."""
        return self.clock()[:10]

    def snapshot(self, as_of: str = "") -> Snapshot:
        """The ledger as it is now, or was known at the end of the day ``as_of``.

        It is worked out anew only when something was added, or next day.
        """
        day = "" if as_of >= self.today() else as_of
        state = (self.ledger.stamp(), day or self.today())
        with self._lock:
            kept = self._kept.get(day)
            if kept is None or (kept.stamp, kept.today) != state:
                kept = self._kept[day] = arrange(self.ledger, *state, as_of=day)
            self._kept.move_to_end(day)
            while len(self._kept) > _DAYS_KEPT:
                self._kept.popitem(last=False)
            return kept

    def entries_in(self, document_key: str, snapshot: Snapshot) -> list[Entry]:
        """The claims of one version of a report, be it superseded or not."""
        found = snapshot.by_document.get(document_key)
        if found is None:
            wanted = ClaimFilter(document=document_key)
            return self.ledger.entries(wanted, snapshot.as_of or None)
        return found

    def _document(self, key: str, as_of: str = "") -> Document:
        try:
            return self.ledger.document(key, as_of or None)
        except UsageError as error:
            raise MissingError("document") from error


def arrange(ledger: Ledger, stamp: str, today: str, as_of: str = "") -> Snapshot:
    """Work out entities, rows and findings, and index everything by key."""
    entities, entries = known_entities(ledger, as_of or None)
    shelf = Shelf(entries)
    by_document: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_document[entry.document_key].append(entry)
    rows = project_rows(entities, shelf, today, kinds=frozenset(e.kind for e in entities))
    return Snapshot(
        stamp=stamp,
        today=today,
        as_of=as_of,
        filed={card.key: card for card in ledger.documents(as_of or None)},
        entries={entry.key: entry for entry in entries},
        entities={entity.id: entity for entity in entities},
        entity_of={key: entity.id for entity in entities for key in entity.claims},
        by_document=dict(by_document),
        shelf=shelf,
        rows=rows,
        facets={row.entity.id: facets_of(row, shelf.of(row.entity)) for row in rows},
        findings=_findings(entities, shelf),
        by_name={spell(n): e.id for e in entities for n in (e.name, *(n for n, _ in e.names))},
    )


def _findings(entities: list[Entity], shelf: Shelf) -> dict[str, list[Finding]]:
    found = {entity.id: findings(entity.name, shelf.of(entity)) for entity in entities}
    return {key: some for key, some in found.items() if some}
