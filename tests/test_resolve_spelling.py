"""One spelling of a name, for comparing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nameplate.find.spelling import spell


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Chang’an", "changan"),
        ("Chang'an  Automobile", "changan automobile"),
        ("FAW Jilin Automobile Co., LTD.", "faw jilin automobile co ltd"),
        ("“Cloud Signing” activity", "cloud signing activity"),
        ("R&D", "r and d"),
        ("Königsbronn", "konigsbronn"),
        ("ＴＣＬ集團", "tcl集团"),
        ("卡拉拉(Karara)项目", "卡拉拉 karara 项目"),
        ("8.5 代线", "8.5代线"),
        ("1,331 projects", "1331 projects"),
        ("——", ""),
    ],
)
def test_spelling(name: str, spelled: str) -> None:
    assert spell(name) == spelled


@given(st.text(max_size=60))
def test_spelling_is_settled(name: str) -> None:
    assert spell(spell(name)) == spell(name)
    assert spell(name.replace("\u2019", "'")) == spell(name)
