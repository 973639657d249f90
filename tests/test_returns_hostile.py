"""Spreadsheets that mean harm, or are only made without care: each cell and file is refused by name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nameplate.claim.returns import draft, take
from nameplate.claim.returns.take import Return
from nameplate.cli.app import register
from nameplate.errors import ReadError
from nameplate.read import read_bytes
from nameplate.read.sheet import Sheet, read_sheets
from nameplate.read.sheet_guard import filled

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TAG = '<sheet name="S" sheetId="1" r:id="rId1"/>'
HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Enterprise</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Employees</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>Exports (USD million)</t></is></c></row>'
)


def text(at: str, said: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{said}</t></is></c>'


def xlsx(
    rows: str, *, after: str = "", sheets: str = SHEET_TAG, names: str = "", root: str = "worksheet"
) -> bytes:
    """A workbook of one sheet with these rows, written by hand."""
    data = io.BytesIO()
    prefix = root.partition(":")[0] if ":" in root else ""
    space = f'xmlns:{prefix}="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    tag = f"{prefix}:" if prefix else ""
    body = f"<{root} {space}><{tag}sheetData>{rows}</{tag}sheetData>{after}</{root}>"
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{sheets}</sheets>{names}</workbook>'
    kind = f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    top = f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/>'
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{space}">{top}</Relationships>')
        archive.writestr("xl/workbook.xml", book)
        rels = f'<Relationships xmlns="{space}">{kind}</Relationships>'
        archive.writestr("xl/_rels/workbook.xml.rels", rels)
        archive.writestr("xl/worksheets/sheet1.xml", body)
    return data.getvalue()


def ods(rows: str, before: str = "") -> bytes:
    """An OpenDocument spreadsheet of one sheet."""
    data = io.BytesIO()
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    table = f"<table:table table:name='S'>{before}{rows}</table:table>"
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED
        )
        link = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
        content = f"<office:document-content {spaces} {link}>{body}</office:document-content>"
        archive.writestr("content.xml", content)
        space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{space}"/>')
    return data.getvalue()


def line(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(said: str | int, more: str = "") -> str:
    kind = 'office:value-type="string"'
    if isinstance(said, int):
        kind = f'office:value-type="float" office:value="{said}"'
    return f"<table:table-cell {kind} {more}><text:p>{said}</text:p></table:table-cell>"


def taken(data: bytes, name: str = "r.xlsx") -> Return:
    page = read_sheets(data, name=name)[0]
    mapping = draft(page).mapping
    assert mapping is not None
    return take(page, mapping, name=name)


# Formulas


@pytest.mark.parametrize(
    "formula",
    [
        "<f>cmd|'/c calc'!A0</f>",
        "<f>[1]Sheet1!A1</f>",
        "<f>&#91;1]Sheet1!A1</f>",
        "<f><![CDATA[[1]Sheet1!A1]]></f>",
        "<f>DDE(\"excel\";\"a\";\"b\")</f>",
        "<f ca='1'>WEBSERVICE(\"http://x/\")</f>",
        "<f>1+Ext</f>",
    ],
)  # fmt: skip
def test_a_formula_from_outside_is_seen_however_it_is_written(formula: str) -> None:
    names = "<definedNames><definedName name='Ext'>[1]Sheet1!$A$1</definedName></definedNames>"
    rows = f"{HEAD}<row r='2'>{text('A2', 'Orrin Gear Works')}<c r='B2'>{formula}<v>5</v></c></row>"
    for root, shaped in (("worksheet", rows), ("y:worksheet", _prefixed(rows))):
        found = taken(xlsx(shaped, names=names, root=root))
        assert [(r.cell, r.code) for r in found.refused] == [("S!B2", "cell_outside")], root
        assert not [c for c in found.claims if c.measure]


def _prefixed(rows: str) -> str:
    for tag in ("row", "c", "v", "is", "t", "f"):
        for end in (" ", ">"):
            rows = rows.replace(f"<{tag}{end}", f"<y:{tag}{end}")
        rows = rows.replace(f"</{tag}>", f"</y:{tag}>")
    return rows


def test_cells_that_share_a_formula_or_lie_in_its_array_are_refused_too() -> None:
    rows = HEAD + "".join(
        f"<row r='{r}'>{text(f'A{r}', f'Firm {r} Ltd')}<c r='B{r}'>{b}<v>5</v></c><c r='C{r}'>{c}<v>7</v></c></row>"
        for r, b, c in (
            (2, "<f t='shared' ref='B2:B3' si='0'>[1]S!A1</f>", "<f t='array' ref='C2:C3'>[1]S!A1:A2</f>"),
            (3, "<f t='shared' si='0'/>", ""),
            (4, "<f>2+3</f>", ""),
        )
    )  # fmt: skip
    found = taken(xlsx(rows))
    assert {r.cell for r in found.refused} == {"S!B2", "S!B3", "S!C2", "S!C3"}
    assert {c.cell for c in found.claims} == {"S!B4", "S!C4"}


def test_formulas_and_links_of_opendocument_are_seen() -> None:
    head = line(cell("Enterprise"), cell("Employees"), cell("Exports (USD million)"))
    dde = 'table:formula="of:=DDE(&quot;soffice&quot;;&quot;/etc/passwd&quot;;&quot;a&quot;)"'
    far = "table:formula=\"of:=['file:///home/x.ods'#$Sheet1.A1]\""
    own = 'table:formula="of:=[.B2]+1"'
    rows = head + line(cell("A Gears Ltd"), cell(5, dde), cell(6, far))
    rows += line(cell("B Gears Ltd"), cell(7, own), cell(8))
    found = taken(ods(rows), "r.ods")
    assert {(r.cell, r.code) for r in found.refused} == {
        ("S!B2", "cell_outside"), ("S!C2", "cell_outside"),
    }  # fmt: skip
    assert {c.cell for c in found.claims} == {"S!B3", "S!C3"}
    link = '<table:table-source xlink:href="file:///x.ods" table:table-name="T"/>'
    linked = taken(ods(rows, before=link), "r.ods")
    assert not linked.claims and {r.code for r in linked.refused} == {"cell_linked"}


def test_a_sheet_whose_cells_cannot_be_weighed_is_not_read() -> None:
    good = f"{HEAD}<row r='2'>{text('A2', 'Orrin Gear Works')}<c r='B2'><v>5</v></c></row>"
    assert len(taken(xlsx(good, sheets="<sheet r:id='rId1' sheetId='1' name='S'/>")).claims) == 1
    rows = good.replace("<v>5", "<f>[1]S!A1</f><v>5").replace("<c r='B2'>", "<c>")
    with pytest.raises(ReadError, match="no addresses"):
        read_sheets(xlsx(rows), name="r.xlsx")


# Many rows


def test_a_million_rows_with_nothing_but_a_style_are_cut_off_before_they_are_looked_at() -> None:
    styled = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 60_000))
    body = f'<worksheet xmlns="{MAIN}"><sheetData>{HEAD}{styled}</sheetData></worksheet>'.encode()
    assert len(filled(body)) < 600
    last = (
        styled
        + f'<row r="60000">{text("A60000", "Last Gears Ltd")}<c r="B60000"><v>5</v></c></row>'
    )
    found = taken(xlsx(HEAD + last))
    assert [c.cell for c in found.claims] == ["S!B60000"]


def test_a_stray_cell_at_the_end_says_what_to_do() -> None:
    rows = f'{HEAD}<row r="1048576">{text("A1048576", "x")}</row>'
    with pytest.raises(ReadError, match=r"1,048,576 rows.*Delete stray cells"):
        read_sheets(xlsx(rows), name="r.xlsx")


# Merged cells


def merged(*ranges: tuple[int, int, int, int], rows: list[list[str]] | None = None) -> Return:
    table = rows or [
        ["Enterprise", "Employees", "Exports (USD million)"],
        ["Orrin Gear Works", "120", "5"],
        ["Harlan Pumps Ltd", "30", "6"],
        ["Total", "", "11"],
        ["Sable Lamps Ltd", "8", "7"],
    ]
    page = Sheet(name="S", rows=tuple(map(tuple, table)), merged=ranges)
    mapping = draft(page).mapping
    assert mapping is not None
    return take(page, mapping, name="r")


@pytest.mark.parametrize(
    ("range", "cell", "code"),
    [
        ((2, 1, 3, 1), "S!B3", "cell_merged_total"),
        ((1, 1, 3, 1), "S!B2", "cell_merged_total"),
        ((1, 1, 2, 1), "S!B2", "cell_merged_rows"),
        ((1, 1, 1, 2), "S!B2", "cell_merged_columns"),
        ((3, 2, 4, 2), "S!C4", "cell_merged_total"),
    ],
)
def test_a_figure_merged_with_a_total_or_with_another_is_refused(
    range: tuple[int, int, int, int], cell: str, code: str
) -> None:
    found = merged(range)
    assert [(r.cell, r.code) for r in found.refused] == [(cell, code)]
    assert cell not in {c.cell for c in found.claims}
    assert "split the cells" in found.refused[0].reason


def test_merged_cells_that_say_one_thing_are_taken() -> None:
    assert len(merged().claims) == 6
    one = [
        ["Enterprise", "Employees", "Exports (USD million)"],
        ["Orrin Gear Works", "120", "5"],
        ["", "", "6"],
        ["Note: as of June", "", ""],
    ]
    found = merged((1, 0, 2, 0), (1, 1, 2, 1), (3, 0, 3, 2), rows=one)
    assert not found.refused and {c.cell for c in found.claims} == {"S!B2", "S!C2", "S!C3"}


def test_merged_cells_of_opendocument_are_known() -> None:
    down = 'table:number-rows-spanned="2" table:number-columns-spanned="1"'
    rows = line(cell("Enterprise"), cell("Employees")) + line(cell("A Gears Ltd"), cell(5))
    rows += line(cell("B Gears Ltd"), cell(30, down))
    rows += line(cell("Total"), "<table:covered-table-cell/>")
    found = taken(ods(rows), "r.ods")
    assert [(r.cell, r.code) for r in found.refused] == [("S!B3", "cell_merged_total")]


def test_merged_cells_without_end_are_refused() -> None:
    body = "".join(f'<mergeCell ref="B{n}:B90000"/>' for n in range(2, 300))
    rows = HEAD + f'<row r="90000">{text("A90000", "x")}</row>'
    after = f"<mergeCells>{body}</mergeCells>"
    with pytest.raises(ReadError, match="over one another"):
        read_sheets(xlsx(rows, after=after), name="r.xlsx")


def test_the_command_shows_the_merged_cell_and_its_reason(tmp_path: Path) -> None:
    rows = HEAD + "".join(
        f"<row r='{r}'>{text(f'A{r}', name)}{b}<c r='C{r}'><v>{r}</v></c></row>"
        for r, name, b in (
            (2, "Orrin Gear Works", "<c r='B2'><v>5</v></c>"),
            (3, "Harlan Pumps Ltd", "<c r='B3'><v>30</v></c>"),
            (4, "Total", "<c r='B4'/>"),
        )
    )
    path = tmp_path / "r.xlsx"
    path.write_bytes(
        xlsx(rows, after="<mergeCells count='1'><mergeCell ref='B3:B4'/></mergeCells>")
    )
    runner = CliRunner()
    drafted = runner.invoke(register(), ["mapping", "suggest", str(path)])
    plan = tmp_path / "m.toml"
    plan.write_text(drafted.stdout, encoding="utf-8")
    shown = runner.invoke(register(), ["mapping", "check", str(path), "--mapping", str(plan)])
    assert shown.exit_code == 1, shown.stderr
    assert "S!B3: '30' was not taken: it is merged with a row of totals (B3:B4)" in shown.stderr


@pytest.mark.parametrize("media", [None, "text/csv", "application/vnd.ms-excel"])
def test_a_table_is_no_report_whatever_a_browser_calls_it(media: str | None) -> None:
    with pytest.raises(ReadError, match="table of separated values"):
        read_bytes(b"Enterprise,Employees\nOrrin,5\n", name="r.csv", media_type=media)
    told = read_bytes(b"The plant made 5,000 cars.", name="r.csv", media_type="text/plain")
    assert "5,000" in told.text
