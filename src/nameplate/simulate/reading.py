"""A model's text made into a `Plant`, or refused with the table, the key and the remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable

import msgspec

from nameplate.errors import UsageError
from nameplate.simulate.calendar import calendar_of
from nameplate.simulate.chance import duration
from nameplate.simulate.guidepath import check_path
from nameplate.simulate.places import line_of
from nameplate.simulate.plant import Plant, Station
from nameplate.simulate.units import seconds
from nameplate.toml_text import safe

LARGEST = 200_000
"""Bytes of a model's text."""

LIMITS = {
    "station": 200, "link": 1000, "shift": 20, "staff": 50, "robot": 50, "point": 500, "path": 1000,
}  # fmt: skip
MOST_MACHINES, MOST_EACH, MOST_PEOPLE = 1000, 200, 100_000
MOST_REPLICATIONS, LONGEST = 500, 366 * 86400.0
MOST_JOBS = 20_000_000
"""Jobs of all replications together."""

MOST_FAILURES = 100

_PLACE = re.compile(r" - at `\$(.*)`$")


def read_model(text: str, name: str = "model") -> Plant:
    """The plant that the text describes. Raises `UsageError`: what is wrong, where, and the remedy."""
    text = text.removeprefix("\ufeff")  # some editors begin every file with it
    if len(text.encode("utf-8", "replace")) > LARGEST:
        raise UsageError(
            f"the model is larger than {LARGEST // 1000} kB", where=name, remedy="Describe less."
        )
    try:
        told = tomllib.loads(safe(text, where=name))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise UsageError(
            f"the text is not TOML ({error})", where=name, remedy="Mend the line that is named."
        ) from error
    try:
        plant = msgspec.convert(told, Plant)
    except (msgspec.ValidationError, RecursionError) as error:
        problem, place = _split(str(error))
        remedy = "Write it as docs/whatif.md shows."
        where = _where(text, name, place, problem)
        raise UsageError(problem, where=where, remedy=remedy) from error
    try:
        check(plant)
    except UsageError as error:
        where = _where(text, name, error.where, error.problem)
        raise UsageError(error.problem, where=where, remedy=error.remedy) from None
    return plant


def _where(text: str, name: str, place: str, problem: str) -> str:
    """File, line where it is known, table and key."""
    line = line_of(text, place, problem)
    return f"{name}, line {line}: {place}" if line else f"{name}: {place}"


def _split(message: str) -> tuple[str, str]:
    """What is wrong, and the place of it in the file."""
    match = _PLACE.search(message)
    place = match[1].lstrip(".") if match else ""
    problem = message[: match.start()] if match else message
    problem = problem.replace("Object missing required field", "the table lacks the key")
    return problem[:1].lower() + problem[1:].replace("`", "'"), place or "top of the file"


def check(plant: Plant) -> None:
    """Refuse what cannot be simulated, or would stand still; in the order of the file's tables."""
    _sizes(plant)
    _names(plant)
    _run(plant)
    for i, shift in enumerate(plant.shift):
        calendar_of(shift, f"shift[{i}]")
    for i, group in enumerate(plant.staff):
        where = f"staff[{i}]"
        _between(group.people, 1, MOST_PEOPLE, f"{where}.people")
        if not 0 < group.present <= 1:
            problem = f"a share of {group.present:g} cannot be present"
            raise UsageError(problem, where=f"{where}.present", remedy="Give more than 0, up to 1.")
    for i, robot in enumerate(plant.robot):
        _between(robot.count, 1, MOST_EACH, f"robot[{i}].count")
    for i, station in enumerate(plant.station):
        _station(plant, station, f"station[{i}]")
    _links(plant)
    _shared(plant)
    _work(plant)
    check_path(plant)


def _sizes(plant: Plant) -> None:
    for table, most in LIMITS.items():
        count = len(getattr(plant, table))
        if count > most:
            raise UsageError(
                f"{count} entries are more than {most}",
                where=table,
                remedy="Describe a part of it.",
            )
    if not plant.station:
        raise UsageError("the plant has no station", where="station", remedy="Add [[station]].")


