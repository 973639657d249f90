"""Orders: what was told to whom, what is open or overdue, and what may close it."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
from litestar import get, post
from litestar.datastructures import State
from litestar.response import Response, Template

from nameplate.answer.orders import Order
from nameplate.errors import UsageError
from nameplate.export.table import as_csv, as_xlsx
from nameplate.model import Judgement
from nameplate.pipeline import known_orders
from nameplate.tables.orders import order_table
from nameplate.web.access import safe_next
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.pages.review import author_of, reason_of, written
from nameplate.web.pages.taken import table_file
from nameplate.web.views.links import query_link
from nameplate.web.views.orders import STATES, chips, order_cards, wanted
from nameplate.web.views.table import cut_out

_PAGE = 20


@get("/orders", opt={"role": "reader"}, sync_to_thread=True)
def orders(request: AnyRequest, state: State) -> Template:
    """Orders by ``state``, ``by``, ``to`` and ``about``; ``page`` turns them."""
    look = Look.at(request, state)
    every = _all(look)
    named = wanted(every, look.query)
    found = _in_state(named, look)
    cut = cut_out(lambda start, size: found[start : start + size], len(found), len(every),
                  look.query, _PAGE)  # fmt: skip
    facts = look.facts
    judged = [j for o in cut.rows for j in (*o.declined, *((o.closing,) if o.closing else ()))]
    facts.read(j.right for j in judged if j.right)
    context = {
        "view": cut,
        "cards": order_cards(
            cut.rows,
            lambda entry: facts.of([entry])[0],
            lambda key: facts.by_key(key or ""),
            look.words,
        ),
        "states": chips(named, look.query, look.words),
        "exports": [(kind, f"/orders.{kind}" + query_link(look.query)) for kind in ("csv", "xlsx")],
        "back": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    }
    return look.page("orders.html", "zone", context)


@get("/orders.csv", opt={"role": "reader"}, sync_to_thread=True)
def orders_csv(request: AnyRequest, state: State) -> Response[bytes]:
    """All orders that the address asks for, as a table that no program takes for formulas."""
    look = Look.at(request, state)
    table = order_table(_in_state(wanted(_all(look), look.query), look))
    return table_file(as_csv(table), f"orders-{look.view.today}.csv")


@get("/orders.xlsx", opt={"role": "reader"}, sync_to_thread=True)
def orders_xlsx(request: AnyRequest, state: State) -> Response[bytes]:
    """The same as a workbook."""
    look = Look.at(request, state)
    table = order_table(_in_state(wanted(_all(look), look.query), look))
    return table_file(as_xlsx(table), f"orders-{look.view.today}.xlsx")


@post("/orders", opt={"role": "reviewer"}, status_code=303)
async def decide(request: AnyRequest, state: State) -> Response[Any]:
    """``close`` the ``order`` by the ``answer`` if one is named, or ``decline`` the answer."""
    form = await request.form()
    verb, order, answer = (str(form.get(name, "")) for name in ("verb", "order", "answer"))
    reason, back = reason_of(form), safe_next(str(form.get("back", "/orders")))
    if verb not in ("close", "decline") or (verb == "close" and not answer and not reason):
        raise UsageError(
            "an order is closed by a report, or with a reason",
            remedy="Go back and say why it is closed.",
        )
    made = Judgement(
        verb=verb,  # type: ignore[arg-type]
        left=order,
        right=answer or None,
        author=author_of(request),
        reason=reason,
    )
    return await anyio.to_thread.run_sync(written, request, state, [made], back)


def _all(look: Look) -> list[Order]:
    ledger, view = look.desk.ledger, look.view
    return look.desk.kept(
        "orders", view, lambda: known_orders(ledger, view.today, view.as_of or None)
    )


def _in_state(found: list[Order], look: Look) -> list[Order]:
    state = look.query.get("state", "")
    return [order for order in found if order.state == state] if state in STATES else found
