"""Monitors: what is counted and what is not, sentences, alerts, feed and mail; library and CLI."""

from __future__ import annotations

import csv
import random
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from typer.testing import CliRunner

import ledger_0001
import ledger_places
from nameplate import demo
from nameplate.answer.monitor import (
    Line,
    Monitor,
    Seen,
    Share,
    Threshold,
    alerts,
    dump,
    load,
    problems,
    sentence,
    told,
)
from nameplate.answer.monitor.counted import Counting, cells
from nameplate.answer.monitor.facets import facets_of
from nameplate.cli.app import register
from nameplate.errors import UsageError
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.lexicon.facets import facet_spellings
from nameplate.model import Claim, Document, Judgement
from nameplate.monitors import (
    add_up_returns,
    all_alerts,
    answer,
    define,
    named,
    saved,
    template,
    withdraw,
)
from nameplate.monitors.feed import atom
from nameplate.monitors.mail import PASSWORD, MailSettings, pending, read_settings, send
from nameplate.pipeline import LINKER
from nameplate.returns import add_returns, suggest

TODAY = "2026-03-01"
ATOM = "{http://www.w3.org/2005/Atom}"


class Clock:
    """Noon of a day that a test sets."""

    day = "2024-01-01"

    def __call__(self) -> str:
        return f"{self.day}T12:00:00Z"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(everywhere: None, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    with Ledger.open(ledger_places.fresh(tmp_path), clock=clock) as opened:
        yield opened


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    target = tmp_path_factory.mktemp("demo") / "demo.ledger"
    demo.build(target, lambda title: None)
    with Ledger.open(target, clock=lambda: "2026-01-01T00:00:00Z") as opened:
        yield opened


def tell(ledger: Ledger, id: str, published: str | None, text: str, *said: dict[str, Any]) -> None:
    """A report with claims whose quotes stand in it, each at the first place behind the last."""
    found, at = [], 0
    for fields in said:
        quote = fields.pop("quote")
        start = text.index(quote, at)
        at = start
        full = {"kind": "quantity", "subject": "Corvid", "subject_kind": "place", "unit": "1",
                "modality": "actual", "aggregate": "level"} | fields  # fmt: skip
        if "value" in full:
            full["value"] = Decimal(full["value"])
        found.append(Claim(quote=quote, start=start, end=start + len(quote), **full))
    ledger.add(Document(id=id, text=text, published=published), found, linker=LINKER)


def about(model: str, subject: str = "Corvid", /, **more: Any) -> Monitor:
    return msgspec.structs.replace(template(model), subject=subject, **more)


def values(view: Seen, key: str) -> dict[str, str]:
    """The values of a line by period, those that are held over left out."""
    return {
        row.period: f"{cell.value:f}" if cell.value is not None else "?"
        for row in view.rows
        if (cell := row.cells.get(key)) is not None and cell.held is None
    }


def enterprises(quote: str, value: str, **more: Any) -> dict[str, Any]:
    return {"measure": "enterprises", "quote": quote, "value": value, "item": "enterprises", **more}


def resumed(ledger: Ledger, id: str, published: str, text: str, value: str) -> None:
    """A report that so many enterprises had resumed work on 5 May 2024."""
    claim = enterprises(f"{value} enterprises", value, when="2024-05-05", scope="resumed work")
    tell(ledger, id, published, text, claim)


# The three templates on the examples: the numbers of the bulletins


def test_the_bulletin_of_a_city_at_work(example: Ledger) -> None:
    view = answer(example, about("resumption", "Chongqing"), TODAY)
    row = view.row("2020-02-24")
    assert row is not None
    got = {
        key: row.cells[key].value
        for key in ("enterprises", "staff", "enterprises_above", "staff_above")
    }
    assert got == {
        "enterprises": 10812,
        "staff": 739000,
        "enterprises_above": 4859,
        "staff_above": 613000,
    }
    assert sentence(view, "2020-02-24").text == (
        "As of 24 February 2020, Chongqing had 10,812 industrial enterprises back at work with "
        "739,000 workers and 4,859 enterprises above designated size at work with 613,000 workers."
    )
    assert sentence(view, "2020-02-24", "zh").text == (
        "截至2020年2月24日，重庆已有10812家工业企业复工，返岗员工73.9万人，"
        "规模以上企业复工4859家，返岗员工61.3万人。"
    )
    numbers = [part for part in sentence(view, "2020-02-24").parts if part.key]
    assert all(part.entries and not part.derived for part in numbers)


def test_leading_firms_are_not_the_firms_of_a_city(example: Ledger) -> None:
    view = answer(example, about("resumption", "Chongqing"), TODAY)
    taken = {cell.value for row in view.rows for cell in row.cells.values()}
    assert not {100, 600, 459, 447} & taken
    reasons = {one.entry.claim.quote: one.reason for one in view.aside}
    assert "narrow" in reasons["100 leading enterprises"]


def test_smart_transformation_by_year(example: Ledger) -> None:
    view = answer(example, about("upgrading", "Chongqing"), TODAY)
    assert values(view, "projects")["2019"] == "1280"
    assert values(view, "workshops")["2019"] == "177"
    assert values(view, "factories")["2019"] == "39"
    # Made in the year, not all there are by its end: never one series with the stock.
    assert values(view, "projects_made") == {"2018": "203"}
    assert "2018" not in values(view, "projects")
    # "76 digital workshops and intelligent factories" are neither the one nor the other.
    assert "2018" not in values(view, "workshops")
    assert (view.gaps[0].after, view.gaps[0].before, view.gaps[0].periods) == ("2019", "2023", 3)
    said = sentence(view, "2019").text
    assert said == "By 2019, Chongqing had 1,280 smart-transformation projects carried out, " \
        "177 digital workshops and 39 intelligent factories."  # fmt: skip


def test_later_in_the_year_supersedes_and_is_no_revision(example: Ledger) -> None:
    view = answer(example, about("upgrading", "Chongqing"), TODAY)
    row = view.row("2023")
    assert row is not None
    cell = row.cells["workshops"]
    assert cell.value == 958
    assert [(e.value, e.standing) for e in cell.earlier] == [(734, "superseded")]


def test_what_became_of_an_event(example: Ledger) -> None:
    view = answer(example, about("signing", "2018 Smart China Expo"), TODAY)
    assert values(view, "signed") == {"2018-08-26": "501"}
    assert values(view, "producing") == {"2021-08-23": "1"}
    assert values(view, "started") == {"2021-08-23": "1"}  # what produces has started
    share = view.row("2021-08-23").cells["producing_share"]  # type: ignore[union-attr]
    assert (share.value, share.derived, share.inputs) == (
        Decimal("0.2"),
        True,
        ("producing", "signed"),
    )
    assert "(derived)" in sentence(view).text and "（推算）" in sentence(view, lang="zh").text


def test_signed_projects_with_their_money(ledger: Ledger) -> None:
    text = "On August 18, 2021 the cloud signing of Corvid saw 25 contracted projects with 46.3 billion yuan."
    tell(ledger, "a", "2021-08-23", text,
         {"quote": "25 contracted projects", "measure": "projects", "value": "25", "aggregate": "period",
          "item": "contracted projects", "subject": "cloud signing", "subject_kind": "event", "when": "2021-08-18"},
         {"quote": "46.3 billion yuan", "measure": "contract_value", "value": "46300000000", "unit": "CNY",
          "aggregate": "period", "modality": "planned", "subject": "cloud signing", "subject_kind": "event",
          "when": "2021-08-18"})  # fmt: skip
    view = answer(ledger, about("signing", "cloud signing"), TODAY)
    assert (
        sentence(view).text
        == "As of 18 August 2021, cloud signing had 25 projects signed, worth 46.3 billion yuan."
    )
    assert (
        sentence(view, lang="zh").text
        == "截至2021年8月18日，cloud signing签约项目25个，金额463亿元。"
    )


def test_a_year_that_the_report_leaves_open_stays_open(ledger: Ledger) -> None:
    text = (
        "As of February 24, 10,812 enterprises in Corvid had resumed work. By December there were "
        "177 digital workshops."
    )
    tell(ledger, "a", None, text, enterprises("10,812 enterprises", "10812", when="XXXX-02-24"),
         {"quote": "177 digital workshops", "measure": "facilities", "value": "177",
          "item": "digital workshops", "when": "XXXX-12"})  # fmt: skip
    view = answer(ledger, about("resumption"), TODAY)
    assert values(view, "enterprises") == {"XXXX-02-24": "10812"}
    assert view.points("enterprises") == [] and view.news is None
    assert "24 February (the report gives no year)" in sentence(view).text
    assert sentence(view, "2020-02-24").text == "No figure is reported for 24 February 2020."
    assert (
        "By December (the report gives no year)"
        in sentence(answer(ledger, about("upgrading"), TODAY)).text
    )


# What must not be counted


def test_two_districts_are_not_summed_into_the_city(ledger: Ledger) -> None:
    text = ("By 5 May 2024 300 enterprises in Corvid had resumed work, 120 enterprises in Northam and "
            "170 enterprises in Southam.")  # fmt: skip
    day = {"when": "2024-05-05", "scope": "resumed work"}
    tell(ledger, "a", "2024-05-06", text, enterprises("300 enterprises", "300", **day),
         enterprises("120 enterprises", "120", subject="Northam", **day),
         enterprises("170 enterprises", "170", subject="Southam", **day))  # fmt: skip
    assert values(answer(ledger, about("resumption"), TODAY), "enterprises") == {
        "2024-05-05": "300"
    }


def test_parts_are_added_up_beside_the_total_and_never_with_it(ledger: Ledger) -> None:
    text = ("By 5 May 2024 300 enterprises in Corvid had resumed, 120 enterprises in Northam, 170 enterprises in "
            "Southam, 20 enterprises in Easton. Northam and Southam lie in Corvid, Easton in Southam "
            "and in Corvid.")  # fmt: skip
    day = {"when": "2024-05-05", "scope": "resumed work"}
    lies = {"kind": "relation", "relation": "located_in", "unit": None, "aggregate": None}
    tell(ledger, "a", "2024-05-06", text, enterprises("300 enterprises", "300", **day),
         enterprises("120 enterprises", "120", subject="Northam", **day),
         enterprises("170 enterprises", "170", subject="Southam", **day),
         enterprises("20 enterprises", "20", subject="Easton", **day),
         {"quote": "Northam", "subject": "Northam", "object": "Corvid", **lies},
         {"quote": "Southam lie in", "subject": "Southam", "object": "Corvid", **lies},
         {"quote": "Easton in", "subject": "Easton", "object": "Southam", **lies},
         {"quote": "Easton in Southam and", "subject": "Easton", "object": "Corvid", **lies})  # fmt: skip
    monitor = Monitor(name="parts", subject="Corvid", population="inside", line=(
        Line(key="city", measure=("enterprises",), facets=("resumed",)),
        Line(key="districts", how="summed", measure=("enterprises",), facets=("resumed",), beside="city"),
    ))  # fmt: skip
    view = answer(ledger, monitor, TODAY)
    assert values(view, "districts") == {"2024-05-05": "290"}  # Easton is in Southam: not again
    assert [(d.counted, d.reported, d.value) for d in view.differences] == [(290, 300, -10)]


def test_a_flow_is_no_stock_and_a_plan_no_deed(ledger: Ledger) -> None:
    text = ("In 2024 Corvid carried out 40 smart transformation projects; by its end there were 90 smart "
            "transformation projects, and 200 smart transformation projects are planned for 2024.")  # fmt: skip
    kind = {"measure": "projects", "item": "smart transformation projects", "when": "2024"}
    quote = "smart transformation projects"
    tell(ledger, "a", "2025-01-06", text,
         {"quote": f"40 {quote}", "value": "40", "aggregate": "period", **kind},
         {"quote": f"90 {quote}", "value": "90", "aggregate": "cumulative", **kind},
         {"quote": f"200 {quote}", "value": "200", "modality": "planned", **kind})  # fmt: skip
    view = answer(ledger, about("upgrading"), TODAY)
    assert values(view, "projects") == {"2024": "90"}
    assert values(view, "projects_made") == {"2024": "40"}


def test_a_syndicated_copy_counts_once(ledger: Ledger) -> None:
    body = " ".join(
        f"Sentence {n} of the long bulletin speaks of furnace {n} and of nothing else at all."
        for n in range(40)
    )
    text = f"As of 5 May 2024, 300 enterprises in Corvid had resumed work. {body}"
    claim = enterprises("300 enterprises", "300", when="2024-05-05", scope="resumed work")
    tell(ledger, "first", "2024-05-06", text, dict(claim))
    tell(ledger, "copy", "2024-05-09", text + " Reprinted.", dict(claim))
    tell(
        ledger,
        "other",
        "2024-05-10",
        "On 5 May 2024 300 enterprises resumed work in Corvid, says the mayor.",
        dict(claim),
    )
    row = answer(ledger, about("resumption"), TODAY).row("2024-05-05")
    assert row is not None
    assert (row.cells["enterprises"].value, row.cells["enterprises"].reports) == (300, 2)


def test_a_revised_figure_stands_and_the_old_one_is_shown(ledger: Ledger) -> None:
    resumed(ledger, "a", "2024-05-06", "300 enterprises had resumed work.", "300")
    resumed(ledger, "b", "2024-05-09", "On 5 May in fact 280 enterprises had resumed work.", "280")
    row = answer(ledger, about("resumption"), TODAY).row("2024-05-05")
    assert row is not None
    cell = row.cells["enterprises"]
    assert (cell.value, cell.conflicting) == (280, False)
    assert [(e.value, e.standing) for e in cell.earlier] == [(300, "revised")]


def test_reports_of_one_day_that_contradict_give_no_number(ledger: Ledger) -> None:
    resumed(ledger, "a", "2024-05-06", "300 enterprises had resumed work.", "300")
    resumed(ledger, "b", "2024-05-06", "Only 210 enterprises had resumed work.", "210")
    view = answer(ledger, about("resumption"), TODAY)
    cell = view.row("2024-05-05").cells["enterprises"]  # type: ignore[union-attr]
    assert (cell.value, cell.conflicting, {e.value for e in cell.earlier}) == (
        None,
        True,
        {300, 210},
    )
    assert "300" not in sentence(view, "2024-05-05").text
    assert sentence(view, "2024-05-05").text == "No figure is reported for 5 May 2024."


def test_those_not_yet_at_work_are_not_counted(ledger: Ledger) -> None:
    text = "On 5 May 2024, 300 enterprises in Corvid had not yet resumed work."
    tell(ledger, "a", "2024-05-06", text, enterprises("300 enterprises", "300", when="2024-05-05"))
    assert values(answer(ledger, about("resumption"), TODAY), "enterprises") == {}


def test_a_part_takes_status_and_time_of_its_whole(ledger: Ledger) -> None:
    text = ("As of 5 May 2024, 300 industrial enterprises in Corvid had resumed work. Among them were "
            "90 enterprises above designated size. The city has 95 enterprises above designated size.")  # fmt: skip
    above = {"scope": "above designated size"}
    tell(ledger, "a", "2024-05-09", text, enterprises("300 industrial enterprises", "300", when="2024-05-05"),
         enterprises("90 enterprises", "90", **above), enterprises("95 enterprises", "95", **above))  # fmt: skip
    view = answer(ledger, about("resumption"), TODAY)
    assert values(view, "enterprises_above") == {"2024-05-05": "90"}
    assert values(view, "enterprises_above_all") == {"2024-05-09": "95"}


def test_things_that_no_facet_stands_for(ledger: Ledger) -> None:
    text = "In 2024 the works of Corvid made 500 lamps, 40 garden lamps and 70 kettles."
    year = {"measure": "output", "when": "2024", "aggregate": "period"}
    tell(ledger, "a", "2025-01-06", text,
         {"quote": "500 lamps", "value": "500", "item": "lamps", **year},
         {"quote": "40 garden lamps", "value": "40", "item": "garden lamps", **year},
         {"quote": "70 kettles", "value": "70", "item": "kettles", **year})  # fmt: skip
    lamps = Line(key="lamps", measure=("output",), item=("lamps",), flow=True)
    every = Line(key="every", measure=("output",), flow=True)
    view = answer(
        ledger, Monitor(name="m", subject="Corvid", grain="year", line=(lamps, every)), TODAY
    )
    assert values(view, "lamps") == {"2024": "500"}
    assert values(view, "every") == {}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("industrial enterprises", set()),
        ("规上工业企业", {"above_scale"}),
        ("規模以上工業企業", {"above_scale"}),
        ("leading enterprises", None),
        ("重点龙头企业", None),
        ("返岗职工", {"resumed"}),
        ("national-level intelligent factories", {"national", "intelligent_factory"}),
        ("国家级智能工厂", {"national", "intelligent_factory"}),
        ("smart factory parks", None),
        ("intelligent factory doors", None),
        ("backlog", None),
        ("capital", None),
    ],
)
def test_facets_of_words(words: str, wanted: set[str] | None) -> None:
    found = facets_of(words)
    assert found == (None if wanted is None else frozenset(wanted))


