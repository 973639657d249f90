"""``demo`` and ``serve``: the desk on this machine."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from nameplate.cli.app import app
from nameplate.cli.options import DEFAULT_LEDGER, LedgerFile, clock

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
def serve(
    ledger: LedgerFile = DEFAULT_LEDGER,
    port: Port = 0,
    host: Host = "127.0.0.1",
    browser: Browser = True,
) -> None:
    """Serve the desk over a ledger of your own, read-only, on this machine."""
    _serve(ledger, host=host, port=port, browser=browser)


def _serve(target: Path, *, host: str, port: int, browser: bool) -> None:
    from nameplate.web.serve import serve as run

    run(target, host=host, port=port, clock=clock, open_browser=browser, on_ready=_ready)


def _ready(address: str) -> None:
    typer.echo(f"The desk is open at {address}  (Ctrl+C closes it)")
