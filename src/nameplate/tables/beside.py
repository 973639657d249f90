"""Returns beside reports as a table: a line a measure or stage of a thing."""

from __future__ import annotations

from collections.abc import Iterable

from nameplate.answer import wording
from nameplate.answer.beside import Beside
from nameplate.export.table import Cell, Table
from nameplate.model import Entry

_HEAD = (
    "thing", "kind", "what", "item", "scope", "when", "verdict", "returned", "reported",
    "difference", "difference_percent", "days", "unit", "returned_words", "returned_source",
    "reported_words", "reported_source", "reported_on",
)  # fmt: skip


def beside_table(rows: Iterable[tuple[str, Beside]]) -> Table:
    """The table of these rows, each with the name of its thing."""
    return Table(name="reconcile", head=_HEAD, rows=tuple(_row(*pair) for pair in rows))


def _row(thing: str, row: Beside) -> tuple[Cell, ...]:
    one, two, total = row.returned, row.reported, row.total
    mine: Cell = total.value if total else _value(one, row.kind)
    source = f"sum of {total.parts} of {total.of}" if total else wording.source(one) if one else ""
    return (
        thing, row.kind, row.what, row.item, row.scope, row.when, row.verdict, mine,
        _value(two, row.kind), row.difference, row.share, row.days, row.unit,
        one.claim.quote if one else "", source,
        two.claim.quote if two else "", wording.source(two) if two else "",
        two.published if two else "",
    )  # fmt: skip


def _value(entry: Entry | None, kind: str) -> Cell:
    if entry is None:
        return ""
    claim = entry.claim
    if kind == "date":
        return claim.when
    if claim.value is not None:
        return claim.value
    return "-".join(wording.number(end) for end in (claim.low, claim.high) if end is not None)
