"""``reconcile``: what was returned beside what was reported, and where they disagree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.console import Console
from rich.markup import escape

from nameplate.cli.app import app
from nameplate.cli.asking import one_of, write_rows
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, AsOf, LedgerFile, Out, existing, many

if TYPE_CHECKING:
    from nameplate.answer.beside import Beside
    from nameplate.model import Entry
    from nameplate.returns import Reconciled

_STYLES = {"differs": "red", "over": "red", "agrees": "green", "part": "cyan"}


@app.command(
    epilog="Examples: [bold]nameplate reconcile --differs[/bold] · "
    '[bold]nameplate reconcile "Sampleton Industrial Park"[/bold] · '
    "[bold]nameplate reconcile --out differences.xlsx[/bold]"
)
def reconcile(
    name: Annotated[
        Optional[str],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(
            help="An enterprise, project or zone; everything that filed a return if not given."
        ),
    ] = None,
    differs: Annotated[bool, typer.Option("--differs", help="Only what disagrees.")] = False,
    ledger: LedgerFile = DEFAULT_LEDGER,
    as_of: AsOf = None,
    json: AsJson = False,
    out: Out = None,
) -> None:
    """Hold what was returned against what reports say: difference, period, cell and words.

    Figures are compared for the same time, unit and part; dates by the days between them. For a zone
    the returns of what lies in it are added up and held against the whole. Exit code 1 if anything
    disagrees.
    """
    from nameplate.returns import reconcile_all, reconcile_one

    with existing(ledger) as opened:
        if name is None:
            found = reconcile_all(opened, as_of)
        else:
            from nameplate.pipeline import like

            found = [reconcile_one(opened, one_of(like(opened, name), name), as_of)]
    chosen = [(one, _wanted(one, differs=differs, alone=name is not None)) for one in found]
    if out is not None:
        from nameplate.export.table import write_table
        from nameplate.tables.beside import beside_table

        table = beside_table((one.entity.name, row) for one, rows in chosen for row in rows)
        write_table(table, out)
        typer.echo(f"{out}: {many(len(table.rows), 'row')}", err=True)
    elif json:
        write_rows(found if not differs else [one for one in found if one.findings])
    else:
        _print(Console(), chosen)
    if any(one.findings for one in found):
        raise typer.Exit(1)


def _wanted(one: Reconciled, *, differs: bool, alone: bool) -> list[Beside]:
    """Of many things only what was compared is listed, of one everything."""
    from nameplate.answer.beside import COMPARED

    if differs:
        return [row for row in one.rows if row.verdict in ("differs", "over")]
    return list(one.rows) if alone else [row for row in one.rows if row.verdict in COMPARED]


def _print(console: Console, chosen: Sequence[tuple[Reconciled, list[Beside]]]) -> None:
    from nameplate.cli.printing import table

    shown = [(one, rows) for one, rows in chosen if rows]
    if not shown:
        console.print("Nothing that was returned stands beside a report so far.")
    for one, rows in shown:
        console.print(f"[bold]{escape(one.entity.name)}[/bold] ({one.entity.kind})")
        made = table("what", "when", "returned", "reported", "difference", "")
        for row in rows:
            style = _STYLES.get(row.verdict, "dim")
            what = row.what + (f" ({row.item})" if row.item else "")
            what += f", {row.scope}" if row.scope else ""
            made.add_row(
                escape(what), row.when or "", _mine(row), _told(row.reported, row.kind),
                _difference(row), f"[{style}]{row.verdict.replace('_', ' ')}[/{style}]",
            )  # fmt: skip
        console.print(made)
        console.print()


def _mine(row: Beside) -> str:
    from nameplate.answer import wording

    if row.total is not None:
        unit = "" if row.total.unit == "1" else f" {row.total.unit}"
        return f"{wording.number(row.total.value)}{unit}\nsum of {row.total.parts} of {row.total.of} (derived)"
    return _told(row.returned, row.kind)


def _told(entry: Entry | None, kind: str) -> str:
    from nameplate.answer import wording

    if entry is None:
        return "–"
    claim = entry.claim
    value = wording.figure(claim) if kind == "figure" else claim.when or "no date"
    return escape(f"{value}\n“{claim.quote}” — {wording.source(entry)}")


def _difference(row: Beside) -> str:
    from nameplate.answer import wording

    if row.days is not None:
        return f"{row.days:+,} days" if row.days else "same time"
    if row.difference is None:
        return ""
    sign = "+" if row.difference > 0 else ""
    share = f"\n({row.share:+.1f} %)" if row.share is not None else ""
    return f"{sign}{wording.number(row.difference)}{share}"
