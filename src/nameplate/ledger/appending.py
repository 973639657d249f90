"""Appending documents and claims; nothing here changes a row that was recorded before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, func, insert, select

from nameplate.errors import LedgerError
from nameplate.ledger import copies, name_index, rows, verdicts, wording
from nameplate.ledger.name_index import Variant
from nameplate.ledger.records import spans
from nameplate.ledger.tables import (
    claims,
    deliveries,
    documents,
    extractions,
    failures,
    judgements,
    monitors,
)
from nameplate.model import Claim, Document, Judgement


def keyed(document: Document, found: Iterable[Claim]) -> dict[str, Claim]:
    """The claims by key; `LedgerError` for one whose quote is not what the text says there."""
    made: dict[str, Claim] = {}
    document_key = document.key  # a hash of the whole text: once, not for every claim
    for claim in found:
        for start, end, quote in spans(claim):
            if document.text[start:end] != quote:
                raise LedgerError(
                    f"the text does not say {quote[:80]!r} at {start}-{end}",
                    where=document.address or document.id,
                    remedy="Extract its claims again from this very text.",
                )
        made.setdefault(claim.key(document_key), claim)
    return made


def holds(connection: Connection, column: Any, value: str) -> bool:
    """Whether a row with this value is there."""
    return connection.execute(select(column).where(column == value)).first() is not None


def newest(connection: Connection, document: Document) -> tuple[str, int] | None:
    """Key and number of the newest version from the document's source."""
    source = document.address or document.id
    found = connection.execute(
        select(documents.c.key, documents.c.version)
        .where(documents.c.source == source)
        .order_by(documents.c.version.desc())
    ).first()
    return None if found is None else (found.key, found.version)


def append(
    connection: Connection, document: Document, previous: tuple[str, int] | None, now: str
) -> None:
    """One more document, or version of one."""
    last = connection.execute(select(func.max(documents.c.seq))).scalar_one()
    before, version = previous or (None, 0)
    seq = (last or 0) + 1
    place = {"seq": seq, "version": version + 1, "supersedes": before}
    connection.execute(insert(documents), rows.document_row(document, now) | place)
    copies.note(connection, document.key, document.text)
    wording.note(connection, [(seq, document.title, document.text)])


def append_claims(
    connection: Connection, found: dict[str, Claim], document_key: str, now: str
) -> None:
    """The claims of a document."""
    if found:
        made = [rows.claim_row(key, claim, document_key, now) for key, claim in found.items()]
        connection.execute(insert(claims), made)


def take_again(
    connection: Connection, document_key: str, found: dict[str, Claim], extractor: str, now: str
) -> tuple[set[str], set[str]]:
    """Append what is new; judge what is not found any more as rejected. Keys of both.

    What the extractor rejected before and finds again has that judgement undone. A person's
    judgement is left alone, and stands.
    """
    query = select(claims.c.key).where(claims.c.document_key == document_key)
    held = set(connection.execute(query).scalars())
    new = {key: claim for key, claim in found.items() if key not in held}
    rejected = _machine_rejected(connection, held)
    gone = held - found.keys() - rejected.keys()
    back = [rejected[key] for key in sorted(rejected.keys() & found.keys())]
    if not (new or gone or back):
        return set(), set()
    append_claims(connection, new, document_key, now)
    made = [
        Judgement(verb="reject", left=key, author=extractor, recorded=now, reason="not found again")
        for key in sorted(gone)
    ] + [
        Judgement(verb="undo", left=key, author=extractor, recorded=now, reason="found again")
        for key in back
    ]
    if made:
        connection.execute(insert(judgements), [rows.judgement_row(j) for j in made])
    done = {"extractor": extractor, "added": len(new), "rejected": len(gone), "recorded": now}
    connection.execute(insert(extractions), {"document_key": document_key} | done)
    return set(new), gone | (rejected.keys() & found.keys())


def _machine_rejected(connection: Connection, keys: Collection[str]) -> dict[str, str]:
    """Claims that a machine rejects, with the judgement that does."""
    said = verdicts.in_force(verdicts.on_claims(connection, keys, None))
    machine = [j for j in said if verdicts.is_machine(j.author)]
    last = {judgement.left: judgement for judgement in machine}
    return {key: judgement.key for key, judgement in last.items() if judgement.verb == "reject"}


def note_names(
    connection: Connection, found: Iterable[Claim], now: str
) -> tuple[set[int], set[int]]:
    """Take up the subjects' names: spellings with new names, and all of them."""
    variants: set[Variant] = {(claim.subject, claim.subject_kind or "") for claim in found}
    return note_variants(connection, variants, now)


def note_variants(
    connection: Connection, variants: set[Variant], now: str
) -> tuple[set[int], set[int]]:
    """As `note_names`, for names with kinds."""
    known = name_index.known(connection, variants)
    ids = name_index.note(connection, variants, now)
    return {ids[variant] for variant in variants - known}, set(ids.values())


def last_recorded(connection: Connection) -> str | None:
    """The latest instant of record; each table is in the order of its running number."""
    instants = [
        connection.execute(select(t.c.recorded).order_by(t.c.seq.desc()).limit(1)).scalar()
        for t in (documents, judgements, failures, extractions, monitors, deliveries)
    ]
    return max((i for i in instants if i is not None), default=None)
