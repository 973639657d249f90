"""The history of a name: what a thing was called, from when to when."""

from __future__ import annotations

from collections.abc import Iterable

from nameplate.answer.moments import said
from nameplate.answer.views import NameRow
from nameplate.model import Entry


def name_rows(entries: Iterable[Entry]) -> tuple[NameRow, ...]:
    """Every name that a report uses for the thing, the oldest first."""
    by_name: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (said(e), e.document_key, e.claim.start)):
        by_name.setdefault(entry.claim.subject, []).append(entry)
    rows = [
        NameRow(
            name=name,
            first=said(some[0]).isoformat(),
            last=said(some[-1]).isoformat(),
            reports=len({entry.source for entry in some}),
            entry=some[0],
        )
        for name, some in by_name.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.first, row.name)))
