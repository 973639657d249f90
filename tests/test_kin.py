"""What is a part of what, as `nameplate show` tells it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from nameplate.ledger import Ledger
from nameplate.model import Claim, Document
from nameplate.pipeline import LINKER, entity_of, parts_and_wholes

PARK = {"relation": "located_in", "object": "Jilin High-tech Zone"}


def told(at: Path, *said: tuple[str, str, dict[str, str]]) -> Path:
    """A ledger of one report a claim."""
    with Ledger.open(at / "x.ledger", clock=lambda: "2025-01-01T00:00:00Z") as ledger:
        for number, (name, kind, fields) in enumerate(said):
            text = f"Report {number} on {name}."
            found = {"kind": "relation" if "relation" in fields else "milestone"} | fields
            if "relation" not in fields:
                found["stage"] = "started"
            claim = Claim(subject=name, subject_kind=kind, quote="Report", start=0, end=6, **found)  # type: ignore[arg-type]
            ledger.add(Document(id=f"r{number}", text=text), [claim])
        ledger.rebuild_entities(LINKER)
    return at / "x.ledger"


def kin(path: Path, name: str) -> set[tuple[str, bool]]:
    """Names of what the thing belongs to, and of what belongs to it."""
    with Ledger.open(path, create=False, clock=lambda: "2025-01-01T00:00:00Z") as ledger:
        (entity,) = [e for e in ledger.rebuild_entities(LINKER) if e.name == name]
        entity, shelf = entity_of(ledger, entity.id)
        return {
            (other.name, found.part == entity.id)
            for other, found in parts_and_wholes(ledger, entity, shelf)
        }


PHASED = (
    ("Orvane tyre project", "project", {}),
    ("Orvane tyre project Phase II", "project", {}),
    ("Orvane tyre project", "project", PARK),
    ("Jilin High-tech Zone", "park", {}),
)


def test_a_project_has_its_phase_and_lies_in_its_park(tmp_path: Path) -> None:
    path = told(tmp_path, *PHASED)
    assert kin(path, "Orvane tyre project") == {
        ("Orvane tyre project Phase II", False),
        ("Jilin High-tech Zone", True),
    }
    assert kin(path, "Jilin High-tech Zone") == {("Orvane tyre project", False)}
    assert kin(path, "Orvane tyre project Phase II") == {("Orvane tyre project", True)}


def test_nothing_is_guessed(tmp_path: Path) -> None:
    path = told(
        tmp_path,
        ("Orvane tyre project", "project", {}),
        ("Nordhaus tyre project Phase II", "project", {}),  # another firm's
        ("Orvane tyre project", "project", {"relation": "partner_of", "object": "Corvid Park"}),
        ("Corvid Park", "park", {"relation": "part_of", "object": "Orvane tyre project"}),
    )
    assert kin(path, "Orvane tyre project") == set()


def test_show_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from nameplate.cli import main

    path = told(tmp_path, *PHASED)
    for extra in ((), ("--json",)):
        monkeypatch.setattr(
            sys, "argv", ["nameplate", "show", "Orvane tyre project", "-l", str(path), *extra]
        )
        with pytest.raises(SystemExit) as end:
            main()
        assert not end.value.code
    printed = capsys.readouterr().out
    assert "Part of" in printed
    assert "phase" in printed
    row = json.loads(printed.splitlines()[-1])
    assert row["entity"]["name"] == "Orvane tyre project"
    assert len(row["belongs"]) == 2
