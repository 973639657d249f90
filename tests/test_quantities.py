"""Quantities: golden lines of both languages, hard cases, and what must hold for any text."""

from __future__ import annotations

import json
import re
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nameplate.errors import LexiconError
from nameplate.find.quantity import find_quantities
from nameplate.lexicon.numbers import numbers
from nameplate.lexicon.units import Units, units
from nameplate.model import Quantity

GOLDEN = Path(__file__).parent / "golden"
sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
FILES = sorted(GOLDEN.glob("*/quantities.jsonl"))
FIELDS = {"quote", "start", "end", "value", "low", "high", "unit", "item", "bound", "per", "trend"}
TEMPTING = re.compile(
    r"[0-9０-９]+|[〇零一二两三四五六七八九十百千万亿]+"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|million|hundred|ninety)\b",
    re.IGNORECASE,
)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_lines_hold_what_they_say(path: Path) -> None:
    rows = lines(path)
    assert len({row["text"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) <= {"text", "country", "quantities", "why"}
        assert bool(row["quantities"]) != bool(row.get("why")), row["text"]
        for said in row["quantities"]:
            assert set(said) <= FIELDS | {"doubt", "other"}
            assert row["text"][said["start"] : said["end"]] == said["quote"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_quantity_has_a_temptation_beside_it(path: Path) -> None:
    """At least as many numbers that must not be read as quantities that must."""
    rows = lines(path)
    wanted = sum(len(row["quantities"]) for row in rows)
    tempting = sum(len(TEMPTING.findall(row["text"])) for row in rows if not row["quantities"])
    assert tempting >= wanted


def test_golden_lines_are_read_exactly() -> None:
    import golden

    tally = golden.quantities(GOLDEN)
    assert tally.expected >= 400
    assert tally.share >= 0.97, "\n".join(tally.errors)


def one(text: str, country: str | None = None) -> Quantity:
    found = find_quantities(text, country=country)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "country", "unit", "candidates"),
    [
        ("It cost $5 million.", None, "USD", True),
        ("It cost $5 million.", "AU", "AUD", False),
        ("It cost $5 million.", "US", "USD", False),
        ("耗资5亿元。", None, "CNY", False),
        ("耗资5億元。", "TW", "TWD", False),
        ("耗资5億元。", "HK", "HKD", False),
        ("It made 5 tons.", None, "t", False),
        ("It made 5 tons.", "US", "[ston_av]", False),
        ("It raised 5 million pounds.", "GB", "GBP", False),
    ],
)
def test_country_decides_ambiguous_units(
    text: str, country: str | None, unit: str, candidates: bool
) -> None:
    found = one(text, country)
    assert found.unit == unit
    assert bool(found.candidates) == candidates


def test_a_currency_named_in_the_text_decides() -> None:
    text = "The fund holds A$20 million; another $3 million will follow."
    assert [q.unit for q in find_quantities(text)] == ["AUD", "AUD"]


def test_doubt_keeps_both_readings() -> None:
    found = one("The output is 3000 million pieces.")
    assert (found.value, found.other) == (Decimal(3_000_000_000), Decimal(30_000_000))
    found = one("The park covers 300 acres.", "CN")
    assert found.doubt
    assert found.other == Decimal(200_000)
    found = one("總投資57。6億元。")
    assert (found.value, found.other) == (Decimal(600_000_000), Decimal(5_760_000_000))


def test_base_value_is_exact() -> None:
    assert one("The furnace uses 1.5 MWh.").base_value == Decimal(5_400_000_000)
    assert one("占地3亩。").value == Decimal(2000)
    assert one("It needs 12 feet.").base_value == Decimal("3.6576")


def test_taken_spans_are_left() -> None:
    text = "Within 3 years 40 robots came."
    assert [q.unit for q in find_quantities(text)] == ["a", "1"]
    assert [q.unit for q in find_quantities(text, taken=[(7, 14)])] == ["1"]


def test_wide_digits_soft_spaces_and_mixed_text() -> None:
    assert one("总投资１２．５亿元。").value == Decimal(1_250_000_000)
    assert one("about 1.5\u00a0million tons").value == Decimal(1_500_000)
    found = find_quantities("Harlan Glass 计划投资3.2亿元 for 40 robots.")
    assert [(q.value, q.unit) for q in found] == [(Decimal(320_000_000), "CNY"), (Decimal(40), "1")]


ALPHABET = (
    "0123456789.,，-–~+/%$¥€ \n\t亿万千百十一二三两多余近约个家台吨年月日元度成至到点分之"
    "abkmMWt()（）“”'ofandtomillionyuan"
)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=80) | st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    past = 0
    for found in find_quantities(text):
        assert past <= found.start < found.end <= len(text)
        past = found.end
        assert (found.value is None) == (found.low is not None)
        assert (found.low is None) == (found.high is None)
        if found.low is not None and found.high is not None:
            assert found.low < found.high
        if found.item is not None:
            assert found.item == text[found.item_start : found.item_end]


def test_the_end_of_no_range_is_no_rough_number() -> None:
    assert not find_quantities("Lots 20~10 and 2017~2018 were read.")
    assert one("Lots of ~200 kg were read.").bound == "~"
    assert one("It took 3~1 days.").value == 1


@pytest.mark.parametrize(
    "text", ["twenty-ſix tons", "5 thouſand cars", "five mıllıon", "two thırds", "five poınt ſix"]
)
def test_letters_that_only_seem_to_be_of_a_number_word(text: str) -> None:
    find_quantities(text)


@pytest.mark.parametrize(
    "piece",
    [
        "9", "9,", "1,111,", "9.", "1.1.", "1-", "9 ", "亿", "万亿", "十", "二十", "九千", "1万", "3亿",
        "one ", "one hundred ", "hundred ", "million ", "and ", "twenty-", "$", "$1 ", "US$", "1 to ",
        "from 1 ", "～", "1~", "1×", "约", "超过", "more than ", "per ", "/年", "每", "5个", "5个项目",
        "12 new ", "12 old ", "1/2 ", "½", "(", "“", "1%", "1%、", "5 of the ", "annual ", "年产", "一个",
        "\n1.", "1 or ", "1, ", "1、", "point ", "点", "分之", "百分之", "10^", "1e", "3K", "-5 ", "+",
    ],
)  # fmt: skip
def test_no_input_is_slow(piece: str) -> None:
    """Twice the text takes about twice the time, whatever the machine: four times would be quadratic."""

    def seconds(size: int) -> float:
        begun = time.process_time()
        find_quantities(piece * (size // len(piece.encode())))
        return time.process_time() - begun

    half = min(seconds(50_000) for _ in range(2))
    assert seconds(100_000) < 3 * half + 0.3


def test_an_unknown_key_or_factor_fails_the_load() -> None:
    import msgspec

    from nameplate.lexicon.units import _fraction

    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"units": [], "surprise": 1}, Units)
    with pytest.raises(LexiconError, match="no exact factor"):
        _fraction("a lot", "x")


def test_tables_load_and_agree() -> None:
    assert {"en", "zh"} <= set(numbers())
    table = units()
    assert table.names["亩"].code == "[mu]"
    base: dict[str, str] = {}
    for measure in table.measures.values():
        assert measure.factor is None or measure.factor > 0
        if measure.factor == 1 and measure.code not in ("%", "Nm3"):
            base.setdefault(measure.dimension, measure.code)
    assert base["mass"] == "kg"
    assert base["energy"] == "J"
    assert base["length"] == "m"
