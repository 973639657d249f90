"""Two days of the ledger side by side: what a project was known to be then, and later.

An entity's id may differ between the two, because more names were known to be one; it is met again
by its claims, which never change.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from nameplate.answer.views import Figure, FigureRow, ProjectRow
from nameplate.web.views.figures import say_figure
from nameplate.web.views.ladder import phase
from nameplate.web.views.projects import newest
from nameplate.web.views.words import Words


class Then(msgspec.Struct, frozen=True):
    """One side of a compared value."""

    label: str
    phase: str = ""


class Pair(msgspec.Struct, frozen=True):
    """A figure that was another one: ``planned`` or ``actual``, then and now."""

    measure: str
    before: str
    after: str


class Compared(msgspec.Struct, frozen=True):
    """A project that differs between the two days."""

    id: str
    name: str
    kind: str
    before: Then
    after: Then
    moved: bool
    figures: list[Pair]
    claims: tuple[int, int]
    findings: tuple[int, int]


Row = tuple[ProjectRow, int]
"""A row with the number of its findings."""


def compared(before: Row | None, after: Row, words: Words) -> Compared:
    """One project on both days; nothing for the earlier one if it was not known yet."""
    (row, found), (old, had) = after, before or (None, 0)
    return Compared(
        id=row.entity.id,
        name=row.entity.name,
        kind=words.name_of("entity", row.entity.kind),
        before=_then(old, words),
        after=_then(row, words),
        moved=_stage(old) != _stage(row),
        figures=_pairs(old, row, words) if old else [],
        claims=(old.claims if old else 0, row.claims),
        findings=(had, found),
    )


def _stage(row: ProjectRow | None) -> tuple[str | None, str] | None:
    return None if row is None else (row.status.stage, row.status.rule)


def _then(row: ProjectRow | None, words: Words) -> Then:
    if row is None:
        return Then(words.say("compare_unknown"))
    stage = row.status.stage
    if stage is None:
        return Then(words.say("stage_none"), "none")
    if row.status.rule == "promised":
        return Then(words.say("announced", stage=words.stage(stage)), "talk")
    return Then(words.stage(stage), phase(stage))


def _pairs(old: ProjectRow, new: ProjectRow, words: Words) -> list[Pair]:
    """Headline figures whose newest value is another one, and those that came."""
    had, has = (_said(row, words) for row in (old, new))
    return [
        Pair(label, had.get((label, side), ""), now)
        for (label, side), now in has.items()
        if had.get((label, side)) != now
    ]


def _said(row: ProjectRow, words: Words) -> dict[tuple[str, str], str]:
    made: dict[tuple[str, str], str] = {}
    for line in row.figures:
        for side in ("planned", "actual"):
            figures: Sequence[Figure] = _side(line, side)
            if figures:
                label = f"{words.measure(line.measure)} · {words.name_of('modality', side)}"
                made[(label, side)] = say_figure(newest(figures).entries[0].claim, words)
    return made


def _side(line: FigureRow, side: str) -> Sequence[Figure]:
    return line.planned if side == "planned" else line.actual
