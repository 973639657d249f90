"""One document's path through the house: read, dated, claimed, appended, resolved. No rules in it.

Readers and grammar are loaded by the first document: a question to a ledger needs neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import msgspec

from nameplate.answer.belonging import Register
from nameplate.answer.moments import today_of
from nameplate.answer.shelf import Shelf
from nameplate.errors import LedgerError, UsageError
from nameplate.find.spelling import spell
from nameplate.ledger import Added, ClaimFilter, Ledger
from nameplate.model import (
    Document,
    Entity,
    Entry,
    Extraction,
    Failure,
    Judgement,
    Record,
    content_key,
)
from nameplate.resolve import BELONGING, Belongs, Near, belonging, find_entity, marks_of, reweigh

if TYPE_CHECKING:
    from nameplate.answer.orders import Order
    from nameplate.read import Limits, Read
    from nameplate.read.warc import Captured


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
    from nameplate.find.time import publication_date

    found = publication_date(document.text)
    return msgspec.structs.replace(document, published=found) if found else document


def extract(document: Document) -> Extraction:
    """Every claim of one document, and what was left out with the reason."""
    return _taken(dated(document))


def _taken(document: Document) -> Extraction:
    """The claims of a document that has its date."""
    from nameplate.claim.extract import extract as take_claims

    return take_claims(document)


def extract_text(text: str, published: str | None = None) -> Extraction:
    """Every claim of a bare text."""
    from nameplate.read import mark_regions

    regions = mark_regions(text)
    return extract(Document(id="text", text=text, published=published, regions=regions))


def extract_paths(
    paths: Sequence[Path | str], *, limits: Limits | None = None
) -> Iterator[Outcome]:
    """Read everything at the paths and take its claims; a bad file is an outcome, not an end."""
    from nameplate.read import Limits, read_paths

    for found in read_paths(paths, limits=limits or Limits()):
        if isinstance(found, Failure):
            yield Outcome(where=found.where, failure=found)
        else:
            yield _extracted(found)


def _extracted(found: Read) -> Outcome:
    start = perf_counter()
    document = dated(found.document)
    extraction = _taken(document)
    return Outcome(
        where=document.address or document.id,
        document=document,
        extraction=extraction,
        seconds=perf_counter() - start,
    )


def extract_captured(page: Captured) -> Outcome | None:
    """A captured page's document and claims; None if it can hold none. Raises ReadError."""
    from nameplate.read.capture import read_capture

    document = read_capture(page)
    if document is None:
        return None
    whole = dated(document)
    return Outcome(where=page.where, document=whole, extraction=_taken(whole))


LINKER = Near()
"""The rules by which names are resolved, as the ledger asks for them."""

_ROUNDS = 3
_BATCH = 500
"""Reports, from which on it is quicker to weigh the whole ledger than what is near them."""

_PEERS = 200
"""So many things at most are looked at for their ramps, those of which most is told first."""


def add_document(ledger: Ledger, document: Document, data: bytes | None = None) -> Added:
    """Take a document's claims and append both to the ledger."""
    whole = dated(document)
    return ledger.add(whole, _taken(whole).claims, data, linker=LINKER)


def add_paths(
    ledger: Ledger,
    paths: Sequence[Path | str],
    *,
    limits: Limits | None = None,
    started: Callable[[str], None] | None = None,
    again: bool = False,
) -> Iterator[Outcome]:
    """Read, extract and append everything at the paths; failures are recorded in the ledger.

    ``again``: take the claims of reports that are there already anew. At the end things are weighed
    by their facts (`settle`).
    """
    from nameplate.read import Limits, read_paths

    run = ledger.begin_run("add again" if again else "add")
    added: list[str] = []
    failed = 0
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
            done = _appended(ledger, outcome, found.data, again=again)
            added += [done.document_key] if done.status != "same" else []
            yield msgspec.structs.replace(outcome, added=done)
        settle(ledger, added)
    finally:
        with suppress(LedgerError):  # the error that ended the batch matters more than its tally
            ledger.end_run(run, added=len(added), failed=failed)


def entities(ledger: Ledger, as_of: str | None = None) -> tuple[list[Entity], list[Entry]]:
    """The ledger's entities with all the entries that they were made from."""
    return known_entities(ledger, as_of), ledger.entries(as_of=as_of)


