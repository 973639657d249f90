"""A ledger in a PostgreSQL database: connections, the lock of writers, whose the database is.

One schema holds one ledger: the first of the search path. Readers see one state for as long as they
ask (``REPEATABLE READ``) and never wait. Writers take their turn at an advisory lock of the schema,
held to the end of the transaction, so that running numbers and instants of record go up one by one
as they do in a file.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from nameplate.errors import LedgerError
from nameplate.ledger.tables import APPLICATION_ID
from nameplate.target import Target

#: What the table of versions is described as, to tell our schemas from others'.
MARK = "A ledger of Nameplate"

_OLDEST = 15
_CONNECTIONS = 20
"""Kept or made by one process at most; the desk has as many threads that ask."""

_HUNG = "15min"
"""After so long a writer that says nothing is taken for dead, and its transaction undone."""

# One statement, and of tables alone: functions like to_regclass answer from what the connection
# remembers, and may not know yet what another process just made.
_HELD = """
    SELECT n.nspname, (SELECT d.description FROM pg_class c
        JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = 0
        WHERE c.relnamespace = n.oid AND c.relname = 'alembic_version'
        AND d.classoid = 'pg_class'::regclass) AS mark, (SELECT count(*) FROM pg_class c
        WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'v', 'm', 'p', 'f')) AS tables
    FROM pg_namespace n WHERE n.nspname = current_schema()
"""

_UNSORTED = (
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name <> 'alembic_version' "
    "AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'"
)


def is_server(bound: Engine | Connection) -> bool:
    """Whether the ledger is in a PostgreSQL database."""
    return bound.dialect.name == "postgresql"


def connected(target: Target, patience: float) -> Engine:
    """An engine on the database; nothing is asked of it yet."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise LedgerError(
            "ledgers on a PostgreSQL server need the library psycopg",
            where=str(target),
            remedy="Install it with `pip install 'nameplate[postgres]'`.",
        ) from None
    arguments = {"connect_timeout": max(2, round(patience)), "application_name": "nameplate"}
    address = _address(target)
    engine = create_engine(
        address,
        connect_args={name: v for name, v in arguments.items() if name not in address.query},
        isolation_level="READ COMMITTED",  # who waited for the lock sees what was written meanwhile
        pool_size=5,
        max_overflow=_CONNECTIONS - 5,
        pool_pre_ping=True,  # a server that was started anew is found again
        use_native_hstore=False,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepared(patience))
    return engine


def _address(target: Target) -> URL:
    try:
        address = make_url(target.url)
    except (ArgumentError, ValueError):
        raise LedgerError(
            "this address cannot be read",
            where=str(target),
            remedy="Write postgresql://USER@HOST:PORT/DATABASE, and signs like @ : / ? # in a "
            "password as %40 %3A %2F %3F %23.",
        ) from None
    return address.set(drivername="postgresql+psycopg")


def _prepared(patience: float) -> Any:
    def prepare(connection: Any, _: Any) -> None:
        from nameplate.ledger.server_text import adapt

        adapt(connection.adapters)
        connection.execute(
            f"SET lock_timeout = {round(patience * 1000)}; SET client_encoding = 'UTF8';"
            f"SET idle_in_transaction_session_timeout = '{_HUNG}'"
        )
        connection.commit()

    return prepare


@lru_cache
def shown(url: URL) -> str:
    """The address of a database as messages name it."""
    return str(Target.of(url.set(drivername="postgresql").render_as_string(hide_password=True)))


def take_turn(connection: Connection) -> None:
    """Wait until no other writer is at work in this schema; the lock goes with the transaction."""
    connection.exec_driver_sql(
        f"SELECT pg_advisory_xact_lock({APPLICATION_ID}, hashtext(current_schema()))"
    )


def check_ours(connection: Connection, where: str) -> bool:
    """True for an empty schema; raises for what another program made, or a server too old."""
    version = connection.exec_driver_sql("SHOW server_version").scalar_one()
    if int(version.split(".")[0].split("devel")[0]) < _OLDEST:
        raise LedgerError(
            f"this server is PostgreSQL {version}",
            where=where,
            remedy=f"Use PostgreSQL {_OLDEST} or later.",
        )
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise LedgerError(
            f"this database keeps text as {encoding}",
            where=where,
            remedy="Make one with `createdb --encoding=UTF8 --template=template0 NAME`.",
        )
    held = connection.exec_driver_sql(_HELD).one_or_none()
    if held is None:
        raise LedgerError(
            "the schema of this address does not exist",
            where=where,
            remedy="Make it with CREATE SCHEMA, or name another in options=-csearch_path%3DNAME.",
        )
    if held.mark == MARK:
        return False
    if not held.tables:
        return True
    raise LedgerError(
        f"the schema {held.nspname!r} of this database holds tables of another program",
        where=where,
        remedy="Name another database, or a schema with ?options=-csearch_path%3DNAME; "
        "this one was left as it is.",
    )


def finish(connection: Connection) -> None:
    """After a migration: say whose the tables are, and sort their texts by their signs.

    As they are sorted in a file and in Python, whatever the language of the database.
    """
    connection.exec_driver_sql(f"COMMENT ON TABLE alembic_version IS '{MARK}'")
    changes: dict[str, list[str]] = {}
    for table, column in connection.exec_driver_sql(_UNSORTED).all():
        changes.setdefault(table, []).append(f'ALTER "{column}" TYPE text COLLATE "C"')
    for table, some in changes.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(some)}')
