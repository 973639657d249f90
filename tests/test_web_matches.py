"""Matches and technologies on the desk: what is listed, who may judge, undo, filters, hostile words."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

import web_ledger
from nameplate.web.app import create_app
from test_match import SAID, made
from test_web_access import Desk, client, staffed, token
from test_web_access import quick_hashes as _quick_hashes  # noqa: F401

HOSTILE = '<script>alert("x")</script> copper foil {field}'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    target = made(tmp_path / "m.ledger")
    app = create_app(target, clock=web_ledger.clock, accounts=staffed(target))
    return client(app, "reviewer")


def pair(html: str) -> dict[str, str]:
    """The first pair on the page that can be judged."""
    found = re.search(
        r'name="need" value="(\w+)"><input type="hidden" name="offer" value="(\w+)"', html
    )
    assert found
    return {"need": found[1], "offer": found[2]}


def decide(desk: Desk, verb: str, **form: str) -> int:
    form |= {"verb": verb, "csrf": token(desk, "/matches"), "back": "/matches"}
    return desk.post("/matches", data=form, follow_redirects=False).status_code


def test_open_needs_stand_with_counterparts_in_both_languages_and_reasons(desk: Desk) -> None:
    html = desk.get("/matches?lang=en").text
    assert "3 open needs" in html and "电解铜箔" in html and "科维德电池" in html
    assert "name one field: copper foil" in html and "reported as partners" in html
    assert "Nothing in the ledger comes near it." in html  # investors
    assert "指同一领域：铜箔" in desk.get("/matches?lang=zh").text


def test_a_match_is_declined_listed_and_taken_back(desk: Desk) -> None:
    chosen = pair(desk.get("/matches?q=copper").text)
    assert decide(desk, "decline", reason="too thick", **chosen) == 303
    assert "电解铜箔" not in desk.get("/matches?q=copper").text
    html = desk.get("/matches?lang=en&match=declined").text
    assert "电解铜箔" in html and "too thick" in html and "Declined by reviewer" in html
    done = desk.get("/review/done?lang=en").text
    assert "suppliers of copper foil ← 科维德电池" in done
    judgement = re.search(r'name="judgement" value="(\w+)"', html)
    assert judgement
    form = {"csrf": token(desk, "/matches"), "judgement": judgement[1], "back": "/matches"}
    assert desk.post("/review/undo", data=form, follow_redirects=False).status_code == 303
    assert "电解铜箔" in desk.get("/matches?q=copper").text


def test_an_accepted_need_is_open_no_more_and_can_be_realised(desk: Desk) -> None:
    chosen = pair(desk.get("/matches?q=copper").text)
    assert decide(desk, "match", **chosen) == 303
    assert "2 open needs" in desk.get("/matches?lang=en").text
    assert decide(desk, "realise", **chosen) == 303
    html = desk.get("/matches?lang=en&match=realised").text
    assert "电解铜箔" in html and "learnt from 1 judgement" in html


@pytest.mark.parametrize(
    "form",
    [{"verb": "steal", "need": "a", "offer": "b"}, {"verb": "match", "need": "", "offer": "b"},
     {"verb": "match", "need": "f" * 32, "offer": "f" * 32}],
)  # fmt: skip
def test_a_form_that_is_not_ours_is_refused_with_a_remedy(desk: Desk, form: dict[str, str]) -> None:
    form |= {"csrf": token(desk, "/matches")}
    assert desk.post("/matches", data=form).status_code == 400


def test_a_reader_sees_matches_and_cannot_judge(tmp_path: Path) -> None:
    target = made(tmp_path / "m.ledger")
    reader = client(create_app(target, clock=web_ledger.clock, accounts=staffed(target)), "reader")
    html = reader.get("/matches").text
    assert "电解铜箔" in html and 'name="offer"' not in html
    form = {"csrf": token(reader, "/matches"), "verb": "match", "need": "a", "offer": "b"}
    assert reader.post("/matches", data=form, follow_redirects=False).status_code == 403


def test_the_page_of_a_body_has_its_matches_and_leads_to_all(desk: Desk) -> None:
    found = re.search(r'href="(/entity/\w+)"><bdi>Lowick Cells', desk.get("/matches").text)
    assert found
    html = desk.get(found[1] + "?lang=en").text
    assert 'id="matches"' in html and "电解铜箔" in html
    body = re.search(r'href="(/matches\?body=\w+)"', html)
    assert body and "Lowick Cells" in desk.get(body[1]).text


def test_the_register_is_listed_searched_and_opened(desk: Desk) -> None:
    html = desk.get("/technologies?lang=en").text
    assert "铜箔" in html and "科维德电池" in html and "strategic investors" not in html
    assert "advanced composites" not in desk.get("/technologies?q=铜").text
    assert "No technology matches" in desk.get("/technologies?lang=en&q=tourism").text
    one = desk.get("/technologies?lang=en&key=copper-foil").text
    assert "First report" in one and "1 Feb 2024" in one and "suppliers of copper foil" in one
    assert desk.get("/technologies?key=nothing").status_code == 404


@pytest.mark.parametrize(
    "query", ["q=" + "%E2%80%AE" * 50, "match=x&page=-3", "body=zz", "how=%00", "key=%FF"]
)
def test_odd_addresses_are_answered(desk: Desk, query: str) -> None:
    assert desk.get(f"/matches?{query}").status_code == 200
    assert desk.get(f"/technologies?{query}").status_code in {200, 404}


def test_hostile_topics_are_printed_as_words(tmp_path: Path) -> None:
    said = [*SAID, ("evil", "2025-05-01", "need", "Orvane District", HOSTILE)]
    target = made(tmp_path / "m.ledger", said)
    desk = client(create_app(target, clock=web_ledger.clock, accounts=staffed(target)), "reviewer")
    for address in ("/matches?q=script", "/technologies", "/technologies?key=copper-foil"):
        html = desk.get(address).text
        assert "<script>alert" not in html
        assert "alert" in html or address == "/technologies"  # its line has the usual name


def test_what_was_known_then_is_matched_as_it_was(tmp_path: Path) -> None:
    target = made(tmp_path / "m.ledger")
    desk = client(create_app(target, clock=web_ledger.clock, accounts=staffed(target)), "reviewer")
    html = desk.get("/matches?as_of=2024-01-01&lang=en").text
    assert "0 open needs" in html


def test_a_large_ledger_is_matched_behind_the_readers_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nameplate.web.desk._SMALL", 0)
    target = made(tmp_path / "m.ledger")
    app = create_app(target, clock=web_ledger.clock, accounts=staffed(target))
    desk = client(app, "reader")
    desk.get("/projects?kind=all")
    for _ in range(100):
        answer = desk.get("/matches")
        if answer.status_code == 200:
            break
        assert answer.status_code == 503
        time.sleep(0.1)
    assert "电解铜箔" in answer.text
    found = re.search(r'href="(/entity/\w+)"><bdi>Lowick Cells', answer.text)
    assert found and 'id="matches"' in desk.get(found[1]).text
