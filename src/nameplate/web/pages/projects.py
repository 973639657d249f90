"""The table of projects: filtered, sorted, grouped and exported by the address alone."""

from __future__ import annotations

import msgspec
from litestar import get
from litestar.datastructures import State
from litestar.response import Response, Template

from nameplate.answer.milestones import milestone_rows
from nameplate.answer.moments import today_of
from nameplate.answer.projects import PROJECT_KINDS
from nameplate.answer.views import ProjectRow
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.views.export import as_csv, as_json
from nameplate.web.views.facets import FILTERS, chosen
from nameplate.web.views.links import query_link
from nameplate.web.views.projects import (
    COLUMNS,
    GROUPS,
    FacetTable,
    facet_views,
    filters_in_words,
    grouped,
    row_view,
)
from nameplate.web.views.table import listing

_DEFAULT = "-claims"


@get("/projects", opt={"role": "reader"}, sync_to_thread=True)
def projects(request: AnyRequest, state: State) -> Template:
    """Projects by the facets, ``q``, ``from``, ``to`` and ``flagged``; ``sort``, ``group``."""
    look = Look.at(request, state)
    query, table = look.query, _table(look)
    everything = _everything(look)
    found = _found(look, everything)
    cut = listing(found, len(everything), COLUMNS, query, _DEFAULT)
    by = query.get("group", "")
    views = [(row, _row(row, look)) for row in cut.rows]
    groups = grouped(cut.rows, by, table, look.words) if by in GROUPS else []
    shown = {row.entity.id: view for row, view in views}
    context = {
        "view": msgspec.structs.replace(cut, rows=[view for _, view in views]),
        "groups": [g._replace(rows=[shown[r.entity.id] for r in g.rows]) for g in groups],
        "group_by": [(name, look.words.say(f"facet_{name}"), name == by) for name in GROUPS],
        "sorts": cut.sorts,
        "facets": facet_views(everything, table, query, look.words),
        "filters": filters_in_words(query, look.words),
        "exports": [(kind, f"/projects.{kind}" + query_link(query)) for kind in ("csv", "json")],
        "kept": {name: query[name] for name in query if name not in (*FILTERS, "page", "group")},
    }
    return look.page("projects.html", "projects", context)


@get("/projects.csv", opt={"role": "reader"}, sync_to_thread=True)
def projects_csv(request: AnyRequest, state: State) -> Response[bytes]:
    """All rows that the address asks for, as a table that no program takes for formulas."""
    look = Look.at(request, state)
    made = as_csv(_sorted(look), look.snapshot.findings)
    return _file(made, "text/csv", f"projects-{look.snapshot.today}.csv")


@get("/projects.json", opt={"role": "reader"}, sync_to_thread=True)
def projects_json(request: AnyRequest, state: State) -> Response[bytes]:
    """All rows that the address asks for, with the claims behind each status and figure."""
    look = Look.at(request, state)
    made = as_json(_sorted(look), look.snapshot.findings, look.snapshot.today)
    return _file(made, "application/json", f"projects-{look.snapshot.today}.json")


def _file(content: bytes, media_type: str, name: str) -> Response[bytes]:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def _table(look: Look) -> FacetTable:
    return FacetTable(look.snapshot.facets, look.snapshot.findings)


def _found(look: Look, everything: list[ProjectRow]) -> list[ProjectRow]:
    return chosen(everything, look.snapshot.facets, look.query, look.snapshot.findings)


def _sorted(look: Look) -> list[ProjectRow]:
    found = _found(look, _everything(look))
    query = {**look.query, "page": ""}
    return listing(found, len(found), COLUMNS, query, _DEFAULT, size=max(1, len(found))).rows


def _everything(look: Look) -> list[ProjectRow]:
    """What the table lists: projects and their like, or anything of the kind asked for."""
    kind = look.query.get("kind", "")
    return [row for row in look.snapshot.rows if kind or row.entity.kind in PROJECT_KINDS]


def _row(row: ProjectRow, look: Look) -> object:
    entries = look.snapshot.shelf.of(row.entity)
    milestones = milestone_rows(entries, today_of(look.snapshot.today))
    return row_view(row, milestones, look.snapshot.findings.get(row.entity.id, []), look.words)
