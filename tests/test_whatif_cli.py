"""``nameplate whatif`` as it is typed: bad models told with their line, drafts from a ledger simulated."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from nameplate.answer.imply_draft import draft
from nameplate.cli.app import register
from nameplate.errors import UsageError
from nameplate.ledger import Ledger
from nameplate.model import Document
from nameplate.pipeline import add_document
from nameplate.simulate import read_model
from test_answer_imply import entry, thing
from test_web_whatif import REPORT, SMALL

NOW = "2026-03-01T12:00:00Z"


def run(*words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(register(), ["whatif", *words], input=text)


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = tmp_path / "sample.ledger"
    with Ledger.open(path, clock=lambda: NOW) as opened:
        add_document(opened, Document(id="orrin", text=REPORT, published="2024-03-02", lang="en"))
    return str(path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"5 min"', '"-5 min"', "negative"),
        ('to = "b"', 'to = "a"', "a cycle without exit"),
        ('name = "b"', 'name = "a"', "another station is named"),
        ('"5 min"', '"5"', "has no unit"),
        ('"5 min"', "inf", "expected 'str"),
    ],
)
def test_a_bad_model_is_refused_with_file_line_and_remedy(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    error = run(str(path)).exception
    assert isinstance(error, UsageError)
    assert told in error.problem and error.remedy
    assert error.where.startswith(f"{path}, line ")


def test_a_model_is_read_from_standard_input_and_only_checked() -> None:
    assert "it can be simulated" in run("-", "--check", text=SMALL).output


def test_a_line_is_simulated_from_its_figures_and_says_what_was_assumed(ledger: str) -> None:
    words = ("--from", "gauge production line", "-l", ledger)
    drafted = run(*words).output
    assert "2,800 ÷ 55 % = 5,091" in drafted and read_model(drafted).staff[0].people == 236
    told = run(*words, "--run", "--replications", "2", "--workers", "1", "--no-bottleneck").output
    assert "Assumed, said by no report:" in told and "around the clock" in told
    rows = run(*words, "--run", "--replications", "2", "--workers", "1", "--json").output
    week = json.loads(rows.splitlines()[-1])["week"]
    assert week["mean"] == pytest.approx(2800, rel=0.02)
    error = run("--run", "--example").exception
    assert isinstance(error, UsageError) and "--from" in error.remedy


@pytest.mark.parametrize(
    ("year", "lot"), [("15000000", 1), ("600000000", 100), ("90000000000000", 10**7)]
)
def test_what_is_made_many_times_a_second_is_drafted_in_lots(year: str, lot: int) -> None:
    made = entry("a", measure="capacity", value=str(Decimal(year)), unit="1", per="year", item="screws")  # fmt: skip
    text = draft(thing(made), [made], "2024-06-01")
    plant = read_model(text)
    assert plant.item == ("screws" if lot == 1 else f"lots of {lot:,} screws")
    assert tomllib.loads(text)["assumed"][1:] == (
        [] if lot == 1 else [f"It works in lots of {lot:,}."]
    )
