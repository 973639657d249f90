"""When a ramp reaches its nameplate: a posterior over three shapes of ramp, worked out on a grid.

A rate, as a share of nameplate, is ``ceiling * G((day - half) / pace)``: it rises on a line to its
ceiling, or towards it as 1 - exp(-x), or as a logistic curve; ``half`` is the day on which half of the
ceiling is reached and ``pace`` the days from 10 % to 90 % of it. Reports scatter about the curve by a
normal error whose size is unknown. Nothing is drawn at random: the same points give the same answer.

Prior: the shapes are equally likely; the pace is log-uniform from 14 days to ten years, or, where
comparable ramps are known, mostly like theirs; the day is flat; the ceiling lies below nameplate with a
chance of 1 in 5; the error's variance is inverse gamma about 3 % of nameplate. ``docs/imply.md`` gives
the sources and how often the interval holds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from nameplate.model import Record

REACHED = 0.95
"""A line that makes this share of its nameplate has reached it."""

LEAST_POINTS, LEAST_DAYS, LEAST_RISE = 3, 7, 0.05
MOST_POINTS = 200

_FASTEST, _SLOWEST = 14.0, 3650.0
_HIGH = ((1.0, 0.5), (1.05, 0.2), (1.1, 0.2), (1.2, 0.1))
_LOW = ((0.5, 0.15), (0.6, 0.2), (0.7, 0.2), (0.8, 0.2), (0.9, 0.25))
_BELOW = 0.2
"""Chance, before anything is seen, that a ramp levels off below nameplate."""

_CEILINGS = (*((c, w * (1 - _BELOW)) for c, w in _HIGH), *((c, w * _BELOW) for c, w in _LOW))
_SHAPE, _ERROR = 2.5, 0.03
_FAR = 9.0
"""Cells whose likelihood is e**-9 of the best add nothing that is shown."""

_COARSE, _FINE = (26, 56), (34, 36)


class RampPoint(NamedTuple):
    """A rate on a day (counted from any day), as a share of nameplate."""

    day: float
    share: float


class Ramp(Record, frozen=True, kw_only=True):
    """What the points say. Days count from the last point; they hold if it does get there.

    ``low`` and ``high`` enclose 80 % of the chance, ``middle`` halves it. ``below`` is the chance
    that it levels off under nameplate, ``ceiling`` the level that it then would keep, as a share.
    ``pace`` is the days from 10 % to 90 % of the ceiling.
    """

    low: float
    middle: float
    high: float
    below: float
    ceiling: float
    pace: float


class _Cell(NamedTuple):
    weight: float
    ceiling: float
    hit: float
    pace: float


def too_thin(points: Sequence[RampPoint]) -> str | None:
    """Why no ramp can be read from the points, or ``None``: ``few``, ``short``, ``flat``."""
    days = {point.day for point in points}
    if len(days) < LEAST_POINTS:
        return "few"
    if max(days) - min(days) < LEAST_DAYS:
        return "short"
    return "flat" if _rise(points) < LEAST_RISE else None


def fit(points: Sequence[RampPoint], paces: Sequence[float] = ()) -> Ramp:
    """The posterior of a ramp through at least `LEAST_POINTS` points.

    ``paces`` are those of comparable ramps, in days; fewer than three of them are not heeded.
    """
    used = sorted(points)[-MOST_POINTS:]
    last = used[-1].day
    shifted = [RampPoint(day - last, share) for day, share in used]
    prior = _pace_prior(paces)
    cells = [cell for shape in _SHAPES for cell in _posterior(shape, shifted, prior)]
    whole = sum(cell.weight for cell in cells)
    up = [cell for cell in cells if cell.ceiling >= 1]
    down = [cell for cell in cells if cell.ceiling < 1]
    below = sum(cell.weight for cell in down) / whole
    low, middle, high = _quantiles([(c.hit, c.weight) for c in up], (0.1, 0.5, 0.9))
    return Ramp(
        low=max(0.0, low),
        middle=max(0.0, middle),
        high=max(0.0, high),
        below=below,
        ceiling=_quantiles([(c.ceiling, c.weight) for c in down], (0.5,))[0],
        pace=_quantiles([(c.pace, c.weight) for c in cells], (0.5,))[0],
    )


def _line(z: float) -> float:
    return min(1.0, max(0.0, 0.5 + 0.8 * z))


def _saturating(z: float) -> float:
    return max(0.0, 1 - 0.5 * math.exp(min(50.0, -_LN9 * z)))


def _logistic(z: float) -> float:
    return 1 / (1 + math.exp(min(50.0, max(-50.0, -2 * _LN9 * z))))


_LN9 = math.log(9)

Shape = tuple[Callable[[float], float], Callable[[float], float]]
_SHAPES: tuple[Shape, ...] = (
    (_line, lambda g: (g - 0.5) / 0.8),
    (_saturating, lambda g: -math.log(2 * (1 - g)) / _LN9),
    (_logistic, lambda g: math.log(g / (1 - g)) / (2 * _LN9)),
)
"""Each shape of pace 1 that is at a half on day 0, and its inverse."""


def _posterior(
    shape: Shape, points: Sequence[RampPoint], prior: Callable[[float], float]
) -> Iterator[_Cell]:
    """Cells of the grid over pace and how far the ramp has come at the last point, twice: the
    second grid lies where the first found any weight."""
    span = points[-1].day - points[0].day
    slow, fast = math.log(_SLOWEST), math.log(max(_FASTEST, span / 8))
    ends = (-1.5, 1.5 + span / math.exp(fast))
    box = ((fast, max(slow, fast + 0.5)), ends)
    coarse = list(_cells(shape, points, prior, _grid(box, _COARSE)))
    best = max(height for height, *_ in coarse)
    kept = [(p, z) for height, p, z, *_ in coarse if height > best - _FAR]
    widths = [(high - low) / n for (low, high), n in zip(box, _COARSE, strict=True)]
    near = tuple(
        (min(k[i] for k in kept) - widths[i], max(k[i] for k in kept) + widths[i]) for i in (0, 1)
    )
    (low, high), across = near
    fine = ((max(low, fast), min(high, box[0][1])), across)
    area = math.prod((high - low) / n for (low, high), n in zip(fine, _FINE, strict=True))
    for height, log_pace, z, ceiling in _cells(shape, points, prior, _grid(fine, _FINE)):
        pace = math.exp(log_pace)
        at = shape[1](min(REACHED / ceiling, 1 - 1e-9)) if ceiling > REACHED else math.inf
        yield _Cell(math.exp(height - _offset(points)) * area, ceiling, pace * (at - z), pace)


def _cells(
    shape: Shape,
    points: Sequence[RampPoint],
    prior: Callable[[float], float],
    grid: Iterable[tuple[float, float]],
) -> Iterator[tuple[float, float, float, float]]:
    """Log of prior and likelihood of each cell and ceiling; the error's size is integrated out."""
    curve, degrees = shape[0], _SHAPE + len(points) / 2
    scale = _SHAPE * _ERROR**2
    squares = sum(point.share**2 for point in points)
    for log_pace, z in grid:
        pace = math.exp(log_pace)
        seen = [curve(z + point.day / pace) for point in points]
        cross = sum(g * point.share for g, point in zip(seen, points, strict=True))
        own = sum(g * g for g in seen)
        front = prior(log_pace) + log_pace  # the day of the half is flat: d(half) = pace dz
        for ceiling, weight in _CEILINGS:
            misfit = max(0.0, squares - 2 * ceiling * cross + ceiling * ceiling * own)
            height = front + math.log(weight) - degrees * math.log(scale + misfit / 2)
            yield height, log_pace, z, ceiling


