"""Each check with cases on which it fires, and at least as many on which it must not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nameplate.answer import CHECKS, findings
from nameplate.answer.amounts import agree, reach
from nameplate.model import Claim, Entry, Finding

OUTPUT = {
    "kind": "quantity",
    "measure": "output",
    "unit": "1",
    "item": "cars",
    "aggregate": "period",
}


def entry(key: str, published: str | None = "2024-01-01", **fields: Any) -> Entry:
    fields = {"modality": "actual"} | fields
    fields = {"subject": "Hailun plant", "subject_kind": "plant"} | fields
    claim = Claim(**{"quote": "x", "start": 0, "end": 1} | fields)
    document = key.split(":", maxsplit=1)[0]
    return Entry(
        key=key,
        claim=claim,
        document_key=document,
        document_id=document,
        published=published,
        recorded="2025-01-01T00:00:00.000000Z",
    )


def amount(key: str, value: str, **fields: Any) -> Entry:
    return entry(key, **OUTPUT | {"when": "2023"} | fields, value=Decimal(value))


def found(*entries: Entry) -> list[Finding]:
    return findings("Hailun plant", entries)


def test_two_values_at_one_time() -> None:
    (finding,) = found(amount("a:1", "1500"), amount("b:1", "1800"), amount("c:1", "1500"))
    assert (finding.check, finding.severity) == ("two_values", "warning")
    assert finding.claims == ("a:1", "b:1")
    assert "1,500" in finding.message
    assert "1,800" in finding.message
    assert "output (cars)" in finding.message


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"value": "1500"}, {"value": "1800", "when": "2022"}),
        ({"value": "1500"}, {"value": "1800", "scope": "Phase I", "item": "cars"}),
        ({"value": "1500"}, {"value": "1800", "item": "buses"}),
        ({"value": "1500"}, {"value": "1800", "unit": "t"}),
        ({"value": "1500"}, {"value": "1800", "per": "month"}),
        ({"value": "1500"}, {"value": "1800", "modality": "planned"}),
        ({"value": "1500"}, {"value": "1800", "aggregate": "cumulative"}),
        ({"value": "1500", "when": None}, {"value": "1800", "when": None}),
        ({"value": "1500", "when": "XXXX-02-24"}, {"value": "1800", "when": "XXXX-02-24"}),
        ({"value": "5000", "bound": ">"}, {"value": "5200"}),
        ({"value": "5000", "bound": "~"}, {"value": "5200"}),
        ({"value": "5000", "bound": "<="}, {"value": "4200"}),
        ({"value": "46300000000"}, {"value": "46328000000"}),
    ],
)
def test_no_two_values(one: dict[str, Any], two: dict[str, Any]) -> None:
    checked = [f.check for f in found(amount("a:1", **one), amount("b:1", **two))]
    assert "two_values" not in checked


def test_undated_values_of_one_report_do_conflict() -> None:
    pair = [amount("a:1", "1500", when=None), amount("a:2", "1800", when=None, start=90, end=91)]
    assert [f.check for f in found(*pair)] == ["two_values"]


def test_a_plan_that_changes_is_revised() -> None:
    (finding,) = found(
        amount("a:1", "1500", when=None, modality="planned", published="2022-01-01"),
        amount("b:1", "1800", when=None, modality="planned", published="2023-01-01"),
    )
    assert (finding.check, finding.severity) == ("revised", "info")
    assert "was revised from 1,500" in finding.message
    assert finding.claims == ("a:1", "b:1")


@pytest.mark.parametrize(
    "later",
    [
        {"value": "1500"},
        {"value": "1400", "bound": ">="},
        {"value": "1800", "subject_kind": "place"},
        {"value": "1800", "when": "2023"},
        {"value": "1800", "scope": "Phase II"},
    ],
)
def test_no_plan_revised(later: dict[str, Any]) -> None:
    plan: dict[str, Any] = {"when": None, "modality": "planned"}
    before = amount("a:1", "1500", published="2022-01-01", **plan)
    after = amount("b:1", published="2023-01-01", **plan | later)
    assert "revised" not in [f.check for f in found(before, after)]


def test_a_report_that_repeats_the_plan_beside_another_value_does_not_revise_it() -> None:
    plan: dict[str, Any] = {"when": None, "modality": "planned"}
    said = [
        amount("a:1", "1500", published="2022-01-01", **plan),
        amount("b:1", "1500", published="2023-01-01", **plan),
        amount("b:2", "1800", published="2023-01-01", start=90, end=91, **plan),
    ]
    assert [f.check for f in found(*said)] == ["two_values"]


def test_all_values_of_one_time_are_one_finding() -> None:
    (finding,) = found(
        *(amount(f"{n}:1", value) for n, value in enumerate(["1500", "1800", "2100"]))
    )
    assert "has 3 values" in finding.message
    assert len(finding.claims) == 3


def test_a_part_over_its_whole() -> None:
    (finding,) = found(amount("a:1", "1500"), amount("b:1", "1800", scope="Phase I"))
    assert finding.check == "part_over_whole"
    assert "more than the whole" in finding.message
    assert finding.claims == ("b:1", "a:1")


@pytest.mark.parametrize(
    "part",
    [
        {"value": "1400"},
        {"value": "1500"},
        {"value": "1800", "when": "2022"},
        {"value": "1800", "bound": "<"},
        {"value": "1800", "measure": "profit", "unit": "CNY"},
        {"value": "1800", "modality": "planned"},
    ],
)
def test_no_part_over_its_whole(part: dict[str, Any]) -> None:
    part = {"scope": "Phase I"} | part
    whole = {"value": "1500"} | {k: v for k, v in part.items() if k in ("measure", "unit")}
    assert found(amount("a:1", **whole), amount("b:1", **part)) == []


def test_a_part_within_one_of_two_wholes_is_left_to_the_other_check() -> None:
    said = [amount("a:1", "1500"), amount("b:1", "1900"), amount("c:1", "1800", scope="Phase I")]
    assert [f.check for f in found(*said)] == ["two_values"]


def test_more_than_the_whole_is_no_bound_to_exceed() -> None:
    assert found(amount("a:1", "1500", bound=">"), amount("b:1", "1800", scope="Phase I")) == []


def step(key: str, stage: str, when: str | None, **fields: Any) -> Entry:
    return entry(key, kind="milestone", stage=stage, when=when, **fields)


def test_an_end_before_a_start() -> None:
    (finding,) = found(step("a:1", "started", "2022-03"), step("b:1", "completed", "2021"))
    assert (finding.check, finding.severity) == ("end_before_start", "error")
    assert "completed in 2021" in finding.message
    assert "construction started in 2022-03" in finding.message
    assert finding.claims == ("b:1", "a:1")


@pytest.mark.parametrize(
    "steps",
    [
        [("started", "2022-03", {}), ("completed", "2022", {})],
        [("started", "2022-03", {}), ("completed", None, {})],
        [("started", "XXXX-03", {}), ("completed", "2021", {})],
        [("started", "2022-03", {}), ("completed", "2021", {"scope": "Phase I"})],
        [("started", "2022-03", {}), ("completed", "2021", {"modality": "planned"})],
        [("started", "2022-03", {}), ("signed", "2021", {})],
        # Another report may have moved both.
        [
            ("started", "2022-03", {"modality": "planned", "report": "b"}),
            ("completed", "2021", {"modality": "planned"}),
        ],
        # Started twice: what ended before the second start may belong to the first.
        [("started", "2010", {}), ("completed", "2012", {}), ("started", "2022", {})],
    ],
)
def test_no_end_before_a_start(steps: list[tuple[str, str | None, dict[str, Any]]]) -> None:
    rows = [
        step(f"{more.pop('report', 'a')}:{i}", stage, when, **more)
        for i, (stage, when, more) in enumerate(steps)
    ]
    assert found(*rows) == []


def test_every_check_has_a_docstring() -> None:
    assert all(check.__doc__ for check in CHECKS.values())


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1E+999999999", "-1E+500", "0"])
def test_odd_numbers_raise_nothing(number: str) -> None:
    odd = amount("a:1", number)
    found(odd, amount("b:1", "1800"), amount("c:1", "1", scope="Phase I"), amount("d:1", number))


values = st.decimals(
    allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
)
bounds = st.sampled_from(["=", ">", ">=", "<", "<=", "~", None])


def claim(value: Decimal, bound: Any) -> Claim:
    return Claim(
        kind="quantity",
        subject="x",
        quote="",
        start=0,
        end=0,
        measure="output",
        value=value,
        bound=bound,
    )


@given(values, bounds, values, bounds)
def test_agreement_is_mutual(a: Decimal, x: Any, b: Decimal, y: Any) -> None:
    one, two = claim(a, x), claim(b, y)
    assert agree(one, two) == agree(two, one)
    assert agree(one, one)


@given(values, values)
def test_a_range_reaches_from_low_to_high(a: Decimal, b: Decimal) -> None:
    ranged = Claim(kind="quantity", subject="x", quote="", start=0, end=0, low=a, high=b)
    assert reach(ranged) == (min(a, b), max(a, b))


odd_values = st.one_of(
    st.decimals(allow_nan=True, allow_infinity=True),
    st.sampled_from(
        [Decimal(n) for n in ("1E+999999", "1E-999999", "0", "-5", "55", "100", "2800")]
    ),
    st.none(),
)
odd_claims = st.fixed_dictionaries(
    {
        "kind": st.just("quantity"),
        "measure": st.sampled_from(
            [
                "output",
                "capacity",
                "utilisation",
                "investment",
                "contract_value",
                "share",
                "enterprises",
            ]
        ),
        "value": odd_values,
        "low": odd_values,
        "high": odd_values,
        "unit": st.sampled_from(["1", "%", "CNY", "USD", "t", None]),
        "per": st.sampled_from([None, "year", "week", "shift"]),
        "bound": bounds,
        "aggregate": st.sampled_from([None, "level", "period", "cumulative"]),
        "modality": st.sampled_from([None, "actual", "planned"]),
        "when": st.sampled_from([None, "2023", "2023-05", "XXXX-05", "2020/2025", "nonsense"]),
        "scope": st.sampled_from([None, "Phase I", "Phase II", "二期", "women"]),
        "item": st.sampled_from([None, "cars"]),
    }
)


@given(st.lists(st.tuples(st.sampled_from("ab"), odd_claims), max_size=8))
def test_nothing_raises(said: list[tuple[str, dict[str, Any]]]) -> None:
    entries = [entry(f"{report}:{n}", **fields) for n, (report, fields) in enumerate(said)]
    for finding in found(*entries):
        assert finding.message
        assert len(finding.claims) == len(finding.quotes)
    signings = [
        entry(f"{r}:s", kind="milestone", stage="signed", binding=b)
        for r, b in (("a", "framework"), ("b", "contract"))
    ]
    found(*entries, *signings)
