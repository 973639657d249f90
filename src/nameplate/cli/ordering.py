"""``orders``: what was told to whom, what is still open, and which news may answer it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.console import Console
from rich.markup import escape

from nameplate.cli.app import app
from nameplate.cli.options import (
    DEFAULT_LEDGER,
    AsJson,
    AsOf,
    LedgerFile,
    Out,
    clock,
    existing,
    many,
)
from nameplate.errors import UsageError

if TYPE_CHECKING:
    from nameplate.answer.orders import Order

_STATES = ("open", "overdue", "answered", "closed")
_STYLES = {"overdue": "red", "answered": "green", "closed": "dim", "open": "bold"}


@app.command(
    epilog="Examples: [bold]nameplate orders --state overdue[/bold] · then "
    '[bold]nameplate judge close 3fa91c 77d0e2 --reason "first tyre seen"[/bold]'
)
def orders(  # noqa: PLR0913, PLR0917 - the options of the command
    state: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option(help="Only these: open, overdue, answered, closed; may be given again."),
    ] = None,
    by: Annotated[str, typer.Option(help="Only orders by somebody of this name.")] = "",
    about: Annotated[str, typer.Option(help="Only orders about a thing of this name.")] = "",
    ledger: LedgerFile = DEFAULT_LEDGER,
    as_of: AsOf = None,
    json: AsJson = False,
    out: Out = None,
) -> None:
    """List what was ordered on visits and meetings, and what became of it.

    Later news that reach what an order asks for are proposed as its answer, with their words; an
    order is closed by a person: nameplate judge close ORDER [ANSWER], and a proposed answer that is
    none is declined: nameplate judge decline ORDER ANSWER.
    """
    for given in state or []:
        if given not in _STATES:
            raise UsageError(f"no order is {given!r}", remedy=f"Use {', '.join(_STATES)}.")
    from nameplate.model import to_json
    from nameplate.pipeline import known_orders

    with existing(ledger) as opened:
        found = known_orders(opened, as_of or clock(), as_of)
    wanted = [
        order
        for order in found
        if (not state or order.state in state)
        and by.casefold() in (order.entry.claim.by or "").casefold()
        and about.casefold() in order.about.name.casefold()
    ]
    if out is not None:
        from nameplate.export.table import write_table
        from nameplate.tables.orders import order_table

        write_table(order_table(wanted), out)
        typer.echo(f"{out}: {many(len(wanted), 'order')}", err=True)
    elif json:
        for order in wanted:
            sys.stdout.buffer.write(to_json(order) + b"\n")
    else:
        _print(Console(), wanted)


def _print(console: Console, found: list[Order]) -> None:
    from nameplate.answer import wording

    if not found:
        console.print("No such order is known.")
        return
    for order in found:
        claim = order.entry.claim
        style = _STYLES[order.state]
        console.print(
            f"[{style}]{order.state}[/{style}] {many(order.days, 'day')}  [bold]{escape(order.about.name)}[/bold]"
            f"  [dim]{order.entry.key[:8]}[/dim]"
        )
        parties = f"{claim.by or 'somebody'} to {claim.to or 'whom it concerns'}"
        deadline = f", by {order.deadline}" if order.deadline else ""
        console.print(f"  {escape(parties)}{deadline}: {escape(claim.text or claim.quote)}")
        console.print(
            f"  “{escape(claim.quote)}” — {escape(wording.source(order.entry))}", style="dim"
        )
        for answer in order.answers[:3]:
            said = answer.entry.claim
            console.print(
                f"  → {answer.entry.key[:8]} {escape(answer.reason)}: {said.when or ''} “{escape(said.quote)}” "
                f"— {escape(wording.source(answer.entry))}"
            )
        if order.closing is not None:
            why = f": {order.closing.reason}" if order.closing.reason else ""
            console.print(f"  closed by {escape(order.closing.author)}{escape(why)}")
        console.print()
