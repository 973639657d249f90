"""The guide path as zones: each holds one vehicle, so that none can pass through another.

A path that holds several vehicles is cut into as many zones. Paths that lead both ways are one zone
together with those that they meet, up to a point with bays: vehicles that came from both sides could
not pass each other there. A bay is a zone off the path.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from nameplate.errors import UsageError
from nameplate.simulate.plant import Path, Plant
from nameplate.simulate.units import metres


@dataclass(eq=False)
class Zone:
    """A part of the path; ``room`` for so many vehicles, which is one unless it is a bay."""

    name: str
    room: int = 1
    inside: list[object] = field(default_factory=list)
    waiters: list[object] = field(default_factory=list)


@dataclass(eq=False)
class Edge:
    """A directed step between two points; ``path`` is the index of the path it is of."""

    start: int
    end: int
    length: float
    zone: Zone
    path: int
    begins: float
    ends: float


class Floor:
    """Points, edges and zones of a plant, with the shortest ways between its points."""

    def __init__(self, plant: Plant) -> None:
        self.names = [point.name for point in plant.point]
        self.at = {name: i for i, name in enumerate(self.names)}
        self.edges: list[Edge] = []
        self.bays = {
            i: Zone(f"bay of {point.name!r}", point.bays)
            for i, point in enumerate(plant.point)
            if point.bays
        }
        blocks = self._blocks(plant)
        for number, path in enumerate(plant.path):
            self._lay(plant, number, path, blocks)
        self.out: list[list[Edge]] = [[] for _ in range(self._count)]
        self.into: list[list[Edge]] = [[] for _ in range(self._count)]
        for edge in self.edges:
            self.out[edge.start].append(edge)
            self.into[edge.end].append(edge)
        self._ways: dict[int, tuple[list[float], list[Edge | None]]] = {}

    _count = 0

    @cached_property
    def zones(self) -> list[Zone]:
        """All zones, bays last."""
        found = {id(edge.zone): edge.zone for edge in self.edges}
        return [*found.values(), *self.bays.values()]

    @property
    def room(self) -> int:
        """How many vehicles there is room for."""
        return sum(zone.room for zone in self.zones)

    def ways(self, goal: int) -> tuple[list[float], list[Edge | None]]:
        """From every point the distance to ``goal``, and the first step."""
        if goal not in self._ways:
            self._ways[goal] = self._shortest(goal)
        return self._ways[goal]

    def way(self, start: int, goal: int) -> list[Edge]:
        """The steps from one point to another."""
        steps, at = [], start
        first = self.ways(goal)[1]
        while at != goal:
            edge = first[at]
            assert edge is not None
            steps.append(edge)
            at = edge.end
        return steps

    def _shortest(self, goal: int) -> tuple[list[float], list[Edge | None]]:
        far: list[float] = [float("inf")] * self._count
        step: list[Edge | None] = [None] * self._count
        far[goal] = 0.0
        heap = [(0.0, goal)]
        while heap:
            done, at = heapq.heappop(heap)
            if done > far[at]:
                continue
            for edge in self.into[at]:
                if done + edge.length < far[edge.start]:
                    far[edge.start] = done + edge.length
                    step[edge.start] = edge
                    heapq.heappush(heap, (far[edge.start], edge.start))
        return far, step

    def _blocks(self, plant: Plant) -> dict[int, Zone]:
        """The zone of each path that leads both ways, by the path's index."""
        both = [(i, p) for i, p in enumerate(plant.path) if p.both_ways]
        parent = {i: i for i, _ in both}

        def top(i: int) -> int:
            while parent[i] != i:
                i = parent[i]
            return i

        met: dict[str, int] = {}
        for i, path in both:
            for end in (path.from_, path.to):
                if self.at[end] in self.bays:
                    continue
                if end in met:
                    parent[top(i)] = top(met[end])
                met.setdefault(end, i)
        zones: dict[int, Zone] = {}
        for i, path in both:
            zones.setdefault(top(i), Zone(f"path {path.from_!r} to {path.to!r}"))
        return {i: zones[top(i)] for i, _ in both}

    def _lay(self, plant: Plant, number: int, path: Path, blocks: dict[int, Zone]) -> None:
        self._count = max(self._count, len(self.names))
        start, end = self.at[path.from_], self.at[path.to]
        length = _length(plant, number)
        if path.both_ways:
            zone = blocks[number]
            self.edges.append(Edge(start, end, length, zone, number, 0.0, 1.0))
            self.edges.append(Edge(end, start, length, zone, number, 1.0, 0.0))
            return
        stops = [start, *range(self._count, self._count + path.holds - 1), end]
        self._count += path.holds - 1
        for i, (a, b) in enumerate(pairwise(stops)):
            zone = Zone(f"path {path.from_!r} to {path.to!r}")
            begins, ends = i / path.holds, (i + 1) / path.holds
            self.edges.append(Edge(a, b, length / path.holds, zone, number, begins, ends))


def _length(plant: Plant, number: int) -> float:
    path = plant.path[number]
    where = f"path[{number}].length"
    if path.length is not None:
        length = metres(path.length, where)
    else:
        ends = {point.name: point for point in plant.point}
        a, b = ends[path.from_], ends[path.to]
        length = ((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5
    if not 0 < length <= 1e6:
        remedy = "Give a length such as 12 m, or points that lie apart."
        raise UsageError("the path has no length", where=where, remedy=remedy)
    return length


def reachable(floor: Floor, starts: Iterable[int], *, back: bool = False) -> set[int]:
    """The points that can be reached from these, or (``back``) from which these can be."""
    seen = set(starts)
    left = list(seen)
    while left:
        at = left.pop()
        for edge in floor.into[at] if back else floor.out[at]:
            other = edge.start if back else edge.end
            if other not in seen:
                seen.add(other)
                left.append(other)
    return seen
