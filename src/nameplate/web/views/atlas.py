"""The map as the server draws it: Mercator, cut to the window, projects gathered into clusters.

All lengths are user units of the SVG's view box, ``WIDTH`` by ``HEIGHT``. At zoom 0 the whole world is
``WIDTH`` wide; each step doubles it, up to ``DEEPEST``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

from nameplate.lexicon.geography import Line, lines
from nameplate.web.views.links import query_link
from nameplate.web.views.whereabouts import Spot

WIDTH, HEIGHT = 1000, 580
DEEPEST = 9
_CELL = 46
_FINE_FROM = 3
_DIVISIONS_FROM = 2
_NORTH = 84.0
_MARGIN = 60.0

Point = tuple[float, float]


class Window(NamedTuple):
    """What is looked at: the middle of it in degrees, and the zoom."""

    longitude: float
    latitude: float
    zoom: int

    @property
    def scale(self) -> float:
        """User units of the whole world's width."""
        return float(WIDTH * 2**self.zoom)

    def place(self, longitude: float, latitude: float) -> Point:
        """A point of the globe in the window."""
        return _placing(self)(mercator(longitude, latitude))

    def moved(self, across: float, down: float, zoom: int = 0) -> Window:
        """The window moved by so many of its own widths and heights, and zoomed."""
        cx, cy = mercator(self.longitude, self.latitude)
        x = cx + across * WIDTH / self.scale
        y = min(max(cy + down * HEIGHT / self.scale, 0.05), 0.95)
        deep = min(max(self.zoom + zoom, 0), DEEPEST)
        return Window(*unprojected(min(max(x, 0), 1), y), deep)

    def address(self) -> str:
        """The window as a parameter: ``104.50,30.20,5``."""
        return f"{self.longitude:.2f},{self.latitude:.2f},{self.zoom}"


class Cluster(msgspec.Struct, frozen=True):
    """Projects near each other: ``href`` leads closer, or lists them if they stand at one point."""

    x: float
    y: float
    radius: float
    phase: str
    number: int
    label: str
    href: str
    arcs: list[tuple[str, str]]
    vague: bool


def mercator(longitude: float, latitude: float) -> Point:
    """Both between 0 and 1, from the north-west."""
    low = math.radians(min(max(latitude, -_NORTH), _NORTH))
    y = (1 - math.log(math.tan(math.pi / 4 + low / 2)) / math.pi) / 2
    return (longitude + 180) / 360, y


_lying = lru_cache(maxsize=20_000)(mercator)
"""Of places, which every map shows again."""


def _placing(window: Window) -> Callable[[Point], Point]:
    """What puts a point of `mercator` into the window."""
    cx, cy = _lying(window.longitude, window.latitude)
    scale = window.scale

    def placed(point: Point) -> Point:
        return (point[0] - cx) * scale + WIDTH / 2, (point[1] - cy) * scale + HEIGHT / 2

    return placed


def unprojected(x: float, y: float) -> Point:
    """Longitude and latitude of a point of `mercator`."""
    return x * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def window_of(text: str, spots: Iterable[Spot]) -> Window:
    """The window that the address asks for; without one all spots are in it."""
    try:
        longitude, latitude, zoom = text.split(",")
        asked = Window(float(longitude), float(latitude), int(zoom))
        good = -180 <= asked.longitude <= 180 and -_NORTH <= asked.latitude <= _NORTH
        if good and 0 <= asked.zoom <= DEEPEST:
            return asked
    except ValueError:
        pass
    return _around([_lying(spot.longitude, spot.latitude) for spot in spots])


