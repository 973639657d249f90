"""Findings: where reports contradict each other or themselves."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.views.findings import finding_view, gravity, groups
from nameplate.web.views.table import Column, listing

_PAGE = 40
_COLUMNS = {"gravity": Column(lambda told: gravity(told[1]))}


@get("/check", opt={"role": "reader"}, sync_to_thread=True)
def check(request: AnyRequest, state: State) -> Template:
    """All findings by check, the gravest first."""
    look = Look.at(request, state)
    facts = look.facts
    told = [(key, finding) for key, some in look.snapshot.findings.items() for finding in some]
    cut = listing(told, len(told), _COLUMNS, look.query, "gravity", _PAGE)
    views = [finding_view(finding, key, facts.by_key, look.words) for key, finding in cut.rows]
    return look.page("check.html", "findings", {"groups": groups(views), "view": cut})
