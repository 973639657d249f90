"""Checks of a guide path and its fleet, before anything drives."""

from __future__ import annotations

from nameplate.errors import UsageError
from nameplate.simulate.floor import Floor, Zone, reachable
from nameplate.simulate.plant import Plant
from nameplate.simulate.units import metres_a_second, seconds

MOST_VEHICLES, MOST_HELD, _MOST_ZONES = 100, 100, 5000
_FASTEST = 100
"""Metres a second."""


def check_path(plant: Plant) -> None:
    """Refuse ends that are unknown, points that cannot be reached, fleets that must deadlock."""
    points = {point.name for point in plant.point}
    for i, point in enumerate(plant.point):
        where = f"point[{i}] {point.name!r}"
        if not 0 <= point.bays <= MOST_VEHICLES:
            _refuse(f"{where}.bays", f"{point.bays:,} bays are not possible", "Give 0 to 100.")
        for key, value in (("x", point.x), ("y", point.y)):
            if not abs(value) <= 1e6:
                _refuse(f"{where}.{key}", f"{value:g} is no place", "Give metres, up to 1000000.")
    for i, path in enumerate(plant.path):
        where = f"path[{i}] {path.from_!r} to {path.to!r}"
        for end in (path.from_, path.to):
            if end not in points:
                _refuse(
                    where,
                    f"there is no point {end[:80]!r}",
                    f"Known are {', '.join(sorted(points)[:8])}.",
                )
        if not 1 <= path.holds <= MOST_HELD or (path.both_ways and path.holds > 1):
            _refuse(
                f"{where}.holds",
                f"it cannot hold {path.holds}",
                "Give 1 to 100; 1 if it leads both ways.",
            )
        if path.from_ == path.to:
            _refuse(where, "it leads nowhere", "Name two points.")
    carried = [link for link in plant.link if link.carried]
    if plant.vehicles is None:
        if carried:
            _refuse("vehicles", "links are carried, but there are no vehicles", "Add [vehicles].")
        return
    if sum(path.holds for path in plant.path) > _MOST_ZONES:
        _refuse(
            "path.holds", "the path has too many zones", f"Give at most {_MOST_ZONES:,} together."
        )
    _vehicles(plant)
    floor = Floor(plant)
    stops = _stops(plant, floor)
    _connected(floor, stops)
    _deadlock(plant, floor)


def _vehicles(plant: Plant) -> None:
    fleet = plant.vehicles
    assert fleet is not None
    if not 1 <= fleet.count <= MOST_VEHICLES:
        _refuse("vehicles.count", f"{fleet.count} vehicles", f"Give 1 to {MOST_VEHICLES}.")
    if not metres_a_second(fleet.speed, "vehicles.speed") > 0:
        _refuse("vehicles.speed", "they do not move", "Write 1 m/s.")
    if metres_a_second(fleet.speed, "vehicles.speed") > _FASTEST:
        _refuse("vehicles.speed", "no vehicle is so fast", f"Give {_FASTEST} m/s at most.")
    seconds(fleet.handling, "vehicles.handling")
    given = (fleet.battery, fleet.charge, fleet.charger)
    if any(part is not None for part in given):
        if any(part is None for part in given):
            _refuse(
                "vehicles", "charging is half told", "Give battery, charge and charger, or none."
            )
        if not seconds(fleet.battery or "", "vehicles.battery") > 0:
            _refuse("vehicles.battery", "it is always empty", "Write 8 h.")
        seconds(fleet.charge or "", "vehicles.charge")
        point = next((p for p in plant.point if p.name == fleet.charger), None)
        if point is None or not point.bays:
            _refuse(
                "vehicles.charger",
                f"{fleet.charger!r} is no point with bays",
                "Give the point bays.",
            )


def _stops(plant: Plant, floor: Floor) -> dict[int, str]:
    """The points where vehicles stop, each with what stops them there."""
    stations = {station.name: (i, station) for i, station in enumerate(plant.station)}
    stops: dict[int, str] = {}
    for link in plant.link:
        for name in (link.from_, link.to) if link.carried else ():
            i, station = stations[name]
            where = f"station[{i}] {name!r}.at"
            if station.at is None:
                _refuse(
                    where, "vehicles do not know where it is", "Name a point of the guide path."
                )
            elif station.at not in floor.at:
                _refuse(where, f"there is no point {station.at[:80]!r}", "Name a point.")
            else:
                stops[floor.at[station.at]] = f"station {name!r}"
    charger = plant.vehicles.charger if plant.vehicles else None
    if charger is not None:
        stops[floor.at[charger]] = "the charger"
    if stops and not plant.path:
        _refuse("path", "there is no guide path", "Add [[path]] from point to point.")
    return stops


