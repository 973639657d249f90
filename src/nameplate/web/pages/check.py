"""Findings: where reports contradict each other or themselves."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.web.desk import Desk
from nameplate.web.page import AnyRequest, language, parameters, render
from nameplate.web.pages.facts import Facts
from nameplate.web.pages.frame import counts
from nameplate.web.views.findings import finding_view, gravity, groups
from nameplate.web.views.table import Column, listing
from nameplate.web.views.words import words

_PAGE = 40
_COLUMNS = {"gravity": Column(lambda told: gravity(told[1]))}


@get("/check", sync_to_thread=True)
def check(request: AnyRequest, state: State) -> Template:
    """All findings by check, the gravest first."""
    desk: Desk = state.desk
    snapshot = desk.snapshot()
    table = words(language(request))
    facts = Facts(desk, snapshot, table)
    told = [(key, finding) for key, some in snapshot.findings.items() for finding in some]
    cut = listing(told, len(told), _COLUMNS, parameters(request), "gravity", _PAGE)
    views = [finding_view(finding, key, facts.by_key, table) for key, finding in cut.rows]
    context = {
        "groups": groups(views),
        "view": cut,
        "here": "findings",
        "counts": counts(snapshot),
    }
    return render(request, "check.html", context)
