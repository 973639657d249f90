"""How well confidence holds: its figures, its plot and its page in the docs."""

from __future__ import annotations

import math

BINS = 10

Pairs = list[tuple[float, bool]]
"""Probabilities with what was true."""


def bins(pairs: Pairs) -> list[tuple[float, float, int]]:
    """Mean probability, share of right ones and number in each tenth that is not empty."""
    table = []
    for k in range(BINS):
        own = [(p, r) for p, r in pairs if min(BINS - 1, int(p * BINS)) == k]
        if own:
            n = len(own)
            table.append((sum(p for p, _ in own) / n, sum(r for _, r in own) / n, n))
    return table


def calibration_error(pairs: Pairs) -> float:
    """Expected calibration error over the tenths."""
    return sum(n * abs(p - r) for p, r, n in bins(pairs)) / max(1, len(pairs))


def brier(pairs: Pairs) -> float:
    """Mean squared distance of the probability from what was true."""
    return sum((p - r) ** 2 for p, r in pairs) / max(1, len(pairs))


def ranking(pairs: Pairs) -> float:
    """How often a right claim has more confidence than a wrong one (area under the ROC curve)."""
    yes, no = [p for p, r in pairs if r], [p for p, r in pairs if not r]
    if not yes or not no:
        return 0.5
    wins = sum((y > n) + 0.5 * (y == n) for y in yes for n in no)
    return wins / (len(yes) * len(no))


def plot(before: Pairs, after: Pairs) -> str:
    """The calibration plot as SVG: share of right claims by confidence, before and after."""
    side, edge = 320, 48
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" '
        'font-family="sans-serif" font-size="12" role="img" '
        'aria-label="Share of right claims by confidence, before and after">',
        f'<rect width="{side + 2 * edge}" height="{side + 2 * edge}" fill="#fff"/>',
    ]

    def at(x: float, y: float) -> tuple[float, float]:
        return edge + x * side, edge + (1 - y) * side

    for k in range(0, 11, 2):
        x, y = at(k / 10, k / 10)
        parts.append(
            f'<path d="M{edge} {y:.0f}H{edge + side}M{x:.0f} {edge}V{edge + side}" stroke="#ddd"/>'
        )
        parts.append(
            f'<text x="{x:.0f}" y="{edge + side + 18}" text-anchor="middle">{k / 10}</text>'
        )
        parts.append(f'<text x="{edge - 8}" y="{y + 4:.0f}" text-anchor="end">{k / 10}</text>')
    parts.append(
        f'<path d="M{edge} {edge + side}L{edge + side} {edge}" stroke="#888" stroke-dasharray="4 4"/>'
    )
    for name, pairs, colour, line in (
        ("before", before, "#b35900", 24),
        ("after", after, "#00558c", 42),
    ):
        points = [(*at(p, r), n) for p, r, n in bins(pairs)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + math.sqrt(n) / 3:.1f}" fill="{colour}" fill-opacity="0.6"/>'
            for x, y, n in points
        ]
        parts.append(f'<text x="{edge + 12}" y="{edge + line}" fill="{colour}">{name}</text>')
    parts.append(
        f'<text x="{edge + side / 2}" y="{2 * edge + side - 8}" text-anchor="middle">confidence</text>'
    )
    parts.append(f'<text x="{edge}" y="{edge - 14}">share of claims that are right</text></svg>')
    return "\n".join(parts) + "\n"


def page(results: dict[str, tuple[Pairs, Pairs]], note: str) -> str:
    """docs/confidence.md."""
    rows = [
        "| kind | claims | right | calibration error before | after | Brier before | after | ranking before | after |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for kind, (old, new) in results.items():
        share = sum(r for _, r in new) / max(1, len(new))
        figures = [calibration_error(old), calibration_error(new), brier(old), brier(new),
                   ranking(old), ranking(new)]  # fmt: skip
        rows.append(
            f"| {kind} | {len(new)} | {share:.2f} | "
            + " | ".join(f"{f:.3f}" for f in figures)
            + " |"
        )
    tenths = ["| confidence | claims | mean confidence | right |", "| --- | --- | --- | --- |"]
    for p, r, n in bins(results["all"][1]):
        k = min(BINS - 1, int(p * BINS))
        tenths.append(f"| {k / 10:.1f}–{(k + 1) / 10:.1f} | {n} | {p:.2f} | {r:.2f} |")
    return PAGE.format(table="\n".join(rows), tenths="\n".join(tenths), note=note)


PAGE = """# What a claim's confidence means

<!-- Written by scripts/fit_confidence.py; do not edit by hand. -->

`confidence` is the probability that a claim is right: of a hundred claims with 0.8, about eighty are.
Right means, for a figure, that value, unit, measure, modality and subject are as an annotator has them;
for a milestone stage, modality and subject; for a relation both ends; for a visit the place and a
visitor; for an instruction its words; for a need or capability its topic. The time of a claim
is not part of it.

It is a logistic regression for each kind of claim (`src/nameplate/data/confidence.toml`) on what was
known when the claim was made: the measure or stage, the reasons that are also in the claim's `rule`, how strongly
the words spoke for the measure and for the subject, whether the subject stands in the sentence or was spoken of
before, modality, doubt, whether a time was found, how long and how full of names and figures the sentence is,
whether the report says it again. The makers' own estimate is one feature among these.

![Share of right claims by confidence](confidence.svg)

The figures are of annotated reports, each judged by a model fitted without its half of the reports; "before"
is the makers' own estimate. Calibration error is the expected one over ten bins, Brier the mean squared
distance (both 0 at best); ranking is how often a right claim has more confidence than a wrong one (1 at best).

{table}

All kinds together, after:

{tenths}

Four limits. Some of the reports were also used while the rules were written, so on reports never seen fewer
claims are right than here. The settings of the fit (how strongly weights are pulled to 0, what golden sentences
count, which kinds keep their makers' estimate) were chosen by these same figures, which are therefore somewhat
too good. A kind with a few dozen claims has figures that another sample would change. And a model can be well
calibrated without ranking well: "ranking" near 0.5 says that within the kind it tells right from wrong no better
than chance.

{note}

Fit it again, after the rules have changed, with

    uv run python scripts/fit_confidence.py --data REPORTS.jsonl [MORE.jsonl …]
"""
