"""Merging and splitting on the desk, with undo, reason and author; what was left out of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

import web_ledger
from nameplate.ledger import Ledger
from nameplate.model import Judgement
from nameplate.pipeline import LINKER
from nameplate.web.accounts import Accounts
from nameplate.web.accounts.file import beside
from nameplate.web.app import create_app

BASE = "http://127.0.0.1"
PASSWORD = "a long enough one"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestClient[Any]]:
    """A desk with a reviewer, over two plants and one thing with two names."""
    target = web_ledger.make(tmp_path / "sample.ledger")
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        for number, name in enumerate(("Orvane Arvik tyre plant", "THE ORVANE ARVIK TYRE PLANT")):
            text = f"The {name} went into production in 2023."
            document = web_ledger.report(f"orvane-{number}", f"2023-0{number + 1}-01", name, text)
            said = web_ledger.said(
                document, "milestone", "went into production", subject=name, subject_kind="plant",
                stage="producing", when="2023",
            )  # fmt: skip
            ledger.add(document, [said])
    accounts = Accounts(beside(target), web_ledger.ticking())
    accounts.add("Rev", "reviewer", PASSWORD)
    app = create_app(target, clock=web_ledger.clock, accounts=accounts)
    with TestClient(app, base_url=BASE) as client:
        form = {"name": "Rev", "password": PASSWORD, "csrf": token(client.get("/login").text)}
        client.post("/login", data=form)
        yield client


def token(html: str) -> str:
    """The token of the page's forms."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', html)
    assert found is not None
    return found[1]


def thing(client: TestClient[Any], name: str) -> str:
    """The id of the one thing that the table finds by a name."""
    found = re.findall(r'href="/entity/([0-9a-f]+)"', client.get(f"/projects?kind=&q={name}").text)
    assert found, name
    return str(found[0])


def send(client: TestClient[Any], address: str, page: str, **fields: object) -> Any:
    """Send a form of the page."""
    form = {"csrf": token(client.get(page).text), **fields}
    return client.post(address, data=form, follow_redirects=False)


def judgements(client: TestClient[Any]) -> list[Judgement]:
    """All judgements of the ledger."""
    found: list[Judgement] = client.app.state.desk.ledger.judgements()
    return found


def test_two_things_are_merged_and_the_merging_is_undone(desk: TestClient[Any]) -> None:
    one, two = thing(desk, "tyre plant"), thing(desk, "Samplewood depot")
    page = f"/identity/{one}"
    assert "Samplewood depot" in desk.get(f"{page}?q=depot").text
    answer = send(desk, f"{page}/same", page, other=two, verb="same", reason="one site")
    assert answer.status_code == 303
    merged = desk.get(answer.headers["location"]).text
    assert "Samplewood depot" in merged and "Samplewood tyre plant" in merged
    made = judgements(desk)[-1]
    assert (made.verb, made.author) == ("same", "Rev")
    assert made.reason.endswith(": one site") and " = " in made.reason
    assert thing(desk, "tyre plant") == thing(desk, "Samplewood depot")
    send(desk, "/review/undo", "/review/done", judgement=made.key)
    assert thing(desk, "tyre plant") != thing(desk, "Samplewood depot")


def test_a_name_is_split_off_and_the_split_undone(desk: TestClient[Any]) -> None:
    one = thing(desk, "tyre plant")
    two = thing(desk, "Samplewood depot")
    page = f"/identity/{one}"
    send(desk, f"{page}/same", page, other=two, verb="same")
    merged = thing(desk, "Samplewood depot")
    page = f"/identity/{merged}"
    answer = send(desk, f"{page}/split", page, name="samplewood depot", reason="another site")
    assert answer.status_code == 303
    assert thing(desk, "tyre plant") != thing(desk, "Samplewood depot")
    assert judgements(desk)[-1].verb == "different"


def test_what_cannot_be_split_or_merged_is_refused(desk: TestClient[Any]) -> None:
    one = thing(desk, "tyre plant")
    page = f"/identity/{one}"
    assert send(desk, f"{page}/split", page, name="nothing of the kind").status_code == 400
    assert send(desk, f"{page}/same", page, other=one, verb="same").status_code == 400
    assert send(desk, f"{page}/same", page, other="0" * 32, verb="same").status_code == 404
    assert send(desk, f"{page}/same", page, other=one, verb="accept").status_code == 400
    assert not judgements(desk)


def test_a_report_shows_what_was_left_out_and_why(desk: TestClient[Any]) -> None:
    key = re.findall(r"/document/([0-9a-f]+)", desk.get("/documents?q=signed").text)[0]
    plain = desk.get(f"/document/{key}").text
    assert "?left=1#left" in plain
    ledger = desk.app.state.desk.ledger
    claim = next(e for e in ledger.entries() if e.document_key == key)
    ledger.judge(Judgement(verb="reject", left=claim.key, author="Rev", reason="not so <b>"))
    told = desk.get(f"/document/{key}?left=1").text
    assert "not so &lt;b&gt;" in told and "taken back by Rev" in told
    assert f'id="l-{claim.key}"' not in told, "it is no claim any more"


def test_names_that_a_rule_joined_are_split_and_only_they_are_resolved_again(
    desk: TestClient[Any],
) -> None:
    one = thing(desk, "orvane")
    page = f"/identity/{one}"
    names = re.findall(r'name="name" value="([^"]+)"', desk.get(page).text)
    assert sorted(names) == ["orvane arvik tyre plant", "the orvane arvik tyre plant"]
    send(desk, f"{page}/split", page, name=names[0])
    ledger = desk.app.state.desk.ledger
    assert ledger.is_resolved(LINKER.rules), "nothing else was worked out again"
    owners = {e.id for e in ledger.entities_like("orvane arvik tyre plant")}
    assert len(owners) == 2
    send(desk, "/review/undo", "/review/done", judgement=judgements(desk)[-1].key)
    assert len({e.id for e in ledger.entities_like("orvane arvik tyre plant")}) == 1
