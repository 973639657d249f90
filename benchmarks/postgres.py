"""How a ledger on a PostgreSQL server bears size: a bulk load, full answers, and many writers.

    uv run python benchmarks/postgres.py [--quick] [--json] [--claims 1000000] [--url URL]

Starts a server of its own (`scripts/postgres_cluster.py`, as careful with the disk as a real one)
unless ``--url`` names an empty schema. ``load_s`` is the time from claims in memory to the last
commit, their making left out; ``load_s_per_million`` the same for a million. Then as in
``benchmarks/ledger.py`` resolving everything, adding a report, a thing's page; and twenty processes
that add at once: ``writers_per_s`` reports, with ``lost`` and ``doubled`` among them.
"""

from __future__ import annotations

import multiprocessing
import sys
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

from postgres_cluster import server

from generate import PER_REPORT, Calendar, reports
from ledger import _ms, _p95
from made_ledgers import QUICK, arguments, show, tell
from nameplate.answer import findings, project_view
from nameplate.ledger import Addition, Ledger
from nameplate.model import Document
from nameplate.pipeline import LINKER, entity_of

TODAY = "2026-01-01"
_PORTION = 2_000
_WRITERS, _EACH = 20, 10


def measure(url: str, claims: int, seed: int, samples: int) -> dict[str, float]:
    """All figures of a ledger of that size, made at ``url``."""
    figures: dict[str, float] = {"claims": claims}
    with Ledger.open(url, clock=Calendar()) as ledger:
        figures |= _load(ledger, claims, seed)
        start = perf_counter()
        ledger.rebuild_entities(LINKER)
        figures["resolve_s"] = round(perf_counter() - start, 1)
        tell(f"resolved in {figures['resolve_s']} s")
        figures |= _asking(ledger, samples, seed)
        more = list(islice(reports(claims, seed + 1000), samples))
        added = [_ms(lambda d=d, c=c: ledger.add(d, c, linker=LINKER)) for d, c, _ in more]
        figures |= _p95("add", added)
    return figures | _writers(url)


def _load(ledger: Ledger, claims: int, seed: int) -> dict[str, float]:
    stream, seconds, spent, done = reports(claims, seed), 0.0, 0.0, 0
    while portion := [Addition(d, c) for d, c, _ in islice(stream, _PORTION)]:
        start, before = perf_counter(), process_time()
        done += sum(added.claims for added in ledger.add_many(portion))
        seconds, spent = seconds + perf_counter() - start, spent + process_time() - before
        tell(f"{done:,} claims after {seconds:.0f} s")
    return {
        "load_s": round(seconds, 1),
        "load_cpu_s": round(spent, 1),
        "load_s_per_million": round(seconds / done * 1e6, 1),
    }


def _asking(ledger: Ledger, samples: int, seed: int) -> dict[str, float]:
    made = ledger.cached_entities(LINKER.rules) or []
    drawn = Random(seed + 2).choices(made, weights=[len(e.claims) for e in made], k=samples)

    def page(entity_id: str) -> None:
        found, shelf = entity_of(ledger, entity_id, None)
        project_view(found, shelf, TODAY)
        findings(found.name, shelf.of(found))

    return _p95("page", [_ms(lambda e=e: page(e.id)) for e in drawn])


def _writers(url: str) -> dict[str, float]:
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_write, args=(url, n)) for n in range(_WRITERS)]
    start = perf_counter()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    seconds = perf_counter() - start
    with Ledger.open(url, create=False, clock=Calendar()) as ledger:
        ids = [f.id for f in ledger.documents(versions=True) if f.id.startswith("writer-")]
    return {
        "writers": _WRITERS,
        "writers_per_s": round(len(ids) / seconds, 1),
        "lost": _WRITERS * _EACH - len(set(ids)),
        "doubled": len(ids) - len(set(ids)),
    }


def _write(url: str, number: int) -> None:
    with Ledger.open(url, create=False, clock=Calendar(), patience=120) as ledger:
        for n, (document, claims, _) in enumerate(
            islice(reports(_EACH * PER_REPORT, 10_000 + number), _EACH)
        ):
            named = Document(id=f"writer-{number}-{n}", text=document.text, lang="en")
            ledger.add(named, claims, linker=LINKER)


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--url", help="an empty schema of a server, instead of one of its own")
    args = parser.parse_args()
    claims, samples = (QUICK, 50) if args.quick else (args.claims, 200)
    if args.url:
        figures = measure(args.url, claims, args.seed, samples)
    else:
        with server(durable=True) as url:
            figures = measure(url, claims, args.seed, samples)
    show(figures, as_json=args.json)


if __name__ == "__main__":
    main()
