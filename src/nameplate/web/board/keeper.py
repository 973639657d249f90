"""Keeping the board up to date with the ledger: only what changed is worked out again."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from nameplate.ledger import Ledger
from nameplate.model import Entity, Entry
from nameplate.pipeline import LINKER
from nameplate.web.board.file import BoardFile
from nameplate.web.board.packed import Packed, Work, grams, packed
from nameplate.web.board.sponsors import sponsors_then
from nameplate.web.board.summary import Reviewing, summarise
from nameplate.web.views.queue import same_words

log = logging.getLogger("nameplate.web")

PORTION = 200
"""Things worked out in one transaction."""


class Pending(NamedTuple):
    """What is to be worked out again: these things, or all of them; ``seq`` and ``token`` end it."""

    everything: bool
    ids: list[str]
    seq: int
    token: str
    today: str

    @property
    def size(self) -> float:
        """How many things; all are more than any number."""
        return float("inf") if self.everything else len(self.ids)


def asking(needle: str) -> str:
    """What full-text search is asked for a part of a word."""
    if len(needle) == 1:
        return f'"{needle}" *'
    return '"' + " ".join(needle[i : i + 2] for i in range(len(needle) - 1)) + '"'


Spread = Callable[[Iterable[list[str]], frozenset[str]], Iterable[tuple[list[str], list[Packed]]]]
"""Works out portions of things, given the words of claims that were judged, in their order."""


class Keeper:
    """Fills a board from a ledger. ``weights`` are those of publishers."""

    def __init__(self, ledger: Ledger, file: BoardFile) -> None:
        self._ledger = ledger
        self._file = file

    def is_whole(self) -> bool:
        """Whether all of the board was made once; one that was broken off shows some things only."""
        return "token" in self._meta()

    def pending(self, today: str) -> Pending | None:
        """What changed since the board was last brought up to date; nothing if it is."""
        ledger, meta = self._ledger, self._meta()
        if not ledger.is_resolved(LINKER.rules):
            ledger.rebuild_entities(LINKER)
        seq, token = int(meta.get("seq", 0)), meta.get("token", "")
        changes = ledger.pages.changes(seq)
        if not changes and not seq and "token" in meta:
            return self._due(Pending(False, [], 0, "", today), meta)
        last = (changes[-1].seq, changes[-1].token) if changes else (0, "")
        known = bool(changes) and changes[0].seq == seq and changes[0].token == token
        if not known or any(change.entity is None for change in changes[1:]):
            return Pending(True, [], *last, today)
        ids = [c.entity for c in changes[1:] if c.entity is not None]
        # Whose sponsor changed: that is said by the sponsor's claims.
        ids = list(dict.fromkeys([*ids, *ledger.pages.pointed_to(ids)]))
        return self._due(Pending(False, ids, *last, today), meta)

    def _due(self, pending: Pending, meta: dict[str, str]) -> Pending | None:
        """With those on which the day tells."""
        if meta.get("today") != pending.today:
            query = "select id from things where due <> '' and due <= ?"
            due = [row[0] for row in self._file.reader.execute(query, [pending.today])]
            return pending._replace(ids=list(dict.fromkeys([*pending.ids, *due])))
        return pending if pending.ids else None

    def catch_up(
        self,
        pending: Pending,
        weights: dict[str, float],
        tell: Callable[[int], None] = lambda done: None,
        spread: Spread | None = None,
    ) -> None:
        """Work out what is pending and write it down; ``spread`` works it out in other processes."""
        alike = frozenset(same_words(e) for e in self._ledger.pages.judged_words())
        work = Work(self._ledger, weights, alike, pending.today)
        portions = self._portions(pending)
        worked = (
            spread(portions, alike) if spread else ((ids, work.packed(ids)) for ids in portions)
        )
        seen: set[str] = set()
        for ids, made in worked:
            with self._file.writing() as connection:
                _replace(connection, ids, made)
            seen.update(ids)
            tell(len(seen))
        with self._file.writing() as connection:
            if pending.everything:
                held = [row[0] for row in connection.execute("select id from things")]
                _replace(connection, [id for id in held if id not in seen], [])
            done = {"seq": str(pending.seq), "token": pending.token, "today": pending.today}
            _set_meta(connection, done)

    def weigh(self, weights: dict[str, float]) -> bool:
        """Whether other weights of sources than these were kept; from now on these are."""
        said = msgspec.json.encode(dict(sorted(weights.items()))).decode()
        if self._meta().get("weights", "{}") == said:
            return False
        with self._file.writing() as connection:
            _set_meta(connection, {"weights": said, "today": "", "seq": "-1"})
        return True

    def _portions(self, pending: Pending) -> Iterable[list[str]]:
        if pending.everything:
            return self._ledger.pages.entity_ids(PORTION)
        ids = pending.ids
        return (ids[start : start + PORTION] for start in range(0, len(ids), PORTION))

    def _meta(self) -> dict[str, str]:
        return dict(self._file.reader.execute("select key, value from meta").fetchall())


def fill(file: BoardFile, known: Sequence[Entity], entries: Sequence[Entry], today: str) -> None:
    """A board of a day of the past, from the things and claims as they were known then."""
    by_key = {entry.key: entry for entry in entries}
    review, sponsors = Reviewing(frozenset(), {}), sponsors_then(known, entries)
    for start in range(0, len(known), PORTION):
        some = known[start : start + PORTION]
        made = [
            packed(entity, found, whole=True)
            for entity in some
            for own in ([by_key[key] for key in entity.claims],)
            if (found := summarise(entity, own, today, review, sponsors.of(entity, own)))
        ]
        with file.writing() as connection:
            _replace(connection, [], made)


def _set_meta(connection: sqlite3.Connection, values: dict[str, str]) -> None:
    connection.executemany("insert or replace into meta values (?, ?)", values.items())


def _replace(
    connection: sqlite3.Connection,
    ids: Iterable[str],
    made: Sequence[Packed],
) -> None:
    """Put the summaries in the place of what was kept of the things ``ids``."""
    version = top(connection, "version", 0) + 1
    held = dict(_taken_out(connection, ids))
    staying = {one.id for one in made}
    left = [slot for id, slot in held.items() if id not in staying]
    connection.executemany("insert into gone values (?, ?)", [(slot, version) for slot in left])
    last = max(top(connection, "slot", -1), *held.values(), -1)
    for one in made:
        slot = held.get(one.id)
        if slot is None:
            slot = last = last + 1
        _insert(connection, slot, version, one)


def top(connection: sqlite3.Connection, column: str, none: int) -> int:
    """The largest number in use, be it of a thing that is gone; ``none`` if there is none."""
    tops = (f"(select coalesce(max({column}), {none}) from {t})" for t in ("things", "gone"))
    return int(connection.execute(f"select max({', '.join(tops)})").fetchone()[0])


def _taken_out(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[tuple[str, int]]:
    for id in ids:
        row = connection.execute("select slot, text from things where id = ?", [id]).fetchone()
        if row is None:
            continue
        slot, text = row
        gone = "insert into words (words, rowid, grams) values ('delete', ?, ?)"
        connection.execute(gone, [slot, grams(text)])
        for table in ("things", "found", "news", "asked", "held"):
            connection.execute(f"delete from {table} where slot = ?", [slot])
        yield id, slot


def _insert(connection: sqlite3.Connection, slot: int, version: int, made: Packed) -> None:
    row = (slot, made.id, version, *made.thing[1:])
    connection.execute("insert into things values (?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.execute("insert into words (rowid, grams) values (?, ?)", [slot, made.grams])
    connection.executemany(
        "insert into found values (null, ?, ?, ?, ?, ?, ?, ?)", [(slot, *f) for f in made.found]
    )
    connection.executemany(
        "insert into news values (null, ?, ?, ?, ?, ?, ?)", [(slot, *n) for n in made.news]
    )
    connection.executemany(
        "insert or replace into asked values (?, ?, ?, ?, ?, ?)",
        [(claim, slot, *rest) for claim, *rest in made.asked],
    )
    connection.executemany(
        "insert or replace into held values (?, ?)", [(key, slot) for key in made.claims]
    )
