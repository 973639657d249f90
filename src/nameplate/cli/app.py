"""The program ``nameplate`` and its one way of failing."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Optional

import typer

from nameplate.errors import NameplateError

app = typer.Typer(
    name="nameplate",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A sourced, dated, conflict-aware ledger of industrial projects, read from reports.",
    epilog="Start with [bold]nameplate demo[/bold]; then [bold]nameplate add REPORTS[/bold] makes "
    "a ledger of your own.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"nameplate {version('nameplate')}")
        raise typer.Exit


@app.callback()
def top(
    version: Annotated[
        Optional[bool],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = None,
) -> None:
    """A sourced, dated, conflict-aware ledger of industrial projects, read from reports."""


def register() -> typer.Typer:
    """The program with all its commands: each module adds its own when it is imported."""
    from nameplate.cli import (  # noqa: F401
        adding,
        asking,
        explaining,
        extracting,
        following,
        forming,
        harvesting,
        implying,
        judging,
        keeping,
        likening,
        matching,
        monitoring,
        ordering,
        reconciling,
        returning,
        searching,
        serving,
        simulating,
        zoning,
    )

    return app


def main() -> None:
    """Run the program; what a user can mend is told in one line, with exit code 2."""
    try:
        register()()
    except NameplateError as error:
        typer.echo(f"nameplate: {error.sentence()}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("nameplate: stopped; what was added so far is kept.", err=True)
        sys.exit(130)
