"""The what-if beside closed forms, and how long a week of a large plant takes.

    uv run python benchmarks/whatif.py [--quick] [--json]

``two_stations_error``: the largest departure of a serial line of two exponential stations from its
formula (G. C. Hunt, Operations Research 4, 1956: blocking after service; with a buffer of b places and
rates r, throughput is the first rate times (1 - q**(b+2)) / (1 - q**(b+3)), q the ratio of rates), over
equal and unequal rates and buffers; ``three_stations_error``: from 22/39 of the rate (three equal
stations without buffers, ibid.); ``mmc_error``: the largest departure of the stay, and
``mmc_queue_error`` of the queue, in M/M/c from Erlang's formula; ``little_error``: the largest
departure from L = rate * stay of any run.

Runs of M/M/c are as long as theory says that the mean queue needs for a standard error of half a percent
(``mmc_queue_se``), a quarter of the mark; with ``--quick`` of two percent, so that its queue may miss
the mark by chance. ``mmc_jobs`` were simulated.

``simulate_s``: seconds by the clock for 20 replications of a week (after a day's warm-up) of a plant of
50 stations with failures, staff, robots and 8 vehicles, on two processes (``--quick`` simulates four
and multiplies); ``simulate_cpu_s`` the processor time of it, which a busy machine changes less; ``parts``
made in a week, ``stations``, ``jobs_per_s`` jobs a second of processor time.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import time

from nameplate.simulate import Plant, Study, Wanted, read_model, study

WORKERS = 2
MOST_A_STUDY = 15_000_000
"""Jobs of a study; a model of more than 20 million is refused."""


def run(plant: Plant, replications: int) -> Study:
    """The plant, on both cores, without experiments."""
    wanted = Wanted(replications=replications, workers=WORKERS, bottleneck=False)
    return study(plant, wanted)


def exponential(name: str, mean: float, more: str = "") -> str:
    """A station's table."""
    service = f'{{ kind = "exponential", mean = "{mean:.4f} s" }}'
    return f'[[station]]\nname = "{name}"\nservice = {service}\n{more}'


def line(means: list[float], buffer: int, days: int) -> Plant:
    """Stations one after the other; the first never lacks parts."""
    stations = [exponential(f"s{i}", m, f"buffer = {buffer}\n") for i, m in enumerate(means)]
    links = [f'[[link]]\nfrom = "s{i}"\nto = "s{i + 1}"\n' for i in range(len(means) - 1)]
    return read_model(f'[run]\nlength = "{days} d"\nwarm_up = "1 d"\n' + "".join(stations + links))


def two_stations(means: tuple[float, float], buffer: int) -> float:
    """Parts an hour."""
    powers = [(means[1] / means[0]) ** n for n in range(buffer + 3)]
    return 3600 / means[0] * sum(powers[:-1]) / sum(powers)


def serial_errors(days: int, few: int) -> tuple[float, float, float]:
    """Largest errors of two stations and of three, and of Little's law."""
    worst = little = 0.0
    for means in ((10.0, 10.0), (10.0, 8.0), (8.0, 10.0), (10.0, 5.0)):
        for buffer in (0, 1, 4, 10):
            found = run(line(list(means), buffer, days), few)
            worst = max(worst, abs(found.rate.mean / two_stations(means, buffer) - 1))
            little = max(little, found.little)
    three = run(line([10.0] * 3, 0, days), few)
    return worst, abs(three.rate.mean / (360 * 22 / 39) - 1), max(little, three.little)


LOADS = ((1, 0.5), (1, 0.8), (2, 0.7), (5, 0.8), (10, 0.9))
"""Servers, and the share of time that each is busy."""


def erlang(machines: int, share: float, mean: float) -> float:
    """Mean wait in M/M/c, by Erlang's C formula."""
    load = machines * share
    top = load**machines / math.factorial(machines) * machines / (machines - load)
    waits = top / (sum(load**k / math.factorial(k) for k in range(machines)) + top)
    return waits * mean / (machines - load)


def jobs_needed(machines: int, share: float, precision: float) -> float:
    """Jobs until the mean queue of M/M/c has a standard error of this share of it.

    From the asymptotic variance of the time average of f over a birth-death process with rates l and
    chances p, 2 sum_j (sum_{i>j} (f_i - mean) p_i)**2 / (l p_j) (W. Whitt, Asymptotic formulas for
    Markov processes with applications to simulation, Operations Research 40, 1992).
    """
    load, states = machines * share, machines + math.ceil(40 / (1 - share))
    chances = [1.0]
    for i in range(1, states):
        chances.append(chances[-1] * load / min(i, machines))
    whole = sum(chances)
    mean = sum(max(0, i - machines) * p for i, p in enumerate(chances)) / whole
    variance = above = 0.0
    for i in range(states - 1, 0, -1):
        above += (max(0, i - machines) - mean) * chances[i] / whole
        variance += 2 * above**2 * whole / (load * chances[i - 1])
    return load * variance / (mean * precision) ** 2


