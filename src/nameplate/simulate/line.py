"""One replication of a plant: stations, queues, people and robots, on the clock of SimPy.

Everything is an event with a callback: a part that is worked on costs one event of SimPy's calendar,
whatever fails or closes meanwhile, which is what makes a week of fifty stations a matter of seconds.
A part that finds no place ahead stays on its machine (blocking after service).
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import simpy

from nameplate.errors import UsageError
from nameplate.simulate.calendar import Calendar
from nameplate.simulate.chance import Duration, luck

if TYPE_CHECKING:
    from nameplate.simulate.fleet import Fleet

MOST_PARTS = 200_000
"""Parts inside at once; with more the queues grow without end."""

Trace = Callable[[float, str, tuple[Any, ...]], None]


class Pool:
    """People of one group, or robots of one kind: so many, and who waits for them."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self.size, self.free = name, size, size
        self.waiters: dict[Machines, None] = {}
        self.since, self.used = 0.0, 0.0

    def count(self, now: float) -> None:
        """Bring the tally of use up to date."""
        self.used += (self.size - self.free) * (now - self.since)
        self.since = now


class Way:
    """Where parts go on to; ``carried`` by a vehicle or straight into the next queue."""

    def __init__(self, target: Machines, share: float, *, carried: bool) -> None:
        self.target, self.share, self.carried = target, share, carried


class Machines:
    """A station at work: its queue, its machines, and how long they were in which state."""

    def __init__(self, name: str, count: int, room: float, service: Duration) -> None:
        self.name, self.count, self.free = name, count, count
        self.room, self.service = room, service
        self.calendar: Calendar | None = None
        self.mtbf, self.repair, self.until_failure = 0.0, 0.0, float("inf")
        self.pools: list[tuple[Pool, int]] = []
        self.ways: list[Way] = []
        self.endless = False
        self.arrivals: Duration | None = None
        self.out, self.point = 0, -1
        self.queue: deque[float] = deque()
        self.coming = 0
        self.knocking: deque[tuple[Machines, float, bool]] = deque()
        self.held: deque[tuple[float, Way]] = deque()
        self.ready = 0
        self.working = self.blocked = self.waiting = 0
        self.since = 0.0
        self.totals = [0.0] * 7
        self.down = self.closed = 0.0
        self.done = 0
        self.lucks: tuple[random.Random, ...] = ()

    def space(self) -> bool:
        """Whether one more part may come, into the queue or on a free machine."""
        return len(self.queue) + self.coming < self.room + self.free

    def count_up(self, now: float) -> None:
        """Bring the tallies up to date: working, blocked, waiting, idle with work, idle without,
        length of the queue, parts in it or held."""
        passed = now - self.since
        if passed > 0:
            t = self.totals
            idle, queued = self.free, len(self.queue)
            t[0] += self.working * passed
            t[1] += self.blocked * passed
            t[2] += self.waiting * passed
            t[3 if queued or self.endless else 4] += idle * passed
            t[5] += queued * passed
            self.since = now


