"""Things weighed by their facts: joined with a reason, kept apart by vetoes, never against a person."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nameplate.find.credit_code import credit_codes, is_credit_code
from nameplate.model import Claim, Entry, Judgement
from nameplate.resolve import belonging, one_source, resolve, weigh
from nameplate.resolve.metonym import stand_ins


def entry(document: str, subject: str, number: int = 0, year: str = "2024", **more: Any) -> Entry:
    fields: dict[str, Any] = {"kind": "milestone", "stage": "started", "subject_kind": "project"}
    quote = more.pop("quote", "x")
    claim = Claim(**fields | more, subject=subject, quote=quote, start=number, end=number + 1)
    return Entry(
        key=f"{document}:{subject}:{number}",
        claim=claim,
        document_key=document,
        document_id=document,
        published=f"{year}-01-01",
        recorded="2025-01-01T00:00:00.000000Z",
    )


def figure(measure: str, value: int, unit: str = "1", **more: Any) -> dict[str, Any]:
    said = {"kind": "quantity", "stage": None, "measure": measure, "value": Decimal(value)}
    return said | {"unit": unit, **more}


def located(place: str) -> dict[str, Any]:
    return {"kind": "relation", "stage": None, "relation": "located_in", "object": place}


TOLD = [
    entry("a", "Orvane tyre project"),
    entry("a", "Orvane tyre project", 1, **figure("investment", 3 * 10**9, "CNY")),
    entry("a", "Orvane tyre project", 2, **located("Jilin City")),
    entry("b", "年产1500万条轮胎项目"),
    entry("b", "年产1500万条轮胎项目", 1, **figure("investment", 3 * 10**9, "CNY")),
    entry("b", "年产1500万条轮胎项目", 2, **located("吉林市")),
]


def decided(entries: list[Entry], judged: list[Judgement] | None = None) -> list[Judgement]:
    said = judged or []
    return weigh(resolve(entries, said), entries, said)


def test_sum_place_and_product_make_one_thing() -> None:
    (judgement,) = decided(TOLD)
    assert judgement.verb == "same"
    assert judgement.author == "nameplate"
    for said in ("both cost CNY 3000000000", "both lie in one place", "for tire"):
        assert said in judgement.reason
    assert len(resolve(TOLD, [judgement])) == 1
    assert decided(TOLD, [judgement]) == []


def test_a_decision_of_the_matcher_can_be_undone_and_is_not_made_again() -> None:
    (judgement,) = decided(TOLD)
    undo = Judgement(verb="undo", left=judgement.key, author="anna", recorded="3")
    said = [judgement, undo]
    assert len(resolve(TOLD, said)) == 2
    assert decided(TOLD, said) == []


def test_a_person_is_not_overruled() -> None:
    one, two = resolve(TOLD)
    said = [Judgement(verb="different", left=one.id, right=two.id, author="anna", recorded="1")]
    assert decided(TOLD, said) == []


@pytest.mark.parametrize(
    "change",
    [
        {2: located("Dezhou")},  # another place
        {1: figure("investment", 5 * 10**9, "CNY")},  # another sum: nothing left to go by
    ],
)
def test_what_speaks_against_it(change: dict[int, dict[str, Any]]) -> None:
    other = [
        entry("b", "年产1500万条轮胎项目", n, **change.get(n, of))
        for n, of in enumerate([{}, figure("investment", 3 * 10**9, "CNY"), located("吉林市")])
    ]
    assert not any(j.verb == "same" for j in decided([*TOLD[:3], *other]))


def test_a_first_attempt_years_before_is_another_project() -> None:
    first = [
        entry("z", "Nordhaus tyre project", n, "2013", **of)
        for n, of in enumerate([{}, figure("investment", 3 * 10**9, "CNY"), located("Jilin City")])
    ]
    made = decided([*TOLD, *first])
    assert [j.verb for j in made] == ["same"]
    known = resolve([*TOLD, *first], made)
    assert {len(e.claims) for e in known} == {6, 3}


def test_little_evidence_is_unsure() -> None:
    said = [e for e in TOLD if e.claim.relation is None]
    assert [j.verb for j in decided(said)] == ["unsure"]


def test_two_that_exclude_each_other_are_left_to_a_person() -> None:
    third = [
        entry("c", "Nordhaus tyre project", n, **of)
        for n, of in enumerate([{}, figure("investment", 3 * 10**9, "CNY"), located("吉林市")])
    ]
    assert {j.verb for j in decided([*TOLD, *third])} == {"unsure"}


@settings(max_examples=40, deadline=None)
@given(st.permutations(TOLD))
def test_the_order_of_arrival_changes_no_decision(said: list[Entry]) -> None:
    assert decided(said) == decided(TOLD)


def test_a_credit_code_is_checked() -> None:
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")
    assert credit_codes("代码：91350100M000100Y43。") == {"91350100M000100Y43"}
    assert credit_codes("the number 123456789012345670 is none") == frozenset()


def test_a_firm_stands_for_its_one_project() -> None:
    said = [
        entry("a", "川岭电子8.5代液晶面板项目"),
        entry("a", "川岭电子", 1, stage="at_capacity", modality="planned", subject_kind="company"),
        entry("a", "川岭电子", 2, kind="relation", stage=None, relation="partner_of", object="X",
              subject_kind="company"),
    ]  # fmt: skip
    assert stand_ins(said) == {}  # 电子 is what it makes: the brand is 川岭
    said = [
        entry("a", "川岭8.5代液晶面板项目"),
        entry("a", "川岭", 1, stage="at_capacity", modality="planned", subject_kind="company"),
        entry("a", "川岭", 2, kind="relation", stage=None, relation="partner_of", object="X",
              subject_kind="company"),
    ]  # fmt: skip
    assert stand_ins(said) == {"a:川岭:1": "川岭8.5代液晶面板项目"}
    assert {len(e.claims) for e in resolve(said)} == {2, 1}
    two = [*said, entry("a", "川岭轮胎项目", 3)]
    assert stand_ins(two) == {}
    assert stand_ins([entry("b", "川岭8.5代液晶面板项目"), *said[1:]]) == {}


def test_parts_and_wholes() -> None:
    said = [
        entry("a", "Orvane tyre project"),
        entry("a", "Orvane tyre project Phase II", 1),
        entry("a", "Orvane tyre project", 2, **located("Jilin High-tech Zone")),
        entry("a", "Jilin High-tech Zone", 3, subject_kind="park"),
        entry(
            "a", "Jilin High-tech Zone", 4, subject_kind="park", **located("Orvane tyre project")
        ),
    ]
    known = resolve(said)
    name = {e.id: e.name for e in known}
    assert {(name[b.part], name[b.whole]) for b in belonging(known, said)} == {
        ("Orvane tyre project Phase II", "Orvane tyre project"),
        ("Orvane tyre project", "Jilin High-tech Zone"),
    }


REPORT = "".join(
    f"The mayor visited plant number {n} of the Orvane park today. " for n in range(20)
)


def test_copies_of_a_report_are_one_source() -> None:
    texts = {
        "a": REPORT,
        "b": f"Reprinted: {REPORT}(end)",
        "c": REPORT.replace("plant", "mill")[::-1],
    }
    assert one_source(texts) == {"a": "a", "b": "a", "c": "c"}
    assert one_source({"x": "short", "y": "short"}) == {"x": "x", "y": "y"}


@given(st.dictionaries(st.sampled_from("abcd"), st.text(max_size=300)))
def test_every_report_has_one_source(texts: dict[str, str]) -> None:
    found = one_source(texts)
    assert set(found) == set(texts)
    assert all(found[source] == source for source in found.values())


def test_a_credit_code_settles_it_and_another_forbids_it() -> None:
    def firm(document: str, name: str, code: str) -> Entry:
        said = {"kind": "relation", "stage": None, "relation": "identified_as", "object": code}
        return entry(document, name, subject_kind="company", **said)

    codes = ["91350100M000100Y43", "91220101MA0Y1XUE5A"]
    good = next(c for c in codes if is_credit_code(c))
    one, two = firm("a", "Orvane Tyre", good), firm("b", "川岭轮胎", good)
    (judgement,) = decided([one, two])
    assert judgement.verb == "same"
    assert good in judgement.reason
    assert decided([one, firm("b", "川岭轮胎", "no code")]) == []


def test_what_was_unsure_becomes_the_same_once_more_is_known() -> None:
    before = [e for e in TOLD if e.claim.relation is None]
    (unsure,) = decided(before)
    assert unsure.verb == "unsure"
    kept = [msgspec.structs.replace(unsure, recorded="1")]
    assert decided(before, kept) == []
    (same,) = decided(TOLD, kept)
    assert same.verb == "same"
    # Not against a person: neither one that is unsure, nor one that took the matcher's word back.
    by_anna = [msgspec.structs.replace(unsure, author="anna", recorded="1")]
    assert decided(TOLD, by_anna) == []
    taken_back = Judgement(verb="undo", left=kept[0].key, author="anna", recorded="2")
    assert decided(TOLD, [*kept, taken_back]) == []
