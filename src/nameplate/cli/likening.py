"""``alike``: what speaks for and against two things being one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from nameplate.cli.app import app
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, LedgerFile, existing
from nameplate.errors import UsageError

if TYPE_CHECKING:
    from nameplate.model import Entity
    from nameplate.resolve import Comparison


@app.command(
    epilog='Example: [bold]nameplate alike "Orvane plant" "奥凡工厂"[/bold]; then '
    "[bold]nameplate judge same[/bold] or [bold]different[/bold] with the two names"
)
def alike(
    one: Annotated[str, typer.Argument(help="A thing of the ledger, by its name or id.")],
    two: Annotated[str, typer.Argument(help="Another one.")],
    ledger: LedgerFile = DEFAULT_LEDGER,
    json: AsJson = False,
) -> None:
    """Show the evidence on whether two things are one: each feature, its score and its reason.

    A score of 0 is a veto, 1 settles it; from 0.9 together the matcher takes the two for one, from
    0.7 it asks a person. Nothing is changed.
    """
    from nameplate.cli.asking import one_of
    from nameplate.model import to_json
    from nameplate.pipeline import entity_of, like
    from nameplate.resolve import likeness

    with existing(ledger) as opened:
        first, second = (one_of(like(opened, name), name) for name in (one, two))
        if first.id == second.id:
            raise UsageError(
                f"{one!r} and {two!r} are one thing already",
                remedy="nameplate judge list says why.",
            )
        shelves = [entity_of(opened, entity.id)[1] for entity in (first, second)]
        entries = [e for shelf in shelves for own in shelf.by_document().values() for e in own]
    found = likeness(first, second, entries)
    if json:
        sys.stdout.buffer.write(to_json(_row(first, second, found)) + b"\n")
        return
    _print(first, second, found)


def _verdict(found: Comparison) -> str:
    from nameplate.resolve import SAME

    if found.veto is not None:
        return "never one on this evidence"
    if found.score >= SAME:
        return "one thing"
    return "not sure" if found.score >= 0.7 else "not shown to be one"


def _row(first: Entity, second: Entity, found: Comparison) -> dict[str, object]:
    features = [{"feature": f.name, "score": f.score, "reason": f.reason} for f in found.features]
    return {
        "one": first.name,
        "two": second.name,
        "score": round(found.score, 3),
        "verdict": _verdict(found),
        "features": features,
    }


def _print(first: Entity, second: Entity, found: Comparison) -> None:
    from rich.console import Console
    from rich.markup import escape

    from nameplate.cli.printing import table

    console = Console()
    console.print(
        f"[bold]{escape(first.name)}[/bold] ({first.kind}) and [bold]{escape(second.name)}[/bold] "
        f"({second.kind}): {_verdict(found)}, {found.score:.2f}"
    )
    if not found.features:
        console.print("Nothing speaks for it, and nothing against it.")
        return
    made = table("feature", "score", "reason")
    for feature in found.features:
        score = "veto" if feature.score == 0 else f"{feature.score:.2f}"
        made.add_row(feature.name, score, escape(feature.reason))
    console.print(made)
