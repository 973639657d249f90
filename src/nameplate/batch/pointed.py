"""Records that an index points to: from archive files in a folder, or by range requests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nameplate.batch.records import Shard
from nameplate.errors import ReadError
from nameplate.read.capture import CRAWL
from nameplate.read.cdx import Pointer
from nameplate.read.warc import Damage, Item, read_record


def pointed(shard: Shard) -> Iterator[Item]:
    """The records of a shard that was made from an index; what cannot be had is Damage."""
    for pointer in shard.pointers:
        if pointer.length > CRAWL.size:
            yield _damage(pointer, f"a record of {pointer.length:,} bytes is more than is read")
            continue
        try:
            data = _bytes(pointer, shard.base)
        except ReadError as error:
            yield _damage(pointer, error.problem, error.remedy)
            continue
        if len(data) < pointer.length:
            yield _damage(pointer, "the archive ends before the record does")
            continue
        yield read_record(data, archive=pointer.archive, offset=pointer.offset, limits=CRAWL)


def _bytes(pointer: Pointer, base: str) -> bytes:
    if base.startswith(("http://", "https://")):
        from nameplate.read.fetching import fetch_range

        return fetch_range(f"{base.rstrip('/')}/{pointer.archive}", pointer.offset, pointer.length)
    root = Path(base)
    for path in (root / pointer.archive, root / Path(pointer.archive).name):
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            with path.open("rb") as file:
                file.seek(pointer.offset)
                return file.read(pointer.length)
    raise ReadError(
        f"there is no archive {pointer.archive} in {base}",
        where=pointer.archive,
        remedy="Name the folder that holds it with --archives, or the address to fetch it from.",
    )


def _damage(pointer: Pointer, problem: str, remedy: str = "") -> Damage:
    return Damage(
        where=f"{pointer.archive}@{pointer.offset}",
        offset=pointer.offset,
        problem=problem,
        remedy=remedy or "Check that the index belongs to this archive.",
    )
