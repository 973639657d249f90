"""A ledger from one database to another, of the same kind or not: every row of every table.

What is recorded and what was worked out from it go along, so that the copy answers at once and gives
the same. The source is read in one state while others write to it; the target is written in one
transaction: the whole ledger, or nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, delete, select

from nameplate.errors import LedgerError
from nameplate.ledger import bulk, wording
from nameplate.ledger.database import reading, where_of, writing
from nameplate.ledger.tables import documents, judgements, metadata

_PORTION = 2_000

Told = Callable[[str, int], None]
"""Hears which table was copied, and how many rows it has."""


def move(source: Engine, target: Engine, *, replace: bool, told: Told) -> None:
    """Make the ledger in ``target`` what ``source`` holds now; both are of the present version.

    Raises `LedgerError` if there is something in ``target``, unless it may be replaced.
    """
    with reading(source) as one, writing(target) as two:
        if _holds_any(two):
            if not replace:
                raise LedgerError(
                    "there is a ledger already",
                    where=where_of(target),
                    remedy="Name another with -l, or give --replace to lose what is in this one.",
                )
            # Deleted row by row: those who read meanwhile go on seeing the old ledger to its end.
            for table in reversed(metadata.sorted_tables):
                two.execute(delete(table))
        wording.forget(two)  # made anew by the next search, in the way of its database
        for table in metadata.sorted_tables:
            rows = select(table)
            if table is documents:
                rows = rows.order_by(documents.c.seq)  # a version after the one it supersedes
            found = one.execution_options(yield_per=_PORTION).execute(rows)
            told(table.name, bulk.write(two, table, found))
        bulk.count_on(two, metadata.sorted_tables)
        bulk.look_over(two)


def _holds_any(connection: Connection) -> bool:
    return any(
        connection.execute(select(table.c.seq).limit(1)).first()
        for table in (documents, judgements)
    )
