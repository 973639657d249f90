"""Many rows at once, as fast as the database takes them: COPY and arrays on a server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Connection, Integer, Table, any_, insert, literal
from sqlalchemy.dialects import sqlite

from nameplate.ledger.server import is_server
from nameplate.ledger.tables import REPORT_WORDS, metadata

_PORTION = 20_000
_LINES = 500
"""Rows sent at once."""
_NULL = r"\N"
_CARE = re.compile("[\n\r\0\U0010ffff]")
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_FEW = 50
"""Fewer rows are sent to a server as they are: COPY takes more questions and answers."""


def among(
    connection: Connection, column: ColumnElement[Any], values: Sequence[Any]
) -> ColumnElement[bool]:
    """Whether a column holds one of many values; a server takes them as one array."""
    if is_server(connection):
        return column == any_(literal(values, ARRAY(column.type)))
    return column.in_(values)


def write(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> int:
    """Append rows that have all columns in the order of the table; their number comes back."""
    if not is_server(connection):
        return _sent(connection, table, rows)
    coming = iter(rows)
    few = list(islice(coming, _FEW))
    if len(few) == _FEW:
        return _copied(connection, table, chain(few, coming))
    if few:
        names = [column.name for column in table.columns]
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in few])
    return len(few)


def _copied(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> int:
    quoted = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quoted(column.name) for column in table.columns)
    coming, number = iter(rows), 0
    opened: Any = connection.connection.cursor()
    with (
        opened as cursor,
        cursor.copy(f"COPY {quoted(table.name)} ({columns}) FROM STDIN") as copy,
    ):
        while portion := list(islice(coming, _LINES)):
            copy.write("".join([line(row) for row in portion]).encode())
            number += len(portion)
    return number


def line(row: Sequence[Any]) -> str:
    """A row as COPY takes it from a text.

    Rows are many and hardly any cell needs care, so that is looked for in a whole line at once.
    """
    cells = [v if v.__class__ is str else _NULL if v is None else _cell(v) for v in row]
    joined = "\t".join(cells)
    if (
        joined.count("\t") == len(cells) - 1
        and joined.count("\\") == cells.count(_NULL) == row.count(None)
        and _CARE.search(joined) is None
    ):
        return joined + "\n"
    from nameplate.ledger.server_text import storable

    careful = [
        c if v is None else storable(c).translate(_ESCAPES) for c, v in zip(cells, row, strict=True)
    ]
    return "\t".join(careful) + "\n"


def _cell(value: Any) -> str:
    return rf"\x{value.hex()}" if isinstance(value, bytes) else str(value)


def _sent(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> int:
    # As the driver takes them: there are millions, and SQLAlchemy looks at every one.
    coming, number = iter(rows), 0
    while portion := [tuple(row) for row in islice(coming, _PORTION)]:
        connection.exec_driver_sql(_statement(table), portion)
        number += len(portion)
    return number


@cache
def _statement(table: Table) -> str:
    return str(insert(table).compile(dialect=sqlite.dialect(paramstyle="qmark")))


def count_on(connection: Connection, tables: Iterable[Table]) -> None:
    """Have a server number the next rows after those that came with their numbers."""
    if not is_server(connection):
        return
    for table in tables:
        (key, *more) = table.primary_key.columns
        if more or not isinstance(key.type, Integer):
            continue
        connection.exec_driver_sql(
            f"SELECT setval(s, GREATEST((SELECT max({key.name}) FROM {table.name}), 1), "
            f"(SELECT count(*) > 0 FROM {table.name})) "
            f"FROM pg_get_serial_sequence('{table.name}', '{key.name}') AS s WHERE s IS NOT NULL"
        )


def look_over(connection: Connection) -> None:
    """Have a server count what it holds, so that it finds the shortest way at the next question."""
    if is_server(connection):
        # Only the ledger's own: other tables of the database are none of its business.
        names = ", ".join([*sorted(metadata.tables), REPORT_WORDS])
        connection.exec_driver_sql(f"ANALYZE {names}")
