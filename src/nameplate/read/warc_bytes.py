"""The bytes of an archive as they lie in the file: where records begin, and whether the end is whole."""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from nameplate.errors import ReadError

Packing = Literal["gzip", "zstd", "plain"]
_MARKS: dict[Packing, bytes] = {
    "gzip": b"\x1f\x8b\x08",
    "zstd": b"\x28\xb5\x2f\xfd",
    "plain": b"WARC/1.",
}
_CHUNK = 1 << 20
_LONGEST_HEAD = 1 << 16


class Trouble(NamedTuple):
    """From which byte on the end of an archive is not whole, and why."""

    offset: int
    why: str


def opened(path: Path) -> BinaryIO:
    """The file, opened; raises ReadError with the remedy."""
    try:
        if not path.is_file():
            raise ReadError(
                "there is no such file" if not path.exists() else "this is no file",
                where=str(path),
                remedy="Give WARC or WET files.",
            )
        return path.open("rb")
    except OSError as error:
        raise ReadError(
            error.strerror or str(error), where=str(path), remedy="Check the path."
        ) from error


class Bytes:
    """An archive's file and how it is packed. ``packed_apart``: each record can be read by itself."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.file, self.name = file, name
        self.size = file.seek(0, os.SEEK_END)
        file.seek(0)
        head = file.read(8)
        self.packing: Packing = next(
            (p for p, mark in _MARKS.items() if head.startswith(mark)), "plain"
        )
        self.packed_apart = self.packing == "gzip"

    def next_record(self, position: int) -> int | None:
        """The first byte from ``position`` on where a record seems to begin."""
        mark = _MARKS[self.packing]
        while position < self.size:
            self.file.seek(position)
            chunk = self.file.read(_CHUNK)
            found = chunk.find(mark)
            while found >= 0:
                if self._begins(position + found):
                    return position + found
                found = chunk.find(mark, found + 1)
            if len(chunk) < _CHUNK:
                return None
            position += len(chunk) - len(mark) + 1
        return None

    def begins(self, position: int) -> bool:
        """Whether a record can be read from this very byte on."""
        self.file.seek(position)
        return self.file.read(8).startswith(_MARKS[self.packing]) and self._begins(position)

    def _begins(self, position: int) -> bool:
        """Whether a mark is more than bytes that look like one."""
        if self.packing != "gzip":
            return True
        self.file.seek(position)
        try:
            head = zlib.decompressobj(31).decompress(self.file.read(2048), 16)
        except zlib.error:
            return False
        return head.startswith(b"WARC/")

    def trouble_after(self, last: int) -> Trouble | None:
        """What is wrong with the end of the file, if the last record that was read began here."""
        if self.packing == "gzip" and self.begins(last):
            return self._after_member(last)
        if self.packing == "plain":
            return self._after_plain(last)
        return None  # zstandard frames that end too soon are errors already

    def _after_member(self, last: int) -> Trouble | None:
        self.file.seek(last)
        unpacker = zlib.decompressobj(31)
        read = last
        try:
            while chunk := self.file.read(_CHUNK):
                read += len(chunk)
                rest = chunk
                while rest and not unpacker.eof:
                    unpacker.decompress(rest, _CHUNK)
                    rest = unpacker.unconsumed_tail
                if unpacker.eof:
                    break
        except zlib.error as error:
            return Trouble(last, f"damaged ({error})")
        if not unpacker.eof:
            return Trouble(last, "cut off: its last gzip member has no end")
        return self._left_over(read - len(unpacker.unused_data))

    def _after_plain(self, last: int) -> Trouble | None:
        self.file.seek(last)
        head, _, _ = self.file.read(_LONGEST_HEAD).partition(b"\r\n\r\n")
        length = next(
            (
                int(line.partition(b":")[2])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-length:")
            ),
            0,
        )
        return self._left_over(last + len(head) + 4 + length)

    def _left_over(self, end: int) -> Trouble | None:
        """Bytes after the last record that are more than blank lines."""
        self.file.seek(end)
        if not self.file.read(_CHUNK).strip(b"\r\n\0"):
            return None
        return Trouble(end, "cut off or damaged: no record could be read behind its last one")
