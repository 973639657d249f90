"""Findings: where reports contradict each other or themselves."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.views.findings import finding_view, groups
from nameplate.web.views.table import cut_out

_PAGE = 40


@get("/check", opt={"role": "reader"}, sync_to_thread=True)
def check(request: AnyRequest, state: State) -> Template:
    """All findings by check, the gravest first."""
    look = Look.at(request, state)
    facts = look.facts
    board, index = look.view.lists
    cut = cut_out(board.findings, index.findings, index.findings, look.query, _PAGE)
    facts.read(key for told in cut.rows for key in told.finding.claims)
    views = [
        finding_view(told.finding, entity.id, facts.by_key, look.words)
        for told in cut.rows
        for entity in index.at([told.slot])
    ]
    return look.page("check.html", "findings", {"groups": groups(views), "view": cut})
