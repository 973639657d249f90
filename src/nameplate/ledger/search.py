"""Searching the words of reports: the same reports in the same order in every kind of database.

First the reports whose title has all that is asked for, then the others; of each the newest first. What
the kept words cannot tell for certain, that words stand one after the other, is looked at in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import ColumnElement, Connection, and_, exists, func, not_, select

from nameplate.errors import UsageError
from nameplate.find.terms import Term, is_sure, places, terms
from nameplate.ledger import queries, rows, wording
from nameplate.ledger.instants import end_of
from nameplate.ledger.records import Filed
from nameplate.ledger.tables import claims, documents
from nameplate.model import Kind, Record

MOST_LOOKED_AT = 5_000
"""Reports whose text is looked at for phrases; with more the number found is told as a least."""

_AROUND = 60
_MOST_SNIPPETS = 3
_CHUNK = 200


class Search(Record, frozen=True, kw_only=True):
    """What is searched for: words, phrases in quotation marks; all must be there.

    ``kind`` asks for reports with a claim of this kind, ``since`` and ``until`` for those published on
    or after, on or before a day (or a month or year: ``2024-05``).
    """

    words: str
    kind: Kind | None = None
    since: str | None = None
    until: str | None = None


class Snippet(Record, frozen=True, kw_only=True):
    """A piece of the text from ``start`` on, with the places in it that were asked for."""

    start: int
    text: str
    marks: tuple[tuple[int, int], ...]


class Hit(Record, frozen=True, kw_only=True):
    """A report that has all that was asked for."""

    report: Filed
    in_title: bool
    snippets: tuple[Snippet, ...]


class Hits(Record, frozen=True, kw_only=True):
    """Some of the reports found, and how many there are (``at_least``: or more)."""

    total: int
    at_least: bool
    hits: tuple[Hit, ...]


def asked_by(query: str) -> list[Term]:
    """The terms of a query; `UsageError` if there is no word in it."""
    asked = terms(query)
    if not asked:
        raise UsageError(
            f"there is no word in {query[:60]!r}", remedy="Give words or characters to search for."
        )
    return asked


def search(
    connection: Connection, wanted: Search, start: int, size: int, as_of: str | None
) -> Hits:
    """Reports with all that is asked for, from the ``start``-th on."""
    asked = asked_by(wanted.words)
    end = None if as_of is None else end_of(as_of)
    narrowed = and_(queries.live(end), *_narrowed(wanted, end))
    if all(map(is_sure, asked)):
        total, more = _count(connection, asked, narrowed), False
        found = list(islice(_found(connection, asked, narrowed), start, start + size))
    else:
        every, more = _looked_at(connection, asked, narrowed)
        total, found = len(every), every[start : start + size]
    hits = _shown(connection, found, asked, end)
    return Hits(total=total, at_least=more, hits=tuple(hits))


def keys_of(connection: Connection, query: str, most: int, as_of: str | None = None) -> list[str]:
    """Keys of the reports that have all the words of a query, in order; nothing for no word."""
    asked = terms(query)
    if not asked:
        return []
    live = queries.live(as_of)
    if all(map(is_sure, asked)):
        return [key for key, _ in islice(_found(connection, asked, live), most)]
    return [key for key, _ in _looked_at(connection, asked, live)[0][:most]]


def snippets(text: str, asked: list[Term]) -> tuple[Snippet, ...]:
    """Pieces of the text around the first places of the terms, in their order."""
    found = places(text, asked)
    firsts = sorted(spans[0] for spans in found if spans)
    marks = sorted(span for spans in found for span in spans)
    made: list[Snippet] = []
    for begin, end in firsts:
        if made and begin < made[-1].start + len(made[-1].text):
            continue
        left, right = _edges(text, begin, end)
        inside = tuple((b, e) for b, e in marks if left <= b and e <= right)
        made.append(Snippet(start=left, text=text[left:right], marks=inside))
    return tuple(made[:_MOST_SNIPPETS])


def _edges(text: str, begin: int, end: int) -> tuple[int, int]:
    """Ends of a piece: of its line, or some signs before and after, at a blank if one is near."""
    left = max(text.rfind("\n", 0, begin) + 1, begin - _AROUND, 0)
    line = text.find("\n", end)
    right = min(len(text) if line < 0 else line, end + 2 * _AROUND)
    if left and text[left - 1] != "\n":
        left = text.find(" ", left, min(begin, left + 15)) + 1 or left
    if right < len(text) and text[right] != "\n":
        right = max(text.rfind(" ", max(end, right - 15), right), 0) or right
    return left, right


def _narrowed(wanted: Search, end: str | None) -> Iterator[ColumnElement[bool]]:
    if wanted.kind is not None:
        of_kind = and_(claims.c.document_key == documents.c.key, claims.c.kind == wanted.kind)
        if end is not None:
            of_kind = and_(of_kind, claims.c.recorded <= end)
        yield exists().where(of_kind)
    if wanted.since is not None:
        yield documents.c.published >= wanted.since
    if wanted.until is not None:
        yield documents.c.published < wanted.until + "~"  # all days of a month that is named


def _count(connection: Connection, asked: list[Term], narrowed: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(documents)
    held = wording.holding(connection, asked)
    return int(connection.execute(query.where(held, narrowed)).scalar_one())


def _found(
    connection: Connection, asked: list[Term], narrowed: ColumnElement[bool]
) -> Iterator[tuple[str, bool]]:
    """Keys of reports that may have the terms, those with all of them in the title first."""
    in_title = wording.holding(connection, asked, in_title=True)
    held = wording.holding(connection, asked)
    newest = documents.c.published.desc().nulls_last(), documents.c.seq.desc()
    for where, first in ((in_title, True), (and_(held, not_(in_title)), False)):
        query = select(documents.c.key).where(where, narrowed).order_by(*newest)
        for key in connection.execute(query).scalars():
            yield key, first


def _looked_at(
    connection: Connection, asked: list[Term], narrowed: ColumnElement[bool]
) -> tuple[list[tuple[str, bool]], bool]:
    """Those that do have the terms, and whether there were more than are looked at."""
    found = list(islice(_found(connection, asked, narrowed), MOST_LOOKED_AT + 1))
    more, found = len(found) > MOST_LOOKED_AT, found[:MOST_LOOKED_AT]
    in_title: list[tuple[str, bool]] = []
    others: list[tuple[str, bool]] = []
    unsure = [term for term in asked if not is_sure(term)]
    for start in range(0, len(found), _CHUNK):
        keys = [key for key, _ in found[start : start + _CHUNK]]
        said = select(documents.c.key, documents.c.title, documents.c.text)
        texts = {row.key: row for row in connection.execute(said.where(documents.c.key.in_(keys)))}
        for key, first in found[start : start + _CHUNK]:
            title = places(texts[key].title or "", unsure)
            if first and all(title):
                in_title.append((key, True))
            elif all(a or b for a, b in zip(title, places(texts[key].text, unsure), strict=True)):
                others.append((key, False))
    return in_title + others, more


def _shown(
    connection: Connection, found: list[tuple[str, bool]], asked: list[Term], end: str | None
) -> Iterator[Hit]:
    keys = [key for key, _ in found]
    cards = queries.filed(end, versions=True).where(documents.c.key.in_(keys))
    filed = {row.key: rows.filed_of(row) for row in connection.execute(cards)}
    said = select(documents.c.key, documents.c.text).where(documents.c.key.in_(keys))
    texts = {row.key: row.text for row in connection.execute(said)}
    for key, first in found:
        yield Hit(report=filed[key], in_title=first, snippets=snippets(texts[key], asked))