def test_facet_words_are_spelled_as_they_are_looked_for() -> None:
    from nameplate.find.spelling import spell

    assert [word for word, _ in facet_spellings() if spell(word) != word] == []


def test_tiers_are_lines_of_their_own(ledger: Ledger) -> None:
    text = "By 2024 Corvid had 40 intelligent factories and 3 national-level intelligent factories."
    kind = {"measure": "facilities", "when": "2024"}
    tell(ledger, "a", "2025-01-06", text,
         {"quote": "40 intelligent factories", "value": "40", "item": "intelligent factories", **kind},
         {"quote": "3 national-level intelligent factories", "value": "3",
          "item": "national-level intelligent factories", **kind})  # fmt: skip
    view = answer(ledger, about("upgrading"), TODAY)
    assert values(view, "factories") == {"2024": "40"}
    assert values(view, "factories_national") == {"2024": "3"}
    assert "3 national intelligent factories" in sentence(view).text


# Shares, as of, sentences


def test_a_share_needs_both_and_says_that_it_is_derived(ledger: Ledger) -> None:
    above = "above designated size"
    tell(ledger, "a", "2024-01-06", f"Corvid has 200 enterprises {above}.",
         enterprises("200 enterprises", "200", scope=above, when="2024-01-05"))  # fmt: skip
    tell(ledger, "b", "2024-05-06", f"On 5 May 90 enterprises {above} had resumed work.",
         enterprises("90 enterprises", "90", scope=f"{above}; resumed work", when="2024-05-05"))  # fmt: skip
    view = answer(ledger, about("resumption"), TODAY)
    row = view.row("2024-05-05")
    assert row is not None
    assert (row.cells["share_above"].value, row.cells["share_above"].derived) == (45, True)
    assert row.cells["enterprises_above_all"].held == "2024-01-05"
    said = sentence(view, "2024-05-05").text
    assert (
        "45% (derived) of its 200 enterprises above designated size at work (figure of 5 January 2024)"
        in said
    )
    assert "share_above" not in view.row("2024-01-05").cells  # type: ignore[union-attr]


