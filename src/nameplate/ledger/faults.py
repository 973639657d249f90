"""What SQLite says when something is wrong, in the words of the person who has to mend it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from nameplate.errors import LedgerError

# SQLite's primary result codes (https://www.sqlite.org/rescode.html): problem and remedy.
_FAULTS = {
    sqlite3.SQLITE_BUSY: (
        "another process is writing to this ledger and did not finish in time",
        "Wait for it to end, then try again.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "this file is not a ledger, nor any SQLite database",
        "Name another file; it was left as it is.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "this database is damaged",
        "Restore the newest backup, then add later reports again.",
    ),
    sqlite3.SQLITE_FULL: (
        "the disk is full; nothing of this document was recorded",
        "Free some space, then add it again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "the ledger or its folder cannot be written to",
        "Change the permissions, or copy the ledger to a folder of yours.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the ledger's file cannot be opened",
        "Check that its folder exists and that you may read and write there.",
    ),
    sqlite3.SQLITE_PERM: (
        "the ledger's file may not be opened",
        "Change the permissions of the file and its folder.",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk failed while the ledger was read or written",
        "Check its free space and its health, then run `nameplate verify`.",
    ),
}
_FAULTS[sqlite3.SQLITE_LOCKED] = _FAULTS[sqlite3.SQLITE_BUSY]
_FAULTS[sqlite3.SQLITE_AUTH] = _FAULTS[sqlite3.SQLITE_PERM]


def explain(error: BaseException, where: str) -> LedgerError:
    """The error as a `LedgerError` that names the ledger and the remedy."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    known = _FAULTS.get(code & 0xFF) if isinstance(code, int) else None
    problem, remedy = known or (
        f"the database refused: {cause}",
        "Run `nameplate verify`; if it finds nothing, report this as a fault of Nameplate.",
    )
    return LedgerError(problem, where=where, remedy=remedy)


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn whatever the database raises inside into a `LedgerError`."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise LedgerError(
            "the text holds half a character (a lone surrogate), which no database can keep",
            where=where,
            remedy="Read the document again with its right encoding.",
        ) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise explain(error, where) from error
