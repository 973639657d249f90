"""Forms behind signed links: tokens, what is filled in, who may do what, hostile values."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import ledger_places
import web_ledger
from nameplate.cli.app import register
from nameplate.errors import UsageError
from nameplate.forms import FIELD_ERRORS, Link, Links, Wish, fields_of, filled, submit
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.ledger.records import spans
from nameplate.pipeline import LINKER
from nameplate.returns import reconcile_all
from nameplate.web.app import create_app
from nameplate.web.beside import links_of
from nameplate.web.views.refusals import say_cell, say_sentence
from nameplate.web.views.words import words
from test_web_access import BASE, Clock, Desk, client, staffed, token
from test_web_access import quick_hashes as _quick_hashes  # noqa: F401

FIRM, OTHER = "Acme Testing Co., Ltd", "Rival Testing Co., Ltd"
MAPPING = """
subject = "A"
header_rows = [1, 1]

[[column]]
at = "B"
header = "工业总产值（万元）"
measure = "output_value"
unit = "万元"
required = true

[[column]]
at = "C"
header = "Employees"
measure = "employment"
item = "employees"

[[column]]
at = "D"
header = "Share of staff back"
measure = "resumption_rate"
unit = "%"
fraction = true

[[column]]
at = "E"
header = "Production started"
stage = "producing"

[[column]]
at = "F"
header = "High-tech enterprise"
relation = "identified_as"
object = "high-technology enterprise"

