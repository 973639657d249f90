"""Status, time line and figures from entries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nameplate.answer import Shelf, project_rows, project_view
from nameplate.model import Claim, Entity, Entry


def entry(key: str, published: str | None = "2024-01-01", **fields: Any) -> Entry:
    """An entry of the document that its key names before the colon."""
    fields = {"kind": "milestone", "subject": "Hailun plant", "modality": "actual"} | fields
    claim = Claim(quote="x", start=0, end=1, **fields)
    document = key.split(":", maxsplit=1)[0]
    return Entry(
        key=key,
        claim=claim,
        document_key=document,
        document_id=document,
        published=published,
        recorded="2025-01-01T00:00:00.000000Z",
    )


def view(entries: list[Entry], today: str = "2024-06-01") -> Any:
    keys = tuple(e.key for e in entries)
    plant = Entity(id="e", kind="plant", name="Hailun plant", claims=keys)
    return project_view(plant, Shelf(entries), today)


def test_the_furthest_stage_that_has_happened_is_the_status() -> None:
    status = view(
        [
            entry("a:1", stage="producing", when="2023-05"),
            entry("a:2", stage="started", when="2022-03"),
            entry("a:3", stage="at_capacity", when="2025", modality="planned"),
        ]
    ).status
    assert (status.rule, status.stage, status.when) == ("furthest", "producing", "2023-05")
    assert (status.oc4ids, status.iati) == ("maintenance", "4")
    assert status.entries[0].key == "a:1"


def test_what_lies_ahead_is_not_the_status() -> None:
    rows = [
        entry("a:1", stage="started", when="2022"),
        entry("a:2", stage="completed", when="2025"),
    ]
    assert view(rows, "2024-06-01").status.stage == "started"
    assert view(rows, "2025-06-01").status.stage == "completed"


@pytest.mark.parametrize(
    ("events", "rule", "stage"),
    [
        ([("started", "2020"), ("suspended", "2021")], "stopped", "suspended"),
        ([("started", "2020"), ("suspended", "2021"), ("resumed", "2022")], "furthest", "started"),
        (
            [("started", "2020"), ("suspended", "2021"), ("producing", "2023")],
            "furthest",
            "producing",
        ),
        ([("producing", "2020"), ("closed", "2021")], "stopped", "closed"),
        # A look back, reported after the stop without a date of its own, does not undo it.
        ([("suspended", "2021"), ("started", None)], "stopped", "suspended"),
        # After an end a new attempt begins from its own stages.
        ([("producing", "2013"), ("closed", "2016"), ("signed", "2020")], "furthest", "signed"),
        ([("resumed", "2020-02")], "resumed", "resumed"),
        ([("founded", "2020-02")], "unknown", None),
        ([], "unknown", None),
    ],
)
def test_stops_and_restarts(
    events: list[tuple[str, str | None]], rule: str, stage: str | None
) -> None:
    rows = [entry(f"a:{i}", stage=s, when=w) for i, (s, w) in enumerate(events)]
    status = view(rows).status
    assert (status.rule, status.stage) == (rule, stage)
    assert status.because


def test_a_stop_of_one_part_does_not_stop_the_whole() -> None:
    rows = [
        entry("a:1", stage="producing", when="2020"),
        entry("a:2", stage="suspended", when="2021", scope="workshop 3"),
    ]
    assert view(rows).status.stage == "producing"


def test_a_stop_keeps_the_standards_status_before_it() -> None:
    rows = [
        entry("a:1", stage="started", when="2020"),
        entry("a:2", stage="suspended", when="2021"),
    ]
    assert (view(rows).status.oc4ids, view(rows).status.iati) == ("implementation", "6")


def test_a_promise_is_never_done() -> None:
    rows = [entry("a:1", stage="producing", when="2023", modality="planned")]
    shown = view(rows)
    assert (shown.status.rule, shown.status.stage) == ("promised", "producing")
    assert shown.milestones[0].outcome == "overdue"
    assert shown.status.overdue == shown.milestones


def test_promises_meet_their_outcome() -> None:
    rows = [
        entry("a:1", "2022-01-01", stage="producing", when="2023-06", modality="planned"),
        entry("b:1", "2023-10-01", stage="producing", when="2023-09-20"),
        entry("b:2", "2023-10-01", stage="at_capacity", when="2026", modality="planned"),
    ]
    outcomes = {r.entries[0].key: (r.outcome, r.slip) for r in view(rows).milestones}
    assert outcomes == {"a:1": ("met", 82), "b:1": (None, None), "b:2": ("open", None)}


def test_a_promise_of_another_phase_is_not_met_by_this_one() -> None:
    rows = [
        entry("a:1", stage="producing", when="2023-06", modality="planned", scope="Phase II"),
        entry("b:1", stage="producing", when="2023-09-20", scope="Phase I"),
    ]
    assert [r.outcome for r in view(rows).milestones] == ["overdue", None]


def test_a_promise_is_not_met_by_what_was_before_it() -> None:
    rows = [
        entry("a:1", "2020-03-01", stage="producing", when="2013"),
        entry("b:1", "2024-01-01", stage="producing", when="2024-09", modality="planned"),
    ]
    assert [r.outcome for r in view(rows).milestones] == [None, "open"]


def test_a_later_promise_revises_an_earlier_one() -> None:
    rows = [
        entry("a:1", "2022-01-01", stage="producing", when="2023-06", modality="planned"),
        entry("b:1", "2023-10-01", stage="producing", when="2025-01", modality="planned"),
    ]
    assert [r.outcome for r in view(rows).milestones] == ["revised", "open"]


def test_what_is_cancelled_lapses() -> None:
    rows = [
        entry("a:1", "2022-01-01", stage="producing", when="2025-06", modality="planned"),
        entry("b:1", "2023-10-01", stage="cancelled", when="2023-09-20"),
    ]
    assert view(rows).milestones[-1].outcome == "lapsed"


def test_the_same_milestone_from_two_reports_is_one_row() -> None:
    rows = [
        entry("b:1", "2024-02-01", stage="started", when="2023-05"),
        entry("a:1", "2024-01-01", stage="started", when="2023-05"),
    ]
    (row,) = view(rows).milestones
    assert [e.key for e in row.entries] == ["a:1", "b:1"]


def test_figures_stand_planned_beside_actual() -> None:
    made = {"kind": "quantity", "measure": "output", "unit": "1", "item": "cars", "stage": None}
    rows = [
        entry("a:1", **made, value=Decimal(4000), modality="planned", when="2025"),
        entry("a:2", **made, value=Decimal(1500), when="2023"),
        entry("b:1", "2024-03-01", **made | {"item": "Cars"}, value=Decimal(1500), when="2023"),
        entry("b:2", **made, value=Decimal(1200), when="2022"),
        entry("b:3", kind="quantity", measure="investment", unit="CNY", value=Decimal(9)),
    ]
    invested, output = view(rows).figures
    assert invested.measure == "investment"
    assert [f.value for f in output.actual] == [1200, 1500]
    assert [f.value for f in output.planned] == [4000]
    assert [e.key for e in output.latest.entries] == ["a:2", "b:1"]


def test_everything_else_is_sorted_by_kind() -> None:
    rows = [
        entry("a:1", kind="visit", visitors=("Li",)),
        entry("a:2", kind="instruction", text="hurry"),
        entry("a:3", kind="relation", relation="located_in", object="Jilin"),
        entry("b:1", "2024-03", kind="need", topic="staff"),
        entry("b:2", kind="capability", topic="tyres"),
        entry("b:3", kind="relation", subject="Li Ltd", relation="builds", object="HAILUN Plant"),
        entry("b:4", kind="relation", subject="Li Ltd", relation="builds", object="Hailun"),
    ]
    plant = Entity(id="e", kind="plant", name="Hailun plant", claims=tuple(e.key for e in rows[:5]))
    shown = project_view(plant, Shelf(rows), "2024-06-01")
    parts = (shown.visits, shown.instructions, shown.relations, shown.needs, shown.capabilities)
    assert [[e.key for e in part] for part in parts] == [
        ["a:1"],
        ["a:2"],
        ["a:3"],
        ["b:1"],
        ["b:2"],
    ]
    assert [e.key for e in shown.mentioned] == ["b:3"]
    assert [(s.document_id, s.claims) for s in shown.sources] == [("b", 2), ("a", 3)]


def test_the_table_lists_projects_with_the_newest_news_first() -> None:
    rows = [
        entry("a:1", "2024-01-01", stage="started"),
        entry("a:2", "2024-01-01", kind="relation", relation="located_in", object="Jilin"),
        entry("b:1", "2024-03-01", stage="signed"),
        entry("c:1", "2024-05-01", stage="signed"),
    ]
    made = [
        Entity(id="1", kind="plant", name="A", claims=("a:1", "a:2")),
        Entity(id="2", kind="project", name="B", claims=("b:1",)),
        Entity(id="3", kind="company", name="C", claims=("c:1",)),
        Entity(id="4", kind="project", name="D", claims=("gone",)),
    ]
    table = project_rows(made, Shelf(rows), "2024-06-01")
    assert [(r.entity.name, r.news, r.places) for r in table] == [
        ("B", "2024-03-01", ()),
        ("A", "2024-01-01", ("Jilin",)),
    ]


def test_an_odd_date_raises_nothing() -> None:
    rows = [
        entry("a:1", None, stage="started", when="XXXX-02-24"),
        entry("a:2", "someday", stage="producing", when="../2019", modality="planned"),
        entry("a:3", stage="unheard-of", when=""),
        entry("a:4", kind="quantity", measure="unheard-of", value=None),
    ]
    assert view(rows).status.stage == "started"
