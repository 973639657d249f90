"""``series``, ``park``, ``event``: one measure through time, and what belongs together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Optional

import typer
from rich.console import Console
from rich.markup import escape

from nameplate.answer import wording
from nameplate.answer.belonging import Register
from nameplate.answer.groups import EventView, Member, ParkView, event_view, park_view
from nameplate.answer.series import Point, Series, Step, reached
from nameplate.answer.series import series as series_of
from nameplate.answer.shelf import Shelf
from nameplate.cli.app import app
from nameplate.cli.asking import Name, one_of, write_rows
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, AsOf, LedgerFile, clock, existing
from nameplate.cli.printing import table, words_of
from nameplate.errors import UsageError
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.lexicon.measures import measures
from nameplate.lexicon.stages import stages
from nameplate.model import Entity
from nameplate.pipeline import entities, entity_of, like

Text = Optional[str]  # noqa: UP045 - typer reads the annotation at run time


@app.command(
    epilog="Examples: [bold]nameplate series Chongqing --measure enterprises[/bold] · "
    "[bold]nameplate series Chongqing --stage resumed[/bold]"
)
def series(
    name: Name,
    measure: Annotated[
        Text, typer.Option(help="Only this measure, such as enterprises or output.")
    ] = None,
    stage: Annotated[
        Text, typer.Option(help="Count what lies in it and had reached this stage, by day.")
    ] = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Follow the figures of a place, park or plant through time; reported beside planned.

    With --stage the count is derived: things that reports place there, each from the day on which
    it first reached the stage.
    """
    _check_known(measure, stage)
    with existing(ledger) as opened:
        if stage is not None:
            whole, register = _register(opened, name, as_of)
            inside = [part for part, _ in register.within(whole)]
            steps = reached(inside, register.shelf, stage, as_of or clock())
            _print(steps, json=json, to=lambda c: _print_steps(c, whole, stage, steps))
            return
        entity, shelf = entity_of(opened, one_of(like(opened, name), name).id, as_of)
    found = [one for one in series_of(shelf.of(entity), measure) if one.points or one.planned]
    _print(found, json=json, to=lambda console: _print_series(console, entity, found))


@app.command(epilog='Example: [bold]nameplate park "Sampleton Industrial Park"[/bold]')
def park(
    name: Name, ledger: LedgerFile = DEFAULT_LEDGER, as_of: AsOf = None, json: AsJson = False
) -> None:
    """Show a park, or a place, with the enterprises and projects in it and the state of each."""
    with existing(ledger) as opened:
        whole, register = _register(opened, name, as_of)
    view = park_view(whole, register, as_of or clock())
    _print([view], json=json, to=lambda console: _print_park(console, view))


@app.command(epilog='Example: [bold]nameplate event "2018 Smart China Expo"[/bold]')
def event(
    name: Name, ledger: LedgerFile = DEFAULT_LEDGER, as_of: AsOf = None, json: AsJson = False
) -> None:
    """Show a signing event: what was promised there, and how much has since started or lapsed.

    The reported totals stand beside what the ledger knows of single projects, which is seldom all
    of them. Money is counted once a project, however often it was signed.
    """
    with existing(ledger) as opened:
        whole, register = _register(opened, name, as_of)
        reports = {e.document_key for e in opened.entries(ClaimFilter(stage="signed"), as_of)}
        texts = {key: opened.document(key).text for key in sorted(reports)}
    view = event_view(whole, register, as_of or clock(), texts)
    _print([view], json=json, to=lambda console: _print_event(console, view))


def _check_known(measure: str | None, stage: str | None) -> None:
    for given, known, what in ((measure, measures(), "measure"), (stage, stages(), "stage")):
        if given is not None and given not in known:
            raise UsageError(
                f"there is no {what} {given!r}", remedy=f"Use one of {', '.join(known)}."
            )


def _register(ledger: Ledger, name: str, as_of: str | None) -> tuple[Entity, Register]:
    """The one that is meant, and all others to look among."""
    known, entries = entities(ledger, as_of)
    return one_of(known, name), Register(known, Shelf(entries))


def _print(rows: Sequence[object], *, json: bool, to: Callable[[Console], None]) -> None:
    if json:
        write_rows(rows)
    else:
        to(Console())


def _print_series(console: Console, entity: Entity, found: Sequence[Series]) -> None:
    if not found:
        console.print(f"No figures of {escape(entity.name)} are reported.")
    for one in found:
        item = f" ({one.item})" if one.item else ""
        scope = f", {one.scope}" if one.scope else ""
        made = table("day", "said as", "figure", "standing", "words and source",
                     title=f"\n{escape(one.measure + item + scope)}")  # fmt: skip
        for side, points in (("actual", one.points), ("planned", one.planned)):
            for point in points:
                made.add_row(*_point(point, side))
        console.print(made)


def _point(point: Point, side: str) -> tuple[str, str, str, str, str]:
    figure = point.figure
    standing: str = "" if figure.standing == "stands" else figure.standing
    if figure.reports > 1:
        standing += f"{', ' if standing else ''}{figure.reports} reports"
    day = point.day if point.dated else f"({point.day})"
    entry = figure.entries[0]
    told = escape(wording.figure(entry.claim))
    return day, side, told, standing, escape(words_of(entry))


def _print_steps(console: Console, whole: Entity, stage: str, steps: Sequence[Step]) -> None:
    if not steps:
        console.print(f"Nothing in {escape(whole.name)} is known to be {stage}.")
        return
    made = table("day", f"{stage} (derived)", "words and source")
    for step in steps:
        words = "\n".join(words_of(entry) for entry in step.entries)
        made.add_row(step.day, str(step.count), escape(words))
    console.print(made)


def _print_park(console: Console, view: ParkView) -> None:
    console.print(f"[bold]{escape(view.park.name)}[/bold] ({view.park.kind})")
    if not view.members:
        console.print("No report places anything in it.")
        return
    made = table("in it", "kind", "stage", "since", "news due", "last news", "words and source")
    for member in view.members:
        made.add_row(*_member(member))
    console.print(made)


def _member(member: Member) -> tuple[str, ...]:
    row, status = member.row, member.row.status
    stage = f"announced: {status.stage}" if status.rule == "promised" else status.stage or "–"
    return (
        escape(row.entity.name), row.entity.kind, stage, status.when or "", status.quiet or "",
        row.news or "", escape(words_of(member.entry)),
    )  # fmt: skip


def _print_event(console: Console, view: EventView) -> None:
    console.print(f"[bold]{escape(view.event.name)}[/bold]")
    for row in view.reported:
        for figure in (*row.actual, *row.planned):
            entry = figure.entries[0]
            told = f"{wording.measure(entry.claim)}: {wording.figure(entry.claim)}"
            console.print(f"  reported: {escape(told)}  {escape(words_of(entry))}", style="dim")
    if not view.signed:
        console.print("No project is known to have been signed there.")
        return
    made = table("what became of them (derived)", "projects", "money promised")
    for tally in view.tallies:
        money = ", ".join(f"{wording.number(v)} {unit}" for unit, v in sorted(tally.money.items()))
        made.add_row(tally.fate, str(tally.projects), money)
    console.print(made)
    listed = table("project", "fate", "since", "promised", "signing", title="\nKnown projects")
    for one in view.signed:
        promised = f"{wording.number(one.promised)} {one.unit}" if one.promised is not None else ""
        project = one.member.row
        words = escape(words_of(one.member.entry))
        since = project.status.when or ""
        listed.add_row(escape(project.entity.name), one.fate, since, promised, words)
    console.print(listed)
