"""Returns and press side by side: everything that filed, and one thing in full."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Response, Template

from nameplate.answer.beside import COMPARED, Beside
from nameplate.export.table import Table, as_csv, as_xlsx
from nameplate.model import Entry
from nameplate.returns import Reconciled, reconcile_all, reconcile_one
from nameplate.tables.beside import beside_table
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.pages.taken import table_file
from nameplate.web.views.beside import beside_rows, filters, group_of, thing_row
from nameplate.web.views.findings import finding_view
from nameplate.web.views.links import query_link
from nameplate.web.views.table import cut_out

_MOST = 400
"""Rows of one thing that are shown; the file holds them all."""


@get("/reconcile", opt={"role": "reader"}, sync_to_thread=True)
def reconcile(request: AnyRequest, state: State) -> Template:
    """Everything that filed, by ``q`` and ``state``; what disagrees first."""
    look = Look.at(request, state)
    named = _named(look)
    found = _in_state(named, look)
    cut = cut_out(
        lambda start, size: found[start : start + size], len(found), len(named), look.query
    )
    context = {
        "view": cut,
        "rows": [thing_row(one, look.words) for one in cut.rows],
        "filters": filters(named, look.query, look.words),
        "exports": [(k, f"/reconcile.{k}" + query_link(look.query)) for k in ("csv", "xlsx")],
    }
    return look.page("reconcile.html", "zone", context)


@get("/reconcile.csv", opt={"role": "reader"}, sync_to_thread=True)
def reconcile_csv(request: AnyRequest, state: State) -> Response[bytes]:
    """What was compared of everything that the address asks for, as a safe table."""
    look = Look.at(request, state)
    return table_file(as_csv(_table(look)), f"reconcile-{look.view.today}.csv")


@get("/reconcile.xlsx", opt={"role": "reader"}, sync_to_thread=True)
def reconcile_xlsx(request: AnyRequest, state: State) -> Response[bytes]:
    """The same as a workbook."""
    look = Look.at(request, state)
    return table_file(as_xlsx(_table(look)), f"reconcile-{look.view.today}.xlsx")


@get("/reconcile/{key:str}", opt={"role": "reader"}, sync_to_thread=True)
def reconciled(request: AnyRequest, state: State, key: FromPath[str]) -> Template:
    """One thing: every figure and date that was returned, beside what was reported."""
    look = Look.at(request, state, lists=False)
    thing, _ = look.desk.thing(key, look.view)
    one = look.desk.kept(
        f"reconciled {thing.id}",
        look.view,
        lambda: reconcile_one(look.desk.ledger, thing, look.view.as_of or None),
    )
    compared = [row for row in one.rows if row.verdict in COMPARED or row.verdict == "undated"]
    alone = [row for row in one.rows if row not in compared]
    facts = look.facts
    facts.know(e for row in one.rows for e in _entries(row))
    context = {
        "thing": thing,
        "kind": look.words.name_of("entity", thing.kind),
        "rows": beside_rows(compared[:_MOST], facts.of, look.words),
        "alone": beside_rows(alone[:_MOST], facts.of, look.words),
        "more": max(0, len(compared) - _MOST) + max(0, len(alone) - _MOST),
        "findings": [finding_view(f, "", facts.by_key, look.words) for f in one.findings[:20]],
    }
    return look.page("reconciled.html", "zone", context)


def _entries(row: Beside) -> list[Entry]:
    total = list(row.total.entries) if row.total else []
    return [e for e in (row.returned, row.reported, *row.also, *total) if e is not None]


def _all(look: Look) -> list[Reconciled]:
    ledger, as_of = look.desk.ledger, look.view.as_of or None
    return look.desk.kept("reconcile", look.view, lambda: reconcile_all(ledger, as_of))


def _named(look: Look) -> list[Reconciled]:
    wish = look.query.get("q", "").casefold().strip()
    return [one for one in _all(look) if wish in one.entity.name.casefold()]


def _in_state(found: list[Reconciled], look: Look) -> list[Reconciled]:
    state = look.query.get("state", "")
    return [one for one in found if group_of(one) == state] if state else found


def _table(look: Look) -> Table:
    return beside_table(
        (one.entity.name, row)
        for one in _in_state(_named(look), look)
        for row in one.rows
        if row.returned is not None
    )
