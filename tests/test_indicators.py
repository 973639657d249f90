"""Indicators of zones: what is read, what is derived and from what, by library, command and desk."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

import web_ledger
from nameplate import demo
from nameplate.answer.indicators import KEYS, ZoneBoard, zone_board
from nameplate.cli.app import register
from nameplate.ledger import Ledger
from nameplate.lexicon.titles import title_of, titles
from nameplate.model import Document
from nameplate.pipeline import (
    LINKER,
    add_document,
    like,
    one_entity,
    register_around,
    spoken_of,
)
from nameplate.web.app import create_app
from test_web_access import client

PARK, HARBOUR = "Sampleton Industrial Park", "Sample Harbour Development Zone"
TODAY = "2026-11-30"


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("zones") / "demo.ledger"
    demo.build(path)
    return path


def board(target: Path, name: str, as_of: str | None = None) -> ZoneBoard:
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        zone, _ = one_entity(ledger, name, as_of)
        return zone_board(zone, register_around(ledger, zone, as_of), as_of or TODAY)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("国家级专精特新“小巨人”企业", "specialised"),
        ("Provincial specialised and sophisticated enterprise", "specialised"),
        ("高新技术企业", "high_technology"),
        ("national high-tech enterprises", "high_technology"),
        ("省级企业技术中心", "institute"),
        ("Research Institute", "institute"),
        ("智能工厂", "intelligent_factory"),
        ("digital workshops", "digital_workshop"),
        ("high-tech zone", None),
        ("高新区", None),
        ("新材料产业", None),
        ("smart city", None),
        ("enterprises above designated size", None),
        ("institutes", None),
        ("", None),
    ],
)
def test_titles_are_told_apart(text: str, title: str | None) -> None:
    assert title_of(text) == title


def test_a_zone_is_read_with_what_was_said_before_and_else(target: Path) -> None:
    found = board(target, PARK)
    assert [one.key for one in found.indicators] == list(KEYS)
    told = found.of("output_value").reading
    assert told and told.figure.value == Decimal("6200000000") and told.figure.when == "2025"
    assert [f.value for f in told.others] == [Decimal("6040000000")]
    assert told.before and told.before.value == Decimal("4680000000")
    tax = found.of("tax").reading
    assert tax and tax.figure.reports == 2, "the return and the report say the same"
    assert found.of("enterprises").reading and found.of("institute").reading
    high = found.of("high_technology").reading
    assert high and high.figure.value == 14


def test_what_is_derived_says_from_what(target: Path) -> None:
    found = board(target, PARK)
    total = found.of("output_value").derived[0]
    assert (total.rule, total.value, total.parts, total.of) == ("sum", Decimal("5352500000"), 5, 5)
    assert sum(e.claim.value or 0 for e in total.entries) >= total.value
    staff = found.of("employment").derived[0]
    assert (staff.parts, staff.of) == (3, 5), "two cells were refused"
    assert {n.entity.name for n in found.of("specialised").named} >= {"Sample Coatings Co., Ltd"}
    assert all(n.entry.claim.quote for n in found.of("high_technology").named)
    assert [d.about for d in found.of("projects").derived] == ["producing"]
    intensity = {d.about: d for d in found.of("intensity").derived}
    assert intensity["output_value"].value == Decimal("6200000000") / Decimal(2400000)
    assert intensity["output_value"].unit == "CNY/m2" and len(intensity["tax"].entries) == 2
    harbour = board(target, HARBOUR)
    assert harbour.of("projects").derived == () and harbour.of("intelligent_factory").derived


def test_an_earlier_day_knows_less(target: Path) -> None:
    found = board(target, PARK, "2026-02-15")
    told = found.of("output_value").reading
    assert told and told.figure.value == Decimal("6040000000") and told.others == ()
    assert board(target, PARK, "2025-12-31").of("output_value").reading is None


def test_a_part_is_not_the_zone_and_a_plan_is_no_sum(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l", clock=web_ledger.ticking()) as ledger:
        text = (
            "Testville Development Zone is to reach an output value of 9 billion yuan in 2027. "
            "Acme Testing Co., Ltd. lies in Testville Development Zone. "
            "Acme Testing Co., Ltd. is to reach an output value of 2 billion yuan in 2027."
        )
        add_document(ledger, Document(id="a", text=text, published="2026-05-01", lang="en"))
        zone, _ = one_entity(ledger, "Testville Development Zone")
        found = zone_board(zone, register_around(ledger, zone), TODAY).of("output_value")
    assert found.reading is None or found.reading.modality == "planned"
    assert found.derived == ()


def test_parts_stand_under_the_whole(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l", clock=web_ledger.ticking()) as ledger:
        text = (
            "By February 24, 2020, 10,812 industrial enterprises in Chongqing had resumed work. "
            "By February 24, 2020, 4,859 enterprises above designated size in Chongqing had resumed work."
        )
        add_document(ledger, Document(id="a", text=text, published="2020-02-26", lang="en"))
        zone, _ = one_entity(ledger, "Chongqing")
        found = zone_board(zone, register_around(ledger, zone), TODAY).of("enterprises")
    assert found.reading and found.reading.figure.value == 10812
    assert [part.figure.value for part in found.parts] == [4859]
    assert found.parts[0].scope and "above" in found.parts[0].scope


def test_a_park_of_which_only_others_speak_is_found(tmp_path: Path) -> None:
    target = web_ledger.make(tmp_path / "a.ledger")
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        ledger.rebuild_entities(LINKER)
        assert not [e for e in like(ledger, "Samplewood Industrial Park") if "Park" in e.name]
        zone = spoken_of(ledger, "samplewood industrial park")[0]
        assert zone.name == "Samplewood Industrial Park" and zone.claims == ()
        found = zone_board(zone, register_around(ledger, zone), TODAY)
        assert found.members == 1 and found.of("projects").derived[0].about == "producing"
        assert spoken_of(ledger, "Nowhere Park") == [] and spoken_of(ledger, "  ") == []
        assert spoken_of(ledger, "%") == []
    run = CliRunner().invoke(
        register(), ["park", "Samplewood Industrial", "--json", "--ledger", str(target)]
    )
    assert run.exit_code == 0 and "Samplewood tyre plant" in run.output


def test_the_command_prints_json_and_files(target: Path, tmp_path: Path) -> None:
    program, ledger = CliRunner(), ["--ledger", str(target)]
    run = program.invoke(register(), ["indicators", PARK, HARBOUR, *ledger])
    assert run.exit_code == 0 and "derived" in run.output and "intensity" in run.output
    run = program.invoke(register(), ["indicators", PARK, "--json", *ledger])
    assert json.loads(run.output)["zone"]["name"] == PARK
    out = tmp_path / "zones.csv"
    run = program.invoke(register(), ["indicators", PARK, HARBOUR, "--out", str(out), *ledger])
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    assert {row["zone"] for row in rows} == {PARK, HARBOUR}
    said = [r for r in rows if r["indicator"] == "output_value" and r["basis"] == "reported"]
    assert said[0]["value"] == "6200000000" and said[0]["source"].startswith("sampleton-2026")
    assert all(r["source"] for r in rows if r["basis"] == "reported")
    out = tmp_path / "zones.xlsx"
    program.invoke(register(), ["indicators", PARK, "--out", str(out), *ledger])
    assert openpyxl.load_workbook(out).active
    with pytest.raises(Exception, match="cannot be written"):
        program.invoke(
            register(), ["indicators", PARK, "--out", "x.pdf", *ledger], catch_exceptions=False
        )


def test_zones_stand_side_by_side_on_the_desk(target: Path) -> None:
    desk = client(create_app(target, clock=lambda: f"{TODAY}T12:00:00Z"))
    html = desk.get("/indicators?lang=en").text
    assert PARK in html and HARBOUR in html and "CNY 6.04 billion" in html
    assert "sum of 5 of 5 in it" in html and "CNY 25.83 million/ha" in html
    assert "172.22 万元/亩" in desk.get("/indicators?lang=zh").text
    one = desk.get("/indicators?lang=en&q=sample+harbour").text
    assert HARBOUR in one and "1 zone" in one
    assert "is called “Atlantis”" in desk.get("/indicators?lang=en&q=Atlantis").text
    rows = csv.DictReader(io.StringIO(desk.get("/indicators.csv").content.decode("utf-8-sig")))
    assert {row["zone"] for row in rows} >= {PARK, HARBOUR}
    assert desk.get("/indicators.xlsx").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["zone=nothing", "zone==%3Cscript%3E", "zone=" + "x" * 5000, "q=%00%00", "q=" + "%25" * 300,
     "zone=&zone=&q=", "as_of=2020-01-01", "q=%F0%9F%98%80"],
)  # fmt: skip
def test_odd_addresses_break_nothing(target: Path, query: str) -> None:
    desk = client(create_app(target, clock=lambda: f"{TODAY}T12:00:00Z"))
    answer = desk.get(f"/indicators?{query}")
    assert answer.status_code == 200 and "<script>alert" not in answer.text


def test_each_title_has_its_names() -> None:
    assert all(title.en and title.zh for title in titles().values())
    assert set(titles()) <= set(KEYS)


COUNTED = (
    "As of February 24, 8,120 industrial enterprises in Chongqing had resumed work, with 512,000 workers, "
    "including 3,004 industrial enterprises above designated size with 401,000 workers. "
    "The Sampleton tyre plant has 640 workers."
)


def _staff(path: Path, text: str, as_of: str | None = None) -> list[tuple[str, str]]:
    with Ledger.open(path, clock=web_ledger.clock) as ledger:
        add_document(ledger, Document(id="b.txt", text=text, published="2020-02-25", lang="en"))
        zone, _ = one_entity(ledger, "Chongqing", as_of)
        made = zone_board(zone, register_around(ledger, zone, as_of), as_of or TODAY)
    told = made.of("employment")
    return [
        (f"{one.figure.value:f}", one.scope or "")
        for one in ([told.reading] if told.reading else []) + list(told.parts)
    ]


@pytest.mark.parametrize("as_of", [None, "2026-11-30"])
def test_staff_of_the_enterprises_counted_in_a_zone_are_a_part_of_it(
    tmp_path: Path, as_of: str | None
) -> None:
    said = _staff(tmp_path / "x.ledger", COUNTED, as_of)
    group = "8,120 industrial enterprises in Chongqing"
    assert said[0] == ("512000", f"{group}; resumed work")
    assert [(value, scope.startswith(group)) for value, scope in said[1:]] == [("401000", True)]


def test_staff_of_others_in_the_same_report_are_not_the_zone_s(tmp_path: Path) -> None:
    text = (
        "Chongqing has 45 intelligent factories. The Sampleton tyre plant has 640 workers. "
        "Some 300 enterprises in Beibei District have resumed work with 9,000 workers."
    )
    assert _staff(tmp_path / "x.ledger", text) == []
