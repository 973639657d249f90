"""A project's record from the claims of one report."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nameplate.answer.record import project_record
from nameplate.pipeline import extract_text

REPORT = """Harlan Bank lends 640 million yuan for the Lowick bridge

Harlan Bank signed a loan agreement for the Lowick bridge project in May 2008. The project began in
January 2009 and was completed in June 2012. Its total cost was 800 million yuan."""


def test_every_field_has_its_claim() -> None:
    record = project_record(extract_text(REPORT).claims)
    assert (record.amount, record.currency) == (Decimal(640000000), "CNY")
    assert record.start is not None and record.start.value == "2009-01"
    assert record.end is not None and record.end.value == "2012-06"
    assert record.status == "completion"
    for field in (record.start, record.end):
        assert field.claim.quote == REPORT[field.claim.start : field.claim.end]
    assert record.grounds is not None and record.grounds.stage == "completed"
    assert record.amount_claim is not None and "640 million" in record.amount_claim.quote


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Lowick bridge project will be built next year.", "identification"),
        ("Harlan Bank signed a loan agreement in May 2008.", "preparation"),
        ("Construction of the Lowick bridge began in May 2008.", "implementation"),
        ("The Lowick bridge was completed in May 2008.", "completion"),
        ("Orlen Works donated ten tractors to Lowick County in May 2008.", "completion"),
        ("Construction of the Lowick bridge began in 2008 and was suspended in 2010.", "suspended"),
        ("The Lowick bridge project was cancelled in 2010.", "cancelled"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert project_record(extract_text(text).claims).status == status


def test_nothing_said_gives_nothing() -> None:
    record = project_record(())
    assert record.amount is None and record.status is None and record.start is None


def test_a_promise_is_no_start() -> None:
    text = "Construction of the Lowick bridge is to begin in 2011 and to be completed in 2014."
    record = project_record(extract_text(text).claims)
    assert record.start is None
    assert record.start_planned is not None and record.start_planned.value == "2011"
