"""The table of projects: what its rows print, and what its filters count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from nameplate.answer.moments import held, moment
from nameplate.answer.views import Figure, FigureRow, MilestoneRow, ProjectRow
from nameplate.lexicon.measures import order as by_measure
from nameplate.lexicon.stages import order
from nameplate.web.views.dates import say_date
from nameplate.web.views.facets import FACETS, FILTERS, Option
from nameplate.web.views.figures import say_figure
from nameplate.web.views.ladder import phase
from nameplate.web.views.links import query_link
from nameplate.web.views.shown import clip
from nameplate.web.views.standing import Standing, standing
from nameplate.web.views.words import Words

_FIGURES = 2
_CHOICES = 12
"""Values of a facet that are listed; the search finds the others."""
GROUPS = ("phase", "stage", "kind", "sector", "place", "sponsor")
"""By what the table can be grouped."""

COLUMNS = {"name": False, "stage": True, "news": True, "claims": True}
"""By what the table can be sorted, and whether the largest comes first."""


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


class Choice(msgspec.Struct, frozen=True):
    """A value to filter by, with how many rows have it; a chosen one leads back to all."""

    label: str
    phase: str
    number: int
    href: str
    chosen: bool


class FacetView(msgspec.Struct, frozen=True):
    """A facet with its values; ``more`` is how many are not listed."""

    name: str
    label: str
    choices: list[Choice]
    more: int


class Group(NamedTuple):
    """Rows under one heading."""

    label: str
    phase: str
    rows: list[Any]


def row_view(
    row: ProjectRow, milestones: Iterable[MilestoneRow], findings: tuple[int, str], words: Words
) -> RowView:
    """One line of the table; ``findings`` are how many there are and how grave the gravest is."""
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
        findings=findings[0],
        severity=findings[1],
    )


def _headlines(
    figures: Iterable[FigureRow], side: Callable[[FigureRow], Sequence[Figure]], words: Words
) -> list[Headline]:
    """The newest figure of each measure on one side, the weightiest measures first."""
    latest = [(row.measure, newest(side(row))) for row in figures if side(row)]
    return [
        Headline(
            words.measure(measure),
            say_figure(figure.entries[0].claim, words),
            say_date(figure.when, words),
        )
        for measure, figure in latest[:_FIGURES]
    ]


def newest(figures: Sequence[Figure]) -> Figure:
    """The figure of the latest time."""
    return max(figures, key=_span)


def _span(figure: Figure) -> tuple[date, int]:
    """Sort key: the later the end the newer; of two that end together the longer says more."""
    low, high = held(figure.entries[0]) or (moment(figure.entries[0]),) * 2
    return high, (high - low).days


def facet_views(
    options: Callable[[str], list[Option]],
    query: Mapping[str, str],
    words: Words,
    names: Sequence[str] = FACETS,
) -> list[FacetView]:
    """The facets beside the table; ``options`` gives a facet's values under all other filters."""
    views = []
    for name in names:
        found = options(name)
        if name in ("stage", "measure"):
            found.sort(key=lambda option: (order if name == "stage" else by_measure)(option.key))
        links = [_choice(name, option, query, words) for option in found[:_CHOICES]]
        views.append(FacetView(name, words.say(f"facet_{name}"), links, len(found) - len(links)))
    return [view for view in views if len(view.choices) > 1 or query.get(view.name)]


def _choice(name: str, option: Option, query: Mapping[str, str], words: Words) -> Choice:
    value = "" if option.chosen else option.key
    return Choice(
        label=facet_label(name, option.key, words),
        phase=phase_class(name, option.key),
        number=option.number,
        href=query_link({**query, "page": ""}, **{name: value}),
        chosen=option.chosen,
    )


def facet_label(name: str, key: str, words: Words) -> str:
    """What a value of a facet is called."""
    match name:
        case "stage":
            return words.say("stage_none") if key == "none" else words.stage(key)
        case "phase":
            return words.name_of("phase", key)
        case "kind":
            return words.name_of("entities", key)
        case "measure":
            return words.measure(key)
        case "sector":
            return words.sector(key)
        case "product":
            return words.product(key)
        case _:
            return clip(key, 60)


def phase_class(name: str, key: str) -> str:
    """The colour of a value: stages and phases have one."""
    return {"stage": phase(key), "phase": key}.get(name, "")


def filters_in_words(query: Mapping[str, str], words: Words) -> list[Choice]:
    """The filters that are on, each with the address without it."""
    made = []
    for name in FILTERS:
        if value := query.get(name):
            label = facet_label(name, value, words) if name in FACETS else clip(value, 40)
            label = words.say("filter_flagged") if name == "flagged" else label
            said = f"{words.say(f'facet_{name}')}: {label}" if name != "flagged" else label
            made.append(Choice(said, phase_class(name, value), 0, _without(query, name), True))
    return made


def _without(query: Mapping[str, str], name: str) -> str:
    return query_link(query, **{name: "", "page": ""})


def grouped(rows: Iterable[tuple[str, Any]], by: str, words: Words) -> list[Group]:
    """Rows, each with its value, under headings; the largest group first, stages in their order."""
    made: dict[str, list[Any]] = {}
    for value, row in rows:
        made.setdefault(value, []).append(row)
    keys = sorted(made, key=lambda key: (not key, order(key) if by == "stage" else -len(made[key])))
    blank = words.say("group_blank")
    return [
        Group(facet_label(by, key, words) if key else blank, phase_class(by, key), made[key])
        for key in keys
    ]
