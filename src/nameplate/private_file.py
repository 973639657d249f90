"""Small SQLite files beside a ledger that its owner alone may read: accounts, links of forms."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from nameplate.errors import LedgerError


class Layout(NamedTuple):
    """What such a file holds: ``what`` it is a file of, its tables, and their version."""

    what: str
    tables: str
    version: int


@contextmanager
def opened(path: Path, layout: Layout, *, looking: bool = False) -> Iterator[sqlite3.Connection]:
    """One transaction on the file, which is made if it is not there.

    ``looking``: nothing is written, so that nobody waits for it. Raises LedgerError if the file
    cannot be used or is of another version.
    """
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        connection.execute("begin" if looking else "begin immediate")
        _settle(connection, path, layout)
        yield connection
        connection.execute("commit")
    except sqlite3.Error as error:
        problem = f"the file of {layout.what} cannot be used: {error}"
        remedy = f"Check that it may be read and written, and that it is a file of {layout.what}."
        raise LedgerError(problem, where=str(path), remedy=remedy) from error
    finally:
        connection.close()


def _settle(connection: sqlite3.Connection, path: Path, layout: Layout) -> None:
    version = connection.execute("pragma user_version").fetchone()[0]
    if version == 0:
        for statement in filter(str.strip, layout.tables.split(";")):
            connection.execute(statement)
        connection.execute(f"pragma user_version = {layout.version}")
    elif version != layout.version:
        raise LedgerError(
            f"the file of {layout.what} is of version {version}, not {layout.version}",
            where=str(path),
            remedy="Open it with the Nameplate that wrote it.",
        )
