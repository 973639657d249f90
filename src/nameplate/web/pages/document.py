"""One report, with its claims highlighted in place."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Template

from nameplate.ledger import ClaimFilter
from nameplate.model import Document
from nameplate.pipeline import extract
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.views.left import MOST, LeftOut, left_out
from nameplate.web.views.links import query_link
from nameplate.web.views.report import Found, report_page


@get("/document/{key:str}", opt={"role": "reader"}, sync_to_thread=True)
def document(request: AnyRequest, state: State, key: FromPath[str]) -> Template:
    """The report with this key (or id): ``claim`` chooses a claim, ``part`` a part of the text.

    ``left`` shows what was left out, and why.
    """
    look = Look.at(request, state, lists=False)
    query, desk, as_of = look.query, look.desk, look.view.as_of
    text = desk.document(key, as_of)
    versions = desk.ledger.versions(text.key, as_of or None)
    entries = desk.entries_in(text.key, look.view)
    found = Found(text, entries, versions, desk.ledger.pages.entity_of(e.key for e in entries))
    part = int(query["part"]) if query.get("part", "").isdecimal() else 1
    page = report_page(found, look.words, chosen=query.get("claim", ""), part=part)
    left = _left_out(look, text) if query.get("left") else None
    context = {
        "report": page,
        "left": left[:MOST] if left is not None else None,
        "left_more": max(0, len(left or ()) - MOST),
        "left_link": query_link(query, left="" if left is not None else "1", claim=""),
    }
    return look.page("document.html", "reports", context)


def _left_out(look: Look, text: Document) -> list[LeftOut]:
    """What the report's words were not taken for, worked out now by the rules as they are."""
    ledger, as_of = look.desk.ledger, look.view.as_of or None
    entries = ledger.entries(ClaimFilter(document=text.key, rejected=True), as_of)
    back = [entry for entry in entries if entry.verdict == "reject"]
    said = ledger.pages.judged(entry.judgement or "" for entry in back)
    pairs = [(entry, said.get(entry.judgement or "")) for entry in back]
    return left_out(text, extract(text).rejected, pairs, look.words)