def test_what_was_said_on_an_earlier_day(ledger: Ledger, clock: Clock) -> None:
    clock.day = "2024-05-06"
    resumed(ledger, "a", "2024-05-06", "300 enterprises had resumed work.", "300")
    clock.day = "2024-05-09"
    resumed(ledger, "b", "2024-05-09", "In fact 280 enterprises had resumed work.", "280")
    monitor = about("resumption")
    assert values(answer(ledger, monitor, TODAY, "2024-05-07"), "enterprises") == {
        "2024-05-05": "300"
    }
    assert values(answer(ledger, monitor, TODAY), "enterprises") == {"2024-05-05": "280"}
    assert values(answer(ledger, monitor, TODAY, "2024-05-01"), "enterprises") == {}


def test_a_judgement_is_heard(ledger: Ledger) -> None:
    resumed(ledger, "a", "2024-05-06", "300 enterprises had resumed work.", "300")
    key = ledger.entries()[0].key
    ledger.judge(
        Judgement(verb="correct", left=key, patch={"value": 310}, author="Li"), linker=LINKER
    )
    assert values(answer(ledger, about("resumption"), TODAY), "enterprises") == {
        "2024-05-05": "310"
    }
    ledger.judge(Judgement(verb="reject", left=key, author="Li"), linker=LINKER)
    assert values(answer(ledger, about("resumption"), TODAY), "enterprises") == {}


def test_a_day_without_a_figure_gets_none(ledger: Ledger) -> None:
    tell(ledger, "a", "2024-05-06", "300 enterprises had resumed work.",
         enterprises("300 enterprises", "300", when="2024-05-05", scope="resumed work"))  # fmt: skip
    view = answer(ledger, about("resumption"), TODAY)
    said = sentence(view, "2024-05-08")
    assert said.text.startswith(
        "No figure is reported for 8 May 2024. As of 5 May 2024, Corvid had 300"
    )
    assert said.period == "2024-05-05"
    assert sentence(view, "2024-05-01").text == "No figure is reported for 1 May 2024."
    with pytest.raises(UsageError, match="no day"):
        sentence(view, "yesterday")


