"""A mapping drafted from a sheet: where its headers stand, and what each column gives."""

from __future__ import annotations

import re

import msgspec

from nameplate.claim.returns.header import Reading, Table, note_of_unit, read_header
from nameplate.claim.returns.mapping import Column, Mapping, header_at
from nameplate.find.fold import fold
from nameplate.find.time import find_times
from nameplate.lexicon.headers import Header
from nameplate.lexicon.measures import measures
from nameplate.lexicon.messages import told
from nameplate.lexicon.titles import title_of, titles
from nameplate.model import Record
from nameplate.read.sheet import Sheet, letters

_LOOK = 15
"""Rows among which headers are looked for."""
_NUMBER = re.compile(r"[-+]?[\d,.]+%?")
_COUNTING = frozenset({"enterprises", "count", "facilities"})
_CODES = re.compile(r"[甲乙丙丁]|\d{1,2}|[A-Z]|[(（]\d{1,2}[)）]")
_FIRST = ("project", "line", "plant", "company", "park", "place")
"""Whose a row's figures are where several columns name something: the nearest comes first."""


class Draft(Record, frozen=True, kw_only=True):
    """A drafted mapping, or None where no column says whose the figures are; columns left out by
    letter with the reason; and what to look at before it is used."""

    mapping: Mapping | None
    left_out: dict[str, str] = {}
    notes: tuple[str, ...] = ()


def draft(sheet: Sheet) -> Draft:
    """The likeliest mapping of a sheet."""
    rows = header_rows(sheet)
    if rows is None:
        return Draft(mapping=None, notes=(told("note_headers"),))
    note = next((n for r in range(rows[1]) for c in sheet.rows[r] if (n := note_of_unit(c))), None)
    table = Table(note, (_when(sheet, rows) or "")[:4] or None)
    width = max(len(row) for row in sheet.rows)
    texts = {c: header_at(sheet, rows, c) for c in range(width)}
    read = {c: read_header(t, at=letters(c), table=table) for c, t in texts.items() if t}
    return _assembled(sheet, rows, texts, read)


def header_rows(sheet: Sheet) -> tuple[int, int] | None:
    """First and last row of headers, from 1: the row with most headers that are understood, with
    the rows that merged cells tie to it."""
    scores = [_understood(row) for row in sheet.rows[:_LOOK]]
    if not scores or max(scores) < 2:
        return None
    first = last = scores.index(max(scores))
    for top, left, bottom, right in sheet.merged:
        if top <= last <= bottom or (top == first - 1 and right > left and _is_band(sheet, top)):
            first, last = min(first, top), max(last, bottom)
    while last + 1 < len(sheet.rows) and _goes_on(sheet, last + 1):
        last += 1
    return first + 1, last + 1


def _understood(row: tuple[str, ...]) -> int:
    return sum(
        1
        for cell in row
        if cell and len(cell) <= 60 and not _NUMBER.fullmatch(cell) and read_header(cell, at="A")
    )


def _is_band(sheet: Sheet, row: int) -> bool:
    """Whether a row bands columns together rather than being the title of the whole."""
    return sum(1 for cell in sheet.rows[row] if cell) > 1


def _goes_on(sheet: Sheet, row: int) -> bool:
    """Whether a row still belongs to the headers: it names no subject, only parts of what stands
    above, or it numbers the columns (甲, 乙, 1, 2)."""
    cells = [cell for cell in sheet.rows[row] if cell]
    if not cells:
        return False
    if len(cells) > 1 and all(_CODES.fullmatch(cell) for cell in cells):
        return _counts_up(cells)
    empty_first = not sheet.at(row, 0) and not sheet.at(row, 1)
    return (
        empty_first
        and not any(_NUMBER.fullmatch(c) for c in cells)
        and _understood(tuple(cells)) > 0
    )


