"""Returns beside reports: what is compared, what differs, what only stands there."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import web_ledger
from nameplate import demo
from nameplate.answer.beside import Beside, beside, findings_beside
from nameplate.cli.app import register
from nameplate.ledger import Ledger
from nameplate.model import Claim, Entry
from nameplate.pipeline import one_entity
from nameplate.returns import reconcile_all, reconcile_one


def entry(
    key: str, *, cell: str | None = None, published: str = "2026-02-20", **said: Any
) -> Entry:
    said.setdefault("kind", "quantity")
    if "value" in said:
        said["value"] = Decimal(said["value"])
    if said["kind"] == "quantity":
        said = {"measure": "output_value", "unit": "CNY", "aggregate": "period"} | said
    said.setdefault("modality", "actual")
    claim = Claim(subject="X", quote="q", start=0, end=1, cell=cell, **said)
    return Entry(
        key=key, claim=claim, document_key=f"d{key}", document_id=f"d{key}", published=published,
        recorded=f"{published}T00:00:00Z",
    )  # fmt: skip


def one(*entries: Entry) -> Beside:
    rows = [row for row in beside(entries) if row.returned is not None]
    assert len(rows) == 1
    return rows[0]


def test_a_figure_of_one_time_is_compared() -> None:
    row = one(
        entry("r", cell="S!C3", value="6040", when="2025"), entry("p", value="6200", when="2025")
    )
    assert row.verdict == "differs" and row.difference == 160 and row.share == Decimal("2.65")
    found = findings_beside("X", [row])
    assert found[0].check == "return_differs" and found[0].claims == ("r", "p")
    assert "S!C3" in found[0].message


@pytest.mark.parametrize("value", ["6040000000", "6000000000"])
def test_equal_and_rounded_figures_agree(value: str) -> None:
    told = entry("p", value=value, when="2025", bound="~" if value[1:2] == "0" else "=")
    row = one(entry("r", cell="S!C3", value="6040000000", when="2025"), told)
    assert row.verdict == "agrees" and findings_beside("X", [row]) == []


@pytest.mark.parametrize(
    "other",
    [
        {"when": "2024"},
        {"when": "2025-01/2025-06"},
        {"when": "2025", "unit": "USD"},
        {"when": "2025", "measure": "revenue"},
        {"when": "2025", "scope": "Phase I"},
        {"when": "2025", "modality": "planned"},
        {"when": "2025", "per": "month"},
    ],
)
def test_what_is_of_another_time_part_or_unit_is_not_compared(other: dict[str, Any]) -> None:
    row = one(
        entry("r", cell="S!C3", value="1", when="2025"), entry("p", **{"value": "9", **other})
    )
    assert row.verdict in ("other_time", "returned_only") and row.difference is None
    assert findings_beside("X", [row]) == []


def test_a_plan_is_held_against_the_last_word_on_it() -> None:
    plan = {"measure": "investment", "modality": "planned", "aggregate": None}
    row = one(
        entry("r", cell="S!B2", value="2700", when="2025", **plan),
        entry("old", value="2400", published="2021-03-12", **plan),
        entry("new", value="2600", published="2021-09-28", **plan),
    )
    assert row.verdict == "differs" and row.difference == -100
    assert findings_beside("X", [row])[0].severity == "info"


def test_titles_are_counted_apart() -> None:
    many = {"measure": "enterprises", "unit": "1", "aggregate": "level", "when": "2025"}
    rows = beside(
        [
            entry("r", cell="S!G", value="66", item="企业", **many),
            entry("t", cell="S!H", value="14", item="高新技术企业", **many),
            entry("p", value="14", item="high-tech enterprises", **many),
        ]
    )
    told = {row.returned.key: row.verdict for row in rows if row.returned}
    assert told == {"r": "returned_only", "t": "agrees"}


def test_states_overlap_and_a_report_without_a_time_is_only_shown() -> None:
    staff = {"measure": "employment", "unit": "1", "aggregate": "level"}
    mine = entry("r", cell="S!F", value="1150", when="2025-12-31", **staff)
    assert one(mine, entry("p", value="1150", when="2025-12", **staff)).verdict == "agrees"
    row = one(mine, entry("p", value="900", **staff))
    assert row.verdict == "undated" and row.difference == -250
    assert findings_beside("X", [row]) == []
    late = entry("p", value="900", published="2031-01-01", **staff)
    assert one(mine, late).verdict == "returned_only"


def test_the_last_word_of_the_press_counts_and_the_others_stand_beside_it() -> None:
    row = one(
        entry("r", cell="S!C", value="100", when="2025"),
        entry("old", value="70", when="2025", published="2026-01-01"),
        entry("new", value="100", when="2025", published="2026-03-01"),
    )
    assert row.verdict == "agrees" and [e.key for e in row.also] == ["old"]


def test_dates_are_compared_by_days() -> None:
    stage = {"kind": "milestone", "stage": "producing"}
    mine = entry("r", cell="S!D", when="2025-02-17", **stage)
    same = one(mine, entry("p", when="2025-02", **stage))
    assert same.verdict == "agrees" and same.days == 0
    late = one(mine, entry("p", when="2025-03-19", **stage))
    assert late.verdict == "differs" and late.days == 30
    assert "was returned" in findings_beside("X", [late])[0].message
    assert one(mine, entry("p", **stage)).verdict == "undated"
    planned = entry("p", when="2024-06", modality="planned", **stage)
    assert one(mine, planned).verdict == "returned_only"


def test_zones_add_up_what_their_enterprises_filed(tmp_path: Path) -> None:
    demo.build(tmp_path / "l")
    with Ledger.open(tmp_path / "l", clock=web_ledger.clock) as ledger:
        zone, _ = one_entity(ledger, "Sampleton Industrial Park")
        found = reconcile_one(ledger, zone)
        sums = [row for row in found.rows if row.total is not None]
        assert {row.verdict for row in sums} == {"part"}
        assert {row.what for row in sums} == {"output_value", "tax", "exports"}
        assert [f.check for f in found.findings] == ["return_differs"]
        every = reconcile_all(ledger)
        assert [len(one.findings) for one in every] == [1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
        assert reconcile_all(ledger, "2026-02-15")[0].findings == ()
        assert reconcile_all(ledger, "2020-01-01") == []


def test_more_than_the_whole_is_found(tmp_path: Path) -> None:
    from nameplate.answer.indicators import Derived

    parts = entry("a", cell="S!C3", value="7000", when="2025")
    total = Derived(rule="sum", value=Decimal(7000), unit="CNY", when="2025", parts=3, of=4,
                    entries=(parts,))  # fmt: skip
    rows = beside([entry("p", value="6200", when="2025")], [("output_value", total)])
    assert rows[0].verdict == "over" and rows[0].difference == -800
    assert "more than" in findings_beside("X", rows)[0].message


def test_the_command(tmp_path: Path) -> None:
    demo.build(tmp_path / "l")
    program, ledger = CliRunner(), ["--ledger", str(tmp_path / "l")]
    run = program.invoke(register(), ["reconcile", *ledger])
    assert run.exit_code == 1 and "Exemplar Cells" in run.output and "differs" in run.output
    assert "Fictive Foundry" not in run.output, "nothing of it is compared"
    run = program.invoke(register(), ["reconcile", "Fictive Foundry", *ledger])
    assert run.exit_code == 0 and "returned only" in run.output
    run = program.invoke(register(), ["reconcile", "--differs", "--json", *ledger])
    assert len([json.loads(line) for line in run.output.splitlines()]) == 3
    out = tmp_path / "d.csv"
    program.invoke(register(), ["reconcile", "--differs", "--out", str(out), *ledger])
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    assert {row["difference"] for row in rows} == {"130000000", "180000000", "160000000"}
    assert all("!" in row["returned_source"] and row["reported_words"] for row in rows)
    empty = web_ledger.make(tmp_path / "e.ledger")
    run = program.invoke(register(), ["reconcile", "--ledger", str(empty)])
    assert run.exit_code == 0 and "Nothing that was returned" in run.output
