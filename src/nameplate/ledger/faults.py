"""What a database says when something is wrong, in the words of the person who has to mend it."""

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


# PostgreSQL's SQLSTATE codes (https://www.postgresql.org/docs/current/errcodes-appendix.html), whole
# or their class of two signs: problem and remedy.
_STATES = {
    "55P03": _FAULTS[sqlite3.SQLITE_BUSY],
    "53100": _FAULTS[sqlite3.SQLITE_FULL],
    "53300": (
        "the server has no connection left for us",
        "Close other programs, or raise its max_connections.",
    ),
    "42501": (
        "this account may not do that in this database",
        "Ask for the rights: CREATE on the schema to make a ledger, SELECT and INSERT to use it.",
    ),
    "25006": (
        "this database can only be read, as a standby or by its settings",
        "Write to the main server.",
    ),
    "57014": (
        "the server broke the statement off, by its statement_timeout or by hand",
        "Try again, or have the limit raised.",
    ),
    "54000": (
        "a name or an address is too long for this database (more than about 2,700 bytes)",
        "Look whether the report is one; shorten its id or address.",
    ),
    "25P03": (
        "the server took this writer for dead and undid what it had written",
        "Run the command again.",
    ),
    "XX": (
        "this database is damaged",
        "Look at the server's log; restore the newest backup, then add later reports again.",
    ),
}
_LOST = (
    "the connection to the server was lost; nothing of this step was recorded",
    "Look whether the server runs, then run the command again.",
)
_STATES |= dict.fromkeys(("08", "57P01", "57P02", "57P03"), _LOST)

# Who is not let in is told why in words alone (libpq passes on no code). No phrase is of the
# password, and the message itself, which might hold part of the address, is not shown.
_PHRASES = (
    (
        ("password authentication failed", "no password supplied", "authentication failed"),
        "the server refuses this name or password",
        "Check the user in the address, and the password in ~/.pgpass or PGPASSWORD.",
    ),
    (
        ("no pg_hba.conf entry",),
        "the server does not let this user in from here",
        "Have its pg_hba.conf changed, or connect with ?sslmode=require.",
    ),
    (
        ("does not exist",),
        "the server has no such database or user",
        "Check the address; `createdb NAME` makes a database.",
    ),
    (
        ("too many clients", "too many connections", "remaining connection slots"),
        *_STATES["53300"],
    ),
    (
        ("starting up", "shutting down", "recovery mode"),
        "the server is starting or stopping",
        "Try again in a minute.",
    ),
    (
        ("resolve host", "translate host"),
        "no server of this name is known",
        "Check the host in the address.",
    ),
    (
        ("SSL", "certificate"),
        "no safe connection to the server can be made",
        "Check sslmode and the certificates.",
    ),
    (
        ("refused", "No such file", "timeout", "timed out", "unreachable", "server closed"),
        "no server answers at this address",
        "Check host and port, and whether the server runs.",
    ),
)
_UNKNOWN = "Run `nameplate verify`; if it finds nothing, report this as a fault of Nameplate."


def explain(error: BaseException, where: str) -> LedgerError:
    """The error as a `LedgerError` that names the ledger and the remedy."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    problem, remedy = (
        _of_file(cause)
        or _of_server(cause)
        or (
            f"the database refused: {cause}",
            _UNKNOWN,
        )
    )
    return LedgerError(problem, where=where, remedy=remedy)


def _of_file(cause: BaseException) -> tuple[str, str] | None:
    code = getattr(cause, "sqlite_errorcode", None)
    return _FAULTS.get(code & 0xFF) if isinstance(code, int) else None


def _of_server(cause: BaseException) -> tuple[str, str] | None:
    if not _is_of_psycopg(cause):
        return None
    state = getattr(cause, "sqlstate", None)
    if state:
        return _STATES.get(state) or _STATES.get(state[:2])
    if not any(kind.__name__ == "OperationalError" for kind in type(cause).__mro__):
        return None
    said = str(cause)
    for phrases, problem, remedy in _PHRASES:
        if any(phrase in said for phrase in phrases):
            return problem, remedy
    return _LOST


def _is_of_psycopg(error: BaseException) -> bool:
    # By name: who has ledgers in files alone need not have the library.
    return any(kind.__module__.partition(".")[0] == "psycopg" for kind in type(error).__mro__)


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
    except Exception as error:
        if isinstance(error, SQLAlchemyError | sqlite3.Error) or _is_of_psycopg(error):
            raise explain(error, where) from error
        raise
