"""What copies of a report only say again."""

from __future__ import annotations

from collections.abc import Iterable

from nameplate.find.spelling import spell
from nameplate.model import Entry


def said_once(entries: Iterable[Entry]) -> list[Entry]:
    """The entries without those in which a copy repeats its report, word for word.

    A copy printed days later dates "yesterday" wrongly, and is no later word on anything. What it
    says otherwise than the report stays.
    """
    some = list(entries)
    first = {_words(entry, entry.document_key) for entry in some if entry.copy_of is None}
    return [e for e in some if e.copy_of is None or _words(e, e.copy_of) not in first]


def _words(entry: Entry, report: str) -> tuple[str, ...]:
    claim = entry.claim
    return (report, claim.kind, claim.measure or claim.stage or "", spell(claim.quote))
