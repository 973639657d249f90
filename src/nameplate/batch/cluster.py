"""The engine of a cluster: Daft, natively on one machine or on a Ray cluster by its address.

Daft spreads the jobs; each is done by a worker process under a supervisor on its node, as on one
machine, so that a page that kills costs the same everywhere. A node that is lost fails the whole query;
what was finished lies in the output folder, and the rest is asked for again. Archives and the output
folder must be reachable from every node under the same path.
"""

from __future__ import annotations

import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from nameplate.batch.asker import Question, Refused
from nameplate.batch.records import Done, Lost
from nameplate.errors import UsageError
from nameplate.model import to_json

_SILENCE = 900.0
"""Seconds without any shard ending after which the query is given up as hung and put again."""


def ask(question: Question, log: Path) -> Iterator[Done | Lost]:
    """What becomes of the jobs, in no order; those that went down with a node are missing.

    What Daft and Ray have to say goes to ``log``. Raises UsageError if the engine cannot be had.
    """
    with log.open("ab") as errors:
        asker = subprocess.Popen(
            [sys.executable, "-m", "nameplate.batch.asker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    assert asker.stdin is not None and asker.stdout is not None
    try:
        asker.stdin.write(to_json(question))
        asker.stdin.close()
        yield from _said(asker)
    finally:
        asker.kill()
        asker.wait()
        asker.stdout.close()


def _said(asker: subprocess.Popen[bytes]) -> Iterator[Done | Lost]:
    assert asker.stdout is not None
    rest, heard = b"", time.monotonic()
    while time.monotonic() - heard < _SILENCE:
        ready, _, _ = select.select([asker.stdout], [], [], 5.0)
        if not ready:
            continue
        data = asker.stdout.read1(1 << 16)  # type: ignore[attr-defined]
        if not data:
            return
        heard = time.monotonic()
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            kind, _, words = line.partition(b" ")
            if kind == b"Refused":
                refused = msgspec.json.decode(words, type=Refused)
                raise UsageError(refused.problem, remedy=refused.remedy)
            if kind == b"Done":
                yield msgspec.json.decode(words, type=Done)
            else:
                yield msgspec.json.decode(words, type=Lost)
