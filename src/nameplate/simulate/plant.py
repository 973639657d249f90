"""The parts of a plant's model, as its TOML file says them. Times are in seconds once read.

A file is decoded into these records strictly: an unknown key or a wrong type is refused with its place.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["constant", "exponential", "uniform", "triangular", "lognormal", "erlang"]


DAYS: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all tables of the file."""


class Spread(Part, frozen=True, kw_only=True):
    """How long something takes: a distribution with its parameters, each a time with its unit.

    All of it is multiplied by ``scale``.
    """

    kind: Kind = "constant"
    mean: str | None = None
    low: str | None = None
    mode: str | None = None
    high: str | None = None
    sd: str | None = None
    stages: int = 2
    scale: float = 1.0


class Fails(Part, frozen=True, kw_only=True):
    """Failures: exponential in the time worked, with exponential repairs."""

    every: str
    repair: str


class Run(Part, frozen=True, kw_only=True):
    """How long and how often it is simulated; the warm-up is cut off and not counted in length."""

    length: str = "7 d"
    warm_up: str = "1 d"
    replications: int = 20
    seed: int = 1


class Shift(Part, frozen=True, kw_only=True):
    """Hours (``08:00-16:00``) of days of the week on which stations of this shift work."""

    name: str
    hours: list[str]
    days: list[str] = msgspec.field(default_factory=lambda: list(DAYS))


class Staff(Part, frozen=True, kw_only=True):
    """People who can stand in for each other; ``present`` is the share of them that has come."""

    name: str
    people: int
    present: float = 1.0


class Robot(Part, frozen=True, kw_only=True):
    """Robots that stations share; a station needs one while it works."""

    name: str
    count: int = 1


class Station(Part, frozen=True, kw_only=True):
    """Machines side by side with one queue of ``buffer`` places before them.

    ``staff`` says how many of each group a machine needs while it works, ``out`` how many finished
    parts may wait for a vehicle beside it, ``at`` its point of the guide path. ``arrivals``: parts
    come from outside at these intervals; without them, and without a link to it, parts never lack.
    """

    name: str
    service: Spread
    machines: int = 1
    buffer: int | Literal["unlimited"] | None = None
    fails: Fails | None = None
    staff: dict[str, int] = {}
    robots: list[str] = []
    arrivals: Spread | None = None
    shift: str | None = None
    at: str | None = None
    out: int = 0
    assumed: list[str] = []


class Link(Part, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Parts go from a station to another; of several links each takes its share."""

    from_: str
    to: str
    share: float | None = None
    carried: bool = False


class Point(Part, frozen=True, kw_only=True):
    """A point of the floor in metres; ``bays`` vehicles can stand there off the path."""

    name: str
    x: float = 0.0
    y: float = 0.0
    bays: int = 0


class Path(Part, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A stretch of guide path that ``holds`` so many vehicles, one behind the other.

    One that leads both ways holds one vehicle, and is one with those that it meets, up to a bay.
    """

    from_: str
    to: str
    length: str | None = None
    both_ways: bool = False
    holds: int = 1


class Vehicles(Part, frozen=True, kw_only=True):
    """The fleet: ``handling`` is the time to load or unload, ``battery`` the driving time of one
    charge, ``charger`` the point with bays where it is charged."""

    count: int
    speed: str
    handling: str = "10 s"
    battery: str | None = None
    charge: str | None = None
    charger: str | None = None


class Plant(Part, frozen=True, kw_only=True):
    """The whole model."""

    name: str = "plant"
    item: str = "parts"
    run: Run = msgspec.field(default_factory=Run)
    station: list[Station] = []
    link: list[Link] = []
    shift: list[Shift] = []
    staff: list[Staff] = []
    robot: list[Robot] = []
    point: list[Point] = []
    path: list[Path] = []
    vehicles: Vehicles | None = None
    assumed: list[str] = []
