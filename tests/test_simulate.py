"""The what-if: closed forms, Little's law, refusals with place and remedy, vehicles that never pass."""

from __future__ import annotations

import math
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nameplate.errors import UsageError
from nameplate.simulate import Plant, Study, Wanted, read_model, study
from nameplate.simulate.building import OutOfTimeError, replicate
from nameplate.simulate.calendar import WEEK, Calendar
from nameplate.simulate.example import example_text
from nameplate.simulate.floor import Floor
from nameplate.simulate.places import line_of

ONCE = Wanted(replications=2, workers=1, bottleneck=False)


def run(plant: Plant, **wanted: Any) -> Study:
    return study(plant, Wanted(**({"replications": 2, "workers": 1, "bottleneck": False} | wanted)))


def serial(means: list[float], buffer: int, length: str = "12 d", more: str = "") -> Plant:
    """Exponential stations one after the other; the first never lacks parts."""
    stations = "".join(
        f'[[station]]\nname = "s{i}"\nbuffer = {buffer}\nservice = {{ kind = "exponential", mean = "{m} s" }}\n{more}'
        for i, m in enumerate(means)
    )
    links = "".join(f'[[link]]\nfrom = "s{i}"\nto = "s{i + 1}"\n' for i in range(len(means) - 1))
    return read_model(f'[run]\nlength = "{length}"\nwarm_up = "1 d"\n{stations}{links}')


def queue(every: float, mean: float, machines: int, length: str = "9 d") -> Plant:
    return read_model(
        f'[run]\nlength = "{length}"\nwarm_up = "2 d"\n[[station]]\nname = "q"\nmachines = {machines}\n'
        f'service = {{ kind = "exponential", mean = "{mean} s" }}\n'
        f'arrivals = {{ kind = "exponential", mean = "{every} s" }}\n'
    )


def two_stations(mean_1: float, mean_2: float, buffer: int) -> float:
    """Parts an hour of a line of two exponential stations (Hunt 1956), blocking after service."""
    ratio, states = mean_2 / mean_1, buffer + 2
    powers = [ratio**n for n in range(states + 1)]
    share = sum(powers[:-1]) / sum(powers)
    return 3600 / mean_1 * share


def erlang_c(load: float, machines: int) -> float:
    """The chance to wait in M/M/c."""
    top = load**machines / math.factorial(machines) * machines / (machines - load)
    return top / (sum(load**k / math.factorial(k) for k in range(machines)) + top)


@pytest.mark.parametrize(("means", "buffer"), [((10, 10), 0), ((10, 8), 3), ((9, 12), 2)])
def test_two_stations_make_what_the_formula_says(means: tuple[float, float], buffer: int) -> None:
    found = run(serial(list(means), buffer))
    assert found.rate.mean == pytest.approx(two_stations(*means, buffer), rel=0.02)
    assert found.little < 0.01


def test_three_stations_without_buffers_make_22_of_39() -> None:
    assert run(serial([10, 10, 10], 0)).rate.mean == pytest.approx(360 * 22 / 39, rel=0.02)


@pytest.mark.parametrize(("every", "mean", "machines"), [(10, 6, 1), (8, 20, 4)])
def test_a_queue_waits_as_erlang_says(every: float, mean: float, machines: int) -> None:
    found = run(queue(every, mean, machines))
    load = mean / every
    waits = erlang_c(load, machines) * mean / (machines - load)
    assert found.stay.mean == pytest.approx(mean + waits, rel=0.02)
    assert found.stations[0].queue == pytest.approx(waits / every, rel=0.05)
    assert found.stations[0].working == pytest.approx(load / machines, rel=0.02)
    assert found.little < 0.01


def test_failures_take_the_time_that_they_should() -> None:
    more = 'fails = { every = "100 s", repair = "25 s" }\n'
    found = run(serial([10], 0, more=more))
    assert found.rate.mean == pytest.approx(360 * 0.8, rel=0.02)
    assert found.stations[0].down == pytest.approx(0.2, rel=0.1)


def test_the_shares_of_a_station_are_a_whole() -> None:
    plant = read_model(example_text())
    found = run(plant, replications=2)
    for s in found.stations:
        whole = (
            s.working + s.down + s.blocked + s.waits_vehicle + s.waits_staff + s.starved + s.closed
        )
        assert whole == pytest.approx(1, abs=0.02), s
    assert sum(found.vehicles.values()) == pytest.approx(1, abs=0.01)


