"""The desk's pages over a small made-up ledger: what they show, and what they never let through."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

import web_ledger
from nameplate.errors import LedgerError, UsageError
from nameplate.ledger import Ledger
from nameplate.web import serve as serving
from nameplate.web.app import create_app
from nameplate.web.pages import ROUTES
from nameplate.web.views.export import cell

BASE = "http://127.0.0.1:8765"
VOID = {"meta", "link", "input", "img", "br", "hr"}


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return web_ledger.make(tmp_path_factory.mktemp("desk") / "sample.ledger")


@pytest.fixture(scope="module")
def desk(target: Path) -> Iterator[TestClient[Any]]:
    with TestClient(create_app(target, clock=web_ledger.clock), base_url=BASE) as client:
        yield client


class Page(HTMLParser):
    """A page as its tags: checks nesting, and collects ids, links and everything that could run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.danger: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        bad = {n for n in given if n.startswith("on") or n in {"style", "srcdoc", "formaction"}}
        script = tag in {"script", "link"} and "/static/" not in given.get(
            "src", given.get("href", "")
        )
        if bad or script or tag in {"style", "iframe", "object", "embed", "base", "img"}:
            self.danger.append(self.get_starttag_text() or tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> out of place"

    def handle_data(self, data: str) -> None:
        self.text += data


def get(desk: TestClient[Any], address: str, status: int = 200) -> Page:
    response = desk.get(address)
    assert response.status_code == status, f"{address}: {response.status_code}"
    if response.content.startswith(b"PK"):  # a workbook, no page
        return Page("")
    if "atom" in response.headers["content-type"]:  # tests/test_web_monitors.py looks at it
        return Page("")
    table = response.headers["content-type"].startswith("text/csv")
    text = response.text.removeprefix("\ufeff" if table else "")  # by it Excel knows UTF-8
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff\x00-\x08]", text)
    page = Page(text)
    assert not page.danger, page.danger
    assert len(page.ids) == len(set(page.ids)), f"{address}: an id twice"
    return page


def entity(desk: TestClient[Any], name: str, lang: str = "en") -> Page:
    html = desk.get(
        "/projects", params={"q": unescape(name.split(maxsplit=1)[0]), "lang": "en"}
    ).text
    found = re.search(rf'href="(/entity/[^"]+)"><bdi>{re.escape(name)}', html)
    assert found, f"{name} is not in the table"
    return get(desk, f"{found[1]}?lang={lang}")


def key_of(desk: TestClient[Any], id: str) -> str:
    """The key of the newest version of a sample report."""
    ledger: Ledger = desk.app.state.desk.ledger
    return ledger.filed(id).key


# Every page


def shallow(address: str) -> bool:
    """Whether the address has at most one parameter beside language and day; maps never end."""
    query = address.partition("?")[2].partition("#")[0].split("&")
    deep = [part for part in query if part[:5] not in {"", "lang=", "as_of"}]
    return len(deep) <= 1 and not any(part.startswith("at=") for part in deep)


def crawl(desk: TestClient[Any], *starts: str) -> dict[str, Page]:
    """Follow every link from the starts, filters one at a time."""
    seen: dict[str, Page] = {}
    waiting = list(starts)
    while waiting:
        address = waiting.pop()
        path = address.split("#")[0]
        if path.startswith("/projects."):
            assert desk.get(path).status_code == 200
            continue
        if path not in seen:
            seen[path] = get(desk, path)
            here = path.partition("?")[0]
            links = [here + link if link[:1] in "?#" else link for link in seen[path].links]
            waiting += [link for link in links if link.startswith("/") and shallow(link)]
        fragment = address.partition("#")[2]
        assert not fragment or fragment in seen[path].ids, f"{address} points nowhere"
    return seen


def test_every_link_leads_somewhere(desk: TestClient[Any]) -> None:
    """In both languages; fragments must name an id of their page."""
    seen = crawl(desk, "/?lang=en", "/projects", "/documents", "/check", "/compare")
    assert sum(path.startswith("/entity/") for path in seen) >= 2 * 6
    assert sum(path.startswith("/document/") for path in seen) >= 2 * 8


