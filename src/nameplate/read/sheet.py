"""A spreadsheet's bytes to sheets of cells: XLSX, XLSB, XLS, ODS and CSV.

A cell is kept as the text that stands in it: a number in its shortest form, a date as ISO 8601. What
a mapping makes of them is not decided here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any

from nameplate.errors import ReadError
from nameplate.lexicon.messages import told
from nameplate.model import Record
from nameplate.read.decode import decode
from nameplate.read.record import DEFAULT, Limits
from nameplate.read.sheet_formulas import Formulas, asks_outside, formulas, names_outside
from nameplate.read.sheet_guard import check_grid, filled, part_of_sheet, weighed
from nameplate.read.sheet_ods import Under, under

ROWS = 200_000
"""Most rows of a sheet; the districts of a province file 100,000."""
COLUMNS = 500
SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv"})
_SIGNS = ("=", "@", "+", "-")


class Sheet(Record, frozen=True, kw_only=True):
    """One sheet: ``rows`` of cell texts from A1 on, "" for an empty cell.

    ``merged`` are ranges of one cell as (first row, first column, last row, last column), from 0.
    ``refused`` are cells that must not be taken, by address, with the reason.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    refused: dict[str, str] = {}

    def at(self, row: int, column: int) -> str:
        """The text of a cell, "" outside the sheet."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else ""


def letters(column: int) -> str:
    """The name of a column, from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """The address of a cell, both from 0: (0, 2) is C1."""
    return f"{letters(column)}{row + 1}"


def read_sheets(data: bytes, *, name: str, limits: Limits = DEFAULT) -> list[Sheet]:
    """All visible sheets with something in them; raises ReadError with the place and the remedy."""
    if not data:
        raise ReadError("the file is empty", where=name, remedy="Fetch or save it again.")
    if len(data) > limits.size:
        raise ReadError(
            f"{len(data) / 1e6:,.1f} MB is more than the limit of {limits.size / 1e6:,.1f} MB",
            where=name,
            remedy="Split it into one file a sheet, or raise the limit on size.",
        )
    office = data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    sheets = _workbook(data, name) if office else [_separated(data, name)]
    filled = [sheet for sheet in sheets if any(map(any, sheet.rows))]
    if not filled:
        raise ReadError("no cell is filled", where=name, remedy="Check that it was saved whole.")
    return filled


def _workbook(data: bytes, name: str) -> list[Sheet]:
    import python_calamine as calamine

    parts = weighed(data, name=name) if data.startswith(b"PK") else {}
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            below = under(parts["content.xml"], name=name) if "content.xml" in parts else []
            return [
                _sheet(book, index, (parts, below), name)
                for index, about in enumerate(book.sheets_metadata)
                if about.typ == calamine.SheetTypeEnum.WorkSheet
                and about.visible == calamine.SheetVisibleEnum.Visible
            ]
    except calamine.PasswordError as error:
        raise ReadError(
            "it is locked with a password", where=name, remedy="Save a copy without the password."
        ) from error
    except calamine.CalamineError as error:
        raise ReadError(
            f"the spreadsheet cannot be read ({error})", where=name,
            remedy="Open it in a spreadsheet program and save it anew.",
        ) from error  # fmt: skip


def _sheet(book: Any, index: int, raw: tuple[dict[str, bytes], list[Under]], name: str) -> Sheet:
    where = f"{name}!{book.sheet_names[index]}"
    parts, below = raw
    part = filled(part_of_sheet(parts, index, name=where))
    check_grid(part, name=where)
    sheet = book.get_sheet_by_index(index)
    rows = _trimmed(
        [tuple(map(_text, row)) for row in sheet.to_python(skip_empty_area=False)], where
    )
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    if "content.xml" in parts:
        ods = below[index] if index < len(below) else Under([], Formulas({}, {}), False)
        refused = _refusals(ods.formulas) | (_linked(rows) if ods.linked else {})
        return Sheet(
            name=sheet.name,
            rows=rows,
            merged=_clipped([*merged, *ods.merged], rows, where),
            refused=refused,
        )
    names = names_outside(parts.get("xl/workbook.xml", b""))
    refused = _refusals(formulas(part, names, name=where))
    return Sheet(name=sheet.name, rows=rows, merged=_clipped(merged, rows, where), refused=refused)


