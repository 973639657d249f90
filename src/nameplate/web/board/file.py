"""The file of the board (`nameplate.web.beside`): derived from the ledger, and no loss if deleted."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from nameplate.errors import LedgerError

_TABLES = """
create table meta (key text primary key, value text not null) strict;
create table things (
  slot integer primary key, id text not null unique, version integer not null,
  due text not null, facts blob not null, line blob not null, text text not null,
  entity blob not null
) strict;
create index things_version on things (version);
create index things_due on things (due) where due <> '';
create table gone (slot integer not null, version integer not null) strict;
create index gone_version on gone (version);
create table found (
  seq integer primary key, slot integer not null, gravity integer not null,
  rule text not null, subject text not null, listed integer not null, at text not null, body blob not null
) strict;
create index found_gravity on found (gravity, rule, subject, seq);
create index found_slot on found (slot);
create index found_at on found (at, listed);
create table news (
  seq integer primary key, slot integer not null, what text not null, listed integer not null,
  at text not null, day text not null, body blob not null
) strict;
create index news_slot on news (slot);
create index news_at on news (what, listed, at);
create index news_day on news (what, listed, day desc, seq, at);
create table asked (
  claim text primary key, slot integer not null, score real not null, why integer not null,
  document text not null, start integer not null
) strict, without rowid;
create index asked_slot on asked (slot);
create index asked_score on asked (score desc, document, start, why);
create table held (claim text primary key, slot integer not null) strict, without rowid;
create index held_slot on held (slot);
create virtual table words using fts5 (
  grams, content = '', tokenize = "unicode61 remove_diacritics 0 tokenchars '.'"
);
"""


@cache
def made_by() -> str:
    """What the tables are worked out by: the version of the program and its own words."""
    digest = hashlib.sha256(version("nameplate").encode())
    for room in ("answer", "web/board", "web/views", "data/desk"):
        folder = files("nameplate").joinpath(room)
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.is_file() and file.name.endswith((".py", ".toml")):
                digest.update(file.read_bytes())
    for table in ("sectors.toml", "fields.tsv", "terms.tsv"):
        digest.update(files("nameplate").joinpath("data", table).read_bytes())
    return digest.hexdigest()[:16]


class BoardFile:
    """An open file; each thread has a connection of its own."""

    def __init__(self, path: Path | None) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self.path = path if path is not None else self._passing()
        try:
            self._settle()
        except (sqlite3.Error, OSError):
            # A folder that takes no file, or a file that is broken: the board can lie anywhere.
            self.close()
            self.path = self._passing()
            self._settle()

    def _passing(self) -> Path:
        self._folder = tempfile.TemporaryDirectory(prefix="nameplate-desk-")
        return Path(self._folder.name) / "board"

    def _settle(self) -> None:
        connection = self._connect()
        connection.execute("pragma journal_mode = wal")
        if self._kind(connection) == made_by():
            return
        with self.writing() as writer:
            if self._kind(writer) != made_by():
                _remake(writer)

    def _kind(self, connection: sqlite3.Connection) -> str:
        held = "select count(*) from sqlite_master where name = 'meta'"
        if not connection.execute(held).fetchone()[0]:
            return ""
        row = connection.execute("select value from meta where key = 'made_by'").fetchone()
        return row[0] if row else ""

    def _connect(self) -> sqlite3.Connection:
        made: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if made is None:
            made = sqlite3.connect(
                self.path, timeout=60, isolation_level=None, check_same_thread=False
            )
            made.execute("pragma synchronous = off")  # what a power cut takes is made again
            self._local.connection = made
            with self._lock:
                self._all.append(made)
        return made

    @property
    def reader(self) -> sqlite3.Connection:
        """This thread's connection."""
        return self._connect()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that no other writer can interleave."""
        connection = self._connect()
        try:
            connection.execute("begin immediate")
            yield connection
            connection.execute("commit")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("rollback")
            if isinstance(error, sqlite3.Error):
                raise LedgerError(
                    f"the file of the desk cannot be written: {error}",
                    where=str(self.path),
                    remedy="Make room on the disk, or delete the file: it is made anew.",
                ) from error
            raise

    def close(self) -> None:
        """Let go of the file, of all threads."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._local = threading.local()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _remake(connection: sqlite3.Connection) -> None:
    """Tables without a row, in the place of what another program left."""
    query = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    names = [row[0] for row in connection.execute(query)]
    shadows = {name for name in names if name.startswith("words_")}
    for name in names:
        if name not in shadows:
            connection.execute(f'drop table "{name}"')
    for statement in filter(str.strip, _TABLES.split(";\n")):
        connection.execute(statement)
    connection.execute("insert into meta values ('made_by', ?)", [made_by()])
