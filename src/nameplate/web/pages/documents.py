"""The list of reports."""

from __future__ import annotations

from typing import cast

import msgspec
from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.answer.projects import PROJECT_KINDS
from nameplate.ledger import Filed
from nameplate.ledger.pages import Order, ReportsWanted
from nameplate.model import Entity
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.views.dates import say_date
from nameplate.web.views.table import cut_out, sort_links
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


_COLUMNS = {"title": False, "published": True, "publisher": False, "claims": True}


@get("/documents", opt={"role": "reader"}, sync_to_thread=True)
def documents(request: AnyRequest, state: State) -> Template:
    """Reports by title, publisher or address (``q``), sorted by ``sort``."""
    look = Look.at(request, state, lists=False)
    query, pages = look.query, look.desk.ledger.pages
    sort, sorts = sort_links(_COLUMNS, query, "-published")
    wanted = ReportsWanted(
        words=tuple(query.get("q", "").split()),
        order=cast(Order, sort.removeprefix("-")),
        falling=sort.startswith("-"),
        as_of=look.view.as_of,
    )
    found = pages.count_matching(wanted)
    cut = cut_out(
        lambda start, size: pages.reports(wanted, start, size),
        found, pages.count_reports(look.view.as_of) if wanted.words else found, query,
    )  # fmt: skip
    about = _about(look, [card.key for card in cut.rows])
    view = msgspec.structs.replace(cut, rows=[_row(c, about[c.key], look.words) for c in cut.rows])
    return look.page("documents.html", "reports", {"view": view, "sorts": sorts})


def _about(look: Look, keys: list[str]) -> dict[str, list[Entity]]:
    """What each of the reports speaks of, projects and their like first, then the most said."""
    pages = look.desk.ledger.pages
    tallies = pages.entities_in(keys, look.view.as_of)
    known = {e.id: e for e in pages.entities({id for tally in tallies.values() for id in tally})}
    made: dict[str, list[Entity]] = {}
    for key in keys:
        tally = {id: n for id, n in tallies.get(key, {}).items() if id in known}
        ranked = sorted(tally, key=lambda id: (known[id].kind not in PROJECT_KINDS, -tally[id], id))
        made[key] = [known[id] for id in ranked]
    return made


def _row(card: Filed, about: list[Entity], table: Words) -> ReportRow:
    return ReportRow(
        key=card.key,
        title=card.title or card.id or table.say("untitled"),
        lang=card.lang or "",
        published=say_date(card.published, table),
        publisher=card.publisher or "",
        version=card.version,
        claims=card.claims,
        about=[(entity.id, entity.name) for entity in about[:_NAMED]],
        about_more=max(0, len(about) - _NAMED),
    )
