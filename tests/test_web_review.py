"""Review on the server: the order of the queue, judgements by form and by script, what stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from litestar.testing import TestClient

import web_ledger
from nameplate.errors import ReadError, UsageError
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.model import Claim, Judgement
from nameplate.read import fetching
from nameplate.web.accounts import Accounts, passwords
from nameplate.web.accounts.file import beside
from nameplate.web.app import create_app
from nameplate.web.staging import Staging
from nameplate.web.views.patch import fields, patch_of
from nameplate.web.views.queue import doubt_of, money_of
from nameplate.web.views.words import words

PASSWORD = "a long enough one"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient[Any]]:
    """A desk in which an editor is logged in."""
    monkeypatch.setattr(passwords, "_hasher", lambda: PasswordHasher(1, 8, 1))
    target = web_ledger.make(tmp_path / "sample.ledger")
    accounts = Accounts(beside(target), web_ledger.clock)
    accounts.add("Ed", "editor", PASSWORD)
    app = create_app(target, clock=web_ledger.clock, accounts=accounts)
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        form = {"csrf": csrf(client, "/login"), "name": "Ed", "password": PASSWORD}
        client.post("/login", data=form)
        yield client


def csrf(desk: TestClient[Any], address: str = "/review") -> str:
    found = re.search(r'name="csrf" value="(\w+)"', desk.get(address).text)
    assert found
    return found[1]


def queued(desk: TestClient[Any], query: str = "") -> list[str]:
    return re.findall(r'data-claim="(\w+)"', desk.get(f"/review{query}").text)


def judge(desk: TestClient[Any], **form: Any) -> Any:
    return desk.post("/review", data={"csrf": csrf(desk), **form}, follow_redirects=False)


def ledger(desk: TestClient[Any]) -> Ledger:
    found: Ledger = desk.app.state.desk.ledger
    return found


def entry(desk: TestClient[Any], key: str) -> Any:
    return ledger(desk).entries(ClaimFilter(keys=(key,), rejected=True))[0]


def test_what_matters_comes_first(desk: TestClient[Any]) -> None:
    first = [entry(desk, key).claim.quote for key in queued(desk)[:4]]
    assert {"2.1 million tyres", "1.9 million tyres"} <= set(first), "the contradiction"
    only = queued(desk, "?why=money")
    assert {entry(desk, key).claim.measure for key in only} == {"investment"}


def test_doubt_and_money_are_weighed() -> None:
    def claim(**more: Any) -> Claim:
        given = {"kind": "quantity", "subject": "s", "quote": "q", "start": 0, "end": 1, **more}
        return Claim(**given)

    assert [doubt_of(claim(confidence=c)) for c in (0.3, 0.6, 0.9, None)] == [3.0, 1.5, 0, 0]
    assert doubt_of(claim(doubt="two readings")) == 3.0
    money = [claim(measure="investment", unit="CNY", value=Decimal(v)) for v in (5, 10**8, 10**10)]
    assert [money_of(c) for c in money] == [0, 1, 2]
    assert money_of(claim(measure="output", unit="1", value=Decimal(10**12))) == 0


def test_a_form_accepts_and_undoes(desk: TestClient[Any]) -> None:
    key, before = queued(desk)[0], len(queued(desk, "?page=1"))
    answer = judge(desk, claim=key, verb="accept", reason="seen <b>it</b>", back="/review?page=1")
    assert answer.status_code == 303 and answer.headers["location"] == "/review?page=1"
    assert entry(desk, key).verdict == "accept" and key not in queued(desk)
    html = desk.get("/review/done").text
    assert "seen &lt;b&gt;it&lt;/b&gt;" in html and "Ed" in html
    made = ledger(desk).judgements()[0]
    assert (made.author, made.reason) == ("Ed", "seen <b>it</b>")
    desk.post("/review/undo", data={"csrf": csrf(desk), "judgement": made.key})
    assert entry(desk, key).verdict is None and len(queued(desk)) == before


def test_a_rejected_claim_is_gone_from_the_pages_but_kept(desk: TestClient[Any]) -> None:
    key = next(k for k in queued(desk) if entry(desk, k).claim.quote == "1.9 million tyres")
    judge(desk, claim=key, verb="reject", reason="the park counted another year")
    assert "Two values for one measure" not in desk.get("/check").text
    assert entry(desk, key).verdict == "reject"
    past = desk.get("/check?as_of=2026-02-28")
    assert past.status_code == 200 and "as it was known" in past.text


def test_a_corrected_claim_keeps_its_original(desk: TestClient[Any]) -> None:
    key = next(k for k in queued(desk) if entry(desk, k).claim.quote == "1.9 million tyres")
    form = {"f_value": "2,100,000", "f_measure": "output", "f_when": "2023", "f_scope": ""}
    judge(desk, claim=key, verb="correct", reason="misprint", **form)
    found = entry(desk, key)
    assert found.claim.value == 2_100_000 and found.original.value == 1_900_000
    assert found.claim.quote == "1.9 million tyres"
    assert "<s>1.9 million tyres</s>" in desk.get("/review/done").text


@pytest.mark.parametrize(
    "form",
    [
        {"f_value": "many"}, {"f_value": "NaN"}, {"f_when": "soon"}, {"f_subject": ""},
        {"f_measure": "output"}, {"f_value": "1e99"}, {"f_quote": "other words"},
    ],
)  # fmt: skip
def test_a_correction_that_is_none_is_told(desk: TestClient[Any], form: dict[str, str]) -> None:
    key = next(k for k in queued(desk) if entry(desk, k).claim.quote == "1.9 million tyres")
    answer = judge(desk, claim=key, verb="correct", **form)
    assert answer.status_code == 400 and entry(desk, key).verdict is None


def test_accept_all_takes_what_can_be_seen(desk: TestClient[Any]) -> None:
    seen = queued(desk)
    assert judge(desk, claim=seen, verb="accept", reason="together").status_code == 303
    assert not set(seen) & set(queued(desk)) and queued(desk)
    assert judge(desk, claim=["0" * 32] * 21, verb="accept").status_code == 400
    assert judge(desk, claim=queued(desk)[:2], verb="reject").status_code == 400


def test_a_script_is_told_what_became_of_it(desk: TestClient[Any]) -> None:
    token, json = csrf(desk), {"accept": "application/json"}
    form = {"csrf": token, "claim": queued(desk)[0], "verb": "accept"}
    told = desk.post("/review", data=form, headers=json).json()["judged"][0]
    assert told["said"] == "Accepted" and told["key"] == ledger(desk).judgements()[0].key
    bad = desk.post("/review", data={**form, "claim": "none"}, headers=json)
    assert bad.status_code == 400 and "no claim" in bad.json()["problem"]
    old = desk.post("/review", data={**form, "csrf": "x"}, headers=json)
    assert old.status_code == 403 and "valid" in old.json()["problem"]


def test_a_cosmetic_change_reopens_nothing(desk: TestClient[Any]) -> None:
    document, claims = web_ledger.REPORTS[3]
    for key in [k for k in queued(desk) if entry(desk, k).document_id == "conflict"]:
        made = Judgement(verb="accept", left=key, author="Ed")
        ledger(desk).judge(made)
    before = len(queued(desk))
    again = web_ledger.report(
        "conflict", "2024-02-01", document.title or "", "* " + document.text.replace(". ", ".  ")
    )
    moved = [
        web_ledger.said(again, c.kind, c.quote, **{
            f: v for f in ("measure", "value", "unit", "item", "when", "aggregate", "stage",
                           "scope", "modality") if (v := getattr(c, f)) is not None
        })
        for c in claims
    ]  # fmt: skip
    assert ledger(desk).add(again, moved).status == "version"
    assert len(queued(desk)) == before


def test_every_field_of_every_kind_has_a_name() -> None:
    for kind in ("quantity", "milestone", "relation", "visit", "instruction", "need"):
        claim = Claim(kind=kind, subject="s", quote="q", start=0, end=1)  # type: ignore[arg-type]
        for lang in ("en", "zh"):
            assert all(field.label for field in fields(claim, words(lang)))
        with pytest.raises(UsageError, match="nothing was changed"):
            patch_of(claim, {f.name: f.value for f in fields(claim, words("en"))})


# Adding


def test_files_are_seen_and_then_enter(desk: TestClient[Any]) -> None:
    good = b"The Oldtown lamp plant went into production on 3 May 2024."
    files = [("files", ("../../a.txt", good, "text/plain")), ("files", ("b.pdf", b"%PDF-", ""))]
    page = desk.post("/add", data={"csrf": csrf(desk, "/add")}, files=files)
    address = str(page.url)
    while "data-reading" in page.text:
        page = desk.get(address)
    assert "Producing" in page.text and page.text.count("notice") == 1
    count = len(ledger(desk).documents())
    done = desk.post(address, data={"csrf": csrf(desk, "/add")})
    assert "entered" in done.text and len(ledger(desk).documents()) == count + 1
    assert [f.where for f in ledger(desk).failures()] == ["b.pdf"]
    assert desk.post(address, data={"csrf": csrf(desk, "/add")}).status_code == 400, "only once"


def test_a_batch_is_only_for_whoever_began_it() -> None:
    staging = Staging()
    key = staging.begin("Ed", [])
    assert staging.batch(key, "Ed").total == 0
    for who, wrong in (("An", key), ("Ed", "none")):
        with pytest.raises(UsageError):
            staging.batch(wrong, who)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.9", "172.16.0.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "localhost", "", "198.18.0.1",
    ],
)  # fmt: skip
def test_private_addresses_are_not_fetched(address: str) -> None:
    assert not fetching.is_public(address)
    with pytest.raises(ReadError, match="private network"):
        fetching.fetch("https://example.org/", lambda host, port: ["93.184.216.34", address])


def test_public_addresses_are() -> None:
    assert fetching.is_public("93.184.216.34") and fetching.is_public("2606:2800:220:1::1")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "ftp://example.org/", "http://example.org:22/", "http://a@b/", "http:///",
        "gopher://x", "//x", "", "http://[::1", "https://example.org:99999/",
    ],
)  # fmt: skip
def test_only_pages_are_fetched(address: str) -> None:
    with pytest.raises(ReadError):
        fetching.fetch(address, lambda host, port: pytest.fail("it was looked up"))
