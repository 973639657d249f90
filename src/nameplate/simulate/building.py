"""A `Plant` put together for one replication, and what one replication tells."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import simpy
from msgspec.structs import replace

from nameplate.errors import UsageError
from nameplate.simulate.calendar import WEEK, Calendar, calendar_of
from nameplate.simulate.chance import duration
from nameplate.simulate.fleet import Fleet
from nameplate.simulate.floor import Floor
from nameplate.simulate.line import Line, Machines, Pool, Way
from nameplate.simulate.plant import Plant, Station
from nameplate.simulate.units import metres_a_second, seconds

_SLICES = 40
TRACED = 6000
"""Events at most that are kept for playing back."""


class OutOfTimeError(UsageError):
    """The time that was given for a simulation has passed."""


class Shares(msgspec.Struct, frozen=True):
    """How a station's machines spent their time, as shares of it, and the mean of its queue."""

    name: str
    working: float
    down: float
    blocked: float
    waits_vehicle: float
    waits_staff: float
    starved: float
    closed: float
    queue: float
    done: int

    @property
    def active(self) -> float:
        """Share in which it neither waited for others nor was closed: it worked, or was repaired."""
        return self.working + self.down


class Told(msgspec.Struct, frozen=True):
    """One replication: parts that left an hour of the clock, mean number inside, mean stay (s).

    ``grew``: how many more are inside at its end than at the end of the warm-up.
    """

    rate: float
    out: int
    level: float
    stay: float
    stations: list[Shares]
    pools: dict[str, float]
    vehicles: dict[str, float]
    grew: int = 0
    trace: list[tuple[float, str, tuple[Any, ...]]] = []


def replicate(
    plant: Plant, replication: int, *, deadline: float = 0.0, traced: float = 0.0
) -> Told:
    """Simulate the plant once. ``traced``: keep the events of so many seconds after the warm-up.

    ``deadline`` is a time of `time.monotonic` after which it gives up with an `OutOfTimeError`.
    """
    env = simpy.Environment()
    line = build(plant, env)
    warm, length = seconds(plant.run.warm_up, "run"), seconds(plant.run.length, "run")
    line.begin(plant.run.seed, replication)
    _until(env, warm, deadline)
    line.forget()
    times, inside = _turned(line), line.inside
    trace: list[tuple[float, str, tuple[Any, ...]]] = []
    if traced:
        _tracing(line, trace, warm, traced)
    _until(env, warm + length, deadline)
    line.finish()
    _moving(line, warm + length)
    return replace(_told(line, length, times, trace), grew=line.inside - inside)


def build(plant: Plant, env: simpy.Environment) -> Line:
    """The line that a checked plant describes."""
    calendars = {s.name: calendar_of(s, f"shift[{i}]") for i, s in enumerate(plant.shift)}
    pools = {g.name: Pool(g.name, int(g.people * g.present + 1e-9)) for g in plant.staff}
    robots = {r.name: Pool(r.name, r.count) for r in plant.robot}
    fed = {link.to for link in plant.link}
    made = {s.name: _machines(s, i, calendars, fed) for i, s in enumerate(plant.station)}
    for station in plant.station:
        needs = [(pools[name], needed) for name, needed in station.staff.items()]
        made[station.name].pools = [*needs, *((robots[name], 1) for name in station.robots)]
    for name, machines in made.items():
        links = [link for link in plant.link if link.from_ == name]
        for link in links:
            share = 1 / len(links) if link.share is None else link.share
            machines.ways.append(Way(made[link.to], share, carried=link.carried))
    line = Line(env, list(made.values()), [*pools.values(), *robots.values()])
    if plant.vehicles is not None and any(link.carried for link in plant.link):
        line.fleet = _fleet(plant, line)
    return line


def _machines(
    station: Station, i: int, calendars: dict[str, Calendar | None], fed: set[str]
) -> Machines:
    where = f"station[{i}]"
    room = station.buffer
    if room is None:
        room = "unlimited" if station.arrivals is not None else 0
    size = float("inf") if room == "unlimited" else float(room)
    made = Machines(station.name, station.machines, size, duration(station.service, where))
    made.calendar = calendars.get(station.shift or "")
    if station.fails is not None:
        made.mtbf = seconds(station.fails.every, where)
        made.repair = max(seconds(station.fails.repair, where), 1e-9)
    if station.arrivals is not None:
        made.arrivals = duration(station.arrivals, where)
    made.endless = station.arrivals is None and station.name not in fed
    made.out = station.out
    return made


