"""Where places lie, and the lines of the map: land, boundaries of states, first-level divisions.

Sources and licences stand in the headers of ``data/map/*.tsv``. Coordinates are degrees of longitude
and latitude (WGS 84), to a hundredth.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from typing import NamedTuple

from nameplate.errors import LexiconError
from nameplate.lexicon.load import read_rows

LAYERS = ("land", "border", "division")
LEVELS = ("coarse", "fine")


class Line(NamedTuple):
    """A ring of land or a boundary; ``box`` is west, south, east, north."""

    layer: str
    level: str
    points: tuple[tuple[float, float], ...]
    box: tuple[float, float, float, float]


@cache
def lines() -> tuple[Line, ...]:
    """All lines of the map; about 3,000."""
    return tuple(_line(row) for row in read_rows("map/lines.tsv"))


def _line(row: list[str]) -> Line:
    if len(row) != 3 or row[0] not in LAYERS or row[1] not in LEVELS:
        raise LexiconError(
            f"{row[:2]!r} is no line of the map",
            where="data/map/lines.tsv",
            remedy="Run scripts/make_map.py again.",
        )
    steps = [tuple(map(int, step.split(","))) for step in row[2].split()]
    xs = [x / 100 for x in accumulate(x for x, _ in steps)]
    ys = [y / 100 for y in accumulate(y for _, y in steps)]
    box = (min(xs), min(ys), max(xs), max(ys))
    return Line(row[0], row[1], tuple(zip(xs, ys, strict=True)), box)


@cache
def points() -> dict[str, tuple[float, float]]:
    """Longitude and latitude by the code of a place (`nameplate.lexicon.places`)."""
    found: dict[str, tuple[float, float]] = {}
    for code, latitude, longitude in read_rows("map/points.tsv"):
        found[code] = (float(longitude), float(latitude))
    return found