def _appended(ledger: Ledger, outcome: Outcome, data: bytes | None, *, again: bool) -> Added:
    assert outcome.document is not None and outcome.extraction is not None
    claims = outcome.extraction.claims
    done = ledger.add(outcome.document, claims, data, linker=LINKER)
    if again and done.status == "same":
        return ledger.add_again(outcome.document, claims, extractor(), linker=LINKER)
    return done


def extractor() -> str:
    """By what name the rules that take claims sign their judgements."""
    return f"nameplate {version('nameplate')}"


def known_entities(ledger: Ledger, as_of: str | None = None) -> list[Entity]:
    """The ledger's entities, kept for the next time unless they are of an earlier day."""
    if as_of is not None:
        return ledger.entities_as_of(LINKER, as_of)
    known = ledger.cached_entities(LINKER.rules)
    return ledger.rebuild_entities(LINKER) if known is None else known


def settle(ledger: Ledger, reports: Collection[str] | None = None) -> int:
    """Weigh things by their facts and write down what the matcher decides; how much that was.

    ``reports``: only what these (by document key) speak of, against what is near it; that is for the
    end of a batch. Without them, or after very many, the whole ledger is read. Things that have become
    one are weighed again, as one.
    """
    if reports is not None and not reports:
        return 0
    whole = reports is None or len(reports) > _BATCH or not ledger.is_resolved(LINKER.rules)
    count = 0
    for _ in range(_ROUNDS):
        decided = _weighed(ledger, None if whole else reports)
        for judgement in decided:
            ledger.judge(judgement, linker=LINKER)
        count += len(decided)
        if not any(judgement.verb in ("same", "undo") for judgement in decided):
            break
    return count


def _weighed(ledger: Ledger, reports: Collection[str] | None) -> list[Judgement]:
    if reports is None:
        known, entries = entities(ledger)
        return [d.judgement for d in reweigh(known, entries, ledger.judgements())]
    near = ledger.neighbours(reports, LINKER)
    decided = reweigh(near.entities, near.entries, ledger.judgements())
    return [d.judgement for d in decided if d.taken_back or d.about & near.touched]


def one_entity(ledger: Ledger, name: str, as_of: str | None = None) -> tuple[Entity, Shelf]:
    """The entity that ``name`` can mean, with its entries and what others say of it.

    Only what belongs to it is read. Raises `UsageError` if nothing, or more than one, is called so.
    """
    return entity_of(ledger, find_entity(like(ledger, name), name).id, as_of)


def like(ledger: Ledger, name: str) -> list[Entity]:
    """The entities that may be called so, in no order of likeness."""
    if not ledger.is_resolved(LINKER.rules):
        ledger.rebuild_entities(LINKER)
    return ledger.entities_like(name)


def entity_of(ledger: Ledger, entity_id: str, as_of: str | None = None) -> tuple[Entity, Shelf]:
    """The entity of this id, as now or as it was known then, with what is said of it."""
    now = as_of is None
    found = ledger.view(entity_id) if now else ledger.view_as_of(entity_id, LINKER, as_of or "")
    if found is None:
        raise UsageError("the ledger knew no such thing then", remedy="Name a later day.")
    entity, own, about = found
    return entity, Shelf([*own, *about])


def parts_and_wholes(ledger: Ledger, entity: Entity, shelf: Shelf) -> list[tuple[Entity, Belongs]]:
    """What the entity is a part of now, and what is a part of it: the other thing, and why.

    Of the others only those are read that its claims name, that are named with it, or that are
    called as it is but for a phase.
    """
    said = [*shelf.of(entity), *shelf.about(entity)]
    told = [entry for entry in said if entry.claim.relation in BELONGING]
    speaking = set(ledger.pages.entity_of(entry.key for entry in told).values())
    near = ledger.pages.entities(speaking)
    # All that are called so: one alone would be a guess.
    for name in {*marks_of(entity), *(e.claim.object for e in told if e.claim.object)}:
        near += ledger.entities_like(name)
    others = {one.id: one for one in near if one.id != entity.id}
    return [
        (others[found.whole if found.part == entity.id else found.part], found)
        for found in belonging([entity, *others.values()], told)
        if entity.id in (found.part, found.whole)
    ]