def _offset(points: Sequence[RampPoint]) -> float:
    """About the largest log likelihood, so that weights stay within a float's range."""
    return -(_SHAPE + len(points) / 2) * math.log(_SHAPE * _ERROR**2)


def _grid(
    box: tuple[tuple[float, float], ...], sizes: tuple[int, int]
) -> Iterator[tuple[float, float]]:
    (low, high), (start, end) = box
    for i in range(sizes[0]):
        for j in range(sizes[1]):
            yield (
                low + (high - low) * (i + 0.5) / sizes[0],
                start + (end - start) * (j + 0.5) / sizes[1],
            )


def _pace_prior(paces: Sequence[float]) -> Callable[[float], float]:
    """Log density of the log of the pace: flat, or three parts in four like those of the peers."""
    flat = 1 / (math.log(_SLOWEST) - math.log(_FASTEST))
    logs = [math.log(pace) for pace in paces if pace > 0]
    if len(logs) < 3:
        return lambda _: math.log(flat)
    mean = sum(logs) / len(logs)
    spread = sum((x - mean) ** 2 for x in logs) / (len(logs) - 1)
    width = math.sqrt(max(spread, 0.09) * (1 + 1 / len(logs)))
    freedom = len(logs) - 1
    norm = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    norm /= math.sqrt(freedom * math.pi) * width

    def density(log_pace: float) -> float:
        away = ((log_pace - mean) / width) ** 2 / freedom
        return math.log(0.75 * norm * (1 + away) ** (-(freedom + 1) / 2) + 0.25 * flat)

    return density


def _quantiles(weighted: list[tuple[float, float]], shares: Sequence[float]) -> list[float]:
    ordered = sorted(weighted)
    whole = sum(weight for _, weight in ordered)
    found: list[float] = []
    passed, at = 0.0, iter(shares)
    wanted = next(at)
    for value, weight in ordered:
        passed += weight
        while passed >= wanted * whole and len(found) < len(shares):
            found.append(value)
            wanted = next(at, 2.0)
    return found + [ordered[-1][0]] * (len(shares) - len(found))


def _rise(points: Sequence[RampPoint]) -> float:
    """How much the least-squares line rises over the time seen."""
    mean_day = sum(p.day for p in points) / len(points)
    mean = sum(p.share for p in points) / len(points)
    spread = sum((p.day - mean_day) ** 2 for p in points)
    slope = sum((p.day - mean_day) * (p.share - mean) for p in points) / spread
    return slope * (max(p.day for p in points) - min(p.day for p in points))
