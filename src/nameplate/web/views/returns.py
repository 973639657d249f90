"""Returns as printed, and the mapping of one as the fields of a form."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Fields
from typing import Any

import msgspec

from nameplate.answer import wording
from nameplate.claim.returns import Column, Mapping, Refused, Return
from nameplate.claim.returns.mapping import RELATIONS, column_number, header_at
from nameplate.errors import UsageError
from nameplate.ledger import Filed
from nameplate.lexicon.measures import measures
from nameplate.lexicon.messages import told
from nameplate.lexicon.stages import stages
from nameplate.model import Claim, Failure
from nameplate.read.sheet import Sheet, letters
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import label, say_claim
from nameplate.web.views.refusals import say_cell
from nameplate.web.views.words import Words

SUBJECTS = ("company", "project", "plant", "line", "park", "place", "institute")
_COLUMNS, _SAMPLES, _PREVIEW, REFUSED = 120, 2, 25, 500


class ReturnRow(msgspec.Struct, frozen=True):
    """A return that was taken."""

    key: str
    name: str
    title: str
    publisher: str
    published: str
    recorded: str
    version: int
    claims: int


class RefusedRow(msgspec.Struct, frozen=True):
    """A cell that was not taken: where, and why."""

    cell: str
    reason: str


class ColumnField(msgspec.Struct, frozen=True):
    """A column of the sheet with what it is to give: ``measure:tax``, ``stage:started``, …"""

    at: str
    header: str
    samples: str
    gives: str
    unit: str
    item: str
    object: str
    fraction: bool
    planned: bool


class Choice(msgspec.Struct, frozen=True):
    """Something that a column can give, under the heading of its kind."""

    value: str
    label: str


class Taken(msgspec.Struct, frozen=True):
    """A claim as it would enter: its cell, whose it is, what it says, the cell's text."""

    cell: str
    subject: str
    label: str
    said: str
    quote: str


def return_row(filed: Filed, words: Words) -> ReturnRow:
    """A line of the list."""
    return ReturnRow(
        key=filed.key,
        name=filed.id,
        title=filed.title or filed.id,
        publisher=filed.publisher or "",
        published=say_date(filed.published, words),
        recorded=say_date(filed.recorded[:10], words),
        version=filed.version,
        claims=filed.claims,
    )


def refused_rows(found: Iterable[Failure], words: Words) -> list[RefusedRow]:
    """Refused cells by their address inside the file."""
    return [RefusedRow(f.where.partition("!")[2], say_cell(f.problem, words)) for f in found]


def refused_now(refused: Iterable[Refused], words: Words) -> list[RefusedRow]:
    """The same of a return that is only looked at."""
    return [
        RefusedRow(r.cell, say_cell(told("not_taken", text=repr(r.text), reason=r.reason), words))
        for r in refused
    ]


def taken(preview: Return, words: Words) -> list[Taken]:
    """The first claims as they would enter."""
    return [_taken(claim, words) for claim in preview.claims[:_PREVIEW]]


def _taken(claim: Claim, words: Words) -> Taken:
    if claim.kind == "milestone":
        name, said = words.stage(claim.stage), say_date(claim.when, words)
    else:
        name, said = label(claim, words), say_claim(claim, words)
    return Taken(claim.cell or "", claim.subject, name, said or wording.figure(claim), claim.quote)


# The mapping as a form


def choices(words: Words) -> list[tuple[str, list[Choice]]]:
    """All that a column can give, by kind."""
    return [
        (words.say("gives_measure"), [Choice(f"measure:{k}", words.measure(k)) for k in measures()]),
        (words.say("gives_stage"), [Choice(f"stage:{k}", words.stage(k)) for k in stages()]),
        (
            words.say("gives_relation"),
            [
                Choice(f"relation:{k}", words.name_of("relation", k)) for k in sorted(RELATIONS)
            ]
            + [
                Choice(f"reverse:{k}", words.say("gives_reverse", relation=words.name_of("relation", k)))
                for k in ("builds", "invests_in", "operates")
            ],
        ),
    ]  # fmt: skip


