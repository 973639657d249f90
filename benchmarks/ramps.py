"""Does the 80 % interval for the days to nameplate hold the truth 80 % of the time?

    uv run python benchmarks/ramps.py [--quick] [--json] [--seed N]

Ramps are made up with a fixed seed (another by ``--seed``): 3 to 12 dated figures up to the day on which
25 to 85 % of nameplate is reached, an error of 1 to 6 %. Figures: ``coverage`` of ramps of the three
shapes that are fitted, ``coverage_gompertz`` of a shape that is not, ``coverage_stepped`` of ramps in
steps (shifts taken on one by one), ``coverage_drifting`` with errors that last from one report to the
next, ``coverage_peers`` with nine comparable paces known; ``width`` and ``width_peers`` are the medians
of (high - low) / truth; ``below_brier`` is the Brier score of the chance to level off below nameplate,
of which one ramp in five does (0.16 for one who always says 20 %); ``fit_s`` is the processor time of one.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

from nameplate.answer.imply_ramp import REACHED, Ramp, RampPoint, fit, too_thin

SEED = 20261130
LN9 = math.log(9)
Curve = Callable[[float], float]
"""Share of its ceiling that a ramp of pace 1 makes, by days since a half."""


def line(z: float) -> float:
    """A straight rise."""
    return min(1.0, max(0.0, 0.5 + 0.8 * z))


def saturating(z: float) -> float:
    """Fast at first, then ever slower."""
    return max(0.0, 1 - 0.5 * math.exp(-LN9 * z))


def logistic(z: float) -> float:
    """Slow, fast, slow."""
    return 1 / (1 + math.exp(-2 * LN9 * z))


def gompertz(z: float) -> float:
    """Slow, fast, slow, but longer at the end than at the beginning; not among the shapes fitted."""
    return math.exp(-math.log(2) * math.exp(-3.084 * z))


def stepped(z: float) -> float:
    """A rise in five steps."""
    return min(1.0, max(0.0, (math.floor((0.5 + 0.8 * z) * 5) + 0.5) / 5))


class Made(NamedTuple):
    """A ramp as reported, and how many days it took from the last report."""

    points: list[RampPoint]
    truth: float
    pace: float
    below: bool


def made(rng: random.Random, curve: Curve, *, drift: float = 0.0, below: bool = False) -> Made:
    """One made-up ramp; ``below``: it levels off at 50 to 90 %."""
    pace = math.exp(rng.uniform(math.log(30), math.log(1500)))
    ceiling = rng.uniform(0.5, 0.9) if below else rng.choice((1.0, 1.0, 1.0, 1.05, 1.1, 1.2))
    now = root(curve, min(0.97, rng.uniform(0.25, 0.85) / ceiling))
    span = pace * rng.uniform(0.25, 1.0)
    days = [*sorted(rng.uniform(-span, 0) for _ in range(rng.randint(1, 10))), -span, 0.0]
    size, error, points = rng.choice((0.01, 0.02, 0.04, 0.06)), 0.0, []
    for day in sorted(days):
        error = drift * error + math.sqrt(1 - drift**2) * rng.gauss(0, size)
        points.append(RampPoint(day, max(0.0, ceiling * curve(now + day / pace) + error)))
    ahead = math.inf if below else max(0.0, (root(curve, REACHED / ceiling) - now) * pace)
    return Made(points, ahead, pace, below)


def root(curve: Curve, share: float) -> float:
    """When the curve first makes the share."""
    low, high = -8.0, 12.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if curve(middle) >= share else (middle, high)
    return high


def covered(ramps: list[Made], paces: Callable[[Made], list[float]]) -> tuple[float, float]:
    """Share of truths inside their intervals, and the median width by truth."""
    hits, widths = [], []
    for ramp in ramps:
        if too_thin(ramp.points) is None:
            found = fit(ramp.points, paces(ramp))
            hits.append(found.low - 0.5 <= ramp.truth <= found.high + 0.5)
            widths.append((found.high - found.low) / max(1.0, ramp.truth))
    return statistics.mean(hits), statistics.median(widths)


def none(_: Made) -> list[float]:
    """No peers."""
    return []


def figures(count: int, seed: int = SEED) -> dict[str, float]:
    """All figures over ``count`` ramps of each sort."""
    rng = random.Random(seed)
    fitted: tuple[Curve, ...] = (line, saturating, logistic)

    def near(ramp: Made) -> list[float]:
        return [ramp.pace * math.exp(rng.gauss(0, 0.4)) for _ in range(9)]

    begun = time.process_time()
    plain = [made(rng, rng.choice(fitted)) for _ in range(count)]
    coverage, width = covered(plain, none)
    seconds = (time.process_time() - begun) / count
    with_peers = covered([made(rng, rng.choice(fitted)) for _ in range(count)], near)
    others = {
        "gompertz": [made(rng, gompertz) for _ in range(count)],
        "stepped": [made(rng, stepped) for _ in range(count)],
        "drifting": [made(rng, rng.choice(fitted), drift=0.7) for _ in range(count)],
    }
    return {
        "ramps": count,
        "coverage": round(coverage, 3),
        "width": round(width, 2),
        "coverage_peers": round(with_peers[0], 3),
        "width_peers": round(with_peers[1], 2),
        **{f"coverage_{name}": round(covered(r, none)[0], 3) for name, r in others.items()},
        "below_brier": round(brier(rng, fitted, count), 3),
        "fit_s": round(seconds, 3),
    }


def brier(rng: random.Random, fitted: tuple[Curve, ...], count: int) -> float:
    """How far the chance of levelling off below nameplate is from what happened."""
    scores = []
    for _ in range(count):
        ramp = made(rng, rng.choice(fitted), below=rng.random() < 0.2)
        if too_thin(ramp.points) is None:
            found: Ramp = fit(ramp.points)
            scores.append((found.below - ramp.below) ** 2)
    return statistics.mean(scores)


def main() -> None:
    """Measure and print; the last line is JSON if asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="30 ramps of each sort, not 120")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seed", type=int, default=SEED, help="other ramps")
    arguments = parser.parse_args()
    found = figures(30 if arguments.quick else 120, arguments.seed)
    for name, value in found.items():
        print(f"{name:20} {value}")
    if arguments.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