def test_an_unknown_subject_is_said_to_be(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="nothing is called"):
        answer(ledger, about("upgrading", "Nowhere"), TODAY)


# Returns

HEADERS = ["No.", "Enterprise name", "District", "Resumed work (yes/no)", "Employees", "Employees back at work",
           "Capacity utilisation (%)"]  # fmt: skip


def file_return(ledger: Ledger, path: Path, day: str, rows: list[list[str]]) -> None:
    """A return of enterprises, mapped as the draft says."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[f"Return to work of Corvid, {day}"], HEADERS, *rows])
    made = suggest(path).mapping
    assert made is not None
    made = msgspec.structs.replace(made, when=day, published=day)
    assert add_returns(ledger, [path], made)[0].failure is None


ROWS = [
    ["1", "Orrin Gear Works", "Northam", "yes", "100", "80", "0.5"],
    ["2", "Harlan Pumps Ltd", "Northam", "yes", "50", "20", "0.7"],
    ["3", "Sable Lamps Ltd", "Southam", "no", "50", "", ""],
]


def test_rows_of_a_return_are_counted_by_what_they_say(ledger: Ledger, tmp_path: Path) -> None:
    file_return(ledger, tmp_path / "work-1.csv", "2024-05-05", ROWS)
    view = answer(ledger, about("resumption"), TODAY)
    row = view.row("2024-05-05")
    assert row is not None
    got = {key: f"{cell.value:f}" for key, cell in row.cells.items()}
    assert got == {
        "counted": "2", "counted_no": "1", "counted_all": "3", "counted_staff": "100", "counted_staff_all": "200",
        "counted_capacity": "60", "counted_share": "66.7", "counted_staff_share": "50",
    }  # fmt: skip
    assert all(cell.derived for cell in row.cells.values())
    said = sentence(view)
    assert (
        "2 (derived) of the 3 (derived) enterprises in the returns at work, 66.7% (derived)"
        in said.text
    )
    assert {s.document_id for part in said.parts for s in part.sources} == {"work-1.csv"}


@pytest.mark.parametrize(
    ("subject", "zh"), [("Chongqing", "重庆"), ("Suzhou", "Suzhou"), ("Corvid", "Corvid")]
)
def test_a_place_has_its_chinese_name_where_it_has_but_one(
    ledger: Ledger, subject: str, zh: str
) -> None:
    text = f"In {subject}, 900 enterprises have resumed work."
    claim = enterprises("900 enterprises", "900", scope="resumed work", when="2024-05-05")
    tell(ledger, "a", "2024-05-06", text, claim | {"subject": subject})
    said = sentence(answer(ledger, about("resumption", subject), TODAY), None, "zh").text
    assert f"{zh}已有900家" in said


def test_a_no_is_counted_apart_from_no_answer(ledger: Ledger, tmp_path: Path) -> None:
    silent = ["4", "Tarn Foils Ltd", "Southam", "", "70", "", ""]
    file_return(ledger, tmp_path / "work-1.csv", "2024-05-05", [*ROWS, silent])
    file_return(ledger, tmp_path / "work-2.csv", "2024-05-06", ROWS[:2])
    month = answer(ledger, about("resumption", grain="month"), TODAY)
    assert values(month, "counted_no") == {"2024-05": "1"}
    view = answer(ledger, about("resumption"), TODAY)
    assert values(view, "counted") == {"2024-05-05": "2", "2024-05-06": "2"}
    assert values(view, "counted_no") == {"2024-05-05": "1", "2024-05-06": "0"}
    assert values(view, "counted_all") == {"2024-05-05": "4", "2024-05-06": "2"}
    entries = ledger.entries(ClaimFilter(measure="count"))
    assert [(e.claim.subject, e.claim.item, e.claim.quote) for e in entries] == [
        ("Sable Lamps Ltd", "resumed", "no")
    ]
    assert entries[0].claim.cell is not None and entries[0].claim.cell.endswith("!D5")


def test_a_no_counts_the_same_row_by_row(ledger: Ledger, tmp_path: Path) -> None:
    file_return(ledger, tmp_path / "work-1.csv", "2024-05-05", ROWS)
    entries = ledger.entries(ClaimFilter(measure="count"))
    whole = answer(ledger, about("resumption"), TODAY)
    rows = [
        told(e, e.claim.subject)._replace(said="2024-05-05") for e in ledger.entries(ClaimFilter())
    ]
    line = next(one for one in template("resumption").line if one.key == "counted_no")
    by_row = cells(line, Counting(rows, "day", True), TODAY)
    assert {p: c.value for p, c in by_row.items()} == {"2024-05-05": 1}
    assert values(whole, "counted_no") == {"2024-05-05": "1"}
    ledger.judge(Judgement(verb="reject", left=entries[0].key, author="A", reason="left blank"))
    after = answer(ledger, about("resumption"), TODAY)
    assert values(after, "counted_no") == {"2024-05-05": "0"}


def test_a_monitor_of_things_in_a_place_asks_no_one_for_a_no() -> None:
    line = Line(key="no", how="counted", stage="resumed", answer="no")
    odd = msgspec.structs.replace(template("resumption"), subject="Corvid", population="inside", line=(line,),
                                  share=(), clause=())  # fmt: skip
    assert any('answer = "no"' in problem for problem in problems(odd))


def test_some_of_a_group_are_no_more_than_the_group(ledger: Ledger) -> None:
    text = (
        "In Corvid, of 459 leading firms, 447 have resumed work. 900 enterprises have resumed work."
    )
    tell(ledger, "a", "2024-05-06", text,
         enterprises("447 have resumed", "447", item=None, scope="resumed work", when="2024-05-05"),
         enterprises("900 enterprises", "900", scope="resumed work", when="2024-05-05"))  # fmt: skip
    assert values(answer(ledger, about("resumption"), TODAY), "enterprises") == {
        "2024-05-05": "900"
    }


def test_each_return_is_a_picture_of_its_day(ledger: Ledger, tmp_path: Path) -> None:
    file_return(ledger, tmp_path / "work-1.csv", "2024-05-05", ROWS)
    later = [[*row[:3], "no" if "Orrin" in row[1] else "yes", *row[4:]] for row in ROWS[:2]]
    file_return(ledger, tmp_path / "work-2.csv", "2024-05-07", later)
    view = answer(ledger, about("resumption"), TODAY)
    assert values(view, "counted") == {"2024-05-05": "2", "2024-05-07": "1"}
    assert values(view, "counted_all") == {"2024-05-05": "3", "2024-05-07": "2"}
    one = answer(ledger, about("resumption", returns="work-1*"), TODAY)
    assert values(one, "counted") == {"2024-05-05": "2"}


def test_returns_of_another_city_are_not_counted(ledger: Ledger, tmp_path: Path) -> None:
    file_return(ledger, tmp_path / "work.csv", "2024-05-05", ROWS)
    assert answer(ledger, about("resumption", "Corvidia"), TODAY).rows == ()
    everything = about("resumption", "Corvidia", returns="*")
    assert values(answer(ledger, everything, TODAY), "counted") == {"2024-05-05": "2"}


def test_an_enterprise_in_two_returns_of_a_day_counts_once(ledger: Ledger, tmp_path: Path) -> None:
    file_return(ledger, tmp_path / "north.csv", "2024-05-05", ROWS[:2])
    file_return(ledger, tmp_path / "south.csv", "2024-05-05", ROWS[1:])
    view = answer(ledger, about("resumption"), TODAY)
    assert values(view, "counted_all") == {"2024-05-05": "3"}
    assert values(view, "counted") == {"2024-05-05": "2"}
    assert values(view, "counted_staff_all") == {"2024-05-05": "200"}


def test_totals_of_a_return_are_not_enterprises(ledger: Ledger, tmp_path: Path) -> None:
    rows = [*ROWS, ["", "Total", "", "", "200", "100", ""]]
    file_return(ledger, tmp_path / "work.csv", "2024-05-05", rows)
    view = answer(ledger, about("resumption"), TODAY)
    assert values(view, "counted_all") == {"2024-05-05": "3"}
    assert values(view, "counted_staff_all") == {"2024-05-05": "200"}


def test_counted_stands_beside_reported(ledger: Ledger, tmp_path: Path) -> None:
    file_return(ledger, tmp_path / "work.csv", "2024-05-05", ROWS)
    tell(ledger, "a", "2024-05-06", "5 enterprises had resumed work.",
         enterprises("5 enterprises", "5", when="2024-05-05", scope="resumed work"))  # fmt: skip
    view = answer(ledger, about("resumption"), TODAY)
    assert [(d.line, d.beside, d.value) for d in view.differences] == [
        ("counted", "enterprises", -3)
    ]


def test_a_judged_cell_is_heard_and_an_earlier_day_is_not_touched(
    ledger: Ledger, tmp_path: Path, clock: Clock
) -> None:
    clock.day = "2024-05-06"
    file_return(ledger, tmp_path / "work.csv", "2024-05-05", ROWS)
    add_up_returns(ledger)
    clock.day = "2024-05-08"
    staff = next(
        e for e in ledger.entries() if e.claim.measure == "employment" and e.claim.value == 100
    )
    ledger.judge(
        Judgement(verb="correct", left=staff.key, patch={"value": 110}, author="Li"), linker=LINKER
    )
    monitor = about("resumption")
    assert values(answer(ledger, monitor, TODAY), "counted_staff_all") == {"2024-05-05": "210"}
    assert values(answer(ledger, monitor, TODAY, "2024-05-07"), "counted_staff_all") == {
        "2024-05-05": "200"
    }
    ledger.judge(Judgement(verb="reject", left=staff.key, author="Li"), linker=LINKER)
    assert values(answer(ledger, monitor, TODAY), "counted_staff_all") == {"2024-05-05": "100"}


def test_a_corrected_return_replaces_the_old_one(
    ledger: Ledger, tmp_path: Path, clock: Clock
) -> None:
    clock.day = "2024-05-06"
    file_return(ledger, tmp_path / "work.csv", "2024-05-05", ROWS)
    assert values(answer(ledger, about("resumption"), TODAY), "counted") == {"2024-05-05": "2"}
    clock.day = "2024-05-08"
    file_return(
        ledger,
        tmp_path / "work.csv",
        "2024-05-05",
        [*ROWS, ["4", "Ember Kilns", "Southam", "yes", "9", "9", "1"]],
    )
    assert values(answer(ledger, about("resumption"), TODAY), "counted") == {"2024-05-05": "3"}
    then = answer(ledger, about("resumption"), TODAY, "2024-05-07")
    assert values(then, "counted") == {"2024-05-05": "2"}


def test_adding_up_says_the_same_as_looking_at_every_row(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(5)
    for number in range(4):
        rows = [
            [str(n), f"{chance.choice('ABCDEFGH')}{chance.choice('aeiou')}rn Works {n}", "Northam",
             chance.choice(["yes", "no", "2024-05-01", "2024-05-03"]), str(chance.randint(1, 900)),
             str(chance.randint(0, 90)), f"0.{chance.randint(10, 99)}"]
            for n in range(number * 10, number * 10 + 30)
        ]  # fmt: skip
        file_return(ledger, tmp_path / f"work-{number}.csv", f"2024-05-{5 + number // 2:02}", rows)
    for grain in ("day", "month", "year"):
        monitor = about("resumption", grain=grain)
        fast = answer(ledger, monitor, TODAY)
        with monkeypatch.context() as patch:
            patch.setattr("nameplate.monitors.gather.piled", lambda *_: (None, {}))
            slow = answer(ledger, monitor, TODAY)
        for key in (
            "counted",
            "counted_all",
            "counted_staff",
            "counted_staff_all",
            "counted_capacity",
        ):
            assert values(fast, key) == values(slow, key), (grain, key)


COUNTED = ("counted", "counted_all", "counted_staff", "counted_staff_all", "counted_capacity")

PATCHES: tuple[dict[str, object], ...] = (
    {"value": 33}, {"when": "2024-05-02"}, {"unit": "%"}, {"modality": "planned"},
    {"subject": "Orrin Gear Works"}, {"subject": "Nobody Ltd"}, {"scope": "above designated size"},
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_what_was_judged_and_undone_changes_the_sums_as_looking_at_every_row_does(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock, seed: int
) -> None:
    chance = random.Random(seed)
    clock.day = "2024-05-06"
    rows = [
        [str(n), f"{chance.choice('ABCDEFGH')}{chance.choice('aeiou')}rn Works {n}", "Northam",
         chance.choice(["yes", "no", "2024-05-01"]), str(chance.randint(1, 900)),
         str(chance.randint(0, 90)), f"0.{chance.randint(10, 99)}"]
        for n in range(12)
    ]  # fmt: skip
    file_return(ledger, tmp_path / "work-1.csv", "2024-05-05", [*ROWS, *rows])
    file_return(ledger, tmp_path / "work-2.csv", "2024-05-06", rows)
    made: list[Judgement] = []
    for number in range(8):
        clock.day = f"2024-05-{7 + number // 2:02}"
        entry = chance.choice(ledger.entries())
        verb = chance.choice(("correct", "correct", "reject", "accept", "undo"))
        if verb == "undo" and made:
            one = Judgement(verb="undo", left=chance.choice(made).key, author="Li")
        elif verb == "correct":
            fits = [p for p in PATCHES if "unit" not in p or entry.claim.kind == "quantity"]
            patch = chance.choice([p for p in fits if "value" not in p or entry.claim.value])
            one = Judgement(verb="correct", left=entry.key, patch=patch, author="Li")
        else:
            verb = "reject" if verb == "undo" else verb
            one = Judgement(verb=verb, left=entry.key, author="Li")
        try:
            made.append(ledger.judge(one, linker=LINKER))
        except UsageError:
            continue
        for as_of in (None, "2024-05-06", "2024-05-08")[: 1 + 2 * (number % 2)]:
            fast = answer(ledger, about("resumption"), TODAY, as_of)
            with monkeypatch.context() as patched:
                patched.setattr("nameplate.monitors.gather.piled", lambda *_: (None, {}))
                slow = answer(ledger, about("resumption"), TODAY, as_of)
            for key in COUNTED:
                assert values(fast, key) == values(slow, key), (made, as_of, key)


def test_one_judged_cell_has_no_other_row_looked_at(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_return(ledger, tmp_path / "work.csv", "2024-05-05", ROWS)
    add_up_returns(ledger)
    staff = next(e for e in ledger.entries() if e.claim.value == 100)
    ledger.judge(
        Judgement(verb="correct", left=staff.key, patch={"value": 110}, author="Li"), linker=LINKER
    )
    monkeypatch.setattr("nameplate.monitors.gather._told", lambda *_: pytest.fail("every row"))
    seen = answer(ledger, about("resumption"), TODAY)
    assert values(seen, "counted_staff_all") == {"2024-05-05": "210"}
    assert values(seen, "counted") == {"2024-05-05": "2"}


# Saved monitors


NEWER = 'name = "later"\nsubject = "Corvid"\nweather = "fine"\n'
"""A monitor with a key that this version does not know."""


def test_a_monitor_that_cannot_be_read_stops_no_other_and_can_be_withdrawn(
    ledger: Ledger,
) -> None:
    define(ledger, about("resumption"), "Li")
    ledger.monitors.save("later", NEWER, "Li")
    heard: list[tuple[str, str]] = []
    found = saved(ledger, failed=lambda name, error: heard.append((name, error.sentence())))
    assert [one.name for one in found] == ["resumption"]
    assert [name for name, _ in heard] == ["later"]
    assert "weather" in heard[0][1] and "nameplate monitor withdraw later" in heard[0][1]
    with pytest.raises(UsageError, match="another version"):
        named(ledger, "later")
    withdraw(ledger, "later", "Li")
    assert [one.name for one in saved(ledger)] == ["resumption"]


def test_the_command_lists_what_it_cannot_read(tmp_path: Path) -> None:
    target = tmp_path / "x.ledger"
    with Ledger.open(target, clock=lambda: "2024-01-01T00:00:00Z") as made:
        define(made, about("resumption"), "Li")
        made.monitors.save("later", NEWER, "Li")
    done = run("monitor", "list", "--ledger", target)
    assert done.exit_code == 0
    assert "resumption" in done.output and "later  cannot be read" in done.output


@pytest.mark.parametrize(
    ("number", "en", "zh"),
    [
        ("1", "had 1 industrial enterprise back at work.", "已有1家工业企业复工。"),
        ("0", "had 0 industrial enterprises back at work.", "已有0家工业企业复工。"),
        ("10812", "had 10,812 industrial enterprises back at work.", "已有10812家工业企业复工。"),
        (
            "1210000",
            "had 1,210,000 industrial enterprises back at work.",
            "已有121万家工业企业复工。",
        ),
    ],
)
def test_one_none_and_many_in_a_sentence(ledger: Ledger, number: str, en: str, zh: str) -> None:
    words = f"{int(number):,} enterprises"
    tell(ledger, "a", "2024-05-06", f"{words} had resumed work.",
         enterprises(words, number, when="2024-05-05", scope="resumed work"))  # fmt: skip
    view = answer(ledger, about("resumption"), TODAY)
    assert sentence(view).text.endswith(en)
    assert sentence(view, lang="zh").text.endswith(zh)


def test_a_clause_chooses_between_two_forms_of_a_line_it_has() -> None:
    body = dump(about("resumption"))
    for wrong in ("{enterprises|enterprise}", "{nothing|one|many}", "{day|one|many}"):
        clause = f'[[clause]]\nen = "{wrong}"\nzh = "x"\n'
        with pytest.raises(UsageError, match="blank that is no line"):
            load(body + clause, where="here")


def test_a_monitor_comes_back_from_toml_as_it_was() -> None:
    for name in ("resumption", "upgrading", "signing"):
        monitor = about(
            name, alert=(Threshold(line=template(name).line[0].key, level=Decimal("1.5")),)
        )
        assert load(dump(monitor), where="x") == monitor


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"subject": " "}, "no subject"),
        ({"name": "a/b"}, "the name"),
        ({"line": ()}, r"no \[\[line\]\]"),
        ({"silence": 0}, "silence"),
        ({"line": (Line(key="Day x", measure=("enterprises",)),)}, "the key"),
        ({"line": (Line(key="a", measure=("nonsense",)),)}, "no measure"),
        ({"line": (Line(key="a", measure=("projects",), facets=("blue",)),)}, "no facet"),
        (
            {"line": (Line(key="a", how="counted", stage="dreamt"),), "population": "inside"},
            "no stage",
        ),
        ({"line": (Line(key="a", how="counted"),), "population": None}, "what is counted"),
        ({"share": (Share(key="s", of="x", under="y"),)}, "no line 'x'"),
        ({"alert": (Threshold(line="gone", level=Decimal(1)),)}, "no line 'gone'"),
    ],
)
def test_a_monitor_that_cannot_be_used_is_refused(
    ledger: Ledger, change: dict[str, Any], problem: str
) -> None:
    monitor = msgspec.structs.replace(about("resumption", clause=()), **change)
    with pytest.raises(UsageError, match=problem):
        define(ledger, monitor, "Li")


@pytest.mark.parametrize(
    "text", ["", "name = 1", "name = 'x'\nsubject = 'y'\ncolour = 'red'", "\x00", "[[line]]\n" * 3]
)
def test_no_text_makes_it_stumble(text: str) -> None:
    with pytest.raises(UsageError):
        load(text, where="m.toml")


def test_a_changed_monitor_stays_as_it_was_for_earlier_days(ledger: Ledger, clock: Clock) -> None:
    clock.day = "2024-05-06"
    assert define(ledger, about("resumption", name="work"), "Li")
    assert not define(ledger, about("resumption", name="work"), "Li")
    clock.day = "2024-05-08"
    assert define(ledger, about("resumption", name="work", silence=3), "Li")
    clock.day = "2024-05-10"
    withdraw(ledger, "work", "Li")
    assert saved(ledger) == []
    assert named(ledger, "work", "2024-05-09").silence == 3
    assert named(ledger, "work", "2024-05-07").silence == 14
    assert named(ledger, "work", "2020-01-01").silence == 14  # asked of a day before it was made
    with pytest.raises(UsageError, match="no monitor"):
        named(ledger, "work")


def test_an_older_file_learns_of_monitors(tmp_path: Path) -> None:
    with Ledger.open(ledger_0001.make(tmp_path / "old.ledger"), clock=lambda: "2024-02-01") as old:
        assert define(old, about("resumption"), "Li")
        assert [one.name for one in saved(old)] == ["resumption"]
        assert old.verify() == []


# Alerts


def day_by_day(ledger: Ledger, *staff: int, start: int = 1) -> None:
    for number, value in enumerate(staff, start):
        day = f"2024-05-{number:02}"
        tell(ledger, f"r{number}", day, f"{value} workers were back at work.",
             {"quote": f"{value} workers", "measure": "employment", "value": str(value), "item": "workers",
              "scope": "returned to work", "when": day})  # fmt: skip


def test_a_threshold_tells_once_for_each_time_it_is_passed(ledger: Ledger) -> None:
    day_by_day(ledger, 50, 120, 130, 90, 110, 115)
    monitor = about(
        "resumption", silence=None, alert=(Threshold(line="staff", level=Decimal(100)),)
    )
    found = alerts(answer(ledger, monitor, TODAY))
    assert [(a.day, a.standing) for a in found] == [("2024-05-05", True), ("2024-05-02", False)]
    assert found[0].said["en"] == "staff back of Corvid: 110 on 5 May 2024, above 100"
    assert [e.claim.quote for e in found[0].entries] == ["110 workers"]
    keys = [a.key for a in found]
    day_by_day(ledger, 140, start=7)
    assert [a.key for a in alerts(answer(ledger, monitor, TODAY))] == keys


def test_below_and_crossed(ledger: Ledger) -> None:
    day_by_day(ledger, 50, 120, 100, 90)

    def told(way: Any) -> list[str]:
        monitor = about(
            "resumption",
            silence=None,
            alert=(Threshold(line="staff", level=Decimal(100), way=way),),
        )
        return [a.day for a in alerts(answer(ledger, monitor, TODAY))]

    assert told("below") == ["2024-05-04", "2024-05-01"]
    assert told("crossed") == ["2024-05-04", "2024-05-02"]  # 100 itself is neither


def test_silence_is_told_after_so_many_days_and_ends_with_news(ledger: Ledger) -> None:
    day_by_day(ledger, 50)
    monitor = about("resumption", silence=7)
    assert alerts(answer(ledger, monitor, "2024-05-08")) == []
    found = alerts(answer(ledger, monitor, "2024-05-09"))
    assert [(a.kind, a.day) for a in found] == [("silence", "2024-05-09")]
    assert found[0].key == alerts(answer(ledger, monitor, "2024-06-30"))[0].key
    day_by_day(ledger, 60, start=8)
    assert alerts(answer(ledger, monitor, "2024-05-09")) == []


def test_no_news_at_all_is_no_silence(ledger: Ledger) -> None:
    tell(
        ledger,
        "a",
        "2024-05-06",
        "Corvid is a city.",
        {"quote": "Corvid", "measure": "tax", "value": "1"},
    )
    assert alerts(answer(ledger, about("resumption"), TODAY)) == []


def test_one_bad_monitor_stops_no_other(ledger: Ledger) -> None:
    day_by_day(ledger, 50)
    define(ledger, about("upgrading", "Nowhere"), "Li")
    define(ledger, about("resumption"), "Li")
    failed: list[str] = []
    found = all_alerts(ledger, TODAY, failed=lambda name, error: failed.append(name))
    assert ([a.monitor for _, a in found], failed) == (["resumption"], ["upgrading"])


# The feed


def test_the_feed_is_atom_with_ids_that_stay(ledger: Ledger) -> None:
    day_by_day(ledger, 50, 120)
    hostile = 'work <b>"&amp;\x07'
    monitor = about(
        "resumption", title=hostile, silence=3, alert=(Threshold(line="staff", level=Decimal(100)),)
    )
    found = alerts(answer(ledger, monitor, TODAY))
    body = atom(found, today=TODAY, base="https://desk.example.org")
    feed = ElementTree.fromstring(body)
    assert feed.tag == f"{ATOM}feed"
    for parent in (feed, *feed.findall(f"{ATOM}entry")):
        assert all(parent.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated"))
    ids = [e.findtext(f"{ATOM}id") for e in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == 2 and all(i and i.startswith("urn:uuid:") for i in ids)
    assert b"<b>" not in body and b"\x07" not in body
    again = ElementTree.fromstring(atom(found, today="2026-09-09", base="https://desk.example.org"))
    assert [e.findtext(f"{ATOM}id") for e in again.iter(f"{ATOM}entry")] == ids
    assert (
        ElementTree.fromstring(atom([], today=TODAY)).findtext(f"{ATOM}updated")
        == "2026-03-01T00:00:00Z"
    )


# Mail, by a real server


class Inbox:
    """Keeps what comes in; refuses what a test wants refused."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.refuse: list[str] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.refuse:
            return self.refuse.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        self.mails.append(envelope)
        return "250 OK"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def serve(inbox: Inbox) -> Iterator[Callable[..., int]]:
    """Starts the server and gives its port."""
    running: list[Controller] = []

    def start(**more: Any) -> int:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        controller = Controller(inbox, hostname="127.0.0.1", port=port, **more)
        controller.start()
        running.append(controller)
        return port

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def due(ledger: Ledger) -> list[Any]:
    day_by_day(ledger, 50, 120)
    monitor = about(
        "resumption", silence=None, alert=(Threshold(line="staff", level=Decimal(100)),)
    )
    define(ledger, monitor, "Li")
    return [alert for _, alert in all_alerts(ledger, TODAY)]


