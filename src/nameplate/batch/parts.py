"""The output of a batch: a folder of parts, each written whole or not at all.

``claims``, ``documents`` and ``failures`` hold one part a shard, ``done`` one small file that is written
last: a shard without it is taken again. Parts are Parquet (with pyarrow) or JSON Lines, both with the
whole record as JSON beside the columns that analysts ask for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from nameplate.batch.records import Done
from nameplate.errors import UsageError
from nameplate.model import Claim, Document, Extraction, to_json

TABLES = ("documents", "claims", "failures")
_TEXTS = (
    "kind", "subject", "subject_kind", "modality", "when", "scope", "measure", "unit", "item",
    "bound", "aggregate", "per", "stage", "binding", "relation", "object", "role", "purpose", "by",
    "to", "text", "topic", "quote",
)  # fmt: skip
_NUMBERS = ("value", "low", "high")
_DOCUMENT = ["id", "address", "title", "published", "lang", "publisher", "media_type", "digest"]
Rows = dict[str, list[dict[str, Any]]]


def empty() -> Rows:
    """No rows yet."""
    return {table: [] for table in TABLES}


def add_document(rows: Rows, document: Document, extraction: Extraction, place: str) -> None:
    """The rows of a document that has claims; ``place`` is its record in the archive."""
    key = document.key
    card = {name: getattr(document, name) for name in _DOCUMENT}
    count = len(extraction.claims)
    rows["documents"].append(
        {
            "key": key,
            **card,
            "claims": count,
            "place": place,
            "document": to_json(document).decode(),
        }
    )
    rows["claims"].extend(claim_row(claim, key) for claim in extraction.claims)


def claim_row(claim: Claim, document_key: str) -> dict[str, Any]:
    """A claim's columns: numbers as such for analysts, the exact claim as JSON."""
    row: dict[str, Any] = {"key": claim.key(document_key), "document_key": document_key}
    row |= {name: getattr(claim, name) for name in _TEXTS}
    for name in _NUMBERS:
        number = getattr(claim, name)
        row[name] = None if number is None else float(number)
    row["confidence"] = claim.confidence
    row["start"], row["end"] = claim.start, claim.end
    row["claim"] = to_json(claim).decode()
    return row


def add_failure(rows: Rows, place: str, problem: str, remedy: str, *, page: str = "") -> None:
    """A page or a stretch of an archive that could not be read; ``page`` is its address if it has one."""
    rows["failures"].append({"where": place, "page": page, "problem": problem, "remedy": remedy})


def write(out: Path, rows: Rows, done: Done, form: str) -> None:
    """Write the parts of a shard, and last the file that says so."""
    for table in TABLES:
        _replace(out / table / f"{done.shard:06d}.{form}", _packed(table, rows[table], form))
    _replace(out / "done" / f"{done.shard:06d}.json", to_json(done))


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}.{os.getpid()}")
    with made.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    made.replace(path)


def _packed(table: str, rows: list[dict[str, Any]], form: str) -> bytes:
    if form == "jsonl":
        return b"".join(to_json(row) + b"\n" for row in rows)
    import pyarrow as pa
    from pyarrow import parquet

    sink = pa.BufferOutputStream()
    with parquet.ParquetWriter(sink, _schema(table), compression="zstd") as writer:
        writer.write_table(pa.Table.from_pylist(rows, schema=_schema(table)))
    return bytes(sink.getvalue())


def _schema(table: str) -> Any:
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    columns: dict[str, Any] = {
        "documents": {
            "key": text, **dict.fromkeys(_DOCUMENT, text),
            "claims": pa.int32(), "place": text, "document": text,
        },
        "claims": {
            "key": text, "document_key": text, **dict.fromkeys(_TEXTS, text),
            **dict.fromkeys(_NUMBERS, number), "confidence": number,
            "start": pa.int32(), "end": pa.int32(), "claim": text,
        },
        "failures": dict.fromkeys(("where", "page", "problem", "remedy"), text),
    }[table]  # fmt: skip
    return pa.schema(list(columns.items()))


def read_rows(out: Path, table: str, number: int) -> Iterator[dict[str, Any]]:
    """The rows of a part that was written; raises UsageError if it cannot be read."""
    path = part(out, table, number)
    if path.suffix == ".jsonl":
        decoder = msgspec.json.Decoder(dict[str, Any])
        with path.open("rb") as file:
            for line in file:
                yield decoder.decode(line)
        return
    require_parquet()
    from pyarrow import parquet

    for batch in parquet.ParquetFile(path).iter_batches(batch_size=200):
        yield from batch.to_pylist()


def part(out: Path, table: str, number: int) -> Path:
    """The file of a part; raises UsageError if it is gone though its shard is done."""
    for form in ("parquet", "jsonl"):
        path = out / table / f"{number:06d}.{form}"
        if path.exists():
            return path
    raise UsageError(
        f"the part {table}/{number:06d} is missing",
        where=str(out),
        remedy=f"Remove done/{number:06d}.json and run the same extract again.",
    )


def finished(out: Path) -> dict[int, Done]:
    """The shards that are done, by number; what a killed worker left half-made is not among them."""
    found = {}
    for path in sorted((out / "done").glob("[0-9]*.json")):
        try:
            done = msgspec.json.decode(path.read_bytes(), type=Done)
        except (msgspec.DecodeError, OSError):
            continue
        found[done.shard] = done
    return found


def require_parquet() -> None:
    """Raise UsageError with the remedy where pyarrow is not installed."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow, which is not installed",
            remedy="Install it (pip install 'nameplate[parquet]'), or write --format jsonl.",
        ) from error
