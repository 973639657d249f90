"""The golden files of claims are sound themselves: fields, offsets, balance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from nameplate.model import Claim, Kind

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(path for kind in get_args(Kind) for path in GOLDEN.glob(f"*/{kind}.jsonl"))
FIELDS = {"text", "published", "claims", "why"}


def lines(path: Path) -> list[dict[str, Any]]:
    rows = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(row) for row in rows if row.strip()]


def test_every_kind_has_its_english_file() -> None:
    assert {path.stem for path in FILES if path.parent.name == "en"} == set(get_args(Kind))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_lines_hold_what_they_say(path: Path) -> None:
    for row in lines(path):
        assert set(row) <= FIELDS
        assert bool(row["claims"]) != bool(row.get("why")), f"claims or a reason: {row['text']}"
        for said in row["claims"]:
            claim = msgspec.convert({k: v for k, v in said.items() if k != "accept"}, Claim)
            assert claim.kind == path.stem
            assert row["text"][claim.start : claim.end] == claim.quote
            assert set(said) <= {*Claim.__struct_fields__, "accept"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_negatives_are_as_many_as_positives(path: Path) -> None:
    rows = lines(path)
    assert sum(not row["claims"] for row in rows) >= sum(bool(row["claims"]) for row in rows)
    assert len({row["text"] for row in rows}) == len(rows)