def mail_settings(port: int, **more: Any) -> MailSettings:
    plain = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "desk@example.org",
             "recipients": ("li@example.org",), "pause": 0.0}  # fmt: skip
    return MailSettings(**plain | more)


def test_an_alert_is_mailed_once(ledger: Ledger, due: list[Any], serve: Any, inbox: Inbox) -> None:
    settings = mail_settings(serve(), recipients=("li@example.org", "wu@example.org"))
    assert [one.outcome for one in send(ledger, settings, due)] == ["sent", "sent"]
    assert send(ledger, settings, due) == []
    assert sorted(m.rcpt_tos[0] for m in inbox.mails) == ["li@example.org", "wu@example.org"]
    content = inbox.mails[0].content.decode()
    assert "Subject: staff back of Corvid: 120 on 2 May 2024, above 100" in content
    assert {d.outcome for d in ledger.monitors.deliveries()} == {"sent"}
    chinese = mail_settings(settings.port or 0, recipients=("zhao@example.org",), language="zh")
    send(ledger, chinese, due)
    assert len(inbox.mails) == 3


def test_what_fails_is_recorded_and_sent_by_the_next_run(
    ledger: Ledger, due: list[Any], serve: Any, inbox: Inbox
) -> None:
    port = serve()
    inbox.refuse = ["450 busy", "450 busy", "450 busy"]
    done = send(ledger, mail_settings(port), due)
    assert [(one.outcome, one.problem) for one in done] == [("failed", "450 busy")]
    assert [d.outcome for d in ledger.monitors.deliveries()] == ["failed"]
    inbox.refuse = ["451 again"]  # once: then it goes through in the same run
    assert [one.outcome for one in send(ledger, mail_settings(port), due)] == ["sent"]
    assert len(inbox.mails) == 1