class Line:
    """A plant in motion."""

    def __init__(self, env: simpy.Environment, stations: list[Machines], pools: list[Pool]) -> None:
        self.env, self.stations, self.pools = env, stations, pools
        self.fleet: Fleet | None = None
        self.trace: Trace | None = None
        self.inside = self.out = 0
        self.level = self.level_since = self.stay = 0.0
        self.last_exit = 0.0
        self._unsettled: deque[Machines] = deque()
        self._settling = False

    def begin(self, seed: int, replication: int) -> None:
        """Give every station its luck and the first parts."""
        for s in self.stations:
            s.lucks = tuple(
                luck(seed, replication, s.name, use) for use in ("serve", "fail", "way", "come")
            )
            if s.mtbf:
                s.until_failure = s.lucks[1].expovariate(1 / s.mtbf)
            if s.arrivals is not None:
                self._after(s.arrivals.sample(s.lucks[3]), self._arrive, s)
        for s in self.stations:
            self.settle(s)

    def forget(self) -> None:
        """End the warm-up: count from now on."""
        now = self.env.now
        for s in self.stations:
            s.count_up(now)
            s.totals, s.down, s.closed, s.done = [0.0] * 7, 0.0, 0.0, 0
        for pool in self.pools:
            pool.count(now)
            pool.used = 0.0
        self._level(0)
        self.level = self.stay = 0.0
        self.out = 0

    def finish(self) -> None:
        """Bring all tallies up to now."""
        for s in self.stations:
            s.count_up(self.env.now)
        for pool in self.pools:
            pool.count(self.env.now)
        self._level(0)

    def settle(self, station: Machines) -> None:
        """Start whatever can start at the station, and all that follows from it."""
        self._unsettled.append(station)
        if self._settling:
            return
        self._settling = True
        while self._unsettled:
            self._settle(self._unsettled.popleft())
        self._settling = False

    def arrived(self, target: Machines, born: float) -> None:
        """A vehicle has brought a part, for which a place was kept."""
        target.count_up(self.env.now)
        target.coming -= 1
        target.queue.append(born)
        self.settle(target)

    def taken(self, station: Machines, way: Way) -> float:
        """A vehicle takes the oldest part that waits for this way; gives when it was born."""
        station.count_up(self.env.now)
        place = next(i for i, (_, held) in enumerate(station.held) if held is way)
        born, _ = station.held[place]
        del station.held[place]
        if station.waiting:
            station.waiting -= 1
            station.free += 1
        else:
            station.ready -= 1
        self.settle(station)
        return born

    def _settle(self, s: Machines) -> None:
        now = self.env.now
        while True:
            while s.free and (s.queue or s.endless) and self._start(s):
                pass
            if not (s.knocking and s.space()):
                break
            source, born, carried = s.knocking.popleft()
            s.count_up(now)
            if carried:
                s.coming += 1
                assert self.fleet is not None
                self.fleet.call(source, next(w for b, w in source.held if w.target is s), s)
            else:
                s.queue.append(born)
                source.count_up(now)
                source.blocked -= 1
                source.free += 1
                self._unsettled.append(source)
        if self.trace is not None:
            self.trace(
                now, "station", (s.name, len(s.queue), s.working, s.blocked + s.waiting, s.ready)
            )

    def _start(self, s: Machines) -> bool:
        now = self.env.now
        for pool, needed in s.pools:
            if pool.free < needed:
                for other, _ in s.pools:
                    other.waiters.pop(s, None)
                pool.waiters[s] = None
                return False
        s.count_up(now)
        for pool, needed in s.pools:
            pool.count(now)
            pool.waiters.pop(s, None)
            pool.free -= needed
        if s.endless:
            born = now
            self._level(1)
        else:
            born = s.queue.popleft()
        s.free -= 1
        s.working += 1
        work = s.service.sample(s.lucks[0])
        if work >= s.until_failure:
            work += self._failures(s, work)
        else:
            s.until_failure -= work
        if s.calendar is None:
            self._after(work, self._finished, s, born)
        else:
            ends = s.calendar.end(now, work)
            s.closed += ends - now - work
            self._after(ends - now, self._finished, s, born)
        return True

    def _failures(self, s: Machines, work: float) -> float:
        """Seconds of repair within so much work."""
        fails, repairs = s.lucks[1], 0.0
        while work >= s.until_failure:
            work -= s.until_failure
            repairs += fails.expovariate(1 / s.repair)
            s.until_failure = fails.expovariate(1 / s.mtbf)
        s.until_failure -= work
        s.down += repairs
        return repairs

    def _finished(self, event: Any) -> None:
        s, born = event._value
        now = self.env.now
        s.count_up(now)
        s.working -= 1
        s.done += 1
        waiting: list[Machines] = []
        for pool, needed in s.pools:
            pool.count(now)
            pool.free += needed
            waiting += pool.waiters
        way = self._way(s)
        if way is None:
            self._leave(born)
            s.free += 1
        elif way.carried:
            self._hold(s, born, way)
        elif way.target.space():
            way.target.count_up(now)
            way.target.queue.append(born)
            s.free += 1
            self._unsettled.append(way.target)
        else:
            s.blocked += 1
            way.target.knocking.append((s, born, False))
        self._unsettled.extend(waiting)
        self.settle(s)

    def _hold(self, s: Machines, born: float, way: Way) -> None:
        """Keep a part for a vehicle, beside the machines if there is a place, else on its own."""
        s.held.append((born, way))
        if s.ready < s.out:
            s.ready += 1
            s.free += 1
        else:
            s.waiting += 1
        way.target.knocking.append((s, born, True))
        self._unsettled.append(way.target)

    def _way(self, s: Machines) -> Way | None:
        if len(s.ways) == 1 and s.ways[0].share >= 1:
            return s.ways[0]
        if not s.ways:
            return None
        left = s.lucks[2].random()
        for way in s.ways:
            left -= way.share
            if left < 0:
                return way
        return None

    def _arrive(self, event: Any) -> None:
        (s,) = event._value
        assert s.arrivals is not None
        self._after(s.arrivals.sample(s.lucks[3]), self._arrive, s)
        if s.space():
            s.count_up(self.env.now)
            self._level(1)
            s.queue.append(self.env.now)
            self.settle(s)

    def _leave(self, born: float) -> None:
        self.stay += self.env.now - born
        self.out += 1
        self.last_exit = self.env.now
        self._level(-1)

    def _level(self, change: int) -> None:
        now = self.env.now
        self.level += self.inside * (now - self.level_since)
        self.level_since = now
        self.inside += change
        if self.inside > MOST_PARTS:
            raise UsageError(
                f"more than {MOST_PARTS:,} parts are inside",
                where="station",
                remedy="Parts arrive faster than they are made: give longer intervals or more machines.",
            )

    def _after(self, delay: float, done: Callable[[Any], None], *what: Any) -> None:
        self.env.timeout(delay, what).callbacks.append(done)