def test_the_same_seed_gives_the_same_answer_on_any_number_of_processes() -> None:
    plant = serial([30, 25], 1, "1 d")
    one, two = (run(plant, replications=3, workers=n, bottleneck=True) for n in (1, 2))
    assert one == two
    assert read_model(example_text()) == read_model(example_text())
    other = serial([30, 25], 1, "1 d")
    changed = Plant(
        **{f: getattr(other, f) for f in Plant.__struct_fields__ if f != "run"},
        run=type(other.run)(length="1 d", warm_up="1 d", seed=2),
    )
    assert run(changed, replications=3).rate != one.rate


def test_the_slow_station_is_the_bottleneck_and_relieving_it_helps_most() -> None:
    found = run(serial([20, 28, 18], 3, "4 d"), replications=3, bottleneck=True)
    assert found.bottleneck == "s1"
    assert found.tried[0].gain.mean > 0.04
    assert found.tried[0].gain.mean > found.tried[1].gain.mean


def staffed(people: int) -> Plant:
    return read_model(
        f'[run]\nlength = "4 d"\n[[staff]]\nname = "crew"\npeople = {people}\n[[station]]\nname = "a"\n'
        'machines = 10\nservice = { mean = "100 s" }\nstaff = { crew = 2 }\n'
    )


def test_fewer_staff_make_less_in_proportion() -> None:
    found = run(staffed(20), staff=True)
    made = {round(v.at, 1): v.rate.mean for v in found.staff}
    assert made[1.0] == pytest.approx(360, rel=0.01)
    assert made[0.5] == pytest.approx(180, rel=0.01)
    assert made[0.2] == pytest.approx(72, rel=0.01)
    assert run(staffed(4)).stations[0].waits_staff == pytest.approx(0.8, abs=0.02)


def test_people_who_are_never_idle_are_the_bottleneck_of_a_station_that_waits_for_them() -> None:
    found = run(staffed(12), replications=3, bottleneck=True)
    assert found.bottleneck == "crew" and found.tried[0].kind == "pool"
    assert run(staffed(40), replications=3, bottleneck=True).bottleneck == "a"


def test_a_queue_before_a_station_that_is_too_slow_is_told() -> None:
    text = '[run]\nlength = "3 d"\n[[station]]\nname = "a"\nservice = { mean = "60 s" }\n'
    come = 'arrivals = { kind = "exponential", mean = "%d s" }\n'
    assert run(read_model(text + come % 40)).growing == "a"
    assert run(read_model(text + come % 90)).growing is None


def test_a_shift_works_its_hours_and_carries_a_job_over_the_night() -> None:
    plant = read_model(
        '[run]\nlength = "14 d"\nwarm_up = "7 d"\n[[shift]]\nname = "day"\nhours = ["08:00-16:00"]\n'
        'days = ["mon", "tue", "wed", "thu", "fri"]\n[[station]]\nname = "a"\nshift = "day"\n'
        'service = { mean = "70 min" }\n'
    )
    found = run(plant)
    assert found.week.mean == pytest.approx(40 * 60 / 70, rel=0.03)
    assert found.stations[0].closed == pytest.approx(128 / 168, abs=0.01)
    assert found.stations[0].working == pytest.approx(40 / 168, abs=0.01)


spans = st.lists(
    st.tuples(st.integers(0, 167), st.integers(1, 20)).map(
        lambda s: (s[0] * 3600.0, min(WEEK, (s[0] + s[1]) * 3600.0))
    ),
    min_size=1,
    max_size=6,
)


@given(spans, st.floats(0, 3e6), st.floats(0.1, 3e6))
@settings(max_examples=200, deadline=None)
def test_a_job_ends_when_its_open_hours_are_done(
    open_hours: list[tuple[float, float]], now: float, work: float
) -> None:
    calendar = Calendar(open_hours)
    end = calendar.end(now, work)
    assert end >= now
    assert calendar.worked(end) - calendar.worked(now) == pytest.approx(work, abs=1e-3)
    assert calendar.end(now, work + 1) >= end


