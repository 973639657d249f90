"""What things are for and who is behind them, as the desk counts and filters it."""

from __future__ import annotations

import pytest

from nameplate.answer.made import made_by
from nameplate.ledger import Ledger
from nameplate.lexicon.sectors import sectors, sectors_of
from nameplate.model import Claim, Document, Entity, Entry
from nameplate.pipeline import LINKER
from nameplate.web.board.sponsors import sponsors_among, sponsors_then


def entry(claim: Claim, document: str = "d") -> Entry:
    return Entry(
        key=f"{document}-{claim.start}-{claim.subject}-{claim.object}",
        claim=claim, document_key=document, document_id=document,
        published="2025-01-01", recorded="2025-01-02T00:00:00Z",
    )  # fmt: skip


def thing(name: str, kind: str = "project", *others: str) -> Entity:
    names = ((name, 2), *((other, 1) for other in others))
    return Entity(id=name, kind=kind, name=name, names=names, claims=())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "products", "expected"),
    [
        ("Orvane tyre project", ["tyres"], ["vehicles", "chemicals"]),
        ("年产20万吨锂电池负极材料项目", ["battery-materials"], ["new_energy", "materials"]),
        ("new energy vehicle battery plant", ["power-batteries"], ["vehicles", "new_energy"]),
        ("冷轧不锈钢生产线", ["steel"], ["metals"]),
        ("Sampleton chip factory", ["chips"], ["electronics"]),
    ],
)
def test_a_name_tells_what_is_made(name: str, products: list[str], expected: list[str]) -> None:
    made = made_by(thing(name), [])
    assert set(made.sectors) & set(expected)
    assert not products or made.products


@pytest.mark.parametrize(
    "name", ["Jilin High-tech Zone", "the project", "一期项目", "Orvane", "2025"]
)
def test_a_name_that_tells_nothing_has_no_sector(name: str) -> None:
    assert made_by(thing(name), []) == ((), ())


def test_what_the_capacity_counts_tells_it_if_the_name_does_not() -> None:
    told = Claim(
        kind="quantity", subject="Orvane works", measure="capacity", item="semi-steel radial tyres",
        quote="x", start=0, end=1,
    )  # fmt: skip
    assert made_by(thing("Orvane works", "plant"), [entry(told)]).products == ("tyres",)
    other = made_by(thing("Orvane battery works", "plant"), [entry(told)])
    assert "tyres" not in other.products


def test_every_sector_is_named_in_both_languages_and_reached() -> None:
    assert all(one.en and one.zh and one.fields for one in sectors().values())
    for key, one in sectors().items():
        assert any(key in sectors_of(field) for field in one.fields), key


def builds(company: str, what: str) -> Claim:
    return Claim(
        kind="relation", relation="builds", subject=company, subject_kind="company", object=what,
        quote=company, start=0, end=len(company),
    )  # fmt: skip


def test_sponsors_are_those_of_the_reports_that_speak_of_the_thing() -> None:
    plant, about = thing("tyre plant", "plant"), Claim(
        kind="milestone", subject="tyre plant", stage="started", quote="t", start=0, end=1
    )  # fmt: skip
    told = [
        entry(builds("Orvane Tyre", "Tyre plant"), "d"),
        entry(builds("Brisk Rubber", "tyre plant"), "elsewhere"),
        entry(builds("the company", "tyre plant"), "d"),
        entry(builds("公司", "tyre plant"), "d"),
    ]
    found = sponsors_then([], told)
    assert found.of(plant, [entry(about, "d")]) == ("Orvane Tyre",)
    assert found.of(plant, [entry(about, "third")]) == ()


def test_a_sponsor_is_called_as_its_entity_and_points_to_its_things(tmp_path) -> None:  # type: ignore[no-untyped-def]
    text = "Orvane Tyre Co., Ltd. builds Orvane tyre plant. Orvane tyre plant started."
    claims = [
        builds("Orvane Tyre Co., Ltd.", "Orvane tyre plant"),
        Claim(
            kind="milestone", subject="Orvane tyre plant", subject_kind="plant", stage="started",
            quote="started", start=text.index("started"), end=text.index("started") + 7,
        ),
    ]  # fmt: skip
    with Ledger.open(tmp_path / "a.ledger", clock=lambda: "2025-01-01T00:00:00Z") as ledger:
        ledger.add(Document(id="d", text=text), claims, linker=LINKER)
        by_kind = {one.kind: one for one in ledger.rebuild_entities(LINKER)}
        plant, company = by_kind["plant"], by_kind["company"]
        own = [e for e in ledger.entries() if e.key in plant.claims]
        assert sponsors_among(ledger, [plant]).of(plant, own) == (company.name,)
        assert ledger.pages.pointed_to([company.id]) == [plant.id]
        assert ledger.pages.pointed_to([plant.id]) == []
