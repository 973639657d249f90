"""Tables and views for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nameplate.answer import wording
from nameplate.answer.views import Figure, FigureRow, MilestoneRow, ProjectRow, ProjectView
from nameplate.ledger import Filed
from nameplate.model import Entity, Entry, Failure, Finding

if TYPE_CHECKING:
    from nameplate.resolve import Belongs

WIDE = 120
"""Columns from which a terminal has room for every column of the table of projects."""


def table(*columns: str, title: str = "") -> Table:
    """A table without lines, whose cells are folded."""
    made = Table(
        title=title or None, title_justify="left", title_style="bold", box=None, pad_edge=False
    )
    for column in columns:
        made.add_column(column, overflow="fold", header_style="dim")
    return made


def _figure(row: FigureRow) -> str:
    return wording.figure(row.latest.entries[0].claim)


def projects_table(console: Console, rows: Sequence[ProjectRow]) -> None:
    """One line a project."""
    if not rows:
        console.print("The ledger knows no such thing yet; add reports with: nameplate add PATH...")
        return
    wide = console.width >= WIDE
    more = ("kind", "place", "claims") if wide else ()
    made = table("project", "stage", "since", "last news", "figures", *more)
    for column in made.columns[1:4]:
        column.no_wrap = True
    for row in rows:
        rest = (row.entity.kind, escape(", ".join(row.places[:2])), str(row.claims))
        made.add_row(
            escape(row.entity.name), row.status.stage or "–", row.status.when or "",
            row.news or "", escape("; ".join(_figure(f) for f in row.figures[:2])),
            *(rest if wide else ()),
        )  # fmt: skip
    console.print(made)


def print_view(console: Console, view: ProjectView) -> None:
    """All that is known of one thing, each line with its source and words."""
    entity, status = view.entity, view.status
    console.print(f"[bold]{escape(entity.name)}[/bold] ({entity.kind})")
    _names(console, view)
    console.print(f"Status (derived): [bold]{status.stage or 'unknown'}[/bold] {status.when or ''}")
    console.print(f"  {escape(status.because)}", style="dim")
    if status.quiet:
        console.print(f"  [bold]{status.quiet}[/bold]: {escape(status.quiet_because)}")
    _milestones(console, view.milestones)
    _figures(console, view.figures)
    _entries(console, "Visits", view.visits)
    _entries(console, "Orders", view.instructions)
    _entries(console, "Relations", (*view.relations, *view.mentioned))
    _entries(console, "Needs and offers", (*view.needs, *view.capabilities))


def print_kin(console: Console, entity: Entity, kin: Sequence[tuple[Entity, Belongs]]) -> None:
    """What it is a part of, then what is a part of it, each with the reason."""
    for title, inside in (("Part of", True), ("Its parts", False)):
        rows = [(one, b.reason) for one, b in kin if (b.part == entity.id) is inside]
        if rows:
            console.print(f"\n[bold]{title}[/bold]")
        for one, reason in rows:
            console.print(f"{escape(one.name)} ({one.kind})  [dim]{escape(reason)}[/dim]")


def _names(console: Console, view: ProjectView) -> None:
    """The history of its name: what else it was called, from when to when."""
    for row in view.names:
        if row.name != view.entity.name:
            days = row.first if row.first == row.last else f"{row.first} to {row.last}"
            console.print(f"also called: {escape(row.name)} ({days})", style="dim")


def words_of(entry: Entry) -> str:
    """The claim's words with the report they stand in."""
    quote = " ".join(entry.claim.quote.split())
    return f"“{quote}” — {wording.source(entry)}"


def _milestones(console: Console, rows: Sequence[MilestoneRow]) -> None:
    if not rows:
        return
    made = table("when", "stage", "said as", "outcome", "words and source", title="\nMilestones")
    for row in rows:
        outcome: str = row.outcome or ""
        if row.slip is not None:
            outcome += f" ({row.slip:+d} days)" if row.slip else ", on time"
        stage = f"{row.stage} ({row.scope})" if row.scope else row.stage
        made.add_row(
            row.when or "–", escape(stage), row.modality, outcome, escape(words_of(row.entries[0]))
        )
    console.print(made)