def _clipped(
    merged: Sequence[tuple[int, int, int, int]], rows: Sequence[object], where: str
) -> tuple[tuple[int, int, int, int], ...]:
    """The merged ranges as far as the sheet goes; raises ReadError for more than could be real."""
    last = len(rows) - 1
    kept = tuple(
        (top, left, min(bottom, last), min(right, COLUMNS))
        for top, left, bottom, right in merged
        if top <= last
    )
    if sum(bottom - top + 1 for top, _, bottom, _ in kept) > ROWS * COLUMNS // 10:
        raise ReadError(
            f"its {len(kept):,} merged cells lie over one another", where=where,
            remedy="Split them in a spreadsheet program and save it anew.",
        )  # fmt: skip
    return kept


def _refusals(found: Formulas) -> dict[str, str]:
    """The reasons for cells whose formulas give no value of the file's own."""
    unworked = {
        cell: told("cell_unworked", what=repr(formula[:60]))
        for cell, formula in found.unworked.items()
    }
    return unworked | {
        cell: told("cell_outside", what=repr(formula[:60]))
        for cell, formula in found.outside.items()
    }


def _linked(rows: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """The reasons for a sheet that is another file's, shown here by a link."""
    why = told("cell_linked")
    return {address(r, c): why for r, row in enumerate(rows) for c, cell in enumerate(row) if cell}


def _separated(data: bytes, name: str) -> Sheet:
    """A file of separated values; the separator is what the first lines have most alike."""
    _check_encoding(data, name)
    text = decode(data, name=name).removeprefix("\ufeff")
    if "\0" in text:
        raise ReadError(
            "this is no spreadsheet and no text", where=name, remedy="Give XLSX, ODS or CSV."
        )
    try:
        rows = [
            tuple(cell.strip() for cell in row)
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
        ]
    except csv.Error as error:
        raise ReadError(
            f"the values cannot be told apart ({error})", where=name,
            remedy="Save it as XLSX, or as CSV with commas.",
        ) from error  # fmt: skip
    refused = {
        address(r, c): told("cell_formula", what=repr(cell[:60]))
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell[:1] in _SIGNS and _is_formula(cell)
    }
    return Sheet(name=PurePath(name).stem, rows=_trimmed(rows, name), refused=refused)


_UTF8_WORDS = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){2,}")
_OTHER = re.compile(rb"[\x80-\xff]")


def _check_encoding(data: bytes, name: str) -> None:
    """Refuse a file whose lines are not of one encoding: some would be read as other words."""
    if b"\0" in data or data[:3] == b"\xef\xbb\xbf":
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return
    for number, line in enumerate(data.splitlines(), 1):
        if _UTF8_WORDS.search(line) and not _OTHER.search(_UTF8_WORDS.sub(b"", line)):
            raise ReadError(
                f"line {number} is in UTF-8, others are not: the file mixes encodings",
                where=name, remedy="Save it anew as CSV in UTF-8, or as XLSX.",
            )  # fmt: skip


def _separator(text: str) -> str:
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    return max(",\t;|", key=lambda sign: min((line.count(sign) for line in lines), default=0))


def _is_formula(cell: str) -> bool:
    """A text that a spreadsheet program would run: "=1+1", "@SUM(A1)", "+cmd|' /c calc'!A0"."""
    if cell[0] in "=@":
        return len(cell) > 1
    return asks_outside(cell)


def _trimmed(rows: Sequence[tuple[str, ...]], where: str) -> tuple[tuple[str, ...], ...]:
    """Rows up to the last one with something in it; raises ReadError for too many."""
    last = max((i for i, row in enumerate(rows) if any(row)), default=-1)
    width = max((len(row) for row in rows[: last + 1]), default=0)
    if last >= ROWS or width > COLUMNS:
        raise ReadError(
            f"{last + 1:,} rows by {width:,} columns are more than the limit of "
            f"{ROWS:,} by {COLUMNS:,}",
            where=where,
            remedy="Delete stray cells below and beside the return, or split it into several.",
        )
    return tuple(rows[: last + 1])


def _text(value: Any) -> str:
    """What stands in a cell; floats that are whole numbers lose their point."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if not isinstance(value, timedelta) else f"{value.total_seconds():.15g} s"
