"""``projects``, ``show``, ``claims``, ``documents``, ``check``, ``verify``: questions to a ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.console import Console

from nameplate.cli.app import app
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, AsOf, LedgerFile, clock, existing
from nameplate.errors import UsageError

if TYPE_CHECKING:
    from nameplate.model import Entity, EntityKind, Entry, Finding

Name = Annotated[str, typer.Argument(help="A name, or a part of one, in any spelling.")]
Text = Optional[str]  # noqa: UP045 - typer reads the annotation at run time


def write_rows(rows: Iterable[object]) -> None:
    """Print each as a line of JSON."""
    from nameplate.model import to_json

    for row in rows:
        sys.stdout.buffer.write(to_json(row) + b"\n")


@app.command(
    epilog="Examples: [bold]nameplate projects[/bold] · [bold]nameplate projects --kind company[/bold]"
)
def projects(
    ledger: LedgerFile = DEFAULT_LEDGER,
    kind: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            help="Kinds of things to list; projects, plants, lines and parks unless given."
        ),
    ] = None,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """List the projects of the ledger: stage, last news, place, headline figures."""
    from nameplate.answer.projects import project_rows
    from nameplate.answer.shelf import Shelf
    from nameplate.cli.printing import projects_table
    from nameplate.pipeline import entities

    kinds = _kinds(kind)
    with existing(ledger) as opened:
        known, entries = entities(opened, as_of)
    rows = project_rows(known, Shelf(entries), as_of or clock(), kinds)
    if json:
        write_rows(rows)
    else:
        projects_table(Console(), rows)


def _kinds(given: list[str] | None) -> frozenset[EntityKind]:
    import typing

    from nameplate.answer.projects import PROJECT_KINDS
    from nameplate.model import EntityKind

    if not given:
        return PROJECT_KINDS
    known = typing.get_args(EntityKind)
    for one in given:
        if one not in known:
            raise UsageError(f"there is no kind {one!r}", remedy=f"Use one of {', '.join(known)}.")
    return frozenset(given)  # type: ignore[arg-type]


@app.command(epilog='Example: [bold]nameplate show "tyre project"[/bold]')
def show(
    name: Name, ledger: LedgerFile = DEFAULT_LEDGER, as_of: AsOf = None, json: AsJson = False
) -> None:
    """Show one thing: stage, milestones, figures planned beside actual, visits, orders, sources.

    Also what it is a part of and what is a part of it, by reports and by phases in names.

    The name is matched loosely; where several things answer to it the candidates are listed and the
    exit code is 3.
    """
    from msgspec import Raw
    from msgspec.json import decode

    from nameplate.answer.timeline import project_view
    from nameplate.cli.printing import print_kin, print_view
    from nameplate.model import to_json
    from nameplate.pipeline import entity_of, like, parts_and_wholes

    with existing(ledger) as opened:
        entity, shelf = entity_of(opened, one_of(like(opened, name), name).id, as_of)
        kin = [] if as_of else parts_and_wholes(opened, entity, shelf)
    view = project_view(entity, shelf, as_of or clock())
    if json:
        fields = decode(to_json(view), type=dict[str, Raw])
        belongs = Raw(to_json([found for _, found in kin]))
        write_rows([fields | {"belongs": belongs}])
    else:
        print_view(Console(), view)
        print_kin(Console(), entity, kin)


def one_of(known: list[Entity], name: str) -> Entity:
    """The entity of this name; lists the candidates and leaves with 3 if it may be several."""
    from nameplate.resolve import find_entities

    found = find_entities(known, name)
    if not found:
        raise UsageError(
            f"nothing in the ledger is called {name!r}",
            remedy="List what there is with nameplate projects, or with --kind company.",
        )
    best, score = found[0]
    rivals = [e for e, s in found if s >= score - 0.02]
    if len(rivals) > 1 and score < 1.0:
        typer.echo(f"{name!r} may be any of these; give more of the name:", err=True)
        for entity, likeness in found[:10]:
            typer.echo(f"  {entity.name}  ({entity.kind}, {likeness:.2f})", err=True)
        raise typer.Exit(3)
    return best


@app.command(
    epilog="Examples: [bold]nameplate claims --measure investment[/bold] · "
    "[bold]nameplate claims --subject Chongqing --since 2020-02 --until 2020-03[/bold]"
)
def claims(  # noqa: PLR0913, PLR0917 - one parameter an option
    ledger: LedgerFile = DEFAULT_LEDGER,
    kind: Annotated[Text, typer.Option(help="quantity, milestone, relation, visit…")] = None,
    measure: Annotated[
        Text, typer.Option(help="A measure, such as investment or capacity.")
    ] = None,
    stage: Annotated[Text, typer.Option(help="A stage, such as signed or producing.")] = None,
    subject: Annotated[Text, typer.Option(help="What it is about, matched loosely.")] = None,
    document: Annotated[Text, typer.Option(help="A document's id, address or key.")] = None,
    since: Annotated[Text, typer.Option(help="Holds on or after this EDTF date.")] = None,
    until: Annotated[Text, typer.Option(help="Holds on or before this EDTF date.")] = None,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """List claims with their exact words."""
    from nameplate.cli.printing import claims_table
    from nameplate.ledger import ClaimFilter

    wanted = ClaimFilter(
        kind=kind,  # type: ignore[arg-type]
        measure=measure,
        stage=stage,
        subject=subject,
        document=document,
        since=since,
        until=until,
    )
    with existing(ledger) as opened:
        entries = opened.entries(wanted, as_of)
    if json:
        write_rows(entries)
    else:
        claims_table(Console(), entries)


@app.command()
def documents(
    ledger: LedgerFile = DEFAULT_LEDGER, as_of: AsOf = None, json: AsJson = False
) -> None:
    """List the reports of the ledger and, last, the files that could not be read."""
    from nameplate.cli.printing import documents_table

    with existing(ledger) as opened:
        filed, failures = opened.documents(as_of), opened.failures()
    if json:
        write_rows([*filed, *failures])
    else:
        documents_table(Console(), filed, failures)


@app.command()
def check(
    name: Annotated[Text, typer.Argument(help="Only this thing; all of them unless given.")] = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Find what does not add up: values, dates, parts and wholes, ratios, scales, currencies, capacity.

    Nothing is changed; every finding names its severity and quotes both sides.
    """
    from nameplate.answer.checks import findings
    from nameplate.answer.shelf import Shelf
    from nameplate.cli.printing import print_findings
    from nameplate.pipeline import entities

    with existing(ledger) as opened:
        known, entries = entities(opened, as_of)
    chosen = known if name is None else [one_of(known, name)]
    shelf = Shelf(entries)
    found: list[Finding] = [f for e in chosen for f in findings(e.name, shelf.of(e))]
    if json:
        write_rows(found)
    else:
        print_findings(Console(), found, {e.key: e for e in entries})


@app.command()
def verify(ledger: LedgerFile = DEFAULT_LEDGER) -> None:
    """Check that the ledger is whole: every quote in its text, every key what it should be."""
    with existing(ledger) as opened:
        problems = opened.verify()
    for problem in problems:
        typer.echo(f"{problem.table} {problem.key}: {problem.problem}", err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{ledger}: whole.")


def keyed(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by their key."""
    return {entry.key: entry for entry in entries}
