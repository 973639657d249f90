"""Replications of a plant and what they say together: throughput, bottleneck, vehicles, staff.

Replications run in processes of their own; each has its number as its luck, so that two plants that
differ in one thing are compared under the same luck (common random numbers) and a study gives the same
answer on any number of cores.
"""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from multiprocessing import get_context

import msgspec
from msgspec.structs import replace

from nameplate.errors import UsageError
from nameplate.simulate.building import OutOfTimeError, Shares, Told, replicate
from nameplate.simulate.floor import Floor
from nameplate.simulate.plant import Plant

SHARES_PRESENT = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_FASTER = 0.9
_TRIED = 3
"""Stations that are tried as the bottleneck: those that are active most."""

_BUSY = 0.8
"""People, robots and vehicles that are in use for so much of the time are tried as well."""

_GAIN = 0.01
"""A vehicle more is needed if it makes so much more."""

_ABOUT = 0.75
"""Two gains are about the same if the smaller is so much of the larger."""

_MOST_FLEET = 30

Progress = Callable[[int, int], None]


class Estimate(msgspec.Struct, frozen=True):
    """A mean over replications with its 95 % confidence interval (Student's t)."""

    mean: float
    low: float
    high: float


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a study is to find out beside the plant as it is, and with how much effort.

    Each trial of something else takes ``few`` replications at most.
    """

    bottleneck: bool = True
    fleet: bool = False
    staff: bool = False
    replications: int | None = None
    few: int = 10
    workers: int | None = None
    seconds: float = 0.0
    traced: float = 0.0


class Tried(msgspec.Struct, frozen=True):
    """A station a tenth faster, or one more of vehicles, people or robots: how much more is made.

    ``kind`` is ``station``, ``pool`` or ``vehicles``; ``active`` the share of time it was active.
    """

    kind: str
    name: str
    active: float
    gain: Estimate


class Variant(msgspec.Struct, frozen=True):
    """The plant with another fleet, or another share of its staff: parts an hour."""

    at: float
    rate: Estimate


class Study(msgspec.Struct, frozen=True, kw_only=True):
    """All that was found out. Rates are parts an hour of the clock, stays seconds.

    ``cut``: time ran out before all that was asked for was tried; what is told is whole.
    ``growing`` is the station before which parts pile up without end, if there is one.
    ``little`` is the largest departure from Little's law of a replication, |L - rate * stay| / L.
    """

    name: str
    item: str
    replications: int
    rate: Estimate
    week: Estimate
    stay: Estimate
    level: Estimate
    little: float
    stations: list[Shares]
    pools: dict[str, float]
    vehicles: dict[str, float]
    bottleneck: str | None = None
    tried: list[Tried] = []
    fleet: list[Variant] = []
    fleet_needed: int | None = None
    fleet_most: int | None = None
    staff: list[Variant] = []
    cut: bool = False
    growing: str | None = None
    first: Told | None = None


class _Desk:
    """Where replications are run: here, or on processes."""

    def __init__(self, pool: Executor | None, deadline: float, progress: Progress | None) -> None:
        self.pool, self.deadline, self.progress = pool, deadline, progress
        self.done = self.total = 0

    def run(self, jobs: Sequence[tuple[Plant, int, float]]) -> list[Told]:
        """One replication a job, the results in the order of the jobs."""
        self.total += len(jobs)
        made: list[Told | None] = [None] * len(jobs)
        if self.pool is None:
            for place, job in enumerate(jobs):
                made[place] = _job(*job, self.deadline)
                self._tick()
        else:
            waiting: dict[Future[Told], int] = {
                self.pool.submit(_job, *job, self.deadline): place for place, job in enumerate(jobs)
            }
            try:
                for future in as_completed(waiting):
                    made[waiting[future]] = future.result()
                    self._tick()
            except BaseException:
                for future in waiting:
                    future.cancel()
                raise
        return [told for told in made if told is not None]

    def _tick(self) -> None:
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total)


def _job(plant: Plant, replication: int, traced: float, deadline: float) -> Told:
    return replicate(plant, replication, deadline=deadline, traced=traced)


def study(plant: Plant, wanted: Wanted | None = None, progress: Progress | None = None) -> Study:
    """Simulate a checked plant, and what is asked for beside it.

    ``progress`` is told how many replications are done and how many are known to be due. Raises
    `UsageError` where the plant comes to a standstill or the time given (``seconds``) has passed.
    """
    wanted = wanted or Wanted()
    workers = wanted.workers or os.cpu_count() or 1
    # time.monotonic is one clock for all processes of a machine
    deadline = time.monotonic() + wanted.seconds if wanted.seconds else 0.0
    pool = (
        ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        if workers > 1
        else nullcontext()
    )
    with pool as running:
        desk = _Desk(running, deadline, progress)
        try:
            return _studied(plant, wanted, desk)
        except BrokenProcessPool as error:
            raise UsageError(
                "a process of the simulation was ended", remedy="Try again with --workers 1."
            ) from error


def _studied(plant: Plant, wanted: Wanted, desk: _Desk) -> Study:
    count = wanted.replications or plant.run.replications
    told = desk.run([(plant, r, wanted.traced if r == 0 else 0.0) for r in range(count)])
    base = _summary(plant, told)
    try:
        if wanted.bottleneck:
            tried = _bottleneck(plant, base, told, _trials(wanted, count), desk)
            name = tried[0].name if tried and tried[0].gain.low > 0 else None
            base = replace(base, bottleneck=name, tried=tried)
        if wanted.staff and plant.staff:
            base = replace(base, staff=_staff(plant, _trials(wanted, count), desk))
        if wanted.fleet and plant.vehicles is not None:
            base = _fleet(plant, base, _trials(wanted, count), desk)
    except OutOfTimeError:
        base = replace(base, cut=True)
    return base


def _trials(wanted: Wanted, count: int) -> int:
    return max(2, min(count, wanted.few))


_PILED = 0.02
"""Parts pile up if in every replication so many of those that left came in addition and stayed."""


def _growing(told: Sequence[Told], stations: Sequence[Shares]) -> str | None:
    """The station with the longest queue, if in every replication many more parts stay inside."""
    if all(one.grew > 10 and one.grew > _PILED * one.out for one in told):
        return max(stations, key=lambda s: s.queue).name
    return None


def _summary(plant: Plant, told: Sequence[Told]) -> Study:
    rate = estimate(one.rate for one in told)
    stations = [_mean_shares([one.stations[i] for one in told]) for i in range(len(plant.station))]
    return Study(
        name=plant.name,
        item=plant.item,
        replications=len(told),
        rate=rate,
        week=Estimate(*(168 * x for x in (rate.mean, rate.low, rate.high))),
        stay=estimate(one.stay for one in told),
        level=estimate(one.level for one in told),
        little=max((_little(one) for one in told), default=0.0),
        stations=stations,
        growing=_growing(told, stations),
        pools={k: statistics.fmean(one.pools[k] for one in told) for k in told[0].pools},
        vehicles={k: statistics.fmean(one.vehicles[k] for one in told) for k in told[0].vehicles},
        first=told[0],
    )


def _little(told: Told) -> float:
    law = told.rate / 3600 * told.stay
    return abs(told.level - law) / told.level if told.level else 0.0


def _mean_shares(of: Sequence[Shares]) -> Shares:
    fields = [f for f in Shares.__struct_fields__ if f not in ("name", "done")]
    means = {f: statistics.fmean(getattr(one, f) for one in of) for f in fields}
    return Shares(name=of[0].name, done=round(statistics.fmean(one.done for one in of)), **means)


def _bottleneck(
    plant: Plant, base: Study, told: Sequence[Told], few: int, desk: _Desk
) -> list[Tried]:
    """What is active most, each relieved a little under the same luck; the largest gain first.

    Stations work a tenth faster; a fleet, a group of people or robots that is hardly ever idle gets
    one more, a machine's crew, or a tenth.
    """
    most = sorted(base.stations, key=lambda s: -s.active)[:_TRIED]
    order = [("station", one.name, one.active, _faster(plant, one.name)) for one in most]
    order += [
        ("pool", name, used, _more(plant, name))
        for name, used in base.pools.items()
        if used > _BUSY
    ]
    if plant.vehicles is not None and base.vehicles and base.vehicles["idle"] < 1 - _BUSY:
        fleet = replace(plant.vehicles, count=plant.vehicles.count + 1)
        if fleet.count < Floor(plant).room:
            busy = 1 - base.vehicles["idle"]
            order.append(("vehicles", "vehicles", busy, replace(plant, vehicles=fleet)))
    tried = []
    for kind, name, active, variant in order:
        try:
            mine = desk.run([(variant, r, 0.0) for r in range(few)])
        except OutOfTimeError:
            raise
        except UsageError:  # with one vehicle more they come to a deadlock
            continue
        pairs = zip(mine, told, strict=False)
        gains = [(new.rate - old.rate) / old.rate if old.rate else 0.0 for new, old in pairs]
        tried.append(Tried(kind, name, active, estimate(gains)))
    return _ordered(tried)


def _ordered(tried: Sequence[Tried]) -> list[Tried]:
    """The largest gain first. A station that works faster holds people, robots and vehicles for less
    long: where these are in use more than it works, and relieving them gains about as much, they are it."""
    made = sorted(tried, key=lambda t: (-t.gain.mean, -t.active))
    if made and made[0].kind == "station":
        top = made[0]
        for one in made[1:]:
            about = one.gain.low > 0 and one.gain.mean >= _ABOUT * top.gain.mean
            if one.kind != "station" and one.active > top.active and about:
                return [one, *(other for other in made if other is not one)]
    return made


def _more(plant: Plant, name: str) -> Plant:
    """The plant with a tenth more of a group of people, as many present as a machine needs at least, or
    with one robot more."""
    needed = max((s.staff.get(name, 0) for s in plant.station), default=1)
    staff = [
        replace(g, people=max(g.people + math.ceil(needed / g.present), round(g.people * 1.1)))
        if g.name == name
        else g
        for g in plant.staff
    ]
    robots = [replace(r, count=r.count + 1) if r.name == name else r for r in plant.robot]
    return replace(plant, staff=staff, robot=robots)


def _faster(plant: Plant, name: str) -> Plant:
    """The plant with one station a tenth faster."""
    stations = [
        replace(s, service=replace(s.service, scale=s.service.scale * _FASTER))
        if s.name == name
        else s
        for s in plant.station
    ]
    return replace(plant, station=stations)


def _fleet(plant: Plant, base: Study, few: int, desk: _Desk) -> Study:
    """From one vehicle up, until two more make no more; or until there is no room."""
    assert plant.vehicles is not None
    most = max(1, min(_MOST_FLEET, Floor(plant).room - 1))
    few, found = min(few, 5), []
    for size in range(1, most + 1):
        variant = replace(plant, vehicles=replace(plant.vehicles, count=size))
        try:
            told = desk.run([(variant, r, 0.0) for r in range(few)])
        except UsageError as error:
            if error.where != "vehicles.count":
                raise
            break  # the fleet has come to a deadlock: no more fit
        found.append(Variant(size, estimate(one.rate for one in told)))
        best = [one.rate.mean for one in found]
        if len(best) > 2 and best[-1] < best[-3] * (1 + _GAIN):
            break
    top = max((one.rate.mean for one in found), default=0.0)
    needed = next((int(v.at) for v in found if v.rate.mean >= top * (1 - _GAIN)), None)
    return replace(base, fleet=found, fleet_needed=needed, fleet_most=most)


def _staff(plant: Plant, few: int, desk: _Desk) -> list[Variant]:
    """Throughput with each share of all staff present; none where a station could not work."""
    plants = [(share, _present(plant, share)) for share in SHARES_PRESENT]
    jobs = [(one, r, 0.0) for _, one in plants if one is not None for r in range(few)]
    told = iter(desk.run(jobs))
    made = []
    for share, one in plants:
        rates = [0.0, 0.0] if one is None else [next(told).rate for _ in range(few)]
        made.append(Variant(share, estimate(rates)))
    return made


def _present(plant: Plant, share: float) -> Plant | None:
    """The plant with this share of its staff, or ``None`` if some station could never work."""
    staff = [replace(group, present=share) for group in plant.staff]
    here = {group.name: int(group.people * share + 1e-9) for group in staff}
    if any(here[name] < needed for s in plant.station for name, needed in s.staff.items()):
        return None
    return replace(plant, staff=staff)


def estimate(values: Iterable[float]) -> Estimate:
    """Mean and 95 % confidence interval of values that are independent of each other."""
    known = list(values)
    mean = statistics.fmean(known)
    if len(known) < 2:
        return Estimate(mean, mean, mean)
    half = student(len(known) - 1) * statistics.stdev(known) / math.sqrt(len(known))
    return Estimate(mean, mean - half, mean + half)


_STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179,
            2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064,
            2.060, 2.056, 2.052, 2.048, 2.045, 2.042)  # fmt: skip


def student(degrees: int) -> float:
    """The 97.5 % point of Student's t; beyond 30 degrees by Cornish and Fisher's expansion."""
    if degrees <= len(_STUDENT):
        return _STUDENT[degrees - 1]
    z = 1.959964
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)
