"""All that the ledger says of one entity, in the order of time, each with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nameplate.answer.figures import figure_rows
from nameplate.answer.milestones import milestone_rows
from nameplate.answer.moments import in_order, last_news, said, today_of
from nameplate.answer.names import name_rows
from nameplate.answer.shelf import Shelf
from nameplate.answer.silence import with_silence
from nameplate.answer.status import status_of
from nameplate.answer.views import ProjectView, Source
from nameplate.model import Entity, Entry, Kind


def project_view(entity: Entity, shelf: Shelf, today: str) -> ProjectView:
    """The view of one entity on the day ``today`` (ISO 8601), from the entries on the shelf."""
    entries = shelf.of(entity)
    day = today_of(today)
    rows = milestone_rows(entries, day)
    return ProjectView(
        entity=entity,
        status=with_silence(status_of(rows, day), rows, last_news(entries), day),
        milestones=rows,
        figures=figure_rows(entries),
        visits=_of_kind(entries, "visit"),
        instructions=_of_kind(entries, "instruction"),
        relations=_of_kind(entries, "relation"),
        mentioned=tuple(shelf.about(entity)),
        needs=_of_kind(entries, "need"),
        capabilities=_of_kind(entries, "capability"),
        sources=sources(entries),
        names=name_rows(entries),
    )


def sources(entries: Sequence[Entry]) -> tuple[Source, ...]:
    """The documents behind the entries, the newest first."""
    count = Counter(entry.document_key for entry in entries)
    first = {entry.document_key: entry for entry in sorted(entries, key=in_order, reverse=True)}
    ordered = sorted(first.values(), key=lambda e: (said(e), e.document_key), reverse=True)
    return tuple(
        Source(
            document_key=entry.document_key,
            document_id=entry.document_id,
            published=entry.published,
            claims=count[entry.document_key],
        )
        for entry in ordered
    )


def _of_kind(entries: Sequence[Entry], kind: Kind) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.claim.kind == kind)
