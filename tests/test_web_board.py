"""The board: kept up to date step by step it is what it would be made anew; its file may be lost."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from litestar.testing import TestClient

import web_ledger
from nameplate.ledger import Ledger
from nameplate.model import Judgement
from nameplate.pipeline import LINKER
from nameplate.web import desk as desk_module
from nameplate.web.app import create_app
from nameplate.web.board import making
from nameplate.web.board.bits import bits_of, slots_of
from nameplate.web.desk import Desk
from nameplate.web.problems import WorkingError

BASE = "http://127.0.0.1"


def state(desk: Desk) -> list[Any]:
    """All that a board knows, in an order that does not depend on how it came about."""
    view = desk.view()
    board, index = view.lists
    facts = sorted((f for f in index.facts if f is not None), key=lambda f: f.id)
    lines = {line.row.entity.id: line for line in board.lines(slots_of(index.all)).values()}
    asked = [(a.claim, a.why) for a in board.asked(0, 0, 10_000)]
    told = sorted(
        (index.facts[t.slot].id, t.finding.check, t.finding.claims)
        for t in board.findings(0, 10_000)
    )  # type: ignore[union-attr]
    news = [
        sorted(
            (index.facts[h.slot].id, h.news.stage, h.news.at)
            for h in board.news(what, "", 10_000)[1]
        )  # type: ignore[union-attr]
        for what in ("reached", "passed")
    ]
    pages = [
        [index.facts[s].id for s in index.page(index.all, sort, 0, 10_000)]  # type: ignore[union-attr]
        for sort in ("name", "-stage", "-news", "-claims")
    ]
    words = [
        sorted(f.id for f in index.at(slots_of(board.holding(q) or 0)))
        for q in ("tyre", "轮胎", "胎", "yre pl", "sample depot", "1 9", "x")
    ]
    facets = [
        dict(index.tally(index.listed, name))
        for name in ("kind", "stage", "phase", "place", "measure")
    ]
    period = slots_of(index.chosen({"from": "2022", "to": "2023-06"}, None))
    found = sorted(f.id for f in index.at(period))
    return [
        facts,
        lines,
        asked,
        told,
        news,
        pages,
        words,
        facets,
        found,
        sorted((+index.asked).items()),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_step_by_step_is_the_same_as_anew(tmp_path: Path, seed: int) -> None:
    dice = Random(seed)
    target = tmp_path / "growing.ledger"
    with Ledger.open(target, clock=web_ledger.ticking()) as ledger:
        ledger.rebuild_entities(LINKER)
        desk = Desk.open(target, clock=web_ledger.clock)
        reports = list(web_ledger.REPORTS)
        dice.shuffle(reports)
        for document, claims in reports:
            ledger.add(document, claims, linker=LINKER)
            desk.view()
            keys = [entry.key for entry in ledger.entries()]
            if keys and dice.random() < 0.6:
                verb = dice.choice(["accept", "reject", "correct"])
                patch = {"subject": "Samplewood depot"} if verb == "correct" else None
                wish = Judgement(verb=verb, left=dice.choice(keys), patch=patch, author="A")  # type: ignore[arg-type]
                made = ledger.judge(wish, linker=LINKER)
                desk.view()
                if dice.random() < 0.4:
                    ledger.judge(Judgement(verb="undo", left=made.key, author="A"), linker=LINKER)
            if dice.random() < 0.2:
                ledger.drop_caches()
            years = desk.years(desk.view())
            assert years == ledger.pages.reports_by_year().tally, "counted on as if from the start"
        anew = Desk(
            Ledger.open(target, create=False, clock=web_ledger.clock),
            web_ledger.clock,
            tmp_path / "anew",
        )
        assert state(desk) == state(anew)
        desk.close()
        anew.close()


def test_a_promise_passes_overnight(tmp_path: Path) -> None:
    target = web_ledger.make(tmp_path / "sample.ledger")
    day = ["2024-12-30"]
    desk = Desk.open(target, clock=lambda: f"{day[0]}T12:00:00Z")
    before = desk.view().lists[0].news("passed", "", 100)[0]
    day[0] = "2026-02-01"
    board, index = desk.view().lists
    assert board.news("passed", "", 100)[0] > before
    day[0] = "2024-12-30"
    fresh = Desk(
        Ledger.open(target, create=False, clock=web_ledger.clock),
        lambda: "2026-02-01T12:00:00Z",
        tmp_path / "x",
    )
    assert sorted(f.id for f in index.at(range(index.size))) == sorted(
        f.id for f in fresh.view().lists[1].at(range(fresh.view().lists[1].size))
    )
    desk.close()
    fresh.close()


def test_much_is_worked_out_behind_the_readers_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = web_ledger.make(tmp_path / "sample.ledger")
    monkeypatch.setattr(desk_module, "_AT_ONCE", 0)
    monkeypatch.setattr(desk_module, "_SMALL", 0)
    with TestClient(create_app(target, clock=web_ledger.clock), base_url=BASE) as client:
        first = client.get("/projects?lang=en")
        assert first.status_code == 503 and first.headers["refresh"] == "5"
        assert "being made ready" in first.text
        assert eventually(lambda: "Samplewood tyre plant" in client.get("/projects").text, 60)
        with Ledger.open(target, clock=web_ledger.ticking()) as ledger:
            d = web_ledger.report("late", "2026-02-01", "Late", "The Latewood mill was completed.")
            said = web_ledger.said(
                d, "milestone", "was completed", subject="Latewood mill", subject_kind="plant", stage="completed"
            )  # fmt: skip
            ledger.add(d, [said], linker=LINKER)
        assert client.get("/projects").status_code == 200
        assert eventually(lambda: "Latewood mill" in client.get("/projects").text)


def test_a_large_board_is_made_by_processes_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = web_ledger.make(tmp_path / "sample.ledger")
    known = Desk.open(target, clock=web_ledger.clock)
    whole = state(known)
    known.close()
    (tmp_path / "sample.ledger.desk").unlink()
    for name in ("_AT_ONCE", "_SMALL", "_APART"):
        monkeypatch.setattr(desk_module, name, 0)
    with Ledger.open(target, create=False, clock=web_ledger.clock) as ledger:
        ledger.drop_caches()
        key = ledger.documents()[0].key
    told: list[int] = []
    desk = Desk.open(target, clock=web_ledger.clock)
    desk.prepare(told.append)
    with pytest.raises(WorkingError):
        desk.view()
    assert desk.view(lists=False).index is None and desk.document(key).text
    with pytest.raises(WorkingError):
        desk.thing("0" * 32, desk.view(lists=False))
    assert eventually(lambda: desk.prepare().size, 60) and state(desk) == whole
    assert told[0] == 0 and told[-1] > 0
    desk.close()


def test_several_processes_make_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = web_ledger.make(tmp_path / "sample.ledger")
    known = Desk.open(target, clock=web_ledger.clock)
    whole = state(known)
    known.close()
    file = tmp_path / "sample.ledger.desk"
    file.unlink()
    monkeypatch.setattr(making, "_FEW", 0)
    monkeypatch.setattr("nameplate.web.board.keeper.PORTION", 2)
    told: list[int] = []
    making.fill(making.Order(str(target), str(file), known.today(), {}), told.append)
    assert len(told) > 3 and told == sorted(told)
    again = Desk.open(target, clock=web_ledger.clock)
    assert again.board.refresh().size and state(again) == whole
    again.close()


def test_what_cannot_be_made_is_told_and_not_tried_at_every_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    target = web_ledger.make(tmp_path / "sample.ledger")
    for name in ("_AT_ONCE", "_SMALL", "_APART"):
        monkeypatch.setattr(desk_module, name, 0)
    monkeypatch.setattr("sys.executable", shutil.which("false"))
    desk = Desk.open(target, clock=web_ledger.clock)
    for _ in range(3):
        with pytest.raises(WorkingError):
            desk.view()
        assert eventually(lambda: "could not be brought up to date" in caplog.text)
    assert len(caplog.records) == 1
    desk.close()


def test_closing_breaks_off_what_is_being_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = web_ledger.make(tmp_path / "sample.ledger")
    for name in ("_AT_ONCE", "_SMALL", "_APART"):
        monkeypatch.setattr(desk_module, name, 0)
    desk = Desk.open(target, clock=web_ledger.clock)
    desk.prepare()
    start = time.monotonic()
    desk.close()
    assert time.monotonic() - start < 5
    whole = Desk.open(target, clock=web_ledger.clock)
    assert eventually(lambda: whole.prepare().size, 60)
    whole.close()


def test_a_day_of_a_large_past_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = web_ledger.grow(tmp_path / "sample.ledger")
    monkeypatch.setattr(desk_module, "_SMALL", 0)
    with TestClient(create_app(target, clock=web_ledger.clock), base_url=BASE) as client:
        first = client.get("/projects?as_of=2022-01-01&lang=en")
        assert first.status_code == 503 and first.headers["refresh"] == "5"
        assert "Turning the desk back" in first.text
        assert eventually(lambda: client.get("/projects?as_of=2022-01-01").status_code == 200)
        single = client.get("/documents?as_of=2023-01-01")
        assert single.status_code == 200, "what needs no board is there at once"


def eventually(true: Any, seconds: float = 10) -> bool:
    """Whether it becomes true within some seconds."""
    end = time.monotonic() + seconds
    while not (done := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return bool(done)


def test_the_file_may_be_lost_or_broken_or_refused(tmp_path: Path) -> None:
    target = web_ledger.make(tmp_path / "sample.ledger")
    whole = None
    for harm in ("none", "lost", "broken", "foreign"):
        file = tmp_path / "sample.ledger.desk"
        if harm == "lost":
            file.unlink()
        elif harm == "broken":
            file.write_bytes(b"this is no database" * 500)
        elif harm == "foreign":
            file.unlink(missing_ok=True)
            file.mkdir()
        for rest in tmp_path.glob("sample.ledger.desk-*"):
            rest.unlink()
        desk = Desk.open(target, clock=web_ledger.clock)
        seen = state(desk)
        assert whole is None or seen == whole, harm
        whole = seen
        desk.close()


def test_sets_are_numbers_and_back() -> None:
    for slots in ([], [0], [5], [0, 1, 7, 8, 9, 64, 99_999]):
        assert slots_of(bits_of(slots, 100_000)) == slots
