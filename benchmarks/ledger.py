"""How a ledger bears size: adding a report, a project's page, the page of an earlier day.

    uv run python benchmarks/ledger.py [--quick] [--json] [--claims 1000000] [--seed 1] [--keep FILE]

Makes a ledger from ``benchmarks/generate.py`` and measures on it, in milliseconds at the 95th
percentile: ``add_p95_ms`` (one report of ten claims added, with its entities brought up to date),
``settle_p95_ms`` (what the end of a batch adds to that for one report: its things weighed by their
facts against what is near, and written down),
``page_p95_ms`` (an entity's view with status, time line, figures and findings), ``as_of_p95_ms`` (the
same for a day in the middle of the past), ``find_p95_ms`` (an entity looked up by its name); the
time and memory of resolving everything; and what filling costs per claim. ``--quick`` takes a
ledger of 20,000 claims. The truth of the generator gives ``pair_precision`` and ``pair_recall``.
Figures with ``cpu`` count this process's time alone, and ``load`` is how many others wanted the
processor at the worst: on a shared machine the two tell waiting from working.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from generate import PER_REPORT, PER_THING, Calendar, reports, world
from made_ledgers import QUICK, arguments, show, tell
from nameplate.answer import findings, project_view
from nameplate.ledger import Addition, Ledger
from nameplate.model import Entity
from nameplate.pipeline import LINKER, entity_of, one_entity, settle

TODAY = "2026-01-01"


def measure(path: Path, claims: int, seed: int, samples: int) -> dict[str, float]:
    """All figures of a ledger of that size, made at ``path`` if it is not there."""
    clock = Calendar()
    figures: dict[str, float] = {"claims": claims, "entities": max(1, claims // PER_THING)}
    with Ledger.open(path, clock=clock) as ledger:
        held = len(ledger.documents(versions=True)) if path.stat().st_size > 1e6 else 0
        if held * PER_REPORT < claims:
            figures |= _fill(ledger, claims, seed, held)
        load = os.getloadavg()[0]
        figures |= _resolve_all(ledger)
        figures |= _settle_all(ledger)
        figures |= _agreement(ledger, claims, seed)
        figures |= _pages(ledger, samples, seed)
        figures |= _adding(ledger, claims, samples, seed)
    figures["file_mb"] = round(path.stat().st_size / 1e6)
    figures["load"] = round(max(load, *os.getloadavg()), 1)
    return figures


def _fill(ledger: Ledger, claims: int, seed: int, held: int) -> dict[str, float]:
    stream = islice(reports(claims, seed), held, None)
    start, before, done = perf_counter(), process_time(), 0
    while portion := [Addition(d, c) for d, c, _ in islice(stream, 1000)]:
        done += sum(added.claims for added in ledger.add_many(portion))
        tell(f"{done:,} claims after {perf_counter() - start:.0f} s")
    seconds, spent = perf_counter() - start, process_time() - before
    return {
        "fill_us_per_claim": round(seconds / done * 1e6, 1),
        "fill_cpu_us_per_claim": round(spent / done * 1e6, 1),
    }


def _resolve_all(ledger: Ledger) -> dict[str, float]:
    start, before = perf_counter(), process_time()
    found = ledger.rebuild_entities(LINKER)
    seconds, spent = perf_counter() - start, process_time() - before
    tell(f"resolved in {seconds:.0f} s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "resolve_s": round(seconds, 2),
        "resolve_cpu_s": round(spent, 2),
        "resolve_peak_gb": round(memory, 2),
        "entities_found": len(found),
    }


def _settle_all(ledger: Ledger) -> dict[str, float]:
    start, before = perf_counter(), process_time()
    decided = settle(ledger)
    seconds, spent = perf_counter() - start, process_time() - before
    tell(f"settled {decided:,} pairs in {seconds:.0f} s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "settle_s": round(seconds, 2),
        "settle_cpu_s": round(spent, 2),
        "settle_peak_gb": round(memory, 2),
        "decided": decided,
    }


def _agreement(ledger: Ledger, claims: int, seed: int) -> dict[str, float]:
    """Pairs of claims put together that belong together, both ways."""
    truth: dict[str, int] = {}
    for document, found, things in reports(claims, seed):
        truth |= {c.key(document.key): t for c, t in zip(found, things, strict=True)}
    made = ledger.cached_entities(LINKER.rules) or []
    together: Counter[tuple[str, int]] = Counter()
    for entity in made:
        together.update((entity.id, truth[key]) for key in entity.claims if key in truth)
    ours: dict[str, int] = defaultdict(int)
    theirs: dict[int, int] = defaultdict(int)
    for (entity_id, thing), n in together.items():
        ours[entity_id] += n
        theirs[thing] += n

    def pairs(n: int) -> int:
        return n * (n - 1) // 2

    both = sum(map(pairs, together.values()))
    return {
        "pair_precision": round(both / max(1, sum(map(pairs, ours.values()))), 4),
        "pair_recall": round(both / max(1, sum(map(pairs, theirs.values()))), 4),
    }


def _pages(ledger: Ledger, samples: int, seed: int) -> dict[str, float]:
    dice = Random(seed + 2)
    made = ledger.cached_entities(LINKER.rules) or []
    # Drawn by claims: what is written about often is looked at often.
    drawn = dice.choices(made, weights=[len(e.claims) for e in made], k=samples)
    mid = _middle(ledger)

    def page(entity: Entity, as_of: str | None = None) -> None:
        try:
            found, shelf = entity_of(ledger, entity.id, as_of)
        except Exception as error:
            if as_of is None or "no such thing then" not in str(error):
                raise
            return
        project_view(found, shelf, TODAY)
        findings(found.name, shelf.of(found))

    now = [_ms(lambda e=e: page(e)) for e in drawn]
    then = [_ms(lambda e=e: page(e, mid)) for e in drawn]
    found = [_ms(lambda e=e: _find(ledger, e.name)) for e in drawn[: samples // 2]]
    figures = _p95("page", now) | _p95("as_of", then) | _p95("find", found)
    ratio = figures["as_of_p95_cpu_ms"] / figures["page_p95_cpu_ms"]
    return figures | {"as_of_to_page": round(ratio, 2)}


def _middle(ledger: Ledger) -> str:
    """The instant by which half of the reports were recorded."""
    filed = ledger.documents(versions=True)
    return filed[len(filed) // 2].recorded


def _find(ledger: Ledger, name: str) -> None:
    from nameplate.errors import UsageError

    try:
        one_entity(ledger, name)
    except UsageError:
        return  # several of the name: that is an answer, too


def _adding(ledger: Ledger, claims: int, samples: int, seed: int) -> dict[str, float]:
    """Reports of the same world that come after: names known and new ones."""
    more = islice(reports(claims, seed + 1000), samples // 2)
    again = _of_this_world(claims, seed, samples - samples // 2)
    times, settling = [], []
    for document, found in [*((d, c) for d, c, _ in more), *again]:
        times.append(_ms(lambda d=document, c=found: ledger.add(d, c, linker=LINKER)))
        settling.append(_ms(lambda d=document: settle(ledger, [d.key])))
    assert ledger.is_resolved(LINKER.rules)
    spent = [cpu for _, cpu in times]
    both = [(a + c, b + d) for (a, b), (c, d) in zip(times, settling, strict=True)]
    return (
        _p95("add", times)
        | _p95("settle", settling)
        | _p95("add_and_settle", both)
        | {
            "add_p50_cpu_ms": round(sorted(spent)[len(spent) // 2], 2),
            "add_cpu_us_per_claim": round(sum(spent) / len(spent) / PER_REPORT * 1000, 1),
        }
    )


def _of_this_world(claims: int, seed: int, count: int) -> list[Any]:
    from generate import _report

    things, dice = world(max(1, claims // PER_THING), seed), Random(seed + 3)
    return [_report(dice, things, 10**7 + n)[:2] for n in range(count)]


def _ms(run: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor."""
    start, before = perf_counter(), process_time()
    run()
    return (perf_counter() - start) * 1000, (process_time() - before) * 1000


def _p95(name: str, times: list[tuple[float, float]]) -> dict[str, float]:
    at = int(len(times) * 0.95)
    clock, spent = (sorted(some)[at] for some in zip(*times, strict=True))
    return {f"{name}_p95_ms": round(clock, 2), f"{name}_p95_cpu_ms": round(spent, 2)}


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__).parse_args()
    claims = QUICK if args.quick else args.claims
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder) / "made.ledger"
        figures = measure(path, claims, args.seed, samples=100 if args.quick else 400)
    show(figures, as_json=args.json)


if __name__ == "__main__":
    main()
