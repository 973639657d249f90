"""The table of projects: what its rows print, and what its filters count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from nameplate.answer.moments import held, moment
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
    "stage": Column(
        lambda row: order(row.status.stage) if row.status.stage else None, falling=True
    ),
    "news": Column(lambda row: row.news, falling=True),
    "claims": Column(lambda row: row.claims, falling=True),
}


class Headline(msgspec.Struct, frozen=True):
    """A figure of the table: its measure, its value and its time."""

    measure: str
    said: str
    when: str


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
    newest = [(row.measure, max(side(row), key=_span)) for row in figures if side(row)]
    return [
        Headline(
            words.measure(measure),
            say_figure(figure.entries[0].claim, words),
            say_date(figure.when, words),
        )
        for measure, figure in newest[:_FIGURES]
    ]


def _span(figure: Figure) -> tuple[date, int]:
    """Sort key: the later the end the newer; of two that end together the longer says more."""
    low, high = held(figure.entries[0]) or (moment(figure.entries[0]),) * 2
    return high, (high - low).days


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
    tally: Counter[str] = Counter(row.entity.kind for row in rows)
    return [(key, words.entities[key], tally[key]) for key in words.entities if key in tally]
