"""Lists that are filtered, sorted and paged by the address alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

import msgspec

from nameplate.web.views.links import query_link

Row = TypeVar("Row")
PAGE = 50
"""Rows on one page."""


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


def cut_out(
    rows: Callable[[int, int], Sequence[Row]],
    found: int,
    everything: int,
    query: Mapping[str, str],
    size: int = PAGE,
) -> Listing[Row]:
    """The page that ``query['page']`` asks for of ``found`` rows; ``rows`` gives some, from a start."""
    pages = max(1, -(-found // size))
    wished = query.get("page", "")
    page = min(max(int(wished) if wished.isdecimal() else 1, 1), pages)
    return Listing(
        rows=list(rows((page - 1) * size, size)),
        found=found,
        all=everything,
        page=page,
        pages=pages,
        previous=query_link(query, page=str(page - 1)) if page > 1 else "",
        next=query_link(query, page=str(page + 1)) if page < pages else "",
        sorts={},
    )


def sort_links(
    falling: Mapping[str, bool], query: Mapping[str, str], default: str
) -> tuple[str, dict[str, SortLink]]:
    """What the address sorts by, ``name`` or ``-name``, and the headings' links.

    ``falling`` says of each column whether the largest comes first when it is chosen.
    """
    chosen = query.get("sort", default)
    if chosen.removeprefix("-") not in falling:
        chosen = default
    return chosen, {name: _link(name, falls, chosen, query) for name, falls in falling.items()}


def _link(name: str, falls: bool, chosen: str, query: Mapping[str, str]) -> SortLink:
    first = f"-{name}" if falls else name
    second = name if falls else f"-{name}"
    order = {name: "ascending", f"-{name}": "descending"}.get(chosen, "")
    return SortLink(query_link(query, sort=second if chosen == first else first, page=""), order)
