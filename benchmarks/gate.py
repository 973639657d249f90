"""The quality gate: golden sentences and claims must keep their floors. Floors only rise.

    uv run python benchmarks/gate.py [--raise]

Runs on the project's own golden files, in seconds. ``--raise`` writes each floor up to just under
the present figure; it never lowers one.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLOORS = Path(__file__).parent / "floors.toml"
sys.path[:0] = [str(ROOT / "tests"), str(Path(__file__).parent)]

SLACK = 0.005
"""How far under the present figure a raised floor is put, so that noise in rounding never fails."""


def claims() -> dict[str, float]:
    """Precision and recall of each kind of claim on the golden sentences, and quiet negatives."""
    from claim_cases import KINDS, counts

    figures: dict[str, float] = {}
    for kind in KINDS:
        tally = counts(kind)
        found, wanted = tally["true"], tally["true"] + tally["missed"]
        figures[f"claims.{kind}.precision"] = found / max(1, found + tally["false"])
        figures[f"claims.{kind}.recall"] = found / max(1, wanted)
        figures[f"claims.{kind}.quiet"] = 1 - tally["alarms"] / max(1, tally["negatives"])
    return figures


def spans() -> dict[str, float]:
    """Shares of golden quantities and times read right."""
    import golden

    return {f"golden.{name}": value for name, value in golden.figures().items()}


def main() -> None:
    """Compare every figure with its floor; exit code 1 if one is under it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors")
    args = parser.parse_args()
    floors: dict[str, float] = tomllib.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    now = claims() | spans()
    low = [name for name, value in now.items() if value < floors.get(name, 0.0)]
    for name, value in now.items():
        mark = "UNDER ITS FLOOR" if name in low else ""
        print(f"{name:<34}{value:.3f}  floor {floors.get(name, 0.0):.3f}  {mark}".rstrip())
    gone = sorted(set(floors) - set(now))
    for name in gone:
        print(f"{name}: has a floor but was not measured")
    if args.lift:
        raised = {n: max(floors.get(n, 0.0), round(v - SLACK, 3)) for n, v in now.items()}
        lines = [f'"{n}" = {max(0.0, v)}' for n, v in sorted((floors | raised).items())]
        FLOORS.write_text(
            "# Floors of benchmarks/gate.py; raised, never lowered.\n" + "\n".join(lines) + "\n"
        )
    sys.exit(1 if low or gone else 0)


if __name__ == "__main__":
    main()
