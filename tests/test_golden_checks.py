"""Every check on its golden cases: where it must fire, and at least as many where it must not.

A line holds ``fires``, ``why``, and ``claims``: fields of claims laid over ``base``. ``report`` and
``on`` name a claim's report and its date, ``at`` is where its quote begins.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from nameplate.answer import CHECKS, findings
from nameplate.model import Claim, Entry

GOLDEN = Path(__file__).parent / "golden/checks"


def cases(check: str) -> list[dict[str, Any]]:
    rows = (GOLDEN / f"{check}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row) for row in rows if row.strip()]


def entry(number: int, fields: dict[str, Any]) -> Entry:
    report, day, at = fields.pop("report"), fields.pop("on", "2024-01-01"), fields.pop("at", 0)
    claim = msgspec.convert(
        {"kind": "quantity", "modality": "actual", "subject": "it", "subject_kind": "plant"}
        | ({"unit": "1"} if fields.get("kind", "quantity") == "quantity" else {})
        | {k: v for k, v in fields.items() if v is not None}
        | {"quote": "x" * 8, "start": at, "end": at + 8},
        Claim,
        strict=False,
    )
    return Entry(
        key=f"{report}:{number}", claim=claim, document_key=report, document_id=report,
        published=day, recorded="2025-01-01T00:00:00.000000Z",
    )  # fmt: skip


@pytest.mark.parametrize("check", CHECKS)
def test_golden(check: str) -> None:
    for case in cases(check):
        claims = [entry(n, case["base"] | claim) for n, claim in enumerate(case["claims"])]
        found = [f for f in findings("it", claims) if f.check == check]
        assert bool(found) == case["fires"], (case["why"], found)
        for finding in found:
            assert len(finding.quotes) == len(finding.claims) > 0


@pytest.mark.parametrize("check", CHECKS)
def test_more_cases_where_it_must_not_fire(check: str) -> None:
    fires = [case["fires"] for case in cases(check)]
    assert fires.count(True) > 0
    assert fires.count(False) >= fires.count(True)


def test_every_file_is_of_a_check() -> None:
    assert {path.stem for path in GOLDEN.glob("*.jsonl")} == set(CHECKS)
