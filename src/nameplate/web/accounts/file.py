"""The file of accounts, ``LEDGER.people`` beside the ledger: SQLite, readable by its owner alone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nameplate.errors import LedgerError
from nameplate.target import Target
from nameplate.web.beside import accounts_of

_VERSION = 1

_TABLES = """
create table people (
  name text primary key, role text not null, hash text not null,
  active integer not null default 1, made text not null
) strict;
create table sessions (
  token text primary key, name text not null references people (name),
  made text not null, seen text not null, ends text not null
) strict;
create table tries (at text not null, name text not null, source text not null) strict;
create index tries_at on tries (at);
create table log (
  seq integer primary key, at text not null, who text not null, what text not null,
  about text not null
) strict;
create table weights (source text primary key, weight real not null) strict;
create table secrets (name text primary key, value text not null) strict;
"""


def beside(ledger: str | Path | Target) -> Path:
    """Where the accounts of the desk over this ledger lie."""
    return accounts_of(ledger)


@contextmanager
def opened(path: Path, *, looking: bool = False) -> Iterator[sqlite3.Connection]:
    """One transaction on the file, which is made if it is not there.

    ``looking``: nothing is written, so that nobody waits for it.
    """
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        connection.execute("begin" if looking else "begin immediate")
        _settle(connection, path)
        yield connection
        connection.execute("commit")
    except sqlite3.Error as error:
        problem = f"the file of accounts cannot be used: {error}"
        remedy = "Check that it may be read and written, and that it is a file of accounts."
        raise LedgerError(problem, where=str(path), remedy=remedy) from error
    finally:
        connection.close()


def _settle(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("pragma user_version").fetchone()[0]
    if version == 0:
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)
        connection.execute(f"pragma user_version = {_VERSION}")
    elif version != _VERSION:
        raise LedgerError(
            f"the file of accounts is of version {version}, not {_VERSION}",
            where=str(path),
            remedy="Open it with the Nameplate that wrote it.",
        )
