"""Fit the confidence of claims on annotated sentences and reports, and say how well it holds.

    uv run python scripts/fit_confidence.py --data REPORTS.jsonl [MORE.jsonl …]

Each line of ``REPORTS.jsonl`` is a report with ``id``, ``text`` and its ``claims``, annotated in the
fields of docs/claims.md; such reports are third-party texts and stay where they are. The golden
claim sentences of ``tests/golden`` are used besides, with less weight: they are easier than reports.

Writes ``src/nameplate/data/confidence.toml`` (one logistic regression a kind, fitted on everything),
``docs/confidence.md`` and ``docs/confidence.svg``. Their figures are of reports judged by a model
that was fitted on the other half of the reports: they are dealt out in the order of each file. Pure
Python, no randomness: the same input gives the same files.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claim_marks import judged
from confidence_page import Pairs, brier, calibration_error, page, plot, ranking

from nameplate.claim.confidence import Features, features, probability
from nameplate.claim.context import Context, build
from nameplate.claim.extract import collect
from nameplate.lexicon.confidence import Model
from nameplate.model import Document
from nameplate.pipeline import dated
from nameplate.read import mark_regions, read_paths

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("quantity", "milestone", "relation", "visit", "instruction", "need", "capability")
GOLDEN_WEIGHT = 0.25
"""What a claim of a golden sentence counts beside one of a report."""
RIDGE = 5.0
"""Strength of the pull towards 0 on the weights of scores."""
RIDGE_OF_REASONS = {"quantity": 20.0}
"""The same on those of single reasons and words; 5 where a kind is not named."""
SCORES = frozenset(
    {
        "prior", "cue", "subject", "away", "planned", "dated", "doubt", "said again", "headline",
        "first sentences", "long subject", "long sentence", "many names", "many figures", "chinese",
        "spoken of before", "what the report is about",
    }
)  # fmt: skip
SURE, SURE_OF = 5.0, 0.8
"""So many claims, right at this share, stand for what is believed of a kind before any is seen."""
RAREST = 12
"""A feature that holds for fewer claims of a kind has no weight."""


AS_MADE = Model(bias=0.0, weights={"prior": 1.0})
"""The model that leaves the makers' own estimate as it is."""


@dataclass(frozen=True)
class Sample:
    """A claim that was taken: what was known, whether it is right, and what it counts."""

    kind: str
    found: Features
    prior: float
    right: bool
    weight: float
    report: int | None


# Samples


def _samples(
    context: Context, row: dict[str, Any], kinds: Iterable[str], weight: float, report: int | None
) -> Iterator[Sample]:
    claims = [c for c in collect(context)[0] if c.kind in kinds]
    for claim, hit in judged(claims, row):
        found = features(context, claim)
        yield Sample(claim.kind, found, claim.confidence or 0.5, hit, weight, report)


