"""Archives cut into shards, at records, while the first of them are already being worked on.

Where the cuts fall depends on the archive and the size of a shard alone, so that a run that is taken up
again cuts in the same way. Each archive is gone through once for that, unpacked but not parsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from nameplate.batch.records import Shard
from nameplate.errors import NameplateError
from nameplate.read.capture import CRAWL
from nameplate.read.cdx import Pointer, read_index
from nameplate.read.warc import Damage, read_archive
from nameplate.read.warc_bytes import Bytes, opened

SHARD_BYTES = 8_000_000
"""Packed bytes of a shard: some hundred pages, a few seconds of work to do again at the most."""
_POINTERS = 200
_FAR = 10_000_000


def of_archives(archives: Sequence[str], shard_bytes: int) -> Iterator[Shard]:
    """The shards of archive files, numbered through."""
    number = 0
    for archive in archives:
        size = Path(archive).stat().st_size if Path(archive).is_file() else 0
        cuts = [0]
        for cut in _cuts(archive, size, shard_bytes):
            yield _shard(number, archive, cuts[-1], cut)
            number += 1
            cuts.append(cut)
        yield Shard(number=number, archive=archive, start=cuts[-1], size=size - cuts[-1])
        number += 1


def _shard(number: int, archive: str, start: int, end: int) -> Shard:
    return Shard(number=number, archive=archive, start=start, end=end, size=end - start)


def _cuts(archive: str, size: int, shard_bytes: int) -> Iterator[int]:
    """The bytes at which an archive is cut: the first record after each ``shard_bytes``."""
    if size <= shard_bytes:
        return
    try:
        with opened(Path(archive)) as other:
            last, places = 0, Bytes(other, archive)
            for item in read_archive(archive, limits=CRAWL):
                if item.offset - last < shard_bytes or isinstance(item, Damage):
                    continue
                if not places.begins(item.offset):
                    return  # packed in one piece: no record can be read without those before it
                last = item.offset
                yield last
    except NameplateError:
        return  # whoever does the shard meets the same, and reports it


def of_indexes(indexes: Sequence[str], base: str) -> Iterator[Shard]:
    """The shards of what indexes list: neighbours in an archive together."""
    pointers = sorted(
        {p for index in indexes for p in read_index(Path(index))},
        key=lambda p: (p.archive, p.offset),
    )
    number = 0
    for archive, group in groupby(pointers, key=lambda p: p.archive):
        found = list(group)
        for at in range(0, len(found), _POINTERS):
            some = tuple(found[at : at + _POINTERS])
            yield Shard(number=number, archive=archive, pointers=some, base=base, size=_size(some))
            number += 1


def _size(pointers: Sequence[Pointer]) -> int:
    return sum(p.length for p in pointers)
