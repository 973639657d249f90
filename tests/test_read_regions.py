"""Title, captions and boilerplate: the golden files, and no text that upsets them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nameplate.errors import LexiconError
from nameplate.lexicon import boilerplate as lexicon
from nameplate.read import mark_regions

GOLDEN = Path(__file__).parent / "golden"
ROWS = [
    json.loads(row)
    for path in sorted(GOLDEN.glob("*/boilerplate.jsonl"))
    for row in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"].replace("\n", " ")[-50:])
def test_golden(row: dict[str, Any]) -> None:
    text = row["text"]
    got: dict[str, list[str]] = {"title": [], "caption": [], "boilerplate": [], "table": []}
    for region in mark_regions(text):
        got[region.role].append(text[region.start : region.end])
    title = row.get("title")
    assert got["title"] == [line for line in text.split("\n") if line == title]
    assert got["caption"] == row.get("captions", [])
    assert got["boilerplate"] == row["boilerplate"]


def test_negatives_are_as_many_as_positives() -> None:
    assert sum(not row["boilerplate"] for row in ROWS) * 2 >= len(ROWS)
    assert all(bool(row["boilerplate"]) != bool(row.get("why")) for row in ROWS)


def test_rows_of_cells_are_a_table() -> None:
    text = "Line\tCapacity\tStart\nA\t2 million\t2021\nB\t4 million\t2024\n"
    assert {region.role for region in mark_regions(text)} == {"table"}


lines = st.sampled_from(
    [
        "首页",
        "Home > News",
        "Editor: A",
        "（王五摄）",
        "相关阅读",
        "a\tb",
        "© 2012 All rights reserved",
        "",
    ]
)


@given(st.one_of(st.text(), st.lists(st.one_of(lines, st.text())).map("\n".join)))
def test_regions_are_in_order_and_apart(text: str) -> None:
    end = 0
    for region in mark_regions(text):
        assert end <= region.start < region.end <= len(text)
        end = region.end


@pytest.mark.parametrize(
    "hostile",
    ["(" * 100_000, "(photo by " * 10_000, "Home > " * 15_000, "|" * 100_000, "a\n" * 50_000,
     "摄" * 100_000, "来源：" * 30_000, " " * 100_000 + "x", "copyright © " * 8_000, "。" * 100_000],
    ids=lambda text: text[:10],
)  # fmt: skip
def test_no_text_takes_long(hostile: str) -> None:
    start = time.process_time()
    mark_regions(hostile)
    assert time.process_time() - start < 2


def test_a_word_in_rival_lists_fails_the_load(monkeypatch: pytest.MonkeyPatch) -> None:
    words = lexicon.boilerplate()
    fields = {name: getattr(words, name) for name in words.__struct_fields__}
    twice = lexicon.Boilerplate(**{**fields, "labels": ("tel",), "edge_labels": ("tel",)})
    monkeypatch.setattr(lexicon, "read_toml", lambda name, kind: twice)
    with pytest.raises(LexiconError, match="'tel' is a spelling of both"):
        lexicon._checked("lang/en/boilerplate.toml")
