"""``indicators``: the measures by which a zone is judged, several zones side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from nameplate.cli.app import app
from nameplate.cli.asking import one_of, write_rows
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

if TYPE_CHECKING:
    from nameplate.answer.indicators import Derived, Indicator, Reading, ZoneBoard
    from nameplate.model import Claim


@app.command(
    epilog='Examples: [bold]nameplate indicators "Sampleton Industrial Park"[/bold] · '
    '[bold]nameplate indicators "Sampleton Industrial Park" "Sample Harbour" --out zones.xlsx[/bold]'
)
def indicators(
    names: Annotated[
        list[str], typer.Argument(metavar="ZONE...", help="Names of zones, parks or places.")
    ],
    ledger: LedgerFile = DEFAULT_LEDGER,
    as_of: AsOf = None,
    json: AsJson = False,
    out: Out = None,
) -> None:
    """Show a zone's output value, tax, exports, titled firms, institutes, projects, land and intensity.

    Each figure stands with its source and date, with what else is said for that time and what was
    said before. What is worked out here, from the things that reports and returns place in the zone,
    says so: sums, counts by name, money to the land.
    """
    from nameplate.answer.indicators import zone_board
    from nameplate.pipeline import like, register_around, spoken_of

    boards = []
    with existing(ledger) as opened:
        for name in names:
            known = [*like(opened, name), *spoken_of(opened, name, as_of)]
            zone = one_of(known, name)
            boards.append(zone_board(zone, register_around(opened, zone, as_of), as_of or clock()))
    if out is not None:
        from nameplate.export.table import write_table
        from nameplate.tables.indicators import board_table

        table = board_table(boards)
        write_table(table, out)
        figures, zones = many(len(table.rows), "figure"), many(len(boards), "zone")
        typer.echo(f"{out}: {figures} of {zones}", err=True)
    elif json:
        write_rows(boards)
    else:
        _print(Console(), boards)


def _print(console: Console, boards: Sequence[ZoneBoard]) -> None:
    from nameplate.cli.printing import table

    made = table("measure", *(f"{b.zone.name} ({many(b.members, 'thing')} in it)" for b in boards))
    for number, one in enumerate(boards[0].indicators):
        cells = [_cell(board.indicators[number]) for board in boards]
        if any(cells):
            made.add_row(one.key, *(cell or "–" for cell in cells))
            made.add_section()
    if not made.row_count:
        console.print("Nothing that a zone is judged by is known of it.")
        return
    console.print(made)


def _cell(one: Indicator) -> str:
    lines = [] if one.reading is None else _said(one.reading)
    lines += [f"  part: {_said(part)[0]}" for part in one.parts]
    lines += [_worked_out(one, derived) for derived in one.derived]
    return escape("\n".join(lines))


def _said(told: Reading) -> list[str]:
    from nameplate.answer import wording

    entry = told.figure.entries[0]
    mode = "" if told.modality == "actual" else f" ({told.modality})"
    scope = f" [{told.scope}]" if told.scope else ""
    lines = [
        f"{_figure(entry.claim)}{scope}{mode}",
        f"  “{entry.claim.quote}” — {wording.source(entry)}",
    ]
    for other in told.others:
        said = other.entries[0]
        lines.append(f"  also {_figure(said.claim)} — {wording.source(said)}")
    if told.before is not None:
        said = told.before.entries[0]
        lines.append(f"  before: {_figure(said.claim)} — {wording.source(said)}")
    return lines


def _figure(claim: Claim) -> str:
    from nameplate.answer import wording

    item = f" {claim.item}" if claim.item and claim.unit == "1" else ""
    return wording.figure(claim) + item


def _worked_out(one: Indicator, derived: Derived) -> str:
    from nameplate.answer import wording

    value = f"{wording.number(round(derived.value, 2))}{_unit(derived.unit)}"
    when = f" in {derived.when}" if derived.when else ""
    if derived.rule == "sum":
        return f"{value}{when} (derived: sum of {derived.parts} of {derived.of} in it)"
    if derived.rule == "per_area":
        return f"{derived.about}: {value}{when} (derived)"
    if derived.about:
        return f"{derived.about}: {value} (derived)"
    names = ", ".join(named.entity.name for named in one.named[:4])
    more = f" and {len(one.named) - 4} more" if len(one.named) > 4 else ""
    return f"{value} by name (derived): {names}{more}"


def _unit(unit: str) -> str:
    return "" if unit == "1" else f" {unit}"
