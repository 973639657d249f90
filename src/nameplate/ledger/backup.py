"""Copies of a ledger: taken while others write, and put back whole or not at all.

A backup is a ledger's file, whatever the ledger is kept in. SQLite's own backup copies one consistent
state of a file, pages and all; writers go on meanwhile. From and to a server every row is copied
(`nameplate.ledger.moving`). A copy is written beside its place and only then moved there, so that a
crash never leaves half of one.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from nameplate.errors import LedgerError
from nameplate.ledger.database import open_database
from nameplate.ledger.faults import explained
from nameplate.ledger.moving import Told, move
from nameplate.ledger.tables import APPLICATION_ID
from nameplate.target import Target


def _quietly(table: str, rows: int) -> None:
    """Tell nobody."""


def back_up(
    source: str | Path | Target, target: Path, patience: float, told: Told = _quietly
) -> None:
    """Copy the ledger at ``source`` to the new file ``target``.

    ``told`` hears of each table that was copied from a server. Raises `LedgerError` if there is a
    file already, or if the copy cannot be made.
    """
    if target.exists():
        raise LedgerError(
            "there is a file already", where=str(target), remedy="Name one that is not there yet."
        )
    part = target.with_name(f"{target.name}.part")
    place = Target.of(source)
    with explained(str(target)):
        try:
            _forget(part)
            if place.file is None:
                _fetch(place, part, patience, told)
            else:
                _copy_file(place.file, part, patience)
            _settled(part)
            # Unlike a replacement, a link never overwrites a file that came meanwhile.
            os.link(part, target)
        except OSError as error:
            raise _refused(error, target) from error
        finally:
            _forget(part)


def restore(
    source: Path,
    target: str | Path | Target,
    *,
    replace: bool,
    patience: float,
    told: Told = _quietly,
) -> None:
    """Make the ledger at ``target`` what the backup ``source`` holds, an older version migrated.

    A ledger that is there is replaced only if so asked: in one transaction, which those who have it
    open see as any other. Raises `LedgerError` for a backup that is none, and leaves the ledger.
    """
    if not source.is_file():
        raise LedgerError(
            "there is no backup here", where=str(source), remedy="Name a file of nameplate backup."
        )
    place = Target.of(target)
    if place.file is None:
        with tempfile.TemporaryDirectory(prefix="nameplate-restore-") as folder:
            part = Path(folder) / "part"
            _prepare(source, part, patience)
            with (
                _engine(Target.of(part), patience, create=False) as one,
                _engine(place, patience, create=True) as two,
            ):
                move(one, two, replace=replace, told=told)
        return
    _restore_file(source, place.file, replace=replace, patience=patience)


def copy(
    source: str | Path | Target,
    target: str | Path | Target,
    *,
    replace: bool = False,
    patience: float,
    told: Told = _quietly,
) -> None:
    """Make the ledger at ``target`` what the one at ``source`` is now, whatever each is kept in."""
    one, two = Target.of(source), Target.of(target)
    if two.file is None:
        with (
            _engine(one, patience, create=False) as have,
            _engine(two, patience, create=True) as want,
        ):
            move(have, want, replace=replace, told=told)
    elif not replace or not two.file.exists():
        back_up(one, two.file, patience, told)
    else:
        with tempfile.TemporaryDirectory(prefix="nameplate-copy-", dir=two.file.parent) as folder:
            passing = Path(folder) / "copy"
            back_up(one, passing, patience, told)
            restore(passing, two, replace=True, patience=patience)


def _restore_file(source: Path, target: Path, *, replace: bool, patience: float) -> None:
    if target.exists() and not replace:
        raise LedgerError(
            "there is a ledger already",
            where=str(target),
            remedy="Name another with -l, or give --replace to lose what is in this one.",
        )
    part = target.with_name(f"{target.name}.part")
    try:
        _prepare(source, part, patience)
        if not target.exists():
            os.link(part, target)
            return
        with (
            explained(str(target)),
            closing(_opened(part, "ro")) as one,
            closing(_opened(target, "rw")) as two,
        ):
            _check(two, target)
            _copy(one, two, patience)
    except OSError as error:
        raise _refused(error, target) from error
    finally:
        _forget(part)


def _copy_file(source: Path, part: Path, patience: float) -> None:
    with closing(_opened(source, "ro")) as one, closing(sqlite3.connect(part)) as two:
        _copy(one, two, patience)
        _check(two, part)
        two.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it


def _fetch(place: Target, part: Path, patience: float, told: Told) -> None:
    """A file of what a server holds now."""
    with (
        _engine(place, patience, create=False) as one,
        _engine(Target.of(part), patience, create=True) as two,
    ):
        move(one, two, replace=False, told=told)
    with closing(sqlite3.connect(part)) as made:
        _check(made, part)
        made.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _engine(place: Target, patience: float, *, create: bool) -> Iterator[Engine]:
    engine = open_database(place, create=create, patience=patience)
    try:
        yield engine
    finally:
        engine.dispose()


def _forget(part: Path) -> None:
    for name in (part.name, f"{part.name}-wal", f"{part.name}-shm"):
        part.with_name(name).unlink(missing_ok=True)


def _prepare(source: Path, part: Path, patience: float) -> None:
    """A copy of the backup beside its place: checked, and of the present version."""
    _forget(part)
    with (
        explained(str(source)),
        closing(_opened(source, "ro")) as one,
        closing(sqlite3.connect(part)) as two,
    ):
        _check(one, source)
        _copy(one, two, patience)
    open_database(part, create=False, patience=patience).dispose()
    with closing(sqlite3.connect(part)) as made:
        made.execute("PRAGMA journal_mode = DELETE")
    _settled(part)


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, isolation_level=None)


def _copy(one: sqlite3.Connection, two: sqlite3.Connection, patience: float) -> None:
    """All pages in one step, which a writer cannot tear; waits for locks as long as allowed."""
    until = time.monotonic() + patience

    def progress(status: int, remaining: int, total: int) -> None:
        if time.monotonic() > until and status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LedgerError(
                "another process is writing to this ledger and did not finish in time",
                remedy="Wait for it to end, then try again.",
            )

    one.backup(two, pages=-1, progress=progress, sleep=0.05)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise LedgerError("this is no ledger", where=str(path), remedy="Name another file.")
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise LedgerError(
            f"this ledger is damaged: {found}", where=str(path), remedy="Use another backup."
        )


def _settled(path: Path) -> None:
    """Have the disk keep the file before it gets its name."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _refused(error: OSError, path: Path) -> LedgerError:
    return LedgerError(
        f"the file cannot be written: {error.strerror or error}",
        where=str(path),
        remedy="Check the folder, its permissions and the free space.",
    )
