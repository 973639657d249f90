"""Orders as a table: a line an order, with the first answer that is proposed."""

from __future__ import annotations

from collections.abc import Iterable

from nameplate.answer import wording
from nameplate.answer.orders import Order
from nameplate.export.table import Cell, Table

_HEAD = (
    "order", "state", "days", "about", "by", "to", "told", "deadline", "words", "source", "said_on",
    "answer", "answer_reason", "answer_when", "answer_words", "answer_source",
    "closed_by", "closed_on", "closed_why",
)  # fmt: skip


def order_table(found: Iterable[Order]) -> Table:
    """The table of these orders, in their order."""
    return Table(name="orders", head=_HEAD, rows=tuple(map(_row, found)))


def _row(order: Order) -> tuple[Cell, ...]:
    claim, closing = order.entry.claim, order.closing
    answer = next(iter(order.answers), None)
    said: tuple[Cell, ...] = ("",) * 5
    if answer is not None:
        entry = answer.entry
        said = (
            entry.key, answer.reason, entry.claim.when, entry.claim.quote, wording.source(entry)
        )  # fmt: skip
    closed = (closing.author, closing.recorded[:10], closing.reason) if closing else ("",) * 3
    return (
        order.entry.key, order.state, order.days, order.about.name, claim.by, claim.to,
        claim.text or claim.quote, order.deadline, claim.quote, order.entry.document_id,
        order.entry.published, *said, *closed,
    )  # fmt: skip
