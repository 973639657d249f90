"""Hostile shapes: 100,000 characters of anything are read in time that grows with their number.

The limit is far above what a free machine needs, so that only what grows faster than the text
fails here; the figures proper are those of ``benchmarks/extract.py``.
"""

from __future__ import annotations

import time

import pytest

from nameplate.model import Document
from nameplate.pipeline import extract, extract_text

SIZE = 100_000
LIMIT = 10.0
"""Seconds of this process's own time."""


def _filled(piece: str) -> str:
    return (piece * (SIZE // len(piece) + 1))[:SIZE]


def _words(i: int) -> str:
    return chr(97 + i % 26) + chr(97 + i // 26 % 26) + chr(97 + i // 676 % 26)


REPEATED = {
    "digits": "1234567890",
    "grouped digits": "1,000,",
    "short figures": "5 kg ",
    "money": "$5 ",
    "ranges": "5 to 6 ",
    "slashes": "1/2/",
    "open brackets": "(",
    "brackets": "(1) ",
    "quotes": "“",
    "names": "Acme Corp ",
    "listed names": "Acme Corp, ",
    "ministries": "Ministry of ",
    "one word": "A",
    "no spaces": "abcdefg",
    "trigger words": "invest output signed ",
    "stages": "started construction of the plant ",
    "visits": "Mayor Wang Ji visited Acme Corp and ",
    "relations": "Acme Corp owns Beta Plant in Wuhan, ",
    "names and figures": "Acme Corp invested 5 million yuan in Beta Plant with 300 workers and ",
    "dates": "June 3, ",
    "descriptions": "the project ",
    "headline": "Acme Corp To Build 5 GW Beta Plant In Wuhan ",
    "table": "| Acme | 5 kg | 2020 | ",
    "newlines": "\n",
    "short lines": "Ab\n",
    "wrapped lines": "Acme Corp invested 5 million yuan in the new Beta plant for\n",
    "full stops": ".",
    "abbreviations": "Co. ",
    "Chinese names": "甲公司",
    "Chinese figures": "投资5亿元",
    "Chinese counts": "5个",
    "Chinese dates": "3月5日",
    "Chinese numerals": "一二三",
    "Chinese cities": "北京市",
    "Chinese sentence": "长春市甲公司投资5亿元建设轮胎项目，",
    "Chinese visits": "市长王吉到甲公司调研，",
    "Chinese people": "王吉平、",
    "Chinese leaders": "王吉平、李文、" * 30 + "等同志，",
}
DIFFERENT = {
    "many firms": " ".join(f"A{_words(i)} Corp has {i} workers and" for i in range(4000)),
    "many sentences": " ".join(f"A{_words(i)} Corp has {i} workers." for i in range(5000)),
    "many relations": " ".join(f"A{_words(i)} Corp owns B{_words(i)} Plant." for i in range(5000)),
    "many people": " ".join(f"Mayor A{_words(i)} Bd visited Acme Corp." for i in range(5000)),
    "many Chinese firms": "".join(
        f"{chr(0x4E00 + i)}{chr(0x5E00 + i)}公司投资{i}亿元，" for i in range(9000)
    ),
}
SHAPES = {name: _filled(piece) for name, piece in REPEATED.items()} | {
    name: text[:SIZE] for name, text in DIFFERENT.items()
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_text_alone(shape: str) -> None:
    begun = time.process_time()
    extract(Document(id=shape, text=SHAPES[shape], published="2021-03-03"))
    assert time.process_time() - begun < LIMIT


@pytest.mark.parametrize("shape", ["names and figures", "Chinese sentence", "wrapped lines"])
def test_claims_of_a_sentence_without_end_are_grounded(shape: str) -> None:
    """What is too long to be a sentence is cut between words; quotes stay true."""
    text = SHAPES[shape][:5000]
    for claim in extract_text(text).claims:
        assert text[claim.start : claim.end] == claim.quote


def test_a_long_text_costs_what_its_parts_cost() -> None:
    """Ten times the text takes about ten times the time, not a hundred times."""
    sentence = "Acme Corp invested 5 million yuan in its Beta Plant in 2020. "
    short, long = (_best(sentence * n) for n in (100, 1000))
    assert long < 30 * short


def _best(text: str) -> float:
    document, best = Document(id="text", text=text, published="2021-03-03"), float("inf")
    for _ in range(3):
        begun = time.process_time()
        extract(document)
        best = min(best, time.process_time() - begun)
    return best