def golden_samples() -> Iterator[Sample]:
    """The golden claim sentences: a line is annotated for its file's kind only."""
    for kind in KINDS:
        for path in sorted((ROOT / "tests/golden").glob(f"*/{kind}.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                text = row["text"]
                document = Document(
                    id="golden",
                    text=text,
                    published=row.get("published"),
                    regions=mark_regions(text),
                )
                context = build(dated(document))
                yield from _samples(context, row, (kind,), GOLDEN_WEIGHT, None)


def report_samples(path: Path) -> Iterator[Sample]:
    """Annotated reports: every claim that was taken counts."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = {str(r["id"]): r for r in map(json.loads, filter(str.strip, lines))}
    order = {name: i for i, name in enumerate(rows)}
    for found in read_paths([path]):
        document = getattr(found, "document", None)
        if document is None or document.id not in rows:
            continue
        yield from _samples(
            build(dated(document)), rows[document.id], KINDS, 1.0, order[document.id]
        )


# Fitting


def fit(samples: Sequence[Sample]) -> Model:
    """Ridge logistic regression by Newton's method, with a few claims imagined beforehand."""
    believed = {"prior": math.log(SURE_OF / (1 - SURE_OF))}
    samples = [
        *samples,
        Sample("", believed, SURE_OF, True, SURE * SURE_OF, None),
        Sample("", believed, SURE_OF, False, SURE * (1 - SURE_OF), None),
    ]
    count = Counter(name for s in samples for name, value in s.found.items() if value)
    values: dict[str, set[float]] = {name: set() for name in count}
    for s in samples:
        for name in count:
            values[name].add(s.found.get(name, 0.0))
    names = sorted(n for n, c in count.items() if c >= RAREST and len(values[n]) > 1)
    place = {name: i + 1 for i, name in enumerate(names)}
    rows = [
        [(0, 1.0), *((place[n], v) for n, v in s.found.items() if n in place and v)]
        for s in samples
    ]
    size = len(names) + 1
    other = RIDGE_OF_REASONS.get(samples[0].kind, 5.0)
    pull = [1e-3, *(RIDGE if n in SCORES else other for n in names)]
    weights = [0.0] * size
    for _ in range(30):
        slope = [-r * w for r, w in zip(pull, weights, strict=True)]
        curve = [[0.0] * size for _ in range(size)]
        for i in range(size):
            curve[i][i] = pull[i]
        for sample, row in zip(samples, rows, strict=True):
            odds = sum(weights[i] * v for i, v in row)
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
            error, spread = sample.weight * (sample.right - p), sample.weight * p * (1 - p)
            for i, v in row:
                slope[i] += error * v
                for j, u in row:
                    curve[i][j] += spread * v * u
        step = solve(curve, slope)
        weights = [w + d for w, d in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-8:
            break
    kept = {n: round(weights[i], 3) for n, i in place.items() if abs(weights[i]) >= 0.0005}
    return Model(bias=round(weights[0], 3), weights=kept)


def solve(matrix: list[list[float]], right_side: list[float]) -> list[float]:
    """Solve a symmetric positive definite system by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, right_side, strict=True)]
    size = len(rows)
    for i in range(size):
        for j in range(i + 1, size):
            factor = rows[j][i] / rows[i][i]
            if factor:
                rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    answer = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows[i][j] * answer[j] for j in range(i + 1, size))
        answer[i] = (rows[i][size] - known) / rows[i][i]
    return answer


def crossed(samples: Sequence[Sample], kind: str, parts: int) -> Pairs:
    """Each report's claims as judged by a model that was fitted without its part of the reports."""
    pairs: Pairs = []
    for part in range(parts):
        out = [
            s
            for s in samples
            if s.kind == kind and s.report is not None and s.report % parts == part
        ]
        if not out:
            continue
        chosen = {id(s) for s in out}
        model = fit([s for s in samples if s.kind == kind and id(s) not in chosen])
        for s in out:
            pairs.append((min(0.99, max(0.01, probability(model, s.found))), s.right))
    return pairs


def toml(fitted: dict[str, Model], note: str) -> str:
    """The data file."""
    lines = [
        "# How much each feature of a claim says for its being right, in log-odds, by kind of claim.",
        "# Written by scripts/fit_confidence.py; do not edit by hand.",
        *(f"# {line}" for line in note.splitlines()),
    ]
    for kind, model in fitted.items():
        lines += ["", f"[{kind}]", f"bias = {model.bias}", f"[{kind}.weights]"]
        lines += [f"{json.dumps(n, ensure_ascii=False)} = {w}" for n, w in model.weights.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit, write the three files, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, nargs="*", default=[])
    parser.add_argument("--dry", action="store_true", help="print figures, write nothing")
    options = parser.parse_args()
    golden = list(golden_samples())
    reports = [s for path in options.data for s in report_samples(path)]
    if not reports:
        sys.exit("no annotated reports: name JSON Lines files with --data")
    samples = golden + reports
    results: dict[str, tuple[Pairs, Pairs]] = {}
    every: tuple[Pairs, Pairs] = ([], [])
    fifths: Pairs = []
    kept: list[str] = []
    for kind in KINDS:
        old = [(s.prior, s.right) for s in reports if s.kind == kind]
        new = crossed(samples, kind, 2)
        if brier(new) >= brier(old):
            kept.append(kind)
        every[0].extend(old)
        every[1].extend(old if kind in kept else new)
        fifths.extend(old if kind in kept else crossed(samples, kind, 5))
        results[kind] = (old, new)
    results["all"] = every
    fifth = (
        f"By models fitted on four fifths of the reports instead, all kinds together: calibration error\n"
        f"{calibration_error(fifths):.3f}, Brier {brier(fifths):.3f}, ranking {ranking(fifths):.3f}."
    )
    unfit = ", ".join(kept) or "none"
    note = (
        f"Kinds for which the fit was no better (by Brier) and which keep their makers' estimate: {unfit}.\n"
        f"Fitted on {len(reports)} claims taken from annotated third-party reports (news, bulletins and company\n"
        f"pages in English and Chinese; not part of this repository) and, at a weight of {GOLDEN_WEIGHT}, on\n"
        f"{len(golden)} claims of the golden sentences in tests/golden."
    )
    document = page(results, f"{fifth}\n\n{note}")
    print(document[document.index("| kind") : document.index("Fit it again")])
    if options.dry:
        return
    fitted = {
        kind: AS_MADE if kind in kept else fit([s for s in samples if s.kind == kind])
        for kind in KINDS
    }
    data = ROOT / "src/nameplate/data/confidence.toml"
    data.write_text(toml(fitted, note), encoding="utf-8")
    (ROOT / "docs/confidence.md").write_text(document, encoding="utf-8")
    (ROOT / "docs/confidence.svg").write_text(plot(*every), encoding="utf-8")


if __name__ == "__main__":
    main()
