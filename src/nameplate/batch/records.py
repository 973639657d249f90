"""What the batch room hands around: shards of archives, jobs, and what became of them."""

from __future__ import annotations

from nameplate.model import Record
from nameplate.read.cdx import Pointer


class Shard(Record, frozen=True, kw_only=True):
    """A piece of work: the records of an archive that begin between two bytes, or those of an index.

    ``size`` is in bytes of the packed archive and measures progress. ``base`` is the folder or the
    address under which the archives of an index lie.
    """

    number: int
    archive: str = ""
    start: int = 0
    end: int | None = None
    size: int = 0
    pointers: tuple[Pointer, ...] = ()
    base: str = ""


class Job(Record, frozen=True, kw_only=True):
    """A shard with where its parts go; ``skip`` are offsets of pages that killed a worker, and how."""

    shard: Shard
    out: str
    form: str = "parquet"
    skip: tuple[tuple[str, str], ...] = ()


class Done(Record, frozen=True, kw_only=True):
    """What a shard gave. ``records`` are all that were met; of these ``passed`` are no pages, ``dropped``
    were found by their bytes or language to hold no claim, ``failed`` could not be read, ``empty`` were
    read and hold none; the others are ``documents``. ``damaged`` are stretches of the archive that could
    not be read. ``memory`` is the worker's largest so far, in bytes.
    """

    shard: int
    records: int = 0
    passed: int = 0
    dropped: int = 0
    empty: int = 0
    failed: int = 0
    damaged: int = 0
    documents: int = 0
    claims: int = 0
    seconds: float = 0.0
    memory: int = 0


class At(Record, frozen=True, kw_only=True):
    """A worker's word on where it is: the record that it takes up, and how far in the shard that is."""

    shard: int
    place: str
    offset: int
    records: int


class Lost(Record, frozen=True, kw_only=True):
    """A shard that could not be finished, and why."""

    shard: int
    problem: str
