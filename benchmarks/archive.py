"""From a web archive to claims, beside the time that finding the main text alone takes.

    uv run python benchmarks/archive.py --data PAGES [PAGES ...] [--quick] [--json] [--large]

Packs the pages below the folders (HTML files, and bulletins in Markdown, an item a page) into an
archive as crawlers do, and reads it twice in turns: ours to claims, and trafilatura's main text alone
on every page. Without ``--data`` the package's example reports are packed among made-up pages of other
kinds, which says little. Seconds are of processor time in one process, for each page the best of the
rounds, so that what else the machine does counts for neither; ``two_core_speedup`` and ``pages_per_s``
are by the clock and mean something on an idle machine only (``load`` is the load average at their
start). They are taken on an archive of four times the pages, where starting counts for little; beside
them stands ``two_core_ceiling``, what two processes that share nothing (main text alone) gain over one
on this machine. ``--large`` repeats the pages up to an archive of a gigabyte and measures the workers'
memory on it.

Last line with ``--json``: ``pages_per_s`` (two workers), ``ratio_to_text_extraction`` (all pages),
``ratio_survivors`` (pages that the look at the bytes lets pass), ``ratio_kept`` (of those, the ones
that are in a language that is read), ``survivors``, ``claim_share``, ``gold_recall`` (shares of 1),
``two_core_speedup``, ``two_core_ceiling``, ``memory_mb`` (a worker), ``archive_mb``,
``seconds_per_gb`` (one core), ``load``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from nameplate.batch.run import Settings, run
from nameplate.errors import ReadError
from nameplate.lexicon.examples import examples
from nameplate.model import Document
from nameplate.pipeline import extract, extract_captured
from nameplate.read.capture import read_capture
from nameplate.read.prefilter import may_hold_claim
from nameplate.read.warc import Captured, read_archive

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared/gold/reports-dev.jsonl"
BULLETINS = 8
"""One item of a bulletin to so many pages: so that most pages of the archive hold no claim."""
GIGABYTE = 1_000_000_000
REPEATED = 4
_HEADING = re.compile(r"^###\s+", re.MULTILINE)
_FILLER = (
    "Das Museum in der Altstadt zeigt bis Ende Juni Bilder und Briefe aus dem Nachlass der Malerin. "
    "Der Eintritt ist frei, und an jedem Sonntag gibt es eine Führung durch die Räume des Hauses. "
)


def page(title: str, paragraphs: Iterable[str]) -> bytes:
    """A plain page with these words."""
    body = "".join(f"<p>{part}</p>" for part in paragraphs)
    head = f"<head><meta charset='utf-8'><title>{title}</title></head>"
    return f"<!DOCTYPE html><html>{head}<body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def pages(folders: list[Path]) -> list[tuple[str, bytes]]:
    """Addresses and bytes of the pages below the folders, in an order of chance that is always the same."""
    files = sorted(p for folder in folders for p in folder.rglob("*.html"))
    found = [(f"http://pages.example/{p.name}", p.read_bytes()) for p in files]
    items = list(_items(p for folder in folders for p in sorted(folder.rglob("news/*.md"))))
    chance = random.Random(1)
    chance.shuffle(items)
    found += items[: len(found) // BULLETINS] if found else items
    chance.shuffle(found)
    return found or _made_up()


def _items(bulletins: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in bulletins:
        parts = _HEADING.split(path.read_text(encoding="utf-8"))[1:]
        for number, part in enumerate(parts):
            title, _, text = part.partition("\n")
            plain = re.sub(r"<[^>]*>|\*\*", "", text)
            lines = [line.strip() for line in plain.split("\n") if line.strip()]
            yield f"http://bulletins.example/{path.stem}/{number}", page(title.strip(), lines)


def _made_up() -> list[tuple[str, bytes]]:
    reports = [
        (f"http://examples.example/{c.id}", page(c.title or c.id, t.split("\n")))
        for c, t in examples()
    ]
    others = [
        (f"http://museum.example/{n}", page(f"Museum {n}", [_FILLER * 12]))
        for n in range(5 * len(reports))
    ]
    found = reports + others
    random.Random(1).shuffle(found)
    return found


def record(address: str, data: bytes) -> bytes:
    """A response as a crawler keeps it, in a gzip member of its own."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + data
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: {address}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6)


def pack(path: Path, found: list[tuple[str, bytes]], least: int = 0) -> int:
    """Write the archive, the pages repeated until it has so many bytes; how many pages it has."""
    packed = [record(address, data) for address, data in found]
    count = 0
    with path.open("wb") as file:
        while not count or file.tell() < least:
            for one in packed:
                file.write(one)
            count += len(packed)
    return count


def main_text(captured: Captured) -> None:
    """The peer: main text alone."""
    import trafilatura

    trafilatura.extract(captured.data)


def claims(captured: Captured) -> int:
    """Ours, all the way; how many claims."""
    try:
        outcome = extract_captured(captured)
    except ReadError:
        return 0
    return len(outcome.extraction.claims) if outcome and outcome.extraction else 0


def seconds(work: Callable[[Captured], object], one: Captured) -> float:
    """Processor time for one page."""
    begun = time.process_time()
    work(one)
    return time.process_time() - begun


