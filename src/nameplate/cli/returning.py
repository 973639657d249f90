"""``mapping`` and the returns of ``add``: spreadsheets in, claims with cell addresses out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from nameplate.cli.app import app
from nameplate.cli.options import many
from nameplate.target import Target

mapping = typer.Typer(
    no_args_is_help=True,
    help="Say which column of a return says what: draft a mapping, check it.",
    epilog="First [bold]nameplate mapping suggest returns.xlsx > m.toml[/bold], then mend m.toml, then "
    "[bold]nameplate add returns.xlsx --mapping m.toml[/bold]",
)
app.add_typer(mapping, name="mapping")

_SHOWN = 20
"""Refused cells that are listed unless all are asked for."""


@mapping.command(
    epilog="Example: [bold]nameplate mapping suggest returns.xlsx > returns.toml[/bold]"
)
def suggest(
    file: Annotated[Path, typer.Argument(help="A return: XLSX, XLS, ODS or CSV.")],
    sheet: Annotated[
        Optional[str],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option(help="The sheet; the first one with headers if not given."),
    ] = None,
) -> None:
    """Draft a mapping from a return's headers, English or Chinese, and print it as TOML.

    What to look at before it is used is told on standard error; columns that were not understood
    stand in the draft as comments. Exit code 1 if no mapping could be drafted.
    """
    from nameplate.claim.returns import dump
    from nameplate.returns import suggest as drafted

    made = drafted(file, sheet=sheet)
    for note in made.notes:
        typer.echo(f"{file}: {note}", err=True)
    if made.mapping is None:
        raise typer.Exit(1)
    typer.echo(dump(made.mapping, made.left_out), nl=False)


@mapping.command(
    epilog="Example: [bold]nameplate mapping check returns.xlsx --mapping returns.toml[/bold]"
)
def check(
    file: Annotated[Path, typer.Argument(help="The return.")],
    mapping: Annotated[Path, typer.Option("--mapping", "-m", help="The mapping to check.")],
    rows: Annotated[int, typer.Option(help="How many claims to show.")] = 10,
) -> None:
    """Show what a mapping would take from a return; no ledger is touched.

    Exit code 1 if cells would be refused, 2 if the mapping does not fit.
    """
    from nameplate.answer import wording
    from nameplate.returns import read_mapping, take_return

    taken = take_return(file, read_mapping(mapping))
    for claim in taken.claims[:rows]:
        said = (
            wording.figure(claim) if claim.kind == "quantity" else claim.object or claim.when or ""
        )
        what = claim.measure or claim.stage or claim.relation
        typer.echo(f"{claim.cell}\t{claim.subject}\t{what}\t{said}\t“{claim.quote}”")
    more = len(taken.claims) - rows
    typer.echo(
        f"{file}: {many(taken.rows, 'row')}, {many(len(taken.claims), 'claim')}"
        f"{f' ({more:,} more than shown)' if more > 0 else ''}, {many(taken.left_out, 'row')} left out, "
        f"{many(len(taken.refused), 'cell')} refused.",
        err=True,
    )
    complain(str(file), taken.refused)
    if taken.refused:
        raise typer.Exit(1)


def complain(where: str, refused: tuple[object, ...], *, everything: bool = False) -> None:
    """List refused cells on standard error, each with its address, text and reason."""
    from nameplate.claim.returns import Refused

    for cell in refused if everything else refused[:_SHOWN]:
        assert isinstance(cell, Refused)
        typer.echo(f"{where}!{cell.cell}: {cell.text!r} was not taken: {cell.reason}", err=True)
    if len(refused) > _SHOWN and not everything:
        typer.echo(
            f"{where}: {len(refused) - _SHOWN:,} more cells were not taken; "
            "`nameplate mapping check` or --json lists them.",
            err=True,
        )


def add_with_mapping(
    paths: list[str], mapping: Path, ledger: Target, *, json: bool, size: int
) -> None:
    """``nameplate add --mapping``."""
    from rich.console import Console

    from nameplate.cli.options import clock
    from nameplate.ledger import Ledger
    from nameplate.model import to_json
    from nameplate.monitors import add_up_returns
    from nameplate.read import Limits
    from nameplate.returns import add_returns, read_mapping

    plan = read_mapping(mapping)
    console = Console(stderr=True)
    with Ledger.open(ledger, clock=clock) as opened, console.status("Reading…") as status:
        done = add_returns(
            opened,
            [Path(path) for path in paths],
            plan,
            limits=Limits(size=size),
            started=lambda name: status.update(f"Reading {name}…"),
        )
        status.update("Adding up…")
        add_up_returns(opened)
    for result in done:
        if json:
            sys.stdout.buffer.write(to_json(_row(result)) + b"\n")
            continue
        if result.failure is not None:
            typer.echo(
                f"{result.failure.where}: {result.failure.problem}. {result.failure.remedy}",
                err=True,
            )
            continue
        assert result.taken is not None and result.added is not None
        typer.echo(f"{result.taken.document.id}: {_told(result)}")
        complain(result.where, result.taken.refused)
    if any(r.failure is not None or (r.taken is not None and r.taken.refused) for r in done):
        raise typer.Exit(1)


def _told(result: object) -> str:
    from nameplate.returns import Returned

    assert isinstance(result, Returned) and result.taken is not None and result.added is not None
    if result.added.status == "same":
        return "already in the ledger, nothing changed"
    taken = result.taken
    version = "new version, " if result.added.status == "version" else ""
    return (
        f"{version}{many(taken.rows, 'row')}, {many(len(taken.claims), 'claim')}, "
        f"{many(taken.left_out, 'row')} left out, "
        f"{many(len(taken.refused), 'cell')} refused"
    )


def _row(result: object) -> dict[str, object]:
    from nameplate.returns import Returned

    assert isinstance(result, Returned)
    row: dict[str, object] = {"where": result.where}
    if result.failure is not None:
        return row | {
            "status": "failed",
            "problem": result.failure.problem,
            "remedy": result.failure.remedy,
        }
    assert result.taken is not None and result.added is not None
    return row | {
        "status": result.added.status,
        "rows": result.taken.rows,
        "claims": len(result.taken.claims),
        "left_out": result.taken.left_out,
        "refused": result.taken.refused,
    }
