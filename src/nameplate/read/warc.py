"""Web archives (WARC and WET; plain, gzip, zstandard) to captured pages, nothing lost in silence.

fastwarc reads the records. It ends without a word where an archive was cut off, and for good where
bytes are damaged; so every record's length is held against what its header says, the end of the file
against the end of the last record, and after damage reading goes on at the next whole record. What
could not be read is a `Damage` with the bytes between which it lies. Only a file that was cut off
exactly between two records looks like a whole one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from fastwarc import ArchiveIterator

from nameplate.errors import ReadError
from nameplate.model import Failure, Record
from nameplate.read.record import DEFAULT, Limits
from nameplate.read.warc_bytes import Bytes, opened

_PAGES = frozenset(("response", "conversion", "resource"))
_MEDIA = frozenset(
    ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/x-pdf")
)
_MOST_DAMAGE = 200
"""Damaged stretches of one archive after which the rest is given up."""
_AGAIN = "Fetch the archive again; what else it holds was read."


class Captured(Record, frozen=True, kw_only=True):
    """One captured page: where it was on the web, its bytes, and where they lie.

    ``offset`` is in bytes of the archive as it is kept, ``date`` the moment of the capture
    (ISO 8601), ``cut`` whether the crawler kept only the beginning of the page.
    """

    address: str
    data: bytes
    media_type: str
    archive: str
    offset: int
    date: str | None = None
    cut: bool = False

    @property
    def where(self) -> str:
        """The place of the record, for messages and for looking it up again."""
        return f"{self.archive}@{self.offset}"


class Passed(Record, frozen=True, kw_only=True):
    """A record that holds no page to be read (a request, a redirection, a picture)."""

    offset: int
    why: str


class Damage(Failure, frozen=True, kw_only=True):
    """A stretch of an archive that cannot be read; ``offset`` is where it begins."""

    offset: int


class Stretch(NamedTuple):
    """Which records of an archive are meant: those that begin at ``start`` up to before ``end``."""

    start: int = 0
    end: int | None = None


WHOLE = Stretch()
Item = Captured | Passed | Damage


def read_archive(
    path: Path | str, stretch: Stretch = WHOLE, *, limits: Limits = DEFAULT
) -> Iterator[Item]:
    """The records of an archive file in order; raises ReadError if it is none or cannot be opened."""
    with opened(Path(path)) as file:
        yield from _Reading(file, str(path), limits).items(stretch)


def read_record(data: bytes, *, archive: str, offset: int, limits: Limits = DEFAULT) -> Item:
    """The one record in these bytes, as an index says that they lie in ``archive`` at ``offset``."""
    reading = _Reading(io.BytesIO(data), archive, limits)
    for item in reading.items(WHOLE):
        place: dict[str, Any] = {"offset": offset}
        if isinstance(item, Damage):
            place |= {"where": f"{archive}@{offset}"}
        return _replaced(item, place)
    return Damage(
        where=f"{archive}@{offset}",
        offset=offset,
        problem="there is no record at this place",
        remedy="Check that the index belongs to this archive.",
    )


def _replaced(item: Item, changes: dict[str, Any]) -> Item:
    import msgspec

    return msgspec.structs.replace(item, **changes)


class _Reading:
    """One pass over an archive: where the last record began, and what is broken since then."""

    def __init__(self, file: BinaryIO, name: str, limits: Limits) -> None:
        self.bytes = Bytes(file, name)
        self.file, self.name, self.limits = file, name, limits
        self.last = -1
        self.broken: int | None = None
        self.why = ""
        self.damages = 0

    def items(self, stretch: Stretch) -> Iterator[Item]:
        position: int | None = stretch.start
        while position is not None and (stretch.end is None or position < stretch.end):
            error, before = None, self.last
            try:
                for record in self._records(position):
                    if stretch.end is not None and record.stream_pos >= stretch.end:
                        yield from self._mended(stretch.end)
                        return
                    yield from self._mended(record.stream_pos)
                    self.last = record.stream_pos
                    yield from self._item(record)
                    if self.broken == self.last:
                        break
            except (OSError, ValueError) as found:
                error = found
            if error is None and self.broken is None:
                yield from self._end()
                return
            if self.broken is None:
                self.broken = position if self.last == before else self.last
                self.why = self.why or f"damaged ({error})"
            position = self._next(max(position, self.last) + 1)
        yield from self._mended(self.bytes.size if position is None else position)

    def _records(self, position: int) -> Iterator[Any]:
        self.file.seek(position)
        yield from ArchiveIterator(
            self.file, parse_http=True, auto_decode="none", fsspec_args=False
        )

    def _next(self, position: int) -> int | None:
        """Where the next whole record may begin; None if there is none, or damage has no end."""
        if self.damages >= _MOST_DAMAGE:
            self.why = f"damaged in more than {_MOST_DAMAGE} places, and given up"
            return None
        return self.bytes.next_record(position)

    def _mended(self, position: int) -> Iterator[Damage]:
        """Report what was broken, now that it is known to end here."""
        if self.broken is None:
            return
        self.damages += 1
        yield Damage(
            where=f"{self.name}@{self.broken}",
            offset=self.broken,
            problem=f"the archive is {self.why}; bytes {self.broken:,} to {position:,} "
            "could not be read whole",
            remedy=_AGAIN,
        )
        self.broken, self.why = None, ""

    def _end(self) -> Iterator[Damage]:
        """Whether the file ends where its last record does."""
        if self.last < 0:
            if self.bytes.size == 0:
                raise ReadError("the file is empty", where=self.name, remedy="Fetch it again.")
            raise ReadError(
                "this is no web archive", where=self.name, remedy="Give WARC or WET files."
            )
        trouble = self.bytes.trouble_after(self.last)
        if trouble is not None:
            self.broken, self.why = trouble.offset, trouble.why
            yield from self._mended(self.bytes.size)

    def _item(self, record: Any) -> Iterator[Item]:
        kind = str(record.headers.get("WARC-Type") or "")
        length = record.content_length
        if record.headers.get("Content-Length") is None:
            self.broken, self.why = self.last, "cut off or damaged: a record's header has no length"
            return
        if length > self.limits.size:
            yield from self._too_large(length)
            return
        body = record.reader.read(length) if length else b""
        if len(body) < length:
            self.broken = self.last
            self.why = (
                f"cut off: a record says that it has {length:,} bytes and there are {len(body):,}"
            )
            return
        yield self._page(record, kind, body)

    def _too_large(self, length: int) -> Iterator[Damage]:
        """Not unpacked where that can be helped: a bomb of kilobytes may claim to be gigabytes."""
        problem = (
            f"a record of {length / 1e6:,.1f} MB is more than the limit of "
            f"{self.limits.size / 1e6:,.1f} MB"
        )
        if self.bytes.packed_apart:
            self.broken, self.why = self.last, f"not read at this place ({problem})"
            return
        yield Damage(
            where=f"{self.name}@{self.last}",
            offset=self.last,
            problem=problem,
            remedy="Raise the limit on size to read it.",
        )

    def _page(self, record: Any, kind: str, body: bytes) -> Captured | Passed:
        headers = record.headers
        if kind not in _PAGES:
            return Passed(offset=self.last, why=kind)
        http = record.http_headers
        if http is not None and http.status_code != 200:
            return Passed(offset=self.last, why=f"status {http.status_code}")
        media = _media_type(record, kind)
        plain = media.partition(";")[0].strip().lower()
        if plain and plain not in _MEDIA:
            return Passed(offset=self.last, why="media type")
        return Captured(
            address=headers.get("WARC-Target-URI") or f"{self.name}@{self.last}",
            data=_decoded(record, body, self.limits.size),
            media_type=media,
            archive=self.name,
            offset=self.last,
            date=headers.get("WARC-Date"),
            cut=headers.get("WARC-Truncated") is not None,
        )


def _media_type(record: Any, kind: str) -> str:
    if record.http_headers is not None:
        return str(record.http_headers.get("Content-Type") or "")
    return "text/plain" if kind == "conversion" else str(record.headers.get("Content-Type") or "")


def _decoded(record: Any, body: bytes, limit: int) -> bytes:
    """The body as the browser would have it; as it is where it is not coded as its header says.

    Many crawlers keep the header of a transfer that they have undone already.
    """
    http = record.http_headers
    if http is None:
        return body
    codings = [
        (name, str(http.get(name)))
        for name in ("Content-Encoding", "Transfer-Encoding")
        if (http.get(name) or "identity").lower() not in {"identity", "none", "utf-8"}
    ]
    if not codings:
        return body
    head = "HTTP/1.1 200 OK\r\n" + "".join(f"{name}: {value}\r\n" for name, value in codings)
    block = head.encode("latin-1", "replace") + b"\r\n" + body
    warc = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    stream = io.BytesIO(warc.encode() + block + b"\r\n\r\n")
    try:
        for again in ArchiveIterator(stream, auto_decode="all", fsspec_args=False):
            return bytes(again.reader.read(limit + 1)) or body
    except (OSError, ValueError):
        pass
    return body
