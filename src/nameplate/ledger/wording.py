"""Words of reports: kept beside them for searching, and looked up.

The table is a cache. It holds the reports from the first up to some running number without a gap, so
that its last number says all of its state: a report that is added when all before it are there is taken
up with it; else the next search catches up, in portions that stay if it is broken off.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, Engine, column, func, select, text

from nameplate.find.terms import Term, kept, looked_up
from nameplate.ledger.database import reading, writing
from nameplate.ledger.server import is_server
from nameplate.ledger.tables import REPORT_WORDS, documents

Said = tuple[int, str | None, str]
"""A report's running number, title and text."""

Told = Callable[[int, int], None]
"""Hears of how many reports the words are kept, and how many there are."""

_PORTION = 500
_TITLE = "^"
"""Before the words of titles, which are kept once more."""


def words_of(title: str | None, said: str) -> list[str]:
    """What is kept of a report."""
    in_title = kept(title or "")
    return sorted(kept(said) | in_title | {_TITLE + word for word in in_title})


def last_kept(connection: Connection) -> int:
    """The running number of the last report whose words are kept."""
    from_ = REPORT_WORDS if is_server(connection) else f"{REPORT_WORDS}_docsize"
    name = "seq" if is_server(connection) else "id"
    return int(connection.exec_driver_sql(f"SELECT max({name}) FROM {from_}").scalar() or 0)


def note(connection: Connection, added: Sequence[Said]) -> None:
    """Take up reports that were just appended, if none is missing before."""
    if added and last_kept(connection) + 1 == added[0][0]:
        _write(connection, added)


def catch_up(engine: Engine, told: Told, seconds: float = float("inf")) -> tuple[int, int]:
    """Take up reports until none is left or the time is over; how many are kept, of how many."""
    end = time.monotonic() + seconds
    while True:
        with reading(engine) as connection:
            done, last = last_kept(connection), _last(connection)
        told(done, last)
        if done >= last or time.monotonic() >= end:
            return done, last
        with writing(engine) as connection:
            _write(connection, _next(connection))


def forget(connection: Connection) -> None:
    """Drop the words of all reports; they are taken up again."""
    if is_server(connection):
        connection.exec_driver_sql(f"TRUNCATE {REPORT_WORDS}")
    else:
        connection.exec_driver_sql(
            f"INSERT INTO {REPORT_WORDS}({REPORT_WORDS}) VALUES ('delete-all')"
        )


def holding(
    connection: Connection, asked: Iterable[Term], *, in_title: bool = False
) -> ColumnElement[bool]:
    """Reports of which the words are kept and that may have all the terms (`terms.is_sure`)."""
    mark = _TITLE if in_title else ""
    wanted = sorted({mark + word for term in asked for word in looked_up(term)})
    # Named apart: both questions stand in one statement.
    name = "in_title" if in_title else "anywhere"
    if is_server(connection):
        found = f"SELECT seq FROM report_words WHERE words @> CAST(:{name} AS text[])"
        bound = text(found).bindparams(**{name: wanted}).columns(column("seq"))
    else:
        found = f"SELECT rowid FROM report_words WHERE report_words MATCH :{name}"
        query = " AND ".join(f'"{word}"' for word in wanted)
        bound = text(found).bindparams(**{name: query}).columns(column("rowid"))
    return documents.c.seq.in_(bound.subquery(name).select())


def _last(connection: Connection) -> int:
    return int(connection.execute(select(func.max(documents.c.seq))).scalar() or 0)


def _next(connection: Connection) -> list[Said]:
    query = (
        select(documents.c.seq, documents.c.title, documents.c.text)
        .where(documents.c.seq > last_kept(connection))
        .order_by(documents.c.seq)
        .limit(_PORTION)
    )
    return [(row.seq, row.title, row.text) for row in connection.execute(query)]


def _write(connection: Connection, added: Sequence[Said]) -> None:
    rows = [(seq, words_of(title, said)) for seq, title, said in added]
    if not rows:
        return
    if is_server(connection):
        opened = connection.connection.cursor()
        copied = f"COPY {REPORT_WORDS} (seq, words) FROM STDIN"
        with opened as cursor, cursor.copy(copied) as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(row)
    else:
        insert = f"INSERT INTO {REPORT_WORDS} (rowid, words) VALUES (?, ?)"
        connection.exec_driver_sql(insert, [(seq, " ".join(words)) for seq, words in rows])
