"""What became of figures, names and promises; parks, series and signing events."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nameplate.answer import Shelf, project_view
from nameplate.answer.belonging import Register
from nameplate.answer.groups import event_view, park_view
from nameplate.answer.series import reached, series
from nameplate.answer.silence import SILENT_AFTER
from nameplate.model import Claim, Entity, Entry

TODAY = "2024-06-01"


def entry(key: str, published: str | None = "2024-01-01", **fields: Any) -> Entry:
    """An entry of the document that its key names before the colon."""
    fields = {"kind": "milestone", "subject": "Hailun plant", "modality": "actual"} | fields
    fields = {"quote": "x", "start": 0, "end": 1, "subject_kind": "plant"} | fields
    if "value" in fields:
        fields["value"] = Decimal(fields["value"])
    document = key.split(":", maxsplit=1)[0]
    return Entry(
        key=key, claim=Claim(**fields), document_key=document, document_id=document,
        published=published, recorded="2024-05-01T00:00:00.000000Z",
    )  # fmt: skip


def amount(key: str, value: int, published: str | None = "2024-01-01", **fields: Any) -> Entry:
    of = {"kind": "quantity", "measure": "investment", "unit": "CNY", "modality": "planned"}
    return entry(key, published, **of | fields, value=value)


def thing(name: str, *entries: Entry, kind: Any = "plant") -> Entity:
    own = tuple(e.key for e in entries if e.claim.subject == name)
    return Entity(id=name, kind=kind, name=name, names=((name, 1),), claims=own)


def status(*entries: Entry, today: str = TODAY) -> Any:
    return project_view(thing("Hailun plant", *entries), Shelf(entries), today).status


def promise(when: str, published: str = "2022-01-01", **more: Any) -> Entry:
    return entry("a:1", published, stage="producing", when=when, modality="planned", **more)


def test_a_promise_that_passes_without_news_is_overdue_then_silent_and_never_done() -> None:
    kept = promise("2023-06-30")
    assert status(kept, today="2023-06-30").quiet is None
    late = status(kept, today="2023-07-01")
    assert (late.rule, late.stage, late.quiet) == ("promised", "producing", "overdue")
    assert "2023-06-30" in late.quiet_because
    assert status(kept, today="2024-12-01").quiet == "overdue"
    gone = status(kept, today="2025-01-01")
    assert (gone.rule, gone.quiet) == ("promised", "silent")
    assert str(SILENT_AFTER) in gone.quiet_because


@pytest.mark.parametrize(
    ("entries", "quiet"),
    [
        # Building, and nothing heard for two years.
        ([entry("a:1", "2022-01-01", stage="started", when="2022-01")], "silent"),
        # Building, with news.
        ([entry("a:1", "2024-01-01", stage="started", when="2022-01")], None),
        # A visit is news, too.
        (
            [
                entry("a:1", "2022-01-01", stage="started", when="2022-01"),
                entry("b:1", "2024-03-01", kind="visit"),
            ],
            None,
        ),
        # It produces: it need not be heard of.
        ([entry("a:1", "2015-01-01", stage="producing", when="2015-01")], None),
        # It was cancelled.
        ([entry("a:1", "2015-01-01", stage="cancelled", when="2015-01")], None),
        # The promise lies ahead.
        ([promise("2026", "2021-01-01")], None),
        # The promise was kept.
        (
            [
                promise("2023-06-30"),
                entry("b:1", "2023-09-01", stage="producing", when="2023-08"),
            ],
            None,
        ),
        # Nothing is known of its course.
        ([amount("a:1", 5, "2015-01-01")], None),
    ],
)
def test_when_news_is_due(entries: list[Entry], quiet: str | None) -> None:
    assert status(*entries).quiet == quiet


def standings(*entries: Entry) -> list[tuple[int, str, int]]:
    view = project_view(thing("Hailun plant", *entries), Shelf(entries), TODAY)
    (row,) = view.figures
    return [(int(f.value or 0), f.standing, f.reports) for f in (*row.planned, *row.actual)]


def test_a_plan_is_revised_and_repeated() -> None:
    assert standings(
        amount("a:1", 20, "2022-01-01"),
        amount("b:1", 20, "2022-06-01"),
        amount("c:1", 24, "2023-01-01"),
    ) == [(20, "revised", 2), (24, "stands", 1)]


def test_plans_of_one_day_conflict() -> None:
    assert standings(amount("a:1", 20), amount("b:1", 24)) == [
        (20, "conflicting", 1),
        (24, "conflicting", 1),
    ]


def test_a_rounding_revises_nothing() -> None:
    said = standings(amount("a:1", 46328, "2022-01-01"), amount("b:1", 46300, "2023-01-01"))
    assert [standing for _, standing, _ in said] == ["stands", "stands"]


def test_a_state_is_superseded_by_a_later_one() -> None:
    of = {"measure": "employment", "unit": "1", "modality": "actual", "aggregate": "level"}
    assert standings(
        amount("a:1", 300, when="2022", **of), amount("b:1", 410, when="2024", **of)
    ) == [
        (300, "superseded", 1),
        (410, "stands", 1),
    ]


def test_two_years_of_output_both_stand() -> None:
    of = {"measure": "output", "unit": "1", "modality": "actual", "aggregate": "period"}
    said = standings(amount("a:1", 300, when="2022", **of), amount("b:1", 410, when="2023", **of))
    assert [standing for _, standing, _ in said] == ["stands", "stands"]


def test_two_values_for_one_time_conflict() -> None:
    of = {"measure": "output", "unit": "1", "modality": "actual", "when": "2023"}
    said = standings(amount("a:1", 300, **of), amount("b:1", 410, "2024-02-01", **of))
    assert [standing for _, standing, _ in said] == ["conflicting", "conflicting"]


def test_the_history_of_a_name() -> None:
    entries = [
        entry("b:1", "2023-01-01", subject="Hailun works", stage="started"),
        entry("a:1", "2020-01-01", stage="signed"),
        entry("c:1", "2024-01-01", stage="producing", subject="Hailun works"),
    ]
    entity = Entity(id="e", kind="plant", name="Hailun works", claims=("a:1", "b:1", "c:1"))
    rows = project_view(entity, Shelf(entries), TODAY).names
    assert [(r.name, r.first, r.last, r.reports) for r in rows] == [
        ("Hailun plant", "2020-01-01", "2020-01-01", 1),
        ("Hailun works", "2023-01-01", "2024-01-01", 2),
    ]


def test_a_series_is_in_the_order_of_time() -> None:
    of = {"measure": "enterprises", "unit": "1", "modality": "actual", "aggregate": "cumulative"}
    (found,) = series(
        [
            amount("b:1", 6509, "2020-03-23", when="2020-03-22", **of),
            amount("a:1", 6191, "2020-02-28", when="2020-02-27", **of),
            amount("c:1", 7000, "2020-02-01", **of | {"modality": "planned"}),
        ],
        "enterprises",
    )
    assert [(p.day, int(p.figure.value or 0)) for p in found.points] == [
        ("2020-02-27", 6191),
        ("2020-03-22", 6509),
    ]
    assert [(p.day, p.dated) for p in found.planned] == [("2020-02-01", False)]
    assert series([], "enterprises") == []


def located(key: str, name: str, where: str, **more: Any) -> Entry:
    return entry(key, kind="relation", relation="located_in", subject=name, object=where, **more)


PARK_CLAIMS = [
    entry("p:1", subject="Hill Park", subject_kind="park", kind="relation", relation="hosts",
          object="Tenant Co"),
    located("a:1", "Gear plant", "hill park"),
    entry("a:2", subject="Gear plant", stage="resumed", when="2020-02-10"),
    located("b:1", "Pump plant", "Hill Park"),
    entry("b:2", subject="Pump plant", stage="resumed", when="2020-02-14"),
    entry("b:3", subject="Pump plant", stage="resumed", when="2020-03-01"),
    entry("c:1", subject="Tenant Co", subject_kind="company", stage="founded", when="2001"),
    located("d:1", "Far plant", "Dale Park"),
    entry("d:2", subject="Far plant", stage="resumed", when="2020-02-11"),
]  # fmt: skip
PARTS = ["Gear plant", "Pump plant", "Tenant Co", "Far plant", "Hill Park"]


def register() -> Register:
    return Register([thing(n, *PARK_CLAIMS) for n in PARTS], Shelf(PARK_CLAIMS))


def test_a_park_with_what_is_in_it() -> None:
    known = register()
    view = park_view(known.entities[-1], known, TODAY)
    assert {m.row.entity.name for m in view.members} == {"Gear plant", "Pump plant", "Tenant Co"}
    state = {m.row.entity.name: m.row.status.stage for m in view.members}
    assert state["Gear plant"] == "resumed"


def test_what_resumed_in_it_by_day() -> None:
    known = register()
    inside = [part for part, _ in known.within(known.entities[-1])]
    steps = reached(inside, known.shelf, "resumed", TODAY)
    assert [(s.day, s.count) for s in steps] == [("2020-02-10", 1), ("2020-02-14", 2)]
    assert reached(inside, known.shelf, "resumed", "2020-02-12") == steps[:1]


TEXT = (
    "The gear plant was signed at the 2018 Hill Expo for 5 billion. The pump plant was signed too."
)


def event_of(*more: Entry, today: str = TODAY) -> Any:
    expo = "2018 Hill Expo"
    claims = [
        entry("x:1", "2018-08-01", subject=expo, subject_kind="event", stage="signed", start=15, end=25),
        entry("x:2", "2018-08-01", subject="Gear plant", stage="signed", start=15, end=25),
        amount("x:3", 5, "2018-08-01", subject="Gear plant", start=52, end=61),
        entry("x:4", "2018-08-01", subject="Pump plant", stage="signed", start=80, end=86),
        amount("x:5", 7, "2018-08-01", subject="Pump plant", start=80, end=86),
        amount("x:6", 90, "2018-08-01", subject=expo, subject_kind="event", measure="contract_value"),
        *more,
    ]  # fmt: skip
    known = [thing(n, *claims) for n in ("Gear plant", "Pump plant")]
    known.append(thing(expo, *claims, kind="event"))
    return event_view(known[-1], Register(known, Shelf(claims)), today, {"x": TEXT})


@pytest.mark.parametrize(
    ("since", "fate"),
    [
        ([], "silent"),
        ([("started", "2019")], "started"),
        ([("started", "2019"), ("producing", "2020")], "producing"),
        ([("started", "2019"), ("cancelled", "2020")], "lapsed"),
    ],
)
def test_what_became_of_an_events_promises(since: list[tuple[str, str]], fate: str) -> None:
    later = [
        entry(f"y:{i}", "2024-02-01", subject="Gear plant", stage=s, when=w)
        for i, (s, w) in enumerate(since)
    ]
    view = event_of(*later)
    (signed,) = view.signed
    assert (signed.member.row.entity.name, signed.fate) == ("Gear plant", fate)
    assert [(t.fate, t.projects, t.money) for t in view.tallies] == [(fate, 1, {"CNY": Decimal(5)})]
    assert [int(row.latest.value or 0) for row in view.reported] == [90]


def test_a_promise_signed_twice_counts_once() -> None:
    again = amount("y:1", 5, "2019-01-01", subject="Gear plant", measure="contract_value")
    assert event_of(again).tallies[0].money == {"CNY": Decimal(5)}
