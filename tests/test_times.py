"""Times: the golden sentences, what holds for any text, and what a text must not cost."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nameplate.find import edtf
from nameplate.find.time import find_times, publication_date
from nameplate.find.times import scan, tense
from nameplate.lexicon import times as lexicon
from nameplate.lexicon.times import vocabulary
from nameplate.model import Time

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("en", "zh")


def lines(lang: str) -> list[dict[str, Any]]:
    rows = (GOLDEN / lang / "times.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row) for row in rows if row.strip()]


def expected(row: dict[str, Any]) -> list[tuple[object, ...]]:
    return [
        (t["start"], t["end"], t["edtf"], t.get("kind", "date"), t.get("mod"), t.get("now", False))
        for t in row["times"]
    ]


def found(row: dict[str, Any]) -> list[tuple[object, ...]]:
    times = find_times(row["text"], row.get("published"))
    return [(t.start, t.end, t.edtf, t.kind, t.mod, t.now) for t in times]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_golden_lines_hold_what_they_say(lang: str) -> None:
    rows = lines(lang)
    for row in rows:
        assert bool(row["times"]) != bool(row.get("why")), row["text"]
        for said in row["times"]:
            assert row["text"][said["start"] : said["end"]] == said["words"]
    negatives = sum(not row["times"] for row in rows)
    assert negatives >= sum(bool(row["times"]) for row in rows)
    assert len({(row["text"], row.get("published")) for row in rows}) == len(rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_golden_sentences(lang: str) -> None:
    wrong = [(row["text"], found(row)) for row in lines(lang) if found(row) != expected(row)]
    assert not wrong


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_full_width_figures_and_no_break_spaces_change_nothing(lang: str) -> None:
    for row in lines(lang):
        wide = {**row, "text": row["text"].translate(WIDE).replace(" ", "\u00a0")}
        assert found(wide) == expected(row), wide["text"]


def check(times: list[Time], text: str) -> None:
    """What holds for the times of any text."""
    end = 0
    for t in times:
        assert end <= t.start < t.end <= len(text)
        end = t.end
        if t.kind == "date" and t.edtf is not None and not edtf.is_open(t.edtf):
            assert edtf.interval(t.edtf) is not None, t


WORDS = sorted(w for w in vocabulary().words if len(w) < 12)
PIECES = st.sampled_from(
    [
        *WORDS,
        "2020",
        "19",
        "5",
        "31",
        "99",
        "2020-02-30",
        "1/2/03",
        " ",
        "-",
        "至",
        "年",
        "月",
        "日",
        "第",
        ".",
        "，",
        "\n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES, max_size=12).map("".join),
    st.sampled_from([None, "2020-02-29", "2021-12", "2019"]),
)
def test_any_words_in_any_order(text: str, published: str | None) -> None:
    check(find_times(text, published), text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=12)))
def test_never_raises_on_any_text(text: str, published: str | None) -> None:
    check(find_times(text, published), text)
    publication_date(text)


HOSTILE = {
    "digits": "1" * 100_000, "years": "2020 " * 20_000, "han": "一" * 33_000, "marks": "年月日" * 11_000,
    "days": "8月" * 20_000, "after a year": "2018年" + "8月，" * 20_000, "months": "March " * 16_000,
    "dashes": "2020-" * 20_000, "slashes": "1/" * 50_000, "last": "last year " * 10_000, "blanks": "\n \t" * 33_000,
    "now": "now " * 25_000, "ordinals": "on the 10th " * 8_000, "to": "June 8 to " * 10_000, "dots": "1.2." * 25_000,
    "a year ago": "a year ago " * 9_000, "weekdays": "Monday " * 14_000, "labels": "发布时间：" * 20_000,
    "words": "expected " * 11_000, "letters": "ed" * 50_000, "quotes": "“" * 33_000, "the": "in the past the " * 6_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name: str) -> None:
    text = HOSTILE[name]
    begin = time.process_time()
    find_times(text, "2020-06-15")
    publication_date(text)
    assert time.process_time() - begin < 2


def test_offsets_are_those_of_the_text() -> None:
    text = "𠮷田工場於２０２１年\u00a03月\u30005日動工，İstanbul opened on May\u00a05,\u00a02020."
    times = find_times(text)
    assert [text[t.start : t.end] for t in times] == [
        "２０２１年\u00a03月\u30005日",
        "May\u00a05,\u00a02020",
    ]
    assert [t.edtf for t in times] == ["2021-03-05", "2020-05-05"]


def test_both_languages_in_one_sentence() -> None:
    times = find_times("On June 3, 市长调研，截至5月底 18 lines ran; 去年 it was 12.", "2024-06-05")
    assert [t.edtf for t in times] == ["2024-06-03", "2024-05", "2023"]


def test_a_date_of_publication_that_is_no_date_counts_as_none() -> None:
    assert find_times("last year", "soon")[0].edtf is None
    assert find_times("today", "2020-07-26T15:43:42+08:00")[0].edtf == "2020-07-26"
    assert find_times("目前", "2020-07")[0].edtf == "2020-07"


GERMAN = """
articles = ["der", "die", "das"]
[months]
februar = 2
"märz" = 3
oktober = 10
[ordinals]
zweiten = 2
[units]
year = ["jahr", "jahres"]
quarter = ["quartal"]
[shifts]
letzten = -1
[parts]
end = ["ende"]
[deictic.day]
gestern = -1
[vague]
present = ["derzeit"]
[gaps]
point = [". "]
range = [". bis "]
[before]
since = ["seit"]
by = ["bis"]
[near]
at = ["im", "seit"]
"""
GERMAN_LINES = [
    ("Am 24. Februar 2020 wurde das Werk eröffnet.", [("24. Februar 2020", "2020-02-24", None)]),
    (
        "Im zweiten Quartal 2021 stieg der Umsatz.",
        [("zweiten Quartal 2021", "2021-04/2021-06", None)],
    ),
    (
        "Seit 2019 läuft die Anlage, bis Ende 2025.",
        [("2019", "2019", "since"), ("Ende 2025", "2025-12", "by")],
    ),
    ("Vom 3. bis 5. März war Messe.", [("3. bis 5. März", "2022-03-03/2022-03-05", None)]),
    ("Im Oktober letzten Jahres war Baubeginn.", [("Oktober letzten Jahres", "2021-10", None)]),
    ("Gestern ruhte das Werk mit 2019 Leuten.", [("Gestern", "2022-05-19", None)]),
]


def test_a_third_language_is_a_data_file(monkeypatch: pytest.MonkeyPatch) -> None:
    german = msgspec.toml.decode(GERMAN, type=lexicon.TimeFile)
    read = lexicon.read_toml
    caches = (lexicon.vocabulary, scan._automaton, tense._automaton)
    monkeypatch.setattr(lexicon, "languages", lambda: ("en", "zh", "de"))
    monkeypatch.setattr(
        lexicon, "read_toml", lambda name, kind: german if "/de/" in name else read(name, kind)
    )
    for cache in caches:
        cache.cache_clear()
    try:
        for text, wanted in GERMAN_LINES:
            times = find_times(text, "2022-05-20")
            assert [(text[t.start : t.end], t.edtf, t.mod) for t in times] == wanted
    finally:
        for cache in caches:
            cache.cache_clear()


HEADERS = [
    (
        "Works open\n2020-07-26 15:43:42 Source: Harlan News\nOn July 20 the works opened.",
        "2020-07-26",
    ),
    ("市长调研\n来源:   时间: 2024-06-05 07:33\n6月3日，市长调研。", "2024-06-05"),
    ("|Harlan|Published:2021-08-23 10:13:29\nAs a park", "2021-08-23"),
    ("首页\n项目开工\n发布时间：2011-04-25\n发布人：-\n4月23日，项目开工。", "2011-04-25"),
    ("發布時間：2022-06-14 15:03:29來源：港灣日報", "2022-06-14"),
    ("Works open\nApril 26, 2022\nWritten by: A. Finch", "2022-04-26"),
    ("Updated: June 09,2021\nContracts were signed.", "2021-06-09"),
    ("标题\n2021年06月09日 09:12 来源：港湾日报\n正文", "2021-06-09"),
    ("标题\n来源：港湾日报 | 2023-03-09 09:07:53\n正文", "2023-03-09"),
    ("Copyright 2012 All Rights Reserved 渝ICP备12005872号-5", None),
    ("Tel: 2019-1234-55\nOn February 19, 2020, the line ran.", None),
    ("On August 18, 2021, the zone held a signing.", None),
    ("2021年8月18日，活动举行。", None),
    ("活动时间：2023-05-01 9:00\n开工时间：2020-03-05", None),
    ("Founded: 2001-05-06\n项目于2020年3月5日开工。", None),
    ("有效期：2022-01-01至2023-01-01", None),
]


@pytest.mark.parametrize(("text", "published"), HEADERS)
def test_publication_date(text: str, published: str | None) -> None:
    assert publication_date(text) == published
