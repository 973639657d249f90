"""What the benchmarks over made-up ledgers share: their arguments, and how figures are shown."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

QUICK = 20_000
"""Claims of the ledger that ``--quick`` makes."""


def arguments(doc: str | None) -> argparse.ArgumentParser:
    """The arguments that all take; ``doc`` is the benchmark's own description."""
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} claims, under a minute")
    parser.add_argument("--json", action="store_true", help="print one flat JSON object last")
    parser.add_argument("--data", help="not needed; here since all benchmarks take it")
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="make the ledger here, or use it if it is there")
    return parser


def show(figures: Mapping[str, float], *, as_json: bool) -> None:
    """Print the figures, and once more for programs."""
    for name, value in figures.items():
        print(f"{name:<24}{value:>14,}")
    if as_json:
        print(json.dumps(dict(figures)))


def tell(words: str) -> None:
    """Say on the side how far it is."""
    print(words, file=sys.stderr, flush=True)