def _fleet(plant: Plant, line: Line) -> Fleet:
    told = plant.vehicles
    assert told is not None
    floor = Floor(plant)
    fleet = Fleet(line, floor, told.count, metres_a_second(told.speed, "vehicles.speed"))
    fleet.handling = seconds(told.handling, "vehicles.handling")
    if told.battery is not None and told.charge is not None and told.charger is not None:
        fleet.battery = seconds(told.battery, "vehicles.battery")
        fleet.charge = seconds(told.charge, "vehicles.charge")
        fleet.charger = floor.at[told.charger]
    for machines, station in zip(line.stations, plant.station, strict=True):
        if station.at is not None and station.at in floor.at:
            machines.point = floor.at[station.at]
    return fleet


def _until(env: simpy.Environment, end: float, deadline: float) -> None:
    """Run to the end, in slices so that time can run out."""
    begun = env.now
    for i in range(1, _SLICES + 1):
        goal = begun + (end - begun) * i / _SLICES
        if goal > env.now:
            env.run(until=goal)
        if deadline and time.monotonic() > deadline:
            raise OutOfTimeError(
                "the simulation takes too long",
                where="run.length",
                remedy="Give a shorter length, or simulate it with nameplate whatif.",
            )


def _moving(line: Line, end: float) -> None:
    """Refuse a plant that came to a standstill: nothing left in its second half, with parts inside."""
    if (
        line.inside
        and line.last_exit < end / 2
        and any(s.blocked or s.waiting for s in line.stations)
    ):
        full = [s.name for s in line.stations if s.blocked or s.waiting]
        raise UsageError(
            f"the plant stands still: {', '.join(map(repr, full[:5]))} wait for each other",
            where="station.buffer",
            remedy="Give a station of the loop more buffer, or the fleet fewer vehicles.",
        )


def _turned(line: Line) -> list[dict[str, float]]:
    if line.fleet is None:
        return []
    for v in line.fleet.vehicles:
        v.turn(v.state, line.env.now)
    return [dict(v.times) for v in line.fleet.vehicles]


def _tracing(
    line: Line, kept: list[tuple[float, str, tuple[Any, ...]]], start: float, length: float
) -> None:
    def note(now: float, kind: str, what: tuple[Any, ...]) -> None:
        if now - start <= length and len(kept) < TRACED:
            kept.append((round(now - start, 2), kind, what))

    for s in line.stations:
        note(start, "station", (s.name, len(s.queue), s.working, s.blocked + s.waiting, s.ready))
    line.trace = note


def _told(
    line: Line,
    length: float,
    before: list[dict[str, float]],
    trace: list[tuple[float, str, tuple[Any, ...]]],
) -> Told:
    vehicles: dict[str, float] = {}
    if line.fleet is not None:
        now = _turned(line)
        whole = length * len(now)
        for state in now[0]:
            spent = sum(a[state] - b[state] for a, b in zip(now, before, strict=True))
            vehicles[state] = spent / whole
    return Told(
        rate=line.out / length * 3600,
        out=line.out,
        level=line.level / length,
        stay=line.stay / line.out if line.out else 0.0,
        stations=[_shares(s, length) for s in line.stations],
        pools={p.name: p.used / (p.size * length) if p.size else 0.0 for p in line.pools},
        vehicles=vehicles,
        trace=trace,
    )


def _shares(s: Machines, length: float) -> Shares:
    whole = s.count * length
    worked, blocked, waiting, short, starved, queued, _ = s.totals
    down, inside = min(s.down, worked), min(s.closed, worked)
    closed = whole * (1 - s.calendar.a_week / WEEK) if s.calendar is not None else 0.0
    idle = max(0.0, closed - inside)  # the closed hours in which no job was under way
    starved, idle = max(0.0, starved - idle), max(0.0, idle - starved)
    short, idle = max(0.0, short - idle), max(0.0, idle - short)
    blocked = max(0.0, blocked - idle)
    return Shares(
        s.name, max(0.0, worked - down - inside) / whole, down / whole, blocked / whole,
        waiting / whole, short / whole, starved / whole, closed / whole, queued / length, s.done,
    )  # fmt: skip
