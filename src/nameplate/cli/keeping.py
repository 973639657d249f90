"""``backup`` and ``restore``: copies of a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nameplate.cli.app import app
from nameplate.cli.options import DEFAULT_LEDGER, LedgerFile, existing

_PATIENCE = 60.0


@app.command(epilog="Example: [bold]nameplate backup monday.ledger[/bold]")
def backup(
    file: Annotated[Path, typer.Argument(help="The file to make; it must not be there yet.")],
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Copy the ledger to a file, whole and consistent, while others go on adding to it."""
    from nameplate.ledger import back_up

    existing(ledger).close()
    back_up(ledger, file, _PATIENCE)
    typer.echo(f"{file}: a copy of {ledger}, {file.stat().st_size / 1e6:,.1f} MB.")


@app.command(epilog="Example: [bold]nameplate restore monday.ledger -l zone.ledger[/bold]")
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

    put_back(file, ledger, replace=replace, patience=_PATIENCE)
    with existing(ledger) as opened:
        documents = len(opened.documents())
    typer.echo(f"{ledger}: restored from {file}, {documents:,} reports.")
