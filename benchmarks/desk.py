"""How the desk bears many readers on a large ledger.

    uv run python benchmarks/desk.py [--quick] [--json] [--claims 1000000] [--seconds 30] [--keep FILE]

Makes a ledger from ``benchmarks/generate.py`` (each report recorded on the day of its publication,
places taken from the lexicon), serves the desk over it on loopback in a process of its own, and lets
``--users`` readers (20) look at it at once: each opens a page drawn at random, reads it for
``--pause`` seconds on average (1), and opens the next. For each kind of page the time from sending the
request to the last byte, in milliseconds at the 95th percentile (``project_p95_ms``,
``report_p95_ms``, ``review_p95_ms``, ``overview_p95_ms``, ``map_p95_ms``, ``search_p95_ms`` and others);
``page_p95_ms`` is that of project, report and review together, ``list_p95_ms`` that of overview, map
and search. ``errors`` counts answers that are not 200. ``page_kb`` is the heaviest page without the
map, ``map_kb`` the map. ``full_…`` are the same with no pause: every user sends the next request as
soon as the last is answered, which is what the machine can bear, not what people do. ``…_cpu_ms`` is
the processor time of the server for one page, looked at one after the other: what does not depend on
what else the machine does. ``answer_s`` is
what the first start over the ledger takes until the desk answers, with a notice in the place of its
lists, ``prepare_s`` until the lists are there, ``start_s`` what every later start takes,
``after_change_ms`` the first page after a report was added. ``--quick`` takes 20,000 claims and a few seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from time import monotonic, perf_counter
from typing import Any, NamedTuple

import httpx
import msgspec

sys.path.insert(0, str(Path(__file__).parent))

from generate import reports
from made_ledgers import QUICK, arguments, show, tell
from nameplate.ledger import Addition, Ledger
from nameplate.lexicon.places import chinese_places
from nameplate.model import Claim, Document
from nameplate.pipeline import LINKER

SHARES = {
    "project": 8, "report": 6, "review": 4, "overview": 2, "map": 2, "search": 4, "projects": 2,
    "reports": 1, "findings": 1,
}  # fmt: skip
_ALONE = 40
"""Pages of a kind that are looked at one after the other."""

PAGES, LISTS = ("project", "report", "review"), ("overview", "map", "search")


class Days:
    """A clock that a filled ledger sets: the day of the report, a second later each time."""

    def __init__(self) -> None:
        self.day = "2012-01-01"
        self._ticks = 0

    def __call__(self) -> str:
        self._ticks += 1
        return f"{self.day}T12:{self._ticks // 60 % 60:02}:{self._ticks % 60:02}.000000Z"


def fill(path: Path, claims: int, seed: int, clock: Days) -> None:
    """Write the ledger and resolve it."""
    stream = _placed(claims, seed)
    with Ledger.open(path, clock=clock) as ledger:
        while portion := list(islice(stream, 500)):
            clock.day = portion[-1].document.published or clock.day
            ledger.add_many(portion)
        tell(f"{claims:,} claims filled")
        ledger.rebuild_entities(LINKER)
        tell("resolved")


def _placed(claims: int, seed: int) -> Iterator[Addition]:
    """The reports with each thing in a county of its own rather than in one of four towns."""
    counties = sorted(
        name for name, found in chinese_places().items()
        if len(found) == 1 and found[0].level == "county"
    )  # fmt: skip
    made = sorted(reports(claims, seed), key=lambda told: told[0].published or "")
    for document, found, things in made:
        text, moved = "", []
        lines = document.text.splitlines()
        for line, claim, thing in zip(lines, found, things, strict=True):
            said, quote, place = line, claim.quote, claim.object
            if claim.relation == "located_in":
                place = counties[(thing * 7919) % len(counties)]
                quote = f"it lies in {place}"
                said = f"{claim.subject}: {quote}."
            start = len(text) + len(claim.subject) + 2
            end = start + len(quote)
            moved.append(
                msgspec.structs.replace(claim, quote=quote, object=place, start=start, end=end)
            )
            text += said + "\n"
        yield Addition(msgspec.structs.replace(document, text=text), tuple(moved))


class Sample(NamedTuple):
    """What readers draw their pages from."""

    things: list[str]
    documents: list[str]
    places: list[str]
    words: list[str]


def sample(path: Path, number: int, seed: int) -> Sample:
    """Things drawn by their claims, reports evenly, places and words as they are written."""
    dice = Random(seed)
    with Ledger.open(path, create=False, clock=Days()) as ledger:
        known = ledger.cached_entities(LINKER.rules) or ledger.rebuild_entities(LINKER)
        drawn = dice.choices(known, weights=[len(e.claims) for e in known], k=number)
        filed = ledger.documents()
        documents = [card.key for card in dice.choices(filed, k=number)]
        entries = ledger.entries(_of(dice.choices(filed, k=1)[0].key))
    places = sorted({e.claim.object for e in entries if e.claim.object})
    words = [part for e in drawn for part in e.name.split()]
    counties = sorted(n for n, f in chinese_places().items() if len(f) == 1)
    return Sample(
        [e.id for e in drawn], documents, places or counties[:50], dice.choices(words, k=number)
    )


def _of(document: str) -> Any:
    from nameplate.ledger import ClaimFilter

    return ClaimFilter(document=document)


def address(kind: str, drawn: Sample, dice: Random) -> str:
    """A page of this kind."""
    stage = dice.choice(["signed", "started", "completed", "producing", "topped_out"])
    lang = dice.choice(["", "&lang=zh"])
    match kind:
        case "project":
            return f"/entity/{dice.choice(drawn.things)}?x=1{lang}"
        case "report":
            return f"/document/{dice.choice(drawn.documents)}?x=1{lang}"
        case "review":
            return f"/review?page={dice.randrange(1, 50)}{lang}"
        case "overview":
            since = dice.choice(["2012-06-01", "2018-01-01", "2023-06-01", "2023-11-20", ""])
            return f"/?since={since}{lang}" if since else f"/?x=1{lang}"
        case "map":
            at = dice.choice(["", "104.5,30.2,5", "116.4,39.9,7", "113.3,23.1,6"])
            return f"/map?at={at}&stage={dice.choice([stage, ''])}{lang}"
        case "search":
            return "/projects?" + _search(drawn, dice, stage) + lang
        case "reports":
            return f"/documents?page={dice.randrange(1, 20)}{lang}"
        case "findings":
            return f"/check?page={dice.randrange(1, 20)}{lang}"
        case _:
            sort = dice.choice(["-claims", "name", "-stage", "-news"])
            return f"/projects?page={dice.randrange(1, 20)}&sort={sort}{lang}"


def _search(drawn: Sample, dice: Random, stage: str) -> str:
    return dice.choice([
        f"q={dice.choice(drawn.words)}", f"stage={stage}", f"q={dice.choice(drawn.words)}&stage={stage}",
        f"place={dice.choice(drawn.places)}", f"measure=investment&from={dice.randrange(2013, 2023)}",
        f"kind=plant&phase=build&to={dice.randrange(2013, 2023)}", "flagged=1&measure=employment",
    ])  # fmt: skip


class Load(NamedTuple):
    """Who looks how long: readers, seconds between two pages of one, seconds of all."""

    users: int
    pause: float
    seconds: float


async def look(base: str, drawn: Sample, load: Load, seed: int) -> dict[str, Any]:
    """Times in milliseconds and sizes in KB by kind of page, and the number of errors."""
    times: dict[str, list[float]] = defaultdict(list)
    sizes: dict[str, float] = defaultdict(float)
    errors: list[str] = []
    kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        await _log_in(client)
        cookies = dict(client.cookies)
    end = monotonic() + load.seconds

    async def read(number: int) -> None:
        dice = Random(seed * 1000 + number)
        limits = httpx.Limits(max_connections=1)
        async with httpx.AsyncClient(
            base_url=base, timeout=60, limits=limits, cookies=cookies
        ) as client:
            await asyncio.sleep(dice.random() * load.pause)
            while monotonic() < end:
                kind = dice.choice(kinds)
                where = address(kind, drawn, dice)
                start = perf_counter()
                answer = await client.get(where)
                times[kind].append((perf_counter() - start) * 1000)
                sizes[kind] = max(sizes[kind], len(answer.content) / 1000)
                if answer.status_code != 200:
                    errors.append(f"{answer.status_code} {where}")
                await asyncio.sleep(dice.expovariate(1 / load.pause) if load.pause else 0)

    await asyncio.gather(*(read(number) for number in range(load.users)))
    return {"times": times, "sizes": sizes, "errors": errors}


async def one_by_one(desk: Served, drawn: Sample, seed: int) -> dict[str, float]:
    """The server's processor time for a page of each kind, in milliseconds on average."""
    made: dict[str, float] = {}
    async with httpx.AsyncClient(base_url=desk.address, timeout=60) as client:
        await _log_in(client)
        for kind in SHARES:
            dice = Random(seed)
            before = desk.cpu_seconds()
            for _ in range(_ALONE):
                await client.get(address(kind, drawn, dice))
            spent = desk.cpu_seconds() - before
            made[f"{kind}_cpu_ms"] = round(spent / _ALONE * 1000, 1)
    return made


