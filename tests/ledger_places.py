"""Where tests keep their ledgers: in files, and the very same tests on a PostgreSQL server.

A module of tests that is marked ``usefixtures("everywhere")`` runs twice; ``fresh`` gives it places.
The server is one of our own (`scripts/postgres_cluster.py`), or the database that
``NAMEPLATE_TEST_POSTGRES`` names.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import postgres_cluster as cluster

__all__ = ["cluster", "empty_schema", "fresh", "on_server", "passing", "use"]

_numbers = itertools.count()
_kept: dict[str, str] = {}
_free: list[str] = []
_address: list[str] = []
"""The server's address while tests run on it, else nothing."""


def on_server() -> bool:
    """Whether tests run on the server now."""
    return bool(_address)


def use(address: str | None) -> None:
    """Run tests on the server at this address from now on, or in files."""
    _address[:] = [] if address is None else [address]


def fresh(folder: str | Path, name: str = "x.ledger") -> str | Path:
    """The place of a ledger that is not there yet: in the folder, or a schema of the server."""
    path = Path(folder) / name
    if not _address:
        return path
    known = _kept.get(str(path))
    if known is None:
        known = _kept[str(path)] = empty_schema(_address[0])
    return known


@contextmanager
def passing() -> Iterator[str | Path]:
    """A place for a ledger that is forgotten after the block; quick to have, for many in a row."""
    if not _address:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder) / "x.ledger"
        return
    place = _free.pop() if _free else empty_schema(_address[0])
    yield place
    with psycopg.connect(place, autocommit=True) as connection:
        found = connection.execute(
            "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables "
            "WHERE schemaname = current_schema() AND tablename <> 'alembic_version'"
        ).fetchone()
        if found and found[0]:
            connection.execute(f"TRUNCATE {found[0]} RESTART IDENTITY")
    _free.append(place)


def empty_schema(address: str) -> str:
    """The address of a schema that was just made."""
    schema = f"t{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    return f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{schema}"
