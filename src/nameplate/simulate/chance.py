"""Service times: samplers of the distributions that a model may name, each with its mean.

Every station draws from generators of its own, seeded by run, replication and name: what is changed
at one station leaves the luck of the others as it was (common random numbers).
"""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Callable
from typing import NamedTuple

from nameplate.errors import UsageError
from nameplate.simulate.plant import Spread
from nameplate.simulate.units import seconds

Sampler = Callable[[random.Random], float]


class Duration(NamedTuple):
    """A distribution of seconds."""

    mean: float
    sample: Sampler


_WIDEST = 10
"""Times of a lognormal distribution that scatters more are next to nought but for a few."""

_NEEDED = {
    "constant": ("mean",),
    "exponential": ("mean",),
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "lognormal": ("mean", "sd"),
    "erlang": ("mean",),
}


def duration(spread: Spread, where: str) -> Duration:
    """The distribution that a table describes; refuses one without its parameters."""
    needed = _NEEDED[spread.kind]
    for name in ("mean", "low", "mode", "high", "sd"):
        if (getattr(spread, name) is not None) != (name in needed):
            lacks = "needs" if name in needed else "takes no"
            raise UsageError(
                f"a distribution of kind {spread.kind!r} {lacks} {name!r}",
                where=where,
                remedy=f"Give {', '.join(needed)}.",
            )
    values = [seconds(getattr(spread, name), f"{where}.{name}") for name in needed]
    if spread.kind in ("uniform", "triangular"):
        if sorted(values) != values or values[-1] <= 0:
            raise UsageError(
                "low, mode and high are not in order", where=where, remedy="Order them."
            )
    elif values[0] <= 0:
        raise UsageError("the mean is zero", where=f"{where}.mean", remedy="Write 90 s or more.")
    if not 1 <= spread.stages <= 100:
        raise UsageError(
            f"{spread.stages:,} stages are not possible",
            where=f"{where}.stages",
            remedy="Give 1 to 100.",
        )
    if not 0.001 <= spread.scale <= 1000:
        raise UsageError(
            f"times cannot be multiplied by {spread.scale:g}",
            where=f"{where}.scale",
            remedy="Give 0.001 to 1000.",
        )
    if spread.kind == "lognormal" and values[1] > _WIDEST * values[0]:
        raise UsageError(
            f"times scatter by more than {_WIDEST} times their mean",
            where=f"{where}.sd",
            remedy="Give a smaller sd.",
        )
    values = [value * spread.scale for value in values]
    if spread.kind == "erlang":
        return _erlang(values[0], spread.stages)
    return _MAKERS[spread.kind](*values)


def _constant(mean: float) -> Duration:
    return Duration(mean, lambda _: mean)


def _exponential(mean: float) -> Duration:
    rate = 1 / mean
    return Duration(mean, lambda luck: luck.expovariate(rate))


def _uniform(low: float, high: float) -> Duration:
    width = high - low
    return Duration((low + high) / 2, lambda luck: low + width * luck.random())


def _triangular(low: float, mode: float, high: float) -> Duration:
    return Duration((low + mode + high) / 3, lambda luck: luck.triangular(low, high, mode))


def _lognormal(mean: float, sd: float) -> Duration:
    variance = math.log(1 + (sd / mean) ** 2)
    mu, sigma = math.log(mean) - variance / 2, math.sqrt(variance)
    return Duration(mean, lambda luck: luck.lognormvariate(mu, sigma))


def _erlang(mean: float, stages: int) -> Duration:
    return Duration(mean, lambda luck: luck.gammavariate(stages, mean / stages))


_MAKERS: dict[str, Callable[..., Duration]] = {
    "constant": _constant,
    "exponential": _exponential,
    "uniform": _uniform,
    "triangular": _triangular,
    "lognormal": _lognormal,
}


def luck(seed: int, replication: int, *names: str) -> random.Random:
    """A generator of its own for each seed, replication and use."""
    told = "\x1f".join((str(seed), str(replication), *names)).encode()
    return random.Random(int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big"))
