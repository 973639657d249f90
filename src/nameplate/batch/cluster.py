"""The engine of a cluster: Daft, natively on one machine or on a Ray cluster by its address.

Daft spreads the jobs; each is done by a worker process under a supervisor on its node, as on one
machine, so that a page that kills costs the same everywhere. A node that is lost fails the whole query;
what was finished lies in the output folder, and the rest is asked for again.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from nameplate.batch.records import Done, Job, Lost
from nameplate.batch.supervise import PAGE_SECONDS, WORKER, Supervisor
from nameplate.errors import UsageError
from nameplate.model import to_json

_log = logging.getLogger(__name__)


def connect(engine: str) -> None:
    """Have Daft run natively (``daft``) or on the Ray cluster at an address (``ray://…``)."""
    daft = _daft()
    if engine == "daft":
        daft.set_runner_native()
        return
    try:
        import ray
    except ImportError as error:
        raise UsageError(
            "a cluster needs Ray, which is not installed",
            remedy="Install it on every node: pip install 'nameplate[cluster]'.",
        ) from error
    address = engine.removeprefix("ray://") if engine.startswith("ray://") else engine
    try:
        ray.init(address=address or "auto", log_to_driver=False, ignore_reinit_error=True)
        daft.set_runner_ray(noop_if_initialized=True)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise UsageError(
            f"there is no Ray cluster at {address!r} ({str(error)[:200]})",
            remedy="Start one with `ray start --head` and give its address as ray://HOST:PORT.",
        ) from error


def _daft() -> Any:
    try:
        import daft
    except ImportError as error:
        raise UsageError(
            "this engine needs Daft, which is not installed",
            remedy="Install it: pip install 'nameplate[daft]' (or 'nameplate[cluster]' with Ray).",
        ) from error
    return daft


def run(
    jobs: Sequence[Job],
    workers: int,
    *,
    page_seconds: float = PAGE_SECONDS,
    command: Sequence[str] = WORKER,
) -> Iterator[Done | Lost]:
    """Do the jobs, in no order; raises nothing when nodes are lost: their jobs are then missing."""
    daft = _daft()
    take = daft.cls(_Take, max_concurrency=workers, use_process=False)(page_seconds, tuple(command))
    frame = daft.from_pydict({"job": [to_json(job).decode() for job in jobs]})
    frame = frame.repartition(len(jobs)).into_batches(1).select(take(frame["job"]).alias("end"))
    with contextlib.suppress(Exception):  # whatever a lost node makes Daft or Ray raise
        for row in frame.iter_rows(results_buffer_size=workers):
            yield _end(row["end"])


class _Take:
    """A worker on a node."""

    def __init__(self, page_seconds: float, command: Sequence[str]) -> None:
        self.supervisor = Supervisor(page_seconds, command)

    def __call__(self, job: str) -> str:
        end = self.supervisor.finish(msgspec.json.decode(job, type=Job))
        return f"{type(end).__name__} {to_json(end).decode()}"


def _end(said: str) -> Done | Lost:
    kind, _, rest = said.partition(" ")
    if kind == "Done":
        return msgspec.json.decode(rest, type=Done)
    return msgspec.json.decode(rest, type=Lost)