def test_one_bad_address_stops_no_other(
    ledger: Ledger, due: list[Any], serve: Any, inbox: Inbox
) -> None:
    inbox.refuse = ["550 no such user"]
    done = send(
        ledger, mail_settings(serve(), recipients=("gone@example.org", "li@example.org")), due
    )
    assert {(one.address, one.outcome) for one in done} == {
        ("gone@example.org", "failed"), ("li@example.org", "sent"),
    }  # fmt: skip


def test_a_server_that_is_not_there_is_given_up_after_ten_tries(
    ledger: Ledger, due: list[Any]
) -> None:
    settings = mail_settings(1, tries=1, timeout=2.0)
    for _ in range(10):
        assert [one.outcome for one in send(ledger, settings, due)] == ["failed"]
    assert pending(ledger, due, settings.recipients) == []


def test_what_holds_no_more_is_not_mailed(ledger: Ledger, due: list[Any]) -> None:
    day_by_day(ledger, 90, start=3)
    assert pending(ledger, [a for _, a in all_alerts(ledger, TODAY)], ("li@example.org",)) == []


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for this machine, made for the test."""
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", tmp_path / "key.pem",
         "-out", tmp_path / "cert.pem"], capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl cannot make a certificate here")
    return tmp_path / "cert.pem"


def served_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.parent / "key.pem")
    return context


def test_after_starttls_with_a_password_from_the_environment(
    ledger: Ledger, due: list[Any], serve: Any, inbox: Inbox, certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    seen: list[Any] = []

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        seen.append((session.ssl is not None, data.login, data.password))
        return AuthResult(success=data.password == b"open sesame")

    port = serve(tls_context=served_context(certificate), require_starttls=True, authenticator=check,
                 auth_required=True)  # fmt: skip
    settings = mail_settings(port, security="starttls", username="desk", ca=str(certificate))
    with pytest.raises(UsageError, match="no password"):
        send(ledger, settings, due)
    monkeypatch.setenv(PASSWORD, "wrong")
    done = send(ledger, settings, due)
    assert done[0].outcome == "failed" and "wrong" not in done[0].problem
    monkeypatch.setenv(PASSWORD, "open sesame")
    assert send(ledger, settings, due)[0].outcome == "sent"
    assert seen[-1] == (True, b"desk", b"open sesame")
    # One whom nobody trusts gets no password and no mail.
    stranger = msgspec.structs.replace(settings, ca=None, recipients=("wu@example.org",))
    assert "certificate" in send(ledger, stranger, due)[0].problem.lower()
    assert len(inbox.mails) == 1


def test_a_server_without_starttls_gets_nothing(
    ledger: Ledger, due: list[Any], serve: Any, inbox: Inbox
) -> None:
    done = send(ledger, mail_settings(serve(), security="starttls"), due)
    assert done[0].outcome == "failed" and "STARTTLS" in done[0].problem
    assert inbox.mails == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            'host = "mail.example.org"\nsender = "a@b.c"\nrecipients = ["d@e.f"]\nsecurity = "none"',
            "unencrypted",
        ),
        ('host = "x"\nsender = "a@b.c"\nrecipients = ["d@e.f"]\npassword = "secret"', "password"),
        ('host = "x"\nsender = "a@b.c"\nrecipients = ["nobody"]', "no address"),
        ('host = "x"\nsender = "a@b.c\\r\\nBcc: x@y.z"\nrecipients = ["d@e.f"]', "no address"),
        ('host = "x"\nsender = "a@b.c"\nrecipients = []', "no recipients"),
        ("host", "wrong"),
    ],
)
def test_unsafe_settings_are_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "mail.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=problem):
        read_settings(path)


# The program


def run(*args: object) -> Any:
    return CliRunner().invoke(register(), [str(arg) for arg in args])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    target = tmp_path / "demo.ledger"
    demo.build(target, lambda title: None)
    return target


def test_from_template_to_feed_in_the_terminal(file: Path, tmp_path: Path) -> None:
    made = run("monitor", "define", "--template", "resumption", "--of", "Chongqing", "--name", "work",
               "--above", "staff=1,000,000", "-l", file)  # fmt: skip
    assert made.output == "work: saved\n"
    said = run("monitor", "sentence", "work", "--day", "2020-02-24", "-l", file).output
    assert "10,812 [1] industrial enterprises" in said
    assert "[1] “10,812 industrial enterprises” — work-2020-02-26, 2020-02-26" in said
    shown = run("monitor", "show", "work", "-l", file).output
    assert "gap: no figure for 13" in shown and "left aside" in shown
    assert "above 1,000,000" in run("monitor", "alerts", "-l", file).output
    assert "1,378,000" in run("monitor", "list", "-l", file).output
    assert run("monitor", "feed", "--out", tmp_path / "a.xml", "-l", file).exit_code == 0
    assert ElementTree.parse(tmp_path / "a.xml").getroot().tag == f"{ATOM}feed"
    text = run("monitor", "template", "upgrading", "--of", "Chongqing").output
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    assert run("monitor", "define", tmp_path / "m.toml", "-l", file).exit_code == 0
    assert "upgrading" in run("monitor", "list", "--json", "-l", file).output
    assert run("monitor", "withdraw", "work", "-l", file).output == "work: withdrawn\n"


def test_a_template_is_asked_without_saving_it(file: Path) -> None:
    said = run(
        "monitor",
        "sentence",
        "upgrading",
        "--of",
        "Chongqing",
        "--lang",
        "zh",
        "--day",
        "2019",
        "-l",
        file,
    )
    assert said.output.startswith(
        "截至2019年，重庆累计实施智能化改造项目1280 [1]个，数字化车间177 [2]个"
    )


def test_send_tells_and_fails_aloud(file: Path, tmp_path: Path, serve: Any, inbox: Inbox) -> None:
    run(
        "monitor",
        "define",
        "--template",
        "resumption",
        "--of",
        "Chongqing",
        "--above",
        "staff=1000000",
        "-l",
        file,
    )
    plan = tmp_path / "mail.toml"
    text = (
        'host = "127.0.0.1"\nsecurity = "none"\nsender = "a@example.org"\n'
        'recipients = ["b@example.org"]\ntries = 1\n'
    )
    plan.write_text(f"{text}port = 1\n", encoding="utf-8")
    assert (
        "would send to b@example.org"
        in run("monitor", "send", "--settings", plan, "--dry-run", "-l", file).output
    )
    assert run("monitor", "send", "--settings", plan, "-l", file).exit_code == 1
    plan.write_text(f"{text}port = {serve()}\n", encoding="utf-8")
    done = run("monitor", "send", "--settings", plan, "-l", file)
    assert (done.exit_code, len(inbox.mails)) == (0, 4)  # the threshold, and three silences
    assert run("monitor", "send", "--settings", plan, "-l", file).output == "nothing to send\n"


@pytest.mark.parametrize(
    "args",
    [
        ("define",), ("define", "--template", "dreams", "--of", "X"), ("show", "nothing"),
        ("define", "--template", "resumption"),
        ("define", "--template", "resumption", "--of", "X", "--above", "staff=many"),
        ("sentence", "upgrading", "--of", "Chongqing", "--lang", "xx"),
        ("sentence", "upgrading", "--of", "Chongqing", "--day", "soon"), ("define", "no-such-file.toml"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_with_a_remedy(
    example: Ledger, file: Path, args: tuple[str, ...]
) -> None:
    done = run("monitor", *args, "-l", file)
    assert isinstance(done.exception, UsageError)
    assert done.exception.remedy
