"""What if on the desk, and implied figures on a thing's page."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

import web_ledger
from nameplate.ledger import Ledger
from nameplate.model import Document
from nameplate.pipeline import add_document
from nameplate.simulate.example import example_text
from nameplate.web.accounts import ROLES, Accounts
from nameplate.web.accounts.file import beside
from nameplate.web.app import create_app
from nameplate.web.simulating import Studies
from test_web_access import quick_hashes as _quick_hashes  # noqa: F401

BASE = "http://127.0.0.1:8765"
PASSWORD = "a long enough one"
SMALL = (
    'name = "Two <b>machines</b>"\nitem = "rims"\n[run]\nlength = "1 d"\nwarm_up = "1 h"\nreplications = 2\n'
    '[[staff]]\nname = "crew"\npeople = 4\n'
    '[[station]]\nname = "a"\nservice = { mean = "5 min" }\nstaff = { crew = 1 }\n'
    '[[station]]\nname = "b"\nservice = { mean = "6 min" }\nstaff = { crew = 1 }\n[[link]]\nfrom = "a"\nto = "b"\n'
)
REPORT = (
    "On March 1, 2024, the Orrin gauge production line of Corvid Instruments Co., Ltd. ran in good order. The number "
    "of workers back at work was about 130, and the weekly output of the production line reached 2,800 gauges, with "
    "the capacity restored by 55%."
)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whatif") / "sample.ledger"
    with Ledger.open(path, clock=web_ledger.clock) as ledger:
        add_document(ledger, Document(id="orrin", text=REPORT, published="2024-03-02", lang="en"))
    return path


@pytest.fixture(scope="module")
def app(target: Path) -> Litestar:
    made = create_app(target, clock=web_ledger.clock)
    made.state.studies = Studies(workers=1)
    return made


@pytest.fixture
def desk(app: Litestar) -> TestClient[Any]:
    return TestClient(app, base_url=BASE)


def token(desk: TestClient[Any], address: str = "/whatif") -> str:
    found = re.search(r'name="csrf" value="(\w+)"', desk.get(address).text)
    return found[1] if found else ""


def send(desk: TestClient[Any], model: str, **more: Any) -> Any:
    data = {"csrf": token(desk), "model": model, **more}
    return desk.post("/whatif", data=data, follow_redirects=False)


def finished(desk: TestClient[Any], address: str) -> str:
    for _ in range(300):
        page = desk.get(address)
        assert page.status_code == 200
        if "data-reading" not in page.text:
            return page.text
        time.sleep(0.2)
    raise AssertionError("the study does not end")


def test_a_model_is_simulated_and_its_results_are_shown(desk: TestClient[Any]) -> None:
    answer = send(desk, SMALL, staff="1")
    assert answer.status_code == 303, answer.text
    html = finished(desk, answer.headers["location"])
    assert "rims a week" in html
    assert "&lt;b&gt;machines&lt;/b&gt;" in html and "<b>machines</b>" not in html
    assert html.count('class="station-box') == 2
    assert 'class="curve"' in html and 'class="band"' in html
    assert "style=" not in html


def test_the_page_speaks_chinese_too(desk: TestClient[Any]) -> None:
    assert "假设推演" in desk.get("/whatif?lang=zh").text


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("", "no station"),
        (SMALL.replace("5 min", "-5 min"), "negative"),
        (SMALL.replace('to = "b"', 'to = "c"'), "no station"),
        ("<script>alert(1)</script>", "not TOML"),
        ("x" * 300_000, "larger than"),
        (SMALL + '[run]\nlength = "nan d"\n', "Line "),
        (SMALL.replace("5 min", "900000000000 d"), "longer than the run"),
        ("".join(f'[[station]]\nname = "s{i}"\n' for i in range(5000)), "lacks"),
        (SMALL.replace('name = "b"', 'name = "a"'), "another station is named"),
    ],
)
def test_a_bad_model_comes_back_with_what_is_wrong(
    desk: TestClient[Any], model: str, told: str
) -> None:
    answer = send(desk, model)
    assert answer.status_code == 400
    assert told in answer.text
    assert "<script>alert" not in answer.text


def test_a_file_is_taken_instead_of_the_text(desk: TestClient[Any]) -> None:
    files = {"file": ("model.toml", SMALL.encode(), "text/plain")}
    answer = desk.post(
        "/whatif", data={"csrf": token(desk), "model": ""}, files=files, follow_redirects=False
    )
    assert answer.status_code == 303
    broken = {"file": ("model.toml", b"\xff\xfe\x00", "text/plain")}
    answer = desk.post("/whatif", data={"csrf": token(desk)}, files=broken, follow_redirects=False)
    assert answer.status_code == 400
    assert "UTF-8" in answer.text


def test_forms_from_elsewhere_are_not_taken(desk: TestClient[Any]) -> None:
    token(desk)
    assert desk.post("/whatif", data={"model": SMALL}).status_code == 403
    assert desk.post("/whatif", data={"model": SMALL, "csrf": "0" * 64}).status_code == 403
    bad = {"origin": "https://elsewhere.example"}
    data = {"csrf": token(desk), "model": SMALL}
    assert desk.post("/whatif", data=data, headers=bad).status_code == 403


def test_a_study_that_is_not_there_is_told(desk: TestClient[Any]) -> None:
    answer = desk.get("/whatif/none")
    assert answer.status_code == 404
    assert "no longer here" in answer.text


def test_the_queue_is_bounded(monkeypatch: pytest.MonkeyPatch, desk: TestClient[Any]) -> None:
    monkeypatch.setattr("nameplate.web.simulating.WAITING", 0)
    answer = send(desk, SMALL)
    assert answer.status_code == 400
    assert "other studies" in answer.text


def test_readers_may_simulate_and_strangers_may_not(target: Path) -> None:
    accounts = Accounts(beside(target), web_ledger.clock)
    for role in ROLES:
        accounts.add(role, role, PASSWORD)
    made = create_app(target, clock=web_ledger.clock, accounts=accounts)
    made.state.studies = Studies(workers=1)
    stranger = TestClient(made, base_url=BASE)
    assert stranger.get("/whatif", follow_redirects=False).status_code == 303
    reader = TestClient(made, base_url=BASE)
    form = {"csrf": token(reader, "/login"), "name": "reader", "password": PASSWORD}
    assert reader.post("/login", data=form, follow_redirects=False).status_code == 303
    assert send(reader, SMALL).status_code == 303


def line_of(desk: TestClient[Any]) -> str:
    html = desk.get("/projects").text
    found = re.search(r"/entity/[^\"?]+", html)
    assert found
    return found[0]


def test_a_line_shows_what_its_figures_imply_with_words_and_formula(desk: TestClient[Any]) -> None:
    html = desk.get(line_of(desk)).text
    assert 'id="implied"' in html
    assert "5,091" in html and "21.5" in html
    assert "output ÷ utilisation" in html
    assert "2,800 ÷ 55 % = 5,091" in html
    chinese = desk.get(line_of(desk) + "?lang=zh").text
    assert "满负荷产能" in chinese


def test_a_model_is_drafted_from_a_line(desk: TestClient[Any]) -> None:
    key = line_of(desk).rpartition("/")[2]
    html = desk.get(f"/whatif?from={key}").text
    assert "assumed" in html and "Orrin" in html
    assert desk.get("/whatif?from=nothing").status_code == 404


def test_the_example_is_in_the_form(desk: TestClient[Any]) -> None:
    assert example_text().splitlines()[0] in desk.get("/whatif").text