RING = """
[run]
length = "2 d"
warm_up = "2 h"
[[station]]
name = "a"
service = { kind = "exponential", mean = "60 s" }
at = "A"
[[station]]
name = "b"
service = { kind = "exponential", mean = "60 s" }
buffer = 2
at = "B"
[[link]]
from = "a"
to = "b"
carried = true
[[point]]
name = "A"
[[point]]
name = "B"
x = 30
[[path]]
from = "A"
to = "B"
holds = 3
[[path]]
from = "B"
to = "A"
holds = 3
[vehicles]
count = %d
speed = "1 m/s"
handling = "5 s"
"""


def ring(count: int) -> Plant:
    return read_model(RING % count)


def test_vehicles_carry_and_are_never_two_in_a_zone() -> None:
    one = run(ring(1), fleet=True)
    assert 2 <= (one.fleet_needed or 0) <= 5
    rates = [v.rate.mean for v in one.fleet]
    assert rates[1] > rates[0] * 1.1
    assert one.little < 0.02
    # a cycle of 70 s: 30 m there and back, and 5 s to load and to unload
    assert rates[0] <= 3600 / 70 * 1.01
    told = replicate(ring(4), 0, traced=7200)
    steps = sorted((t, *what) for t, kind, what in told.trace if kind == "vehicle")
    assert len({step[1] for step in steps}) == 4
    busy: dict[tuple[int, float], float] = {}
    for at, _, path, begins, _, took, _ in steps:
        assert at >= busy.get((path, begins), 0.0) - 0.02
        busy[path, begins] = at + took


def test_an_idle_vehicle_makes_way_and_a_full_ring_but_one_still_moves() -> None:
    assert run(ring(5)).rate.mean > 20


BRANCH = """
[[station]]
name = "a"
service = { mean = "60 s" }
at = "A"
[[station]]
name = "b"
service = { mean = "60 s" }
buffer = 2
at = "C"
[[link]]
from = "a"
to = "b"
carried = true
[[point]]
name = "A"
[[point]]
name = "B"
x = 20
bays = %d
[[point]]
name = "C"
x = 40
[[path]]
from = "A"
to = "B"
both_ways = true
[[path]]
from = "B"
to = "C"
both_ways = true
[vehicles]
count = %d
speed = "1 m/s"
"""


def test_a_single_track_takes_one_vehicle_or_a_passing_place() -> None:
    assert run(read_model(BRANCH % (0, 1))).rate.mean > 10
    assert run(read_model(BRANCH % (2, 2))).rate.mean > 10
    with pytest.raises(UsageError, match=r"head-on on a single track") as refused:
        read_model(BRANCH % (0, 2))
    assert "bays" in refused.value.remedy


def test_charging_takes_vehicles_off_the_path() -> None:
    text = example_text().replace('battery = "6 h"', 'battery = "1 h"')
    assert run(read_model(text)).vehicles["charges"] > 0.1


def test_robots_are_shared() -> None:
    text = '[run]\nlength = "2 d"\n[[robot]]\nname = "r"\ncount = %d\n' + "".join(
        f'[[station]]\nname = "{n}"\nservice = {{ mean = "100 s" }}\nrobots = ["r"]\n' for n in "ab"
    )
    assert run(read_model(text % 1)).rate.mean == pytest.approx(36, rel=0.02)
    assert run(read_model(text % 2)).rate.mean == pytest.approx(72, rel=0.02)


STATION = '[[station]]\nname = "a"\nservice = { mean = "60 s" }\n'
PAIR = STATION + STATION.replace('"a"', '"b"') + '[[link]]\nfrom = "a"\nto = "b"\n'
ISLANDS = """
[[station]]
name = "a"
service = { mean = "60 s" }
at = "A"
[[station]]
name = "b"
service = { mean = "60 s" }
at = "B"
[[link]]
from = "a"
to = "b"
carried = true
""" + "".join(
    f'[[point]]\nname = "{name}"\nx = {i}\n' for i, name in enumerate(("A", "C", "D", "B"))
) + "".join(
    f'[[path]]\nfrom = "{a}"\nto = "{b}"\n' for a, b in (("A", "C"), ("C", "A"), ("D", "B"), ("B", "D"))
) + '[[path]]\nfrom = "C"\nto = "D"\nboth_ways = true\n[vehicles]\ncount = %d\nspeed = "1 m/s"\n'  # fmt: skip
"""Two rings of two segments each, with a single track between them."""