def _counts_up(cells: list[str]) -> bool:
    numbers = [int(n) for cell in cells if (n := cell.strip("()（）")).isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True


def _assembled(
    sheet: Sheet, rows: tuple[int, int], texts: dict[int, str], read: dict[int, Reading | None]
) -> Draft:
    found = {c: r for c, r in read.items() if r is not None}
    named = {c: r.entry for c, r in found.items() if r.entry.part == "subject"}
    subject = _subject(named)
    if subject is None:
        return Draft(mapping=None, notes=(told("note_subject"),))
    parts = {r.entry.part: letters(c) for c, r in reversed(found.items()) if r.entry.part}
    columns = [*_placed(named, subject, texts), *_columns(sheet, rows, found)]
    mapping = Mapping(
        sheet=sheet.name,
        header_rows=rows,
        subject=letters(subject),
        subject_kind=named[subject].kind or "company",
        identifier=parts.get("identifier"),
        when=_when(sheet, rows),
        when_at=parts.get("when"),
        column=tuple(sorted(columns, key=lambda c: (len(c.at), c.at))),
    )
    used = {c.at for c in columns} | {mapping.subject, mapping.identifier, mapping.when_at}
    left = {
        letters(c): f"{text}{'' if found.get(c) else ' (not understood)'}"
        for c, text in texts.items()
        if text and letters(c) not in used
    }
    return Draft(mapping=mapping, left_out=left, notes=tuple(_notes(mapping)))


def _subject(named: dict[int, Header]) -> int | None:
    order = {kind: i for i, kind in enumerate(_FIRST)}
    return min(named, key=lambda c: (order.get(named[c].kind or "", 9), c), default=None)


def _placed(named: dict[int, Header], subject: int, texts: dict[int, str]) -> list[Column]:
    """Other columns that name things: a project's enterprise builds it, a place is where it is."""
    made = []
    for column, entry in named.items():
        if column == subject:
            continue
        at, header = letters(column), texts[column]
        if entry.kind == "company" and named[subject].kind == "project":
            made.append(Column(at=at, header=header, relation="builds", reverse=True))
        elif entry.kind in ("place", "park"):
            made.append(Column(at=at, header=header, relation="located_in"))
    return made


def _columns(sheet: Sheet, rows: tuple[int, int], found: dict[int, Reading]) -> list[Column]:
    made: list[Column] = []
    last: str | None = None
    for number, reading in found.items():
        column = reading.column
        if reading.entry.part:
            continue
        if column.measure == "change":
            column = msgspec.structs.replace(column, item=column.item or last)
        elif column.measure:
            last = reading.word
        column = _as_title(column, header_at(sheet, rows, number))
        made.append(_as_fraction(sheet, rows, number, column))
    return made


def _as_title(column: Column, header: str) -> Column:
    """A column that counts the bearers of a title counts these, and not enterprises at large."""
    title = title_of(header) if column.measure in _COUNTING else None
    if title is None:
        return column
    named = titles()[title]
    return msgspec.structs.replace(column, item=named.en if header.isascii() else named.zh)


def _as_fraction(sheet: Sheet, rows: tuple[int, int], number: int, column: Column) -> Column:
    """Percentages that are kept as parts of 1: every figure of the column is at most 1.5, and some
    are no whole numbers."""
    if column.unit != "%":
        return column
    cells = [sheet.at(r, number) for r in range(rows[1], len(sheet.rows))]
    figures = [float(c) for c in cells if re.fullmatch(r"-?\d+(?:\.\d+)?", c)]
    parts = [f for f in figures if f not in (0, 1)]
    fraction = bool(parts) and all(abs(f) <= 1.5 for f in figures)
    return msgspec.structs.replace(column, fraction=fraction)


def _when(sheet: Sheet, rows: tuple[int, int]) -> str | None:
    """The day or period that the title or a line above the headers names."""
    for row in sheet.rows[: rows[0] - 1]:
        for cell in row:
            for time in find_times(fold(cell)):
                if time.kind == "date" and time.edtf and "XXXX" not in time.edtf:
                    return time.edtf
    return None


def _notes(mapping: Mapping) -> list[str]:
    said = []
    if mapping.when is None and mapping.when_at is None:
        said.append(told("note_time"))
    for column in mapping.column:
        if column.fraction:
            said.append(told("map_at", at=column.at, problem=told("note_fraction")))
        if column.measure and not column.unit and _needs_unit(column):
            problem = told("note_unit", measure=column.measure)
            said.append(told("map_at", at=column.at, problem=problem))
    return said


def _needs_unit(column: Column) -> bool:
    assert column.measure is not None
    return set(measures()[column.measure].kinds) <= {"money", "area", "physical"}
