"""Golden claim sentences: what they expect, what was taken, and how the two are compared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from nameplate.model import Claim
from nameplate.pipeline import extract_text

GOLDEN = Path(__file__).parent / "golden"
KINDS = (
    "quantity", "milestone", "visit", "instruction", "relation", "need", "capability"
)  # fmt: skip


class Case(NamedTuple):
    """One golden line: where it stands, its text and the claims of its file's kind."""

    where: str
    kind: str
    text: str
    published: str | None
    expected: list[dict[str, Any]]


def cases(kind: str) -> Iterator[Case]:
    """The golden lines of one kind, over all languages."""
    for path in sorted(GOLDEN.glob(f"*/*{kind}.jsonl")):
        if path.stem not in (kind, f"acts_{kind}"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                row = json.loads(line)
                where = f"{path.parent.name}/{path.name}:{number}"
                wanted = [c for c in row["claims"] if c["kind"] == kind]
                yield Case(where, kind, row["text"], row.get("published"), wanted)


def taken(case: Case) -> list[Claim]:
    """The claims of the case's kind that its text gives."""
    return [c for c in extract_text(case.text, case.published).claims if c.kind == case.kind]


MAIN = {
    "quantity": "measure", "milestone": "stage", "relation": "relation", "need": "topic",
    "capability": "topic",
}  # fmt: skip


def agrees(expected: dict[str, Any], claim: Claim) -> bool:
    """Whether a claim overlaps the expected one and says the same main thing."""
    if claim.end <= expected["start"] or expected["end"] <= claim.start:
        return False
    field = MAIN.get(expected["kind"])
    if field == "topic" or field is None:
        return True
    return bool(expected.get(field) == getattr(claim, field))


def counts(kind: str) -> dict[str, int]:
    """True, false and missed claims of one kind over its golden lines, and false alarms."""
    tally = {"true": 0, "false": 0, "missed": 0, "negatives": 0, "alarms": 0}
    for case in cases(kind):
        got = taken(case)
        if not case.expected:
            tally["negatives"] += 1
            tally["alarms"] += bool(got)
        free = list(got)
        for wanted in case.expected:
            hit = next((c for c in free if agrees(wanted, c)), None)
            tally["true" if hit else "missed"] += 1
            if hit:
                free.remove(hit)
        tally["false"] += len(free)
    return tally
