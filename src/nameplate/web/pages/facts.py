"""Claims with their words, read from the reports of the desk."""

from __future__ import annotations

from collections.abc import Iterable

from nameplate.ledger import ClaimFilter
from nameplate.model import Document, Entry
from nameplate.web.desk import Desk, View
from nameplate.web.views.evidence import Fact, fact
from nameplate.web.views.words import Words

_AT_ONCE = 400
"""So many claims' reports are read in one go; a page rarely shows more."""


class Facts:
    """Gives the words of entries, each report read once a request."""

    def __init__(self, desk: Desk, view: View, words: Words) -> None:
        self._desk, self._view, self._words = desk, view, words
        self._entries: dict[str, Entry] = {}
        self._texts: dict[str, Document] = {}

    def of(self, entries: Iterable[Entry]) -> list[Fact]:
        """The facts of these entries."""
        listed = list(entries)
        self._read_texts(listed[:_AT_ONCE])
        return [fact(e, self._text(e.document_key), self._words) for e in listed]

    def read(self, keys: Iterable[str]) -> dict[str, Entry]:
        """The claims in force of these keys, read at once; `by_key` knows them from now on."""
        wanted = tuple(dict.fromkeys(keys))
        if wanted:
            filter = ClaimFilter(keys=wanted)
            found = self._desk.ledger.entries(filter, self._view.as_of or None)
            self.know(found)
        return self._entries

    def know(self, entries: Iterable[Entry]) -> None:
        """Take these for the claims that `by_key` gives."""
        known = {entry.key: entry for entry in entries}
        self._entries |= known
        self._read_texts(list(known.values())[-_AT_ONCE:])

    def _read_texts(self, entries: Iterable[Entry]) -> None:
        missing = {entry.document_key for entry in entries} - self._texts.keys()
        if missing:
            self._texts |= self._desk.texts(missing)

    def _text(self, key: str) -> Document:
        if key not in self._texts:
            self._texts |= self._desk.texts([key])
        return self._texts[key]

    def by_key(self, key: str) -> Fact | None:
        """The fact of the claim with this key, if it was read and is in force."""
        entry = self._entries.get(key)
        return None if entry is None else self.of([entry])[0]
