"""The first page: all projects."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.answer.milestones import milestone_rows
from nameplate.answer.moments import today_of
from nameplate.answer.projects import PROJECT_KINDS
from nameplate.answer.views import ProjectRow
from nameplate.web.desk import Desk, Snapshot
from nameplate.web.page import AnyRequest, language, parameters, render
from nameplate.web.pages.frame import counts
from nameplate.web.views.projects import COLUMNS, chips, kinds, matching, row_view, stage_of
from nameplate.web.views.table import listing
from nameplate.web.views.words import Words, words


@get("/", sync_to_thread=True)
def projects(request: AnyRequest, state: State) -> Template:
    """Projects by text (``q``), ``kind``, ``stage`` and findings (``flagged``), by ``sort``."""
    desk: Desk = state.desk
    snapshot, query = desk.snapshot(), parameters(request)
    table = words(language(request))
    everything = _everything(snapshot, query.get("kind", ""))
    rows = matching(everything, query, snapshot.findings)
    stage = query.get("stage", "")
    shown = [row for row in rows if not stage or stage_of(row) == stage]
    cut = listing(shown, len(everything), COLUMNS, query, "-claims")
    view: dict[str, Any] = msgspec.structs.asdict(cut)
    view["rows"] = [_row(row, snapshot, table) for row in cut.rows]
    view["stages"] = chips(rows, query, table)
    view["kinds"] = kinds(snapshot.rows, table)
    view["filtered"] = any(query.get(name) for name in ("q", "kind", "stage", "flagged"))
    context = {"view": view, "sorts": cut.sorts, "here": "projects", "counts": counts(snapshot)}
    return render(request, "projects.html", context)


def _everything(snapshot: Snapshot, kind: str) -> list[ProjectRow]:
    """What the table lists: projects and their like, or anything of the kind asked for."""
    return [row for row in snapshot.rows if kind or row.entity.kind in PROJECT_KINDS]


def _row(row: ProjectRow, snapshot: Snapshot, table: Words) -> object:
    entries = snapshot.shelf.of(row.entity)
    milestones = milestone_rows(entries, today_of(snapshot.today))
    return row_view(row, milestones, snapshot.findings.get(row.entity.id, []), table)
