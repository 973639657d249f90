"""The folder of a harvest: the pages in an archive, and a line for each address that was asked.

The line is written after the page, with the archive's length. So a harvest that was killed begins where
the last line ends: what the archive has beyond is cut off and fetched again.
"""

from __future__ import annotations

import gzip
import uuid
from pathlib import Path

import msgspec

from nameplate.model import Record, to_json
from nameplate.read.fetching import Answer


class Seen(Record, frozen=True, kw_only=True):
    """What is known of an address: how it answered last and by what it is asked for changes.

    ``archive`` is the length of the archive after it, in bytes; ``changed`` what the feed said.
    """

    address: str
    when: str
    status: int
    archive: int
    etag: str | None = None
    modified: str | None = None
    changed: str | None = None
    feed: bool = False


class Kept:
    """The archive ``pages.warc.gz`` and the lines ``seen.jsonl`` in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.archive, self._lines = folder / "pages.warc.gz", folder / "seen.jsonl"
        self.seen: dict[str, Seen] = {}
        self.length = 0
        whole = 0
        for line in self._lines.open("rb") if self._lines.exists() else ():
            try:
                seen = msgspec.json.decode(line, type=Seen)
            except msgspec.DecodeError:
                break  # the line that was being written
            self.seen[seen.address], self.length = seen, seen.archive
            whole += len(line)
        _cut(self._lines, whole)
        _cut(self.archive, self.length)

    def conditions(self, address: str) -> dict[str, str]:
        """The headers that ask for an address only if it was changed."""
        seen = self.seen.get(address)
        given = {
            "if-none-match": seen.etag if seen else None,
            "if-modified-since": seen.modified if seen else None,
        }
        return {name: value for name, value in given.items() if value}

    def note(self, seen: Seen) -> None:
        """Write down that an address was asked."""
        whole = msgspec.structs.replace(seen, archive=self.length)
        self.seen[seen.address] = whole
        with self._lines.open("ab") as file:
            file.write(to_json(whole) + b"\n")

    def keep(self, address: str, answer: Answer, when: str) -> None:
        """Append a page to the archive."""
        media = answer.headers.get("content-type", "text/html").replace("\r", "").replace("\n", "")
        block = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n".encode("latin-1", "replace")
        block += answer.data
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\n"
            f"WARC-Date: {when}\r\nWARC-Target-URI: {address}\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        )
        with self.archive.open("ab") as file:
            file.write(gzip.compress(head.encode() + block + b"\r\n\r\n"))
            self.length = file.tell()


def _cut(path: Path, length: int) -> None:
    if path.exists() and path.stat().st_size > length:
        with path.open("r+b") as file:
            file.truncate(length)
