"""Claims with their words, read from the reports of the desk."""

from __future__ import annotations

from collections.abc import Iterable

from nameplate.model import Entry
from nameplate.web.desk import Desk, Snapshot
from nameplate.web.views.evidence import Fact, fact
from nameplate.web.views.words import Words


class Facts:
    """Gives the words of entries, each report read once a request."""

    def __init__(self, desk: Desk, snapshot: Snapshot, words: Words) -> None:
        self._desk, self._snapshot, self._words = desk, snapshot, words

    def of(self, entries: Iterable[Entry]) -> list[Fact]:
        """The facts of these entries."""
        return [fact(e, self._desk.document(e.document_key), self._words) for e in entries]

    def by_key(self, key: str) -> Fact | None:
        """The fact of the claim with this key, if it is in force."""
        entry = self._snapshot.entries.get(key)
        return None if entry is None else self.of([entry])[0]
