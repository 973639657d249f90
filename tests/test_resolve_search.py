"""Looking an entity up as somebody types it."""

from __future__ import annotations

import pytest

from nameplate.errors import UsageError
from nameplate.model import Entity
from nameplate.resolve import find_entities, find_entity


def entity(number: int, *names: str) -> Entity:
    return Entity(
        id=f"{number:032x}",
        kind="plant",
        name=names[0],
        names=tuple((name, 1) for name in names),
        claims=("k",) * number,
    )


KNOWN = [
    entity(1, "Orvane tyre plant", "Orvane Works"),
    entity(2, "Orvane battery plant"),
    entity(3, "长安汽车渝北工厂"),
    entity(4, "Chang’an Automobile Yubei Factory"),
]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("orvane works", "Orvane tyre plant"),
        ("ORVANE BATTERY", "Orvane battery plant"),
        ("changan yubei", "Chang’an Automobile Yubei Factory"),
        ("Chang'an Automobile Yubei Factory", "Chang’an Automobile Yubei Factory"),
        ("Orvane batery plant", "Orvane battery plant"),
        ("渝北", "长安汽车渝北工厂"),
        ("長安汽車", "长安汽车渝北工厂"),
        (f"{2:032x}", "Orvane battery plant"),
    ],
)
def test_the_one_that_is_meant(query: str, name: str) -> None:
    found = find_entities(KNOWN, query)
    assert found[0][0].name == name
    assert 0.5 <= found[0][1] <= 1


@pytest.mark.parametrize("query", ["Nordhaus", "川", "", "。", "qqqqqq"])
def test_nothing_is_like_it(query: str) -> None:
    assert find_entities(KNOWN, query) == []
    with pytest.raises(UsageError, match="nothing is called"):
        find_entity(KNOWN, query)


def test_an_ambiguous_name_lists_its_candidates() -> None:
    with pytest.raises(UsageError, match=r"may mean: .*Orvane tyre plant.*Orvane battery plant"):
        find_entity(KNOWN, "orvane")
    assert find_entity(KNOWN, "渝北").name == "长安汽车渝北工厂"
    assert find_entity(KNOWN, "orvane works").name == "Orvane tyre plant"
