"""Indexes of web archives: which record lies where. CDXJ lines and Common Crawl's columnar Parquet.

An index is given as a file. Of what it lists, the records that may be pages of reports are taken: those
fetched with success, in a form that is read, and, where the index tells the language, in one that is.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from nameplate.errors import ReadError
from nameplate.model import Record

_FORMS = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "unk", "-", "")
_LANGUAGES = frozenset(("eng", "zho"))
_COLUMNS = (
    "url",
    "warc_filename",
    "warc_record_offset",
    "warc_record_length",
    "fetch_status",
    "content_mime_detected",
    "content_languages",
)
_SHAPE = (
    'Give CDXJ lines ("org,example)/ 20240101000000 {…}") with filename, offset and length, '
    "or Common Crawl's Parquet index."
)


class Pointer(Record, frozen=True, kw_only=True):
    """Where one record lies: the archive's name in the index, and bytes of the packed file."""

    archive: str
    offset: int
    length: int
    address: str = ""


def read_index(path: Path) -> Iterator[Pointer]:
    """The records that an index file lists and that may be reports; raises ReadError with the line."""
    if not path.is_file():
        raise ReadError("there is no such index", where=str(path), remedy="Check the path.")
    rows = _parquet(path) if _begins_with(path) == b"PAR1" else _lines(path)
    for where, row in rows:
        if _wanted(row):
            yield _pointer(row, where)


def _begins_with(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _wanted(row: Mapping[str, Any]) -> bool:
    status = str(row.get("status") or row.get("fetch_status") or "200")
    media = str(
        row.get("mime-detected") or row.get("mime") or row.get("content_mime_detected") or ""
    )
    spoken = str(row.get("languages") or row.get("content_languages") or "")
    return (
        status == "200"
        and media.lower() in _FORMS
        and (not spoken or not _LANGUAGES.isdisjoint(spoken.split(",")))
    )


def _pointer(row: Mapping[str, Any], where: str) -> Pointer:
    try:
        found = Pointer(
            archive=str(row.get("filename") or row["warc_filename"]),
            offset=int(row["offset"] if "offset" in row else row["warc_record_offset"]),
            length=int(row["length"] if "length" in row else row["warc_record_length"]),
            address=str(row.get("url") or ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ReadError(
            f"an entry has no filename, offset or length ({error})", where=where, remedy=_SHAPE
        ) from error
    if found.offset < 0 or found.length <= 0:
        raise ReadError(
            f"offset {found.offset} with length {found.length} is no place",
            where=where,
            remedy=_SHAPE,
        )
    return found


def _lines(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    decoder = msgspec.json.Decoder(dict[str, Any])
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        file = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
        try:
            for number, line in enumerate(chain(file), 1):
                start = line.find(b"{")
                if start < 0:
                    if not line.strip() or line.startswith((b" CDX", b"!")):
                        continue
                    raise ReadError("this is no CDXJ line", where=f"{path}:{number}", remedy=_SHAPE)
                try:
                    yield f"{path}:{number}", decoder.decode(line[start:])
                except msgspec.DecodeError as error:
                    raise ReadError(
                        f"the entry is not JSON ({error})", where=f"{path}:{number}", remedy=_SHAPE
                    ) from error
        except (EOFError, OSError, gzip.BadGzipFile) as error:
            raise ReadError(
                f"the index is cut off or damaged ({error})",
                where=str(path),
                remedy="Fetch the index again.",
            ) from error


def _parquet(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise ReadError(
            "a Parquet index needs pyarrow",
            where=str(path),
            remedy="Install it: pip install 'nameplate[parquet]'.",
        ) from error
    try:
        file = parquet.ParquetFile(path)
        names = [name for name in _COLUMNS if name in file.schema_arrow.names]
        for batch in file.iter_batches(columns=names):
            for row in batch.to_pylist():
                yield str(path), row
    except (OSError, ValueError) as error:  # pyarrow's errors are children of these
        raise ReadError(
            f"the index cannot be read ({error})", where=str(path), remedy=_SHAPE
        ) from error
