"""``harvest``: feeds followed politely, their new pages into an archive and a ledger."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Optional

import typer

from nameplate.cli.app import app
from nameplate.cli.options import clock
from nameplate.target import Target


@app.command(
    epilog="Examples: [bold]nameplate harvest https://zone.example/rss.xml --out news[/bold] · "
    "[bold]nameplate harvest https://zone.example/sitemap.xml --out news -l zone.ledger --most 50[/bold]"
)
def harvest(
    feeds: Annotated[
        list[str], typer.Argument(metavar="FEED...", help="Addresses of RSS, Atom or sitemaps.")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The folder of the archive and of what was seen.")
    ],
    ledger: Annotated[
        Optional[Target],  # noqa: UP045
        typer.Option(
            "--ledger",
            "-l",
            metavar="FILE|URL",
            parser=Target.of,
            help="Add the pages to this ledger.",
        ),
    ] = None,
    most: Annotated[int, typer.Option(help="Most pages in this run.", min=1)] = 500,
    delay: Annotated[
        float, typer.Option(help="Seconds between two requests to a host.", min=0.5)
    ] = 2.0,
    max_size: Annotated[int, typer.Option(help="Largest page, in megabytes.", min=1)] = 10,
) -> None:
    """Fetch the pages that feeds name and that are new, into DIR/pages.warc.gz, and a ledger if one is named.

    Politely: robots.txt is kept to, a host is asked seldom and left alone when it is busy, what was
    not changed is not sent again. Addresses in private networks are refused. A run that was stopped
    goes on with the same command. Run it daily; only what is new is fetched.

    Exit code 1 if any feed or page could not be fetched; the others are kept.
    """
    from rich.console import Console

    from nameplate.batch.harvest import Fetched, Wishes
    from nameplate.batch.harvest import harvest as follow
    from nameplate.model import Failure

    wishes = Wishes(
        feeds=tuple(feeds), out=out, most=most, delay=delay, largest=max_size * 1_000_000
    )
    tally: Counter[str] = Counter()
    with Console(stderr=True).status("Asking the feeds…") as status:
        for news in follow(wishes, _second):
            tally[type(news).__name__] += 1
            if isinstance(news, Failure):
                said = f"{news.where}: {news.problem}. {news.remedy}".rstrip()
                typer.echo(said, err=True)
            elif isinstance(news, Fetched):
                status.update(f"{tally['Fetched']:,} pages; now {news.address[:80]}")
    typer.echo(
        f"{out}: {tally['Fetched']:,} new pages, {tally['Unchanged']:,} unchanged, "
        f"{tally['Failure']:,} not fetched."
    )
    if ledger is not None:
        _add(out, ledger)
    if tally["Failure"]:
        raise typer.Exit(1)


def _second() -> str:
    return f"{clock()[:19]}Z"


def _add(out: Path, target: Target) -> None:
    """Add what the archive has and the ledger has not."""
    from nameplate.batch.gather import add_archive
    from nameplate.ledger import Ledger

    with Ledger.open(target, clock=clock) as ledger:
        added = add_archive(ledger, out, str(target))
    typer.echo(
        f"{target}: {added.new:,} new reports, {added.claims:,} claims; {added.failures:,} pages not read."
    )
