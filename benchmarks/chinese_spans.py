"""Speed on Chinese text: all quantities and all times, beside JioNLP's money extraction alone.

    uv run python benchmarks/chinese_spans.py [--quick] [--json] [--data DIR]

The text is the package's Chinese example reports; with ``--data`` the plain-text files of a folder.
JioNLP is installed in an environment of its own and run on the same texts in the same run. Last line
with ``--json``: ``kb_per_s``, ``jionlp_kb_per_s``, ``ratio_to_jionlp``.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from environment import peer_python, run_peer
from nameplate.find.quantity import find_quantities
from nameplate.find.time import find_times
from nameplate.lexicon.examples import examples


def texts(data: Path | None) -> list[str]:
    """The Chinese texts to read."""
    if data is not None:
        return [p.read_text(encoding="utf-8") for p in sorted(data.glob("**/*.txt"))]
    return [text for card, text in examples() if card.lang.startswith("zh")]


def seconds(chosen: list[str], rounds: int) -> tuple[float, int, int]:
    """The best time of one pass, and the quantities and times that it found."""
    best, quantities, times = float("inf"), 0, 0
    for _ in range(rounds + 1):
        begun = time.perf_counter()
        quantities = times = 0
        for text in chosen:
            found = find_times(text)
            times += len(found)
            quantities += len(find_quantities(text, [(t.start, t.end) for t in found]))
        best = min(best, time.perf_counter() - begun)
    return best, quantities, times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--data", type=Path, help="a folder of plain-text Chinese reports")
    args = parser.parse_args()
    chosen = texts(args.data)
    size = sum(len(t.encode()) for t in chosen) / 1000
    best, quantities, times = seconds(chosen, 3 if args.quick else 10)
    figures: dict[str, float | None] = {
        "kb_per_s": round(size / best, 1),
        "quantities": quantities,
        "times": times,
        "jionlp_kb_per_s": None,
        "jionlp_amounts": None,
        "ratio_to_jionlp": None,
    }
    python = peer_python("jionlp", ["jionlp"])
    answer = run_peer(python, "jionlp_money.py", chosen) if python else None
    if answer:
        rate = size / answer["seconds"]
        figures["jionlp_kb_per_s"] = round(rate, 1)
        figures["jionlp_amounts"] = answer["found"]
        figures["ratio_to_jionlp"] = round(size / best / rate, 2)
    for name, value in figures.items():
        print(f"{name:<18}{value}")
    if args.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