def mmc_errors(precision: float) -> tuple[float, float, float, int]:
    """Largest errors of stay and queue, and of Little's law; jobs simulated.

    Twenty replications a study, as many studies of new seeds as keep each below its limit of jobs. The
    day cut off as warm-up is a hundred relaxation times of the slowest of these queues, mean / (c (1 -
    share**0.5)**2), or more.
    """
    stay = queue = little = 0.0
    simulated, mean = 0, 10.0
    for machines, share in LOADS:
        load = machines * share
        jobs = jobs_needed(machines, share, precision)
        studies = math.ceil(jobs / MOST_A_STUDY)
        days = math.ceil(jobs * mean / load / 86400 / 20 / studies)
        arrivals = f'arrivals = {{ kind = "exponential", mean = "{mean / load:.6f} s" }}\n'
        text = exponential("q", mean, f"machines = {machines}\n{arrivals}")
        head = f'[run]\nlength = "{days} d"\nwarm_up = "1 d"\n'
        found = [run(read_model(f"{head}seed = {i + 1}\n{text}"), 20) for i in range(studies)]
        waited = erlang(machines, share, mean)
        stays = sum(one.stay.mean for one in found) / studies
        queues = sum(one.stations[0].queue for one in found) / studies
        stay = max(stay, abs(stays / (mean + waited) - 1))
        queue = max(queue, abs(queues / (waited * load / mean) - 1))
        little = max(little, *(one.little for one in found))
        simulated += sum(one.stations[0].done * 20 for one in found)
    return stay, queue, little, simulated


def large_plant() -> Plant:
    """Fifty stations at a pace of about two minutes: five bays of ten, vehicles between them."""
    text = ['name = "fifty stations"\n[run]\nlength = "7 d"\nwarm_up = "1 d"\nreplications = 20\n']
    text.append('[[staff]]\nname = "crew"\npeople = 40\n[[robot]]\nname = "arm"\ncount = 2\n')
    for i in range(50):
        bay, place = divmod(i, 10)
        text.append(
            f'[[station]]\nname = "s{i}"\nmachines = {1 + i % 3}\nbuffer = {2 + i % 4}\n'
            f'service = {{ kind = "erlang", mean = "{(95 + 7 * (i % 4)) * (1 + i % 3)} s", stages = 4 }}\n'
            f'fails = {{ every = "{20 + i % 7} h", repair = "15 min" }}\n'
        )
        text.append("staff = { crew = 1 }\n" if i % 3 == 0 else "")
        text.append('robots = ["arm"]\n' if place == 5 and bay < 1 else "")
        text.append(f'at = "P{bay}{place // 9}"\nout = 3\n' if place in (0, 9) else "")
    for i in range(49):
        carried = "carried = true\n" if i % 10 == 9 else ""
        text.append(f'[[link]]\nfrom = "s{i}"\nto = "s{i + 1}"\n{carried}')
    corners = [f"P{bay}{end}" for bay in range(5) for end in (0, 1)]
    for i, name in enumerate(corners):
        angle = 2 * math.pi * i / len(corners)
        x, y = 40 * math.cos(angle), 40 * math.sin(angle)
        text.append(f'[[point]]\nname = "{name}"\nx = {x:.1f}\ny = {y:.1f}\n')
    for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
        text.append(f'[[path]]\nfrom = "{a}"\nto = "{b}"\nholds = 3\n')
    text.append('[vehicles]\ncount = 8\nspeed = "1.2 m/s"\nhandling = "10 s"\n')
    return read_model("".join(text))


def timed(replications: int) -> dict[str, float]:
    """The large plant, scaled to twenty replications if it was simulated less often."""
    plant = large_plant()
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    found = run(plant, replications)
    seconds = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    jobs = sum(s.done for s in found.stations) * 8 / 7 * replications
    return {
        "simulate_s": round(seconds * 20 / replications, 1),
        "simulate_cpu_s": round(cpu * 20 / replications, 1),
        "parts": round(found.week.mean),
        "stations": len(plant.station),
        "jobs_per_s": round(jobs / cpu),
        "plant_little_error": round(found.little, 5),
    }


def main() -> None:
    """Measure and print; the last line is JSON if asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="shorter runs, 4 replications of 20")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    days, few, precision = (4, 2, 0.02) if arguments.quick else (20, 6, 0.005)
    two, three, little = serial_errors(days, few)
    stay, queue, little_too, jobs = mmc_errors(precision)
    found = {
        "two_stations_error": round(two, 4),
        "three_stations_error": round(three, 4),
        "mmc_error": round(stay, 4),
        "mmc_queue_error": round(queue, 4),
        "mmc_queue_se": precision,
        "mmc_jobs": jobs,
        "little_error": round(max(little, little_too), 5),
        **timed(4 if arguments.quick else 20),
    }
    for name, value in found.items():
        print(f"{name:22} {value}")
    if arguments.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
