"""NewsQuant (Almasian et al., EMNLP 2023): its sentences and its scoring.

The scoring follows the paper's own evaluation rule by rule, also where it is generous: a gold value
may be matched by every prediction of that value until the sentence's gold count is used up.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

Value = float | tuple[float, float]
FILE_NAME = "NewsQuant.json"


class Score(NamedTuple):
    """F1 in percent, as in the paper: value, value and unit, value and change."""

    value: float
    unit: float
    change: float


class Sentence(NamedTuple):
    """A sentence with its gold quantities."""

    text: str
    gold: list[dict[str, str]]


def read(folder: Path) -> list[Sentence]:
    """The test set, from a checkout of CQE_Evaluation somewhere below ``folder``."""
    path = below(folder, f"formatted_test_set/{FILE_NAME}")
    if path is None:
        raise FileNotFoundError(f"{folder}: no formatted_test_set/{FILE_NAME} below it")
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [Sentence(row["text"], row["quantities"]) for row in rows]


def below(folder: Path, pattern: str) -> Path | None:
    """The first path of that pattern in the folder or in those that it links to."""
    roots = [folder, *(p.resolve() for p in sorted(folder.iterdir()) if p.is_symlink())]
    return next((path for root in roots for path in sorted(root.rglob(pattern))), None)


def gold_value(text: str) -> Value:
    """A number, or the pair of a range written "low-high"."""
    if "-" in text and "E" not in text and not text.startswith("-"):
        low, high = text.split("-")[:2]
        return float(low), float(high)
    return float(text)


def same(one: Value, two: Value) -> bool:
    """Are two values the same, within the paper's tolerance?"""
    if isinstance(one, tuple) and isinstance(two, tuple):
        return all(_close(a, b) for a, b in zip(one, two, strict=True))
    if isinstance(one, tuple) or isinstance(two, tuple):
        return False
    return _close(one, two)


def _close(one: float, two: float) -> bool:
    return math.isfinite(two) and abs(one - two) <= 1e-8 + 1e-5 * abs(two)


def score(gold: Sequence[list[dict[str, str]]], found: Sequence[list[dict[str, Any]]]) -> Score:
    """The paper's three F1 figures over sentences in order."""
    values = units = changes = 0
    for wanted, tags in zip(gold, found, strict=True):
        v, u, c = _hits(wanted, tags)
        values, units, changes = values + v, units + u, changes + c
    wanted_n, found_n = sum(map(len, gold)), sum(map(len, found))
    return Score(*(_f1(hits, wanted_n, found_n) for hits in (values, units, changes)))


def _hits(wanted: list[dict[str, str]], found: list[dict[str, Any]]) -> tuple[int, int, int]:
    values = units = changes = 0
    left = len(wanted)
    tags = sorted(found, key=lambda tag: str(tag["normalized_unit"]))
    for gold in sorted(wanted, key=lambda tag: tag["normalized_unit"]):
        value = gold_value(gold["value"])
        for tag in tags:
            if not same(value, _value(tag["value"])):
                continue
            if left > 0:
                values, left = values + 1, left - 1
            changes += tag["change"] == gold["change"]
            if tag["normalized_unit"].lower() == gold["normalized_unit"].lower():
                units += 1
                tags = [t for t in tags if t is not tag]
                break
    return values, units, changes


def _value(value: Any) -> Value:
    return (float(value[0]), float(value[1])) if isinstance(value, list | tuple) else float(value)


def _f1(hits: int, wanted: int, found: int) -> float:
    if not hits or not wanted or not found:
        return 0.0
    precision, recall = hits / found, hits / wanted
    return round(200 * precision * recall / (precision + recall), 1)


def range_recall(
    gold: Sequence[list[dict[str, str]]], found: Sequence[list[dict[str, Any]]]
) -> float:
    """Share of the gold ranges, in percent, that are found as that range."""
    hits = total = 0
    for wanted, tags in zip(gold, found, strict=True):
        for quantity in wanted:
            value = gold_value(quantity["value"])
            if isinstance(value, tuple):
                total += 1
                hits += any(same(value, _value(tag["value"])) for tag in tags)
    return round(100 * hits / total, 1) if total else 0.0
