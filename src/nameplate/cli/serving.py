"""``demo`` and ``serve``: the desk on this machine."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from nameplate.cli.app import app
from nameplate.cli.options import DEFAULT_LEDGER, LedgerFile, clock, existing
from nameplate.errors import UsageError
from nameplate.target import Target

if TYPE_CHECKING:
    from nameplate.web.accounts import Accounts

_LOOPBACK = ("127.0.0.1", "localhost", "::1")

Port = Annotated[int, typer.Option(help="Port to listen on; 0 takes 8765 or the next free one.")]
Host = Annotated[str, typer.Option(help="Address to bind; only this machine unless changed.")]
Browser = Annotated[bool, typer.Option(help="Open the browser, if there is one.")]


@app.command(epilog="Example: [bold]nameplate demo[/bold]; stop with Ctrl+C.")
def demo(
    port: Port = 0,
    browser: Browser = True,
    keep: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep the demo's ledger in this file, to ask it later."),
    ] = None,
    build_only: Annotated[bool, typer.Option(help="Build the ledger and stop.")] = False,
) -> None:
    """Build a ledger from the example reports and serve the desk over it, read-only."""
    with tempfile.TemporaryDirectory(prefix="nameplate-demo-") as folder:
        target = keep or Path(folder) / "demo.ledger"
        _build(target)
        if not build_only:
            _serve(target, host="127.0.0.1", port=port, browser=browser)


def _build(target: Path) -> None:
    from nameplate import demo as examples

    console = Console(stderr=True)
    with console.status("Reading the example reports…") as status:
        claims = examples.build(target, lambda title: status.update(f"Reading “{title}”…"))
    console.print(f"The example reports gave {claims} claims, each with its words: {target}")


@app.command(epilog="Example: [bold]nameplate serve --ledger zone.ledger[/bold]; stop with Ctrl+C.")
def serve(  # noqa: PLR0913, PLR0917 - the options of the command
    ledger: LedgerFile = DEFAULT_LEDGER,
    port: Port = 0,
    host: Host = "127.0.0.1",
    name: Annotated[str, typer.Option(help="Name by which browsers reach it by https.")] = "",
    admin: Annotated[str, typer.Option(help="Make this person an administrator first.")] = "",
    read_only: Annotated[
        bool, typer.Option("--read-only", help="No accounts, no log-in, nothing to write.")
    ] = False,
    browser: Browser = True,
) -> None:
    """Serve the desk over a ledger of your own: to look, to review, to add.

    The first time asks for an administrator, who gives out accounts on the Admin page.
    """
    accounts = None if read_only else _accounts(ledger, admin)
    if read_only and (name or host not in _LOOPBACK):
        raise UsageError(
            "a desk without log-in is served on this machine alone",
            remedy="Leave out --host and --name, or --read-only.",
        )
    _serve(ledger, host=host, port=port, browser=browser, accounts=accounts, name=name)


def _accounts(ledger: Target, admin: str) -> Accounts:
    """The accounts beside the ledger, with an administrator made on wish or if there is none."""
    from nameplate.web.accounts import Accounts
    from nameplate.web.accounts.file import beside

    existing(ledger).close()
    accounts = Accounts(beside(ledger), clock)
    known = {person.name for person in accounts.people()}
    if not known and not admin:
        if not sys.stdin.isatty():
            raise UsageError(
                "this ledger has no accounts yet",
                remedy="Name an administrator with --admin NAME, or serve it --read-only.",
            )
        admin = typer.prompt("Nobody may log in yet. Name of the administrator")
    if admin and admin not in known:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        accounts.add(admin, "administrator", password)
    return accounts


def _serve(
    target: Path | Target, *, host: str, port: int, browser: bool, accounts: Accounts | None = None,
    name: str = "",
) -> None:  # fmt: skip
    from nameplate.web.serve import serve as run

    run(
        target, host=host, port=port, clock=clock, accounts=accounts, name=name,
        open_browser=browser, on_ready=_ready, on_work=_working,
    )  # fmt: skip


def _working(things: int) -> None:
    """Tell that a large ledger is being worked on; the first time takes minutes."""
    if not things:
        typer.echo(
            "Making the desk ready for a large ledger; its pages say so meanwhile.", err=True
        )
    elif things % 10_000 == 0:
        typer.echo(f"Working out what the desk shows: {things:,} things so far", err=True)


def _ready(address: str) -> None:
    typer.echo(f"The desk is open at {address}  (Ctrl+C closes it)")