def _names(plant: Plant) -> None:
    for table in ("station", "staff", "robot", "shift", "point"):
        seen: set[str] = set()
        for i, entry in enumerate(getattr(plant, table)):
            name = entry.name
            if name in seen or not name.strip() or len(name) > 80:
                problem = (
                    f"another {table} is named {name[:80]!r}"
                    if name in seen
                    else f"the name {name[:80]!r} is empty or longer than 80 signs"
                )
                where = f"{table}[{i}].name"
                raise UsageError(problem, where=where, remedy="Give each a short name of its own.")
            seen.add(name)
    if len(plant.name) > 200 or len(plant.item) > 80:
        raise UsageError(
            "the name is long", where="name", remedy="Give at most 200 signs, the item 80."
        )


def _run(plant: Plant) -> None:
    length = seconds(plant.run.length, "run.length")
    if not 60 <= length <= LONGEST or seconds(plant.run.warm_up, "run.warm_up") > LONGEST:
        raise UsageError(
            f"{plant.run.length!r} cannot be simulated",
            where="run.length",
            remedy="Give 1 min to 366 d.",
        )
    _between(plant.run.replications, 2, MOST_REPLICATIONS, "run.replications")
    _between(plant.run.seed, 0, 2**62, "run.seed")


def _station(plant: Plant, station: Station, where: str) -> None:
    told = f"{where} {station.name!r}"
    _between(station.machines, 1, MOST_EACH, f"{told}.machines")
    _short(plant, duration(station.service, f"{told}.service").mean, f"{told}.service")
    if isinstance(station.buffer, int):
        _between(station.buffer, 0, 1_000_000, f"{told}.buffer")
    _between(station.out, 0, 10_000, f"{told}.out")
    if station.fails is not None:
        if seconds(station.fails.every, f"{told}.fails.every") <= 0:
            raise UsageError(
                "it fails all the time", where=f"{told}.fails.every", remedy="Write 8 h."
            )
        seconds(station.fails.repair, f"{told}.fails.repair")
        often = duration(station.service, f"{told}.service").mean / seconds(
            station.fails.every, f"{told}.fails.every"
        )
        if often > MOST_FAILURES:
            raise UsageError(
                f"it fails {often:,.0f} times in every job",
                where=f"{told}.fails.every",
                remedy=f"Give a longer time: at most {MOST_FAILURES} failures a job.",
            )
    if station.arrivals is not None:
        _short(plant, duration(station.arrivals, f"{told}.arrivals").mean, f"{told}.arrivals")
    groups = {group.name: group for group in plant.staff}
    for name, needed in station.staff.items():
        _known(name, groups, f"{told}.staff", "staff")
        here = int(groups[name].people * groups[name].present + 1e-9)
        if not 1 <= needed <= max(here, 0):
            raise UsageError(
                f"a machine needs {needed} of {name!r}, {here} of whom are present",
                where=f"{told}.staff",
                remedy="It could never work: let it need fewer, or more be present.",
            )
    for name in station.robots:
        _known(name, {robot.name for robot in plant.robot}, f"{told}.robots", "robot")
    if len(set(station.robots)) < len(station.robots):
        raise UsageError("a robot is named twice", where=f"{told}.robots", remedy="Name it once.")
    if station.shift is not None:
        _known(station.shift, {shift.name for shift in plant.shift}, f"{told}.shift", "shift")


def _short(plant: Plant, mean: float, where: str) -> None:
    """Refuse times longer than all that is simulated: nothing would ever come of them."""
    if mean > seconds(plant.run.length, "run.length") + seconds(plant.run.warm_up, "run.warm_up"):
        raise UsageError(
            f"{mean / 86400:,.0f} d on average are longer than the run of {plant.run.length}",
            where=where,
            remedy="Give a shorter time, or a longer run.length.",
        )


