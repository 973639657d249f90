"""Reports that mean harm do none, on any page and in any field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from litestar.testing import TestClient

import hostile_reports
import web_ledger
from nameplate.web.accounts import Accounts
from nameplate.web.accounts.file import beside
from nameplate.web.app import create_app

PASSWORD = "a long enough one"
OURS = {"a", "article", "b", "bdi", "blockquote", "body", "button", "caption", "circle", "code", "dd",
        "details", "dialog", "div", "dl", "dt", "footer", "form", "g", "h1", "h2", "h3", "head",
        "header", "html", "input", "kbd", "label", "legend", "li", "line", "link", "main", "mark", "meta",
        "nav", "ol", "option", "p", "path", "rect", "s", "script", "section", "select", "span", "strong",
        "summary", "svg", "table", "tbody", "td", "text", "textarea", "th", "thead", "time", "title",
        "tr", "ul", "use", "defs", "fieldset", "small", "tspan", "polyline"}  # fmt: skip
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
BARE = re.compile("Tesl\u0430(?!⟨|<span)|B\u03a5(?!⟨|<span)D")
HEAVIEST = 500_000


class Watch(HTMLParser):
    """Notes what no page of ours has: foreign elements, handlers, addresses that run."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: list[str] = []
        self.deepest = self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in OURS:
            self.odd.append(f"<{tag}>")
        self.odd += [f"{tag} {name}" for name in values if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            value = values.get(name, "").strip().lower()
            if value and not value.startswith(("/", "?", "#", "https://example.org/")):
                self.odd.append(f"{tag} {name}={value[:60]}")
            if value.startswith("//"):
                self.odd.append(f"{tag} {name}={value[:60]}")
        if tag == "script" and not values.get("src", "").startswith("/static/"):
            self.odd.append("a script of theirs")
        if tag == "meta" and "http-equiv" in values:
            self.odd.append("a meta of theirs")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    target = hostile_reports.make(tmp_path_factory.mktemp("hostile") / "sample.ledger")
    accounts = Accounts(beside(target), web_ledger.ticking())
    accounts.add("Rev", "administrator", PASSWORD)
    app = create_app(target, clock=web_ledger.clock, accounts=accounts)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        page = client.get("/login").text
        token = re.findall(r'name="csrf" value="([0-9a-f]+)"', page)[0]
        client.post("/login", data={"name": "Rev", "password": PASSWORD, "csrf": token})
        yield client


def pages(client: TestClient[Any]) -> Iterator[str]:
    """Every list, and the page of every thing and report."""
    yield from (
        "/",
        "/projects",
        "/projects?kind=plant&group=place",
        "/map",
        "/documents",
        "/check",
        "/review",
    )
    yield from ("/review?page=2", "/review/done", "/admin", "/compare?from=2024-01-01", "/add")
    ledger = client.app.state.desk.ledger
    yield from (f"/document/{card.key}?left=1" for card in ledger.documents())
    for ids in ledger.pages.entity_ids():
        yield from (address for id in ids for address in (f"/entity/{id}", f"/identity/{id}"))


def test_no_page_runs_hides_or_disguises_anything(desk: TestClient[Any]) -> None:
    for address in pages(desk):
        for lang in ("en", "zh"):
            answer = desk.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
            assert answer.status_code == 200, address
            watch = Watch()
            watch.feed(answer.text)
            assert watch.odd == [], address
            assert not UNSEEN.search(answer.text), address
            assert not BARE.search(answer.text), address
            assert "49${7" not in answer.text and "root:" not in answer.text, address
            assert len(answer.content) < HEAVIEST, (address, len(answer.content))
            assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "harm", [*hostile_reports.CODE, *hostile_reports.BIDI, "(" * 500, "%", "_", '"']
)
def test_hostile_searches_find_or_find_nothing(desk: TestClient[Any], harm: str) -> None:
    for address in ("/projects", "/documents", "/map", "/identity/0", "/review"):
        answer = desk.get(address, params={"q": harm, "place": harm, "why": harm, "from": harm})
        assert answer.status_code in (200, 404), address
        watch = Watch()
        watch.feed(answer.text)
        assert watch.odd == [], address


def test_a_correction_leaves_what_it_did_not_touch(desk: TestClient[Any]) -> None:
    """The form shows placeholders for what deceives; they are not written in its place."""
    ledger = desk.app.state.desk.ledger
    entry = next(
        e for e in ledger.entries()
        if e.claim.subject == hostile_reports.HOMOGRAPHS[0] and e.claim.stage == "completed"
    )  # fmt: skip
    page = desk.get(f"/document/{entry.document_key}").text
    token = re.findall(r'name="csrf" value="([0-9a-f]+)"', page)[0]
    shown = "Tesla⟨U+0430⟩ battery plant".replace("a⟨", "\u0430⟨", 1)
    form = {
        "csrf": token,
        "verb": "correct",
        "claim": entry.key,
        "f_subject": shown,
        "f_when": "2031",
    }
    assert desk.post("/review", data=form, follow_redirects=False).status_code == 303
    made = ledger.judgements()[-1]
    assert made.patch == {"when": "2031"}
