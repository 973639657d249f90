"""One project, park, company …: all that its page prints, every figure with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from nameplate.answer.views import Figure, FigureRow, ProjectView
from nameplate.find.spelling import spell
from nameplate.ledger import Filed
from nameplate.model import Entity, Entry
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import Fact
from nameplate.web.views.figures import say_figure
from nameplate.web.views.findings import FindingView
from nameplate.web.views.history import MilestoneView, drawing, milestone_views
from nameplate.web.views.short import shortened
from nameplate.web.views.shown import clip
from nameplate.web.views.standing import Standing, standing
from nameplate.web.views.timeline import Drawing
from nameplate.web.views.words import Words

_NAMES = 6


class Cell(msgspec.Struct, frozen=True):
    """A value that opens its words; ``note`` stands behind it."""

    label: str
    facts: list[Fact]
    note: str = ""


class FigureView(msgspec.Struct, frozen=True):
    """A line of the table of figures."""

    label: str
    scope: str
    planned: list[Cell]
    actual: list[Cell]


class ListItem(msgspec.Struct, frozen=True):
    """A visit, an order, a connection: opens its words; ``entity`` is what it leads to."""

    label: str
    facts: list[Fact]
    meta: list[str]
    entity: str = ""
    entity_name: str = ""


class SourceView(msgspec.Struct, frozen=True):
    """A report that speaks of the entity."""

    key: str
    title: str
    published: str
    publisher: str
    claims: int


class EntityPage(msgspec.Struct, frozen=True):
    """All that the template prints."""

    id: str
    name: str
    kind: str
    names: list[str]
    names_more: int
    status: Standing
    rule: str
    place: str
    news: str
    claims: int
    reports: int
    left_out: int
    contents: list[tuple[str, str, int]]
    findings: list[FindingView]
    milestones: list[MilestoneView]
    timeline: Drawing | None
    figures: list[FigureView]
    lists: list[tuple[str, str, list[ListItem]]]
    sources: list[SourceView]


class Surroundings(msgspec.Struct, frozen=True):
    """What a page needs beside its view.

    ``facts`` gives entries' words, ``filed`` the reports' cards, ``entity_of`` maps claim to
    entity, ``by_name`` a spelled name to the entity that bears it. ``all`` asks for a long page in full.
    """

    facts: Callable[[Iterable[Entry]], list[Fact]]
    filed: Mapping[str, Filed]
    entities: Mapping[str, Entity]
    entity_of: Mapping[str, str]
    by_name: Mapping[str, str]
    today: str
    all: bool = False


def entity_page(
    whole: ProjectView, findings: list[FindingView], around: Surroundings, words: Words
) -> EntityPage:
    """The page of the entity that ``whole`` is the view of; a long one is shortened."""
    view, left_out = (whole, 0) if around.all else shortened(whole)
    milestones = milestone_views(view.milestones, around.facts, words)
    figures = [_figure_view(row, around, words) for row in view.figures]
    lists = [(key, words.say(key), items) for key, items in _lists(view, around, words) if items]
    names = [name for name, _ in view.entity.names if name != view.entity.name]
    status = standing(whole.status, whole.milestones, words)
    contents = [
        ("milestones", words.say("milestones"), len(milestones)),
        ("figures", words.say("figures"), len(whole.figures)),
        ("findings", words.say("findings"), len(findings)),
        *((key, title, len(items)) for key, title, items in lists),
        ("sources", words.say("sources"), len(whole.sources)),
    ]
    return EntityPage(
        id=view.entity.id,
        name=view.entity.name,
        kind=words.name_of("entity", view.entity.kind),
        names=names[:_NAMES],
        names_more=max(0, len(names) - _NAMES),
        status=status,
        rule=status.rule,
        place=_place(view.relations),
        news=say_date(view.sources[0].published, words) if view.sources else "",
        claims=sum(source.claims for source in whole.sources),
        reports=len(whole.sources),
        left_out=left_out,
        contents=[entry for entry in contents if entry[2]],
        findings=findings,
        milestones=milestones,
        timeline=drawing(view, around.today, words),
        figures=figures,
        lists=lists,
        sources=[_source(s.document_key, s.claims, around.filed, words) for s in view.sources],
    )


def _place(relations: Iterable[Entry]) -> str:
    places = (e.claim.object for e in relations if e.claim.relation == "located_in")
    return clip(next((place for place in places if place), ""), 80)


def _figure_view(row: FigureRow, around: Surroundings, words: Words) -> FigureView:
    label = words.measure(row.measure)
    item = "" if (row.item or "").casefold() == label.casefold() else row.item
    narrowed = " · ".join(part for part in (item, row.scope) if part)
    return FigureView(
        label=label,
        scope=narrowed,
        planned=[_cell(figure, around, words) for figure in row.planned],
        actual=[_cell(figure, around, words) for figure in row.actual],
    )


def _cell(figure: Figure, around: Surroundings, words: Words) -> Cell:
    claim = figure.entries[0].claim
    when = say_date(figure.when, words)
    if figure.aggregate == "cumulative":
        when = f"{when} · {words.name_of('aggregate', 'cumulative')}".removeprefix(" · ")
    if claim.modality == "required":
        when = f"{when} · {words.name_of('modality', 'required')}".removeprefix(" · ")
    return Cell(say_figure(claim, words, item=False), around.facts(figure.entries), when)


def _lists(
    view: ProjectView, around: Surroundings, words: Words
) -> Iterable[tuple[str, list[ListItem]]]:
    yield "visits", [_item(e, around, [e.claim.purpose or ""], words) for e in view.visits]
    yield "orders", [_order(e, around, words) for e in view.instructions]
    yield "relations", _relations(view, around, words)
    wants = (*view.needs, *view.capabilities)
    yield "needs", [_item(e, around, [words.kind[e.claim.kind]], words) for e in wants]


def _item(entry: Entry, around: Surroundings, meta: list[str], words: Words) -> ListItem:
    facts = around.facts([entry])
    when = say_date(entry.claim.when, words)
    return ListItem(facts[0].said, facts, [bit for bit in (when, *meta) if bit])


def _order(entry: Entry, around: Surroundings, words: Words) -> ListItem:
    by = f"{words.say('order_by')} {entry.claim.by}" if entry.claim.by else ""
    to = f"{words.say('order_to')} {entry.claim.to}" if entry.claim.to else ""
    return _item(entry, around, [by, to], words)


def _relations(view: ProjectView, around: Surroundings, words: Words) -> list[ListItem]:
    """Own relations, then those of others that point here; the same one said twice is one item."""
    grouped: dict[tuple[str, str, str], list[Entry]] = {}
    for way, entries in (("relation", view.relations), ("inverse", view.mentioned)):
        for entry in entries:
            other = _other(entry, way, around)
            grouped.setdefault((way, entry.claim.relation or "", other), []).append(entry)
    return [_relation(place, entries, around, words) for place, entries in grouped.items()]


def _other(entry: Entry, way: str, around: Surroundings) -> str:
    """The id of the entity at the other end, or its spelled name if it is none."""
    if way == "inverse":
        return around.entity_of.get(entry.key, "")
    name = spell(entry.claim.object or "")
    return around.by_name.get(name, name)


def _relation(
    place: tuple[str, str, str], entries: Sequence[Entry], around: Surroundings, words: Words
) -> ListItem:
    way, relation, other = place
    claim = entries[0].claim
    label = words.name_of(way, relation)
    target = around.entities.get(other)
    return ListItem(
        label=label
        if target
        else f"{label} {claim.object if way == 'relation' else claim.subject}",
        facts=around.facts(entries),
        meta=[bit for bit in (claim.role or "", say_date(claim.when, words)) if bit],
        entity=target.id if target else "",
        entity_name=target.name if target else "",
    )


def _source(key: str, claims: int, filed: Mapping[str, Filed], words: Words) -> SourceView:
    card = filed[key]
    return SourceView(
        key=key,
        title=card.title or card.id or words.say("untitled"),
        published=say_date(card.published, words),
        publisher=card.publisher or "",
        claims=claims,
    )
