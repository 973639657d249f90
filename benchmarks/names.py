"""Names of one thing: how many labelled pairs are judged right, beside nomenklatura and Splink.

    uv run python benchmarks/names.py [--quick] [--json] [--split test|dev|all] [--errors] [--data DIR]

``benchmarks/data/names.tsv`` holds the pairs, their sources and how they were made; every topic is split
in half for development and test. Figures, on the test half unless asked otherwise: ``pairs`` (in the file),
``judged``, ``f1``, ``precision``, ``recall``; ``f1_with_coined`` with the firms whose English brand neither
spells nor translates the Chinese one; for each peer its ``f1`` and ``precision`` at the threshold
that is best for it *on these very pairs*. ``--quick`` leaves the peers out unless they are installed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple, cast

from environment import ROOT, peer_python, run_peer
from nameplate.model import EntityKind
from nameplate.resolve import SAME, Comparison, Facts, compare, parts_of
from nameplate.resolve.places import codes_of

FILE = Path(__file__).parent / "data"
PEERS = {
    "nomenklatura": ("nomenklatura_names.py", ["nomenklatura==4.*", "pyicu"]),
    "splink": ("splink_names.py", ["splink==4.*", "pandas"]),
}


class Pair(NamedTuple):
    """A line of the file."""

    split: str
    label: str
    topic: str
    kind: EntityKind
    left: str
    left_place: str
    right: str
    right_place: str

    @property
    def same(self) -> bool:
        """Whether the names mean one thing."""
        return self.label == "same"


class Score(NamedTuple):
    """Counts of judgements."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the pairs judged the same that are."""
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        """Share of the pairs that are the same that were judged so."""
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.hits / max(1, 2 * self.hits + self.false + self.missed)


def pairs(folder: Path = FILE) -> list[Pair]:
    """All lines of ``names.tsv``."""
    lines = (folder / "names.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Pair(*row[:3], cast(EntityKind, row[3]), *row[4:]) for row in rows]


def judge(pair: Pair) -> Comparison:
    """Our comparison of a pair: the names, and the places that the lists give."""
    one, two = parts_of(pair.left, pair.kind), parts_of(pair.right, pair.kind)
    facts = [Facts(places=codes_of(p)) for p in (pair.left_place, pair.right_place)]
    return compare(one, two, pair.kind, (facts[0], facts[1]))


def score(judged: list[tuple[Pair, bool]]) -> Score:
    """Counts over pairs with what was said of them."""
    counts = Counter((pair.same, said) for pair, said in judged)
    return Score(counts[True, True], counts[False, True], counts[True, False])


def best(scored: list[tuple[Pair, float]]) -> Score:
    """The counts at the threshold with the highest F1, of all thresholds that the scores give."""
    tried = sorted({value for _, value in scored if value > 0})
    step = max(1, len(tried) // 200)
    options = [score([(p, v >= at) for p, v in scored]) for at in tried[::step]]
    return max(options, key=lambda s: s.f1, default=Score(0, 0, 1))


def peers(chosen: list[Pair], *, install: bool) -> dict[str, float]:
    """Figures of the peers on the same pairs."""
    figures: dict[str, float] = {}
    payload = [p._asdict() for p in chosen]
    for name, (script, packages) in PEERS.items():
        if not install and not (ROOT / ".benchmarks" / name / "ready").exists():
            continue
        python = peer_python(name, packages)
        answer: Any = run_peer(python, script, payload) if python else None
        if answer is None:
            continue
        found = best(list(zip(chosen, answer["scores"], strict=True)))
        figures[f"{name}_f1"] = round(found.f1, 4)
        figures[f"{name}_precision"] = round(found.precision, 4)
    return figures


def report(judged: list[tuple[Pair, bool]]) -> None:
    """Print each topic: how many of its pairs are judged right."""
    by_topic: dict[str, list[bool]] = defaultdict(list)
    for pair, said in judged:
        by_topic[f"{pair.label:<9} {pair.topic}"].append(said == pair.same)
    for topic, right in sorted(by_topic.items()):
        print(f"  {topic:<24}{sum(right):>5} of {len(right)}")


def main() -> None:
    """Measure and print; the last line is JSON if asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list the pairs judged wrong")
    parser.add_argument("--split", choices=("dev", "test", "all"), default="test")
    parser.add_argument("--data", type=Path, default=FILE)
    args = parser.parse_args()
    every = pairs(args.data)
    chosen = [p for p in every if args.split in (p.split, "all")]
    begun = time.perf_counter()
    comparisons = [judge(pair) for pair in chosen]
    seconds = time.perf_counter() - begun
    judged = [(p, c.score >= SAME) for p, c in zip(chosen, comparisons, strict=True)]
    report(judged)
    if args.errors:
        for (pair, said), comparison in zip(judged, comparisons, strict=True):
            if said != pair.same:
                why = "; ".join(f"{f.name} {f.score} {f.reason}" for f in comparison.features)
                print(f"{pair.label} {pair.topic}: {pair.left} | {pair.right} [{why}]")
    usual = score([(p, said) for p, said in judged if p.topic != "coined"])
    figures: dict[str, float] = {
        "pairs": len(every),
        "judged": sum(p.topic != "coined" for p in chosen),
        "f1": round(usual.f1, 4),
        "precision": round(usual.precision, 4),
        "recall": round(usual.recall, 4),
        "f1_with_coined": round(score(judged).f1, 4),
        "pairs_per_s": round(len(chosen) / max(seconds, 1e-9)),
    }
    figures |= peers([p for p in chosen if p.topic != "coined"], install=not args.quick)
    for name, value in figures.items():
        print(f"{name}: {value}")
    if args.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
