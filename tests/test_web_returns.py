"""Returns on the desk: listed, refused cells, and one from upload to the ledger; hostile files too."""

from __future__ import annotations

import html as html_
import io
import re
import time
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import web_ledger
from nameplate import demo
from nameplate.ledger import Ledger
from nameplate.web.app import create_app
from test_web_access import Desk, client, staffed, token
from test_web_access import quick_hashes as _quick_hashes  # noqa: F401

FOLDER = files("nameplate") / "data" / "examples" / "returns"
ZONES = (FOLDER / "sampleton-2025-zones.csv").read_bytes()
MAPPING = (FOLDER / "sampleton-2025-zones.toml").read_bytes()


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("returns") / "demo.ledger"
    demo.build(path)
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = web_ledger.make(tmp_path / "a.ledger")
    return client(create_app(made, clock=web_ledger.clock, accounts=staffed(made)), "editor")


def upload(desk: Desk, data: bytes, name: str = "zones.csv", mapping: bytes | None = None) -> Any:
    given: dict[str, Any] = {"file": (name, data)}
    if mapping is not None:
        given["mapping"] = ("m.toml", mapping)
    form = {"csrf": token(desk, "/returns")}
    return desk.post("/returns", data=form, files=given, follow_redirects=False)


def waited(desk: Desk, address: str) -> str:
    """The page once nothing is being worked on."""
    for _ in range(200):
        page = desk.get(f"{address}?lang=en").text
        if 'data-reading="1"' not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("it never ended")


def fields(page: str) -> dict[str, str]:
    """The mapping's form as a browser would send it."""
    form = page[page.index('class="mapping"') :]
    found = {
        name: html_.unescape(value)
        for name, value in re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', form)
        if not name.startswith(("planned_", "fraction_"))
    }
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        first = re.search(r'<option value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else first[1] if first else ""
    return found


def post(desk: Desk, address: str, **given: str) -> Any:
    form = {"csrf": token(desk, "/returns"), **given}
    return desk.post(address, data=form, follow_redirects=False)


def test_returns_are_listed_with_what_was_refused(target: Path) -> None:
    desk = client(create_app(target, clock=web_ledger.clock))
    page = desk.get("/returns?lang=en").text
    assert "sampleton-2025-enterprises.csv" in page and '<span class="tag warning">3</span>' in page
    key = re.search(r'href="/returns/(\w+)"[^>]*><bdi>Sampleton county', page)
    assert key
    one = desk.get(f"/returns/{key[1]}?lang=en").text
    for cell, text in (("F6", "about nine hundred"), ("F7", "-12"), ("D10", "#REF!")):
        assert f"sampleton-2025-enterprises!{cell}" in one and text in one
    assert desk.get("/returns/nothing").status_code == 404
    assert 'type="file"' not in page, "who may not write is offered no form"
    assert desk.get("/returns?as_of=2026-02-01").text.count('class="name"') == 1


def test_from_upload_to_the_ledger(desk: Desk) -> None:
    address = upload(desk, ZONES).headers["location"]
    page = waited(desk, address)
    assert "What the columns say" in page
    given = fields(page)
    assert (
        given["subject"] == "A"
        and given["when_at"] == "B"
        and given["gives_C"] == "measure:output_value"
    )
    assert given["item_H"] == "高新技术企业"
    given |= {"gives_I": "measure:count", "item_I": "研发机构", "published": "2026-02-10"}
    assert post(desk, address, **given, verb="check").status_code == 303
    page = waited(desk, address)
    assert "4 rows give 28 claims" in page and "zones!C4" in page and "CNY 6.04 billion" in page
    assert "measure = &#34;tax&#34;" not in page
    saved = desk.get(f"{address}/mapping.toml")
    assert 'measure = "tax"' in saved.text and "attachment" in saved.headers["content-disposition"]
    assert "zones.csv" not in desk.get("/returns").text, "nothing entered yet"
    assert post(desk, address, verb="take").status_code == 303
    page = waited(desk, address)
    assert ">Taken<" in page and "entered" in page
    assert "zones.csv" in desk.get("/returns").text
    assert "Sample Harbour" in desk.get("/reconcile").text
    again = upload(desk, ZONES, mapping=saved.content).headers["location"]
    assert "4 rows give 28 claims" in waited(desk, again)


def test_a_mapping_that_does_not_fit_is_mended_on_the_page(desk: Desk) -> None:
    wrong = MAPPING.replace(b'measure = "tax"', b'measure = "taxes"')
    page = waited(desk, upload(desk, ZONES, mapping=wrong).headers["location"])
    assert "there is no sheet" in page
    wrong = wrong.replace(b'sheet = "sampleton-2025-zones"\n', b"")
    page = waited(desk, upload(desk, ZONES, mapping=wrong).headers["location"])
    assert "there is no measure" in page and 'class="mapping"' in page
    assert upload(desk, ZONES, mapping=b"not = [toml").status_code == 400


def test_nonsense_in_the_form_is_refused(desk: Desk) -> None:
    address = upload(desk, ZONES).headers["location"]
    given = fields(waited(desk, address))
    for wrong in ({"first": "x"}, {"subject": ""}, {"subject_kind": "dragon"}):
        assert post(desk, address, **{**given, **wrong}, verb="check").status_code == 400
    post(desk, address, **{**given, "subject": "ZZ", "gives_C": "measure:dragons"}, verb="check")
    page = waited(desk, address)
    assert "there is no measure" in page and "does not have" in page
    assert post(desk, address, verb="take").status_code == 400, "not checked"
    assert post(desk, address, verb="dance").status_code == 400
    assert post(desk, "/returns/new/nothing", verb="check").status_code == 400


def test_a_return_belongs_to_whoever_uploaded_it(desk: Desk) -> None:
    address = upload(desk, ZONES).headers["location"]
    other = client(desk.app, "administrator")  # type: ignore[arg-type]
    assert other.get(address).status_code == 400


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)
    return out.getvalue()


