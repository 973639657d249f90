"""Making a large board in processes of its own, so that the desk answers meanwhile.

``python -m nameplate.web.board.making`` takes an `Order` on its standard input, as the address of a
ledger may hold a password, and tells on its output how far it is: a number of things, a line each.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import msgspec

from nameplate.errors import LedgerError
from nameplate.ledger import Ledger
from nameplate.target import Target
from nameplate.web.board.file import BoardFile
from nameplate.web.board.keeper import Keeper
from nameplate.web.board.packed import Packed, Work

_FEW = 5
"""Portions for which no process is worth its start."""

_MOST = 8
"""Processes, however many cores there are: one writes, and it can follow so many."""


class Order(msgspec.Struct, frozen=True):
    """A board to be brought up to date: that of the ledger ``target``, in ``file``, on ``today``."""

    target: str
    file: str
    today: str
    weights: dict[str, float]


class Apart:
    """Another process that fills an order."""

    def __init__(self, order: Order) -> None:
        self._order = order
        pipe = subprocess.PIPE
        # A session of its own: what stops the desk is for the desk to pass on.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "nameplate.web.board.making"],
            stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True,
        )  # fmt: skip

    def wait(self, tell: Callable[[int], None]) -> None:
        """Until it is filled; ``tell`` hears how many things are done. Raises `LedgerError`."""
        with self._process as process:
            assert process.stdin is not None and process.stdout is not None and process.stderr
            process.stdin.write(msgspec.json.encode(self._order))
            process.stdin.close()
            for line in process.stdout:
                tell(int(line))
            told = process.stderr.read().decode(errors="replace").strip().splitlines()
        if process.returncode:
            raise LedgerError(
                f"the desk's lists could not be made: {told[-1] if told else 'no reason given'}",
                where=self._order.file,
                remedy="Start the desk again; what was done so far is made anew.",
            )

    def stop(self) -> None:
        """Break it off."""
        self._process.terminate()


def fill(order: Order, tell: Callable[[int], None]) -> None:
    """Resolve the ledger if it is not, and work out what is pending with all processors."""
    with _opened(order.target) as ledger:
        file = BoardFile(Path(order.file))
        keeper = Keeper(ledger, file)
        pending = keeper.pending(order.today)
        if pending is not None:
            keeper.catch_up(pending, order.weights, tell, spread=_Spread(order))
        file.close()


class _Spread:
    """Works out portions of things in several processes, in their order, a few ahead of the writer."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._processes = min(_MOST, len(os.sched_getaffinity(0)) if _AFFINE else 1)

    def __call__(
        self, portions: Iterable[list[str]], alike: frozenset[str]
    ) -> Iterator[tuple[list[str], list[Packed]]]:
        listed = list(portions)
        if len(listed) <= _FEW or self._processes == 1:
            _begin(self._order, alike)
            yield from ((ids, _portion(ids)) for ids in listed)
            return
        context = get_context("spawn")
        with ProcessPoolExecutor(
            self._processes, context, initializer=_begin, initargs=(self._order, alike)
        ) as pool:
            ahead: deque[tuple[list[str], Future[list[Packed]]]] = deque()
            try:
                for ids in listed:
                    ahead.append((ids, pool.submit(_portion, ids)))
                    if len(ahead) > 2 * self._processes:
                        first, made = ahead.popleft()
                        yield first, made.result()
                for rest, made in ahead:
                    yield rest, made.result()
            finally:
                pool.shutdown(cancel_futures=True)


_AFFINE = hasattr(os, "sched_getaffinity")
_here: list[Work] = []
"""In a process of `_Spread`, what it works with."""


def _begin(order: Order, alike: frozenset[str]) -> None:
    _here[:] = [Work(_opened(order.target), order.weights, alike, order.today)]


def _portion(ids: list[str]) -> list[Packed]:
    return _here[0].packed(ids)


def _opened(target: str) -> Ledger:
    return Ledger.open(Target.of(target), create=False, clock=lambda: datetime.now(UTC).isoformat())


def main() -> None:
    """Fill the order that comes in."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    fill(order, lambda done: print(done, flush=True))


if __name__ == "__main__":
    main()