def _figures(console: Console, rows: Sequence[FigureRow]) -> None:
    if not rows:
        return
    made = table("measure", "planned", "actual", "words and source", title="\nFigures")
    for row in rows:
        name = f"{row.measure} ({row.scope})" if row.scope else row.measure
        sides = ["\n".join(_told_figure(f) for f in side) for side in (row.planned, row.actual)]
        words = "\n".join(words_of(f.entries[0]) for f in (*row.planned, *row.actual))
        made.add_row(escape(name), escape(sides[0]), escape(sides[1]), escape(words))
    console.print(made)


def _told_figure(figure: Figure) -> str:
    standing = "" if figure.standing == "stands" else f" [{figure.standing}]"
    return f"{wording.figure(figure.entries[0].claim)}{standing}"


def _entries(console: Console, title: str, entries: Iterable[Entry]) -> None:
    rows = list(entries)
    if not rows:
        return
    made = table("when", "what", "words and source", title=f"\n{title}")
    for entry in rows:
        made.add_row(entry.claim.when or "–", escape(_told(entry)), escape(words_of(entry)))
    console.print(made)


def _told(entry: Entry) -> str:
    claim = entry.claim
    if claim.kind == "relation":
        role = f" ({claim.role})" if claim.role else ""
        return f"{claim.subject} {(claim.relation or '').replace('_', ' ')} {claim.object}{role}"
    if claim.kind == "visit":
        return "; ".join(claim.visitors)
    if claim.kind == "instruction":
        return f"{claim.by or '?'} to {claim.to or '–'}: {claim.text or claim.quote}"
    return claim.topic or claim.quote


def claims_table(console: Console, entries: Sequence[Entry]) -> None:
    """One line a claim."""
    if not entries:
        console.print(
            "No claim answers to this; drop a filter, or add reports: nameplate add PATH..."
        )
        return
    made = table("key", "kind", "subject", "what", "modality", "when", "words and source")
    for entry in entries:
        made.add_row(
            entry.key[:8], entry.claim.kind, escape(entry.claim.subject), escape(_what(entry)),
            entry.claim.modality or "", entry.claim.when or "", escape(words_of(entry)),
        )  # fmt: skip
    console.print(made)


def _what(entry: Entry) -> str:
    if entry.claim.kind == "quantity":
        return f"{entry.claim.measure}: {wording.figure(entry.claim)}"
    if entry.claim.kind == "milestone":
        return entry.claim.stage or ""
    return _told(entry)


def documents_table(console: Console, filed: Sequence[Filed], failures: Sequence[Failure]) -> None:
    """One line a report, then the failures."""
    made = table("report", "title", "published", "lang", "version", "claims")
    for one in filed:
        made.add_row(
            escape(one.id), escape(one.title or ""), one.published or "–", one.lang or "",
            str(one.version), str(one.claims),
        )  # fmt: skip
    console.print(made)
    for failure in failures:
        console.print(
            f"not read: {failure.where}: {failure.problem}. {failure.remedy}",
            style="red",
            markup=False,
        )


def print_findings(
    console: Console, found: Sequence[Finding], entries: Mapping[str, Entry]
) -> None:
    """Each finding with the words of both sides."""
    if not found:
        console.print("Nothing contradicts anything else.")
        return
    styles = {"error": "bold red", "warning": "yellow", "info": "dim"}
    for finding in found:
        console.print(
            f"{finding.severity}: {escape(finding.subject)}", style=styles[finding.severity]
        )
        console.print(f"  {escape(finding.message)}")
        for key in finding.claims:
            if key in entries:
                console.print(f"    {escape(words_of(entries[key]))}", style="dim")
    console.print(f"{len(found)} finding{'s' if len(found) != 1 else ''}.")
