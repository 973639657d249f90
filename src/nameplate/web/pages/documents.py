"""The list of reports."""

from __future__ import annotations

from collections import Counter

import msgspec
from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.answer.projects import PROJECT_KINDS
from nameplate.ledger import Filed
from nameplate.web.desk import Snapshot
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.views.dates import say_date
from nameplate.web.views.table import Column, listing
from nameplate.web.views.words import Words

_NAMED = 3


class ReportRow(msgspec.Struct, frozen=True):
    """A report as the list shows it."""

    key: str
    title: str
    lang: str
    published: str
    publisher: str
    version: int
    claims: int
    about: list[tuple[str, str]]
    about_more: int


_COLUMNS = {
    "title": Column(lambda card: (card.title or card.id).casefold()),
    "published": Column(lambda card: card.published, falling=True),
    "publisher": Column(lambda card: (card.publisher or "").casefold()),
    "claims": Column(lambda card: card.claims, falling=True),
}


@get("/documents", opt={"role": "reader"}, sync_to_thread=True)
def documents(request: AnyRequest, state: State) -> Template:
    """Reports by title, publisher or address (``q``), sorted by ``sort``."""
    look = Look.at(request, state)
    snapshot, query = look.snapshot, look.query
    wanted = query.get("q", "").casefold().split()
    cards = [card for card in snapshot.filed.values() if _matches(card, wanted)]
    cut = listing(cards, len(snapshot.filed), _COLUMNS, query, "-published")
    rows = [_row(card, snapshot, look.words) for card in cut.rows]
    view = msgspec.structs.replace(cut, rows=rows)
    return look.page("documents.html", "reports", {"view": view, "sorts": cut.sorts})


def _matches(card: Filed, wanted: list[str]) -> bool:
    text = f"{card.title} {card.publisher} {card.address} {card.id}".casefold()
    return all(word in text for word in wanted)


def _row(card: Filed, snapshot: Snapshot, table: Words) -> ReportRow:
    entries = snapshot.by_document.get(card.key, [])
    tally = Counter(snapshot.entity_of[e.key] for e in entries if e.key in snapshot.entity_of)
    ranked = sorted(tally, key=lambda id: (_rank(snapshot, id), -tally[id]))
    named = [(id, snapshot.entities[id].name) for id in ranked[:_NAMED]]
    return ReportRow(
        key=card.key,
        title=card.title or card.id or table.say("untitled"),
        lang=card.lang or "",
        published=say_date(card.published, table),
        publisher=card.publisher or "",
        version=card.version,
        claims=card.claims,
        about=named,
        about_more=len(tally) - len(named),
    )


def _rank(snapshot: Snapshot, id: str) -> bool:
    """Projects and their like are named before companies, persons and places."""
    return snapshot.entities[id].kind not in PROJECT_KINDS