[[column]]
at = "G"
header = "Zone"
relation = "located_in"
"""
GOOD = {
    "f1": "18,200.5",
    "f2": "640",
    "f3": "95.5",
    "f4": "2025-03",
    "f5": "yes",
    "f6": "Test Park",
}
DAY = "2026-03-01"


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(tmp_path / "a.ledger.forms", web_ledger.clock)


@pytest.fixture
def target(everywhere: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str | Path:
    """A ledger in a file or on a server, with the desk's own files in the test's folder."""
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    return web_ledger.make(ledger_places.fresh(tmp_path, "a.ledger"))


def made(links: Links, subject: str = FIRM, **more: Any) -> Link:
    return links.make(Wish(subject=subject, mapping=MAPPING, when="2025", **more))


# Tokens


def test_a_token_opens_its_link_alone(links: Links) -> None:
    one, two = made(links), made(links, OTHER)
    assert (found := links.read(links.token(one))) and found.subject == FIRM
    head, ends, mark = links.token(one).split(".")
    forged = [
        f"{two.id}.{ends}.{mark}", f"{head}.{int(ends, 16) + 9:x}.{mark}", f"{head}.{ends}.{'A' * 43}",
        f"{head}.{ends}.", head, "", "..", f"{head}.{ends}.{mark}x", f" {head}.{ends}.{mark}",
        f"{head}.{ends}.{mark[:-1]}\u0430", "0" * 9999, f"{head}.{ends.upper()}A.{mark}",
    ]  # fmt: skip
    assert [links.read(text) for text in forged] == [None] * len(forged)
    assert stat.S_IMODE(links.path.stat().st_mode) == 0o600


def test_a_token_of_another_ledger_is_none_here(links: Links, tmp_path: Path) -> None:
    other = Links(tmp_path / "b.forms", web_ledger.clock)
    assert links.read(other.token(made(other))) is None
    assert Links(tmp_path / "none.forms", web_ledger.clock).read("a.b.c") is None
    assert not (tmp_path / "none.forms").exists(), "looking makes no file"


def test_links_end_and_are_taken_back(links: Links, tmp_path: Path) -> None:
    clock = Clock()
    timed = Links(tmp_path / "t.forms", clock)
    link = made(timed, days=2)
    assert timed.state(link) == "open"
    clock.now = "2026-03-03T12:00:00Z"
    assert timed.state(link) == "expired"
    again = made(timed)
    assert timed.state(timed.revoke(again.id[:6])) == "revoked"
    assert timed.state(timed.read(timed.token(again)) or link) == "revoked"
    for beginning in ("", "zzzz"):
        with pytest.raises(UsageError):
            timed.revoke(beginning)


@pytest.mark.parametrize(
    "wish",
    [
        {"subject": ""},
        {"subject": "  "},
        {"subject": "x" * 201},
        {"subject": "Acme\u202eemcA"},
        {"mapping": "not = [toml"},
        {"mapping": 'subject = "A"\nheader_rows = [1, 1]'},
        {"when": "soon"},
        {"when": None},
        {"days": 0},
        {"days": 100000},
    ],
)
def test_odd_links_are_not_made(links: Links, wish: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        links.make(Wish(**({"subject": FIRM, "mapping": MAPPING, "when": "2025"} | wish)))


# What is filled in


def test_a_form_becomes_claims_with_their_words(links: Links, target: str | Path) -> None:
    link = made(links)
    done = filled(link, GOOD, DAY)
    assert done.errors == {} and len(done.claims) == 6
    for claim in done.claims:
        assert done.document.text[claim.start : claim.end] == claim.quote
        assert claim.subject == FIRM and (claim.cell or "").startswith("form!")
    value = next(c for c in done.claims if c.measure == "output_value")
    assert (value.value, value.unit, value.when, value.quote) == (
        182005000,
        "CNY",
        "2025",
        "18,200.5",
    )
    rate = next(c for c in done.claims if c.measure == "resumption_rate")
    assert rate.value is not None and float(rate.value) == 95.5, "written as people write it"
    assert "工业总产值（万元）\t18,200.5\n" in done.document.text
    with Ledger.open(target, clock=web_ledger.ticking()) as ledger:
        first = submit(ledger, link, done)
        assert first.status == "new" and ledger.verify() == []
        assert submit(ledger, link, done).status == "same"
        second = submit(ledger, link, filled(link, {**GOOD, "f2": "650"}, DAY))
        assert second.status == "version" and second.previous == first.document_key
        assert len(ledger.versions(link.address)) == 2 and ledger.verify() == []
        now = ledger.entries(ClaimFilter(document=link.address))
        assert {e.claim.value for e in now if e.claim.measure == "employment"} == {650}
        data = ledger.original(ledger.filed(link.address).digest or "")
        assert data and b'"text":"650"' in data and "工业总产值".encode() in data
        for entry in now:
            text = ledger.document(entry.document_key).text
            assert all(text[s:e] == said for s, e, said in spans(entry.claim))
        ledger.rebuild_entities(LINKER)
        assert FIRM in {one.entity.name for one in reconcile_all(ledger)}


HOSTILE = {
    "f1": ["=1+1", "-5,5", "@SUM(A1)", "1e99", "9" * 40, "1" * 5000, "NaN", "inf", "12 apples",
           "<script>alert(1)</script>", "5\u202e9", "\u200b7", "#REF!", "=cmd|'/C calc'!A0", "1,00", "５e9",
           "USD 5", "12%"],
    "f2": ["-3", "about sixty", "6" * 19],
    "f4": ["tomorrow", "2025-13-01", "9999-99", "=TODAY()", "maybe"],
    "f5": ["perhaps", "<b>yes</b>"],
    "f6": ["=HYPERLINK(\"http://x\")", "+park", "@park", "\u2066park\u2069", "x" * 300, "park\x00"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, some in HOSTILE.items() for value in some]
)
def test_hostile_values_are_refused_at_their_field(links: Links, name: str, value: str) -> None:
    done = filled(made(links), {**GOOD, name: value}, DAY)
    assert list(done.errors) == [name] and done.errors[name]
    assert len(done.claims) == 5, "the others are read as before"
    assert "\u202e" not in done.document.text and "\x00" not in done.document.text


def test_what_is_required_and_what_is_empty(links: Links, target: str | Path) -> None:
    link = made(links)
    assert filled(link, {}, DAY).errors == {"f1": "form_required"}
    assert filled(link, {"f1": "  -  ", "f2": "5"}, DAY).errors == {"f1": "form_required"}
    only = filled(link, {"f1": "0", "f5": "no", "f99": "x", "subject": OTHER}, DAY)
    assert only.errors == {} and [c.measure for c in only.claims] == ["output_value"]
    assert only.document.publisher == FIRM
    with Ledger.open(target, clock=web_ledger.clock) as ledger, pytest.raises(UsageError):
        submit(ledger, link, filled(link, {}, DAY))


def test_only_the_own_row_is_shown(links: Links, target: str | Path) -> None:
    with Ledger.open(target, clock=web_ledger.ticking()) as ledger:
        mine, theirs = made(links), made(links, OTHER)
        submit(ledger, mine, filled(mine, GOOD, DAY))
        submit(ledger, theirs, filled(theirs, {**GOOD, "f1": "777777", "f2": "31"}, DAY))
        before = ledger.pages.said_of([FIRM])
        found = {f.label: f.before for f in fields_of(mine, before)}
        assert found["Employees"] == "640" and found["Zone"] == "Test Park"
        everything = [*before, *ledger.pages.said_of([OTHER])]
        assert {f.before for f in fields_of(mine, everything)}.isdisjoint({"777777", "31"})


def test_every_reason_is_said_in_both_languages(links: Links) -> None:
    told = set()
    for name, some in HOSTILE.items():
        for value in some:
            error = filled(made(links), {**GOOD, name: value}, DAY).errors[name]
            for lang in ("en", "zh"):
                table = words(lang)
                said = table.say(error) if error in FIELD_ERRORS else say_sentence(error, table)
                told.add(said)
                assert lang == "en" or re.search("[一-鿿]", said), (value, said)
    assert len(told) > 12
    assert say_cell("'x' was not taken: it is no number", words("zh")) == "'x'：不是数字"
    assert say_cell("something else", words("zh")) == "something else"


# On the desk


@pytest.fixture
def desk(target: str | Path) -> Desk:
    app = create_app(target, clock=web_ledger.clock, accounts=staffed(target))
    return client(app)


@pytest.fixture
def way(target: str | Path) -> tuple[str, Link, Links]:
    """The address of a form, its link and the links."""
    links = Links(links_of(target), web_ledger.clock)
    link = made(links)
    return f"/form/{links.token(link)}", link, links


def post(desk: Desk, address: str, **given: str) -> Any:
    form = {"csrf": token(desk, address), **given}
    return desk.post(address, data=form, follow_redirects=False)


def test_an_enterprise_fills_in_reviews_sends_and_gets_a_receipt(
    desk: Desk, way: tuple[str, Link, Links], target: str | Path
) -> None:
    address, _, _ = way
    page = desk.get(f"{address}?lang=en")
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    assert FIRM in page.text and "万元" in page.text and "required" in page.text
    assert 'href="/projects"' not in page.text and "Samplewood" not in page.text
    bad = post(desk, address, **{**GOOD, "f2": "about sixty"}, verb="review")
    assert bad.status_code == 422 and 'href="#f2"' in bad.text and 'aria-invalid="true"' in bad.text
    assert 'value="18,200.5"' in bad.text, "what was filled in stays"
    review = post(desk, address, **GOOD, verb="review")
    assert review.status_code == 200 and "CNY 182.005 million" in review.text
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        assert not ledger.pages.said_of([FIRM]), "nothing is sent yet"
    mend = post(desk, address, **GOOD, verb="mend")
    assert mend.status_code == 200 and 'value="640"' in mend.text
    sent = post(desk, address, **GOOD, verb="send")
    assert sent.status_code == 303
    receipt = desk.get(sent.headers["location"]).text
    assert "Your return has been received" in receipt and "18,200.5" in receipt
    assert "Last time: 640" in desk.get(address).text
    post(desk, address, **{**GOOD, "f2": "650"}, verb="send")
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        assert len({e.document_key for e in ledger.pages.said_of([FIRM])}) == 1
        assert len(ledger.versions(f"form:{way[1].id}")) == 2
    editor = client(desk.app, "editor")  # type: ignore[arg-type]
    page2 = editor.get("/forms?lang=en").text
    assert "sent 2 times" in page2 and address in page2
    assert FIRM in editor.get("/returns").text


def test_the_receipt_of_another_is_not_shown(
    desk: Desk, way: tuple[str, Link, Links], target: str | Path
) -> None:
    address, _, links = way
    other = made(links, OTHER)
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        key = submit(ledger, other, filled(other, {**GOOD, "f1": "777777"}, DAY)).document_key
        press = ledger.documents()[0].key
    for wish in (key, press, "nothing", "' or 1=1 --"):
        page = desk.get(address, params={"sent": wish})
        assert page.status_code == 200 and "777777" not in page.text and "received" not in page.text


def test_wrong_ended_and_revoked_links_open_nothing(
    desk: Desk, way: tuple[str, Link, Links], target: str | Path
) -> None:
    address, link, links = way
    assert desk.get(address[:-1] + ("A" if address[-1] != "A" else "B")).status_code == 404
    assert desk.get("/form/nothing").status_code == 404
    form = token(desk, address)
    links.revoke(link.id)
    assert desk.get(address).status_code == 410
    answer = desk.post(address, data={"csrf": form, **GOOD, "verb": "send"})
    assert answer.status_code == 410 and FIRM not in answer.text.split("<main", 1)[1]
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        assert not ledger.pages.said_of([FIRM])


def test_a_form_from_elsewhere_is_refused(desk: Desk, way: tuple[str, Link, Links]) -> None:
    address = way[0]
    assert desk.post(address, data={**GOOD, "verb": "send"}).status_code == 403
    form = {"csrf": token(desk, address), **GOOD, "verb": "send"}
    headers = {"origin": "https://evil.test"}
    assert desk.post(address, data=form, headers=headers).status_code == 403
    assert desk.post(address, data={**form, "csrf": "0" * 64}).status_code == 403


def test_too_many_tries_wait(desk: Desk, way: tuple[str, Link, Links]) -> None:
    address = way[0]
    form = {"csrf": token(desk, address), "verb": "mend"}
    answers = [desk.post(address, data=form).status_code for _ in range(42)]
    assert answers[:40] == [200] * 40 and answers[40:] == [429, 429]
    wrong = [desk.get(f"/form/{'0' * 16}.1.{'A' * 43}").status_code for _ in range(42)]
    assert wrong[0] == 404 and wrong[-1] == 429
    assert desk.get(address).status_code == 200, "a right link still opens"


def test_hostile_values_are_escaped_on_every_page(desk: Desk, way: tuple[str, Link, Links]) -> None:
    address = way[0]
    evil = '"><script>alert(1)</script>'
    for verb in ("review", "mend", "send", "", "dance"):
        page = post(desk, address, **{**GOOD, "f6": evil, "f2": evil}, verb=verb)
        assert "<script>alert" not in page.text
    page = post(desk, address, **{**GOOD, "f6": evil}, verb="review")
    assert page.status_code == 200 and "&lt;script&gt;" in page.text
    sent = post(desk, address, **{**GOOD, "f6": evil}, verb="send")
    assert "<script>alert" not in desk.get(sent.headers["location"]).text


@pytest.mark.parametrize("role", ["", "reader", "reviewer"])
def test_only_editors_make_and_revoke_links(
    desk: Desk, way: tuple[str, Link, Links], role: str
) -> None:
    other = client(desk.app, role)  # type: ignore[arg-type]
    assert other.get("/forms", follow_redirects=False).status_code in (303, 403)
    form = {"csrf": token(other, "/" if role else "/login"), "link": way[1].id}
    assert other.post("/forms/revoke", data=form).status_code in (401, 403)
    assert other.post("/forms", data=form).status_code in (401, 403)
    assert way[2].state(way[2].all()[0]) == "open"
    assert other.get(way[0]).status_code == 200, "the link itself needs no account"


def test_an_editor_makes_and_takes_back_a_link(desk: Desk, target: str | Path) -> None:
    editor = client(desk.app, "editor")  # type: ignore[arg-type]
    form = {"csrf": token(editor, "/forms"), "subject": FIRM, "when": "2025", "days": "7"}
    file = {"mapping": ("m.toml", MAPPING.encode())}
    assert editor.post("/forms", data=form, files=file, follow_redirects=False).status_code == 303
    page = editor.get("/forms?lang=en").text
    found = re.search(rf'value="{BASE}(/form/[^"]+)"', page)
    assert found and client(desk.app).get(found[1]).status_code == 200  # type: ignore[arg-type]
    link = re.search(r'name="link" value="(\w+)"', page)
    assert link
    form = {"csrf": token(editor, "/forms"), "link": link[1]}
    editor.post("/forms/revoke", data=form)
    assert client(desk.app).get(found[1]).status_code == 410  # type: ignore[arg-type]
    for wrong in (
        {"days": "0"},
        {"days": "x"},
        {"subject": ""},
        {"when": "soon"},
        {"kept": "none"},
    ):
        given = {"csrf": token(editor, "/forms"), "subject": FIRM, "when": "2025", "days": "7"}
        files = {} if "kept" in wrong else file
        answer = editor.post("/forms", data={**given, **wrong}, files=files)
        assert answer.status_code == 400, wrong
    assert "form link made" in client(desk.app, "administrator").get("/admin").text  # type: ignore[arg-type]


def test_a_desk_without_accounts_takes_no_form(
    target: str | Path, way: tuple[str, Link, Links]
) -> None:
    open_desk = client(create_app(target, clock=web_ledger.clock))
    said = open_desk.get(way[0])
    assert said.status_code == 403 and "takes no returns" in said.text
    assert "本台不接收报表" in open_desk.get(f"{way[0]}?lang=zh").text
    assert open_desk.get("/forms").status_code == 403
    assert 'href="/forms"' not in open_desk.get("/orders").text


def test_a_no_is_read_as_a_no(desk: Desk, way: tuple[str, Link, Links]) -> None:
    name = next(f.name for f in fields_of(way[1]) if f.kind == "date")
    said = post(desk, f"{way[0]}?lang=en", **{**GOOD, name: "no"}, verb="review")
    assert said.status_code == 200 and re.search(r">[^<]*: no<", said.text)


def test_the_command_makes_lists_and_revokes(target: str | Path, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    program, ledger = CliRunner(), ["--ledger", str(target)]
    run = program.invoke(
        register(), ["form", "link", FIRM, "-m", str(mapping), "--when", "2025", *ledger]
    )
    assert run.exit_code == 0 and "/form/" in run.output and FIRM in run.output
    id = run.output.split()[0]
    assert id in program.invoke(register(), ["form", "list", *ledger]).output
    run = program.invoke(register(), ["form", "revoke", id[:6], *ledger])
    assert "revoked" in run.output and "/form/" not in run.output
    with pytest.raises(UsageError, match="cannot be read"):
        program.invoke(
            register(), ["form", "link", FIRM, "-m", "none.toml", *ledger], catch_exceptions=False
        )
