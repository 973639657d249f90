"""Tables for other programs: CSV and XLSX, safe from formula injection."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from nameplate.errors import UsageError
from nameplate.export.cells import cell
from nameplate.model import Record

Cell = str | int | Decimal | None

_EXACT = 15
"""Digits that a spreadsheet's number keeps; one of more is written as text."""
_WIDEST, _NARROWEST = 60, 8
_LONGEST = 32_000
"""Characters that a cell of XLSX can hold, about."""
_ROWS = 1_000_000
"""Rows of one sheet of XLSX, about."""


class Table(Record, frozen=True, kw_only=True):
    """A table with the names of its columns; ``name`` is that of the sheet."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_csv(table: Table) -> bytes:
    """UTF-8 with a mark by which spreadsheet programs know it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([cell(name) for name in table.head])
    for row in table.rows:
        writer.writerow([f"{v:f}" if isinstance(v, Decimal) else cell(v) for v in row])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def as_xlsx(table: Table) -> bytes:
    """A workbook of one sheet: figures as numbers, everything else as text and never as a formula."""
    import xlsxwriter

    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {**plain, "in_memory": True}) as book:
        sheet = book.add_worksheet(_sheet_name(table.name))
        bold, whole = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        for column, name in enumerate(table.head):
            sheet.write_string(0, column, cell(name), bold)
            sheet.set_column(column, column, _width(table, column))
        for number, row in enumerate(table.rows[:_ROWS], 1):
            for column, value in enumerate(row):
                if isinstance(value, int | Decimal) and _is_exact(Decimal(value)):
                    figure = Decimal(value)
                    large = abs(figure) >= 10_000 and figure == figure.to_integral_value()
                    sheet.write_number(number, column, float(value), whole if large else None)
                elif value is not None and value != "":
                    text = f"{value:f}" if isinstance(value, Decimal) else cell(value)
                    sheet.write_string(number, column, text[:_LONGEST])
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def write_table(table: Table, path: Path) -> None:
    """Write the table to a file, as its suffix says; raises `UsageError` for any other."""
    writers = {".csv": as_csv, ".xlsx": as_xlsx}
    write = writers.get(path.suffix.lower())
    if write is None:
        remedy = "Name a file that ends in .csv or .xlsx; --json prints JSON."
        raise UsageError(f"a table cannot be written as {path.suffix!r}", remedy=remedy)
    try:
        path.write_bytes(write(table))
    except OSError as error:
        problem = f"the table cannot be written ({error.strerror})"
        raise UsageError(problem, where=str(path), remedy="Check the folder.") from error


def _is_exact(value: Decimal) -> bool:
    return value.is_finite() and len(value.normalize().as_tuple().digits) <= _EXACT


def _sheet_name(name: str) -> str:
    return "".join(sign for sign in name if sign.isalnum() or sign in " -_")[:31] or "table"


def _width(table: Table, column: int) -> int:
    texts: Sequence[str] = [str(row[column] or "")[:200] for row in table.rows[:200]]
    longest = max((len(text) for text in (*texts, table.head[column])), default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 2))
