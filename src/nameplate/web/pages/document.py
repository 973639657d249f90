"""One report, with its claims highlighted in place."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Template

from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.views.report import Found, report_page


@get("/document/{key:str}", opt={"role": "reader"}, sync_to_thread=True)
def document(request: AnyRequest, state: State, key: FromPath[str]) -> Template:
    """The report with this key (or id): ``claim`` chooses a claim, ``part`` a part of the text."""
    look = Look.at(request, state, lists=False)
    query, desk, as_of = look.query, look.desk, look.view.as_of
    text = desk.document(key, as_of)
    versions = desk.ledger.versions(text.key, as_of or None)
    entries = desk.entries_in(text.key, look.view)
    found = Found(text, entries, versions, desk.ledger.pages.entity_of(e.key for e in entries))
    part = int(query["part"]) if query.get("part", "").isdecimal() else 1
    page = report_page(found, look.words, chosen=query.get("claim", ""), part=part)
    return look.page("document.html", "reports", {"report": page})