def _around(points: Sequence[Point]) -> Window:
    if not points:
        return Window(60.0, 25.0, 0)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide = max((max(xs) - min(xs)) * WIDTH, 1e-9) * 1.25
    high = max((max(ys) - min(ys)) * HEIGHT, 1e-9) * 1.25
    room = min(WIDTH / wide, HEIGHT * HEIGHT / WIDTH / high)
    zoom = min(max(int(math.log2(room)), 0), 6)
    longitude, latitude = unprojected((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    return Window(round(longitude, 2), round(latitude, 2), zoom)


@cache
def _projected() -> list[tuple[Line, list[Point]]]:
    """All lines of the map with their points as `mercator` has them."""
    return [(line, [mercator(x, y) for x, y in line.points]) for line in lines()]


@lru_cache(maxsize=128)
def ground(window: Window) -> dict[str, str]:
    """The paths of land, borders and divisions in the window, by layer."""
    west, north = unprojected(*_corner(window, -1))
    east, south = unprojected(*_corner(window, 1))
    level = "fine" if window.zoom >= _FINE_FROM else "coarse"
    drawn: dict[str, list[str]] = {"land": [], "border": [], "division": []}
    place = _placing(window)
    for line, points in _projected():
        shown = line.level == level or (line.layer == "division" and window.zoom >= _DIVISIONS_FROM)
        left, bottom, right, top = line.box
        if shown and right >= west and left <= east and top >= south and bottom <= north:
            placed = [place(point) for point in points]
            drawn[line.layer].append(_path(placed, closed=line.layer == "land"))
    return {layer: "".join(paths) for layer, paths in drawn.items()}


def _corner(window: Window, side: int) -> Point:
    cx, cy = mercator(window.longitude, window.latitude)
    x = cx + side * (WIDTH / 2 + _MARGIN) / window.scale
    return x, min(max(cy + side * (HEIGHT / 2 + _MARGIN) / window.scale, 0.001), 0.999)


def _path(points: list[Point], *, closed: bool) -> str:
    cut = _clipped(points) if closed else points
    if len(cut) < 2:
        return ""
    rounded = list(dict.fromkeys((round(x, 1), round(y, 1)) for x, y in cut))
    said = "L".join(f"{x:g} {y:g}" for x, y in rounded)
    return f"M{said}{'Z' if closed else ''}"


def _clipped(points: list[Point]) -> list[Point]:
    """A ring cut at the window's margins (Sutherland and Hodgman), one side after the other."""
    sides = (
        (0, -_MARGIN, 1),
        (0, WIDTH + _MARGIN, -1),
        (1, -_MARGIN, 1),
        (1, HEIGHT + _MARGIN, -1),
    )
    for axis, edge, sign in sides:
        made: list[Point] = []
        for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
            inside, was = (sign * (p[axis] - edge) >= 0 for p in (point, before))
            if inside != was:
                t = (edge - before[axis]) / (point[axis] - before[axis])
                made.append(
                    (before[0] + t * (point[0] - before[0]), before[1] + t * (point[1] - before[1]))
                )
            if inside:
                made.append(point)
        points = made
    return points


class Stand(NamedTuple):
    """What stands at one spot: how many things in each phase, and in all."""

    spot: Spot
    phases: Mapping[str, int]
    number: int


class Scene(NamedTuple):
    """What a map shows: what stands where, the window, the address, the language."""

    stands: Sequence[Stand]
    window: Window
    query: Mapping[str, str]
    english: bool = True


def clusters(scene: Scene) -> tuple[list[Cluster], dict[str, list[Spot]]]:
    """What is in the window as clusters, and the spots in each, by the key that picks it."""
    cells: dict[str, list[Stand]] = {}
    place = _placing(scene.window)
    for stand in scene.stands:
        x, y = place(_lying(stand.spot.longitude, stand.spot.latitude))
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            cells.setdefault(f"{int(x // _CELL)}.{int(y // _CELL)}", []).append(stand)
    made = [_cluster(key, here, scene) for key, here in cells.items()]
    by_key = {key: [stand.spot for stand in here] for key, here in cells.items()}
    return sorted(made, key=lambda c: -c.number), by_key


def _cluster(key: str, here: list[Stand], scene: Scene) -> Cluster:
    tally: Counter[str] = Counter()
    names: Counter[str] = Counter()
    longitude = latitude = 0.0
    for spot, phases, number in here:
        for phase, some in phases.items():
            tally[phase] += some
        names[spot.english if scene.english else spot.place] += number
        longitude, latitude = longitude + spot.longitude * number, latitude + spot.latitude * number
    number = sum(tally.values())
    longitude, latitude = longitude / number, latitude / number
    x, y = scene.window.place(longitude, latitude)
    radius = 7 + 3.2 * math.log2(number)
    return Cluster(
        x=round(x, 1),
        y=round(y, 1),
        radius=round(radius, 1),
        phase=tally.most_common(1)[0][0],
        number=number,
        label=", ".join(name for name, _ in names.most_common(3)),
        href=_closer(key, [stand.spot for stand in here], (longitude, latitude), scene),
        arcs=_arcs(tally, radius + 3.5),
        vague=all(stand.spot.level in {"province", "division", "country"} for stand in here),
    )


def _closer(key: str, here: Sequence[Spot], middle: Point, scene: Scene) -> str:
    """Where a cluster leads: two steps closer, or to its list if no step would part it."""
    zoom = scene.window.zoom
    if zoom == DEEPEST or len({(spot.longitude, spot.latitude) for spot in here}) == 1:
        return query_link(scene.query, at=scene.window.address(), pick=key) + "#list"
    closer = Window(round(middle[0], 2), round(middle[1], 2), min(zoom + 2, DEEPEST))
    return query_link(scene.query, at=closer.address(), pick="")


def _arcs(tally: Counter[str], radius: float) -> list[tuple[str, str]]:
    """The ring round a cluster: a stretch of it a phase, as dash lengths of a circle."""
    if len(tally) < 2:
        return []
    whole = 2 * math.pi * radius
    amounts = dict(sorted(tally.items()))
    total, start, made = sum(amounts.values()), 0.0, []
    for key, amount in amounts.items():
        length = whole * amount / total
        made.append((key, f"0 {start:.1f} {length:.1f} {whole:.1f}"))
        start += length
    return made
