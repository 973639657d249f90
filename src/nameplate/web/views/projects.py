"""The table of projects: what its rows print, and what its filters count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from nameplate.answer.views import Figure, FigureRow, MilestoneRow, ProjectRow
from nameplate.lexicon.stages import order
from nameplate.model import Finding
from nameplate.web.views.dates import say_date
from nameplate.web.views.figures import say_figure
from nameplate.web.views.ladder import phase
from nameplate.web.views.links import query_link
from nameplate.web.views.standing import Standing, standing
from nameplate.web.views.table import Column
from nameplate.web.views.words import Words

_FIGURES = 2
_SEVERITIES = ("info", "warning", "error")

COLUMNS = {
    "name": Column(lambda row: row.entity.name.casefold()),
    "stage": Column(lambda row: order(row.status.stage) if row.status.stage else None, falling=True),
    "news": Column(lambda row: row.news, falling=True),
    "claims": Column(lambda row: row.claims, falling=True),
}


class Headline(msgspec.Struct, frozen=True):
    """A figure of the table: its measure, its value, what narrows it."""

    measure: str
    said: str
    scope: str


class RowView(msgspec.Struct, frozen=True):
    """A project as the table prints it."""

    id: str
    name: str
    kind: str
    place: str
    status: Standing
    planned: list[Headline]
    actual: list[Headline]
    news: str
    documents: int
    claims: int
    findings: int
    severity: str


class Chip(msgspec.Struct, frozen=True):
    """A stage to filter by, with how many projects stand there."""

    key: str
    label: str
    phase: str
    number: int
    href: str
    current: bool


def row_view(
    row: ProjectRow, milestones: Iterable[MilestoneRow], found: Sequence[Finding], words: Words
) -> RowView:
    """One line of the table; ``found`` are the findings about the project."""
    return RowView(
        id=row.entity.id,
        name=row.entity.name,
        kind=words.name_of("entity", row.entity.kind),
        place=row.places[0] if row.places else "",
        status=standing(row.status, milestones, words),
        planned=_headlines(row.figures, lambda figure: figure.planned, words),
        actual=_headlines(row.figures, lambda figure: figure.actual, words),
        news=say_date(row.news, words),
        documents=row.documents,
        claims=row.claims,
        findings=len(found),
        severity=max((f.severity for f in found), key=_SEVERITIES.index, default="info"),
    )


def _headlines(
    figures: Iterable[FigureRow], side: Callable[[FigureRow], Sequence[Figure]], words: Words
) -> list[Headline]:
    """The newest figure of each measure on one side, the weightiest measures first."""
    return [
        Headline(
            words.measure(row.measure),
            say_figure(side(row)[-1].entries[0].claim, words),
            say_date(side(row)[-1].when, words),
        )
        for row in figures
        if side(row)
    ][:_FIGURES]


def matching(
    rows: Iterable[ProjectRow], query: Mapping[str, str], flagged: Mapping[str, object]
) -> list[ProjectRow]:
    """The rows that the address asks for by text, kind and findings (not yet by stage)."""
    wanted = query.get("q", "").casefold().split()
    kind = query.get("kind", "")
    return [
        row
        for row in rows
        if (not kind or row.entity.kind == kind)
        and (not query.get("flagged") or row.entity.id in flagged)
        and all(word in _text(row) for word in wanted)
    ]


def _text(row: ProjectRow) -> str:
    names = (name for name, _ in row.entity.names)
    return " ".join((row.entity.name, *names, *row.places)).casefold()


def stage_of(row: ProjectRow) -> str:
    """The stage that a row is counted under; ``none`` without one."""
    return row.status.stage or "none"


def chips(rows: Iterable[ProjectRow], query: Mapping[str, str], words: Words) -> list[Chip]:
    """A chip a stage, in the order of a project's life; the chosen one leads back to all."""
    tally = Counter(stage_of(row) for row in rows)
    chosen = query.get("stage", "")
    return [
        Chip(
            key=key,
            label=words.say("stage_none") if key == "none" else words.stage(key),
            phase=phase(key),
            number=tally[key],
            href=query_link(query, stage="" if key == chosen else key, page=""),
            current=key == chosen,
        )
        for key in sorted(tally, key=order)
    ]


def kinds(rows: Iterable[ProjectRow], words: Words) -> list[tuple[str, str, int]]:
    """The kinds of things that there are, with their number."""
    tally = Counter(row.entity.kind for row in rows)
    return [(key, words.entities[key], tally[key]) for key in words.entities if key in tally]
