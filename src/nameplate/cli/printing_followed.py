"""Tables of what is followed: a measure through time, a park's members, what an event promised."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from nameplate.answer import wording
from nameplate.answer.groups import EventView, Member, ParkView
from nameplate.answer.series import Point, Series, Step
from nameplate.cli.printing import table, words_of
from nameplate.model import Entity


def print_series(console: Console, entity: Entity, found: Sequence[Series]) -> None:
    """One table a series of figures."""
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


def print_steps(console: Console, whole: Entity, stage: str, steps: Sequence[Step]) -> None:
    """How many had reached a stage, by day."""
    if not steps:
        console.print(f"Nothing in {escape(whole.name)} is known to be {stage}.")
        return
    made = table("day", f"{stage} (derived)", "words and source")
    for step in steps:
        words = "\n".join(words_of(entry) for entry in step.entries)
        made.add_row(step.day, str(step.count), escape(words))
    console.print(made)


def print_park(console: Console, view: ParkView) -> None:
    """What lies in a park or place, one line a member."""
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


def print_event(console: Console, view: EventView) -> None:
    """What was promised at a signing, and what became of it."""
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
