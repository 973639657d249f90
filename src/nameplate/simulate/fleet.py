"""Guided vehicles on the zones of a guide path: calls, ways, waiting, charging, deadlock.

The nearest idle vehicle answers the oldest call. A vehicle enters a zone only while nobody is in it and
no circle of vehicles would wait for each other then; an idle one that stands in the way drives on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nameplate.errors import UsageError
from nameplate.simulate.floor import Edge, Floor, Zone

if TYPE_CHECKING:
    from nameplate.simulate.line import Line, Machines, Way


class Vehicle:
    """One vehicle: where it is, what it does, the steps still before it."""

    def __init__(self, number: int, zone: Zone, point: int) -> None:
        self.number, self.zone, self.point = number, zone, point
        self.steps: deque[Edge] = deque()
        self.then: Callable[[Vehicle], None] | None = None
        self.wants: Zone | None = None
        self.idle, self.loaded = True, False
        self.driven = 0.0
        self.since, self.state = 0.0, "idle"
        self.times = {
            "idle": 0.0,
            "empty": 0.0,
            "loaded": 0.0,
            "waits": 0.0,
            "handles": 0.0,
            "charges": 0.0,
        }

    def turn(self, state: str, now: float) -> None:
        """Note how long it was in its state, and the new one."""
        self.times[self.state] += now - self.since
        self.since, self.state = now, state


class Fleet:
    """All vehicles of a plant."""

    def __init__(self, line: Line, floor: Floor, count: int, speed: float) -> None:
        self.line, self.floor, self.speed, self._env = line, floor, speed, line.env
        self.handling, self.battery, self.charge, self.charger = 10.0, float("inf"), 0.0, -1
        self.vehicles = [self._placed(i) for i in range(count)]
        self.calls: deque[tuple[Machines, Way, Machines]] = deque()
        self.refused: list[Vehicle] = []
        self.carried = 0

    def call(self, source: Machines, way: Way, target: Machines) -> None:
        """A part waits at ``source``; a place is kept for it at ``target``."""
        self.calls.append((source, way, target))
        self._assign()

    def _placed(self, number: int) -> Vehicle:
        """In a bay if there is a place, else on the path, as far from each other as zones allow."""
        for point, bay in self.floor.bays.items():
            if len(bay.inside) < bay.room:
                made = Vehicle(number, bay, point)
                bay.inside.append(made)
                return made
        free = [edge for edge in self.floor.edges if not edge.zone.inside]
        edge = free[(number * 7) % len(free)]
        made = Vehicle(number, edge.zone, edge.end)
        edge.zone.inside.append(made)
        return made

    def _assign(self) -> None:
        while self.calls:
            source, way, target = self.calls[0]
            far = self.floor.ways(source.point)[0]
            idle = [v for v in self.vehicles if v.idle]
            if not idle:
                return
            nearest = min(idle, key=lambda v: (far[v.point], v.number))
            self.calls.popleft()
            self._fetch(nearest, source, way, target)

    def _fetch(self, v: Vehicle, source: Machines, way: Way, target: Machines) -> None:
        self._send(v, source.point, lambda vehicle: self._load(vehicle, source, way, target))

    def _send(self, v: Vehicle, goal: int, then: Callable[[Vehicle], None]) -> None:
        v.idle = False
        v.steps = deque(self.floor.way(v.point, goal))
        v.then = then
        self._go(v)

    def _load(self, v: Vehicle, source: Machines, way: Way, target: Machines) -> None:
        v.turn("handles", self._now)

        def loaded(_: Any) -> None:
            born = self.line.taken(source, way)
            v.loaded = True
            self._send(v, target.point, lambda vehicle: self._unload(vehicle, target, born))

        self._env.timeout(self.handling).callbacks.append(loaded)

    def _unload(self, v: Vehicle, target: Machines, born: float) -> None:
        v.turn("handles", self._now)

        def unloaded(_: Any) -> None:
            v.loaded = False
            self.carried += 1
            self._rest(v)
            self.line.arrived(target, born)
            self._next(v)

        self._env.timeout(self.handling).callbacks.append(unloaded)

    def _rest(self, v: Vehicle) -> None:
        """Idle now: off to the charger if the battery asks for it, into a bay if there is one."""
        v.turn("idle", self._now)
        if v.driven >= self.battery and self._charger_free():
            v.driven = 0.0
            self._send(v, self.charger, self._charging)
            return
        v.idle = True
        self._into_bay(v)

    def _next(self, v: Vehicle) -> None:
        """Answer calls; if there is none for this one, make way for those that wait behind it."""
        self._assign()
        if v.idle and v.zone.waiters:
            self._push(v)

    def _charger_free(self) -> bool:
        bay = self.floor.bays.get(self.charger)
        return bay is not None and len(bay.inside) < bay.room

    def _charging(self, v: Vehicle) -> None:
        self._into_bay(v)
        v.turn("charges", self._now)

        def full(_: Any) -> None:
            self._rest(v)
            self._next(v)

        self._env.timeout(self.charge).callbacks.append(full)

    def _into_bay(self, v: Vehicle) -> None:
        bay = self.floor.bays.get(v.point)
        if bay is not None and bay is not v.zone and len(bay.inside) < bay.room:
            self._enter(v, bay)

    def _go(self, v: Vehicle) -> None:
        """Take the next step, wait for it, or do what it came for."""
        if not v.steps:
            then, v.then = v.then, None
            if then is not None:
                then(v)
            else:
                self._rest(v)
                self._next(v)
            return
        edge = v.steps[0]
        if edge.zone is not v.zone:
            if len(edge.zone.inside) >= edge.zone.room or self._circle(v, edge.zone):
                self._wait(v, edge.zone)
                return
            self._enter(v, edge.zone)
        self._drive(v)

    def _drive(self, v: Vehicle) -> None:
        edge = v.steps.popleft()
        v.turn("loaded" if v.loaded else "empty", self._now)
        took = edge.length / self.speed
        v.driven += took
        if self.line.trace is not None:
            told = (v.number, edge.path, edge.begins, edge.ends, took, v.loaded)
            self.line.trace(self._now, "vehicle", told)

        def there(_: Any) -> None:
            v.point = edge.end
            self._go(v)

        self._env.timeout(took).callbacks.append(there)

    def _enter(self, v: Vehicle, zone: Zone) -> None:
        left, v.zone, v.wants = v.zone, zone, None
        zone.inside.append(v)
        left.inside.remove(v)
        self._freed(left)

    def _freed(self, zone: Zone) -> None:
        """Let those go on that waited for the zone, or were refused one before."""
        if not zone.waiters and not self.refused:
            return
        waiting = [*zone.waiters, *self.refused]
        zone.waiters, self.refused = [], []
        for v in waiting:
            assert isinstance(v, Vehicle)
            self._go_again(v)

    def _go_again(self, v: Vehicle) -> None:
        v.wants = None
        self._go(v)

    def _wait(self, v: Vehicle, zone: Zone) -> None:
        v.turn("waits", self._now)
        v.wants = zone
        if len(zone.inside) < zone.room:
            self.refused.append(v)
            return
        zone.waiters.append(v)
        for other in list(zone.inside):
            assert isinstance(other, Vehicle)
            if other.idle:
                self._push(other)
        self._check(v)

    def _push(self, v: Vehicle) -> None:
        """Make way: into the bay, or on to the next zone, a free one if there is."""
        bay = self.floor.bays.get(v.point)
        if bay is not None and len(bay.inside) < bay.room:
            self._enter(v, bay)
            return
        ahead = [edge for edge in self.floor.out[v.point] if edge.zone is not v.zone]
        if not ahead:
            ahead = self.floor.out[v.point]
        edge = min(ahead, key=lambda e: len(e.zone.inside))
        v.idle = False
        v.steps, v.then = deque([edge]), None
        self._go(v)

    def _circle(self, v: Vehicle, zone: Zone) -> bool:
        """Whether vehicles would wait for each other in a circle once ``v`` is in the zone."""
        ahead = v.steps[1].zone if len(v.steps) > 1 else None
        if ahead is zone:
            ahead = next((e.zone for e in v.steps if e.zone is not zone), None)
        if ahead is None or len(ahead.inside) < ahead.room:
            return False
        seen: set[int] = set()
        while ahead is not None and len(ahead.inside) >= ahead.room:
            other = ahead.inside[0]
            assert isinstance(other, Vehicle)
            if other is v or other.number in seen:
                return False
            seen.add(other.number)
            if other.wants is zone:
                return True
            ahead = other.wants
        return False

    def _check(self, v: Vehicle) -> None:
        """Raise if the vehicle waits, over others, for itself."""
        seen, at = [v], v
        while at.wants is not None and len(at.wants.inside) >= at.wants.room:
            if at.wants.room > 1:
                return
            other = at.wants.inside[0]
            assert isinstance(other, Vehicle)
            if other is v:
                where = ", ".join(sorted({one.zone.name for one in seen}))
                raise UsageError(
                    f"{len(seen)} vehicles wait for each other on {where}",
                    where="vehicles.count",
                    remedy="Take fewer vehicles, lay a second path, or give a point on the way bays.",
                )
            if other in seen:
                return
            seen.append(other)
            at = other

    @property
    def _now(self) -> float:
        return self._env.now