def test_a_desk_without_accounts_is_read_only(desk: TestClient[Any]) -> None:
    for route in ROUTES:
        if "POST" in map(str, route.http_methods):
            for path in route.paths:
                address = re.sub(r"\{[^}]+\}", "0", path)
                assert desk.post(address).status_code in {403, 405}, path
    for method in ("post", "put", "patch", "delete"):
        assert getattr(desk, method)("/").status_code == 405
    assert "takes no input" in get(desk, "/review?lang=en", 403).text


def test_the_pages_answer_in_both_languages(desk: TestClient[Any]) -> None:
    assert "Projects" in get(desk, "/projects?lang=en").text
    assert "项目" in get(desk, "/projects?lang=zh").text


def test_the_language_is_kept_and_accepted(desk: TestClient[Any]) -> None:
    response = desk.get("/?lang=zh")
    cookie = response.headers["set-cookie"].lower()
    assert "desk_lang=zh" in cookie and "httponly" in cookie and "samesite=lax" in cookie
    assert '<html lang="zh-CN">' in desk.get("/").text
    desk.cookies.clear()
    assert '<html lang="en">' in desk.get("/").text
    chinese = desk.get("/", headers={"accept-language": "zh-TW,zh;q=0.9"}).text
    assert '<html lang="zh-CN">' in chinese


def test_headers_forbid_what_the_desk_does_not_need(desk: TestClient[Any]) -> None:
    for address in ("/", "/nope", "/static/desk.css", "/static/nope.css"):
        headers = desk.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers
    css = re.search(r"/static/desk\.css\?v=\w+", desk.get("/").text)
    assert css and "immutable" in desk.get(css[0]).headers["cache-control"]
    assert "no-cache" in desk.get("/").headers["cache-control"]


@pytest.mark.parametrize(
    "host", ["evil.test", "127.0.0.1.evil.test", "", "localhost:80:80", "[::1"]
)
def test_other_hosts_are_refused(desk: TestClient[Any], host: str) -> None:
    for address in ("/", "/document/x", "/nope", "/static/desk.css"):
        response = desk.get(address, headers={"host": host})
        assert response.status_code in {400, 421}
        assert "Samplewood" not in response.text


@pytest.mark.parametrize(
    "host", ["localhost:9", "LOCALHOST", "127.0.0.1:8765", "[::1]:80", "[::1]"]
)
def test_names_of_this_machine_are_served(desk: TestClient[Any], host: str) -> None:
    assert desk.get("/", headers={"host": host}).status_code == 200


# Overview


def test_the_overview_tells_what_is_new(desk: TestClient[Any]) -> None:
    page = get(desk, "/?lang=en&since=2026-02-01")
    for words in ("New projects", "Samplewood tyre plant", "Producing · Phase I", "30 Jul 2023",
                  "Two values for one measure", "Money at work", "CNY 2.6 billion"):  # fmt: skip
        assert words in page.text
    quiet = get(desk, "/?lang=en&since=2026-03-01")
    assert "No project came up for the first time." in quiet.text


def test_pictures_lead_to_the_rows_that_they_count(desk: TestClient[Any]) -> None:
    html = desk.get("/?lang=en").text
    counted = re.findall(r'<a href="(/projects\?[^"]+)">.{0,400}?<b>(\d+)</b></a></li>', html, re.S)
    assert len(counted) >= 5
    for href, number in counted:
        rows = desk.get(unescape(href)).text.count('class="name" href="/entity/')
        assert rows == int(number), href


@pytest.mark.parametrize("address", ["/?since=soon", "/?as_of=2026-02-30", "/compare?to=%27"])
def test_a_day_that_is_none_is_told(desk: TestClient[Any], address: str) -> None:
    assert "cannot read" in get(desk, f"{address}&lang=en", 400).text


