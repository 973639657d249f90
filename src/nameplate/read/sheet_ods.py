"""What lies under the values of an OpenDocument sheet: merged cells, formulas, links to other files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from xml.parsers import expat

from nameplate.errors import ReadError
from nameplate.read.sheet_formulas import Formulas, asks_outside

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p"
_CELLS = frozenset({_TABLE + "table-cell", _TABLE + "covered-table-cell"})
_VALUES = tuple(
    _OFFICE + name
    for name in ("value", "string-value", "date-value", "boolean-value", "time-value")
)


class Under(NamedTuple):
    """Of one sheet: ranges of merged cells as in `Sheet`, its formulas, whether it is a link."""

    merged: list[tuple[int, int, int, int]]
    formulas: Formulas
    linked: bool


def under(content: bytes, *, name: str) -> list[Under]:
    """What lies under each sheet, in their order; raises ReadError for what is no XML."""
    if not any(word in content for word in (b"formula", b"spanned", b"table-source")):
        return []
    walk = _Walk()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ReadError(
            f"the spreadsheet is damaged or cut off ({error})", where=name, remedy="Fetch it again."
        ) from error
    return walk.sheets


class _Walk:
    """The place in the document while it is parsed."""

    def __init__(self) -> None:
        self.sheets: list[Under] = []
        self.depth = self.row = self.column = 0
        self.repeated, self.linked = 1, False
        self.waiting: tuple[str, str] | None = None

    def start(self, tag: str, about: Mapping[str, str]) -> None:
        """A tag opens."""
        if tag == _TABLE + "table":
            self.depth += 1
            if self.depth == 1:
                self.row = 0
                self.sheets.append(Under([], Formulas({}, {}), False))
        elif self.depth != 1:
            return
        elif tag == _TABLE + "table-row":
            self.repeated, self.column = _count(about, "number-rows-repeated"), 0
        elif tag in _CELLS:
            self._cell(about)
        elif tag == _TEXT:
            self.waiting = None
        elif tag == _TABLE + "table-source":
            self.sheets[-1] = self.sheets[-1]._replace(linked=True)

    def end(self, tag: str) -> None:
        """A tag closes."""
        if tag == _TABLE + "table":
            self.depth -= 1
        elif self.depth == 1 and tag == _TABLE + "table-row":
            self.row += self.repeated
        elif self.depth == 1 and tag in _CELLS and self.waiting is not None:
            self.sheets[-1].formulas.unworked[self.waiting[0]] = self.waiting[1]
            self.waiting = None

    def _cell(self, about: Mapping[str, str]) -> None:
        from nameplate.read.sheet import address

        sheet, row, column = self.sheets[-1], self.row, self.column
        self.column += _count(about, "number-columns-repeated")
        down = _count(about, "number-rows-spanned")
        across = _count(about, "number-columns-spanned")
        if down > 1 or across > 1:
            sheet.merged.append((row, column, row + down - 1, column + across - 1))
        formula = about.get(_TABLE + "formula")
        if formula is None:
            return
        if asks_outside(formula):
            sheet.formulas.outside[address(row, column)] = formula
        elif not any(value in about for value in _VALUES):
            self.waiting = address(row, column), formula


def _count(about: Mapping[str, str], name: str) -> int:
    given = about.get(_TABLE + name, "1")
    return int(given) if given.isdecimal() and len(given) < 8 else 1
