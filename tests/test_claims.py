"""Claims: golden sentences, and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_cases import KINDS, cases, counts, taken
from nameplate.claim.ground import refusal
from nameplate.find.fold import fold, lower
from nameplate.model import Claim
from nameplate.pipeline import extract_text

WORDS = [
    "The tyre plant", "Jilin High-tech Zone", "will invest", "10.2 billion yuan", "on June 3",
    "put into operation", "Mayor Wang Ji", "visited", "signed", "4,859 enterprises", "55%", "。", "，",
    "\u00a0", "by the end of last year", "的", "年产1500万条轮胎项目", "开工", "总投资45亿元", "the project",
    "no", "\n", "(", ")", "“", "”", "Co., Ltd.", "phase II", "of which", "up 12%", "2020", "\u202e", "\x00",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map("".join),
)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_every_claim_of_any_text_is_grounded(text: str) -> None:
    found = extract_text(text)
    for claim in found.claims:
        assert text[claim.start : claim.end] == claim.quote
        assert refusal(claim, text) is None
        for mention in claim.mentions:
            assert text[mention.start : mention.end] == mention.quote


@settings(max_examples=100, deadline=None)
@given(texts)
def test_the_same_text_gives_the_same_claims(text: str) -> None:
    assert extract_text(text) == extract_text(text)


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(lower(text)) == len(text)


@pytest.mark.parametrize("kind", KINDS)
def test_golden_claims_are_mostly_right(kind: str) -> None:
    """The floors proper are in benchmarks/floors.toml; this only catches a kind that broke."""
    tally = counts(kind)
    assert tally["true"] > 0, tally
    assert tally["true"] >= tally["false"], tally


def test_golden_offsets_are_true() -> None:
    for kind in KINDS:
        for case in cases(kind):
            for wanted in case.expected:
                assert case.text[wanted["start"] : wanted["end"]] == wanted["quote"], case.where


def test_an_ungrounded_claim_is_refused() -> None:
    text = "The plant employs 200 workers."
    made = Claim(
        kind="quantity", subject="plant", quote="200 workers", start=18, end=29, measure="employment",
        unit="1",
    )  # fmt: skip
    assert refusal(made, text) == "its value is not what its quote says"
    assert refusal(made, "x") == "its offsets lie outside the text"
    assert taken(next(cases("quantity")))