# As of


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    """A desk over a ledger that learned each report on the day of its publication."""
    target = web_ledger.grow(tmp_path_factory.mktemp("grown") / "grown.ledger")
    with TestClient(create_app(target, clock=web_ledger.clock), base_url=BASE) as client:
        yield client


def test_the_whole_desk_turns_back(grown: TestClient[Any]) -> None:
    page = get(grown, "/projects?lang=en&as_of=2021-06-01&q=tyre+plant")
    assert "as it was known on 1 Jun 2021" in page.text and "Signed" in page.text
    assert "Producing" not in page.text.split("Samplewood tyre plant")[-1]
    address = next(link for link in page.links if link.startswith("/entity/"))
    then, now = get(grown, address), get(grown, address.split("?")[0])
    assert "CNY 2.4 billion" in then.text and "CNY 2.6 billion" not in then.text
    assert "CNY 2.6 billion" in now.text
    late = next(link for link in now.links if "/document/" in link and "?" not in link)
    assert "No report with this key" in get(grown, f"{late}?as_of=2021-06-01&lang=en", 404).text
    assert "as it was known" not in get(grown, "/?as_of=2026-03-01&lang=en").text, "that is now"


def test_every_link_keeps_the_day(grown: TestClient[Any]) -> None:
    seen = crawl(grown, "/?as_of=2023-12-31", "/check?as_of=2023-12-31")
    assert len(seen) > 20
    for path, page in seen.items():
        if "as_of=2023-12-31" in path:
            lost = [k for k in page.links if k.startswith("/") and "2023-12-31" not in k]
            assert not lost, f"{path}: {lost}"


def test_two_days_are_compared(grown: TestClient[Any]) -> None:
    page = get(grown, "/compare?from=2021-06-01&to=2023-12-31&lang=en")
    row = page.text.split("Samplewood tyre plant")[1]
    assert row.index("Signed") < row.index("Producing") < row.index("CNY 2.4 billion")
    assert "CNY 2.6 billion" in row and "not known yet" in page.text
    turned = get(grown, "/compare?to=2021-06-01&from=2023-12-31&lang=en")
    assert turned.text == page.text
    assert "Nothing differs" in get(grown, "/compare?from=2023-12-30&to=2023-12-31&lang=en").text


# Projects


def test_the_table_has_stage_figures_and_findings(desk: TestClient[Any]) -> None:
    page = get(desk, "/projects?lang=en")
    for words in ("Samplewood tyre plant", "Producing", "CNY 2.6 billion", "2.1 million tyres",
                  "1 Feb 2024", "2 findings", "Samplewood Industrial Park"):  # fmt: skip
        assert words in page.text
    assert "An Example" not in page.text


def names(page: Page) -> list[str]:
    table = page.text.split("Findings")[-1]
    known = ("Samplewood tyre plant", "Samplewood depot", "Old Kiln works", "样木轮胎项目")
    return sorted((n for n in known if n in table), key=table.index)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("q=kiln", ["Old Kiln works"]),
        ("q=PARK+tyre", ["Samplewood tyre plant"]),
        ("q=轮胎", ["样木轮胎项目"]),
        ("stage=suspended", ["Old Kiln works"]),
        ("stage=producing&q=plant", ["Samplewood tyre plant"]),
        ("flagged=1", ["Samplewood tyre plant"]),
        ("q=nothing+has+this", []),
        ("stage=%00&sort=;drop&page=-1", []),
        ("phase=stopped", ["Old Kiln works"]),
        ("place=Samplewood+Industrial+Park", ["Samplewood tyre plant"]),
        ("measure=equipment", ["Samplewood depot"]),
        ("measure=capacity&q=輪胎", ["样木轮胎项目"]),
        ("q=trial+runs", ["Samplewood tyre plant"]),
        ("from=2025&to=2025-12", ["Samplewood tyre plant"]),
        ("from=2022&to=2022-12-30&kind=project", ["Samplewood tyre plant"]),
        ("from=rubbish&kind=plant&stage=suspended", ["Old Kiln works"]),
    ],
)
def test_filters_are_in_the_address(desk: TestClient[Any], query: str, shown: list[str]) -> None:
    assert names(get(desk, f"/projects?lang=en&{query}")) == shown


