"""Parks with their enterprises, and signing events with what became of their promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from nameplate.answer.belonging import NO_TEXTS, PROMISED, Register
from nameplate.answer.figures import figure_rows
from nameplate.answer.milestones import milestone_rows
from nameplate.answer.moments import today_of
from nameplate.answer.projects import project_row
from nameplate.answer.views import FigureRow, MilestoneRow, ProjectRow
from nameplate.lexicon.stages import order
from nameplate.model import Entity, Entry, Record

Fate = Literal["producing", "started", "lapsed", "open", "overdue", "silent"]
FATES: tuple[Fate, ...] = ("producing", "started", "open", "overdue", "silent", "lapsed")

_MADE = ("output", "sales")
"""What makes or sells has gone into production, whether or not a report said so."""

_TOTALS = ("projects", "contract_value", "investment")


class Member(Record, frozen=True, kw_only=True):
    """One thing that belongs to another, with its state and the claim that says that it belongs."""

    row: ProjectRow
    entry: Entry


class ParkView(Record, frozen=True, kw_only=True):
    """A park (or a place) with what lies in it, by kind, the newest news first."""

    park: Entity
    members: tuple[Member, ...]
    figures: tuple[FigureRow, ...]


class Signed(Record, frozen=True, kw_only=True):
    """One project of an event: what was promised for it, counted once, and what became of it.

    ``promised`` is its newest planned investment, or else contract value; the claim is
    ``promise``. ``fate``: ``producing`` (it does, or something made there is reported) or
    ``started``, the furthest that has happened;
    ``lapsed`` (cancelled or closed), or nothing: ``open``, ``overdue`` or ``silent``.
    """

    member: Member
    fate: Fate
    promised: Decimal | None = None
    unit: str | None = None
    promise: Entry | None = None


class Tally(Record, frozen=True, kw_only=True):
    """How many projects met a fate, with the money promised for them, by currency."""

    fate: Fate
    projects: int
    money: dict[str, Decimal] = {}


class EventView(Record, frozen=True, kw_only=True):
    """A signing event: the totals that were reported, and the projects that the ledger knows.

    The known projects are seldom all of them: ``tallies`` say what became of those.
    """

    event: Entity
    reported: tuple[FigureRow, ...]
    signed: tuple[Signed, ...]
    tallies: tuple[Tally, ...]


def park_view(park: Entity, register: Register, today: str) -> ParkView:
    """The park with everything that reports place in it."""
    members = _members(register.within(park), register, today)
    return ParkView(
        park=park,
        members=tuple(sorted(members, key=lambda m: m.row.news or "", reverse=True)),
        figures=figure_rows(register.shelf.of(park)),
    )


def event_view(
    event: Entity, register: Register, today: str, texts: Mapping[str, str] = NO_TEXTS
) -> EventView:
    """The event with what was signed there, and how much of it has since come about.

    ``texts`` of reports, by document key, help to tell what was signed there.
    """
    members = _members(register.signed_at(event, texts), register, today)
    signed = [_signed(member, register.shelf.of(member.row.entity), today) for member in members]
    totals = [row for row in figure_rows(register.shelf.of(event)) if row.measure in _TOTALS]
    return EventView(
        event=event,
        reported=tuple(totals),
        signed=tuple(sorted(signed, key=lambda s: (FATES.index(s.fate), s.member.row.entity.name))),
        tallies=_tallies(signed),
    )


def _members(pairs: Iterable[tuple[Entity, Entry]], register: Register, today: str) -> list[Member]:
    return [
        Member(row=project_row(entity, register.shelf, today), entry=entry)
        for entity, entry in pairs
    ]


def _signed(member: Member, entries: Sequence[Entry], today: str) -> Signed:
    promise = _promise(entries)
    return Signed(
        member=member,
        fate=_fate(member.row, milestone_rows(entries, today_of(today)), entries),
        promised=promise.claim.value if promise else None,
        unit=promise.claim.unit if promise else None,
        promise=promise,
    )


def _promise(entries: Sequence[Entry]) -> Entry | None:
    """The amount promised, once: the newest investment, else the newest contract value."""
    for measure in PROMISED:
        said = [
            e
            for e in entries
            if e.claim.measure == measure and e.claim.value is not None and not e.claim.scope
        ]
        planned = [e for e in said if (e.claim.modality or "actual") != "actual"] or said
        if planned:
            return max(planned, key=lambda e: (e.published or "", e.recorded, e.key))
    return None


def _fate(row: ProjectRow, milestones: Sequence[MilestoneRow], entries: Sequence[Entry]) -> Fate:
    status = row.status
    if status.rule == "stopped" and status.stage in ("cancelled", "closed"):
        return "lapsed"
    done = status.rule in ("furthest", "stopped", "resumed")
    stages = [m.stage for m in milestones if m.modality == "actual"] if done else []
    made = any(
        e.claim.measure in _MADE and (e.claim.modality or "actual") == "actual" for e in entries
    )
    if made or any(order("producing") <= order(stage) <= order("expanded") for stage in stages):
        return "producing"
    if any(order("started") <= order(stage) < order("producing") for stage in stages):
        return "started"
    return status.quiet or "open"


def _tallies(signed: Sequence[Signed]) -> tuple[Tally, ...]:
    made = []
    for fate in FATES:
        some = [one for one in signed if one.fate == fate]
        money: dict[str, Decimal] = defaultdict(Decimal)
        for one in some:
            if one.promised is not None and one.unit:
                money[one.unit] += one.promised
        if some:
            made.append(Tally(fate=fate, projects=len(some), money=dict(money)))
    return tuple(made)
