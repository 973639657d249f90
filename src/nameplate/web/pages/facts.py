"""Claims with their words, read from the reports of the desk."""

from __future__ import annotations

from collections.abc import Iterable

from nameplate.ledger import ClaimFilter
from nameplate.model import Entry
from nameplate.web.desk import Desk, View
from nameplate.web.views.evidence import Fact, fact
from nameplate.web.views.words import Words


class Facts:
    """Gives the words of entries, each report read once a request."""

    def __init__(self, desk: Desk, view: View, words: Words) -> None:
        self._desk, self._view, self._words = desk, view, words
        self._entries: dict[str, Entry] = {}

    def of(self, entries: Iterable[Entry]) -> list[Fact]:
        """The facts of these entries."""
        return [fact(e, self._desk.document(e.document_key), self._words) for e in entries]

    def read(self, keys: Iterable[str]) -> dict[str, Entry]:
        """The claims in force of these keys, read at once; `by_key` knows them from now on."""
        wanted = tuple(dict.fromkeys(keys))
        if wanted:
            filter = ClaimFilter(keys=wanted)
            found = self._desk.ledger.entries(filter, self._view.as_of or None)
            self._entries |= {entry.key: entry for entry in found}
        return self._entries

    def know(self, entries: Iterable[Entry]) -> None:
        """Take these for the claims that `by_key` gives."""
        self._entries |= {entry.key: entry for entry in entries}

    def by_key(self, key: str) -> Fact | None:
        """The fact of the claim with this key, if it was read and is in force."""
        entry = self._entries.get(key)
        return None if entry is None else self.of([entry])[0]
