"""The table of projects: filtered, sorted, grouped and exported by the address alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec
from litestar import get
from litestar.datastructures import State
from litestar.response import Stream, Template

from nameplate.answer.views import ProjectRow
from nameplate.web.board.bits import Index
from nameplate.web.board.summary import Line
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.views.export import as_csv, as_json
from nameplate.web.views.facets import FILTERS
from nameplate.web.views.links import query_link
from nameplate.web.views.projects import (
    COLUMNS,
    GROUPS,
    RowView,
    facet_views,
    filters_in_words,
    grouped,
    row_view,
)
from nameplate.web.views.table import cut_out, sort_links
from nameplate.web.views.words import Words

_PORTION = 500
_DEFAULT = "-claims"


@get("/projects", opt={"role": "reader"}, sync_to_thread=True)
def projects(request: AnyRequest, state: State) -> Template:
    """Projects by the facets, ``q``, ``from``, ``to`` and ``flagged``; ``sort``, ``group``."""
    look = Look.at(request, state)
    query, (board, index) = look.query, look.view.lists
    words = board.holding(query.get("q", ""))
    chosen = index.chosen(query, words)
    sort, sorts = sort_links(COLUMNS, query, _DEFAULT)
    number, all = chosen.bit_count(), index.within(query).bit_count()
    cut = cut_out(lambda start, size: index.page(chosen, sort, start, size), number, all, query)
    shown = {slot: _row(line, look.words) for slot, line in board.lines(cut.rows).items()}
    by = query.get("group", "")
    valued = [(_value(index, slot, by), row) for slot, row in shown.items()] if by in GROUPS else []
    context = {
        "view": msgspec.structs.replace(cut, rows=list(shown.values())),
        "groups": grouped(valued, by, look.words),
        "group_by": [(name, look.words.say(f"facet_{name}"), name == by) for name in GROUPS],
        "sorts": sorts,
        "facets": facet_views(partial(index.options, query, words), query, look.words),
        "filters": filters_in_words(query, look.words),
        "exports": [(kind, f"/projects.{kind}" + query_link(query)) for kind in ("csv", "json")],
        "kept": {name: query[name] for name in query if name not in (*FILTERS, "page", "group")},
    }
    return look.page("projects.html", "projects", context)


@get("/projects.csv", opt={"role": "reader"}, sync_to_thread=True)
def projects_csv(request: AnyRequest, state: State) -> Stream:
    """All rows that the address asks for, as a table that no program takes for formulas."""
    look = Look.at(request, state)
    return _file(as_csv(_lines(look)), "text/csv", f"projects-{look.view.today}.csv")


@get("/projects.json", opt={"role": "reader"}, sync_to_thread=True)
def projects_json(request: AnyRequest, state: State) -> Stream:
    """All rows that the address asks for, with the claims behind each status and figure."""
    look = Look.at(request, state)
    made = as_json(_lines(look), look.view.today)
    return _file(made, "application/json", f"projects-{look.view.today}.json")


def _file(content: Iterator[bytes], media_type: str, name: str) -> Stream:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Stream(content, media_type=media_type, headers=headers)


def _lines(look: Look) -> Iterator[tuple[ProjectRow, int]]:
    """All rows asked for with their number of findings, in the order asked for, some at a time."""
    board, index = look.view.lists
    chosen = index.chosen(look.query, board.holding(look.query.get("q", "")))
    sort, _ = sort_links(COLUMNS, look.query, _DEFAULT)
    for start in range(0, chosen.bit_count(), _PORTION):
        for line in board.lines(index.page(chosen, sort, start, _PORTION)).values():
            yield line.row, line.findings


def _value(index: Index, slot: int, by: str) -> str:
    """By what a row is grouped: its value, or the first of several."""
    facts = index.facts[slot]
    if by in ("place", "sector", "sponsor"):
        return next(iter(getattr(facts, f"{by}s", ())), "")
    return str(getattr(facts, by, ""))


def _row(line: Line, words: Words) -> RowView:
    return row_view(line.row, line.rungs, (line.findings, line.severity), words)
