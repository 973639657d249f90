"""How far a batch is, how fast it goes and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable

from nameplate.batch.records import At, Done, Lost, Shard


class Progress:
    """Counts what workers say. ``total`` is the size of all archives in packed bytes."""

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total, self._clock = total, clock
        self.begun = clock()
        self.earlier = self.finished = self.earlier_records = 0
        self.done: dict[int, Done] = {}
        self.lost: dict[int, Lost] = {}
        self._sizes: dict[int, int] = {}
        self._under_way: dict[int, At] = {}

    def plan(self, shard: Shard, earlier: Done | None) -> None:
        """A shard of the run; ``earlier`` if it was done before the run was taken up again."""
        self._sizes[shard.number] = shard.size
        if earlier is not None:
            self.done[shard.number] = earlier
            self.earlier += shard.size
            self.earlier_records += earlier.records

    def hear(self, said: At | Done | Lost) -> None:
        """Take in a worker's word."""
        if isinstance(said, At):
            self._under_way[said.shard] = said
            return
        self._under_way.pop(said.shard, None)
        if isinstance(said, Done):
            self.done[said.shard] = said
            self.finished += self._sizes.get(said.shard, 0)
        else:
            self.lost[said.shard] = said

    def sum(self, name: str) -> int:
        """A count over all shards that are done."""
        return sum(getattr(done, name) for done in self.done.values())

    @property
    def records(self) -> int:
        """Records so far, those of shards under way too."""
        return self.sum("records") + sum(at.records for at in self._under_way.values())

    @property
    def share(self) -> float:
        """The share of all bytes that is done."""
        return min(1.0, (self.earlier + self._now()) / max(1, self.total))

    def _now(self) -> int:
        way = sum(
            min(max(0, at.offset), self._sizes.get(number, 0))
            for number, at in self._under_way.items()
        )
        return self.finished + way

    @property
    def rate(self) -> float:
        """Records a second in this run."""
        return (self.records - self.earlier_records) / max(1e-9, self._clock() - self.begun)

    @property
    def seconds_left(self) -> float | None:
        """Seconds to go at the speed so far; None before anything is known."""
        now = self._now()
        if not now:
            return None
        left = max(0, self.total - self.earlier - now)
        return (self._clock() - self.begun) * left / now

    def line(self) -> str:
        """All that in a line."""
        left = self.seconds_left
        ends = f", {clock_of(left)} left" if left is not None else ""
        claims, documents = self.sum("claims"), self.sum("documents")
        return (
            f"{self.share:.0%} · {self.records:,} records, {self.rate:,.0f} a second · "
            f"{claims:,} claims in {documents:,} pages{ends}"
        )


def clock_of(seconds: float) -> str:
    """``75`` as ``1:15``, hours before it where there are any."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
