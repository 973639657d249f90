"""The floor of a plant drawn from its model: paths, stations, links, places of vehicles.

Lengths are user units of a view box `WIDTH` wide. Stations stand beside their points of the guide path;
those without one stand in rows below, in the order in which parts come to them.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from nameplate.simulate import Plant, Study

WIDTH, _EDGE, _BOX, _TALL, _ROW = 800.0, 70.0, 112.0, 44.0, 84.0
_MOST_HIGH = 520.0
_A_ROW = 6


class Box(msgspec.Struct, frozen=True):
    """A station: its box, and how its machines fared (``queue`` is the mean number waiting)."""

    index: int
    name: str
    x: float
    y: float
    machines: int
    working: float
    tightest: bool
    queue: str


class Line(msgspec.Struct, frozen=True):
    """A path or a link from one place to another; ``both`` ways or in one."""

    x1: float
    y1: float
    x2: float
    y2: float
    both: bool = False


class Spot(msgspec.Struct, frozen=True):
    """A point of the guide path."""

    name: str
    x: float
    y: float
    bays: int


class FloorView(msgspec.Struct, frozen=True):
    """All that is drawn; ``paths`` in the model's order, as the player needs them."""

    width: float
    height: float
    box: float
    tall: float
    paths: list[Line]
    links: list[Line]
    spots: list[Spot]
    boxes: list[Box]
    vehicles: int


def floor_view(plant: Plant, found: Study) -> FloorView:
    """The drawing of the plant with what was found of its stations."""
    spots, bottom = _spots(plant)
    at = {spot.name: (spot.x, spot.y) for spot in spots}
    places, height = _places(plant, at, bottom)
    shares = {s.name: s for s in found.stations}
    boxes = [
        Box(i, s.name, *places[s.name], s.machines, round(shares[s.name].working, 3),
            s.name == found.bottleneck, f"{shares[s.name].queue:,.1f}")
        for i, s in enumerate(plant.station)
    ]  # fmt: skip
    paths = [Line(*at[p.from_], *at[p.to], p.both_ways) for p in plant.path]
    links = [_link(places[k.from_], places[k.to]) for k in plant.link if not k.carried]
    count = plant.vehicles.count if plant.vehicles is not None else 0
    return FloorView(WIDTH, round(height, 1), _BOX, _TALL, paths, links, spots, boxes, count)


def _spots(plant: Plant) -> tuple[list[Spot], float]:
    """The points scaled into the picture, and how far down they reach."""
    used = {end for path in plant.path for end in (path.from_, path.to)}
    points = [p for p in plant.point if p.name in used]
    if not points:
        return [], 0.0
    left, right = min(p.x for p in points), max(p.x for p in points)
    low, high = min(p.y for p in points), max(p.y for p in points)
    wide, tall = right - left, high - low
    scale = (WIDTH - 2 * _EDGE) / wide if wide else 1.0
    if tall:
        scale = min(scale, (_MOST_HIGH - 2 * _EDGE) / tall)
    middle = (WIDTH - wide * scale) / 2
    spots = [
        Spot(
            p.name,
            round(middle + (p.x - left) * scale, 1),
            round(_EDGE + (p.y - low) * scale, 1),
            p.bays,
        )
        for p in points
    ]
    return spots, tall * scale + 2 * _EDGE


def _places(
    plant: Plant, at: dict[str, tuple[float, float]], bottom: float
) -> tuple[dict[str, tuple[float, float]], float]:
    """Where each station's box has its middle, and the height of the picture."""
    places: dict[str, tuple[float, float]] = {}
    beside: dict[str, int] = {}
    centre = sum(y for _, y in at.values()) / len(at) if at else 0.0
    for station in plant.station:
        point = at.get(station.at or "")
        if point is not None:
            number = beside[station.at or ""] = beside.get(station.at or "", 0) + 1
            away = (_TALL / 2 + 14 + (number - 1) * (_TALL + 6)) * (-1 if point[1] <= centre else 1)
            places[station.name] = (
                min(max(point[0], _BOX / 2 + 2), WIDTH - _BOX / 2 - 2),
                point[1] + away,
            )
    rest = _ordered([s.name for s in plant.station if s.name not in places], plant)
    step = WIDTH / min(_A_ROW, max(1, len(rest)))
    for i, name in enumerate(rest):
        row, column = divmod(i, _A_ROW)
        places[name] = (round(step * (column + 0.5), 1), bottom + _ROW * (row + 0.5) + 10)
    rows = -(-len(rest) // _A_ROW)
    reach = max((y + _TALL for _, y in places.values()), default=0.0)
    return places, max(bottom + rows * _ROW + 20, reach)


def _ordered(names: Sequence[str], plant: Plant) -> list[str]:
    """Stations in the order in which parts come to them, loops left where they are."""
    into: dict[str, set[str]] = {name: set() for name in names}
    for link in plant.link:
        if link.to in into and link.from_ in into and link.to != link.from_:
            into[link.to].add(link.from_)
    done: list[str] = []
    left = list(names)
    while left:
        free = next((n for n in left if into[n] <= set(done)), left[0])
        done.append(free)
        left.remove(free)
    return done


def _link(start: tuple[float, float], end: tuple[float, float]) -> Line:
    """From box to box, as a line between their middles that the boxes cover."""
    return Line(start[0], start[1], end[0], end[1])
