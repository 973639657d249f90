"""A worker watched from outside: killed, hung or crashed, it costs one page, which is then listed.

A page on which a worker died is tried once more, since the page need not be the reason; the second
time it is passed over. One that takes too long is passed over at once.
"""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from nameplate.batch.records import At, Done, Job, Lost
from nameplate.model import to_json

PAGE_SECONDS = 120.0
WORKER = (sys.executable, "-m", "nameplate.batch.worker")
_START_SECONDS = 120.0
_DEATHS = 3
"""Deaths of a worker outside any page after which its shard is given up."""
_KINDS: dict[bytes, Any] = {b"At": At, b"Done": Done, b"Lost": Lost}


class Supervisor:
    """One worker process, started anew when it dies; does one job at a time."""

    def __init__(self, page_seconds: float = PAGE_SECONDS, command: Sequence[str] = WORKER) -> None:
        self.page_seconds, self.command = page_seconds, command
        self.process: subprocess.Popen[bytes] | None = None
        self.job: Job | None = None
        self.at: At | None = None
        self.heard = 0.0
        self.strikes: Counter[str] = Counter()
        self._rest = b""

    def give(self, job: Job) -> None:
        """Begin a job."""
        self.job, self.strikes = job, Counter()
        self._send()

    def _send(self) -> None:
        assert self.job is not None
        if self.process is None or self.process.poll() is not None:
            self._start()
        assert self.process is not None and self.process.stdin is not None
        self.at, self.heard = None, time.monotonic()
        with contextlib.suppress(BrokenPipeError):  # its death is seen at its output
            self.process.stdin.write(to_json(self.job) + b"\n")
            self.process.stdin.flush()

    def _start(self) -> None:
        self._rest = b""
        self.process = subprocess.Popen(
            list(self.command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the one who watches, and ends them in order
        )
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)

    @property
    def output(self) -> int:
        """The file number to wait at."""
        assert self.process is not None and self.process.stdout is not None
        return self.process.stdout.fileno()

    def hear(self) -> Done | Lost | None:
        """Take in what the worker said; the end of the job if that is what it said."""
        try:
            data = os.read(self.output, 1 << 16)
        except BlockingIOError:
            return self._overdue()
        if not data:
            return self._died("the worker was killed while it read this page, twice")
        self.heard = time.monotonic()
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            kind, _, rest = line.partition(b" ")
            said = msgspec.json.decode(rest, type=_KINDS[kind])
            if not isinstance(said, At):
                self.job = None
                return said  # type: ignore[no-any-return]
            self.at = said
        return None

    def _overdue(self) -> Done | Lost | None:
        limit = self.page_seconds if self.at is not None else _START_SECONDS + self.page_seconds
        if time.monotonic() - self.heard < limit:
            return None
        self.stop()
        if self.at is not None:
            self.strikes[self.at.place] += 1
        return self._died(f"reading this page took more than {self.page_seconds:g} seconds")

    def _died(self, why: str) -> Lost | None:
        """Give the job again, without the page that is to blame."""
        assert self.job is not None
        self.stop()
        place = self.at.place if self.at is not None else ""
        self.strikes[place] += 1
        if not place and self.strikes[place] >= _DEATHS:
            lost = Lost(shard=self.job.shard.number, problem="the worker dies before any page")
            self.job = None
            return lost
        if place and self.strikes[place] >= 2:
            skip = (*self.job.skip, (place, why))
            self.job = msgspec.structs.replace(self.job, skip=skip)
        self._send()
        return None

    def stop(self) -> None:
        """End the worker at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()
            self.process = None

    def finish(self, job: Job) -> Done | Lost:
        """Do one job to its end, waiting for it."""
        self.give(job)
        while True:
            select.select([self.output], [], [], 1.0)
            if (end := self.hear()) is not None:
                return end
