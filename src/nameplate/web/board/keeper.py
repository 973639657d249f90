"""Keeping the board up to date with the ledger: only what changed is worked out again."""

from __future__ import annotations

import logging
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from nameplate.answer.projects import PROJECT_KINDS
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.model import Entity, Entry
from nameplate.pipeline import LINKER
from nameplate.web.board.file import BoardFile
from nameplate.web.board.summary import Facts, Reviewing, Summary, summarise
from nameplate.web.views.queue import same_words

log = logging.getLogger("nameplate.web")

PORTION = 200
"""Things worked out in one transaction."""

pack = msgspec.msgpack.Encoder().encode
unpack_facts = msgspec.msgpack.Decoder(Facts).decode


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


def grams(text: str) -> str:
    """The text as the pairs of neighbouring signs by which any part of a word is found.

    The last sign of each word stands alone after its pairs, so that no pair reaches into the next.
    """
    made: list[str] = []
    for word in text.split():
        made += [word[i : i + 2] for i in range(len(word))]
    return " ".join(made)


def asking(needle: str) -> str:
    """What full-text search is asked for a part of a word."""
    if len(needle) == 1:
        return f'"{needle}" *'
    return '"' + " ".join(needle[i : i + 2] for i in range(len(needle) - 1)) + '"'


class Keeper:
    """Fills a board from a ledger. ``weights`` are those of publishers."""

    def __init__(self, ledger: Ledger, file: BoardFile) -> None:
        self._ledger = ledger
        self._file = file

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
        ids = list(dict.fromkeys(c.entity for c in changes[1:] if c.entity is not None))
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
    ) -> None:
        """Work out what is pending and write it down."""
        alike = frozenset(same_words(e) for e in self._ledger.pages.judged_words())
        work = _Work(self._ledger, weights, alike, pending.today)
        seen: set[str] = set()
        for ids in self._portions(pending):
            made = work.summaries(ids)
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
    review = Reviewing(frozenset(), {})
    for start in range(0, len(known), PORTION):
        some = known[start : start + PORTION]
        made = [
            (entity, found)
            for entity in some
            if (found := summarise(entity, [by_key[k] for k in entity.claims], today, review))
        ]
        with file.writing() as connection:
            _replace(connection, [], made, whole=True)


class _Work:
    """Reads claims and works out summaries, some things at a time."""

    def __init__(
        self, ledger: Ledger, weights: dict[str, float], alike: frozenset[str], today: str
    ) -> None:
        self._ledger, self._weights = ledger, weights
        self._alike, self._today = alike, today

    def summaries(self, ids: Sequence[str]) -> list[tuple[Entity, Summary]]:
        """Those of the things that have claims in force."""
        entities = self._ledger.pages.entities(ids)
        keys = tuple(key for entity in entities for key in entity.claims)
        entries = self._ledger.entries(ClaimFilter(keys=keys)) if keys else []
        by_key = {entry.key: entry for entry in entries}
        review = Reviewing(self._alike, self._weights_of(entries))
        return [
            (entity, made)
            for entity in entities
            if (own := [by_key[k] for k in entity.claims if k in by_key])
            and (made := summarise(entity, own, self._today, review))
        ]

    def _weights_of(self, entries: Iterable[Entry]) -> dict[str, float]:
        if not self._weights:
            return {}
        cards = self._ledger.pages.filed({entry.document_key for entry in entries})
        return {
            key: self._weights[card.publisher or ""]
            for key, card in cards.items()
            if (card.publisher or "") in self._weights
        }


def _set_meta(connection: sqlite3.Connection, values: dict[str, str]) -> None:
    connection.executemany("insert or replace into meta values (?, ?)", values.items())


def _replace(
    connection: sqlite3.Connection,
    ids: Iterable[str],
    made: Sequence[tuple[Entity, Summary]],
    *,
    whole: bool = False,
) -> None:
    """Put the summaries in the place of what was kept of the things ``ids``."""
    version = top(connection, "version", 0) + 1
    held = dict(_taken_out(connection, ids))
    staying = {summary.facts.id for _, summary in made}
    left = [slot for id, slot in held.items() if id not in staying]
    connection.executemany("insert into gone values (?, ?)", [(slot, version) for slot in left])
    last = max(top(connection, "slot", -1), *held.values(), -1)
    for entity, summary in made:
        slot = held.get(summary.facts.id)
        if slot is None:
            slot = last = last + 1
        _insert(connection, slot, version, summary, entity if whole else None)
        connection.executemany(
            "insert or replace into held values (?, ?)", [(key, slot) for key in entity.claims]
        )


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


def _insert(
    connection: sqlite3.Connection, slot: int, version: int, made: Summary, entity: Entity | None
) -> None:
    facts, listed = made.facts, made.facts.kind in PROJECT_KINDS
    line = zlib.compress(pack(made.line), 1)
    whole = zlib.compress(pack(entity), 1) if entity else b""
    row: tuple[Any, ...] = (
        slot, facts.id, version, made.due, pack(facts), line, made.text, whole
    )  # fmt: skip
    connection.execute("insert into things values (?, ?, ?, ?, ?, ?, ?, ?)", row)
    words = "insert into words (rowid, grams) values (?, ?)"
    connection.execute(words, [slot, grams(made.text)])
    connection.executemany(
        "insert into found values (null, ?, ?, ?, ?, ?, ?, ?)",
        [
            (slot, f.gravity, f.finding.check, f.finding.subject, listed, f.at, pack(f.finding))
            for f in made.found
        ],
    )
    connection.executemany(
        "insert into news values (null, ?, ?, ?, ?, ?, ?)",
        [(slot, n.what, listed, n.at, n.day, pack(n)) for n in made.news],
    )
    connection.executemany(
        "insert or replace into asked values (?, ?, ?, ?, ?, ?)",
        [
            (a.entry.key, slot, a.score, a.mask, a.entry.document_key, a.entry.claim.start)
            for a in made.asked
        ],
    )
