"""Reports with claims by the year of their publication; after a change only what came is counted."""

from __future__ import annotations

from collections import Counter

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, select

from nameplate.ledger import queries
from nameplate.ledger.tables import claims, documents, extractions


class Years(msgspec.Struct, frozen=True):
    """Reports by year, counted up to this document and this extraction (by their ``seq``)."""

    tally: dict[str, int]
    document: int
    extraction: int


def counted(connection: Connection, as_of: str | None, known: Years | None) -> Years:
    """The count as of an instant, or now; ``known`` is an earlier one of now.

    If an older report was read anew since, which may give it its first claims, all is counted.
    """
    newest = [_newest(connection, table) for table in (documents, extractions)]
    if as_of is not None or known is None or known.extraction != newest[1]:
        known = Years({}, 0, newest[1])
    came = and_(documents.c.seq > known.document, queries.live(as_of))
    tally = Counter(known.tally)
    tally.update(_by_year(connection, came))
    if known.document:
        later = documents.alias("later")
        gone = select(later.c.supersedes).where(later.c.seq > known.document)
        # Added to nothing, so that it is not taken for what to search by: nearly all are older.
        old = documents.c.seq + 0 <= known.document
        tally.subtract(_by_year(connection, and_(documents.c.key.in_(gone), old)))
    return Years({year: n for year, n in sorted(tally.items()) if n}, *newest)


def _by_year(connection: Connection, which: ColumnElement[bool]) -> dict[str, int]:
    year = func.substr(documents.c.published, 1, 4)
    query = (
        select(year, func.count())
        .where(year != "", which)  # of the column itself an index would be walked
        .where(exists().where(claims.c.document_key == documents.c.key))
        .group_by(year)
    )
    return {str(of): number for of, number in connection.execute(query)}


def _newest(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.max(table.c.seq))).scalar() or 0)