def _connected(floor: Floor, stops: dict[int, str]) -> None:
    """Wherever a vehicle can come, it must be able to come to every stop."""
    if not stops:
        return
    first = next(iter(stops))
    ahead, behind = reachable(floor, [first]), reachable(floor, [first], back=True)
    for point, what in stops.items():
        if point not in ahead or point not in behind:
            way = (first, point) if point not in ahead else (point, first)
            names = [floor.names[p] for p in way]
            _refuse("path", f"the guide path is not connected: no way from {names[0]!r} to {names[1]!r} ({what})",
                    "Add a path there, or let one lead both ways.")  # fmt: skip
    lost = sorted(ahead - behind)
    if lost:
        name = floor.names[lost[0]] if lost[0] < len(floor.names) else "the path"
        _refuse(
            "path", f"the guide path has no way back from {name!r}", "Let a path lead on from it."
        )
    off = [e for e in floor.edges if e.start not in ahead or e.end not in behind]
    if off:
        name = floor.names[off[0].start] if off[0].start < len(floor.names) else "the path"
        _refuse(
            f"path[{off[0].path}]",
            f"it is not connected with the rest at {name!r}",
            "Connect it or leave it out.",
        )


def _deadlock(plant: Plant, floor: Floor) -> None:
    """A fleet of two or more needs one place more than it has vehicles, to move at all."""
    fleet = plant.vehicles
    assert fleet is not None
    if fleet.count < 2 or fleet.count < floor.room:
        _crossing(plant, floor)
        return
    if any(path.both_ways for path in plant.path):
        _refuse("vehicles.count", f"{fleet.count} vehicles meet head-on on a single track with room for {floor.room}",
                "Take fewer, give points on the way bays, or lay two paths of one direction each.")  # fmt: skip
    _refuse("vehicles.count", f"{fleet.count} vehicles on {floor.room} segments: none could ever move",
            f"Take {max(1, floor.room - 1)} at most, or let paths hold more.")  # fmt: skip


def _crossing(plant: Plant, floor: Floor) -> None:
    """Refuse a fleet that leaves one free place where parts must cross a single track.

    A vehicle that crossed leaves the track as the free place; whoever enters it next from the other
    side leaves the free place behind and finds none ahead.
    """
    fleet = plant.vehicles
    assert fleet is not None
    if fleet.count < 2 or fleet.count != floor.room - 1:
        return
    stops = {s.name: floor.at[s.at] for s in plant.station if s.at in floor.at}
    trips = [(link.from_, link.to) for link in plant.link if link.carried]
    for i, path in enumerate(plant.path):
        zone = next(edge.zone for edge in floor.edges if edge.path == i)
        track = {p for edge in floor.edges if edge.zone is zone for p in (edge.start, edge.end)}
        if not path.both_ways or track & set(floor.bays):
            continue
        for start, end in trips:
            ends = {stops[start], stops[end]}
            if not ends & track and stops[end] not in _beside(floor, stops[start], zone):
                _refuse(
                    "vehicles.count",
                    f"{fleet.count} vehicles leave one free segment of {floor.room}, and on the way from "
                    f"{start!r} to {end!r} they meet on the single track {path.from_!r} to {path.to!r}",
                    f"Take {fleet.count - 1} at most, give one of its points bays, or lay two paths "
                    "of one direction each.",
                )


def _beside(floor: Floor, start: int, track: Zone) -> set[int]:
    """The points that hang together with this one, whichever way paths lead, but for a track."""
    seen, left = {start}, [start]
    while left:
        at = left.pop()
        for edge in (*floor.out[at], *floor.into[at]):
            for other in (edge.start, edge.end):
                if edge.zone is not track and other not in seen:
                    seen.add(other)
                    left.append(other)
    return seen


def _refuse(where: str, problem: str, remedy: str) -> None:
    raise UsageError(problem, where=where, remedy=remedy)
