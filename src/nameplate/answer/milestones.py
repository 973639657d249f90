"""Milestones in the order of time, promises with what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from nameplate.answer.moments import held, in_order, said, slip
from nameplate.answer.views import MilestoneRow, Outcome
from nameplate.find.spelling import spell
from nameplate.lexicon.stages import order, stages
from nameplate.model import Entry


def milestone_rows(entries: Iterable[Entry], today: date) -> tuple[MilestoneRow, ...]:
    """One row a stage, modality, time and scope; promises judged by what is known ``today``."""
    grouped: dict[tuple[str, ...], list[Entry]] = {}
    for entry in sorted(entries, key=in_order):
        claim = entry.claim
        if claim.kind == "milestone" and claim.stage is not None:
            key = (claim.stage, _side(entry), claim.when or "", spell(claim.scope or ""))
            grouped.setdefault(key, []).append(entry)
    rows = [_row(said_so) for said_so in grouped.values()]
    actual = [row for row in rows if row.modality == "actual"]
    promises = [row for row in rows if row.modality != "actual"]
    judged = [_judged(row, actual, promises, today) for row in promises]
    return tuple(sorted(actual + judged, key=_place))


def happened(row: MilestoneRow, today: date) -> bool:
    """Whether the row is of something that had happened by then."""
    days = held(row.entries[0])
    return row.modality == "actual" and (days is None or days[0] <= today)


def _side(entry: Entry) -> str:
    return entry.claim.modality or "actual"


def _row(said_so: Sequence[Entry]) -> MilestoneRow:
    claim = said_so[0].claim
    return MilestoneRow(
        stage=claim.stage or "",
        modality=claim.modality or "actual",
        when=claim.when,
        scope=claim.scope,
        entries=tuple(said_so),
    )


def _place(row: MilestoneRow) -> tuple[object, ...]:
    moment, *rest = in_order(row.entries[0])
    return (moment, order(row.stage), row.modality != "actual", *rest)


def _judged(
    row: MilestoneRow,
    actual: Sequence[MilestoneRow],
    promises: Sequence[MilestoneRow],
    today: date,
) -> MilestoneRow:
    done = [a for a in actual if a.stage == row.stage and _same_scope(a, row)]
    slips = [s for a in done if (s := _slip(row, a)) is not None]
    outcome = _outcome(row, actual, promises, today)
    first = min(slips, default=None) if outcome == "met" else None
    return msgspec.structs.replace(row, outcome=outcome, slip=first)


def _outcome(
    row: MilestoneRow,
    actual: Sequence[MilestoneRow],
    promises: Sequence[MilestoneRow],
    today: date,
) -> Outcome:
    past = [a for a in actual if happened(a, today)]
    if any(_reaches(a, row) for a in past):
        return "met"
    if any(stages()[a.stage].role == "end" for a in past if a.stage in stages()):
        return "lapsed"
    if any(_revises(other, row) for other in promises):
        return "revised"
    days = held(row.entries[0])
    return "overdue" if days is not None and days[1] < today else "open"


def _reaches(done: MilestoneRow, promised: MilestoneRow) -> bool:
    """Whether what was done is what was promised, or lies beyond it, and not before its report."""
    if not _same_scope(done, promised):
        return False
    if done.stage == promised.stage:
        return _is_news(done, promised)
    both = [stages().get(row.stage) for row in (done, promised)]
    if any(stage is None or stage.role != "progress" for stage in both):
        return False
    return order(done.stage) > order(promised.stage) and _is_news(done, promised)


def _is_news(done: MilestoneRow, promised: MilestoneRow) -> bool:
    # A stage that was over before the promise was made is another one of its kind (a restart, a
    # further phase that the report does not name): it cannot be what was promised.
    days, promise = held(done.entries[0]), held(promised.entries[0])
    spoken = said(promised.entries[0])
    if days is None or promise is None:
        return said(done.entries[-1]) >= spoken
    return days[1] >= spoken or days[1] >= promise[0]


def _same_scope(one: MilestoneRow, two: MilestoneRow) -> bool:
    return spell(one.scope or "") == spell(two.scope or "")


def _revises(other: MilestoneRow, row: MilestoneRow) -> bool:
    """Whether a later report gives the same stage another time."""
    if other.stage != row.stage or not _same_scope(other, row):
        return False
    one, two = held(other.entries[-1]), held(row.entries[-1])
    if one is None or two is None or one == two:
        return False
    return max(map(said, other.entries)) > max(map(said, row.entries))


def _slip(promised: MilestoneRow, actual: MilestoneRow) -> int | None:
    one, two = held(promised.entries[0]), held(actual.entries[0])
    return None if one is None or two is None else slip(one, two)
