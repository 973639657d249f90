"""Studies that people ask for on the desk: one at a time, on processes, with a limit of time.

A study is kept in memory for an hour, for whoever has its address; nothing of it is in the ledger.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal

from nameplate.errors import NameplateError, UsageError
from nameplate.simulate import Plant, Study, Wanted, study

SECONDS = 120.0
"""For so long a study may work."""

WAITING, REPLICATIONS, TRIALS, TRACED = 6, 20, 4, 1200.0
_KEPT, _AGE = 30, 3600.0


@dataclass
class Job:
    """A study on its way: ``state`` is waiting, running, done or failed."""

    text: str
    plant: Plant
    wanted: Wanted
    state: Literal["waiting", "running", "done", "failed"] = "waiting"
    done: int = 0
    total: int = 1
    found: Study | None = None
    problem: str = ""
    begun: float = field(default_factory=time.monotonic)


class Studies:
    """The studies of a desk; shared by all threads."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or max(2, os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._runner = ThreadPoolExecutor(1, thread_name_prefix="whatif")

    def begin(self, text: str, plant: Plant, *, fleet: bool, staff: bool) -> str:
        """Put a study in the queue; its key comes back at once. Raises `UsageError` if it is full."""
        wanted = Wanted(
            fleet=fleet,
            staff=staff,
            replications=min(plant.run.replications, REPLICATIONS),
            few=TRIALS,
            workers=self._workers,
            seconds=SECONDS,
            traced=TRACED,
        )
        key, job = secrets.token_urlsafe(12), Job(text, plant, wanted)
        with self._lock:
            if sum(j.state in ("waiting", "running") for j in self._jobs.values()) >= WAITING:
                problem = "other studies are being worked on"
                raise UsageError(problem, remedy="Try again in a minute.")
            self._jobs[key] = job
            while len(self._jobs) > _KEPT:
                self._jobs.popitem(last=False)
        self._runner.submit(_work, job)
        return key

    def job(self, key: str) -> Job | None:
        """The study, if it is still kept."""
        found = self._jobs.get(key)
        return found if found is not None and time.monotonic() - found.begun < _AGE else None

    def close(self) -> None:
        """Take no more work."""
        self._runner.shutdown(wait=False, cancel_futures=True)


def _work(job: Job) -> None:
    def tell(done: int, total: int) -> None:
        job.done, job.total = done, total

    job.state = "running"
    try:
        job.found = study(job.plant, job.wanted, tell)
        job.state = "done"
    except NameplateError as error:
        where = f"{error.where}: " if error.where else ""
        job.problem, job.state = f"{where}{error.problem}. {error.remedy}", "failed"
    except Exception as error:  # the next study goes on after any
        job.problem, job.state = f"it could not be simulated ({type(error).__name__})", "failed"
