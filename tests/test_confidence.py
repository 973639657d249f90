"""Confidence: a probability of each claim, from what was known when it was made."""

from __future__ import annotations

import msgspec
import pytest

from nameplate.claim.confidence import features, probability, rated
from nameplate.claim.context import build
from nameplate.claim.extract import collect, extract
from nameplate.lexicon.confidence import Model, models
from nameplate.model import Document

TEXT = (
    "Meridian Paper plans to invest 3.2 billion yuan in a tissue mill in Nantong. Construction of the "
    "mill started on March 8, 2021. 2021年3月，长兴电子年产300万台电机项目开工，总投资12亿元。"
)


def test_every_claim_has_a_probability() -> None:
    claims = extract(Document(id="t", text=TEXT)).claims
    assert claims
    assert all(c.confidence is not None and 0.01 <= c.confidence <= 0.99 for c in claims)


def test_the_same_text_gives_the_same_confidence() -> None:
    one = extract(Document(id="t", text=TEXT)).claims
    two = extract(Document(id="t", text=TEXT)).claims
    assert [c.confidence for c in one] == [c.confidence for c in two]


def test_confidence_is_no_part_of_what_is_said() -> None:
    claim = extract(Document(id="t", text=TEXT)).claims[0]
    other = msgspec.structs.replace(claim, confidence=0.5)
    assert claim.key("d") == other.key("d")


def test_scores_and_reasons_are_features() -> None:
    text = TEXT.partition(" 2021年")[0]
    context = build(Document(id="t", text=text, lang="en"))
    claim = next(c for c in collect(context)[0] if c.kind == "quantity")
    found = features(context, claim)
    assert found["is investment"] == 1 and found["planned"] == 1
    assert 0 < found["cue"] <= 1.5 and 0 <= found["subject"] <= 1 and 0 <= found["away"] <= 1
    assert rated(context, claim).confidence is not None


@pytest.mark.parametrize("value", [-1e9, -1.0, 0.0, 1.0, 1e9])
def test_probability_is_one_for_any_value(value: float) -> None:
    model = Model(bias=0.2, weights={"cue": 3.0})
    assert 0 < probability(model, {"cue": value, "unheard of": 7.0}) < 1


def test_a_better_cue_is_never_worth_less() -> None:
    for model in models().values():
        assert model.weights.get("cue", 0.0) >= 0 and model.weights.get("subject", 0.0) >= 0
