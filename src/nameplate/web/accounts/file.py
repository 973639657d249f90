"""The file of accounts, ``LEDGER.people`` beside the ledger: SQLite, readable by its owner alone."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from nameplate import private_file
from nameplate.target import Target
from nameplate.web.beside import accounts_of

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
_LAYOUT = private_file.Layout("accounts", _TABLES, 1)


def beside(ledger: str | Path | Target) -> Path:
    """Where the accounts of the desk over this ledger lie."""
    return accounts_of(ledger)


def opened(path: Path, *, looking: bool = False) -> AbstractContextManager[sqlite3.Connection]:
    """One transaction on the file of accounts; ``looking``: nothing is written."""
    return private_file.opened(path, _LAYOUT, looking=looking)
