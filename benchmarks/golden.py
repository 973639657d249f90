"""Golden sentences of quantities and times: how many are read exactly.

    uv run python benchmarks/golden.py [--quick] [--json] [--data DIR] [--errors]

Figures: ``quantities`` (how many the golden lines hold) and ``quantities_exact`` (share of 1), and the
same for times. ``DIR`` is the folder of golden files (by default ``tests/golden``). A quantity or time is exact if
its span and every field that the golden line names are right; a found one that the line does not
list counts against the share. One function a topic; ``--quick`` changes nothing, it is quick.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from nameplate.find.quantity import find_quantities
from nameplate.find.time import find_times
from nameplate.model import Quantity, Time

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden"
_DEFAULTS = {"bound": "=", "per": None, "trend": None}


class Tally(NamedTuple):
    """How many were expected, how many of them are exact, and what went wrong."""

    expected: int
    exact: int
    extra: int
    errors: list[str]

    @property
    def share(self) -> float:
        """Exact ones among all that were expected or wrongly found."""
        return self.exact / max(1, self.expected + self.extra)


def rows(folder: Path, topic: str) -> Iterator[dict[str, Any]]:
    """The golden lines of a topic, over all languages."""
    for path in sorted(folder.glob(f"*/{topic}.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def quantities(folder: Path = GOLDEN) -> Tally:
    """Score the lines of ``<lang>/quantities.jsonl``."""
    expected = exact = extra = 0
    errors = []
    for row in rows(folder, "quantities"):
        found = find_quantities(row["text"], country=row.get("country"))
        wanted = row["quantities"]
        hits = [any(quantity_matches(w, q) for q in found) for w in wanted]
        wrong = [q for q in found if not any(_overlaps(w, q) for w in wanted)]
        expected, exact, extra = expected + len(wanted), exact + sum(hits), extra + len(wrong)
        missed = [w for w, hit in zip(wanted, hits, strict=True) if not hit]
        if missed or wrong:
            errors.append(f"{row['text']}\n  wanted {missed}\n  found {[_said(q) for q in found]}")
    return Tally(expected, exact, extra, errors)


def quantity_matches(wanted: dict[str, Any], found: Quantity) -> bool:
    """Are span, numbers, unit, bound, rate, trend (and item, doubt if named) all as wanted?"""
    if (found.start, found.end, found.unit) != (wanted["start"], wanted["end"], wanted["unit"]):
        return False
    if not all(_same(wanted.get(k), getattr(found, k)) for k in ("value", "low", "high")):
        return False
    if any(getattr(found, k) != wanted.get(k, d) for k, d in _DEFAULTS.items()):
        return False
    if "other" in wanted and not _same(wanted["other"], found.other):
        return False
    if bool(found.doubt) != wanted.get("doubt", False):
        return False
    return "item" not in wanted or found.item == wanted["item"]


def _same(wanted: str | None, value: Decimal | None) -> bool:
    """Exact to twelve digits; a wanted fraction ("100/3") is compared as such."""
    if wanted is None or value is None:
        return wanted is None and (value is None)
    true = Fraction(wanted)
    return abs(Fraction(value) - true) <= abs(true) * Fraction(1, 10**12)


def _overlaps(wanted: dict[str, Any], found: Quantity) -> bool:
    return bool(found.start < wanted["end"] and wanted["start"] < found.end)


def _said(quantity: Quantity) -> dict[str, Any]:
    fields = ("start", "end", "value", "low", "high", "unit", "bound", "per", "trend", "item")
    said = {k: getattr(quantity, k) for k in fields}
    return {k: str(v) if isinstance(v, Decimal) else v for k, v in said.items() if v is not None}


def times(folder: Path = GOLDEN) -> Tally:
    """Score the lines of ``<lang>/times.jsonl``."""
    expected = exact = extra = 0
    errors = []
    for row in rows(folder, "times"):
        found = find_times(row["text"], row.get("published"))
        wanted = row["times"]
        hits = sum(any(time_matches(w, t) for t in found) for w in wanted)
        wrong = [
            t for t in found if not any(w["start"] < t.end and t.start < w["end"] for w in wanted)
        ]
        expected, exact, extra = expected + len(wanted), exact + hits, extra + len(wrong)
        if hits < len(wanted) or wrong:
            errors.append(f"{row['text']}\n  wanted {wanted}\n  found {found}")
    return Tally(expected, exact, extra, errors)


def time_matches(wanted: dict[str, Any], found: Time) -> bool:
    """Are span, value, kind, bound and presence all as wanted?"""
    said = {"kind": "date", "mod": None, "now": False} | wanted
    fields = ("start", "end", "edtf", "kind", "mod", "now")
    return all(getattr(found, field) == said[field] for field in fields)


TOPICS = {"quantities": quantities, "times": times}


def figures(folder: Path = GOLDEN) -> dict[str, float]:
    """Share of exact ones for each topic, as the quality gate wants them."""
    return {f"{topic}_exact": round(score(folder).share, 4) for topic, score in TOPICS.items()}


def main() -> None:
    """Print the shares; the last line is JSON if asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--data", type=Path, default=GOLDEN)
    args = parser.parse_args()
    shares: dict[str, float] = {}
    for topic, score in TOPICS.items():
        tally = score(args.data)
        shares |= {topic: tally.expected, f"{topic}_exact": round(tally.share, 4)}
        print(f"{topic}: {tally.exact} of {tally.expected} exact, {tally.extra} too many")
        if args.errors:
            print("\n".join(tally.errors))
    if args.json:
        print(json.dumps(shares))


if __name__ == "__main__":
    main()
