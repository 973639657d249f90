"""How many columns of returns the drafted mapping reads right, on header rows written for it.

    uv run python benchmarks/mapping.py [--json] [--errors]

The rows are `tests/golden/returns/headers.jsonl`: written by the maintainers after public forms of
Chinese zones and statistical offices and of agencies elsewhere. A column is right if what it gives is
the subject, the identifier, the time, the same measure, stage or relation with the same modality, or
nothing where nothing should be taken. Last line with ``--json``: ``forms``, ``columns``, ``right`` (a
share of 1), ``wrong_taken`` (columns that would give wrong claims).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import NamedTuple

from nameplate.claim.returns import draft
from nameplate.claim.returns.mapping import Column
from nameplate.read.sheet import Sheet, letters

ROWS = Path(__file__).parent.parent / "tests" / "golden" / "returns" / "headers.jsonl"


class Form(NamedTuple):
    """One form: its headers, and what each of them should give."""

    about: str
    headers: list[str]
    gives: list[str]


def forms() -> list[Form]:
    """All forms of the golden file."""
    rows = [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]
    return [Form(row["about"], row["headers"], row["gives"]) for row in rows]


def sheet_of(form: Form) -> Sheet:
    """A sheet with these headers, banded ones in two rows with merged cells, and a row of data."""
    split = [header.split(" / ") for header in form.headers]
    depth = max(len(parts) for parts in split)
    rows = [tuple(parts[min(r, len(parts) - 1)] for parts in split) for r in range(depth)]
    merged: list[tuple[int, int, int, int]] = []
    if depth == 2:
        upper = list(rows[0])
        for column, parts in enumerate(split):
            if len(parts) == 1:
                merged.append((0, column, 1, column))
        starts = [
            c for c, p in enumerate(split) if len(p) == 2 and (c == 0 or split[c - 1][0] != p[0])
        ]
        for start in starts:
            end = max(c for c in range(start, len(split)) if split[c][0] == split[start][0])
            merged.append((0, start, 0, end))
            upper[start + 1 : end + 1] = [""] * (end - start)
        lower = tuple(parts[1] if len(parts) == 2 else "" for parts in split)
        rows = [tuple(upper), lower]
    data = tuple("1" if c else "甲公司" for c in range(len(form.headers)))
    return Sheet(name="S", rows=(*rows, data), merged=tuple(merged))


def given(form: Form) -> list[str]:
    """What the drafted mapping gives for each column."""
    mapping = draft(sheet_of(form)).mapping
    if mapping is None:
        return ["skip"] * len(form.headers)
    parts = {mapping.subject: "subject", mapping.identifier: "identifier", mapping.when_at: "when"}
    columns = {column.at: _said(column) for column in mapping.column}
    return [
        parts.get(at) or columns.get(at, "skip") for at in map(letters, range(len(form.headers)))
    ]


def _said(column: Column) -> str:
    what = column.measure or column.relation or f"stage:{column.stage}"
    is_plan = column.modality == "planned"
    return f"{what} planned" if is_plan else what


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="the same; it takes a second")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--errors", action="store_true", help="show what is read wrongly")
    args = parser.parse_args()
    right = columns = taken = 0
    for form in forms():
        for header, wanted, got in zip(form.headers, form.gives, given(form), strict=True):
            # The total investment of a project is a plan until it is spent; either word is right.
            same = got == wanted or (got == f"{wanted} planned" and wanted == "investment")
            columns, right = columns + 1, right + same
            taken += not same and got != "skip"
            if args.errors and not same:
                print(f"{form.about}: {header!r} gives {wanted}, read as {got}")
    figures = {
        "forms": len(forms()),
        "columns": columns,
        "right": round(right / columns, 4),
        "wrong_taken": taken,
    }
    for name, value in figures.items():
        print(f"{name:<14}{value}")
    if args.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
