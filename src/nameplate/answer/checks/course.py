"""The course of a project: stages in an order, or at times, that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from nameplate.answer.checks.alike import grouped, one_thing, side, unlike_times
from nameplate.answer.moments import held
from nameplate.answer.telling import Severity, finding
from nameplate.find.spelling import spell
from nameplate.lexicon.stages import order, stages
from nameplate.model import Entry, Finding

_ONE_LIFE = timedelta(days=3 * 366)
"""Two dates of one stage further apart than this are two attempts, or two phases."""

_TURNS = frozenset({"stop", "restart", "end", "other"})
_NEW_LIFE = frozenset({"signed", "expanded"})


def end_before_start(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A stage that is dated before one that it can only follow.

    Only with every known date of the earlier stage after it: a thing may be started twice. Plans
    are held against each other within one report: another report may have moved both.
    """
    for group in grouped(entries, _same_course).values():
        for last in group:
            stage = stages().get(last.claim.stage or "")
            for before in stage.after if stage is not None else ():
                starts = [e for e in group if e.claim.stage == before]
                if starts and all(_ends_before(last, start) for start in starts):
                    severity: Severity = "error" if side(last.claim) == "actual" else "warning"
                    check = ("end_before_start", "end_before_start")
                    yield finding(check, severity, subject, (last, starts[0]))


def two_dates(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A stage that one thing reaches once, with two dates that do not overlap.

    Not with a stop, an end, another contract or more than three years between the two.
    """
    for group in grouped(entries, _same_life).values():
        for steps in grouped(group, lambda entry: entry.claim.stage).values():
            if not _once(steps[0]):
                continue
            dates = unlike_times(steps)
            for one, two in pairwise(dates):
                if _ends_before(one, two) and not _turned(entries, one, two):
                    yield finding(("two_dates", "two_dates"), "warning", subject, (one, two))


def stage_back(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A stage that is dated after one that lies beyond it, with no stop in between.

    What `end_before_start` says of two stages is not said again.
    """
    for group in grouped(entries, _same_life).values():
        steps = [e for e in group if _once(e) and stages()[e.claim.stage or ""].role == "progress"]
        by_stage = grouped(steps, lambda entry: entry.claim.stage or "")
        for stage, far in by_stage.items():
            for earlier in (s for s in by_stage if order(s) < order(stage)):
                back = by_stage[earlier]
                if earlier in stages()[stage].after or not all(
                    _ends_before(f, b) for f in far for b in back
                ):
                    continue
                if not _turned(entries, far[-1], back[0]):
                    check = ("stage_back", "stage_back")
                    yield finding(check, "warning", subject, (far[-1], back[0]))


def _once(entry: Entry) -> bool:
    stage = stages().get(entry.claim.stage or "")
    return stage is not None and stage.once


def _same_course(entry: Entry) -> tuple[str, ...] | None:
    claim = entry.claim
    if claim.kind != "milestone" or held(entry) is None:
        return None
    report = "" if side(claim) == "actual" else entry.document_key
    return (side(claim), report, spell(claim.scope or ""))


def _same_life(entry: Entry) -> str | None:
    claim = entry.claim
    if claim.kind != "milestone" or held(entry) is None or side(claim) != "actual":
        return None
    return spell(claim.scope or "") if one_thing(claim) else None


def _turned(entries: Sequence[Entry], one: Entry, two: Entry) -> bool:
    """Whether something between the two began another life of the thing, or may have."""
    first, last = _end(one), _start(two)
    if last - first > _ONE_LIFE:
        return True
    for entry in entries:
        stage = stages().get(entry.claim.stage or "")
        days = held(entry)
        turn = stage is not None and (stage.role in _TURNS or stage.key in _NEW_LIFE)
        if turn and side(entry.claim) == "actual" and (days is None or _between(days, first, last)):
            return True
    return False


def _between(days: tuple[date, date], first: date, last: date) -> bool:
    return days[0] <= last and days[1] >= first


def _ends_before(last: Entry, start: Entry) -> bool:
    end, begin = held(last), held(start)
    return end is not None and begin is not None and end[1] < begin[0]


def _end(entry: Entry) -> date:
    days = held(entry)
    return days[1] if days else date.max


def _start(entry: Entry) -> date:
    days = held(entry)
    return days[0] if days else date.min
