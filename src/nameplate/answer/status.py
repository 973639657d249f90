"""How far a project has come: derived from its milestones by one stated rule.

The status is the furthest stage of a project's life that has happened. A suspension, cancellation
or closure takes its place unless something dated has happened since; what came before a
cancellation or closure then belongs to an earlier attempt and no longer counts. A stop of one part
(a scope) does not stop the whole. A promise never becomes a status but the last: `promised`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nameplate.answer.milestones import happened
from nameplate.answer.moments import held, moment
from nameplate.answer.views import MilestoneRow, Rule, Status
from nameplate.find.spelling import spell
from nameplate.lexicon.stages import Stage, order, stages

_STRENGTH = {"stop": 0, "restart": 1, "end": 2}


def status_of(rows: Sequence[MilestoneRow], today: date) -> Status:
    """The status on the day ``today``, from the rows of one entity."""
    past = [row for row in rows if happened(row, today) and row.stage in stages()]
    overdue = tuple(row for row in rows if row.outcome == "overdue")
    turn = _last_turn(past)
    progress = _progress(past, turn)
    furthest = max(progress, key=lambda row: (order(row.stage), _day(row)), default=None)
    if turn is not None and _stage(turn).role != "restart" and not _since(past, turn):
        return _status("stopped", turn, "nothing dated has happened since", overdue, furthest)
    if furthest is not None:
        return _status("furthest", furthest, "the furthest stage that has happened", overdue)
    if turn is not None and _stage(turn).role == "restart":
        return _status("resumed", turn, "it goes on again; no other stage is known", overdue)
    promised = [row for row in rows if row.modality != "actual" and row.stage in stages()]
    first = min(promised, key=lambda row: (order(row.stage), _day(row)), default=None)
    if first is not None:
        return _status("promised", first, "announced; nothing is reported as done", overdue)
    return Status(rule="unknown", because="no milestone is reported")


def _status(
    rule: Rule,
    row: MilestoneRow,
    reason: str,
    overdue: tuple[MilestoneRow, ...],
    before: MilestoneRow | None = None,
) -> Status:
    stage = _stage(row)
    when = f" ({row.when})" if row.when else ""
    scope = f", {row.scope}" if row.scope else ""
    carried = _stage(before).oc4ids if before is not None else None
    return Status(
        rule=rule,
        because=f"{stage.en}{scope}{when}: {reason}",
        stage=row.stage,
        when=row.when,
        scope=row.scope,
        entries=row.entries,
        overdue=overdue,
        oc4ids=(stage.oc4ids or carried) if rule != "promised" else None,
        iati=stage.iati if rule != "promised" else "1",
    )


def _last_turn(past: Sequence[MilestoneRow]) -> MilestoneRow | None:
    """The last stop, restart or end of the whole."""
    turns = [row for row in past if _stage(row).role in _STRENGTH and not spell(row.scope or "")]
    return max(turns, key=lambda row: (_day(row), _STRENGTH[_stage(row).role]), default=None)


def _progress(past: Sequence[MilestoneRow], turn: MilestoneRow | None) -> list[MilestoneRow]:
    progress = [row for row in past if _stage(row).role == "progress"]
    if turn is None or _stage(turn).role != "end":
        return progress
    return _since(progress, turn)


def _since(rows: Sequence[MilestoneRow], turn: MilestoneRow) -> list[MilestoneRow]:
    """Progress after the turn, by its own date: a look back in a later report is no news."""
    return [
        row
        for row in rows
        if _stage(row).role == "progress" and held(row.entries[0]) and _day(row) > _day(turn)
    ]


def _stage(row: MilestoneRow) -> Stage:
    return stages()[row.stage]


def _day(row: MilestoneRow) -> date:
    return moment(row.entries[0])
