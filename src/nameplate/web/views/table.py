"""Lists that are filtered, sorted and paged by the address alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from nameplate.web.views.links import query_link

Row = TypeVar("Row")
PAGE = 100
"""Rows on one page."""


class Column(NamedTuple):
    """A sort key; ``falling`` says that the largest comes first when it is chosen."""

    key: Callable[[Any], Any]
    falling: bool = False


class SortLink(NamedTuple):
    """A column's heading: where it leads, and ``ascending``, ``descending`` or nothing."""

    href: str
    order: str


class Listing(msgspec.Struct, Generic[Row], frozen=True):
    """One page of a list with the links around it."""

    rows: list[Row]
    found: int
    all: int
    page: int
    pages: int
    previous: str
    next: str
    sorts: dict[str, SortLink]


def listing(
    rows: Sequence[Row],
    everything: int,
    columns: Mapping[str, Column],
    query: Mapping[str, str],
    default: str,
    size: int = PAGE,
) -> Listing[Row]:
    """Sort the rows as ``query['sort']`` says (``name`` or ``-name``) and cut out its page.

    Rows without a value come last in either direction.
    """
    chosen = query.get("sort", default)
    if chosen.removeprefix("-") not in columns:
        chosen = default
    column = columns[chosen.removeprefix("-")]
    known = [row for row in rows if column.key(row) not in (None, "")]
    blank = [row for row in rows if column.key(row) in (None, "")]
    ordered = sorted(known, key=column.key, reverse=chosen.startswith("-")) + blank
    pages = max(1, -(-len(ordered) // size))
    wished = query.get("page", "")
    page = min(max(int(wished) if wished.isdecimal() else 1, 1), pages)
    return Listing(
        rows=ordered[(page - 1) * size : page * size],
        found=len(rows),
        all=everything,
        page=page,
        pages=pages,
        previous=query_link(query, page=str(page - 1)) if page > 1 else "",
        next=query_link(query, page=str(page + 1)) if page < pages else "",
        sorts={name: _link(name, columns[name], chosen, query) for name in columns},
    )


def _link(name: str, column: Column, chosen: str, query: Mapping[str, str]) -> SortLink:
    first = f"-{name}" if column.falling else name
    second = name if column.falling else f"-{name}"
    order = {name: "ascending", f"-{name}": "descending"}.get(chosen, "")
    return SortLink(query_link(query, sort=second if chosen == first else first, page=""), order)
