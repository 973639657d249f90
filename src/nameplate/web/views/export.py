"""Rows of the table of projects for other programs; cells are made safe by `nameplate.export.cells`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from nameplate.answer.views import Figure, ProjectRow
from nameplate.export.cells import disarmed
from nameplate.model import to_json
from nameplate.web.views.projects import newest
from nameplate.web.views.shown import plain

_HEAD = (
    "id", "name", "kind", "stage", "stage_when", "rule", "places", "news",
    "documents", "claims", "findings",
    "measure", "modality", "value", "low", "high", "bound", "unit", "per", "item", "when",
    "quote", "document", "claim",
)  # fmt: skip
_BOUNDS = {
    "=": "exactly",
    ">": "above",
    ">=": "at least",
    "<": "below",
    "<=": "at most",
    "~": "about",
}
_PIECE = 60_000


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """A headline figure with the words that say it."""

    measure: str
    modality: str
    unit: str | None
    per: str | None
    item: str | None
    bound: str
    when: str | None
    quote: str
    document: str
    claim: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


def as_csv(rows: Iterable[tuple[ProjectRow, int]]) -> Iterator[bytes]:
    """A line a headline figure, or one for a project without any; UTF-8 with a mark for Excel.

    ``rows`` come with the number of their findings; the table is given some rows at a time.
    """
    out = io.StringIO("\ufeff")
    out.seek(1)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for row, findings in rows:
        start = _row(row, findings)
        figures: list[Said | None] = [*said(row)]
        for figure in figures or [None]:
            writer.writerow([cell(value) for value in (*start, *_figure(figure))])
        if out.tell() > _PIECE:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    """What was written since the last time."""
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode("utf-8", "replace")


def as_json(rows: Iterable[tuple[ProjectRow, int]], today: str) -> Iterator[bytes]:
    """The rows as objects, with the day for which they hold."""
    yield b'{"as_of":' + to_json(today) + b',"projects":['
    joint = b""
    for row, findings in rows:
        yield joint + to_json(_object(row, findings))
        joint = b","
    yield b"]}"


def _object(row: ProjectRow, findings: int) -> dict[str, object]:
    return {
        "id": row.entity.id,
        "name": row.entity.name,
        "names": [name for name, _ in row.entity.names],
        "kind": row.entity.kind,
        "status": {
            "stage": row.status.stage,
            "when": row.status.when,
            "rule": row.status.rule,
            "claims": [entry.key for entry in row.status.entries],
        },
        "places": row.places,
        "news": row.news,
        "documents": row.documents,
        "claims": row.claims,
        "findings": findings,
        "figures": list(said(row)),
    }


def said(row: ProjectRow) -> Iterator[Said]:
    """The newest planned and the newest actual figure of each headline measure."""
    for line in row.figures:
        for modality, figures in (("planned", line.planned), ("actual", line.actual)):
            if figures:
                yield _said(newest(figures), modality)


def _said(figure: Figure, modality: str) -> Said:
    entry = figure.entries[0]
    claim = entry.claim
    return Said(
        measure=claim.measure or "",
        modality=modality,
        unit=claim.unit,
        per=claim.per,
        item=claim.item,
        bound=figure.bound,
        when=figure.when,
        quote=claim.quote,
        document=entry.document_key,
        claim=entry.key,
        value=figure.value,
        low=figure.low,
        high=figure.high,
    )


def cell(value: object) -> str:
    """The value as a cell: text that a spreadsheet would run is disarmed."""
    return disarmed(plain("" if value is None else str(value), alike=False))


def _row(row: ProjectRow, findings: int) -> tuple[object, ...]:
    return (
        row.entity.id, row.entity.name, row.entity.kind, row.status.stage, row.status.when,
        row.status.rule, " | ".join(row.places), row.news, row.documents, row.claims, findings,
    )  # fmt: skip


def _figure(figure: Said | None) -> tuple[object, ...]:
    if figure is None:
        return ()
    return (
        figure.measure, figure.modality, _number(figure.value), _number(figure.low),
        _number(figure.high), _BOUNDS.get(figure.bound), figure.unit, figure.per, figure.item, figure.when,
        figure.quote, figure.document, figure.claim,
    )  # fmt: skip


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
