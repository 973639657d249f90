"""Names: the golden sentences, the interface, and texts that mean harm."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nameplate.find.name import find_names, find_places
from nameplate.lexicon.places import candidates
from nameplate.model import Name

GOLDEN = Path(__file__).parent / "golden"


def lines(lang: str) -> list[dict[str, Any]]:
    rows = (GOLDEN / lang / "names.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row) for row in rows]


def said(names: list[Name]) -> list[dict[str, Any]]:
    """Names in the shape of the golden files."""
    rows = []
    for name in names:
        row: dict[str, Any] = {
            "text": name.text,
            "kind": name.kind,
            "start": name.start,
            "end": name.end,
        }
        if name.generic:
            row["generic"] = True
        if name.refers is not None:
            row["refers"] = names[name.refers].text
        if name.title:
            row["title"] = name.title
        rows.append(row)
    return rows


CASES = [(lang, row) for lang in ("en", "zh") for row in lines(lang)]


@pytest.mark.parametrize(("lang", "row"), CASES, ids=[f"{c[0]}:{c[1]['text'][:40]}" for c in CASES])
def test_golden(lang: str, row: dict[str, Any]) -> None:
    assert said(find_names(row["text"], lang)) == row["names"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_golden_files_are_sound(lang: str) -> None:
    rows = lines(lang)
    for row in rows:
        assert bool(row["names"]) != bool(row.get("why"))
        for name in row["names"]:
            assert row["text"][name["start"] : name["end"]] == name["text"]
    named = sum(len(row["names"]) for row in rows)
    assert named >= 140
    assert sum(not row["names"] for row in rows) >= 140


@given(st.text(max_size=400), st.sampled_from(["en", "zh", None]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text: str, lang: str | None) -> None:
    names = find_names(text, lang)
    last = 0
    for i, name in enumerate(names):
        assert text[name.start : name.end] == name.text
        assert last <= name.start < name.end
        assert name.refers is None or (name.generic and name.refers < i)
        last = name.end
    assert all(text[p.start : p.end] == p.text for p in find_places(text))


FRAGMENTS = st.sampled_from(
    [
        "Mayor ", "Wang Ji", ", ", "Secretary of the ", "Co., Ltd.", " of ", " and ", "the project",
        "Zone", "(", ")", "“", "”", " 2018 ", "\n", "annual output of 3 million ", "plant in ", "Jilin", ". ",
        "市委书记", "王荣", "、", "集团", "有限公司", "(昆山)", "项目",
        "和", "年产", "深圳市", "建设", "3个", "该", "路", "。",
    ]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=40).map("".join), st.sampled_from(["en", "zh"]))
@settings(max_examples=300, deadline=None)
def test_any_order_of_words_is_read(text: str, lang: str) -> None:
    names = find_names(text, lang)
    assert all(text[n.start : n.end] == n.text for n in names)
    assert all(a.end <= b.start for a, b in pairwise(names))


HOSTILE = [
    "A " * 50_000,
    "A" * 100_000,
    "Co., Ltd." * 11_000,
    "Wang Ji " * 12_500,
    "Mayor of " * 11_000,
    "the project " * 8_000,
    "Secretary, " * 9_000,
    "(A) " * 25_000,
    "Annual output of 3 " * 5_000 + "project",
    "项目" * 50_000,
    "王" * 100_000,
    "书记、" * 33_000,
    "市长王荣、" * 20_000,
    "(" * 100_000,
    "、" * 100_000,
    "年产3个" * 25_000,
    "深圳市" * 33_000,
    "中国" * 50_000 + "有限公司",
    "上海镇" * 33_000,
    "a modern, mill " * 7_000,
    "largest and most " * 6_000 + "plant",
    "X, a maker of " * 7_000,
    "目前产业园，" * 16_000,
    "长兴电子宣布，青河县今年" * 8_000,
    "\n" * 100_000,
    " " * 100_000,
]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("text", HOSTILE, ids=[t[:12] for t in HOSTILE])
def test_no_text_takes_long(text: str, lang: str) -> None:
    find_names("A warm start. 公司", lang)
    began = time.process_time()
    find_names(text, lang)
    assert time.process_time() - began < 2


def test_both_scripts_give_the_same_names() -> None:
    plain = "旭辉电子第8.5代面板项目将于下月投产，市长许勤出席。"
    other = "旭輝電子第8.5代面板項目將於下月投產，市長許勤出席。"
    assert [(n.start, n.end, n.kind) for n in find_names(plain)] == [
        (n.start, n.end, n.kind) for n in find_names(other)
    ]


def test_taken_spans_are_left_alone() -> None:
    text = "A 300 MW solar farm was built in May."
    whole = find_names(text, "en")
    assert [n.text for n in whole] == ["solar farm"]
    assert find_names(text, "en", taken=[(2, 19)]) == []
    project = "annual output of 8 million wheels project"
    assert [n.text for n in find_names(project, "en", taken=[(17, 33)])] == [project]


def test_places_inside_names() -> None:
    text = "Chongqing Zumei Glass Co., Ltd. moved to Jiaojiang District."
    assert [p.text for p in find_places(text)] == ["Chongqing", "Jiaojiang District"]
    assert [p.text for p in find_places("哈密市石城子光伏产业园")] == ["哈密市"]


def test_an_ambiguous_place_lists_its_candidates() -> None:
    found = candidates("朝阳区")
    assert {p.code for p in found} >= {"110105", "220104"}
    assert [p.code for p in candidates("椒江区")] == ["331002"]
    assert {p.level for p in candidates("Jilin")} == {"province", "prefecture"}
    assert candidates("Nowhere at all") == []
