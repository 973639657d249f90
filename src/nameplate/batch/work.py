"""One shard's pages to its parts. Runs in a worker; a page that fails is a row, never the end."""

from __future__ import annotations

import contextlib
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import msgspec

from nameplate.batch import parts
from nameplate.batch.records import At, Done, Job, Shard
from nameplate.errors import NameplateError, ReadError
from nameplate.pipeline import extract_captured
from nameplate.read.capture import CRAWL
from nameplate.read.warc import Captured, Damage, Item, Stretch, read_archive

_RETRY = "Look at it with `nameplate explain`; the other pages are not touched by it."


class _Tally:
    """The rows of a shard, and the counts of what was met."""

    def __init__(self) -> None:
        self.rows = parts.empty()
        self.counts = dict.fromkeys(
            ("records", "passed", "dropped", "empty", "failed", "damaged", "documents", "claims"), 0
        )

    def damage(self, where: str, problem: str, remedy: str) -> None:
        self.counts["damaged"] += 1
        parts.add_failure(self.rows, where, problem, remedy)

    def failure(self, page: Captured, problem: str, remedy: str) -> None:
        self.counts["failed"] += 1
        parts.add_failure(self.rows, page.where, problem, remedy, page=page.address)

    def take(self, page: Captured) -> None:
        """Read a page and take its claims, whatever happens."""
        try:
            outcome = extract_captured(page)
        except ReadError as error:
            self.failure(page, error.problem, error.remedy)
            return
        except Exception as error:  # a fault of ours costs this page alone, and is told
            self.failure(page, f"a fault ({type(error).__name__}: {error})"[:500], _RETRY)
            return
        if outcome is None:
            self.counts["dropped"] += 1
        elif not outcome.extraction or not outcome.document or not outcome.extraction.claims:
            self.counts["empty"] += 1
        else:
            self.counts["documents"] += 1
            self.counts["claims"] += len(outcome.extraction.claims)
            parts.add_document(self.rows, outcome.document, outcome.extraction, page.where)


def run(job: Job, tell: Callable[[At], None]) -> Done:
    """Do a shard and write its parts; ``tell`` is told of each record before it is taken up."""
    begun, tally, skip = perf_counter(), _Tally(), dict(job.skip)
    shard = job.shard
    try:
        for item in items(shard):
            tally.counts["records"] += not isinstance(item, Damage)
            place = At(
                shard=shard.number,
                place=f"{shard.archive}@{item.offset}"
                if not isinstance(item, Captured)
                else item.where,
                offset=item.offset - shard.start,
                records=tally.counts["records"],
            )
            tell(place)
            if isinstance(item, Damage):
                tally.damage(item.where, item.problem, item.remedy)
            elif not isinstance(item, Captured):
                tally.counts["passed"] += 1
            elif place.place in skip:
                tally.failure(item, skip[place.place], _RETRY)
            else:
                tally.take(item)
    except NameplateError as error:  # the archive itself
        tally.damage(error.where or shard.archive, error.problem, error.remedy)
    done = Done(shard=shard.number, **tally.counts, seconds=perf_counter() - begun, memory=memory())
    parts.write(Path(job.out), tally.rows, done, job.form)
    return done


def items(shard: Shard) -> Iterator[Item]:
    """The records of a shard in order."""
    if not shard.pointers:
        yield from read_archive(shard.archive, Stretch(shard.start, shard.end), limits=CRAWL)
        return
    from nameplate.batch.pointed import pointed

    yield from pointed(shard)


def memory() -> int:
    """The most memory that this process has held, in bytes.

    As the kernel tells it where it does: `getrusage` counts what whoever started the process held.
    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def decode(line: bytes) -> Job:
    """A job from its line of JSON."""
    return msgspec.json.decode(line, type=Job)
