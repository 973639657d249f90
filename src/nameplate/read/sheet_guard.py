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

# A cell that does not close itself; one that does has a style alone.
_CELL = re.compile(rb"<c ([^>/]*)>")
_ADDRESS = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})""")
_FILLED = (b"<v>", b"<v ", b"<is>", b"<is ", b"<f>", b"<f ")
_REPEATED = re.compile(
    rb'number-(?:columns|rows)-repeated="(\d+)"[^>]*(?:office:value|office:string-value)'
)
_PARTS = re.compile(
    r"xl/worksheets/[^/]+\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|content\.xml",
    re.IGNORECASE,
)
_PREFIX = re.compile(rb"<(\w+):worksheet\b")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_ID = re.compile(rb"""\w+:id=["']([^"']*)["']""")
_TARGET = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")


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


def part_of_sheet(parts: dict[str, bytes], index: int, *, name: str) -> bytes:
    """The part that holds the cells of the sheet at ``index``; empty in an archive of binary parts.

    Raises ReadError for a workbook in which it is not told: its cells could not be weighed.
    """
    if "content.xml" in parts:
        return parts["content.xml"]
    if "xl/workbook.xml" not in parts:
        return b""
    ids = [
        found[1] for tag in _SHEET.findall(parts["xl/workbook.xml"]) if (found := _ID.search(tag))
    ]
    targets = {}
    for tag in _TARGET.findall(parts.get("xl/_rels/workbook.xml.rels", b"")):
        key = re.search(rb"""\bId=["']([^"']*)""", tag)
        target = re.search(rb"""\bTarget=["']([^"']*)""", tag)
        if key and target:
            path = target[1].decode("utf-8", "replace").lstrip("/")
            targets[key[1]] = path if path.startswith("xl/") else f"xl/{path}"
    part = parts.get(targets.get(ids[index], "")) if index < len(ids) else None
    if part is None:
        _refuse(
            "its parts do not say where the cells of the sheet are", name,
            "Open it in a spreadsheet program and save it anew",
        )  # fmt: skip
    return part


def filled(part: bytes) -> bytes:
    """The part of an XLSX sheet up to its last filled cell, without prefixes; another part as it is.

    A million rows that hold a style and nothing else are cut off at once.
    """
    named = _PREFIX.search(part[:2_000])
    if named is not None:
        part = part.replace(b"<" + named[1] + b":", b"<").replace(b"</" + named[1] + b":", b"</")
    elif b"<worksheet" not in part[:2_000]:
        return part
    last = max(part.rfind(sign) for sign in _FILLED)
    end = part.find(b"</c>", last) if last >= 0 else -1
    return part[: end + 4] if end >= 0 else part[: max(0, last)]


def check_grid(part: bytes, *, name: str) -> None:
    """Refuse a sheet whose filled cells lie so far apart that its grid would not fit in memory;
    ``part`` is what `filled` leaves of it."""
    columns: set[bytes] = set()
    rows = {0}
    for column, row in _ADDRESS.findall(b">".join(_CELL.findall(part))):
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


def _refuse(problem: str, name: str, remedy: str) -> NoReturn:
    raise ReadError(problem, where=name, remedy=f"{remedy}.")