class Times:
    """Each page's best time, ours and the peer's, taken in turns."""

    def __init__(self, captured: list[Captured], rounds: int) -> None:
        self.ours = [float("inf")] * len(captured)
        self.peer = [float("inf")] * len(captured)
        for _ in range(rounds):
            for n, one in enumerate(captured):
                self.peer[n] = min(self.peer[n], seconds(main_text, one))
                self.ours[n] = min(self.ours[n], seconds(claims, one))

    def ratio(self, chosen: Iterable[int]) -> float:
        """Our time to the peer's on some of the pages."""
        some = list(chosen)
        return sum(self.ours[n] for n in some) / max(1e-9, sum(self.peer[n] for n in some))


def kept(captured: Captured) -> bool:
    """Whether a page is read to its claims: in a language that is read, and with text."""
    try:
        return read_capture(captured) is not None
    except ReadError:
        return False


def gold_recall() -> float:
    """Share of the reports with claims that the look at the bytes lets pass, as pages."""
    texts = [text for _, text in examples()]
    if GOLD.exists():
        rows = GOLD.read_text(encoding="utf-8").splitlines()
        texts += [json.loads(row)["text"] for row in rows]
    held = [t for t in texts if extract(Document(id="gold", text=t)).claims]
    return sum(may_hold_claim(page("Report", t.split("\n"))) for t in held) / len(held)


def by_the_clock(archive: Path, folder: Path, workers: int) -> tuple[float, float]:
    """Seconds of a whole run with so many workers, and the largest worker's megabytes."""
    out = folder / f"out-{workers}-{time.monotonic_ns()}"
    shard = max(250_000, min(8_000_000, archive.stat().st_size // 40))
    begun = time.monotonic()
    done = run(
        Settings(
            out=out, archives=(str(archive),), workers=workers, form="jsonl", shard_bytes=shard
        )
    )
    return time.monotonic() - begun, max(d.memory for d in done.done.values()) / 1e6


def ceiling(captured: list[Captured]) -> float:
    """By how much two processes that share nothing are faster than one, on this machine."""

    def run_all(count: int) -> float:
        fork = multiprocessing.get_context("fork")
        some = [fork.Process(target=_all_main_texts, args=(captured,)) for _ in range(count)]
        begun = time.monotonic()
        for one in some:
            one.start()
        for one in some:
            one.join()
        return time.monotonic() - begun

    return 2 * run_all(1) / run_all(2)


def _all_main_texts(captured: list[Captured]) -> None:
    for one in captured:
        main_text(one)


def measure(
    folder: Path, found: list[tuple[str, bytes]], args: argparse.Namespace
) -> dict[str, float]:
    """All figures."""
    archive = folder / "pages.warc.gz"
    count = pack(archive, found)
    captured = [one for one in read_archive(archive) if isinstance(one, Captured)]
    for one in captured[:5]:
        main_text(one)
        claims(one)
    rounds = 1 if args.quick else 2
    with_claims = sum(claims(one) > 0 for one in captured)
    survivors = [n for n, one in enumerate(captured) if may_hold_claim(one.data)]
    times = Times(captured, rounds)
    ours = sum(times.ours)
    load = os.getloadavg()[0]
    one_core = two_cores = float("inf")
    memory = most = 0.0
    longer = folder / "longer.warc.gz"
    many = pack(longer, found * (1 if args.quick else REPEATED))
    for _ in range(rounds):
        one_core = min(one_core, by_the_clock(longer, folder, 1)[0])
        taken, memory = by_the_clock(longer, folder, 2)
        two_cores = min(two_cores, taken)
        most = max(most, ceiling(captured))
    megabytes = archive.stat().st_size / 1e6
    if args.large:
        large = folder / "large.warc.gz"
        pack(large, found, GIGABYTE)
        memory = by_the_clock(large, folder, 2)[1]
    return {
        "pages": count,
        "archive_mb": round(megabytes, 1),
        "pages_per_s": round(many / two_cores, 1),
        "ratio_to_text_extraction": round(times.ratio(range(count)), 3),
        "ratio_survivors": round(times.ratio(survivors), 3),
        "ratio_kept": round(times.ratio(n for n in survivors if kept(captured[n])), 3),
        "survivors": round(len(survivors) / count, 3),
        "claim_share": round(with_claims / count, 3),
        "gold_recall": round(gold_recall(), 4),
        "two_core_speedup": round(one_core / two_cores, 2),
        "two_core_ceiling": round(most, 2),
        "memory_mb": round(memory, 1),
        "seconds_per_gb": round(ours / megabytes * 1000, 1),
        "pages_per_core_s": round(count / ours, 1),
        "load": round(load, 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, nargs="+", default=[], help="folders of pages")
    parser.add_argument("--quick", action="store_true", help="fewer pages and one round")
    parser.add_argument("--large", action="store_true", help="memory on an archive of a gigabyte")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    args = parser.parse_args()
    found = pages(args.data)
    if args.quick:
        found = found[:300]
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), found, args)
    for name, value in figures.items():
        print(f"{name:<28}{value}")
    if figures["claim_share"] > 0.2:
        print("more than one page in five holds a claim: not the mix of a crawl", file=sys.stderr)
    if args.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
