"""The formulas of a sheet that give no value of their own: taken from outside the file, or never worked out.

Read from the raw parts of the archive, for a reader of spreadsheets gives values alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from nameplate.errors import ReadError

# What asks a program, a server or another file: DDE (app|topic!item), [1]Sheet!A1, the file:///x'#A1
# of OpenDocument, and functions.
_OUTSIDE = re.compile(
    r"\[[^\]]+\][^!]*!|\[[^\]]*'#|[A-Za-z.]+\s*\|[^!]*!|\b(?:DDE|WEBSERVICE|RTD|CALL"
    r"|REGISTER(?:\.ID)?|FILTERXML|IMPORTDATA|IMPORTXML|IMPORTHTML|IMPORTRANGE|SQL\.REQUEST)\s*\(",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    rb"<c\b([^>/]*)>\s*<f\b([^>]*?)(?:/>|>(.*?)</f>)\s*(<v[^>/]*>[^<]+</v>|<is\b)?", re.DOTALL
)
_DEFINED = re.compile(
    rb"""<(?:\w+:)?definedName [^>]*?name=["']([^"']*)["'][^>]*>(.*?)</(?:\w+:)?definedName>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"""\b(\w+)=["']([^"']*)["']""")
_CELLS = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
# What a formula must have in it to be looked at closely: a sheet may hold a million harmless ones.
_MAYBE = re.compile(
    rb"[\[|&!#]|DDE|WEBSERVICE|RTD|CALL|REGISTER|FILTERXML|IMPORT|SQL|CDATA", re.IGNORECASE
)
_SPREAD = 100_000
"""Most cells of one array formula."""


class Formulas(NamedTuple):
    """Cells by address with their formula: what comes from outside, and what has no value."""

    outside: dict[str, str]
    unworked: dict[str, str]


def asks_outside(formula: str) -> bool:
    """Whether a formula asks another program, server or file."""
    return _OUTSIDE.search(formula) is not None


def names_outside(workbook: bytes) -> frozenset[str]:
    """The names that a workbook gives to what lies outside of it."""
    found = (
        (name.decode("utf-8", "replace"), _plain(text)) for name, text in _DEFINED.findall(workbook)
    )
    return frozenset(unescape(name).lower() for name, text in found if asks_outside(text))


def formulas(part: bytes, names: frozenset[str], *, name: str) -> Formulas:
    """The formulas of an XLSX sheet; raises ReadError for one from outside in a cell without address.

    A value that was worked out as an empty text is there, and its cell says so by its type.
    """
    made, shared = Formulas({}, {}), dict[bytes, str]()
    if b"<f" not in part:
        return made
    for cell, about, text, value in _FORMULA.findall(part):
        worked = value or b't="str"' in cell
        if worked and not names and b"si=" not in about and not _MAYBE.search(text):
            continue
        given, of_cell = dict(_ATTRIBUTE.findall(about)), dict(_ATTRIBUTE.findall(cell))
        formula, group = _plain(text), given.get(b"si")
        if group is not None and given.get(b"t") == b"shared":
            formula = shared.setdefault(group, formula) or formula
        address = of_cell.get(b"r", b"").decode("utf-8", "replace").replace("$", "")
        if asks_outside(formula) or _names(formula) & names:
            if not address:
                raise ReadError(
                    "its cells have no addresses", where=name,
                    remedy="Open it in a spreadsheet program and save it anew.",
                )  # fmt: skip
            spread = given.get(b"ref", b"").decode("utf-8", "replace")
            of_all = spread if given.get(b"t") == b"array" else address
            made.outside.update(dict.fromkeys(_spread(of_all or address), formula))
        elif not value and of_cell.get(b"t") != b"str" and address:
            made.unworked[address] = formula
    return made


def _plain(text: bytes) -> str:
    return unescape(_CDATA.sub(r"\1", text.decode("utf-8", "replace")))


def _names(formula: str) -> set[str]:
    return set(re.findall(r"[\w.\\]+", formula.lower()))


def _spread(cells: str) -> Iterator[str]:
    found = _CELLS.fullmatch(cells)
    if found is None or found[3] is None:
        yield cells
        return
    left, right = _number(found[1]), _number(found[3])
    top, bottom = int(found[2]), int(found[4])
    if (right - left + 1) * (bottom - top + 1) > _SPREAD:
        yield f"{found[1]}{found[2]}"
        return
    from nameplate.read.sheet import address

    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield address(row - 1, column - 1)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