def column_fields(sheet: Sheet, mapping: Mapping | None) -> list[ColumnField]:
    """The columns of the sheet with what the mapping makes of each."""
    rows = mapping.header_rows if mapping else (1, 1)
    mapped = {column.at: column for column in mapping.column} if mapping else {}
    width = min(_COLUMNS, max((len(row) for row in sheet.rows), default=0))
    return [_field(sheet, rows, number, mapped.get(letters(number))) for number in range(width)]


def _field(sheet: Sheet, rows: tuple[int, int], number: int, column: Column | None) -> ColumnField:
    below = (sheet.at(row, number) for row in range(rows[1], len(sheet.rows)))
    samples = [cell for _, cell in zip(range(200), below, strict=False) if cell][:_SAMPLES]
    given = column or Column(at=letters(number))
    return ColumnField(
        at=given.at,
        header=header_at(sheet, rows, number),
        samples=" · ".join(sample[:40] for sample in samples),
        gives=_gives(given),
        unit=given.unit or "",
        item=given.item or "",
        object=given.object or "",
        fraction=given.fraction,
        planned=given.modality == "planned",
    )


def _gives(column: Column) -> str:
    if column.measure:
        return f"measure:{column.measure}"
    if column.stage:
        return f"stage:{column.stage}"
    if column.relation:
        return f"{'reverse' if column.reverse else 'relation'}:{column.relation}"
    return ""


def mapping_of(given: Fields[str, str], sheet: Sheet, before: Mapping | None) -> Mapping:
    """The mapping that the form's fields say; raises `UsageError` for what cannot be one."""
    try:
        rows = int(given.get("first", "1") or 1), int(given.get("last", "1") or 1)
    except ValueError as error:
        problem = "the rows of the headers are no numbers"
        raise UsageError(problem, remedy="Give the first and the last, from 1.") from error
    kept = {column.at: column for column in before.column} if before else {}
    columns = [
        made
        for number in range(min(_COLUMNS, max((len(r) for r in sheet.rows), default=0)))
        if (made := _column(given, letters(number), kept, (sheet, rows))) is not None
    ]
    plain: dict[str, Any] = {
        "sheet": sheet.name, "header_rows": rows, "column": columns,
        "skip": list(before.skip) if before else [],
    }  # fmt: skip
    names = ("subject", "subject_kind", "identifier", "when", "when_at", "published", "publisher")
    plain |= {name: given[name].strip() for name in names if given.get(name, "").strip()}
    try:
        return msgspec.convert(plain, Mapping)
    except msgspec.ValidationError as error:
        raise UsageError(f"this is no mapping ({error})", remedy="Choose a subject.") from error


def _column(
    given: Fields[str, str],
    at: str,
    kept: Fields[str, Column],
    where: tuple[Sheet, tuple[int, int]],
) -> dict[str, Any] | None:
    kind, _, what = given.get(f"gives_{at}", "").partition(":")
    if not what or kind not in ("measure", "stage", "relation", "reverse"):
        return None
    sheet, rows = where
    first, last = rows
    header = header_at(sheet, rows, column_number(at)) if 1 <= first <= last else ""
    made: dict[str, Any] = {"at": at, "header": header}
    made["relation" if kind == "reverse" else kind] = what
    made |= {"reverse": True} if kind == "reverse" else {}
    made |= {
        name: given[f"{name}_{at}"].strip()
        for name in ("unit", "item", "object")
        if given.get(f"{name}_{at}", "").strip()
    }
    made["fraction"] = f"fraction_{at}" in given
    made["modality"] = "planned" if f"planned_{at}" in given else "actual"
    old = kept.get(at)
    for name in ("aggregate", "when", "scope"):
        if old is not None and getattr(old, name) is not None:
            made[name] = getattr(old, name)
    if old is not None and old.modality == "required":
        made["modality"] = "required"
    return made
