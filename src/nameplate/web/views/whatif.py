"""A study as the desk prints it: figures, the floor drawn from the model, charts with intervals."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from nameplate.simulate import Plant, Study
from nameplate.simulate.study import Estimate, Variant
from nameplate.web.views.plantfloor import FloorView, floor_view
from nameplate.web.views.words import Words

WIDTH, HEIGHT, _LEFT, _BELOW = 600, 240, 56, 34
_TICKS = 4


class Bar(msgspec.Struct, frozen=True):
    """A stretch of a station's bar: what it did, its share of 100, where it begins."""

    state: str
    share: int
    x: float
    width: float


class StationRow(msgspec.Struct, frozen=True):
    """A station with how its machines spent their time."""

    name: str
    machines: int
    bars: list[Bar]
    queue: str
    tightest: bool


class Mark(msgspec.Struct, frozen=True):
    """A point of a chart with its interval: places in the drawing, and what is written."""

    x: float
    y: float
    low: float
    high: float
    label: str
    said: str
    limits: str


class Chart(msgspec.Struct, frozen=True):
    """A curve with its band, and the lines across with their labels."""

    marks: list[Mark]
    line: str
    band: str
    ticks: list[tuple[float, str]]


class TriedRow(msgspec.Struct, frozen=True):
    """What was relieved, and what came of it."""

    name: str
    how: str
    active: str
    gain: str
    limits: str


class StudyPage(msgspec.Struct, frozen=True):
    """All that the template prints."""

    name: str
    item: str
    replications: int
    week: str
    week_limits: str
    hour: str
    stay: str
    level: str
    little: str
    bottleneck: str
    tried: list[TriedRow]
    stations: list[StationRow]
    shared: list[tuple[str, str]]
    vehicles: list[tuple[str, str]]
    staff: Chart | None
    fleet: Chart | None
    fleet_needed: int | None
    floor: FloorView
    trace: str
    assumed: list[str]
    cut: bool
    growing: str


STATES = ("working", "down", "blocked", "waits_vehicle", "waits_staff", "starved", "closed")


def study_page(plant: Plant, found: Study, words: Words) -> StudyPage:
    """The page of a study of the plant."""
    machines = {s.name: s.machines for s in plant.station}
    rows = [
        StationRow(
            s.name, machines[s.name], _bars(s), f"{s.queue:,.1f}", s.name == found.bottleneck
        )
        for s in found.stations
    ]
    floor = floor_view(plant, found)
    return StudyPage(
        name=found.name,
        item=found.item,
        replications=found.replications,
        week=_number(found.week.mean),
        week_limits=_limits(found.week),
        hour=_number(found.rate.mean),
        stay=_time(found.stay.mean, words),
        level=f"{found.level.mean:,.1f}",
        little=f"{found.little:.1%}",
        bottleneck=_bottleneck(found, words),
        tried=[_tried(one, words) for one in found.tried],
        stations=rows,
        shared=[(name, f"{used:.0%}") for name, used in found.pools.items()],
        vehicles=[(words.say(f"vehicle_{k}"), f"{v:.0%}") for k, v in found.vehicles.items()],
        staff=chart(found.staff, percent=True) if found.staff else None,
        fleet=chart(found.fleet, percent=False) if found.fleet else None,
        fleet_needed=found.fleet_needed,
        floor=floor,
        trace=_trace(found),
        assumed=[*plant.assumed, *(note for s in plant.station for note in s.assumed)],
        cut=found.cut,
        growing=found.growing or "",
    )


def _bars(shares: Any) -> list[Bar]:
    made, x = [], 0.0
    for state in STATES:
        share = max(0.0, float(getattr(shares, state))) * 100
        if share >= 0.05:
            made.append(Bar(state, round(share), round(x, 2), round(share, 2)))
        x += share
    return made


def _bottleneck(found: Study, words: Words) -> str:
    if found.bottleneck and found.tried[0].kind == "vehicles":
        return words.say("whatif_vehicles")
    return found.bottleneck or ""


def _tried(one: Any, words: Words) -> TriedRow:
    return TriedRow(
        name=words.say("whatif_vehicles") if one.kind == "vehicles" else one.name,
        how=words.say(f"relieved_{'station' if one.kind == 'station' else 'more'}"),
        active=f"{one.active:.0%}",
        gain=f"{one.gain.mean:+.1%}",
        limits=f"{one.gain.low:+.1%} – {one.gain.high:+.1%}",
    )


def chart(variants: Sequence[Variant], *, percent: bool) -> Chart:
    """Throughput against share of staff or size of fleet, from nought up."""
    top = _round_up(max((v.rate.high for v in variants), default=0.0))
    first, last = variants[0].at, variants[-1].at
    wide = (last - first) or 1.0

    def x(at: float) -> float:
        return round(_LEFT + (WIDTH - _LEFT - 16) * (at - first) / wide, 1)

    def y(rate: float) -> float:
        return round((HEIGHT - _BELOW) * (1 - max(0.0, rate) / top) + 8, 1)

    marks = [
        Mark(x(v.at), y(v.rate.mean), y(v.rate.low), y(v.rate.high),
             f"{v.at:.0%}" if percent else f"{v.at:.0f}", _number(v.rate.mean), _limits(v.rate))
        for v in variants
    ]  # fmt: skip
    band = [*((m.x, m.high) for m in marks), *((m.x, m.low) for m in reversed(marks))]
    return Chart(
        marks=marks,
        line=" ".join(f"{m.x},{m.y}" for m in marks),
        band=" ".join(f"{a},{b}" for a, b in band),
        ticks=[(y(top * i / _TICKS), _number(top * i / _TICKS)) for i in range(_TICKS + 1)],
    )


def _round_up(value: float) -> float:
    """A round number that is not less, for the axis."""
    if value <= 0:
        return 1.0
    size = 10.0 ** Decimal(value).adjusted()
    return next(step * size for step in (1, 2, 2.5, 4, 5, 8, 10, 20) if step * size >= value)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"


def _limits(of: Estimate) -> str:
    return f"{_number(of.low)} – {_number(of.high)}"


def _time(seconds: float, words: Words) -> str:
    if seconds < 5400:
        return words.say("minutes_n", n=f"{seconds / 60:,.1f}")
    return words.say("hours_n", n=f"{seconds / 3600:,.1f}")


def _trace(found: Study) -> str:
    """The events as the player takes them: stations by index, vehicles by number."""
    if found.first is None:
        return "[]"
    place = {s.name: i for i, s in enumerate(found.stations)}
    events: list[list[Any]] = []
    for at, kind, what in found.first.trace:
        if kind == "station":
            events.append([at, 0, place[what[0]], *what[1:]])
        else:
            number, path, begins, ends, took, loaded = what
            events.append(
                [at, 1, number, path, round(begins, 3), round(ends, 3), round(took, 2), int(loaded)]
            )
    return json.dumps(events, separators=(",", ":"))
