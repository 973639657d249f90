"""A whole run: archives to a folder of parts, taken up where it was left, finished or told why not."""

from __future__ import annotations

import contextlib
import fcntl
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import msgspec

from nameplate.batch import cluster, local, parts, plan
from nameplate.batch.asker import Question
from nameplate.batch.progress import Progress
from nameplate.batch.records import Done, Job, Lost, Shard
from nameplate.batch.supervise import PAGE_SECONDS, WORKER, Supervisor
from nameplate.errors import UsageError
from nameplate.model import Record, to_json

_ROUNDS = 20
"""How often what a cluster lost is asked for again."""
_PAUSES = (5.0, 20.0)
"""Seconds to wait after a first and a second round in a row that ended nothing; a third ends the run."""


class Settings(Record, frozen=True, kw_only=True):
    """What is to be done, and by whom. ``archives`` are files, ``indexes`` CDXJ or Parquet files whose
    records lie under ``base`` (a folder or an address); ``engine`` is ``local``, ``daft`` or ``ray://…``.
    """

    out: Path
    archives: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    base: str = "."
    form: str = "parquet"
    workers: int = 1
    engine: str = "local"
    shard_bytes: int = plan.SHARD_BYTES
    page_seconds: float = PAGE_SECONDS
    command: tuple[str, ...] = WORKER


class _Asked(Record, frozen=True, kw_only=True):
    """What the parts in a folder are of: another question must not be answered into it."""

    archives: tuple[tuple[str, int], ...]
    indexes: tuple[tuple[str, int], ...]
    base: str
    form: str
    shard_bytes: int
    nameplate: str


def run(settings: Settings, told: Callable[[Progress], None] = lambda _: None) -> Progress:
    """Do all shards that are not done yet; ``told`` is called whenever there is news.

    Raises UsageError if the folder holds something else, or a tool for it is not installed.
    """
    if settings.form == "parquet":
        parts.require_parquet()
    if settings.engine not in {"local", "daft"} and not settings.engine.startswith("ray://"):
        raise UsageError(
            f"there is no engine {settings.engine!r}",
            remedy="Use local, daft, or the address of a Ray cluster: ray://HOST:PORT.",
        )
    settings.out.mkdir(parents=True, exist_ok=True)
    with _alone(settings.out):
        asked = _asked(settings)
        _same_question(settings.out, asked)
        progress = Progress(sum(size for _, size in asked.archives))
        jobs = _jobs(settings, progress)
        if settings.engine == "local":
            _on_this_machine(settings, jobs, progress, told)
        else:
            _on_a_cluster(settings, list(jobs), progress, told)
    return progress


def _jobs(settings: Settings, progress: Progress) -> Iterator[Job]:
    """The jobs that are left, planned as they are asked for."""
    before = parts.finished(settings.out)
    out = str(settings.out.absolute())
    for shard in _shards(settings):
        if settings.indexes:
            progress.total += shard.size
        progress.plan(shard, before.get(shard.number))
        if shard.number not in before:
            yield Job(shard=shard, out=out, form=settings.form)


def _shards(settings: Settings) -> Iterator[Shard]:
    if settings.indexes:
        return plan.of_indexes(settings.indexes, settings.base)
    return plan.of_archives(settings.archives, settings.shard_bytes)


def _on_this_machine(
    settings: Settings, jobs: Iterator[Job], progress: Progress, told: Callable[[Progress], None]
) -> None:
    workers = [Supervisor(settings.page_seconds, settings.command) for _ in range(settings.workers)]

    def hear(said: local.Said) -> None:
        progress.hear(said)
        told(progress)

    local.run(jobs, workers, hear)


def _on_a_cluster(
    settings: Settings, jobs: list[Job], progress: Progress, told: Callable[[Progress], None]
) -> None:
    """Ask the cluster for the jobs, and again for those that went down with a node.

    A round that ends nothing may have met the cluster while it was still missing the node; it is
    given up after some more of them, not at once.
    """
    idle = 0
    for _ in range(_ROUNDS):
        if not jobs or idle > len(_PAUSES):
            break
        if idle:
            time.sleep(_PAUSES[idle - 1])
        question = Question(
            engine=settings.engine,
            jobs=tuple(jobs),
            workers=settings.workers,
            page_seconds=settings.page_seconds,
            command=settings.command,
        )
        for end in cluster.ask(question, settings.out / "cluster.log"):
            progress.hear(end)
            told(progress)
        done = parts.finished(settings.out)
        left = [job for job in jobs if job.shard.number not in done]
        for job in jobs:  # done, but the word of it was lost with the node
            if job.shard.number in done and job.shard.number not in progress.done:
                progress.hear(done[job.shard.number])
        idle = idle + 1 if len(left) == len(jobs) else 0
        jobs = left
    for job in jobs:
        progress.hear(Lost(shard=job.shard.number, problem="the cluster did not finish it"))
    told(progress)


def _asked(settings: Settings) -> _Asked:
    return _Asked(
        archives=_sized(settings.archives),
        indexes=_sized(settings.indexes),
        base=settings.base,
        form=settings.form,
        shard_bytes=settings.shard_bytes,
        nameplate=version("nameplate"),
    )


def _sized(paths: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple((p, Path(p).stat().st_size if Path(p).is_file() else -1) for p in paths)


def _same_question(out: Path, asked: _Asked) -> None:
    """Refuse to mix the parts of two questions in a folder; note the question in a new one."""
    note = out / "run.json"
    if not note.exists():
        if parts.finished(out):
            raise UsageError(
                "the folder holds parts, but not what they are of",
                where=str(out),
                remedy="Choose another folder with --out.",
            )
        note.write_bytes(to_json(asked))
        return
    try:
        before = msgspec.json.decode(note.read_bytes(), type=_Asked)
    except msgspec.DecodeError:
        before = None
    if before != asked:
        raise UsageError(
            "the folder holds the output of other archives, another format or another version",
            where=str(out),
            remedy="Choose another folder with --out, or name the same archives in the same order.",
        )


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    """One run at a time in a folder."""
    with (out / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                "another run is writing to this folder",
                where=str(out),
                remedy="Wait for it, or choose another folder with --out.",
            ) from error
        for left in out.glob("*/.[0-9]*"):
            left.unlink(missing_ok=True)
        yield


__all__ = ["Done", "Settings", "run"]
