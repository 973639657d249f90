"""A project's milestones: the table of them, and the moments of its time line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from nameplate.answer.views import MilestoneRow, ProjectView
from nameplate.find.edtf import interval
from nameplate.find.spelling import spell
from nameplate.model import Entry
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import Fact
from nameplate.web.views.ladder import phase
from nameplate.web.views.links import claim_address
from nameplate.web.views.shown import clip
from nameplate.web.views.timeline import Drawing, Moment, draw
from nameplate.web.views.words import Words

FactsOf = Callable[[Iterable[Entry]], list[Fact]]
"""Entries to the claims with their words."""
_MONTH = 30.44
_MONTHS_FROM = 60
"""A slip of so many days is said in months."""


class Dated(msgspec.Struct, frozen=True):
    """A date that opens its words; ``note`` tells what became of a promise."""

    label: str
    facts: list[Fact]
    note: str = ""


class MilestoneView(msgspec.Struct, frozen=True):
    """A line of the table of milestones: one stage of one scope."""

    label: str
    phase: str
    scope: str
    planned: list[Dated]
    actual: list[Dated]
    slip: str
    slip_class: str


def milestone_views(
    rows: Iterable[MilestoneRow], facts: FactsOf, words: Words
) -> list[MilestoneView]:
    """One line a stage and scope, in the order of the first date."""
    grouped: dict[tuple[str, str], list[MilestoneRow]] = {}
    for row in rows:
        grouped.setdefault(_what(row), []).append(row)
    return [_line(group, facts, words) for group in grouped.values()]


def _line(group: Sequence[MilestoneRow], facts: FactsOf, words: Words) -> MilestoneView:
    promises = [row for row in group if row.modality != "actual"]
    slipped = next((row.slip for row in reversed(promises) if row.slip is not None), None)
    overdue = any(row.outcome == "overdue" for row in promises)
    slip, slip_class = say_slip(slipped, words)
    return MilestoneView(
        label=words.stage(group[0].stage),
        phase=phase(group[0].stage),
        scope=group[0].scope or "",
        planned=[_dated(row, facts, words) for row in promises],
        actual=[_dated(row, facts, words) for row in group if row.modality == "actual"],
        slip=slip or (words.outcome["overdue"] if overdue else ""),
        slip_class=slip_class or "over",
    )


def _dated(row: MilestoneRow, facts: FactsOf, words: Words) -> Dated:
    published = next((e.published for e in row.entries if e.published), None)
    label = say_date(row.when, words)
    note = ""
    if row.modality == "required":
        note = words.name_of("modality", "required")
    elif row.outcome in {"revised", "lapsed"}:
        note = words.outcome[row.outcome]
    if not label:
        reported = words.say("as_reported", when=say_date(published, words))
        label = reported if published else words.say("undated")
    return Dated(label, facts(row.entries), note)


def say_slip(days: int | None, words: Words) -> tuple[str, str]:
    """A slip in days or months with its class; two empty strings if there is none to tell."""
    if days is None:
        return "", ""
    if days == 0:
        return words.say("on_time"), "on"
    way = "late" if days > 0 else "early"
    if abs(days) >= _MONTHS_FROM:
        return words.say(f"slip_{way}_months", n=round(abs(days) / _MONTH)), way
    return words.say(f"slip_{way}", n=abs(days)), way


def drawing(view: ProjectView, today: str, words: Words) -> Drawing | None:
    """The time line of all milestones with a date on the calendar."""
    moments = {id(row): _moment(row, words) for row in view.milestones}
    slips: list[tuple[Moment, Moment, str]] = []
    for row in view.milestones:
        promised, done = moments[id(row)], _fulfilment(row, view.milestones)
        actual = moments[id(done)] if done is not None else None
        if promised and actual and row.slip:
            slips.append((promised, actual, say_slip(row.slip, words)[0]))
    dated = {_what(row) for row in view.milestones if row.modality == "actual" and row.when}
    known = [
        moment
        for row in view.milestones
        if (moment := moments[id(row)]) and (moment.sure or _what(row) not in dated)
    ]
    news = (interval(source.published) for source in view.sources if source.published)
    return draw(
        known, slips, [days[0] for days in news if days], date.fromisoformat(today), words.months
    )


def _what(row: MilestoneRow) -> tuple[str, str]:
    """Stage and scope: what was reached."""
    return row.stage, spell(row.scope or "")


def _fulfilment(row: MilestoneRow, rows: Iterable[MilestoneRow]) -> MilestoneRow | None:
    """The first actual milestone of the same stage and scope as a promise."""
    if row.modality == "actual":
        return None
    done = (r for r in rows if r.modality == "actual" and r.when)
    return next((r for r in done if _what(r) == _what(row)), None)


def _moment(row: MilestoneRow, words: Words) -> Moment | None:
    """The row on the calendar; a deed without a date stands where it was reported."""
    label = words.stage(row.stage) + (f" · {clip(row.scope, 60)}" if row.scope else "")
    entry = row.entries[0]
    actual = row.modality == "actual"
    when = row.when or (entry.published if actual else None)
    days = _calendar(when)
    if days is None:
        return None
    told = say_date(when, words)
    return Moment(
        lane="actual" if actual else "planned",
        low=days[0],
        high=days[1],
        label=label,
        date=told if row.when else words.say("as_reported", when=told),
        phase=phase(row.stage),
        href=claim_address(entry.document_key, entry.key),
        sure=bool(row.when),
    )


def _calendar(when: str | None) -> tuple[date, date] | None:
    """First and last day; an open end is taken as near as the other."""
    days = interval(when) if when else None
    if days is None:
        return None
    low, high = days
    low, high = (high if low == date.min else low), (low if high == date.max else high)
    return None if date.min in (low, high) or date.max in (low, high) else (low, high)
