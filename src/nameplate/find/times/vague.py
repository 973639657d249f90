"""Readers of durations, of what returns, and of vague words."""

from __future__ import annotations

from msgspec.structs import replace

from nameplate.find.times.reading import ISO, LETTER, Context, Group, Reader, Reading


def _iso(unit: str, count: int) -> str:
    """ISO 8601 duration."""
    return f"P{3 * count}M" if unit == "quarter" else ISO[unit].format(count)


def _duration(g: Group, c: Context) -> Reading | None:
    unit = LETTER[g.code("u")]
    count = g.number("n") if "n" in g else 0
    value = _iso(unit, count) if count and "n2" not in g else None
    return Reading(value, unit, None, None, "duration")


def _recent(g: Group, c: Context) -> Reading | None:
    unit = LETTER[g.code("u")]
    return Reading(None, unit, None, "published", "duration")


def _set(g: Group, c: Context) -> Reading | None:
    unit = g.word("l") if "l" in g else LETTER[g.code("u")]
    if not unit:
        return None
    return Reading(_iso(unit, g.number("n", 1)), unit, None, None, "set")


def _present(g: Group, c: Context) -> Reading | None:
    """Words for the present: the publication date as it was given."""
    return Reading(c.said, "day", None, "published", "date", True)


def _past(g: Group, c: Context) -> Reading | None:
    return Reading(None, None, "past")


def _vague(g: Group, c: Context) -> Reading | None:
    side = g.word("V")
    if g.code("V") == "z":
        side = "past"
    if side in ("present", "until_now"):
        reading = _present(g, c)
        return replace(reading, mod="as_of") if reading and side == "until_now" else reading
    return Reading(None, None, side)


READERS: dict[str, Reader] = {
    "duration": _duration, "recent": _recent, "set": _set, "vague": _vague, "past": _past,
    "present": _present,
}  # fmt: skip
