"""Opening a ledger: is it ours, is it of our version, and may we write?

One SQLite file in WAL mode: readers never wait, writers take their turn (``BEGIN IMMEDIATE``).
``synchronous=NORMAL`` keeps the file whole through any crash; a power cut may cost the last commit.
Or a schema of a PostgreSQL database (`nameplate.ledger.server`), to which the same holds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL

from nameplate.errors import LedgerError
from nameplate.ledger import copies, entity_cache, name_index, server
from nameplate.ledger.faults import explained
from nameplate.ledger.tables import APPLICATION_ID, HEAD
from nameplate.target import Target

_DERIVED = "0004"
"""The last revision that changed what is worked out of the reports; later ones need not do so again."""

_CACHE_KB = 32_000
"""Of the file's pages, kept by each connection: the inner ones of a million claims' indexes."""

_ONE_STATE: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def open_database(target: str | Path | Target, *, create: bool, patience: float) -> Engine:
    """An engine on the ledger at ``target``, created or migrated as needed.

    ``patience`` is how many seconds to wait for another writer. Raises `LedgerError` for a file or
    database that is not ours, is of a newer version, or cannot be read or written.
    """
    place = Target.of(target)
    if place.file is None:
        engine = _of_server(place, patience)
    else:
        _check_file(place.file, create)
        engine = _of_file(place.file, patience)
    try:
        with explained(where_of(engine)):
            _settle(engine, create)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _of_server(place: Target, patience: float) -> Engine:
    if not place.is_server:
        raise LedgerError(
            "a ledger is kept in a file or in a PostgreSQL database",
            where=str(place),
            remedy="Name a file, such as reports.ledger, or postgresql://USER@HOST/DATABASE.",
        )
    return server.connected(place, patience)


def _of_file(path: Path, patience: float) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"timeout": patience}
    )
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    return engine


def where_of(engine: Engine) -> str:
    """The ledger's file, or its address without the password."""
    return server.shown(engine.url) if server.is_server(engine) else str(engine.url.database)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the ledger, for one or more queries."""
    with explained(where_of(engine)), engine.connect() as connection:
        if server.is_server(engine):
            connection.execution_options(**_ONE_STATE)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that no other writer can interleave; all of it is kept, or nothing."""
    with explained(where_of(engine)), engine.connect() as plain:
        connection = plain.execution_options(nameplate_write=True)
        with connection.begin():
            if server.is_server(engine):
                server.take_turn(connection)
            yield connection


def _check_file(path: Path, create: bool) -> None:
    if path.is_dir():
        raise LedgerError("this is a folder", where=str(path), remedy="Name a file in it.")
    if create and not path.parent.is_dir():
        raise LedgerError("its folder does not exist", where=str(path), remedy="Make the folder.")
    if not create and not path.exists():
        raise LedgerError(
            "there is no ledger here", where=str(path), remedy="Make one with `nameplate add`."
        )


def _prepare_connection(connection: Any, _: Any) -> None:
    # Transactions are begun by `_begin`, not by the driver's guess.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("nameplate_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _settle(engine: Engine, create: bool) -> None:
    with engine.begin() as connection:
        empty = _check_ours(connection)
        revision = _revision(connection)
    if empty and not create:
        raise LedgerError(
            "this database is empty, not a ledger",
            where=where_of(engine),
            remedy="Name another, or make a ledger of it with `nameplate add`.",
        )
    if not server.is_server(engine):
        _use_wal(engine)
    if revision != HEAD:
        with writing(engine) as connection:
            _migrate(connection)


def _check_ours(connection: Connection) -> bool:
    """True for an empty database; raises for one that another program made."""
    where = where_of(connection.engine)
    if server.is_server(connection):
        return server.check_ours(connection, where)
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if mark == APPLICATION_ID:
        return False
    if mark == 0 and tables == 0:
        return True
    raise LedgerError(
        "this database was made by another program",
        where=where,
        remedy="Name another file; it was left as it is.",
    )


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def _use_wal(engine: Engine, tries: int = 100) -> None:
    # Two processes that make the same file at once meet here; SQLite does not queue them itself.
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        for left in reversed(range(tries)):
            try:
                if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    cursor.execute("PRAGMA journal_mode = WAL")
                return
            except Exception as error:
                if "locked" not in str(error) or not left:
                    raise
                time.sleep(0.05)
    finally:
        raw.close()


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    _check_ours(connection)
    revision = _revision(connection)  # again: another process may have been first
    if revision == HEAD:
        return
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise LedgerError(
            f"this ledger is of a newer version ({revision}; this program knows {HEAD})",
            where=where_of(connection.engine),
            remedy="Upgrade Nameplate; the ledger was left as it is.",
        )
    if not server.is_server(connection):
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    command.upgrade(config, "head")
    if server.is_server(connection):
        server.finish(connection)
    if revision is not None and revision < _DERIVED:
        # Spellings get other numbers: what was worked out by the old ones must go with them.
        entity_cache.drop(connection)
        entity_cache.drop_links(connection)
        name_index.rebuild(connection)
        copies.rebuild(connection)
