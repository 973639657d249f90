"""Returns: spreadsheets read safely, mappings drafted and checked, cells to claims."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from nameplate.claim.returns import Column, Mapping, draft, dump, load, problems, take
from nameplate.claim.returns.cells import Refusal, figure, moment
from nameplate.claim.returns.header import read_header
from nameplate.claim.returns.mapping import unit_of
from nameplate.errors import ReadError, UsageError
from nameplate.ledger import Ledger
from nameplate.read.sheet import Sheet, address, letters, read_sheets
from nameplate.read.sheet_formulas import formulas
from nameplate.returns import add_returns, suggest

ROWS = [
    ["Return to work, 24 February 2020", "", "", "", "", "", ""],
    ["No.", "Enterprise name", "District", "Employees", "Employees back at work", "Capacity utilisation (%)",
     "Output value (RMB 10,000)"],
    ["1", "Orrin Gear Works", "North", "1,250", "980", "0.78", "32000.5"],
    ["2", "Harlan Pumps Ltd", "South", "300", "n/a", "0.55", "—"],
    ["3", "Sable Lamps Ltd", "South", "many", "-5", "0.3", "#REF!"],
    ["Total", "", "", "1550", "980", "", "32000.5"],
    ["Note: output is provisional", "", "", "", "", "", ""],
]  # fmt: skip


def sheet(rows: list[list[str]] = ROWS, **more: Any) -> Sheet:
    return Sheet(name="S", rows=tuple(map(tuple, rows)), **more)


def book(fill: Callable[[Any, Any], object]) -> bytes:
    data = io.BytesIO()
    made = xlsxwriter.Workbook(data)
    fill(made, made.add_worksheet("Q1"))
    made.close()
    return data.getvalue()


def mapped(rows: list[list[str]] = ROWS, **more: Any) -> Mapping:
    found = draft(sheet(rows, **more)).mapping
    assert found is not None
    return found


def test_a_return_becomes_claims_with_cell_addresses() -> None:
    taken = take(sheet(), mapped(), name="r.csv")
    said = {(c.cell, c.subject, c.measure or c.relation): c for c in taken.claims}
    gear = said["S!F3", "Orrin Gear Works", "utilisation"]
    assert (gear.value, gear.unit, gear.quote, gear.when) == (
        Decimal(78),
        "%",
        "0.78",
        "2020-02-24",
    )
    assert said["S!G3", "Orrin Gear Works", "output_value"].value == Decimal(320_005_000)
    assert said["S!D3", "Orrin Gear Works", "employment"].value == 1250
    assert said["S!C4", "Harlan Pumps Ltd", "located_in"].object == "South"
    assert all(taken.document.text[c.start : c.end] == c.quote for c in taken.claims)
    assert (taken.rows, taken.left_out) == (3, 2)
    assert {(r.cell, r.text) for r in taken.refused} == {
        ("S!D5", "many"), ("S!E5", "-5"), ("S!G5", "#REF!"),
    }  # fmt: skip
    places = {(p.sheet, p.cell) for p in taken.document.places}
    assert ("S", "D3") in places


def test_totals_and_notes_are_no_returns() -> None:
    subjects = {c.subject for c in take(sheet(), mapped(), name="r.csv").claims}
    assert subjects == {"Orrin Gear Works", "Harlan Pumps Ltd", "Sable Lamps Ltd"}


def test_merged_and_banded_headers() -> None:
    rows = [
        ["企业名称", "投资情况（亿元）", "", "产值", ""],
        ["", "总投资", "累计完成投资", "2021年（万元）", "同比增长（%）"],
        ["港湾轮胎有限公司", "33", "16", "5200", "4.5"],
    ]
    merged = ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4))
    found = mapped(rows, merged=merged)
    assert found.header_rows == (1, 2)
    claims = take(sheet(rows, merged=merged), found, name="r").claims
    said = [(c.measure, c.value, c.unit, c.when, c.item, c.aggregate, c.modality) for c in claims]
    assert ("investment", Decimal(1_600_000_000), "CNY", None, None, "cumulative", "actual") in said
    assert ("output_value", Decimal(52_000_000), "CNY", "2021", None, "period", "actual") in said
    assert any(c.measure == "change" and c.item and "产值" in c.item for c in claims)


def test_a_merged_subject_goes_on_for_its_rows() -> None:
    rows = [
        ["Enterprise", "Reporting month", "Employees"],
        ["Orrin Gear Works", "2021-01", "12"],
        ["", "2021-02", "14"],
        ["", "2021-03", "15"],
    ]
    merged = ((1, 0, 2, 0),)
    taken = take(sheet(rows, merged=merged), mapped(rows, merged=merged), name="r")
    assert [(c.subject, c.when, c.value) for c in taken.claims] == [
        ("Orrin Gear Works", "2021-01", 12), ("Orrin Gear Works", "2021-02", 14),
    ]  # fmt: skip
    assert [r.cell for r in taken.refused] == ["S!A4"]


def test_credit_codes_are_checked() -> None:
    rows = [
        ["企业名称", "统一社会信用代码", "职工人数"],
        ["甲公司", "91350100M000100Y43", "10"],
        ["乙公司", "91350100M000100Y44", "20"],
    ]
    taken = take(sheet(rows), mapped(rows), name="r")
    assert [c.object for c in taken.claims if c.kind == "relation"] == ["91350100M000100Y43"]
    assert [r.cell for r in taken.refused] == ["S!B3"]


def test_stages_by_date_by_yes_and_never_from_the_future() -> None:
    rows = [
        ["项目名称", "开工时间", "是否投产", "计划竣工时间"],
        ["甲项目", "2019.5", "是", "2021年12月"],
        ["乙项目", "43885", "否", "待定"],
        ["丙项目", "2031-01-01", "", ""],
    ]
    plan = mapped(rows)
    dated = load(
        dump(plan, {}).replace("[[column]]", 'when = "2020-06-30"\n\n[[column]]', 1), name="m"
    )
    taken = take(sheet(rows), dated, name="r")
    assert [(c.subject, c.stage, c.modality, c.when) for c in taken.claims] == [
        ("甲项目", "started", "actual", "2019-05"),
        ("甲项目", "producing", "actual", "2020-06-30"),
        ("甲项目", "completed", "planned", "2021-12"),
        ("乙项目", "started", "actual", "2020-02-24"),
        ("乙项目", None, "actual", "2020-06-30"),
    ]
    none = taken.claims[-1]
    assert (none.measure, none.value, none.item, none.quote) == ("count", 0, "投产", "否")
    assert [r.cell for r in taken.refused] == ["S!D3", "S!B4"]


def test_a_mapping_is_checked_before_anything_is_taken() -> None:
    plan = mapped()
    assert problems(plan, sheet()) == []
    moved = [[*row[:3], "", *row[3:]] for row in ROWS]
    assert any("the header says" in p for p in problems(plan, sheet(moved)))
    wrong = Mapping(
        subject="ZZ", header_rows=(9, 3), when="soon",
        column=(
            Column(at="D", measure="employment", unit="万元"), Column(at="D", measure="joy"),
            Column(at="E", stage="afar"), Column(at="F"), Column(at="G", measure="tax"),
            Column(at="G", relation="near"), Column(at="F", measure="share", unit="blorps"),
        ),
    )  # fmt: skip
    said = "\n".join(problems(wrong, sheet()))
    for word in ("'ZZ'", "header_rows 9", "'soon'", "employment is not given in", "'joy'", "'afar'",
                 "name one of", "tax needs a unit", "'near'", "not given in blorps", "mapped twice"):  # fmt: skip
        assert word in said
    with pytest.raises(UsageError, match="colour"):
        load('subject = "A"\nheader_rows = [1, 1]\ncolour = "red"', name="m.toml")


def test_the_draft_can_be_read_back() -> None:
    found = draft(sheet())
    assert found.mapping is not None
    text = dump(found.mapping, found.left_out)
    assert load(text, name="m") == found.mapping
    assert "# A  No." in text


@pytest.mark.parametrize(
    "header",
    ["投资强度（万元/亩）", "Output per worker", "亩均产值", "职工平均工资（元）", "研发人员数",
     "Employees' average age", "Investment climate", "税收优惠政策", "产值能耗", "认定年份", "工厂地址", "停产原因",
     "Investor relations contact",
     "Sales manager", "利润率变化原因", "Employment contracts (files)", "Land price (yuan/m2)"],
)  # fmt: skip
def test_headers_that_give_nothing(header: str) -> None:
    found = read_header(header, at="A")
    assert found is None or found.entry.part == "skip"


def test_golden_header_rows() -> None:
    rows = (Path(__file__).parent / "golden" / "returns" / "headers.jsonl").read_text(
        encoding="utf-8"
    )
    assert len(rows.splitlines()) >= 30
    for line in rows.splitlines():
        form = json.loads(line)
        assert len(form["headers"]) == len(form["gives"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", 1200),
        ("１２００", 1200),
        ("1200人", 1200),
        ("1.2万", 12000),
        ("1e3", 1000),
        ("+7", 7),
    ],
)
def test_figures_in_cells(text: str, value: int) -> None:
    found = figure(text, Column(at="A", measure="employment"), None)
    assert not isinstance(found, Refusal)
    assert found.value == value


@pytest.mark.parametrize(
    "text", ["12-15", "about 12", "1,2", "12 of 15", "#N/A", "-3", "12%", "1.2亿元", "十"]
)
def test_cells_that_are_no_figure(text: str) -> None:
    found = figure(text, Column(at="A", measure="employment"), None)
    assert isinstance(found, Refusal) or (text, found.value) == ("十", 10)


@pytest.mark.parametrize(
    ("text", "date"),
    [("2020-02-24", "2020-02-24"), ("2020/2/4", "2020-02-04"), ("2020.2", "2020-02"), ("20200224", "2020-02-24"),
     ("2020年2月", "2020-02"), ("2020", "2020"), ("43885", "2020-02-24"), ("24 February 2020", "2020-02-24")],
)  # fmt: skip
def test_dates_in_cells(text: str, date: str) -> None:
    assert moment(text) == date


@pytest.mark.parametrize("text", ["soon", "2月24日", "2020-13-01", "3", "last year", "#REF!"])
def test_cells_that_are_no_date(text: str) -> None:
    assert isinstance(moment(text), Refusal)


def test_units_of_headers() -> None:
    assert unit_of("万元") and unit_of("万元").code == "CNY"  # type: ignore[union-attr]
    mu = unit_of("亩")
    assert mu is not None and mu.factor * 3 == 2000
    assert unit_of("blorps") is None or unit_of("blorps").code == "1"  # type: ignore[union-attr]


# Hostile and broken files.


def far(made: Any, page: Any) -> None:
    page.write(0, 0, "x")
    page.write(1_048_575, 16_383, "y")


def outside(made: Any, page: Any) -> None:
    for column, header in enumerate(
        ["Enterprise", "Employees", "Staff present", "Exports (USD million)"]
    ):
        page.write(0, column, header)
    page.write(1, 0, "Orrin Gear Works")
    page.write_formula(1, 1, "=cmd|'/c calc'!A0", None, 5)
    page.write_formula(1, 2, "=[other.xlsx]Sheet1!A1", None, 4)
    page.write_formula(1, 3, "=1+2", None, 3)


def styled(made: Any, page: Any) -> None:
    page.write(0, 0, "Enterprise")
    page.write(0, 1, "Employees")
    page.write(1, 0, "Orrin Gear Works")
    page.write(1, 1, 5)
    for row in range(2, 1_048_576, 64):
        page.write_blank(row, 0, None, made.add_format() if row == 2 else page.fmt)


def test_formulas_that_reach_outside_are_refused_and_others_taken() -> None:
    page = read_sheets(book(outside), name="r.xlsx")[0]
    found = draft(page).mapping
    assert found is not None
    taken = take(page, found, name="r.xlsx")
    assert {r.cell for r in taken.refused} == {"Q1!B2", "Q1!C2"}
    assert [c.value for c in taken.claims] == [3_000_000]


def test_a_name_or_a_date_from_outside_is_refused_too() -> None:
    rows = [
        ["Enterprise", "Reporting month", "Employees"],
        ["Orrin Gear Works", "2021-01", "12"],
        ["Harlan Pumps Ltd", "2021-01", "14"],
        ["Sable Lamps Ltd", "2021-01", "15"],
    ]
    bad = {"A2": "from outside", "B3": "from outside"}
    taken = take(sheet(rows, refused=bad), mapped(rows), name="r")
    assert [c.subject for c in taken.claims] == ["Sable Lamps Ltd"]
    assert {r.cell for r in taken.refused} == {"S!A2", "S!B3"}


def test_a_million_empty_rows_are_no_rows() -> None:
    def fill(made: Any, page: Any) -> None:
        style = made.add_format({"bold": True})
        page.write_row(0, 0, ["Enterprise", "Employees"])
        page.write_row(1, 0, ["Orrin Gear Works", 5])
        for row in range(2, 1_048_576, 64):
            page.write_blank(row, 0, None, style)

    assert len(read_sheets(book(fill), name="r.xlsx")[0].rows) == 2


def bomb() -> bytes:
    data = io.BytesIO()
    with (
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(320):
            part.write(bytes(1_000_000))
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "r.xlsx", "empty"),
        (book(far), "r.xlsx", "too far apart"),
        (bomb(), "r.xlsx", "unpacks to more"),
        (book(outside)[:900], "r.xlsx", "damaged or cut off"),
        (b"PK\x03\x04" + b"x" * 99, "r.ods", "damaged or cut off"),
        (b"\xd0\xcf\x11\xe0" + bytes(2000), "r.xls", "cannot be read"),
        (bytes(range(256)) * 9, "r.csv", "not text|no spreadsheet"),
        (b"\n,,\n\n", "r.csv", "no cell"),
        (b"a," * 600 + b"\n1", "r.csv", "more than the limit"),
    ],
)  # fmt: skip
def test_files_that_must_not_be_opened(data: bytes, name: str, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        read_sheets(data, name=name)
    assert caught.value.remedy


def test_separated_values_in_any_dress() -> None:
    text = "企业名称;职工人数\n甲公司;1,5\n=cmd|' /c calc'!A0;2\n"
    for data in (
        text.encode(),
        text.encode("gb18030"),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
    ):
        page = read_sheets(data, name="r.csv")[0]
        assert page.rows[1] == ("甲公司", "1,5")
        assert set(page.refused) == {"A3"}


def test_a_header_that_stands_twice_is_mapped_once_each() -> None:
    rows = [["Enterprise", "Employees", "Employees"], ["Orrin", "5", "6"]]
    assert [c.at for c in mapped(rows).column] == ["B", "C"]


def test_two_columns_of_one_header_and_meaning_are_not_taken() -> None:
    rows = [["Enterprise", "Employees", "Employees"], ["Orrin", "5", "6"]]
    page, made = sheet(rows), mapped(rows)
    assert any("stands in column B too" in one for one in problems(made, page))
    apart = msgspec.structs.replace(
        made, column=(made.column[0], msgspec.structs.replace(made.column[1], scope="Phase II"))
    )
    assert not any("stands in column" in one for one in problems(apart, page))


def test_lines_of_two_encodings_are_refused_and_those_of_one_are_not() -> None:
    head, one, two = "企业名称,职工人数\n", "甲厂,5\n", "乙厂,7\n"
    mixed = head.encode("gb18030") + one.encode() + two.encode("gb18030")
    with pytest.raises(ReadError, match="line 2 is in UTF-8, others are not"):
        read_sheets(mixed, name="r.csv")
    for encoding in ("gb18030", "utf-8", "utf-8-sig", "utf-16"):
        page = read_sheets((head + one + two).encode(encoding), name="r.csv")[0]
        assert page.rows[1][0] == "甲厂"
    assert read_sheets((head + "联通,5\n").encode("gb18030"), name="r.csv")[0].rows[1][0] == "联通"


def test_a_formula_that_nobody_worked_out_is_refused_and_an_empty_answer_is_not() -> None:
    part = (
        b'<c r="B2"><f>1+1</f><v></v></c><c r="B3"><f>A1</f></c><c r="B4" t="str"><f>T(A1)</f><v></v></c>'
        b'<c r="B5"><f>2+2</f><v>4</v></c><c r="B6"><v/></c>'
    )
    assert formulas(part, frozenset(), name="S").unworked == {"B2": "1+1", "B3": "A1"}


def test_dates_and_numbers_as_a_workbook_holds_them() -> None:
    def fill(made: Any, page: Any) -> None:
        page.write_row(0, 0, ["Enterprise", "Start date", "Employees", "Return rate (%)"])
        page.write(1, 0, "Orrin")
        page.write_datetime(
            1, 1, datetime(2020, 2, 24), made.add_format({"num_format": "yyyy-mm-dd"})
        )
        page.write(1, 2, 12.0)
        page.write(1, 3, 0.551, made.add_format({"num_format": "0%"}))

    page = read_sheets(book(fill), name="r.xlsx")[0]
    assert page.rows[1] == ("Orrin", "2020-02-24", "12", "0.551")


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise_anything_else(data: bytes) -> None:
    for head in (b"", b"PK\x03\x04"):
        with suppress(ReadError):
            read_sheets(head + data, name="r.csv")


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=5), min_size=1, max_size=6))
def test_no_sheet_makes_it_raise(rows: list[list[str]]) -> None:
    page = sheet(rows)
    found = draft(page).mapping
    if found is not None and not problems(found, page):
        taken = take(page, found, name="r")
        assert all(taken.document.text[c.start : c.end] == c.quote for c in taken.claims)


def test_addresses() -> None:
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert address(2, 27) == "AB3"


def test_returns_enter_the_ledger_once(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("\n".join(",".join(f'"{c}"' for c in row) for row in ROWS), encoding="utf-8")
    plan = suggest(path).mapping
    assert plan is not None
    with Ledger.open(tmp_path / "l", clock=lambda: "2026-01-01T00:00:00.000000Z") as ledger:
        first = add_returns(ledger, [path, tmp_path / "none.csv"], plan)
        assert [r.added.status if r.added else "failed" for r in first] == ["new", "failed"]
        assert [r.added.status for r in add_returns(ledger, [path], plan) if r.added] == ["same"]
        refused = [f.where for f in ledger.failures()]
        assert any(where.endswith("r!D5") for where in refused)
        assert any(e.claim.cell == "r!D3" for e in ledger.entries())
