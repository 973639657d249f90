"""Orders on the desk: what is listed, who may close or decline, undo, filters, files."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest

import web_ledger
from nameplate.export.cells import cell
from nameplate.export.table import Table, as_csv, as_xlsx
from nameplate.ledger import Ledger
from nameplate.web.app import create_app
from test_web_access import Desk, client, staffed, token
from test_web_access import quick_hashes as _quick_hashes  # noqa: F401


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    target = web_ledger.make(tmp_path / "orders.ledger")
    app = create_app(target, clock=web_ledger.clock, accounts=staffed(target))
    return client(app, "reviewer")


def keys(html: str) -> tuple[str, str]:
    """The order on the page and the first answer that is proposed."""
    order = re.search(r'name="order" value="(\w+)"', html)
    answer = re.search(r'name="answer" value="(\w+)"', html)
    assert order
    return order[1], answer[1] if answer else ""


def decide(desk: Desk, verb: str, order: str, answer: str = "", reason: str = "") -> int:
    form = {"verb": verb, "order": order, "answer": answer, "reason": reason}
    form |= {"csrf": token(desk, "/orders"), "back": "/orders"}
    return desk.post("/orders", data=form, follow_redirects=False).status_code


def test_an_order_stands_with_its_words_and_what_may_answer_it(desk: Desk) -> None:
    html = desk.get("/orders?lang=en").text
    assert "finish the workshops before the winter of 2022" in html
    assert "An Example" in html and "the builders" in html and "by Dec 2022" in html
    assert "Answer proposed" in html and "went into production on July 30, 2023" in html


def test_it_is_closed_by_a_report_and_opened_again(desk: Desk) -> None:
    order, answer = keys(desk.get("/orders").text)
    assert decide(desk, "close", order, answer, "seen on site") == 303
    html = desk.get("/orders?lang=en&state=closed").text
    assert "Closed by reviewer" in html and "seen on site" in html
    assert "trial runs since May" in html
    done = desk.get("/review/done?lang=en").text
    assert "Order closed" in done and "finish the workshops before winter" in done
    judgement = re.search(r'name="judgement" value="(\w+)"', html)
    assert judgement
    form = {"csrf": token(desk, "/orders"), "judgement": judgement[1], "back": "/orders"}
    assert desk.post("/review/undo", data=form, follow_redirects=False).status_code == 303
    assert "Answer proposed" in desk.get("/orders?lang=en").text


def test_a_declined_answer_is_not_proposed_again_and_can_be_taken_back(desk: Desk) -> None:
    order, answer = keys(desk.get("/orders").text)
    while answer:
        assert decide(desk, "decline", order, answer, "another hall") == 303
        html = desk.get("/orders?lang=en").text
        order, answer = keys(html)
    assert "Overdue" in html and "Declined by reviewer" in html and "another hall" in html
    judgement = re.search(r'name="judgement" value="(\w+)"', html)
    assert judgement
    form = {"csrf": token(desk, "/orders"), "judgement": judgement[1], "back": "/orders"}
    desk.post("/review/undo", data=form)
    assert keys(desk.get("/orders").text)[1]


def test_without_a_report_it_needs_a_reason(desk: Desk) -> None:
    order, _ = keys(desk.get("/orders").text)
    assert decide(desk, "close", order) == 400
    assert decide(desk, "close", order, reason="told by telephone") == 303
    assert "told by telephone" in desk.get("/orders").text


@pytest.mark.parametrize(
    ("verb", "order", "answer"),
    [("close", "nothing", "nothing"), ("accept", "x", "y"), ("decline", "ORDER", ""), ("", "", "")],
)
def test_nonsense_is_refused(desk: Desk, verb: str, order: str, answer: str) -> None:
    if order == "ORDER":
        order, _ = keys(desk.get("/orders").text)
    assert decide(desk, verb, order, answer, "why") == 400
    assert "Answer proposed" in desk.get("/orders?lang=en").text


def test_a_claim_that_is_no_order_is_not_closed(desk: Desk) -> None:
    _, answer = keys(desk.get("/orders").text)
    assert decide(desk, "close", answer, "", "why") == 400


def test_readers_look_and_do_not_decide(tmp_path: Path) -> None:
    target = web_ledger.make(tmp_path / "a.ledger")
    reader = client(create_app(target, clock=web_ledger.clock, accounts=staffed(target)), "reader")
    html = reader.get("/orders").text
    assert "finish the workshops" in html and 'action="/orders"' not in html
    form = {"csrf": token(reader, "/orders"), "verb": "close", "order": "x", "reason": "y"}
    assert reader.post("/orders", data=form).status_code == 403


def test_the_desk_without_accounts_and_the_past_show_no_buttons(tmp_path: Path) -> None:
    target = web_ledger.grow(tmp_path / "a.ledger")
    open_desk = client(create_app(target, clock=web_ledger.clock))
    assert 'action="/orders"' not in open_desk.get("/orders").text
    assert "No order matches" in open_desk.get("/orders?as_of=2021-05-01&lang=en").text
    then = open_desk.get("/orders?as_of=2022-01-01&lang=en").text
    assert "finish the workshops" in then and ">Open" in then


def test_filters_narrow(desk: Desk) -> None:
    assert "finish the workshops" in desk.get("/orders?by=an+exam&about=tyre").text
    for query in ("by=nobody", "about=nowhere", "to=nobody", "state=closed"):
        assert "No order matches" in desk.get(f"/orders?lang=en&{query}").text
    assert desk.get("/orders?state=nonsense&page=99999").status_code == 200


def test_orders_are_taken_away_as_files(desk: Desk) -> None:
    answer = desk.get("/orders.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]["by"] == "An Example" and rows[0]["deadline"] == "2022-12"
    assert rows[0]["answer_words"]
    book = openpyxl.load_workbook(io.BytesIO(desk.get("/orders.xlsx").content))
    assert book.active is not None and book.active["A1"].value == "order"
    assert "attachment" in desk.get("/orders.xlsx").headers["content-disposition"]


HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "  =1", "|x", "\u202e=1",
    "http://evil.test", "\x00=1", "=HYPERLINK(\"http://evil.test\")",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_run(text: str) -> None:
    table = Table(name="a/b[c]:*?", head=(text,), rows=((text,),))
    first = list(csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"))))[1][0]
    assert not re.match(r"\s*[=+\-@|＝]", first)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(table)))
    assert book.active is not None
    written = book.active["A2"]
    assert written.data_type == "s" and written.hyperlink is None
    assert not re.match(r"\s*[=+\-@|＝]", str(written.value))


def test_figures_stay_figures_and_long_ones_stay_exact() -> None:
    from decimal import Decimal

    values = (Decimal("-12.5"), 7, Decimal("12345678901234567890.5"), Decimal("1E+9"), None)
    table = Table(name="t", head=("a", "b", "c", "d", "e"), rows=(values,))
    assert as_csv(table).decode("utf-8-sig").splitlines()[1] == (
        "-12.5,7,12345678901234567890.5,1000000000,"
    )
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(table)))
    assert book.active is not None
    row = [c.value for c in next(book.active.iter_rows(min_row=2))]
    assert row == [-12.5, 7, "12345678901234567890.5", 1000000000, None]
    assert cell(-5) == "-5"


def test_orders_of_a_thing_that_was_merged_away_are_found(tmp_path: Path) -> None:
    from nameplate.pipeline import known_orders

    target = web_ledger.make(tmp_path / "a.ledger")
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        now = known_orders(ledger, web_ledger.NOW)
        assert [o.state for o in now] == ["answered"]
        then = known_orders(ledger, "2026-03-01", "2026-03-01")
        assert [o.entry.key for o in then] == [o.entry.key for o in now]
