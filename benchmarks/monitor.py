"""How long a return of 10,812 enterprises takes to be taken, and its monitor to answer.

    uv run python benchmarks/monitor.py [--quick] [--json] [--rows 10812] [--seed 1] [--keep FILE]

Makes a return (seeded, every name invented) of enterprises with the district, whether and when they
resumed work, staff, staff back and use of capacity; has its mapping drafted; takes it into a fresh
ledger as ``nameplate add --mapping`` does (``take_s``; ``take_cpu_s`` is this process's time alone,
which on a shared machine tells working from waiting). ``first_ms`` is the first answer of a program
that has just begun; ``answer_p95_ms`` and ``answer_cpu_ms`` (mean) are those after it; ``past_p95_ms``
asks as of a later day, ``judged_ms`` after a cell was corrected, when every row is looked at again.
``right`` says that the counts are those that the return was made with. ``--quick`` asks less often.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

import msgspec

from nameplate.answer.monitor import Monitor, sentence
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.model import Judgement
from nameplate.monitors import add_up_returns, answer, template
from nameplate.pipeline import LINKER
from nameplate.returns import add_returns, suggest

ROWS = 10_812
DAY, TODAY = "2020-02-24", "2020-03-01"
HEADERS = (
    "序号",
    "企业名称",
    "区县",
    "是否复工",
    "复工日期",
    "职工人数（人）",
    "返岗人数（人）",
    "产能利用率（%）",
)
_SIGNS = "华泰德润恒信达隆瑞丰宏远鑫源盛通佳美天成金龙飞翔东方中科立新百川永兴长安江南明珠"
_TRADES = ("机械", "电子", "汽车零部件", "化工", "食品", "材料", "仪表", "包装")
_DISTRICTS = tuple(f"{sign}{kind}" for sign in "甲乙丙丁戊己庚辛" for kind in ("区", "县"))


def rows(number: int, seed: int) -> list[tuple[str, ...]]:
    """The rows of the return."""
    chance = Random(seed)
    names: dict[str, None] = {}
    while len(names) < number:
        signs = "".join(chance.choice(_SIGNS) for _ in range(4))
        names[f"{signs}{chance.choice(_TRADES)}有限公司"] = None
    return [_row(place, name, chance) for place, name in enumerate(names, 1)]


def _row(place: int, name: str, chance: Random) -> tuple[str, ...]:
    staff, back = chance.randint(20, 2_000), chance.random() < 0.6
    day = f"2020-02-{chance.randint(10, 24)}" if back else ""
    at_work = str(int(staff * chance.uniform(0.3, 1))) if back else "0"
    use = f"0.{chance.randint(20, 99)}" if back else ""
    return (
        str(place), name, chance.choice(_DISTRICTS), "是" if back else "否", day, str(staff), at_work, use
    )  # fmt: skip


def measure(ledger_file: Path, number: int, seed: int, times: int) -> dict[str, float]:
    """All figures of a return of so many rows, taken into a new ledger."""
    made = rows(number, seed)
    path = ledger_file.with_name("样本市复工情况表.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("样本市2020年2月24日企业复工情况表",), HEADERS, *made])
    mapping = suggest(path).mapping
    assert mapping is not None
    figures: dict[str, float] = {"rows": number}
    with Ledger.open(ledger_file, clock=lambda: f"{TODAY}T00:00:00Z") as ledger:
        start, before = perf_counter(), process_time()
        done = add_returns(
            ledger, [path], msgspec.structs.replace(mapping, when=DAY, published=DAY)
        )
        add_up_returns(ledger)
        figures |= {
            "take_s": round(perf_counter() - start, 2),
            "take_cpu_s": round(process_time() - before, 2),
            "claims": len(done[0].taken.claims) if done[0].taken else 0,
        }
    monitor = msgspec.structs.replace(template("resumption"), subject="样本市")
    with Ledger.open(ledger_file, create=False, clock=lambda: f"{TODAY}T00:00:00Z") as ledger:
        figures |= _answers(ledger, monitor, made, times)
    return figures


def _answers(
    ledger: Ledger, monitor: Monitor, made: list[tuple[str, ...]], times: int
) -> dict[str, float]:
    first, _ = _timed(lambda: answer(ledger, monitor, TODAY), 1)
    each, cpu = _timed(lambda: sentence(answer(ledger, monitor, TODAY)), times)
    past, _ = _timed(lambda: answer(ledger, monitor, TODAY, TODAY), times)
    right = _is_right(ledger, monitor, made)
    entry = ledger.entries(ClaimFilter(measure="employment"))[0]
    wrong = Judgement(verb="correct", left=entry.key, patch={"value": 21}, author="somebody")
    ledger.judge(wrong, linker=LINKER)
    judged, _ = _timed(lambda: answer(ledger, monitor, TODAY), 10)
    return {
        "first_ms": round(first[0], 1),
        "answer_p95_ms": _p95(each),
        "answer_cpu_ms": round(cpu / times * 1e3, 1),
        "past_p95_ms": _p95(past),
        "judged_ms": _p95(judged),
        "right": float(right),
    }


def _is_right(ledger: Ledger, monitor: Monitor, made: list[tuple[str, ...]]) -> bool:
    row = answer(ledger, monitor, TODAY).row(DAY)
    got = {key: cell.value for key, cell in row.cells.items()} if row else {}
    return (
        got.get("counted") == sum(r[3] == "是" for r in made)
        and got.get("counted_all") == len(made)
        and got.get("counted_staff") == sum(int(r[6]) for r in made)
        and got.get("counted_staff_all") == sum(int(r[5]) for r in made)
    )


def _timed(work: Callable[[], Any], times: int) -> tuple[list[float], float]:
    """Milliseconds of each time, and processor seconds of all."""
    found, before = [], process_time()
    for _ in range(times):
        start = perf_counter()
        work()
        found.append((perf_counter() - start) * 1e3)
    return found, process_time() - before


def _p95(found: list[float]) -> float:
    return round(sorted(found)[min(len(found) - 1, int(len(found) * 0.95))], 1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quick", action="store_true", help="ask twenty times instead of a hundred"
    )
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep the ledger in this file, which must be new")
    args = parser.parse_args()
    times = 20 if args.quick else 100
    with tempfile.TemporaryDirectory() as folder:
        target = args.keep or Path(folder) / "monitor.ledger"
        figures = measure(target, args.rows, args.seed, times)
    for name, value in figures.items():
        print(f"{name:<16}{value:>12,}")
    if args.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
