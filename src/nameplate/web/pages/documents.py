"""The list of reports."""

from __future__ import annotations

from typing import cast

import msgspec
from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.answer.projects import PROJECT_KINDS
from nameplate.errors import LedgerError
from nameplate.ledger import Filed, Snippet
from nameplate.ledger.pages import MOST_SAYING, Order, ReportsWanted
from nameplate.model import Entity
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.views.dates import say_date
from nameplate.web.views.table import cut_out, sort_links
from nameplate.web.views.words import Words

_NAMED = 3
_PATIENCE = 2.0
"""Seconds that a reader waits at most while words are taken up; the next search goes on with it."""


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
    said: list[tuple[str, bool]]
    """A piece of the text, cut where what was searched for begins and ends (true: it is that)."""


_COLUMNS = {"title": False, "published": True, "publisher": False, "claims": True}


@get("/documents", opt={"role": "reader"}, sync_to_thread=True)
def documents(request: AnyRequest, state: State) -> Template:
    """Reports by title, publisher, address or words of the text (``q``), sorted by ``sort``."""
    look = Look.at(request, state, lists=False)
    query, pages = look.query, look.desk.ledger.pages
    sort, sorts = sort_links(_COLUMNS, query, "-published")
    kept, last = _keep_words(look) if query.get("q") else (0, 0)
    told = pages.saying(query.get("q", ""), look.view.as_of) if query.get("q") else ()
    wanted = ReportsWanted(
        words=tuple(query.get("q", "").split()),
        order=cast(Order, sort.removeprefix("-")),
        falling=sort.startswith("-"),
        as_of=look.view.as_of,
        told=told,
    )
    found = pages.count_matching(wanted)
    cut = cut_out(
        lambda start, size: pages.reports(wanted, start, size),
        found, pages.count_reports(look.view.as_of) if wanted.words else found, query,
    )  # fmt: skip
    keys = [card.key for card in cut.rows]
    about, said = _about(look, keys), pages.snippets(query.get("q", ""), keys)
    rows = [_row(c, about[c.key], said.get(c.key), look.words) for c in cut.rows]
    view = msgspec.structs.replace(cut, rows=rows)
    behind = {"kept": kept, "last": last} if kept < last else None
    context = {"view": view, "sorts": sorts, "behind": behind}
    context["most"] = MOST_SAYING if len(told) >= MOST_SAYING else 0
    return look.page("documents.html", "reports", context)


def _keep_words(look: Look) -> tuple[int, int]:
    """Have the words of reports ready for a search, as far as a reader can wait."""
    try:
        return look.desk.ledger.keep_words(seconds=_PATIENCE)
    except LedgerError:
        return 0, 0  # a ledger that takes no writing is searched as far as it can be


def _cut(piece: Snippet | None) -> list[tuple[str, bool]]:
    """The words of a piece, in turn not asked for and asked for."""
    if piece is None:
        return []
    made, at = [], 0
    for begin, end in piece.marks:
        low, high = max(begin - piece.start, at), end - piece.start
        made += [(piece.text[at:low], False), (piece.text[low:high], True)]
        at = max(at, high)
    return [(text, marked) for text, marked in [*made, (piece.text[at:], False)] if text]


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


def _row(card: Filed, about: list[Entity], said: Snippet | None, table: Words) -> ReportRow:
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
        said=_cut(said),
    )