def _links(plant: Plant) -> None:
    """Every link's ends, shares that add up, and a way out from everywhere."""
    names = {station.name: station for station in plant.station}
    shares: dict[str, list[float | None]] = {}
    for i, link in enumerate(plant.link):
        where = f"link[{i}] {link.from_!r} to {link.to!r}"
        _known(link.from_, names, f"{where}.from", "station")
        _known(link.to, names, f"{where}.to", "station")
        if link.share is not None and not 0 < link.share <= 1:
            raise UsageError(
                f"a share of {link.share:g}", where=f"{where}.share", remedy="Give 0 to 1."
            )
        shares.setdefault(link.from_, []).append(link.share)
    for name, given in shares.items():
        known = [share for share in given if share is not None]
        if known and (len(known) < len(given) or sum(known) > 1 + 1e-9):
            i = next(i for i, link in enumerate(plant.link) if link.from_ == name)
            raise UsageError(
                f"the shares of the links from {name!r} do not add up",
                where=f"link[{i}].share",
                remedy="Give every one a share, of at most 1 together; the rest leaves the plant.",
            )
    exits = {name for name in names if _leaves(shares.get(name, []))}
    stuck = sorted(set(names) - _before(exits, plant))
    if stuck:
        i = next(i for i, link in enumerate(plant.link) if link.from_ in stuck)
        raise UsageError(
            f"parts can never leave {', '.join(map(repr, stuck[:5]))}: a cycle without exit",
            where=f"link[{i}] {plant.link[i].from_!r} to {plant.link[i].to!r}",
            remedy="Link one of them to a station that leads out, or let its shares sum to less than 1.",
        )


def _leaves(shares: list[float | None]) -> bool:
    known = [share for share in shares if share is not None]
    return not shares or (len(known) == len(shares) and sum(known) < 1 - 1e-9)


def _before(exits: set[str], plant: Plant) -> set[str]:
    """The stations from which one of the exits can be reached."""
    seen, left = set(exits), list(exits)
    while left:
        at = left.pop()
        for link in plant.link:
            if link.to == at and link.from_ not in seen:
                seen.add(link.from_)
                left.append(link.from_)
    return seen


def _shared(plant: Plant) -> None:
    """Stations that share people or robots must work the same shifts: who is held by one that is
    closed cannot help another."""
    shifts: dict[str, tuple[str, str | None]] = {}
    for i, station in enumerate(plant.station):
        for name in (*station.staff, *station.robots):
            other, shift = shifts.setdefault(name, (station.name, station.shift))
            if shift != station.shift:
                raise UsageError(
                    f"{name!r} works at {other!r} and {station.name!r}, which have different shifts",
                    where=f"station[{i}] {station.name!r}.shift",
                    remedy="Give both the same shift, or make two groups of it.",
                )


def _work(plant: Plant) -> None:
    """Refuse what would take an hour: so many jobs at most."""
    machines = sum(station.machines for station in plant.station)
    _between(machines, 1, MOST_MACHINES, "station.machines")
    once = seconds(plant.run.length, "run.length") + seconds(plant.run.warm_up, "run.warm_up")
    fed = {link.to for link in plant.link}
    rate = 0.0
    paces = {
        s.name: s.machines / duration(s.service, "station.service").mean for s in plant.station
    }
    fastest = max(paces, key=lambda name: paces[name])
    for i, station in enumerate(plant.station):
        if station.arrivals is not None:
            rate += 1 / duration(station.arrivals, f"station[{i}].arrivals").mean
        elif station.name not in fed:
            rate += paces[station.name]
    jobs = once * min(rate * len(plant.station), sum(paces.values())) * plant.run.replications
    if jobs > MOST_JOBS:
        raise UsageError(
            f"about {jobs:,.0f} jobs would be simulated, {MOST_JOBS:,} are the most; "
            f"the fastest station is {fastest!r}",
            where="run.length",
            remedy="Give a shorter length or warm-up, or fewer replications; "
            "and look whether its service is as short as that.",
        )


def _known(name: str, known: Iterable[str], where: str, what: str) -> None:
    if name not in known:
        listed = ", ".join(map(repr, list(known)[:8])) or "none"
        raise UsageError(
            f"there is no {what} {name[:80]!r}", where=where, remedy=f"Known are {listed}."
        )


def _between(value: int, low: int, high: int, where: str) -> None:
    if not low <= value <= high:
        what = "zero" if value == 0 else f"{value:,}"
        raise UsageError(
            f"{what} is not possible", where=where, remedy=f"Give {low:,} to {high:,}."
        )
