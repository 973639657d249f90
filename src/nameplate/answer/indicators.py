"""The measures by which a development zone is judged, each figure with what says it.

A *reading* is what a report or a return says of the zone itself: the newest figure, with what else is
said for the same time and what was so before. What is *derived* says so and how: the sum of what the
enterprises in it report for one time, the number of those that bear a title, projects by stage, and
what there is to a square metre of land.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from nameplate.answer.belonging import Register
from nameplate.answer.figures import figure_rows
from nameplate.answer.moments import held, said
from nameplate.answer.monitor.reported import of_groups
from nameplate.answer.projects import project_row
from nameplate.answer.views import Figure, FigureRow
from nameplate.lexicon.stages import order
from nameplate.lexicon.titles import title_of, titles
from nameplate.model import Claim, Entity, Entry, Modality, Record

Rule = Literal["sum", "count", "per_area"]

FLOWS = ("output_value", "revenue", "tax", "exports", "investment")
"""Measures of money, of which what the enterprises in a zone report is added up."""
LEVELS = ("enterprises", "employment")
PER_AREA = ("output_value", "investment", "tax")
COUNTED = frozenset({"enterprises", "count", "facilities", "projects"})
"""Measures in which a report may count those that bear a title."""
_PARTS = 4
PROJECTS = frozenset({"project", "plant", "line"})


class Reading(Record, frozen=True, kw_only=True):
    """What is said of the zone: a figure; ``others`` are said for the same time, ``before`` is the
    figure of the time before it."""

    figure: Figure
    modality: Modality
    unit: str | None = None
    per: str | None = None
    item: str | None = None
    scope: str | None = None
    others: tuple[Figure, ...] = ()
    before: Figure | None = None


class Named(Record, frozen=True, kw_only=True):
    """Something in the zone, with the claim by which it counts."""

    entity: Entity
    entry: Entry


class Derived(Record, frozen=True, kw_only=True):
    """A figure worked out here: ``rule`` says how, ``entries`` from what.

    A ``sum`` is over ``parts`` of the ``of`` things in the zone that could have a figure. ``about`` is
    the stage or the measure, where an indicator has several.
    """

    rule: Rule
    value: Decimal
    unit: str
    when: str | None = None
    about: str | None = None
    parts: int = 0
    of: int = 0
    entries: tuple[Entry, ...] = ()


class Indicator(Record, frozen=True, kw_only=True):
    """One measure of a zone: what is said, what follows, and who is meant by name.

    ``parts`` are the newest figures of parts of it ("above designated size"), where these are told.
    """

    key: str
    reading: Reading | None = None
    parts: tuple[Reading, ...] = ()
    derived: tuple[Derived, ...] = ()
    named: tuple[Named, ...] = ()


class ZoneBoard(Record, frozen=True, kw_only=True):
    """All measures of one zone in their order; those of which nothing is known are there, empty."""

    zone: Entity
    members: int
    indicators: tuple[Indicator, ...]

    def of(self, key: str) -> Indicator:
        """The indicator of this key."""
        return next(one for one in self.indicators if one.key == key)


KEYS: tuple[str, ...] = (
    *FLOWS, *LEVELS, "specialised", "high_technology", "institute", "intelligent_factory",
    "digital_workshop", "projects", "land_area", "intensity",
)  # fmt: skip
"""The indicators in their order."""


def zone_board(zone: Entity, register: Register, today: str) -> ZoneBoard:
    """The board of one zone, from its own claims and those of what lies in it."""
    members = register.within(zone)
    own = [e for e in register.shelf.of(zone) if e.claim.kind == "quantity"]
    wider = [*own, *_grouped(zone, own, register)]
    made = {key: _flow(key, wider, members, register) for key in FLOWS}
    made |= {key: _level(key, wider, members, register) for key in LEVELS}
    made |= {key: _title(key, own, members, register) for key in titles()}
    made["projects"] = _projects(own, members, register, today)
    made["land_area"] = Indicator(key="land_area", reading=reading(own, "land_area"))
    made["intensity"] = _intensity(made)
    return ZoneBoard(zone=zone, members=len(members), indicators=tuple(made[key] for key in KEYS))


# What is said of the zone


def _grouped(zone: Entity, own: Sequence[Entry], register: Register) -> list[Entry]:
    """Money and staff of the groups of things that a report counts in the zone, as parts of it: the
    words for the group narrow the figure."""
    by_document = register.shelf.by_document()
    keys = dict.fromkeys(e.document_key for e in own if e.claim.measure in COUNTED)
    others = [
        e for key in keys for e in by_document.get(key, ())
        if e.claim.measure in FLOWS or e.claim.measure == "employment"
    ]  # fmt: skip
    return [
        msgspec.structs.replace(e, claim=msgspec.structs.replace(e.claim, scope=_of(e.claim)))
        for e in of_groups(own, others, zone)
    ]


def _of(claim: Claim) -> str:
    return f"{claim.subject}; {claim.scope}" if claim.scope else claim.subject


def reading(own: Iterable[Entry], measure: str) -> Reading | None:
    """The newest figure of a measure, of the whole zone if there is one, and not of a title."""
    wanted = [
        e for e in own if e.claim.measure == measure and (measure in FLOWS or not titled(e.claim))
    ]
    return _newest(figure_rows(wanted))


def parts(own: Iterable[Entry], measure: str, told: Reading | None) -> tuple[Reading, ...]:
    """The newest actual figure of each other part of which the measure is told, the latest first."""
    rows = figure_rows(e for e in own if e.claim.measure == measure and not titled(e.claim))
    chosen = (told.item, told.scope, told.unit) if told else None
    found = [
        one
        for row in rows
        if row.scope and row.actual and (row.item, row.scope, row.unit) != chosen
        if (one := _newest([row])) is not None
    ]
    found.sort(key=lambda one: _time(one.figure), reverse=True)
    return tuple(found[:_PARTS])


def titled(claim: Claim) -> str | None:
    """The title whose bearers the claim counts."""
    if claim.measure not in COUNTED:
        return None
    return title_of(f"{claim.item or ''} {claim.scope or ''}")


def _newest(rows: Sequence[FigureRow]) -> Reading | None:
    found = [
        (row, side, figure)
        for row in rows
        for side in ("actual", "planned")
        for figure in (row.actual if side == "actual" else row.planned)
    ]
    if not found:
        return None
    row, side, best = max(
        found, key=lambda f: (not f[0].scope, f[1] == "actual", *_time(f[2]), f[2].value or 0)
    )
    same_side = row.actual if side == "actual" else row.planned
    earlier = [f for f in same_side if _time(f)[0] < _time(best)[0] and f.when != best.when]
    return Reading(
        figure=best,
        modality="actual" if side == "actual" else best.entries[0].claim.modality or "planned",
        unit=row.unit,
        per=row.per,
        item=row.item,
        scope=row.scope,
        others=tuple(f for f in same_side if f is not best and f.when == best.when),
        before=max(earlier, key=_time, default=None),
    )


def _time(figure: Figure) -> tuple[date, int, date, int]:
    """Sort key: the later the end of its time, the longer the time, the later it was said, the newer."""
    entry = figure.entries[0]
    days = held(entry)
    last = max(map(said, figure.entries))
    end = days[1] if days else last
    return end, (days[1] - days[0]).days if days else 0, last, figure.reports


# What follows from what lies in it


def _flow(
    key: str, own: Sequence[Entry], members: Sequence[tuple[Entity, Entry]], register: Register
) -> Indicator:
    told = reading(own, key)
    kinds = PROJECTS | {"company"} if key == "investment" else frozenset({"company"})
    total = _sum(key, members, register, kinds, told)
    derived = (total,) if total else ()
    return Indicator(key=key, reading=told, parts=parts(own, key, told), derived=derived)


def _level(
    key: str, own: Sequence[Entry], members: Sequence[tuple[Entity, Entry]], register: Register
) -> Indicator:
    told = reading(own, key)
    if key == "enterprises":
        firms = tuple(Named(entity=m, entry=e) for m, e in members if m.kind == "company")
        some = parts(own, key, told)
        return Indicator(key=key, reading=told, parts=some, derived=_counted(firms), named=firms)
    total = _sum(key, members, register, frozenset({"company"}), told)
    derived = (total,) if total else ()
    return Indicator(key=key, reading=told, parts=parts(own, key, told), derived=derived)


def totals_returned(
    zone: Entity, register: Register, only: Callable[[Entry], bool]
) -> list[tuple[str, Derived]]:
    """By measure the sum of what the enterprises in a zone say in the claims that ``only`` keeps."""
    members, own = register.within(zone), register.shelf.of(zone)
    some = {m.id: [e for e in register.shelf.of(m) if only(e)] for m, _ in members}
    found = (
        (
            key,
            _total(key, [some[m.id] for m, _ in members if m.kind == "company"], reading(own, key)),
        )
        for key in (*FLOWS, "employment")
    )
    return [(key, total) for key, total in found if total is not None]


def _sum(
    key: str,
    members: Sequence[tuple[Entity, Entry]],
    register: Register,
    kinds: frozenset[str],
    told: Reading | None,
) -> Derived | None:
    """What the members of these kinds say, added up."""
    return _total(key, [register.shelf.of(m) for m, _ in members if m.kind in kinds], told)


def _total(key: str, could: Sequence[Sequence[Entry]], told: Reading | None) -> Derived | None:
    """What the members say for one time, added up: the time of the reading if any has a figure of
    it, else the time for which the most have one, the latest of these."""
    said_of = [_exact(own, key) for own in could]
    times = Counter((e.claim.when, e.claim.unit) for own in said_of for e in own)
    if not times:
        return None
    wish = (told.figure.when, told.unit) if told else None
    most = max(times, key=lambda t: (times[t], t[0] or "", t[1] or ""))
    best = wish if wish is not None and wish in times else most
    chosen: list[Entry] = []
    for own in said_of:
        mine = [e for e in own if (e.claim.when, e.claim.unit) == best]
        if mine:
            chosen.append(max(mine, key=lambda e: (said(e), e.key)))
    return Derived(
        rule="sum",
        value=sum((e.claim.value or Decimal(0) for e in chosen), Decimal(0)),
        unit=best[1] or "1",
        when=best[0],
        parts=len(chosen),
        of=len(could),
        entries=tuple(chosen),
    )


def _exact(entries: Iterable[Entry], key: str) -> list[Entry]:
    """Figures of the whole member that can be added up: what has no time only if none is needed."""
    return [
        e
        for e in entries
        if e.claim.measure == key
        and e.claim.value is not None
        and e.claim.bound in (None, "=")
        and (e.claim.modality or "actual") == "actual"
        and not e.claim.scope
        and not e.claim.per
        and (e.claim.when is not None or key == "investment")
        and not titled(e.claim)
    ]


def _title(
    key: str, own: Sequence[Entry], members: Sequence[tuple[Entity, Entry]], register: Register
) -> Indicator:
    told = _newest(figure_rows([e for e in own if titled(e.claim) == key]))
    bearers = []
    for member, within in members:
        entry = next((e for e in register.shelf.of(member) if _bears(e.claim, key)), None)
        if entry is None and key == "institute" and member.kind == "institute":
            entry = within
        if entry is not None:
            bearers.append(Named(entity=member, entry=entry))
    named = tuple(bearers)
    return Indicator(key=key, reading=told, derived=_counted(named), named=named)


def _bears(claim: Claim, key: str) -> bool:
    return claim.relation == "identified_as" and title_of(claim.object or "") == key


def _counted(named: tuple[Named, ...]) -> tuple[Derived, ...]:
    if not named:
        return ()
    entries = tuple(one.entry for one in named)
    return (Derived(rule="count", value=Decimal(len(named)), unit="1", entries=entries),)


def _projects(
    own: Sequence[Entry], members: Sequence[tuple[Entity, Entry]], register: Register, today: str
) -> Indicator:
    """How many projects are reported, and those known by name by the stage that they have reached."""
    by_stage: dict[str, list[Entry]] = {}
    named = []
    for member, within in members:
        if member.kind not in PROJECTS:
            continue
        status = project_row(member, register.shelf, today).status
        entry = next(iter(status.entries), within)
        reached = status.stage if status.rule not in ("promised", "unknown") else None
        by_stage.setdefault(reached or "none", []).append(entry)
        named.append(Named(entity=member, entry=entry))
    derived = tuple(
        Derived(rule="count", value=Decimal(len(some)), unit="1", about=stage, entries=tuple(some))
        for stage, some in sorted(by_stage.items(), key=lambda pair: order(pair[0]))
    )
    told = reading(own, "projects")
    return Indicator(key="projects", reading=told, derived=derived, named=tuple(named))


def _intensity(made: dict[str, Indicator]) -> Indicator:
    """Money to a square metre: what is said of the zone, else the sum of what its members say."""
    area = made["land_area"].reading
    size = area.figure.value if area else None
    found: list[Derived] = []
    for key in PER_AREA:
        amount = _amount(made[key])
        if amount is None or area is None or not size:
            continue
        value, unit, when, entries = amount
        found.append(
            Derived(
                rule="per_area",
                value=value / size,
                unit=f"{unit}/{area.unit}",
                when=when,
                about=key,
                entries=(*entries, area.figure.entries[0]),
            )
        )
    return Indicator(key="intensity", derived=tuple(found))


Amount = tuple[Decimal, str, str | None, tuple[Entry, ...]]


def _amount(indicator: Indicator) -> Amount | None:
    told = indicator.reading
    if told is not None and told.figure.value is not None and not told.scope:
        figure = told.figure
        return figure.value, told.unit or "", figure.when, figure.entries[:1]  # type: ignore[return-value]
    total = next(iter(indicator.derived), None)
    if total is None:
        return None
    return total.value, total.unit, total.when, total.entries
