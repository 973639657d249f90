"""Spreadsheet files are archives made by others: what is in them is weighed before it is opened.

An archive may unpack to far more than it holds, a stray cell in the last corner makes a grid of
billions, and a formula may ask another program or another file for its value. All three are seen
here, from the raw parts of the archive, before any reader takes the file in.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import NoReturn

from nameplate.errors import ReadError

UNPACKED = 300_000_000
"""Most bytes that a spreadsheet's parts may come to; a year's return of a province has 50 million."""
PARTS = 5_000
"""Most files in the archive."""
GRID = 20_000_000
"""Most cells between the first and the last one that is filled."""

# A cell with something in it: one that has a style alone closes itself.
_CELL = re.compile(rb'<(?:x:)?c [^>]*?r="([A-Z]{1,3})(\d{1,7})"(?:[^>]*[^/>])?>')
_FORMULA = re.compile(
    rb'<(?:x:)?c [^>]*?r="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<(?:x:)?f[^>]*>([^<]*)</(?:x:)?f>'
)
_UNWORKED = re.compile(
    rb'<(?:x:)?c ([^>]*?)r="([A-Z]{1,3}\d{1,7})"([^>]*)>\s*<(?:x:)?f[^>]*>([^<]*)</(?:x:)?f>\s*'
    rb"(?:<(?:x:)?v\s*/>|<(?:x:)?v></(?:x:)?v>)?\s*</(?:x:)?c>"
)
_REPEATED = re.compile(
    rb'number-(?:columns|rows)-repeated="(\d+)"[^>]*(?:office:value|office:string-value)'
)
_PARTS = re.compile(
    r"xl/worksheets/[^/]+\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|content\.xml",
    re.IGNORECASE,
)
_NAMED = re.compile(rb'<(?:x:)?sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_TARGET = re.compile(rb"<Relationship [^>]*>")
# What asks a program, a server or another file: DDE (app|topic!item), [1]Sheet!A1, and functions.
_OUTSIDE = re.compile(
    r"\[[^\]]+\][^!]*!|[A-Za-z.]+\s*\|[^!]*!|\b(?:DDE|WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|FILTERXML"
    r"|IMPORTDATA|IMPORTXML|IMPORTHTML|IMPORTRANGE|SQL\.REQUEST)\s*\(",
    re.IGNORECASE,
)


def weighed(data: bytes, *, name: str) -> dict[str, bytes]:
    """The parts of the archive that hold cells; raises ReadError for one that must not be opened.

    Sizes are counted while unpacking, for the archive's own word for them may be false.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(info.flag_bits & 1 for info in archive.infolist()):
                _refuse("it is locked with a password", name, "Save a copy without the password")
            return _unpacked(archive, name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise ReadError(
            f"the spreadsheet is damaged or cut off ({error})", where=name, remedy="Fetch it again."
        ) from error


def _unpacked(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    kept: dict[str, bytes] = {}
    total = 0
    if len(archive.infolist()) > PARTS:
        _refuse(
            f"it has more than {PARTS:,} parts", name, "Save it anew from a spreadsheet program"
        )
    for info in archive.infolist():
        with archive.open(info) as part:
            keep = _PARTS.fullmatch(info.filename)
            pieces = []
            while piece := part.read(1_000_000):
                total += len(piece)
                if total > UNPACKED:
                    _refuse(
                        f"it unpacks to more than {UNPACKED / 1e6:,.0f} MB", name,
                        "Save only the sheet with the return, as CSV if need be",
                    )  # fmt: skip
                if keep:
                    pieces.append(piece)
            if keep:
                kept[info.filename] = b"".join(pieces)
    return kept


def part_of_sheet(parts: dict[str, bytes], index: int) -> bytes:
    """The part that holds the cells of the sheet at ``index``; empty where that cannot be told."""
    if "content.xml" in parts:
        return parts["content.xml"]
    ids = [found[1] for found in _NAMED.findall(parts.get("xl/workbook.xml", b""))]
    targets = {}
    for tag in _TARGET.findall(parts.get("xl/_rels/workbook.xml.rels", b"")):
        key, target = re.search(rb'Id="([^"]*)"', tag), re.search(rb'Target="([^"]*)"', tag)
        if key and target:
            targets[key[1]] = target[1].decode("utf-8", "replace").lstrip("/").removeprefix("xl/")
    wanted = targets.get(ids[index], "") if index < len(ids) else ""
    return parts.get(f"xl/{wanted}", b"")


def check_grid(part: bytes, *, name: str) -> None:
    """Refuse a sheet whose filled cells lie so far apart that its grid would not fit in memory."""
    columns: set[bytes] = set()
    rows = {0}
    for column, row in _CELL.findall(part):
        columns.add(column)
        rows.add(int(row))
    width = max(map(_number, columns), default=0)
    repeated = max((int(n) for n in _REPEATED.findall(part)), default=0)
    if width * max(rows) > GRID or repeated > GRID // 1000:
        _refuse(
            f"its cells lie too far apart: {max(rows):,} rows by {width:,} columns", name,
            "Delete the stray cells below and beside the return",
        )  # fmt: skip


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def outside(part: bytes) -> dict[str, str]:
    """Cells whose value a formula takes from outside the file, by address, with the formula."""
    if b"<f" not in part and b":f" not in part:
        return {}
    found = ((a.decode(), f.decode("utf-8", "replace")) for a, f in _FORMULA.findall(part))
    return {address: formula for address, formula in found if asks_outside(formula)}


def unworked(part: bytes) -> dict[str, str]:
    """Cells of a workbook's sheet with a formula whose value nobody worked out, by address. A value
    that was worked out as an empty text is there, and says so by its type."""
    if b"<f" not in part and b":f" not in part:
        return {}
    return {
        address.decode(): formula.decode("utf-8", "replace")
        for before, address, after, formula in _UNWORKED.findall(part)
        if b't="str"' not in before + after
    }


def asks_outside(formula: str) -> bool:
    """Whether a formula asks another program, server or file."""
    return _OUTSIDE.search(formula) is not None


def _refuse(problem: str, name: str, remedy: str) -> NoReturn:
    raise ReadError(problem, where=name, remedy=f"{remedy}.")