BAD: list[tuple[str, str, str]] = [
    ("", "no station", "station"),
    ("station = 3", "expected 'array'", "station"),
    (STATION + "speed = 3\n", "unknown field 'speed'", "station[0]"),
    (STATION.replace("60 s", "-60 s"), "negative", "service.mean"),
    (STATION.replace("60 s", "60"), "has no unit", "service.mean"),
    (STATION.replace("60 s", "sixty"), "is not a time", "service.mean"),
    (STATION.replace("60 s", "0 s"), "zero", "service.mean"),
    (STATION.replace("60 s", "nan s"), "is not a time", "service.mean"),
    (STATION + "machines = 0\n", "zero", "machines"),
    (STATION + "machines = 100000\n", "not possible", "machines"),
    (STATION + "buffer = -1\n", "not possible", "buffer"),
    (STATION + "buffer = 1.5\n", "expected", "buffer"),
    (STATION + 'shift = "night"\n', "no shift 'night'", "shift"),
    (STATION + 'robots = ["r"]\n', "no robot 'r'", "robots"),
    (STATION + "staff = { crew = 1 }\n", "no staff 'crew'", "staff"),
    (STATION + STATION, "another station is named", "station[1].name"),
    (PAIR.replace('to = "b"', 'to = "c"'), "no station 'c'", "link[0]"),
    (PAIR + '[[link]]\nfrom = "b"\nto = "a"\n', "a cycle without exit", "link"),
    (PAIR + '[[link]]\nfrom = "a"\nto = "b"\nshare = 0.5\n', "do not add up", "link[0].share"),
    (PAIR + "carried = true\n", "no vehicles", "vehicles"),
    ('[run]\nlength = "3000 d"\n' + STATION, "cannot be simulated", "run.length"),
    ('[run]\nlength = "300 d"\n' + STATION.replace("60 s", "0.001 s"), "jobs", "run.length"),
    ('[run]\nreplications = 1000000\n' + STATION, "not possible", "run.replications"),
    (
        '[[staff]]\nname = "c"\npeople = 2\npresent = 0.4\n' + STATION + "staff = { c = 1 }\n",
        "needs 1 of 'c', 0",
        "staff",
    ),
    ('[[staff]]\nname = "c"\npeople = 2\npresent = 1.4\n' + STATION, "cannot be present", "staff[0].present"),
    ('[[shift]]\nname = "d"\nhours = ["8-16"]\n' + STATION, "no hours", "shift[0].hours"),
    ('[[shift]]\nname = "d"\nhours = []\n' + STATION, "no hours", "shift[0]"),
    (RING % 6, "none could ever move", "vehicles.count"),
    (RING % 0, "0 vehicles", "vehicles.count"),
    (RING.replace('"1 m/s"', '"0 m/s"') % 1, "do not move", "vehicles.speed"),
    (RING.replace('"1 m/s"', '"1"') % 1, "has no unit", "vehicles.speed"),
    (RING.replace('[[path]]\nfrom = "B"\nto = "A"\nholds = 3\n', "") % 1, "not connected", "path"),
    (RING.replace('at = "B"\n', "") % 1, "do not know where", "station[1]"),
    (RING.replace('at = "B"', 'at = "Z"') % 1, "no point 'Z'", "station[1]"),
    (RING.replace('[[path]]\nfrom = "B"', '[[path]]\nfrom = "Z"') % 1, "no point 'Z'", "path[1]"),
    ("x = [" * 5000, "not TOML", ""),
    ("a" + ".a" * 90_000 + " = 1\n", "dots in a line", "line 1"),
    ("x = 1\n[" + "a." * 90_000 + "a]\n", "dots in a line", "line 2"),
    ("x = " + "9" * 190_000, "not TOML", ""),
    (STATION.replace('mean = "60 s"', 'kind = "lognormal", mean = "1 s", sd = "9 d"'), "scatter", "service.sd"),
    (STATION + 'fails = { every = "0.000001 s", repair = "1 s" }\n', "in every job", "fails.every"),
    (RING.replace('"1 m/s"', '"999999999 km/h"') % 1, "so fast", "vehicles.speed"),
    ("We have five machines.\n", "not TOML", ""),
    ("[run]\n\n" + STATION + "machines = 0\n", "zero", "line 6: station[0] 'a'.machines"),
    (STATION.replace("60 s", "900000000000 d"), "longer than the run", "service"),
    (STATION + "machines = 1_000_000_000\n", "1,000,000,000", "line 4"),
    (STATION.replace('"60 s"', '"60 s", scale = nan'), "multiplied by nan", "line 3"),
    (STATION.replace('"60 s"', "nan"), "expected 'str", "service.mean"),
    (STATION + '[[point]]\nname = "p"\ny = inf\n', "inf is no place", "line 6: point[0] 'p'.y"),
    (STATION + 'colour = "red"\n', "unknown field 'colour'", "line 4"),
    ("".join(STATION.replace('"a"', f'"s{i}"') for i in range(2000)), "more than 200", "station"),
    (ISLANDS % 4, "single track", "vehicles.count"),
    ("name = 'a'\n" + "# " + "x" * 300_000, "larger than", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problem", "where"), BAD, ids=range(len(BAD)))
def test_bad_models_are_refused_with_place_and_remedy(text: str, problem: str, where: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_model(text, "bad.toml")
    assert problem in refused.value.problem
    assert where in refused.value.where
    assert refused.value.where.startswith("bad.toml")
    assert refused.value.remedy


def test_a_mark_of_the_byte_order_and_other_line_ends_are_no_fault() -> None:
    plant = read_model("\ufeff" + STATION.replace("\n", "\r\n"))
    assert [station.name for station in plant.station] == ["a"]


def test_two_vehicles_cross_a_single_track_between_two_rings() -> None:
    assert run(read_model(ISLANDS % 2)).rate.mean > 10


@pytest.mark.parametrize(
    ("text", "where", "line"),
    [
        ('name = "x"\n[run]\nseed = -1\n', "run.seed", 3),
        ("[[station]]\n# none\n[[station]]\nbuffer = 3\n", "station[1] 'b'.buffer", 4),
        ("[[station]]\n[station.service]\nmean = 3\n", "station[0] 'a'.service.mean", 2),
        ("item = 3\n", "item", 1),
        ("station = [{}]\n", "station[0].name", None),
        ('[[station]]\nname = """\n[[station]]\n"""\n', "station[0].name", None),
        ("[[station]]\n", "station[7].name", None),
        ("", "top of the file", None),
    ],
)
def test_the_line_of_a_place_is_found_or_none_is_told(
    text: str, where: str, line: int | None
) -> None:
    assert line_of(text, where, "") == line


def test_a_queue_that_grows_without_end_and_a_loop_that_stands_still_are_told() -> None:
    with pytest.raises(UsageError, match="faster than they are made"):
        run(queue(0.5, 60, 1, "10 d"))
    loop = read_model(
        '[run]\nlength = "2 d"\n'
        + PAIR.replace("60 s", "5 s").replace('to = "b"\n', 'to = "b"\nshare = 1\n')
        + '[[link]]\nfrom = "b"\nto = "a"\nshare = 0.9\n'
        + STATION.replace('"a"', '"in"')
        + '[[link]]\nfrom = "in"\nto = "a"\n'
    )
    with pytest.raises(UsageError, match="stands still"):
        run(loop)


def test_time_runs_out_with_a_remedy() -> None:
    with pytest.raises(UsageError, match="takes too long"):
        run(serial([10, 10], 0, "40 d"), seconds=0.01)


def test_what_is_whole_when_time_runs_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> None:
        raise OutOfTimeError("late")

    monkeypatch.setattr(import_module("nameplate.simulate.study"), "_staff", late)
    found = run(staffed(20), bottleneck=True, staff=True)
    assert found.cut
    assert found.rate.mean > 300 and found.tried and not found.staff


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_is_a_plant_or_refused(text: str) -> None:
    try:
        assert read_model(text).station
    except UsageError as error:
        assert error.remedy


@given(
    st.lists(st.sampled_from([5.0, 8.0, 13.0]), min_size=1, max_size=4),
    st.integers(0, 3),
    st.integers(0, 5),
)
@settings(max_examples=12, deadline=None)
def test_no_line_makes_more_than_its_slowest_station(
    means: list[float], buffer: int, seed: int
) -> None:
    plant = serial(means, buffer, "1 d")
    told = replicate(plant, seed)
    assert told.rate <= 3600 / max(means) * 1.1
    assert told.level <= len(means) * (buffer + 1)


def test_zones_of_one_track_are_one_up_to_a_bay() -> None:
    plain, parted = Floor(read_model(BRANCH % (0, 1))), Floor(read_model(BRANCH % (2, 1)))
    assert (plain.room, parted.room) == (1, 4)
