"""Times, lengths and speeds with their units, as a model's file writes them."""

from __future__ import annotations

import re

from nameplate.errors import UsageError

_SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0, "week": 604800.0}
_METRES = {"m": 1.0, "km": 1000.0, "cm": 0.01}
_SPEEDS = {"m/s": 1.0, "m/min": 1 / 60, "km/h": 1 / 3.6}
_NUMBER = re.compile(r"\s*(-?\d{1,12}(?:\.\d{1,9})?)\s*([a-z/]{0,8})\s*", re.ASCII)


def seconds(text: str, where: str) -> float:
    """``90 s``, ``1.5 min``, ``8 h``, ``2 d`` in seconds; refuses negative ones."""
    return _read(text, where, _SECONDS, "a time", "90 s, 1.5 min, 8 h or 2 d")


def metres(text: str, where: str) -> float:
    """A length in metres."""
    return _read(text, where, _METRES, "a length", "12 m")


def metres_a_second(text: str, where: str) -> float:
    """A speed."""
    return _read(text, where, _SPEEDS, "a speed", "1 m/s or 60 m/min")


def _read(text: str, where: str, known: dict[str, float], what: str, such: str) -> float:
    match = _NUMBER.fullmatch(text)
    if match is None or match[2] not in known:
        lacks = "has no unit" if match and not match[2] else f"is not {what}"
        raise UsageError(f"{text[:40]!r} {lacks}", where=where, remedy=f"Write {what} as {such}.")
    value = float(match[1]) * known[match[2]]
    if value < 0:
        raise UsageError(f"{text[:40]!r} is negative", where=where, remedy=f"Write {such}.")
    return value