def linked() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Enterprise", "Output value (RMB million)", "Employees"])
    sheet.append(["Acme Testing Co., Ltd", "=cmd|'/C calc'!A0", 12])
    sheet.append(['=HYPERLINK("http://evil.test")', 5, "<script>alert(1)</script>"])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.xlsx", bomb()),
        ("empty.csv", b""),
        ("odd.xlsx", b"PK\x03\x04 not a zip"),
        ("../../etc/passwd", b"\x00\x01\x02" * 50),
        ("<script>alert(1)</script>.csv", "a,b\n<img src=x onerror=alert(2)>,\u202e5".encode()),
        ("wide.csv", b"," * 700 + b"\n"),
        ("words.txt", b"only some words"),
    ],
)
def test_hostile_files_end_on_a_page_that_says_so(desk: Desk, name: str, data: bytes) -> None:
    answer = upload(desk, data, name)
    if answer.status_code == 303:
        page = waited(desk, answer.headers["location"])
        assert "<script>alert" not in page and "onerror=alert(2)>" not in page
        if "cannot be read" in page:
            assert post(desk, answer.headers["location"], verb="failed").status_code == 303
            assert "etc/passwd" not in page
    else:
        assert answer.status_code == 400


def test_formulas_from_outside_are_refused_and_words_escaped(desk: Desk) -> None:
    address = upload(desk, linked(), "linked.xlsx").headers["location"]
    given = fields(waited(desk, address)) | {"when": "2025"}
    post(desk, address, **given, verb="check")
    page = waited(desk, address)
    assert "from outside the file" in page and "<script>alert" not in page


def test_no_file_and_no_right(desk: Desk) -> None:
    form = {"csrf": token(desk, "/returns")}
    assert desk.post("/returns", data=form, files={"x": ("", b"")}).status_code == 400
    assert desk.post("/returns", files={"file": ("a.csv", ZONES)}).status_code == 403
    reviewer = client(desk.app, "reviewer")  # type: ignore[arg-type]
    assert upload(reviewer, ZONES).status_code == 403


def test_returns_and_press_stand_side_by_side(target: Path) -> None:
    desk = client(create_app(target, clock=web_ledger.clock))
    page = desk.get("/reconcile?lang=en").text
    assert "10 things filed" in page and "Output value +7.1 %" in page
    assert "Fictive" not in desk.get("/reconcile?state=differs").text
    assert desk.get("/reconcile?state=nonsense&page=9").status_code == 200
    assert "Nothing filed matches" in desk.get("/reconcile?lang=en&q=zzz").text
    key = re.search(r'href="/reconcile/(\w+)"[^>]*><bdi>Sampleton Industrial Park', page)
    assert key
    one = desk.get(f"/reconcile/{key[1]}?lang=en").text
    assert "+CNY 160 million" in one and "sampleton-2025-zones!C4" in one and "disagrees" in one
    assert "sum of 5 of 5 in it" in one and "part of the whole" in one
    assert "6.2 billion yuan" in one and "Return and report disagree" in one
    assert "不一致" in desk.get(f"/reconcile/{key[1]}?lang=zh").text
    assert desk.get("/reconcile/nothing").status_code == 404
    assert desk.get("/reconcile.xlsx").status_code == 200
    assert "160000000" in desk.get("/reconcile.csv").text
    early = desk.get("/reconcile?as_of=2026-02-15&lang=en").text
    assert "10 things filed" in early and "+7.1" not in early


def test_a_second_version_has_its_own_refused_cells(tmp_path: Path) -> None:
    target = web_ledger.make(tmp_path / "a.ledger")
    app = create_app(target, clock=web_ledger.ticking(), accounts=staffed(target))
    desk = client(app, "editor")
    for tax in ("about a lot", "29800"):
        data = (
            f"Enterprise,Tax paid (RMB million)\nAcme Testing Co. Ltd,{tax}\nB Testing Co. Ltd,5\n"
        )
        address = upload(desk, data.encode(), "t.csv").headers["location"]
        given = fields(waited(desk, address)) | {"when": "2025"}
        post(desk, address, **given, verb="check")
        waited(desk, address)
        post(desk, address, verb="take")
        waited(desk, address)
    page = desk.get("/returns?lang=en").text
    assert page.count('class="name"') == 1 and "Version 2" in page and "tag warning" not in page
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        assert len(ledger.versions("t.csv")) == 2