def test_sorting_is_in_the_address(desk: TestClient[Any]) -> None:
    by_name = names(get(desk, "/projects?lang=en&sort=name"))
    assert by_name == list(reversed(names(get(desk, "/projects?lang=en&sort=-name"))))
    assert names(get(desk, "/projects?lang=en&sort=-news"))[-1] == "Old Kiln works"
    assert 'aria-sort="descending"' in desk.get("/projects?sort=-news").text


def test_rows_are_grouped(desk: TestClient[Any]) -> None:
    html = desk.get("/projects?lang=en&group=phase").text
    groups = re.findall(r'class="group-row">.*?<bdi>(.*?)</bdi> <b>(\d+)</b>', html)
    rows = html.count('class="name" href="/entity/')
    assert ("Running", "2") in groups and sum(int(n) for _, n in groups) == rows
    assert "group-row" not in desk.get("/projects?group=nonsense").text


def test_facets_count_under_the_other_filters(desk: TestClient[Any]) -> None:
    html = desk.get("/projects?lang=en&stage=producing&q=phase").text
    assert re.search(r'aria-current="true"><bdi>Producing</bdi> <b>1</b>', html)
    assert "Text: phase" in html and "Stage: Producing" in html


def test_the_export_is_what_the_address_asks_for(desk: TestClient[Any]) -> None:
    told = desk.get("/projects.json?q=tyre+plant").json()
    assert [p["name"] for p in told["projects"]] == ["Samplewood tyre plant"]
    figure = next(f for f in told["projects"][0]["figures"] if f["measure"] == "investment")
    assert figure["value"] == 2600000000 and figure["quote"] == "2.6 billion yuan"
    response = desk.get("/projects.csv")
    assert "attachment" in response.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert {len(row) for row in rows[1:]} <= {len(rows[0]), 11}
    assert [r[13] for r in rows if r[1] == "样木轮胎项目" and r[11] == "investment"] == [
        "2600000000"
    ]


def test_no_cell_of_an_export_is_a_formula() -> None:
    for text in ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", " =1", "\r=1"):
        assert cell(text).startswith("'") or not cell(text)[:1].strip("=+-@＝\t\r "), text
    for harmless in ("-12.5", "2021-03", "轮胎", "a=b", "12"):
        assert cell(harmless) == harmless


def test_other_kinds_are_listed_on_demand(desk: TestClient[Any]) -> None:
    assert "An Example" in get(desk, "/projects?lang=en&kind=person").text


# One project


def test_a_project_shows_its_course(desk: TestClient[Any]) -> None:
    page = entity(desk, "Samplewood tyre plant")
    for words in ("Producing of Phase I (30 Jul 2023)", "derived", "3 months late", "7 months late",
                  "passed without news", "Mayor An Example", "finish the workshops before winter",
                  "partner in recycled rubber", "Two values for one measure"):  # fmt: skip
        assert words in page.text
    assert {"milestones", "figures", "findings", "visits", "orders", "sources"} <= set(page.ids)


def test_every_figure_opens_its_words(desk: TestClient[Any]) -> None:
    html = desk.get("/projects?lang=en&q=tyre+plant").text
    address = re.findall(r'"(/entity/\w+)"><bdi>Samplewood', html)[0]
    html = desk.get(address).text
    panels = re.findall(r'<details class="words".*?</details>', html, re.S)
    assert len(panels) >= 15
    for panel in panels:
        assert "<mark>" in panel and re.search(r'href="/document/\w+\?claim=(\w+)#c-\1"', panel)
    money = next(p for p in panels if "<summary>CNY 2.4 billion</summary>" in p)
    assert "With a total investment of <mark>2.4 billion yuan</mark>, the plant" in money


