"""The board as pages ask it: one page of a list, one count, one search, each as the day knew it."""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from nameplate.find.spelling import spell
from nameplate.model import Entity, Finding
from nameplate.web.board.bits import Index, bits_of
from nameplate.web.board.file import BoardFile
from nameplate.web.board.keeper import asking, top
from nameplate.web.board.packed import unpack_facts
from nameplate.web.board.summary import Facts, Line, News

_line = msgspec.msgpack.Decoder(Line).decode
_entity = msgspec.msgpack.Decoder(Entity).decode
_finding = msgspec.msgpack.Decoder(Finding).decode
_news = msgspec.msgpack.Decoder(News).decode


_MUCH = 2_000


class Told(msgspec.Struct, frozen=True):
    """A finding, with the slot of what it is about."""

    slot: int
    finding: Finding


class Happened(msgspec.Struct, frozen=True):
    """A stage reached or a promise passed, with the slot of what it is about."""

    slot: int
    news: News


class ToReview(msgspec.Struct, frozen=True):
    """A claim of the queue: its key, the slot of the thing it is of, and its reasons as bits."""

    claim: str
    slot: int
    why: int


class Board:
    """The tables of one ledger, now or as of a day, with their index in memory."""

    def __init__(self, path: Path | None) -> None:
        self.file = BoardFile(path)
        self._lock = threading.Lock()
        self._version = -1
        self.index = Index({})

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()

    def refresh(self) -> Index:
        """The index brought up to date with the file, which another process may have written."""
        reader = self.file.reader
        with self._lock:
            newest = top(reader, "version", 0)
            if newest != self._version:
                self._read(reader, newest)
                self.index.warm()
            return self.index

    def _read(self, reader: sqlite3.Connection, newest: int) -> None:
        reader.execute("begin")
        try:
            since = self._version
            query = "select slot from gone where version > ?"
            changed: dict[int, Facts | None] = {r[0]: None for r in reader.execute(query, [since])}
            query = "select slot, facts from things where version > ?"
            for slot, facts in reader.execute(query, [since]):
                changed[slot] = unpack_facts(facts)
        finally:
            reader.execute("commit")
        if since < 0 or len(changed) > max(100, self.index.size // 4):
            known = {s: f for s, f in enumerate(self.index.facts) if f is not None}
            whole = {s: f for s, f in {**known, **changed}.items() if f is not None}
            self.index = Index(whole)
        elif changed:
            self.index = self.index.later(changed)
        self._version = newest

    # Things

    def lines(self, slots: Sequence[int]) -> dict[int, Line]:
        """The lines of the things at these slots, by slot, in their order."""
        found: dict[int, Line] = {}
        for some in _portions(slots):
            query = f"select slot, line from things where slot in ({_marks(some)})"
            found |= {
                s: _line(zlib.decompress(b)) for s, b in self.file.reader.execute(query, some)
            }
        return {slot: found[slot] for slot in slots if slot in found}

    def holding(self, text: str) -> int | None:
        """The things that hold every word of the text in any place; nothing if it asks for none."""
        needles = spell(text).split()
        if not needles:
            return None
        index = self.index
        return index.kept(("words", *needles), lambda: self._holding(needles, index.size))

    def _holding(self, needles: list[str], size: int) -> int:
        wanted = " AND ".join(map(asking, needles))
        found = self.file.reader.execute("select rowid from words where words match ?", [wanted])
        return bits_of((slot for (slot,) in found if slot < size), size)

    def entity(self, entity_id: str) -> Entity | None:
        """The thing of this id as it was; only a board of the past keeps it."""
        query = "select entity from things where id = ? and entity <> x''"
        row = self.file.reader.execute(query, [entity_id]).fetchone()
        return _entity(zlib.decompress(row[0])) if row else None

    def claims_of(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """The keys of the claims of each of these things."""
        made: dict[str, list[str]] = {}
        for some in _portions(list(ids)):
            query = (
                "select t.id, h.claim from things t join held h using (slot)"
                f" where t.id in ({_marks(some)})"
            )
            for id, claim in self.file.reader.execute(query, some):
                made.setdefault(id, []).append(claim)
        return made

    def held_by(self, claims: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """The slot of the thing that holds most of each list of claims; none if it holds none."""
        made: dict[str, int] = {}
        for key, listed in claims.items():
            tally: Counter[int] = Counter()
            for some in _portions(listed):
                query = f"select slot from held where claim in ({_marks(some)})"
                tally.update(slot for (slot,) in self.file.reader.execute(query, some))
            if tally:
                made[key] = tally.most_common(1)[0][0]
        return made

    # Findings

    def findings(self, start: int, size: int) -> list[Told]:
        """A page of all findings, the gravest first."""
        query = "select slot, body from found order by gravity, rule, subject, seq limit ? offset ?"
        found = self.file.reader.execute(query, [size, start])
        return [Told(slot, _finding(body)) for slot, body in found]

    def findings_of(self, ids: Iterable[str]) -> dict[str, list[Finding]]:
        """The findings about these things, by id."""
        made: dict[str, list[Finding]] = {}
        for some in _portions(list(ids)):
            query = (
                "select t.id, f.body from things t join found f using (slot)"
                f" where t.id in ({_marks(some)}) order by f.seq"
            )
            for id, body in self.file.reader.execute(query, some):
                made.setdefault(id, []).append(_finding(body))
        return made

    def contradictions(self, since: str, limit: int) -> tuple[int, list[Told]]:
        """Findings about what the table lists that rest on a claim recorded after ``since``."""
        where = "from found where at > ? and listed"
        order = "order by gravity, rule, subject limit ?"
        reader = self.file.reader
        number = reader.execute(f"select count(*) {where}", [since]).fetchone()[0]
        found = reader.execute(f"select slot, body {where} {order}", [since, limit])
        return number, [Told(slot, _finding(body)) for slot, body in found]

    # News

    def news(self, what: str, since: str, limit: int) -> tuple[int, list[Happened]]:
        """What was reached or has passed after ``since``: how much, and the latest of it."""
        where = "where what = ? and listed = 1 and at > ?"
        reader = self.file.reader
        number = reader.execute(f"select count(*) from news {where}", [what, since]).fetchone()[0]
        # Much of it: the latest days hold enough that came after. Little: it is sorted itself.
        by = "news_day" if number > _MUCH else "news_at"
        query = (
            f"select slot, body from news indexed by {by} {where} order by day desc, seq limit ?"
        )
        found = reader.execute(query, [what, since, limit])
        return number, [Happened(slot, _news(body)) for slot, body in found]

    # Review

    def asked(self, why: int, start: int, size: int) -> list[ToReview]:
        """A page of the queue, the weightiest first, of the claims that have these reasons."""
        narrowed = "where why & ?" if why else ""
        query = (
            f"select claim, slot, why from asked {narrowed}"
            " order by score desc, document, start limit ? offset ?"
        )
        values = [why] if why else []
        found = self.file.reader.execute(query, [*values, size, start])
        return [ToReview(*row) for row in found]


def _portions(values: Sequence[Any], size: int = 500) -> Iterable[Sequence[Any]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
