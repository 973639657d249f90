"""One report, with its claims highlighted in place."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Template

from nameplate.web.desk import Desk
from nameplate.web.page import AnyRequest, language, parameters, render
from nameplate.web.pages.frame import counts
from nameplate.web.views.report import Found, report_page
from nameplate.web.views.words import words


@get("/document/{key:str}", sync_to_thread=True)
def document(request: AnyRequest, state: State, key: FromPath[str]) -> Template:
    """The report with this key (or id): ``claim`` chooses a claim, ``part`` a part of the text."""
    desk: Desk = state.desk
    query = parameters(request)
    snapshot = desk.snapshot()
    text = desk.document(key)
    versions = desk.ledger.versions(text.key)
    found = Found(text, desk.entries_in(text.key), versions, snapshot.entity_of)
    part = int(query["part"]) if query.get("part", "").isdecimal() else 1
    page = report_page(found, words(language(request)), chosen=query.get("claim", ""), part=part)
    return render(
        request, "document.html", {"report": page, "here": "reports", "counts": counts(snapshot)}
    )