def test_a_project_in_chinese(desk: TestClient[Any]) -> None:
    page = entity(desk, "Samplewood tyre plant", "zh")
    for words in ("投产", "24亿元", "晚 7 个月", "考察调研", "推导"):
        assert words in page.text
    assert "has two values" not in page.text


# One report


def test_a_report_marks_its_claims_and_links_both_ways(desk: TestClient[Any]) -> None:
    key = key_of(desk, "producing")
    html = desk.get(f"/document/{key}?lang=en").text
    page = get(desk, f"/document/{key}")
    marked = re.findall(r'class="hl [^"]*" href="#(l-\w+)" data-claims="([\w ]+)"', html)
    assert len(marked) == 7, "six claims, one of them said twice"
    assert all(target in page.ids for target, _ in marked)
    assert "said once more in this report" in page.text
    listed = re.findall(r'class="what" href="#(c-\w+)"', html)
    assert len(listed) == 6 and set(listed) <= set(page.ids)


def test_overlapping_claims_and_boilerplate(desk: TestClient[Any]) -> None:
    html = desk.get(f"/document/{key_of(desk, 'signing')}").text
    assert 'class="hl k-milestone over-2 c2-relation"' in html
    assert '<p class="boilerplate" dir="auto">Contact us' in html


def test_versions_lead_to_each_other(desk: TestClient[Any]) -> None:
    newest = key_of(desk, "versions")
    page = get(desk, f"/document/{newest}?lang=en")
    assert "35 lorries" in page.text and "A newer version" not in page.text
    older = next(link for link in page.links if re.fullmatch(r"/document/\w+", link))
    page = get(desk, older)
    assert "30 lorries" in page.text and "A newer version" in page.text


def test_a_chosen_claim_decides_the_part_of_a_long_text(tmp_path: Path) -> None:
    text = "Nothing of note here.\n" * 9000 + "The plant has 12 lines.\n"
    long = web_ledger.report("long", "2024-01-01", "Long", text)
    claim = web_ledger.said(long, "quantity", "12 lines", measure="facilities", value="12")
    with Ledger.open(tmp_path / "long.ledger", clock=web_ledger.clock) as ledger:
        key = ledger.add(long, [claim]).document_key
        chosen = ledger.entries()[0].key
    app = create_app(tmp_path / "long.ledger", clock=web_ledger.clock)
    with TestClient(app, base_url=BASE) as client:
        first = get(client, f"/document/{key}")
        assert "Part 1 of 4" in first.text and "1 claim is in another part" in first.text
        last = get(client, f"/document/{key}?claim={chosen}")
        assert "Part 4 of 4" in last.text and f"c-{chosen}" in last.ids
        assert "Part 4 of 4" in get(client, f"/document/{key}?part=99999999999999").text


def test_a_long_page_says_what_it_leaves_out(tmp_path: Path) -> None:
    lines = [f"In {1900 + n} the Samplewood tyre plant made {n + 1} tyres." for n in range(100)]
    long = web_ledger.report("long", "2024-01-01", "Long", "\n".join(lines))
    claims = [
        web_ledger.said(
            long, "quantity", f"made {n + 1} tyres", measure="output", value=str(n + 1), unit="1",
            item="tyres", when=str(1900 + n),
        )
        for n in range(100)
    ]  # fmt: skip
    with Ledger.open(tmp_path / "long.ledger", clock=web_ledger.clock) as ledger:
        ledger.add(long, claims)
    app = create_app(tmp_path / "long.ledger", clock=web_ledger.clock)
    with TestClient(app, base_url=BASE) as client:
        address = re.findall(r"/entity/\w+", client.get("/projects").text)[0]
        page = get(client, address)
        assert "92 lines and values are left out" in page.text and "1999" in page.text
        assert "1950" not in page.text and "?all=1" in page.links
        page = get(client, f"{address}?all=1")
        assert "1950" in page.text and "left out" not in page.text


# Strangers


