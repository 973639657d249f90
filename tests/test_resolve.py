"""Which names are one thing, and above all which are not."""

from __future__ import annotations

import time
from itertools import permutations
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nameplate.model import Claim, Entity, Entry, Judgement
from nameplate.resolve import SAME, compare, parts_of, resolve


def entry(document: str, subject: str, kind: Any = "plant", number: int = 0, **more: Any) -> Entry:
    claim = Claim(
        kind=more.pop("claim", "milestone"),
        subject=subject,
        subject_kind=kind,
        quote="x",
        start=number,
        end=number + 1,
        **more,
    )
    return Entry(
        key=f"{document}:{subject}:{kind}:{number}",
        claim=claim,
        document_key=document,
        document_id=document,
        published="2024-01-01",
        recorded="2025-01-01T00:00:00.000000Z",
    )


def groups(entries: list[Entry], judgements: list[Judgement] | None = None) -> set[frozenset[str]]:
    """The entities as sets of "document:name"."""
    by_key = {e.key: f"{e.document_key}:{e.claim.subject}" for e in entries}
    made = resolve(entries, judgements or [])
    return {frozenset(by_key[key] for key in entity.claims) for entity in made}


def together(kind: Any, *names: str) -> bool:
    """Whether names from different reports are one entity."""
    return len(resolve([entry(f"d{i}", name, kind) for i, name in enumerate(names)])) == 1


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [
        ("plant", "Orvane plant", "ORVANE Plant"),
        ("plant", "Chang’an Automobile Yubei Factory", "Yubei plant of Changan Auto"),
        ("company", "Orvane Tyre Co., LTD.", "Orvane Tyre Company Limited"),
        ("company", "Orvane Tyre Co., Ltd", "Orvane Tire"),
        ("company", "Orvane", "Orvane Group"),
        ("company", "Sichuan Orvane Tyre Co., Ltd.", "Orvane Tyre"),
        ("company", "川岭集团", "川岭集团有限公司"),
        ("company", "川嶺集團", "川岭集团"),
        ("park", "Sino-Nordic Industrial Park", "Sino Nordic Park"),
        ("park", "Jilin High-tech Zone", "Jilin high tech zone"),
        ("project", "川岭电子第8.5代液晶面板项目", "深圳川岭电子8.5代液晶面板项目"),
        ("project", "annual output of 15 million new energy vehicle tyres project",
         "Annual Output of 15 Million New Energy Vehicle Tires Project"),
        ("place", "长春", "長春"),
        ("place", "长春", "长春市"),
        ("place", "重庆", "重庆市"),
        ("place", "Dalian", "Dalian City"),
        ("company", "重庆长安汽车", "重庆市长安汽车"),
    ],
)  # fmt: skip
def test_one_thing(kind: Any, one: str, two: str) -> None:
    assert together(kind, one, two)


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [
        # One character of the brand.
        ("company", "川岭橡胶有限公司", "川玲橡胶有限公司"),
        ("company", "Orvane Tyre", "Orvano Tyre"),
        # Phases, and a phase and its whole.
        ("plant", "Orvane plant Phase I", "Orvane plant Phase II"),
        ("plant", "Orvane plant", "Orvane plant Phase II"),
        ("project", "川岭项目一期", "川岭项目二期"),
        ("project", "川岭二期工程", "川岭工程"),
        # Numbers.
        ("line", "川岭8.5代线", "川岭6代线"),
        ("plant", "Orvane No. 1 plant", "Orvane No. 2 plant"),
        ("project", "annual output of 15 million vehicle tyres project",
         "annual output of 10 million vehicle tyres project"),
        # Places.
        ("plant", "Orvane Chongqing plant", "Orvane Changchun plant"),
        ("company", "重庆川岭汽车有限公司", "长春川岭汽车有限公司"),
        ("place", "Jilin City", "Jilin Province"),
        ("place", "吉林", "吉林市"),
        ("place", "朝阳", "朝阳市"),
        ("place", "朝阳区", "朝阳"),
        # A parent and its child.
        ("company", "FAW", "FAW Jilin Automobile Co., LTD."),
        ("company", "Changan Auto", "Chongqing Changan New Energy Vehicle Technology Co., Ltd."),
        ("company", "中石油", "中石油宁夏石化公司"),
        # Kinds of the same brand.
        ("institute", "Orvane University", "Orvane Institute"),
        ("institute", "Orvane Institute of Applied Chemistry", "Orvane Institute of Chemistry"),
        # Descriptions mean another thing in another report.
        ("park", "new energy industrial park", "new energy industrial park"),
        ("plant", "the power plant", "the power plant"),
        ("plant", "Chongqing plant", "Chongqing plant"),
        ("project", "该项目", "该项目"),
        ("project", "新能源汽车项目", "新能源汽车项目"),
        # People of one name.
        ("person", "Wang Wei", "Wang Wei"),
        # Nothing but signs.
        ("thing", "“”", "——"),
    ],
)  # fmt: skip
def test_not_one_thing(kind: Any, one: str, two: str) -> None:
    assert not together(kind, one, two)


