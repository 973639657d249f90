"""Names in Chinese and English: what is one thing across languages, and what is not."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nameplate.errors import LexiconError
from nameplate.lexicon import renderings
from nameplate.lexicon.renderings import chinese_words, english_words, readings, singular
from nameplate.resolve import SAME, Facts, compare, parts_of
from nameplate.resolve.keys import rendering_keys
from nameplate.resolve.pieces import kind_of, pieces_of
from nameplate.resolve.places import codes_of
from nameplate.resolve.rendered import is_pinyin
from nameplate.resolve.sound import pinyin, sounds_in


def score(kind: Any, one: str, two: str, places: tuple[str, str] = ("", "")) -> float:
    facts = (Facts(places=codes_of(places[0])), Facts(places=codes_of(places[1])))
    return compare(parts_of(one, kind), parts_of(two, kind), kind, facts).score


ONE = [
    ("park", "吉林高新区", "Jilin High-tech Zone"),
    ("park", "吉林高新技术产业开发区", "Jilin Hi-Tech Zone"),
    ("park", "吉林高新区", "吉林高新技术产业开发区"),
    ("park", "Jilin High-tech Zone", "Jilin New and High-tech Industrial Development Zone"),
    ("park", "两江新区", "Liangjiang New Area"),
    ("park", "长安新能源产业园", "Chang'an New Energy Industrial Park"),
    ("park", "长安新能源产业园", "Changan new energy industrial park"),
    ("plant", "长安汽车渝北工厂", "Chang’an Automobile Yubei Factory"),
    ("project", "年产1500万条新能源汽车轮胎项目",
     "annual output of 15 million new energy automobile tires project"),
    ("project", "川岭吉林10万吨铝材项目二期", "Chuanling Jilin 100,000 tons of aluminum project Phase II"),
    ("company", "重庆川岭自动化股份有限公司", "Chongqing Chuanling Automation Co., Ltd."),
    ("company", "川岭天下集团", "Chuanling Tianxia Group"),
    ("institute", "中国科学院长春应用化学研究所",
     "Changchun Institute of Applied Chemistry of the Chinese Academy of Sciences"),
    ("institute", "长春应用化学研究所", "Changchun Institute of Applied Chemistry"),
    ("institute", "川岭师范大学", "Chuanling Normal University"),
    ("body", "江苏省科学技术厅", "Jiangsu Provincial Department of Science and Technology"),
]  # fmt: skip

OTHER = [
    # A place, a kind of zone, a number, a phase, a rank.
    ("park", "吉林高新区", "Changchun High-tech Zone"),
    ("park", "吉林高新区", "Jilin Economic and Technological Development Zone"),
    ("park", "萧山经济技术开发区", "Hangzhou Economic and Technological Development Zone"),
    ("project", "年产1500万条新能源汽车轮胎项目",
     "annual output of 12 million new energy automobile tires project"),
    ("project", "川岭吉林铝材项目二期", "Chuanling Jilin aluminum project Phase I"),
    ("project", "川岭吉林铝材项目", "Chuanling Jilin aluminum project Phase II"),
    ("institute", "杭州第二人民医院", "Hangzhou First People's Hospital"),
    ("institute", "浙江大学", "Zhejiang Normal University"),
    ("institute", "陕西师范大学", "Shanxi Normal University"),
    # A brand that sounds otherwise, or alike by two characters and nothing else.
    ("project", "川岭轮胎项目", "Chuanlin tyre project"),
    ("company", "箭达集团", "Jixing Group"),
    ("company", "华源控股", "Huayuan Property Co., Ltd."),
    ("company", "川岭橡胶有限公司", "Chuanling Glass Co., Ltd."),
    # A description is nobody's.
    ("plant", "轮胎工厂", "tyre plant"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "one", "two"), ONE)
def test_renderings_of_one_thing(kind: Any, one: str, two: str) -> None:
    assert score(kind, one, two) >= SAME
    assert score(kind, two, one) >= SAME


@pytest.mark.parametrize(("kind", "one", "two"), OTHER)
def test_renderings_of_others(kind: Any, one: str, two: str) -> None:
    assert score(kind, one, two) < SAME
    assert score(kind, two, one) < SAME


@pytest.mark.parametrize(("kind", "one", "two"), ONE)
def test_what_is_one_is_found_under_one_key(kind: Any, one: str, two: str) -> None:
    assert rendering_keys(parts_of(one, kind), kind) & rendering_keys(parts_of(two, kind), kind)


def test_two_syllables_need_a_place_beside() -> None:
    assert score("company", "川岭股份", "Chuanling Co., Ltd.") < SAME
    assert score("company", "川岭股份", "Chuanling Co., Ltd.", ("浙江", "Hangzhou")) >= SAME
    assert score("company", "川岭股份", "Chuanling Co., Ltd.", ("浙江", "Chongqing")) < SAME


def test_every_rendering_gives_its_reason() -> None:
    one, two = parts_of("吉林高新区", "park"), parts_of("Jilin High-tech Zone", "park")
    (feature,) = compare(one, two, "park").features
    assert feature.name == "rendering"
    assert "高新区 is hightechzone" in feature.reason
    other = compare(one, parts_of("Jilin Economic Development Zone", "park"), "park")
    assert other.veto is not None
    assert other.veto.reason == "高新区 is not economicdevelopmentzone"


def test_characters_are_read_as_names_read_them() -> None:
    assert pinyin("长安") == "changan"
    assert sounds_in("chongqing", "重庆") == (0, 2)
    assert sounds_in("lyucheng", "绿城") == sounds_in("lvcheng", "绿城") == (0, 2)
    assert sounds_in("jianda", "箭达天下") == (0, 2)
    assert sounds_in("jixing", "箭达天下") is None
    assert is_pinyin("huaxing") and not is_pinyin("orvane") and not is_pinyin("bing")


def test_numbers_are_read_with_their_scale_and_money_is_none() -> None:
    assert pieces_of("年产1500万条轮胎项目", "project").numbers == {"15000000"}
    assert pieces_of("15 million tyres project", "project").numbers == {"15000000"}
    assert pieces_of("长安102亿元产业园", "park").numbers == frozenset()
    assert pieces_of("第8.5代液晶面板项目", "project").numbers == {"8.5"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Orvane tyre project", "project"), ("川岭轮胎厂", "plant"), ("吉林高新区", "park"),
        ("川岭有限公司", "company"), ("Orvane University", "institute"), ("川岭", "thing"),
        ("Jilin City Government", "body"), ("", "thing"), ("530 projects", "thing"),
        ("Eighteen new plants", "thing"), ("18个项目", "thing"), ("8.5代线项目", "project"),
        ("Larkfield Institute of Alloys of the Northern Academy of Sciences", "institute"),
        ("Larkfield Institute of Technology", "institute"), ("Orvane plant of Merrow Co., Ltd", "plant"),
        ("opening of phase II", "thing"), ("the city of Larkfield", "thing"), ("川岭植物研究所", "institute"),
    ],
)  # fmt: skip
def test_the_kind_of_a_mere_thing(name: str, kind: str) -> None:
    assert kind_of(name, "thing") == kind
    assert kind_of(name, "person") == "person"


def test_the_tables_are_whole() -> None:
    assert all(singular(w) == w or w.endswith("s") for f in english_words() for w in f.split())
    assert {c for form in chinese_words() for c in form if c > "\u3400"} <= set(readings())


def test_a_wrong_line_of_the_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        renderings, "read_rows", lambda name: iter([["tyre", "thing", "轮胎", "t"]])
    )
    renderings._rows.cache_clear()
    with pytest.raises(LexiconError, match="not a meaning"):
        renderings._rows()
    monkeypatch.undo()
    renderings._rows.cache_clear()


WORDS = ["川岭", "箭达天下", "重庆", "吉林", "高新区", "轮胎", "项目", "二期", "1500万", "大学", "第一",
         "Jilin", "High-tech Zone", "tyre", "Chuanling", "Phase II", "15 million", "University", "of"]  # fmt: skip
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
kinds = st.sampled_from(["project", "plant", "park", "company", "institute", "body", "thing", None])


@settings(max_examples=200, deadline=None)
@given(names, names, kinds)
def test_a_comparison_is_the_same_both_ways(one: str, two: str, kind: Any) -> None:
    a, b = parts_of(one, kind), parts_of(two, kind)
    assert (compare(a, b, kind).score >= SAME) == (compare(b, a, kind).score >= SAME)
    assert all(0 <= f.score <= 1 and f.reason for f in compare(a, b, kind).features)


@settings(max_examples=200, deadline=None)
@given(names, names, kinds)
@example("Jilin 吉林", "Jilin Jilin", "project")
@example("轮胎", "tyre", "park")
def test_renderings_share_a_key(one: str, two: str, kind: Any) -> None:
    a, b = parts_of(one, kind), parts_of(two, kind)
    found = compare(a, b, kind)
    if a.han != b.han and found.score >= SAME and a.spelling != b.spelling:
        assert rendering_keys(a, kind) & rendering_keys(b, kind)


@given(st.text(max_size=200), st.text(max_size=50), kinds)
def test_no_names_raise(one: str, two: str, kind: Any) -> None:
    compare(parts_of(one, kind), parts_of(two, kind), kind)
    rendering_keys(parts_of(one, kind), kind)
    kind_of(one, kind)


@pytest.mark.parametrize(
    "unit", ["川", "重庆", "新区", "A b ", "1万", "项目1", "长", "第二", "jilin "]
)
def test_hostile_names_are_compared_in_time(unit: str) -> None:
    name = unit * (100_000 // len(unit))
    begun = time.process_time()
    compare(parts_of(name, "project"), parts_of("Jilin tyre project", "project"), "project")
    compare(parts_of(name, "project"), parts_of(name + "x", "project"), "project")
    assert time.process_time() - begun < 2
