"""Records to rows and back."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Row

from nameplate.find.edtf import interval
from nameplate.find.spelling import spell
from nameplate.ledger.records import Filed
from nameplate.model import Claim, Document, Entry, Judgement, Place, Region, to_json

_FILED = [name for name in Filed.__struct_fields__ if name not in ("superseded", "claims")]


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def document_row(document: Document, recorded: str) -> dict[str, Any]:
    """All columns of ``documents`` but those that depend on what is there already."""
    return {
        "key": document.key,
        "source": document.address or document.id,
        "id": document.id,
        "address": document.address,
        "digest": document.digest,
        "published": document.published,
        "title": document.title,
        "lang": document.lang,
        "publisher": document.publisher,
        "media_type": document.media_type,
        "text": document.text,
        "regions": to_json(document.regions).decode(),
        "places": to_json(document.places).decode(),
        "recorded": recorded,
    }


def document_of(row: Row[Any]) -> Document:
    """The document of a full row."""
    return Document(
        id=row.id,
        text=row.text,
        title=row.title,
        published=row.published,
        lang=row.lang,
        publisher=row.publisher,
        address=row.address,
        media_type=row.media_type,
        digest=row.digest,
        regions=_decoder(tuple[Region, ...]).decode(row.regions),
        places=_decoder(tuple[Place, ...]).decode(row.places),
    )


def filed_of(row: Row[Any]) -> Filed:
    """The filing card of a row that carries ``superseded`` and ``claims`` beside the columns."""
    fields = {name: getattr(row, name) for name in _FILED}
    return Filed(**fields, superseded=row.superseded, claims=row.claims)


def claim_row(key: str, claim: Claim, document_key: str, recorded: str) -> dict[str, Any]:
    """All columns of ``claims``."""
    days = interval(claim.when) if claim.when else None
    value = claim.low if claim.value is None else claim.value
    return {
        "key": key,
        "document_key": document_key,
        "start": claim.start,
        "kind": claim.kind,
        "subject": claim.subject,
        "measure": claim.measure,
        "stage": claim.stage,
        "modality": claim.modality,
        "when": claim.when,
        "earliest": days[0].isoformat() if days else None,
        "latest": days[1].isoformat() if days else None,
        "value": None if value is None else float(value),
        "unit": claim.unit,
        "recorded": recorded,
        "body": to_json(claim).decode(),
        "subject_kind": claim.subject_kind,
        "object": spell(claim.object) if claim.object else None,
    }


def claim_of(body: str) -> Claim:
    """The claim as it was appended."""
    claim: Claim = _decoder(Claim).decode(body)
    return claim


def entry_of(row: Sequence[Any]) -> Entry:
    """The entry of a row of a claim with its document's id and date (`nameplate.ledger.queries`)."""
    _, _, key, body, document_key, document_id, published, recorded, _, origin = row
    return Entry(
        key=key,
        claim=claim_of(body),
        document_key=document_key,
        document_id=document_id,
        published=published,
        recorded=recorded,
        copy_of=origin,
    )


def as_kept(judgement: Judgement, recorded: str) -> Judgement:
    """The judgement with its time of record, and its patch as JSON gives it back."""
    patch = judgement.patch
    if patch is not None:
        patch = msgspec.json.decode(to_json(patch))
    return msgspec.structs.replace(judgement, recorded=recorded, patch=patch)


def judgement_row(judgement: Judgement) -> dict[str, Any]:
    """All columns of ``judgements`` but the running number."""
    fields = {name: getattr(judgement, name) for name in Judgement.__struct_fields__}
    patch = None if judgement.patch is None else to_json(judgement.patch).decode()
    return fields | {"key": judgement.key, "patch": patch}


def judgement_of(row: Row[Any]) -> Judgement:
    """The judgement of a row."""
    fields = {name: getattr(row, name) for name in Judgement.__struct_fields__}
    patch = None if row.patch is None else msgspec.json.decode(row.patch)
    return Judgement(**fields | {"patch": patch})


def original_row(original: bytes) -> dict[str, Any]:
    """The original bytes, packed, under their SHA-256."""
    digest = hashlib.sha256(original).hexdigest()
    return {"digest": digest, "size": len(original), "packed": zlib.compress(original, 6)}


def unpacked(packed: bytes) -> bytes:
    """The original bytes."""
    return zlib.decompress(packed)