def test_kinds_are_not_mixed() -> None:
    assert len(resolve([entry("a", "Orvane", "company"), entry("b", "Orvane plant", "plant")])) == 2


def test_a_harmless_word_joins_only_if_there_is_one_to_join() -> None:
    names = ["Orvane tyre plant", "Orvane Chongqing tyre plant", "Orvane Changchun tyre plant"]
    assert together("plant", *names[:2])
    assert len(resolve([entry(f"d{i}", name) for i, name in enumerate(names)])) == 3


def test_a_report_shortens_its_names() -> None:
    said = [
        entry("a", "Orvane Bay tyre plant of Nordhaus AG"),
        entry("a", "Orvane Bay plant"),
        entry("b", "Orvane Bay plant"),
    ]
    assert len(groups(said)) == 1
    # Another report uses the short name for another plant: the two stay apart, and b is left open.
    other = [*said, entry("c", "Orvane Bay battery plant"), entry("c", "Orvane Bay plant")]
    assert groups(other) == {
        frozenset({"a:Orvane Bay tyre plant of Nordhaus AG", "a:Orvane Bay plant"}),
        frozenset({"b:Orvane Bay plant"}),
        frozenset({"c:Orvane Bay battery plant", "c:Orvane Bay plant"}),
    }


def test_a_short_name_with_two_longer_ones_is_left_alone() -> None:
    said = [
        entry("a", "Orvane Bay tyre plant"),
        entry("a", "Orvane Bay battery plant"),
        entry("a", "Orvane Bay plant"),
    ]
    assert len(groups(said)) == 3


def test_a_place_in_small_letters_is_no_short_name() -> None:
    said = [entry("a", "factory in Marshall, Michigan"), entry("a", "factory in Michigan")]
    assert len(groups(said)) == 2


def test_descriptions_are_one_thing_within_a_report() -> None:
    said = [entry("a", "new energy park", "park"), entry("a", "the new energy park", "park")]
    assert len(groups(said)) == 1


def test_persons_who_head_one_body_are_one() -> None:
    head = {"claim": "relation", "relation": "heads", "object": "Jilin City"}
    said = [
        entry("a", "Wang Ji", "person", **head),
        entry("b", "Wang Ji", "person", **head),
        entry("c", "Wang Ji", "person", **head | {"object": "Orvane AG"}),
    ]
    assert len(groups(said)) == 2


def test_the_name_most_used_is_shown_and_none_is_lost() -> None:
    said = [
        entry("a", "Orvane Tyre"),
        entry("b", "Orvane Tyre", number=1),
        entry("c", "ORVANE tyre"),
        entry("d", "Orvane Tyre", "thing"),
    ]
    (entity,) = resolve(said)
    assert (entity.name, entity.kind) == ("Orvane Tyre", "plant")
    assert entity.names == (("Orvane Tyre", 3), ("ORVANE tyre", 1))
    assert len(entity.claims) == 4


PAIR = [entry("a", "Orvane tyre plant"), entry("b", "Nordhaus rubber works")]


def verdict(verb: Any, left: Entity, right: Entity, when: str = "1", **more: Any) -> Judgement:
    return Judgement(verb=verb, left=left.id, right=right.id, recorded=when, **more)


def test_a_person_has_the_last_word_and_may_take_it_back() -> None:
    one, two = resolve(PAIR)
    same = verdict("same", one, two)
    assert len(resolve(PAIR, [same])) == 1
    different = verdict("different", two, one, "2")
    assert len(resolve(PAIR, [same, different])) == 2
    undo = Judgement(verb="undo", left=different.key, recorded="3")
    assert len(resolve(PAIR, [same, different, undo])) == 1
    redo = Judgement(verb="undo", left=undo.key, recorded="4")
    assert len(resolve(PAIR, [same, different, undo, redo])) == 2
    assert len(resolve(PAIR, [same, verdict("unsure", one, two, "5")])) == 2


