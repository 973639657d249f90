"""Monitors on the desk: sentence, charts and tables, alerts and their feed, who may change them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from argon2 import PasswordHasher
from litestar.testing import TestClient

import web_ledger
from nameplate import demo
from nameplate.ledger import Ledger
from nameplate.monitors import named
from nameplate.web.accounts import Accounts, passwords
from nameplate.web.accounts.file import beside
from nameplate.web.app import create_app

BASE = "http://127.0.0.1:8765"
PASSWORD = "a long enough one"
ATOM = "{http://www.w3.org/2005/Atom}"
Desk = TestClient[Any]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demo's desk: no accounts, the examples' reports, three monitors."""
    target = tmp_path_factory.mktemp("demo") / "demo.ledger"
    demo.build(target)
    with TestClient(
        create_app(target, clock=lambda: "2026-03-01T00:00:00Z"), base_url=BASE
    ) as client:
        yield client


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return web_ledger.make(tmp_path / "sample.ledger")


@pytest.fixture
def staffed(target: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(passwords, "_hasher", lambda: PasswordHasher(1, 8, 1))
    accounts = Accounts(beside(target), web_ledger.ticking())
    for role in ("reader", "editor", "administrator"):
        accounts.add(role, role, PASSWORD)
    app = create_app(target, clock=web_ledger.clock, accounts=accounts)
    with TestClient(app, base_url=BASE) as client:
        yield client


def token(desk: Desk, address: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', desk.get(address).text)
    assert found
    return found[1]


def log_in(desk: Desk, name: str) -> None:
    desk.cookies.clear()
    form = {"csrf": token(desk, "/login"), "name": name, "password": PASSWORD}
    assert desk.post("/login", data=form, follow_redirects=False).status_code == 303


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_the_sentence_leads_from_each_number_to_its_words(desk: Desk) -> None:
    html = desk.get("/monitor/resumption?day=2020-02-24&lang=en").text
    said = re.search(r'<p class="sentence">(.*?)</p>', html, re.DOTALL)
    assert said
    assert text_of(said[1]).startswith(
        "As of 24 February 2020, Chongqing had 10,812 industrial enterprises"
    )
    links = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', said[1])
    assert [number for _, number in links] == ["10,812", "739,000", "4,859", "613,000"]
    for href, number in links:
        page = desk.get(href.split("#", maxsplit=1)[0].replace("&amp;", "&")).text
        at = page.index(f'id="{href.split("#")[1]}"')
        assert number in text_of(page[at : at + 1500]).replace(", ", ",")


def test_chinese_and_the_other_templates(desk: Desk) -> None:
    html = text_of(desk.get("/monitor/upgrading?day=2019&lang=zh").text)
    assert "截至2019年，重庆累计实施智能化改造项目1280个，数字化车间177个，智能工厂39个。" in html
    html = text_of(desk.get("/monitor/signing?lang=en").text)
    assert "501 projects signed" in html and "1 (derived) known to produce" in html


def test_gaps_revisions_and_what_was_left_aside_are_shown(desk: Desk) -> None:
    html = text_of(desk.get("/monitor/upgrading?lang=en").text)
    assert "Gap: no figure for 3 periods" in html
    assert "Earlier in the period: 734 (10 May 2023)" in html
    assert "Its words narrow it to a part that no line is of" in html


def test_a_monitor_is_turned_back_to_a_day(desk: Desk) -> None:
    now = desk.get("/monitor/resumption?lang=en").text
    then = desk.get("/monitor/resumption?lang=en&as_of=2020-03-11").text
    assert "1,378,000" in now and "1,378,000" not in then and "1,319,000" in then


def test_a_template_is_asked_by_whoever_may_look(desk: Desk) -> None:
    html = text_of(desk.get("/monitor/upgrading?of=Liangjiang+New+Area&lang=en").text)
    assert "60 digital workshops and 21 intelligent factories" in html
    assert desk.get("/monitor/upgrading?of=Nowhere+At+All").status_code == 400
    assert desk.get("/monitor/nothing?of=Chongqing").status_code == 404
    assert desk.get("/monitor/nothing").status_code == 404
    assert desk.get("/monitor/resumption?day=soon").status_code == 400


def test_a_title_runs_nothing_and_hides_nothing(staffed: Desk) -> None:
    log_in(staffed, "editor")
    for address in ("/monitors?lang=en", "/monitor/tyres?lang=en"):
        html = staffed.get(address).text
        assert "<script>alert" not in html and "\u202e" not in html
        assert "people employed" in html or "Tyres" in html
    html = text_of(staffed.get("/monitor/tyres?lang=en").text)
    assert "reports contradict each other" in html and "640" in html


def test_the_feed_is_the_alerts(desk: Desk) -> None:
    answer = desk.get("/monitors/feed.xml?lang=en")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    titles = [e.findtext(f"{ATOM}title") for e in feed.iter(f"{ATOM}entry")]
    assert "Return to work: no news for 15 days (the last of 23 March 2020)" in titles
    link = feed.find(f"{ATOM}entry/{ATOM}link")
    assert link is not None and desk.get(link.attrib["href"]).status_code == 200


def test_the_signed_feed_needs_no_log_in_and_ends_with_the_account(
    staffed: Desk, target: Path
) -> None:
    log_in(staffed, "reader")
    address = re.search(r'href="(/feed/reader/\w+)', staffed.get("/monitors").text)
    assert address
    staffed.cookies.clear()
    assert staffed.get("/monitors/feed.xml", follow_redirects=False).status_code in {303, 401}
    assert b"people employed" in staffed.get(address[1]).content
    assert staffed.get(address[1].replace("reader", "editor")).status_code == 404
    assert staffed.get("/feed/reader/0000").status_code == 404
    Accounts(beside(target), web_ledger.ticking()).change("reader", "administrator", active=False)
    assert staffed.get(address[1]).status_code == 404


def test_editors_save_alert_and_withdraw_and_readers_do_not(staffed: Desk, target: Path) -> None:
    log_in(staffed, "reader")
    assert "Change the monitor" not in staffed.get("/monitor/tyres?lang=en").text
    form = {"csrf": token(staffed, "/monitors"), "line": "people", "way": "below", "level": "700"}
    assert staffed.post("/monitor/tyres/alert", data=form).status_code == 403
    log_in(staffed, "editor")
    form["csrf"] = token(staffed, "/monitor/tyres")
    done = staffed.post("/monitor/tyres/alert", data=form, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, "/monitor/tyres")
    assert "below 700" in staffed.get("/monitor/tyres?lang=en").text
    for wrong in ({"level": "many"}, {"level": "NaN"}, {"way": "sideways"}, {"line": "nothing"}):
        assert staffed.post("/monitor/tyres/alert", data=form | wrong).status_code == 400
    new = {
        "csrf": form["csrf"],
        "template": "signing",
        "subject": "Samplewood tyre plant",
        "name": "own",
    }
    assert (
        staffed.post("/monitors", data=new, follow_redirects=False).headers["location"]
        == "/monitor/own"
    )
    bad = {"csrf": form["csrf"], "toml": "name = 'x'\nsubject = 'y'"}
    refused = staffed.post("/monitors", data=bad | {"toml": bad["toml"] + "\nodd = '<i>'"})
    assert refused.status_code == 400 and "odd" in refused.text
    assert "odd = &#39;&lt;i&gt;&#39;" in refused.text, "what was written is there to be put right"
    assert (
        staffed.post("/monitor/own/withdraw", data=new, follow_redirects=False).status_code == 303
    )
    assert staffed.get("/monitor/own").status_code == 404
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        assert [a.level for a in named(ledger, "tyres").alert] == [600, 700]


def test_a_monitor_of_another_version_stands_in_the_list_with_its_remedy(
    staffed: Desk, target: Path
) -> None:
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        ledger.monitors.save("later", 'name = "later"\nsubject = "X"\nweather = "<b>fine"\n', "Li")
    log_in(staffed, "editor")
    page = staffed.get("/monitors").text
    assert "This monitor cannot be read here." in page and "tyres" in page
    assert "<b>fine" not in page
    assert "本版本无法读取此监测" in staffed.get("/monitors?lang=zh").text
    alone = staffed.get("/monitor/later?lang=en")
    assert alone.status_code == 400 and "another version" in alone.text
    form = {"csrf": token(staffed, "/monitors")}
    done = staffed.post("/monitor/later/withdraw", data=form, follow_redirects=False)
    assert done.status_code == 303
    assert "cannot be read here" not in staffed.get("/monitors?lang=en").text
