"""The mapping of a return: which column says what, as a TOML file that people read and mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import msgspec

from nameplate.errors import UsageError
from nameplate.find.fold import fold
from nameplate.find.quantity import find_quantities
from nameplate.lexicon.headers import cell_words
from nameplate.lexicon.load import Entry
from nameplate.lexicon.measures import measures
from nameplate.lexicon.messages import told
from nameplate.lexicon.stages import stages
from nameplate.model import Aggregate, EntityKind, Modality
from nameplate.read.sheet import Sheet
from nameplate.toml_text import safe

RELATIONS = frozenset(
    {"located_in", "invests_in", "builds", "operates", "owns", "part_of", "hosts", "partner_of",
     "supplies", "develops", "identified_as"}
)  # fmt: skip
_COLUMN = re.compile(r"[A-Z]{1,3}")
_EDTF = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?")
_MONEY = re.compile(r"[A-Z]{3}")


class Unit(Entry, frozen=True, kw_only=True):
    """A unit as a header spells it: its code and the exact size of one in that code."""

    code: str
    factor: Fraction
    per: str | None = None


class Column(Entry, frozen=True, kw_only=True):
    """What one column gives: exactly one of ``measure``, ``stage`` and ``relation``.

    ``at`` is the column's letter, ``header`` what its header said when the mapping was made: where
    the sheet says something else, nothing is taken. ``unit`` is as people write it (万元, "RMB
    million", %). ``fraction``: percentages are kept as parts of 1. A stage's cells hold dates, or
    words for yes and no. ``reverse``: the cell is the relation's subject, the row's its object.
    ``object``: the cells say yes or no, and yes is this object ("high-technology enterprise").
    ``required``: a form asks for it; in a spreadsheet a cell may be empty.
    """

    at: str
    header: str = ""
    measure: str | None = None
    unit: str | None = None
    fraction: bool = False
    item: str | None = None
    aggregate: Aggregate | None = None
    stage: str | None = None
    relation: str | None = None
    reverse: bool = False
    object: str | None = None
    required: bool = False
    modality: Modality = "actual"
    when: str | None = None
    scope: str | None = None


class Mapping(Entry, frozen=True, kw_only=True):
    """A whole mapping: which rows are headers, whose the figures are, of when, and the columns.

    Rows count from 1, as spreadsheets show them. ``when`` is the time of all figures (EDTF), or
    ``when_at`` the column that gives it; ``published`` the day of the return. ``sheet`` names the
    sheet; without it the first one that fits is read. ``skip`` adds words of rows to leave out.
    """

    subject: str
    header_rows: tuple[int, int]
    sheet: str | None = None
    subject_kind: EntityKind = "company"
    identifier: str | None = None
    when: str | None = None
    when_at: str | None = None
    published: str | None = None
    publisher: str | None = None
    skip: tuple[str, ...] = ()
    column: tuple[Column, ...] = ()


def load(text: str, *, name: str) -> Mapping:
    """The mapping in a TOML text; raises `UsageError` with the entry that is wrong."""
    try:
        return msgspec.toml.decode(safe(text, where=name), type=Mapping)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise UsageError(
            f"the mapping cannot be read: {error}", where=name,
            remedy="Correct the entry; `nameplate mapping suggest` drafts a new one.",
        ) from error  # fmt: skip


def dump(mapping: Mapping, left_out: dict[str, str]) -> str:
    """The mapping as TOML, with the columns that give nothing as comments."""
    body = {k: v for k, v in msgspec.to_builtins(mapping).items() if v not in (None, (), [], "")}
    columns = body.pop("column", [])
    lines = [
        "# What the columns of this return say. Check each, then: nameplate add RETURN --mapping FILE"
    ]
    lines += [
        re.sub(
            r"\[\s+(\d+),\s+(\d+),\s+\]", r"[\1, \2]", msgspec.toml.encode(body).decode()
        ).rstrip()
    ]
    for column in columns:
        kept = {k: v for k, v in column.items() if v not in (None, False, "")}
        if kept.get("modality") == "actual":
            del kept["modality"]
        lines += ["", "[[column]]", msgspec.toml.encode(kept).decode().rstrip()]
    if left_out:
        lines += ["", "# Left out:", *(f"# {at}  {why}" for at, why in left_out.items())]
    return "\n".join(lines) + "\n"


def column_number(at: str) -> int:
    """A column's number from 0: A is 0, AA is 26."""
    number = 0
    for letter in at:
        number = number * 26 + ord(letter) - 64
    return number - 1


def unit_of(spelling: str) -> Unit | None:
    """What a unit as people write it is: 万元, 亩, "RMB million", "USD '000", 吨/年; None if unknown."""
    said = fold(spelling).strip().replace("'000", " thousand").replace("’000", " thousand")
    if said in ("%", "％", "percent", "per cent"):
        return Unit(code="%", factor=Fraction(1))
    # Three of it: a third of a mu has no end as a decimal.
    ways = (f"3{said}", f"3 {said}", re.sub(r"^([^\d\s]+)\s+", r"\g<1> 3 ", said))
    read = [unit for way in ways if (unit := _unit_in(way, 3))] + [_unit_in(said, 1)]
    return next((unit for unit in read if unit and unit.code != "1"), read[0])


def _unit_in(text: str, times: int) -> Unit | None:
    found = find_quantities(text)
    if len(found) != 1 or found[0].start or not found[0].value:
        return None
    if found[0].end != len(text) and found[0].unit != "1":
        return None
    size = Fraction(found[0].value) / times
    return Unit(code=found[0].unit, factor=size, per=found[0].per)


def header_at(sheet: Sheet, rows: tuple[int, int], column: int) -> str:
    """A column's header: the texts of its header rows from top to bottom, merged cells filled."""
    texts: list[str] = []
    for row in range(rows[0] - 1, rows[1]):
        text = " ".join(_merged(sheet, row, column).split())
        if text and text not in texts:
            texts.append(text)
    return " / ".join(texts)


def _merged(sheet: Sheet, row: int, column: int) -> str:
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            return sheet.at(top, left)
    return sheet.at(row, column)


def is_total(text: str, more: tuple[str, ...] = ()) -> bool:
    """Whether a row's subject says that the row sums others up."""
    word = fold(text).strip(" :：").lower()
    totals = cell_words()["totals"]
    return word in totals or word.replace(" ", "") in totals or word in more


def problems(mapping: Mapping, sheet: Sheet) -> list[str]:
    """All that is wrong with the mapping for this sheet; nothing is taken while there is any."""
    return [*_of_rows(mapping, sheet), *_of_columns(mapping, sheet)]


def _of_rows(mapping: Mapping, sheet: Sheet) -> Iterator[str]:
    first, last = mapping.header_rows
    if not 1 <= first <= last < len(sheet.rows) + 1:
        yield told("map_rows", first=first, last=last, rows=len(sheet.rows))
    for name in ("subject", "identifier", "when_at"):
        at = getattr(mapping, name)
        if at is not None and not _is_there(at, sheet):
            yield told("map_names", name=name, at=repr(at))
    for name in ("when", "published"):
        value = getattr(mapping, name)
        if value is not None and not _EDTF.fullmatch(value):
            yield told("map_date", name=name, value=repr(value))
    if not mapping.column:
        yield told("map_empty")


def _is_there(at: str, sheet: Sheet) -> bool:
    width = max((len(row) for row in sheet.rows), default=0)
    return _COLUMN.fullmatch(at) is not None and column_number(at) < width


def _of_columns(mapping: Mapping, sheet: Sheet) -> Iterator[str]:
    seen: set[str] = set()
    same: dict[tuple[object, ...], str] = {}
    for column in mapping.column:
        if not _is_there(column.at, sheet):
            yield told("map_at", at=column.at, problem=told("map_missing"))
            continue
        said = header_at(sheet, mapping.header_rows, column_number(column.at))
        wrong = [told("map_twice")] if column.at in seen else []
        seen.add(column.at)
        if column.header and column.header != said:
            wrong.append(told("map_header", said=repr(said), header=repr(column.header)))
        meaning = (
            said, column.measure, column.item, column.scope, column.when, column.modality,
            column.aggregate,
        )  # fmt: skip
        if column.measure and meaning in same:
            wrong.append(told("map_same", said=repr(said), other=same[meaning]))
        same.setdefault(meaning, column.at)
        if len([g for g in (column.measure, column.stage, column.relation) if g]) != 1:
            wrong.append(told("map_one"))
        if column.when is not None and not _EDTF.fullmatch(column.when):
            wrong.append(told("map_when", value=repr(column.when)))
        for problem in (*wrong, *_of_meaning(column)):
            yield told("map_at", at=column.at, problem=problem)


def _of_meaning(column: Column) -> Iterator[str]:
    if column.stage and column.stage not in stages():
        yield told("map_stage", what=repr(column.stage), known=", ".join(stages()))
    if column.relation and column.relation not in RELATIONS:
        yield told("map_relation", what=repr(column.relation), known=", ".join(sorted(RELATIONS)))
    if column.object is not None and (not column.relation or column.reverse):
        yield told("map_object")
    if not column.measure:
        return
    if column.measure not in measures():
        yield told("map_measure", what=repr(column.measure), known=", ".join(measures()))
        return
    unit = unit_of(column.unit) if column.unit else None
    if column.unit and unit is None:
        yield told("map_unit", unit=repr(column.unit))
    kinds = measures()[column.measure].kinds
    if unit is None and not column.unit and set(kinds) <= {"money", "area", "physical"}:
        yield told("map_needs_unit", measure=column.measure)
    if unit is not None and not fits(unit.code, kinds):
        yield told("map_other_unit", measure=column.measure, unit=column.unit)


def fits(code: str, kinds: tuple[str, ...]) -> bool:
    """Whether a unit's code is of one of the kinds of a measure."""
    if code == "%":
        return "percent" in kinds
    if code == "1":
        return bool({"things", "persons", "enterprises", "projects"} & set(kinds))
    if code == "m2":
        return bool({"area", "physical"} & set(kinds))
    if _MONEY.fullmatch(code):
        return "money" in kinds
    return "physical" in kinds