def test_what_is_judged_different_is_kept_apart() -> None:
    alike = [entry("a", "Orvane Group", "company"), entry("b", "Orvane", "company")]
    assert len(resolve(alike)) == 1
    ids = {resolve([e])[0].id for e in alike}
    left, right = sorted(ids)
    assert len(resolve(alike, [Judgement(verb="different", left=left, right=right)])) == 2


def test_a_judgement_outlives_new_reports() -> None:
    one, two = resolve(PAIR)
    same = verdict("same", one, two)
    more = [*PAIR, entry("c", "Nordhaus Rubber Works"), entry("d", "The Orvane tyre plant")]
    assert len(resolve(more, [same])) == 1


def test_a_judgement_of_something_unknown_changes_nothing() -> None:
    assert len(resolve(PAIR, [Judgement(verb="same", left="x", right="y")])) == 2


def test_every_feature_gives_its_reason() -> None:
    one, two = parts_of("Orvane plant Phase I", "plant"), parts_of("Orvane plant Phase II", "plant")
    comparison = compare(one, two, "plant")
    assert comparison.score == 0
    assert comparison.veto is not None
    assert comparison.veto.reason == "phase 1 is not phase 2"
    alike = compare(parts_of("Orvane", "company"), parts_of("Orvane Group", "company"), "company")
    assert alike.score >= SAME
    assert alike.features[0].reason == "the same but for group"


WORDS = ["Orvane", "Nordhaus", "Chongqing", "tyre", "Phase II", "8.5", "Group", "of", "川岭", "重庆",
         "二期", "项目", "有限公司", "’", "plant"]  # fmt: skip
subjects = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
kinds = st.sampled_from(["plant", "project", "company", "person", "thing", None])
entries = st.lists(st.tuples(st.sampled_from("abc"), subjects, kinds), max_size=8).map(
    lambda rows: [entry(d, s, k, n) for n, (d, s, k) in enumerate(rows)]
)


@settings(max_examples=150, deadline=None)
@given(entries, st.randoms())
def test_the_order_of_arrival_changes_nothing(said: list[Entry], random: Any) -> None:
    made = resolve(said)
    shuffled = said[:]
    random.shuffle(shuffled)
    assert resolve(shuffled) == made
    assert resolve([*said, *said]) == made


@settings(max_examples=150, deadline=None)
@given(entries)
def test_every_claim_is_kept_in_one_entity_with_an_id_of_its_own(said: list[Entry]) -> None:
    made = resolve(said)
    assert sorted(key for e in made for key in e.claims) == sorted(e.key for e in said)
    assert len({e.id for e in made}) == len(made)


@settings(max_examples=60, deadline=None)
@given(entries, st.data())
def test_undo_restores_what_was(said: list[Entry], data: Any) -> None:
    made = resolve(said)
    if len(made) < 2:
        return
    one, two = data.draw(st.permutations(made))[:2]
    judged = verdict(data.draw(st.sampled_from(["same", "different"])), one, two)
    undo = Judgement(verb="undo", left=judged.key, recorded="2")
    assert resolve(said, [judged, undo]) == made
    if judged.verb == "same":
        assert len(resolve(said, [judged])) <= len(made) - 1


@given(st.text(max_size=200), kinds)
def test_no_name_raises(name: str, kind: Any) -> None:
    parts = parts_of(name, kind)
    assert compare(parts, parts, kind).score == 1


@pytest.mark.parametrize("unit", ["a", "A b ", "重庆", "二期", "第", "1.", "项目", "’", "phase i "])
def test_a_hostile_name_is_taken_apart_in_time(unit: str) -> None:
    name = unit * (100_000 // len(unit))
    start = time.process_time()
    resolve([entry("a", name), entry("b", name + "x")])
    assert time.process_time() - start < 2


def test_every_order_of_a_hard_case() -> None:
    said = [
        entry("a", "Orvane plant"),
        entry("a", "Orvane tyre plant"),
        entry("b", "Orvane plant"),
        entry("c", "Orvane Chongqing plant"),
    ]
    results = {msgspec.json.encode(resolve(order)) for order in permutations(said)}
    assert len(results) == 1


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("重庆市", "重庆", True),
        ("苏州市", "苏州", True),
        ("海淀区", "海淀", True),
        ("吉林市", "吉林省", False),
        ("吉林市", "吉林", False),
        ("重庆市", "成都市", False),
    ],
)
def test_a_place_with_its_level_is_the_place(one: str, two: str, same: bool) -> None:
    alike = compare(parts_of(one, "place"), parts_of(two, "place"), "place")
    assert (alike.score >= SAME) is same
