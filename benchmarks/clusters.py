"""Which claims speak of one project: pairwise F1 on clusters of real reports, and false merges.

    uv run python benchmarks/clusters.py --data DIR [--json] [--errors]

``DIR`` holds ``clusters-dev.json`` (what a right ledger says of each cluster) and ``reports-dev.jsonl``
(the reports with the claims that people took); neither is part of the repository. A claim belongs to
the project whose time line or values list it. Figures: ``claims`` labelled, ``pair_f1``,
``pair_precision``, ``pair_recall``, ``false_merges`` (pairs of projects that share an entity) with the
claims people took, their subjects' kinds guessed from the names; and, after ``own_``, with the claims
our extractor takes, each matched to a labelled one by stage or measure and value.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from nameplate.model import Claim, Document, Entry
from nameplate.pipeline import extract
from nameplate.resolve import resolve, weigh
from nameplate.resolve.pieces import kind_of

_FIELDS = set(Claim.__struct_fields__) - {"mentions", "visitors"}
_RECORDED = "2026-01-01T00:00:00.000000Z"


class Labelled(NamedTuple):
    """The project that every labelled claim belongs to, and all entries of the reports."""

    project: dict[str, str]
    entries: list[Entry]


def gold_entries(report: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Entry]]:
    """A report's claims as people took them, each with its entry."""
    for number, said in enumerate(report["claims"]):
        fields = {k: v for k, v in said.items() if k in _FIELDS and v is not None}
        for name in ("value", "low", "high"):
            if name in fields:
                fields[name] = Decimal(str(fields[name]))
        fields["subject_kind"] = kind_of(said["subject"], None)
        claim = msgspec.convert(fields, Claim)
        yield said, entry_of(report, number, claim)


def entry_of(report: dict[str, Any], number: int, claim: Claim) -> Entry:
    """The claim as an entry."""
    return Entry(
        key=f"{report['id']}:{number}",
        claim=claim,
        document_key=report["id"],
        document_id=report["id"],
        published=report.get("published"),
        recorded=_RECORDED,
    )


def own_entries(report: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Entry]]:
    """A report's claims as our extractor takes them."""
    fields = {k: report.get(k) for k in ("id", "text", "title", "published", "lang")}
    document = Document(**fields)
    for number, claim in enumerate(extract(document).claims):
        said = {k: getattr(claim, k) for k in ("kind", "stage", "modality", "when", "measure")}
        value = None if claim.value is None else float(claim.value)
        yield said | {"value": value, "subject": claim.subject}, entry_of(report, number, claim)


def listed(project: dict[str, Any], said: dict[str, Any], report: str) -> bool:
    """Whether the project's time line or values list what is said."""
    for event in project.get("timeline", ()):
        keys = ("stage", "modality", *(("when",) if "when" in event else ()))
        if report in event["from"] and all(event.get(k) == said.get(k) for k in keys):
            return True
    return any(
        report in value["from"]
        and value["measure"] == said.get("measure")
        and float(value["value"]) == float(said.get("value") or 0)
        for value in project.get("values", ())
    )


def labelled(folder: Path, *, own: bool) -> Labelled:
    """Entries of all reports, and the project of those that a cluster lists."""
    clusters = json.loads((folder / "clusters-dev.json").read_text(encoding="utf-8"))
    lines = (folder / "reports-dev.jsonl").read_text(encoding="utf-8").splitlines()
    projects = [p for c in clusters.values() if isinstance(c, dict) for p in c.get("projects", ())]
    home: dict[str, str] = {}
    entries = []
    for report in map(json.loads, lines):
        for said, entry in own_entries(report) if own else gold_entries(report):
            entries.append(entry)
            found = [p["name"] for p in projects if listed(p, said, report["id"])]
            named = [n for n in found if shares(n, said["subject"])] if len(found) > 1 else found
            if len(named) == 1:
                home[entry.key] = named[0]
    return Labelled(home, entries)


def shares(project: str, subject: str) -> bool:
    """Whether the subject begins with the same three signs somewhere in the project's name."""
    return any(subject[i : i + 3] in project for i in range(max(1, len(subject) - 2)))


def figures(data: Labelled) -> tuple[dict[str, float], list[str]]:
    """Pairwise counts, and what was merged or torn wrongly."""
    known = resolve(data.entries)
    decided = weigh(known, data.entries)
    known = resolve(data.entries, decided)
    entity = {key: e.id for e in known for key in e.claims}
    subject = {e.key: e.claim.subject for e in data.entries}
    counts: Counter[tuple[bool, bool]] = Counter()
    wrong, merged = [], set()
    for a, b in combinations(sorted(data.project), 2):
        same, said = data.project[a] == data.project[b], entity[a] == entity[b]
        counts[same, said] += 1
        if same != said:
            wrong.append(f"{'torn' if same else 'merged'}: {a} {subject[a]} | {b} {subject[b]}")
        if said and not same:
            merged.add(frozenset({data.project[a], data.project[b]}))
    hits, false, missed = counts[True, True], counts[False, True], counts[True, False]
    return {
        "claims": len(data.project),
        "projects": len(set(data.project.values())),
        "pair_f1": round(2 * hits / max(1, 2 * hits + false + missed), 4),
        "pair_precision": round(hits / max(1, hits + false), 4),
        "pair_recall": round(hits / max(1, hits + missed), 4),
        "false_merges": len(merged),
    }, wrong


def main() -> None:
    """Measure and print; the last line is JSON if asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--quick", action="store_true", help="changes nothing, it is quick")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    found: dict[str, float] = {}
    for prefix, own in (("", False), ("own_", True)):
        some, wrong = figures(labelled(args.data, own=own))
        found |= {prefix + name: value for name, value in some.items()}
        if args.errors:
            print("\n".join(f"{prefix}{line}" for line in wrong))
    for name, value in found.items():
        print(f"{name}: {value}")
    if args.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