def known_orders(ledger: Ledger, today: str, as_of: str | None = None) -> list[Order]:
    """The instructions that reports tell of, with what became of each (`nameplate.answer.orders`).

    Of now only the things that orders are about are read, of an earlier day all.
    """
    from nameplate.answer.orders import orders

    told = ledger.entries(ClaimFilter(kind="instruction"), as_of)
    if not told:
        return []
    if as_of is not None:
        known, entries = entities(ledger, as_of)
    else:
        if not ledger.is_resolved(LINKER.rules):
            ledger.rebuild_entities(LINKER)
        ids = ledger.pages.entity_of(entry.key for entry in told)
        known = ledger.pages.entities(ids.values())
        keys = tuple(key for thing in known for key in thing.claims)
        entries = ledger.entries(ClaimFilter(keys=keys))
    shelf, given = Shelf(entries), {entry.key for entry in told}
    about = [(thing, shelf.of(thing)) for thing in known if given & set(thing.claims)]
    return orders(about, ledger.pages.on_orders(as_of or ""), today_of(today))


def ramping(ledger: Ledger, as_of: str | None = None) -> Iterator[tuple[Entity, list[Entry]]]:
    """The lines, plants and projects that a ramp may be known of, with their entries.

    Those of which a utilisation, an output or a stage of full capacity is told; of a ledger as of a
    day all that was known then.
    """
    from nameplate.answer.imply_days import RAMPING
    from nameplate.answer.imply_ramp import LEAST_POINTS

    if as_of is not None:
        known, entries = entities(ledger, as_of)
        shelf = Shelf(entries)
        yield from ((one, shelf.of(one)) for one in known if one.kind in RAMPING)
        return
    if not ledger.is_resolved(LINKER.rules):
        ledger.rebuild_entities(LINKER)
    told = [*ledger.entries(ClaimFilter(stage="at_capacity"))]
    for measure in ("utilisation", "output"):
        told += ledger.entries(ClaimFilter(measure=measure, modality="actual"))
    often = Counter(ledger.pages.entity_of(entry.key for entry in told).values())
    once = set(ledger.pages.entity_of(e.key for e in told if e.claim.stage).values())
    wanted = [key for key, count in often.most_common() if count >= LEAST_POINTS or key in once]
    for one in ledger.pages.entities(wanted[:_PEERS]):
        if one.kind in RAMPING and (found := ledger.view(one.id)) is not None:
            yield one, found[1]


def spoken_of(ledger: Ledger, name: str, as_of: str | None = None) -> list[Entity]:
    """Places that no report has a claim about, but in which reports and returns place others.

    Each stands for its name alone: it is no entity, and has no claims of its own.
    """
    found: dict[str, str] = {}
    for entry in ledger.pages.holding(name, as_of or ""):
        if entry.claim.object:
            found.setdefault(spell(entry.claim.object), entry.claim.object)
    known = ledger.pages.named(found.values(), as_of or "")
    return [
        Entity(id=content_key("spoken of", said), kind="place", name=name, names=((name, 1),))
        for said, name in found.items()
        if said not in known
    ]


def register_around(ledger: Ledger, whole: Entity, as_of: str | None = None) -> Register:
    """What lies in a zone, a park or a place, with all that is said of these, and the figures that
    stand in a report beside its counts of things in the zone: some are of these things.

    Of now only what names it is read, of an earlier day all.
    """
    if as_of is not None:
        known, entries = entities(ledger, as_of)
        return Register([whole, *(e for e in known if e.id != whole.id)], Shelf(entries))
    own = ledger.entries(ClaimFilter(keys=whole.claims)) if whole.claims else []
    about = ledger.pages.about([whole.name, *(name for name, _ in whole.names)])
    ids = set(ledger.pages.entity_of(entry.key for entry in about).values())
    hosted = [e.claim.object for e in own if e.claim.relation == "hosts" and e.claim.object]
    ids |= set(ledger.pages.named(hosted).values())
    inside = [e for e in ledger.pages.entities(ids) if e.id != whole.id]
    keys = tuple(key for thing in inside for key in thing.claims)
    entries = ledger.entries(ClaimFilter(keys=keys)) if keys else []
    counting = {
        e.document_key for e in own
        if e.claim.measure in ("enterprises", "projects", "facilities") and e.claim.cell is None
    }  # fmt: skip
    beside = ledger.monitors.inside(counting) if counting else []
    groups = [e for e in beside if e.claim.kind == "quantity"]
    return Register([whole, *inside], Shelf([*own, *about, *entries, *groups]))