def test_hostile_reports_do_nothing(desk: TestClient[Any]) -> None:
    """`get` refuses anything that could run; here: that it is still all there to be read."""
    page = get(desk, f"/document/{key_of(desk, 'hostile')}?lang=en")
    for words in ('<script>alert("x")</script>', "U+202E", "U+200B", "{{ 7*7 }}", "{% raise %}",
                  "<style>*{display:none}</style>", "&lt;i&gt;", "javascript:alert"):  # fmt: skip
        assert words in page.text
    assert not [link for link in page.links if "javascript" in link.lower()]
    assert "U+202E" in entity(desk, "&lt;script").text


def test_an_undated_untitled_report_has_a_page(desk: TestClient[Any]) -> None:
    page = get(desk, f"/document/{key_of(desk, 'undated')}?lang=en")
    assert "date unknown" in page.text and "24 Feb, year open" in page.text


def test_a_search_that_finds_more_than_is_listed_says_so(
    desk: TestClient[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "only the first" not in get(desk, "/documents?lang=en&q=signed").text
    for module in ("nameplate.ledger.pages", "nameplate.web.pages.documents"):
        monkeypatch.setattr(sys.modules[module], "MOST_SAYING", 1)
    assert "仅列出前 1 篇" in get(desk, "/documents?lang=zh&q=signed").text
    assert "only the first 1 are listed" in get(desk, "/documents?lang=en&q=signed").text


# What goes wrong


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/nope", "nothing at this address"),
        ("/a/b/c", "nothing at this address"),
        ("//evil.test/", "nothing at this address"),
        ("/entity/none", "No project or body has this id"),
        ("/document/none", "No report with this key"),
        ("/entity/%2e%2e%2f", "No"),
        ("/document/" + "x" * 5000, "No report with this key"),
    ],
)
def test_missing_pages_help(desk: TestClient[Any], address: str, says: str) -> None:
    page = get(desk, BASE + address, 404)
    assert says in page.text and "/documents" in page.links


def test_a_failing_page_says_so_and_tells_no_secrets(
    desk: TestClient[Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(as_of: str, *, lists: bool = True) -> None:
        raise RuntimeError("secret of the machine room")

    monkeypatch.setattr(desk.app.state.desk, "view", broken)
    page = get(desk, "/projects?lang=en", 500)
    reference = re.search(r"Reference: (\w{8})", page.text)
    assert reference and reference[1] in caplog.text and "secret" not in page.text


def test_a_ledger_that_cannot_be_read_is_a_503(
    desk: TestClient[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(as_of: str, *, lists: bool = True) -> None:
        raise LedgerError("it is locked", remedy="Wait for the other program.")

    monkeypatch.setattr(desk.app.state.desk, "view", locked)
    assert "Wait for the other program." in get(desk, "/check?lang=en", 503).text


def test_a_ledger_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LedgerError):
        create_app(tmp_path / "none.ledger", clock=web_ledger.clock)


# Over time


def test_the_desk_sees_what_is_added_while_it_is_open(tmp_path: Path) -> None:
    target = tmp_path / "growing.ledger"
    Ledger.open(target, clock=web_ledger.clock).close()
    with TestClient(create_app(target, clock=web_ledger.clock), base_url=BASE) as client:
        assert "holds no reports yet" in get(client, "/projects?lang=en").text
        first = client.app.state.desk.view().index
        assert client.app.state.desk.view().index is first, "nothing new, nothing worked out"
        web_ledger.make(target)
        assert "Samplewood tyre plant" in get(client, "/projects?lang=en").text


# Serving


def test_the_next_free_port_is_taken_and_an_occupied_one_refused() -> None:
    with serving._listen("127.0.0.1", 0) as one, serving._listen("127.0.0.1", 0) as two:
        one.listen()
        assert one.getsockname() != two.getsockname()
        with pytest.raises(UsageError, match="Choose another port"):
            serving._listen("127.0.0.1", one.getsockname()[1])
    with pytest.raises(UsageError):
        serving._listen("127.0.0.1", 99999)
