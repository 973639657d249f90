"""What a plant's figures imply: capacity, output per head, days to nameplate; and when they do not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nameplate.answer.imply import Implications, implications, rounded
from nameplate.answer.imply_days import Peers, comparable
from nameplate.answer.imply_ramp import RampPoint, fit, too_thin
from nameplate.model import Claim, Document, Entity, Entry
from nameplate.pipeline import extract

TODAY = "2024-06-01"
REPORT = (
    "On March 1, the Orrin gauge production line of Corvid Instruments Co., Ltd. ran in good order. The number of "
    "workers back at work was about 130, and the weekly output of the production line reached 2,800 gauges, with "
    "the capacity restored by 55%."
)


def entry(key: str, published: str | None = "2024-01-01", **fields: Any) -> Entry:
    """An entry of the document that its key names before the colon."""
    fields = {"kind": "quantity", "subject": "Orrin line", "modality": "actual"} | fields
    fields = {"quote": "x", "start": 0, "end": 1, "subject_kind": "line"} | fields
    fields |= {k: Decimal(fields[k]) for k in ("value", "low", "high") if k in fields}
    document = key.split(":", maxsplit=1)[0]
    return Entry(
        key=key, claim=Claim(**fields), document_key=document, document_id=document,
        published=published, recorded="2024-05-01T00:00:00.000000Z",
    )  # fmt: skip


def output(key: str, value: str, **fields: Any) -> Entry:
    return entry(key, **{"measure": "output", "value": value, "unit": "1", "per": "week"} | fields)


def use(key: str, value: str, **fields: Any) -> Entry:
    return entry(key, **{"measure": "utilisation", "value": value, "unit": "%"} | fields)


def staff(key: str, value: str, **fields: Any) -> Entry:
    return entry(key, **{"measure": "employment", "value": value, "unit": "1"} | fields)


def thing(*entries: Entry, name: str = "Orrin line", kind: Any = "line") -> Entity:
    return Entity(id=name, kind=kind, name=name, claims=tuple(e.key for e in entries))


def implied(*entries: Entry, today: str = TODAY, peers: Peers | None = None) -> Implications:
    return implications(thing(*entries), entries, today, peers)


def named(found: Implications, what: str) -> list[Any]:
    return [one for one in found.results if one.what == what]


def test_a_report_implies_full_capacity_and_output_per_head() -> None:
    claims = extract(Document(id="r", text=REPORT, published="2024-03-02", lang="en")).claims
    entries = [
        Entry(
            key=str(i),
            claim=claim,
            document_key="r",
            document_id="r",
            published="2024-03-02",
            recorded="2024-05-01T00:00:00.000000Z",
        )
        for i, claim in enumerate(claims)
        if "line" in claim.subject
    ]
    found = implied(*entries)
    (full,) = named(found, "full_capacity")
    assert rounded(full.value) == 5091
    assert full.per == "week"
    assert full.worked == "2,800 ÷ 55 % = 5,091"
    assert {e.claim.measure for e in full.inputs} == {"output", "utilisation"}
    assert all(e.claim.quote in REPORT for e in full.inputs)
    heads = named(found, "per_head")
    assert [rounded(one.value) for one in heads] == [Decimal("21.5")]
    assert heads[0].low < heads[0].value < heads[0].high


def test_about_widens_the_range_and_more_than_is_no_value_to_divide_by() -> None:
    sharp = named(implied(output("a:1", "2811"), staff("a:2", "131")), "per_head")[0]
    rough = named(implied(output("a:1", "2811"), staff("a:2", "131", bound="~")), "per_head")[0]
    assert rough.low < sharp.low < sharp.high < rough.high
    assert not named(implied(output("a:1", "2800"), staff("a:2", "130", bound=">")), "per_head")


@pytest.mark.parametrize(
    "entries",
    [
        (output("a:1", "2800"), use("b:2", "55")),
        (output("a:1", "2800", when="2024-01"), use("a:2", "55", when="2024-02")),
        (output("a:1", "2800"), use("a:2", "55", modality="planned")),
        (output("a:1", "2800"), use("a:2", "55"), use("a:3", "70")),
        (output("a:1", "2800", scope="Phase I"), use("a:2", "55", scope="Phase II")),
        (output("a:1", "2800"), use("a:2", "0")),
        (output("a:1", "2800", per=None, aggregate="cumulative"), use("a:2", "55")),
        (output("a:1", "2800"), output("a:3", "90", item="pumps"), use("a:2", "55")),
    ],
)
def test_figures_that_do_not_belong_together_imply_no_capacity(entries: tuple[Entry, ...]) -> None:
    found = implied(*entries)
    assert not named(found, "full_capacity")
    assert dict(found.withheld)["full_capacity"]


def test_what_was_made_in_a_month_is_a_rate_of_that_month() -> None:
    made = output("a:1", "1200", per=None, aggregate="period", when="2024-01")
    full = named(implied(made, use("a:2", "60", when="2024-01")), "full_capacity")[0]
    assert (full.value, full.per) == (2000, "month")


def test_a_plan_implies_what_each_of_its_people_is_to_make() -> None:
    plan = {"modality": "planned", "when": None}
    built = entry("a:1", measure="capacity", value="15000000", unit="1", per="year", **plan)
    found = implied(built, staff("a:2", "3000", **plan))
    assert named(found, "planned_per_head")[0].value == 5000
    assert not named(found, "per_head")


def test_use_of_a_year_s_capacity_by_a_day_s_output_says_what_is_assumed() -> None:
    plate = entry("a:1", measure="capacity", value="3000000", unit="1", per="year", item="tyres")
    found = named(implied(plate, output("a:2", "5000", per="day", item="tyres")), "use")[0]
    assert float(found.low) < 0.41
    assert float(found.high) > 0.6
    assert found.assumed
    assert not named(implied(plate, output("a:2", "5000", per="day", item="rims")), "use")


def ramp(*values: int, start: int = 1, item: str | None = None) -> list[Entry]:
    return [
        use(f"r{i}:1", str(v), published=f"2023-{start + i:02d}-15", item=item)
        for i, v in enumerate(values)
    ]


def test_a_ramp_gives_days_with_an_interval_and_its_sources() -> None:
    view = implied(*ramp(20, 33, 47, 60)).ramp
    assert view.own is not None
    assert view.own.since == "2023-04-15"
    assert 30 < view.own.low < view.own.middle < view.own.high < 800
    assert [s.entry.claim.value for s in view.seen] == [20, 33, 47, 60]
    assert 0 < view.below < 0.5


@pytest.mark.parametrize(
    ("values", "thin"), [((), "none"), ((20, 40), "few"), ((60, 60, 59, 60), "flat")]
)
def test_thin_data_give_nothing(values: tuple[int, ...], thin: str) -> None:
    view = implied(*ramp(*values)).ramp
    assert (view.own, view.thin) == (None, thin)


def test_reports_without_a_date_are_no_points_of_a_ramp() -> None:
    undated = [use(f"u{i}:1", str(v), published=None) for i, v in enumerate((20, 40, 60))]
    assert implied(*undated).ramp.thin == "few"
    open_year = [use(f"u{i}:1", str(v), when=f"XXXX-0{i + 1}") for i, v in enumerate((20, 40, 60))]
    assert implied(*open_year).ramp.own is None


def test_a_ramp_that_levels_off_gets_no_day() -> None:
    view = implied(*ramp(20, 45, 58, 60, 60, 60, 60, 60)).ramp
    assert view.below > 0.5
    assert (view.own, view.thin) == (None, "below")
    assert 0.5 <= view.ceiling <= 0.7


def test_output_beside_a_capacity_is_a_ramp_too() -> None:
    plate = entry("p:1", measure="capacity", value="5000", unit="1", per="week", modality="planned")
    made = [
        output(f"m{i}:1", str(v), published=f"2023-0{i + 1}-10")
        for i, v in enumerate((900, 1600, 2300, 3100))
    ]
    view = implied(plate, *made).ramp
    assert view.basis == "output"
    assert view.nameplate is plate
    assert view.own is not None


def test_what_is_at_capacity_is_not_awaited() -> None:
    there = entry("c:1", kind="milestone", stage="at_capacity", when="2023-09")
    view = implied(*ramp(20, 40, 60), there).ramp
    assert view.own is None
    assert view.reached is there


def peer(number: int, months: int) -> tuple[Entity, list[Entry]]:
    name = f"peer {number}"
    own = [
        entry(f"{name}:1", kind="milestone", stage="producing", when="2018-01", subject=name),
        entry(
            f"{name}:2",
            kind="milestone",
            stage="at_capacity",
            when=f"{2018 + months // 12}-{months % 12 + 1:02d}",
            subject=name,
        ),
    ]
    return thing(*own, name=name, kind="plant"), own


def test_peers_give_an_interval_only_if_there_are_nine_that_took_longer() -> None:
    begun = entry("a:1", kind="milestone", stage="producing", when="2023-12")
    few = comparable([begun], [peer(i, 9 + i) for i in range(8)])
    view = implied(begun, peers=few).ramp
    assert (view.by_peers, view.peers_thin) == (None, "few_peers")
    enough = comparable([begun], [peer(i, 9 + i) for i in range(9)])
    view = implied(begun, peers=enough).ramp
    assert view.by_peers is not None
    assert view.by_peers.level == 0.8
    assert view.by_peers.since == TODAY
    assert 60 < view.by_peers.low < view.by_peers.middle < view.by_peers.high < 400
    late = implied(begun, peers=enough, today="2026-01-01").ramp
    assert late.peers_thin == "few_peers"
    assert implied(*ramp(20, 40, 60), peers=enough).ramp.peers_thin == "no_start"


def test_a_thing_is_no_peer_of_itself() -> None:
    own = ramp(20, 40, 60)
    known = comparable(own, [(thing(*own), own)])
    assert implied(*own, peers=known).ramp.peers == ()


shares = st.floats(0, 2, allow_nan=False)
days = st.integers(0, 4000)


@given(st.lists(st.tuples(days, shares), min_size=3, max_size=8))
@settings(max_examples=15, deadline=None)
def test_any_points_give_an_ordered_interval_or_a_reason(found: list[tuple[int, float]]) -> None:
    points = [RampPoint(float(day), share) for day, share in found]
    if too_thin(points) is None:
        made = fit(points)
        assert 0 <= made.low <= made.middle <= made.high
        assert 0 <= made.below <= 1
        assert made == fit(points[::-1])


def test_more_figures_and_known_peers_narrow_the_interval() -> None:
    few = [RampPoint(30.0 * i, 0.1 + 0.06 * i) for i in range(3)]
    many = [RampPoint(30.0 * i / 4, 0.1 + 0.06 * i / 4) for i in range(33)]
    assert fit(many).high - fit(many).low < fit(few).high - fit(few).low
    known = fit(few, [400, 380, 420, 390, 410, 400, 405])
    assert known.high - known.low < fit(few).high - fit(few).low
