"""The engine of one machine: worker processes, each with one shard at a time."""

from __future__ import annotations

import select
from collections.abc import Callable, Iterator

from nameplate.batch.records import At, Done, Job, Lost
from nameplate.batch.supervise import Supervisor

Said = At | Done | Lost
Hear = Callable[[Said], None]


def run(jobs: Iterator[Job], workers: list[Supervisor], hear: Hear) -> None:
    """Do the jobs, as many at a time as there are workers; no more is planned than is under way."""
    idle, busy = list(workers), dict[int, Supervisor]()
    try:
        while True:
            while idle and (job := next(jobs, None)) is not None:
                worker = idle.pop()
                worker.give(job)
                busy[worker.output] = worker
            if not busy:
                return
            ready, _, _ = select.select(list(busy), [], [], 1.0)
            for number in ready or list(busy):
                worker = busy.pop(number)
                before = worker.at
                end = worker.hear()
                if end is not None:
                    hear(end)
                    idle.append(worker)
                    continue
                busy[worker.output] = worker  # a worker that was started anew has another
                if worker.at is not None and worker.at != before:
                    hear(worker.at)
    finally:
        for worker in workers:
            worker.stop()
