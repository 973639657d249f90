"""The table of projects: one line an entity, the newest news first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nameplate.answer.figures import figure_rows, headlines
from nameplate.answer.milestones import milestone_rows
from nameplate.answer.moments import last_news, said, today_of
from nameplate.answer.shelf import Shelf
from nameplate.answer.silence import with_silence
from nameplate.answer.status import status_of
from nameplate.answer.views import ProjectRow
from nameplate.find.spelling import spell
from nameplate.model import Entity, EntityKind, Entry

PROJECT_KINDS: frozenset[EntityKind] = frozenset({"project", "plant", "line", "park"})
"""What the table shows unless more is asked for."""


def project_rows(
    entities: Iterable[Entity],
    shelf: Shelf,
    today: str,
    kinds: frozenset[EntityKind] = PROJECT_KINDS,
) -> list[ProjectRow]:
    """The rows of all entities of these kinds that have an entry on the shelf."""
    rows = [project_row(e, shelf, today) for e in entities if e.kind in kinds]
    with_news = [row for row in rows if row.claims]
    return sorted(
        with_news, key=lambda row: (row.news or "", row.claims, row.entity.id), reverse=True
    )


def project_row(entity: Entity, shelf: Shelf, today: str) -> ProjectRow:
    """The row of one entity."""
    entries = shelf.of(entity)
    day = today_of(today)
    rows = milestone_rows(entries, day)
    newest = max((e for e in entries if e.published), key=said, default=None)
    return ProjectRow(
        entity=entity,
        status=with_silence(status_of(rows, day), rows, last_news(entries), day),
        news=newest.published if newest is not None else None,
        places=_places(entries),
        figures=headlines(figure_rows(entries)),
        documents=len({entry.document_key for entry in entries}),
        claims=len(entries),
    )


def _places(entries: Sequence[Entry]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for entry in entries:
        claim = entry.claim
        if claim.kind == "relation" and claim.relation == "located_in" and claim.object:
            found.setdefault(spell(claim.object), claim.object)
    return tuple(found.values())
