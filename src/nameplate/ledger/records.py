"""What the ledger hands out and is asked by, beside the records of `nameplate.model`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from nameplate.model import Claim, Kind, Modality, Record


class Added(Record, frozen=True, kw_only=True):
    """What became of a document that was added.

    ``status`` is ``new``, ``same`` (these very words of this source are there already: nothing was
    changed) or ``version`` (the source says something else now; ``previous`` is the key of what it
    said before, which stays in the ledger) or ``again`` (its claims were taken again). ``claims`` is the
    number of claims appended, ``rejected`` of those that the extractor no longer finds.
    """

    status: Literal["new", "same", "version", "again"]
    document_key: str
    claims: int = 0
    rejected: int = 0
    previous: str | None = None


class Filed(Record, frozen=True, kw_only=True):
    """The filing card of one version of one document: all but its text.

    ``superseded`` is the key of the next version, as far as it was known at the time asked for.
    """

    key: str
    id: str
    published: str | None
    recorded: str
    title: str | None = None
    lang: str | None = None
    publisher: str | None = None
    address: str | None = None
    media_type: str = "text/plain"
    digest: str | None = None
    version: int = 1
    supersedes: str | None = None
    superseded: str | None = None
    claims: int = 0


class ClaimFilter(Record, frozen=True, kw_only=True):
    """Which claims are asked for; a field left out asks for all.

    ``subject`` is matched loosely: every word of it in any spelling, or nearly so. ``document`` is
    an id, an address, a key or the beginning of one. ``since`` and ``until`` are EDTF dates; a
    claim is in the period if the time it holds for overlaps it; one without a date is not.
    ``versions`` asks also for claims of document versions that were superseded, ``rejected`` for
    those that a judgement rejects. Corrected claims are matched as corrected.
    """

    kind: Kind | None = None
    measure: str | None = None
    stage: str | None = None
    modality: Modality | None = None
    subject: str | None = None
    document: str | None = None
    since: str | None = None
    until: str | None = None
    keys: tuple[str, ...] | None = None
    versions: bool = False
    rejected: bool = False


class Problem(Record, frozen=True, kw_only=True):
    """Something that `Ledger.verify` found wrong: the table, the row's key, and what."""

    table: str
    key: str
    problem: str


def spans(claim: Claim) -> Iterator[tuple[int, int, str]]:
    """Every place where the text must say the claim: start, end, words."""
    yield claim.start, claim.end, claim.quote
    for mention in claim.mentions:
        yield mention.start, mention.end, mention.quote
