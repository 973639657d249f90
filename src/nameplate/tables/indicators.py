"""The boards of zones as a table: a line a figure, the zones one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nameplate.answer import wording
from nameplate.answer.indicators import Derived, Indicator, Reading, ZoneBoard
from nameplate.answer.views import Figure
from nameplate.export.table import Cell, Table
from nameplate.model import Entry

_HEAD = (
    "zone", "indicator", "about", "basis", "value", "low", "high", "bound", "unit", "per", "when",
    "modality", "standing", "parts", "of", "words", "source", "said_on", "claims", "names",
)  # fmt: skip
_SOURCES = 20
"""Sources of one derived figure that are listed."""
_NAMES = 200


def board_table(boards: Iterable[ZoneBoard]) -> Table:
    """Everything that the boards show: what is said, what was said before, what is derived."""
    rows = (row for board in boards for one in board.indicators for row in _rows(board, one))
    return Table(name="indicators", head=_HEAD, rows=tuple(rows))


def _rows(board: ZoneBoard, one: Indicator) -> Iterator[tuple[Cell, ...]]:
    told = one.reading
    start = (board.zone.name, one.key)
    if told is not None:
        yield (*start, *_said(told, told.figure, "reported"))
        for other in told.others:
            yield (*start, *_said(told, other, "also reported"))
        if told.before is not None:
            yield (*start, *_said(told, told.before, "reported before"))
    for part in one.parts:
        yield (*start, *_said(part, part.figure, "reported, of a part"))
    names = " | ".join(named.entity.name for named in one.named[:_NAMES])
    for derived in one.derived:
        yield (*start, *_derived(derived), names if derived.rule == "count" else "")


def _said(told: Reading, figure: Figure, basis: str) -> tuple[Cell, ...]:
    entry = figure.entries[0]
    scope = " ".join(part for part in (told.item, told.scope) if part)
    return (
        scope, basis, figure.value, figure.low, figure.high, figure.bound if figure.bound != "=" else "",
        told.unit, told.per, figure.when, told.modality, figure.standing, "", "", entry.claim.quote,
        wording.source(entry), entry.published, " ".join(_keys(figure.entries)), "",
    )  # fmt: skip


def _derived(derived: Derived) -> tuple[Cell, ...]:
    shown = derived.entries[:_SOURCES]
    return (
        derived.about or "", f"derived: {derived.rule}", round(derived.value, 6), "", "", "",
        derived.unit, "", derived.when, "", "", derived.parts or "", derived.of or "", "",
        " | ".join(dict.fromkeys(map(wording.source, shown))), "", " ".join(_keys(shown)),
    )  # fmt: skip


def _keys(entries: Iterable[Entry]) -> Iterator[str]:
    return (entry.key[:12] for entry in entries)
