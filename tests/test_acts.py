"""Visits, orders, relations, needs and offers: golden sentences, hostile texts, the lexicon."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_cases import Case, cases
from nameplate.claim import capability, instruction, need, relation, visit
from nameplate.claim.context import Context, build
from nameplate.claim.likeness import alike
from nameplate.claim.person import called, people
from nameplate.lexicon.acts import GROUPS, act_group, nouns
from nameplate.model import Claim, Document, Rejection

Maker = Callable[[Context], Iterator[Claim | Rejection]]

MAKERS: dict[str, Maker] = {
    "visit": visit.make,
    "instruction": instruction.make,
    "relation": relation.make,
    "need": need.make,
    "capability": capability.make,
}


def context_of(text: str, published: str | None = None) -> Context:
    return build(Document(id="text", text=text, published=published))


def made(kind: str, text: str, published: str | None = None) -> list[Claim]:
    found = MAKERS[kind](context_of(text, published))
    return [claim for claim in found if isinstance(claim, Claim)]


def own_cases() -> list[Case]:
    return [c for kind in MAKERS for c in cases(kind) if "/acts_" in c.where]


@pytest.mark.parametrize("case", own_cases(), ids=lambda c: c.where)
def test_golden_acts(case: Case) -> None:
    got = made(case.kind, case.text, case.published)
    assert len(got) == len(case.expected), got
    for wanted, claim in zip(sorted(case.expected, key=lambda w: w["start"]), got, strict=True):
        assert claim.start < wanted["end"] and wanted["start"] < claim.end
        for field in ("relation", "when"):
            assert getattr(claim, field) == wanted.get(field)
        for field in ("subject", "object", "topic", "by"):
            if field in wanted:
                assert alike(getattr(claim, field), wanted[field]), field
        for visitor in wanted.get("visitors", []):
            assert any(alike(visitor, v) for v in claim.visitors)


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_no_act_is_left_alone(kind: str) -> None:
    alarms = [c.where for c in cases(kind) if not c.expected and made(kind, c.text, c.published)]
    assert alarms == []


PIECES = [
    "Mayor Wang Ji", "visited", "inspected", "the Harlan Plant", "accompanied by", "and", ",", ".", "in",
    "stressed that it is necessary to", "requiring", "the departments", "to", "build", "director of the",
    "specializes in", "seeks", "investors", "市长王荣", "考察了", "海川公司", "、", "，", "。", "等地", "强调",
    "要加快项目建设", "位于", "由", "投资建设的", "主要从事", "急需",
    "人才", "我公司", "一行", "陪同下", "在", "(", "“",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_any_text_gives_grounded_acts_or_none(text: str) -> None:
    context = context_of(text)
    for maker in MAKERS.values():
        for found in maker(context):
            assert found.quote == text[found.start : found.end]
            assert found.quote


@pytest.mark.parametrize(
    "piece",
    [
        "Mayor Wang Ji visited the Harlan Plant and ", "director of the of the ", "a, b and ", "visited ",
        "市长王荣考察了海川公司、", "要", "、", "主要从事研发、生产、", "requiring the departments to ", "((",
    ],
)  # fmt: skip
def test_a_long_text_without_end_costs_little(piece: str) -> None:
    context = context_of((piece * 100_000)[:100_000])
    start = time.process_time()
    for maker in MAKERS.values():
        list(maker(context))
    assert time.process_time() - start < 4


def test_a_person_is_called_with_the_office_that_the_report_gives() -> None:
    text = "Gao Ping, chairman of Bexley Group, came. Later Gao Ping visited the Orlen Gear Plant."
    context = context_of(text)
    assert {called(context, person) for person in people(context)} == {
        "Gao Ping, chairman of Bexley Group"
    }


def test_companions_are_no_visitors_and_participants_are() -> None:
    text = (
        "On 18 October 2023, Fang Yu, secretary of the committee, inspected the Orlen Gear Plant. "
        "Wang Ping and Li Hong participated in the inspection. Vice Mayor Chen Rui accompanied it."
    )
    (stop,) = made("visit", text)
    assert stop.visitors == ("Fang Yu, secretary of the committee", "Wang Ping", "Li Hong")
    assert stop.when == "2023-10-18"


def test_a_mayor_without_a_place_heads_the_one_the_report_is_about() -> None:
    (claim,) = made("relation", "市长许平宣布深圳的新工厂开工。")
    assert (claim.relation, claim.subject, claim.object) == ("heads", "许平", "深圳市")


@pytest.mark.parametrize("group", GROUPS)
def test_every_trigger_is_small_and_in_one_entry(group: str) -> None:
    table = act_group(group)
    assert table
    assert all(word == word.lower().strip() for word in table)


def test_every_relation_rule_has_words_and_every_word_a_rule() -> None:
    from nameplate.claim.relation_en import RULES as ENGLISH
    from nameplate.claim.relation_zh import RULES as CHINESE

    keys = set(act_group("relation").values())
    assert keys == set(ENGLISH) | set(CHINESE)


def test_nouns_are_listed_longest_first() -> None:
    sizes = [len(word) for word in nouns("occasion")]
    assert sizes == sorted(sizes, reverse=True)
