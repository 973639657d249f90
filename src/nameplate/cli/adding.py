"""``add`` and ``extract``: reports in, claims out."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.console import Console

from nameplate.cli.app import app
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, LedgerFile, clock
from nameplate.cli.returning import add_with_mapping
from nameplate.target import Target

if TYPE_CHECKING:
    from nameplate.pipeline import Outcome

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...", help="Files or folders of reports; - is JSON Lines on stdin."
    ),
]
MaxSize = Annotated[int, typer.Option(help="Largest file or line that is read, in megabytes.")]


@app.command(
    epilog="Examples: [bold]nameplate add reports/[/bold] · [bold]nameplate add a.pdf b.html -l zone.ledger[/bold] "
    "· [bold]nameplate add returns.xlsx --mapping returns.toml[/bold]"
)
def add(
    paths: Paths,
    ledger: LedgerFile = DEFAULT_LEDGER,
    json: AsJson = False,
    max_size: MaxSize = 50,
    again: Annotated[
        bool,
        typer.Option(help="Take the claims of reports that are there already anew."),
    ] = False,
    mapping: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option(
            "--mapping",
            "-m",
            help="The paths are returns (XLSX, XLS, ODS, CSV), and this file says what their columns say.",
        ),
    ] = None,
) -> None:
    """Read reports (text, HTML, PDF, JSON Lines, folders of them) into a ledger.

    Says per document what was taken. Adding a report again changes nothing; a changed report from
    the same place is a new version. With --again the claims of a known report are taken anew: what
    this version of Nameplate finds in addition is appended, what it no longer finds is kept and
    judged as rejected by it, and what people judged stands.

    With --mapping the paths are returns: spreadsheets whose cells become claims; cells that are not
    taken are listed with their address and the reason. Draft one with `nameplate mapping suggest`.

    Exit code 1 if any file could not be read or any cell was not taken; the rest is added.
    """
    if mapping is not None:
        add_with_mapping(paths, mapping, ledger, json=json, size=max_size * 1_000_000)
        return
    from nameplate.ledger import Ledger
    from nameplate.pipeline import add_paths
    from nameplate.read import Limits

    tally: Counter[str] = Counter()
    console = Console(stderr=True)
    with Ledger.open(ledger, clock=clock) as opened, console.status("Reading…") as status:
        outcomes = add_paths(
            opened,
            paths,
            limits=Limits(size=max_size * 1_000_000),
            again=again,
            started=lambda name: status.update(f"Reading {name} ({sum(tally.values())} done)…"),
        )
        for outcome in outcomes:
            tally[_kind(outcome)] += 1
            _say(outcome, json=json)
    _sum_up(tally, ledger)
    if tally["failed"]:
        raise typer.Exit(1)


def _kind(outcome: Outcome) -> str:
    return outcome.added.status if outcome.added else "failed"


def _say(outcome: Outcome, *, json: bool) -> None:
    from nameplate.model import to_json

    if json:
        sys.stdout.buffer.write(to_json(_row(outcome)) + b"\n")
        return
    if outcome.failure is not None:
        _complain(outcome)
        return
    assert outcome.added is not None and outcome.document is not None
    typer.echo(f"{outcome.document.id}: {_told(outcome)}")


def _complain(outcome: Outcome) -> None:
    failure = outcome.failure
    assert failure is not None
    typer.echo(f"{failure.where}: {failure.problem}. {failure.remedy}".rstrip(), err=True)


def _told(outcome: Outcome) -> str:
    assert outcome.added is not None and outcome.extraction is not None
    if outcome.added.status == "same":
        return "already in the ledger, nothing changed"
    if outcome.added.status == "again":
        return f"taken again, {outcome.added.claims} more claims, {outcome.added.rejected} rejected"
    kinds = Counter(c.kind for c in outcome.extraction.claims)
    parts = ", ".join(f"{n} {_plural(k, n)}" for k, n in kinds.most_common()) or "no claims"
    version = "new version, " if outcome.added.status == "version" else ""
    return f"{version}{parts}"


_PLURALS = {"quantity": "quantities", "capability": "capabilities"}


def _plural(kind: str, n: int) -> str:
    return kind if n == 1 else _PLURALS.get(kind, kind + "s")


def _row(outcome: Outcome) -> dict[str, object]:
    row: dict[str, object] = {"where": outcome.where, "status": _kind(outcome)}
    if outcome.failure is not None:
        row |= {"problem": outcome.failure.problem, "remedy": outcome.failure.remedy}
    if outcome.added is not None and outcome.document is not None:
        row |= {"id": outcome.document.id, "document": outcome.added.document_key}
        row |= {"claims": outcome.added.claims}
    return row


def _sum_up(tally: Counter[str], ledger: Target) -> None:
    words = {
        "new": "new",
        "version": "new versions",
        "again": "taken again",
        "same": "unchanged",
        "failed": "not read",
    }
    parts = [f"{tally[k]} {w}" for k, w in words.items() if tally[k]]
    typer.echo(f"{ledger}: {', '.join(parts) or 'nothing to read'}.", err=True)
