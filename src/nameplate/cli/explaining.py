"""``explain``: what was found in a text, what was bound to what and why, what was rejected."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nameplate.cli.app import app
from nameplate.cli.options import AsJson

if TYPE_CHECKING:
    from nameplate.claim.context import Context
    from nameplate.model import Claim, Extraction


@app.command(
    epilog='Example: [bold]nameplate explain "The plant will produce 15 million tyres a year."[/bold]'
)
def explain(
    text: Annotated[str, typer.Argument(help="A sentence or a report; - reads standard input.")],
    published: Annotated[
        Optional[str],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option(metavar="DAY", help="The report's publication date, for relative dates."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Show what was found in a text, what was bound to what and why, and what was rejected."""
    from nameplate.claim.context import build
    from nameplate.claim.extract import take
    from nameplate.model import Document, to_json
    from nameplate.pipeline import dated
    from nameplate.read import mark_regions

    words = sys.stdin.read() if text == "-" else text
    regions = mark_regions(words)
    document = dated(Document(id="text", text=words, published=published, regions=regions))
    context = build(document)
    extraction = take(context)
    if json:
        sys.stdout.buffer.write(to_json(extraction) + b"\n")
        return
    console = Console(highlight=False)
    _print_found(console, context)
    _print_claims(console, extraction)
    _print_rejected(console, extraction)


def _print_found(console: Console, context: Context) -> None:
    table = Table(title="Found", title_justify="left", box=None, pad_edge=False)
    for column in ("at", "what", "words", "reading"):
        table.add_column(column, overflow="fold")
    rows: list[tuple[int, str, str, str]] = [
        (n.start, n.kind, context.quote(n.start, n.end), _stands_for(context, i))
        for i, n in enumerate(context.names)
    ]
    for sentence in context.sentences:
        rows += [
            (
                q.start,
                "quantity",
                context.quote(q.start, q.end),
                f"{_value(q)} {q.unit}{_per(q.per)}",
            )
            for q in sentence.quantities
        ]
        rows += [
            (
                t.start,
                "time",
                context.quote(t.start, t.end),
                f"{t.edtf or '?'} {t.mod or ''}".strip(),
            )
            for t in sentence.times
        ]
    for at, what, words, reading in sorted(rows):
        table.add_row(str(at), what, escape(words), escape(reading))
    console.print(table if rows else "Nothing was found.")


def _stands_for(context: Context, index: int) -> str:
    name = context.names[index]
    if not name.generic:
        return ""
    referent = context.referent(name)
    return f"stands for {referent.text}" if referent is not name else "no antecedent"


def _value(found: object) -> str:
    value, low, high = (getattr(found, k) for k in ("value", "low", "high"))
    return f"{value:,}" if value is not None else f"{low:,}–{high:,}"


def _per(period: str | None) -> str:
    return f" per {period}" if period else ""


def _print_claims(console: Console, extraction: Extraction) -> None:
    console.print(f"\n[bold]Claims[/bold] ({len(extraction.claims)})")
    for claim in extraction.claims:
        console.print(f"• {escape(describe(claim))}", style="green")
        console.print(f"    “{escape(claim.quote)}” [{claim.start}–{claim.end}]", markup=False)
        console.print(
            f"    why: {claim.rule}; confidence {claim.confidence}", style="dim", markup=False
        )


def _print_rejected(console: Console, extraction: Extraction) -> None:
    if extraction.rejected:
        console.print(f"\n[bold]Rejected[/bold] ({len(extraction.rejected)})")
    for no in extraction.rejected:
        console.print(f"• {no.kind}: “{no.quote}” [{no.start}–{no.end}]: {no.reason}", markup=False)


def describe(claim: Claim) -> str:
    """A claim in one line, for people."""
    parts = [claim.kind, claim.subject]
    if claim.kind == "quantity":
        bound = "" if claim.bound in (None, "=") else claim.bound
        parts.append(f"{claim.measure} {bound}{_value(claim)} {claim.unit}{_per(claim.per)}")
        parts += [claim.item or "", claim.aggregate or ""]
    said = (claim.stage, claim.relation, claim.object, claim.topic, claim.text, claim.purpose)
    parts += [part for part in said if part]
    parts += list(claim.visitors)
    parts += [claim.modality or "", claim.when or "", claim.scope or ""]
    return " · ".join(part for part in parts if part)
