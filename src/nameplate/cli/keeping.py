"""``backup``, ``restore`` and ``copy``: copies of a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from nameplate.cli.app import app
from nameplate.cli.options import DEFAULT_LEDGER, LedgerFile, existing
from nameplate.errors import UsageError
from nameplate.target import Target

_PATIENCE = 60.0


@app.command(
    epilog="Examples: [bold]nameplate backup monday.ledger[/bold] · "
    "[bold]nameplate backup monday.ledger -l postgresql://ledger@db/zone[/bold]"
)
def backup(
    file: Annotated[Path, typer.Argument(help="The file to make; it must not be there yet.")],
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Copy the ledger to a file, whole and consistent, while others go on adding to it.

    A backup is a ledger's file, also of a ledger on a server: any command reads it.
    """
    from nameplate.ledger import back_up

    existing(ledger).close()
    with Console(stderr=True).status("Copying…") as status:
        back_up(
            ledger,
            file,
            _PATIENCE,
            lambda table, n: status.update(f"Copied {n:,} rows of {table}…"),
        )
    typer.echo(f"{file}: a copy of {ledger}, {file.stat().st_size / 1e6:,.1f} MB.")


@app.command(
    epilog="Examples: [bold]nameplate restore monday.ledger -l zone.ledger[/bold] · "
    "[bold]nameplate restore monday.ledger -l postgresql://ledger@db/zone --replace[/bold]"
)
def restore(
    file: Annotated[Path, typer.Argument(help="A file that nameplate backup made.")],
    ledger: LedgerFile = DEFAULT_LEDGER,
    replace: Annotated[
        bool, typer.Option(help="Put it in the place of the ledger that is there.")
    ] = False,
) -> None:
    """Make a ledger of a backup; one of an older version is migrated.

    The backup is checked first. A ledger that is there is replaced only with --replace, in one step:
    whatever happens on the way, it is the old one or the new one.
    """
    from nameplate.ledger import restore as put_back

    with Console(stderr=True).status("Restoring…") as status:
        put_back(
            file, ledger, replace=replace, patience=_PATIENCE,
            told=lambda table, n: status.update(f"Wrote {n:,} rows of {table}…"),
        )  # fmt: skip
    with existing(ledger) as opened:
        documents = opened.pages.count_reports()
    typer.echo(f"{ledger}: restored from {file}, {documents:,} reports.")


@app.command(
    epilog="Examples: [bold]nameplate copy zone.ledger postgresql://ledger@db/zone[/bold] · "
    "[bold]nameplate copy postgresql://ledger@db/zone zone.ledger[/bold]"
)
def copy(
    source: Annotated[
        Target, typer.Argument(metavar="FROM", help="A ledger's file or URL.", parser=Target.of)
    ],
    target: Annotated[
        Target, typer.Argument(metavar="TO", help="A file or URL without one.", parser=Target.of)
    ],
    replace: Annotated[
        bool, typer.Option(help="Put it in the place of the ledger that is there.")
    ] = False,
) -> None:
    """Copy a ledger from a file to a PostgreSQL server, back, or to another of its kind.

    Everything goes along: reports, originals, claims, judgements, and what was worked out from them.
    Others may write to the first ledger meanwhile; the copy is the state at the beginning. The second
    is written in one step: whatever happens on the way, all of it is there or nothing.
    """
    from nameplate.ledger import copy as copied

    if source == target:
        raise UsageError("the two are one ledger", where=str(target), remedy="Name another.")
    with Console(stderr=True).status("Copying…") as status:
        copied(
            source, target, replace=replace, patience=_PATIENCE,
            told=lambda table, n: status.update(f"Copied {n:,} rows of {table}…"),
        )  # fmt: skip
    with existing(target) as opened:
        documents = opened.pages.count_reports()
    typer.echo(f"{target}: copied from {source}, {documents:,} reports.")
