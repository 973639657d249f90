"""One document's path through the house: read, dated, claimed, appended, resolved. No rules in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import msgspec

from nameplate.claim.extract import extract as take_claims
from nameplate.errors import LedgerError
from nameplate.find.time import publication_date
from nameplate.ledger import Added, Ledger
from nameplate.model import Document, Entity, Entry, Extraction, Failure, Record
from nameplate.read import Limits, Read, mark_regions, read_paths
from nameplate.resolve import RULES, resolve


class Outcome(Record, frozen=True, kw_only=True):
    """What became of one document: its extraction and what the ledger did with it, or the failure."""

    where: str
    document: Document | None = None
    extraction: Extraction | None = None
    added: Added | None = None
    failure: Failure | None = None
    seconds: float = 0.0


def dated(document: Document) -> Document:
    """The document with the publication date that its own header gives, if none came with it."""
    if document.published is not None:
        return document
    found = publication_date(document.text)
    return msgspec.structs.replace(document, published=found) if found else document


def extract(document: Document) -> Extraction:
    """Every claim of one document, and what was left out with the reason."""
    return take_claims(dated(document))


def extract_text(text: str, published: str | None = None) -> Extraction:
    """Every claim of a bare text."""
    regions = mark_regions(text)
    return extract(Document(id="text", text=text, published=published, regions=regions))


def extract_paths(
    paths: Sequence[Path | str], *, limits: Limits | None = None
) -> Iterator[Outcome]:
    """Read everything at the paths and take its claims; a bad file is an outcome, not an end."""
    for found in read_paths(paths, limits=limits or Limits()):
        if isinstance(found, Failure):
            yield Outcome(where=found.where, failure=found)
        else:
            yield _extracted(found)


def _extracted(found: Read) -> Outcome:
    start = perf_counter()
    document = dated(found.document)
    extraction = take_claims(document)
    return Outcome(
        where=document.address or document.id,
        document=document,
        extraction=extraction,
        seconds=perf_counter() - start,
    )


def add_document(ledger: Ledger, document: Document, data: bytes | None = None) -> Added:
    """Take a document's claims and append both to the ledger."""
    whole = dated(document)
    return ledger.add(whole, take_claims(whole).claims, data)


def add_paths(
    ledger: Ledger,
    paths: Sequence[Path | str],
    *,
    limits: Limits | None = None,
    started: Callable[[str], None] | None = None,
) -> Iterator[Outcome]:
    """Read, extract and append everything at the paths; failures are recorded in the ledger."""
    run = ledger.begin_run("add")
    added = failed = 0
    try:
        for found in read_paths(paths, limits=limits or Limits()):
            if isinstance(found, Failure):
                failed += 1
                ledger.record_failure(found, run)
                yield Outcome(where=found.where, failure=found)
                continue
            if started is not None:
                started(found.document.id)
            outcome = _extracted(found)
            assert outcome.document is not None and outcome.extraction is not None
            done = ledger.add(outcome.document, outcome.extraction.claims, found.data)
            added += done.status != "same"
            yield msgspec.structs.replace(outcome, added=done)
    finally:
        with suppress(LedgerError):  # the error that ended the batch matters more than its tally
            ledger.end_run(run, added=added, failed=failed)


def entities(ledger: Ledger, as_of: str | None = None) -> tuple[list[Entity], list[Entry]]:
    """The ledger's entities with all the entries that they were made from."""
    entries = ledger.entries(as_of=as_of)
    if as_of is None:
        known = ledger.cached_entities(RULES)
        if known is not None:
            return known, entries
    found = resolve(entries, ledger.judgements(as_of))
    if as_of is None:
        ledger.cache_entities(found, RULES)
    return found, entries