async def _log_in(client: httpx.AsyncClient) -> None:
    page = await client.get("/login")
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
    assert found is not None
    form = {"csrf": found[1], "name": "bench", "password": "a long enough password", "next": "/map"}
    answer = await client.post("/login", data=form)
    assert answer.status_code in (200, 303), answer.status_code


class Served:
    """The desk in a process of its own, for as long as the block lasts."""

    def __init__(self, path: Path, today: str) -> None:
        self._command = [sys.executable, __file__, "--serve", str(path), "--today", today]

    def __enter__(self) -> Served:
        self._start = perf_counter()
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()
        if not self.address:
            raise RuntimeError("the desk did not start")
        self.seconds = perf_counter() - self._start
        return self

    def wait(self) -> float:
        """Until the lists are there: how many seconds after the start that is."""

        async def ask() -> None:
            async with httpx.AsyncClient(base_url=self.address, timeout=120) as client:
                await _log_in(client)
                while (await client.get("/")).status_code == 503:
                    await asyncio.sleep(0.5)

        asyncio.run(ask())
        return perf_counter() - self._start

    def cpu_seconds(self) -> float:
        """Processor time of the server so far; nought where the system does not tell."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)


def serve(path: Path, today: str) -> None:
    """Serve the desk with an account of a reviewer; tells its address on standard output."""
    from nameplate.web.accounts import Accounts
    from nameplate.web.accounts.file import beside
    from nameplate.web.serve import serve as run

    people = beside(path)
    accounts = Accounts(people, lambda: f"{today}T12:00:00.000000Z")
    if not accounts.people():
        accounts.add("bench", "administrator", "a long enough password")
    run(
        path, clock=lambda: f"{today}T12:00:00.000000Z", accounts=accounts,
        on_ready=lambda where: print(where, flush=True),
    )  # fmt: skip


def measure(path: Path, args: argparse.Namespace) -> dict[str, float]:
    """All figures."""
    figures: dict[str, float] = {"claims": args.claims}
    if not path.exists():
        fill(path, args.claims, args.seed, Days())
    drawn = sample(path, 2000, args.seed)
    with Ledger.open(path, create=False, clock=Days()) as ledger:
        last = ledger.pages.last_recorded()
    today = (date.fromisoformat(last) + timedelta(1)).isoformat()
    with Served(path, today) as desk:
        figures["answer_s"] = round(desk.seconds, 1)
        figures["prepare_s"] = round(desk.wait(), 1)
        tell(f"prepared in {figures['prepare_s']:.0f} s")
    with Served(path, today) as desk:
        figures["start_s"] = round(desk.wait(), 1)
        warm = Load(2, 0.0, min(5.0, args.seconds))
        asyncio.run(look(desk.address, drawn, warm, args.seed + 1))
        paused = asyncio.run(look(desk.address, drawn, _load(args, args.pause), args.seed + 2))
        full = asyncio.run(look(desk.address, drawn, _load(args, 0.0), args.seed + 3))
        figures |= _figures(paused, "") | _figures(full, "full_")
        figures |= asyncio.run(one_by_one(desk, drawn, args.seed + 4))
        figures["requests_per_s"] = round(sum(map(len, full["times"].values())) / args.seconds, 1)
        figures["after_change_ms"] = _after_change(path, desk.address, today)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures["server_peak_mb"] = round(usage.ru_maxrss / 1000)
    figures["board_mb"] = round(Path(f"{path}.desk").stat().st_size / 1e6)
    figures["ledger_mb"] = round(path.stat().st_size / 1e6)
    return figures


def _load(args: argparse.Namespace, pause: float) -> Load:
    return Load(args.users, pause, args.seconds)


def _figures(told: dict[str, Any], prefix: str) -> dict[str, float]:
    times, sizes = told["times"], told["sizes"]
    for problem in told["errors"][:5]:
        tell(problem)
    made = {f"{prefix}{kind}_p95_ms": _p95(times[kind]) for kind in SHARES if times[kind]}
    made[f"{prefix}page_p95_ms"] = _p95([t for kind in PAGES for t in times[kind]])
    made[f"{prefix}list_p95_ms"] = _p95([t for kind in LISTS for t in times[kind]])
    made[f"{prefix}errors"] = len(told["errors"])
    if not prefix:
        made["requests"] = sum(map(len, times.values()))
        made["page_kb"] = round(max(size for kind, size in sizes.items() if kind != "map"))
        made["map_kb"] = round(sizes["map"])
    return made


def _after_change(path: Path, base: str, today: str) -> float:
    """The first page after a report was added."""
    text = "The Zzyzx Vale tyre plant: producing in 2023."
    claim = Claim(
        kind="milestone", subject="Zzyzx Vale tyre plant", subject_kind="plant", quote="producing in 2023",
        start=27, end=44, stage="producing", when="2023", modality="actual",
    )  # fmt: skip
    document = Document(id=f"late-{perf_counter()}", text=text, published=today)
    with Ledger.open(path, create=False, clock=lambda: f"{today}T13:00:00.000000Z") as ledger:
        ledger.add(document, [claim], linker=LINKER)

    async def first() -> float:
        async with httpx.AsyncClient(base_url=base, timeout=120) as client:
            await _log_in(client)
            start = perf_counter()
            answer = await client.get("/")
            assert answer.status_code == 200
            return round((perf_counter() - start) * 1000, 1)

    return asyncio.run(first())


def _p95(times: list[float]) -> float:
    return round(sorted(times)[int(len(times) * 0.95)], 1) if times else 0.0


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--today", default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        serve(args.serve, args.today)
        return
    if args.quick:
        args.claims, args.seconds = QUICK, min(args.seconds, 6.0)
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder) / "made.ledger"
        figures = measure(path, args)
    show(figures, as_json=args.json)


if __name__ == "__main__":
    main()
