"""Findings: where reports contradict each other or themselves."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.web.desk import Desk
from nameplate.web.page import AnyRequest, language, render
from nameplate.web.pages.facts import Facts
from nameplate.web.pages.frame import counts
from nameplate.web.views.findings import finding_view, groups
from nameplate.web.views.words import words


@get("/check", sync_to_thread=True)
def check(request: AnyRequest, state: State) -> Template:
    """All findings by check, the gravest first."""
    desk: Desk = state.desk
    snapshot = desk.snapshot()
    table = words(language(request))
    facts = Facts(desk, snapshot, table)
    views = [
        finding_view(finding, key, facts.by_key, table)
        for key, findings in snapshot.findings.items()
        for finding in findings
    ]
    context = {
        "groups": groups(views),
        "total": len(views),
        "here": "findings",
        "counts": counts(snapshot),
    }
    return render(request, "check.html", context)
