"""The word data of stages and measures, and of the comparison of names."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from nameplate.find.spelling import spell
from nameplate.lexicon.measures import measures
from nameplate.lexicon.names import name_words
from nameplate.lexicon.stages import order, stages
from nameplate.model import EntityKind

CLAIMS = Path(__file__).parent.parent / "docs" / "claims.md"


def test_the_stages_are_those_of_the_vocabulary_in_its_order() -> None:
    keys = list(stages())
    assert keys[:3] == ["negotiated", "signed", "registered"]
    assert keys.index("started") < keys.index("producing") < keys.index("at_capacity")
    assert order("negotiated") == 1
    assert order("unheard-of") == len(keys) + 1
    text = CLAIMS.read_text(encoding="utf-8")
    assert [key for key in keys if f"`{key}`" not in text] == []


def test_the_measures_are_those_of_the_vocabulary() -> None:
    text = CLAIMS.read_text(encoding="utf-8")
    assert [key for key in measures() if f"`{key}`" not in text] == []
    ranks = [m.headline for m in measures().values() if m.headline is not None]
    assert len(set(ranks)) == len(ranks)


def test_codes_are_those_of_the_standards() -> None:
    # OC4IDS 0.9.5 projectStatus, IATI 2.03 ActivityStatus.
    oc4ids = {
        "identification", "preparation", "implementation", "completion", "maintenance",
        "decommissioning", "decommissioned", "cancelled", None,
    }  # fmt: skip
    assert {stage.oc4ids for stage in stages().values()} <= oc4ids
    assert {stage.iati for stage in stages().values()} <= {"1", "2", "3", "4", "5", "6", None}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_words_are_in_the_spelling_of_comparison(lang: str) -> None:
    words = name_words(lang)
    listed = [*words.legal, *words.fillers, *words.sector, *words.same, *words.same.values()]
    for kind, generic in words.generic.items():
        assert kind in get_args(EntityKind)
        listed += generic
    assert [word for word in listed if spell(word) != word] == []
    for part in (words.legal, words.fillers, words.sector):
        assert len(set(part)) == len(part)
