"""The question to Daft, in a process of its own: ``python -m nameplate.batch.asker``.

A node that is lost leaves Daft waiting for it or raising, as it happens. So the one who asks can be
ended and asked again; this one ends itself when a node is gone and nothing more arrives. It takes one
`Question` on its input and says one line for each job that ends.
"""

from __future__ import annotations

import importlib
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import msgspec

from nameplate.batch.records import Done, Job, Lost
from nameplate.batch.supervise import Supervisor
from nameplate.batch.worker import say
from nameplate.errors import UsageError
from nameplate.model import Record, to_json

_GRACE = 15.0
"""Seconds without news after which, when a node was lost, the question is put again."""
_LOST_NODE = 4


class Question(Record, frozen=True, kw_only=True):
    """Jobs for an engine, with how many workers do them and how workers are run."""

    engine: str
    jobs: tuple[Job, ...]
    workers: int
    page_seconds: float
    command: tuple[str, ...]


class Refused(Record, frozen=True, kw_only=True):
    """The engine cannot be had, and the remedy."""

    problem: str
    remedy: str


def main() -> None:
    """Ask, and pass on what comes."""
    words = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    question = msgspec.json.decode(sys.stdin.buffer.read(), type=Question)
    try:
        workers = min(question.workers, _connected(question.engine))
    except UsageError as error:
        refused = Refused(problem=error.problem, remedy=error.remedy)
        words.write(b"Refused " + to_json(refused) + b"\n")
        return
    watch = _Watch(question.engine)
    for end in _ends(question, max(1, workers)):
        watch.heard = time.monotonic()
        say(words, end)


def _connected(engine: str) -> int:
    """How many processors there are, with Daft set to use them."""
    daft = _daft()
    if engine == "daft":
        daft.set_runner_native()
        return os.cpu_count() or 1
    try:
        ray: Any = importlib.import_module("ray")
    except ImportError as error:
        raise UsageError(
            "a cluster needs Ray, which is not installed",
            remedy="Install it on every node: pip install 'nameplate[cluster]'.",
        ) from error
    address = engine.removeprefix("ray://") or "auto"
    try:
        _reached(address)
        ray.init(address=address, log_to_driver=False)
        daft.set_runner_ray(noop_if_initialized=True)
        return int(ray.cluster_resources().get("CPU", 1))
    except Exception as error:  # ConnectionError, RuntimeError and more, by Ray's version
        raise UsageError(
            f"there is no Ray cluster at {address!r} ({str(error).splitlines()[0][:200]})",
            remedy="Start one with `ray start --head` and give its address as ray://HOST:PORT.",
        ) from error


def _reached(address: str) -> None:
    """Raise OSError where nobody answers: Ray itself would try for minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()


def _daft() -> Any:
    try:
        import daft
    except ImportError as error:
        raise UsageError(
            "this engine needs Daft, which is not installed",
            remedy="Install it: pip install 'nameplate[daft]' (or 'nameplate[cluster]' with Ray).",
        ) from error
    return daft


def _ends(question: Question, workers: int) -> Iterator[Done | Lost]:
    """What becomes of the jobs, as they end."""
    daft = _daft()
    take = daft.cls(Take, max_concurrency=workers, use_process=False)(
        question.page_seconds, question.command
    )
    jobs = [to_json(job).decode() for job in question.jobs]
    frame = daft.from_pydict({"job": jobs}).into_partitions(len(jobs))
    frame = frame.select(take(frame["job"]).alias("end"))
    for row in frame.iter_rows(results_buffer_size=workers):
        kind, _, rest = row["end"].partition(" ")
        yield (
            msgspec.json.decode(rest, type=Done)
            if kind == "Done"
            else msgspec.json.decode(rest, type=Lost)
        )


class Take:
    """A worker on a node, as Daft keeps it."""

    def __init__(self, page_seconds: float, command: tuple[str, ...]) -> None:
        self.supervisor = Supervisor(page_seconds, command)

    def __call__(self, job: str) -> str:
        end = self.supervisor.finish(msgspec.json.decode(job, type=Job))
        return f"{type(end).__name__} {to_json(end).decode()}"


class _Watch:
    """Ends the process when a node is gone and nothing more arrives."""

    def __init__(self, engine: str) -> None:
        self.heard = time.monotonic()
        if engine != "daft":
            threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        import ray

        before = self._alive(ray)
        while True:
            time.sleep(2)
            if before - self._alive(ray) and time.monotonic() - self.heard > _GRACE:
                os._exit(_LOST_NODE)

    @staticmethod
    def _alive(ray: Any) -> set[str]:
        return {node["NodeID"] for node in ray.nodes() if node["Alive"]}


if __name__ == "__main__":
    main()
