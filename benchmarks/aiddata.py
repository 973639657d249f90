"""The record of a project from the claims of one narrative, beside what trained coders recorded.

    uv run python benchmarks/aiddata.py --data FOLDER [--quick] [--json] [--errors FIELD]

``FOLDER`` holds ``aiddata-dev.jsonl``: narratives of AidData's Global Chinese Official Finance
Dataset 1.0 (ODC-By 1.0), one JSON object a line with ``title``, ``text`` and the coded fields. Nothing
of it is kept. The report read is the title as headline and the text as body; the record comes from
its claims alone (`nameplate.answer.record`).

Figures are shares of 1 among the narratives in which the value is literally in the text: a number
equal to the amount, the four digits of the year, a word of the status. ``currency`` counts where the
amount is right; ``status_all`` counts every narrative. The first 900 lines were developed on; the
figures without a suffix are of the rest, those with ``_dev`` of the first 900. ``--quick`` changes
nothing: it is quick.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nameplate.answer.record import ProjectRecord, project_record
from nameplate.model import Document, Region
from nameplate.pipeline import extract

FILE = "aiddata-dev.jsonl"
DEVELOPED_ON = 900

STATUS = {
    "identification": "Pipeline: Pledge",
    "preparation": "Pipeline: Commitment",
    "implementation": "Implementation",
    "completion": "Completion",
    "suspended": "Suspended",
    "cancelled": "Cancelled",
}
"""Our words (OC4IDS) and AidData's for the same."""

SAID = {
    "Pipeline: Pledge": r"pledg|promis|\bplan|\bwill\b|\bwould\b|offer|agreed to|memorandum|\bmou\b|announc",
    "Pipeline: Commitment": r"\bsign|agreement|contract|approv|commit|\baccord|\bdeal\b",
    "Implementation": r"implement|under construction|\bbeg[au]n|\bstarted|commenced|ongoing|under ?way|launched"
    r"|expected to be completed",
    "Completion": r"complet|finish|hand(?:ed|ing)?[- ]?over|inaugurat|\bopened|donat|deliver|conclud|\bbuilt\b",
    "Suspended": r"suspend|halt|stall|stopped|on hold|postpon",
    "Cancelled": r"cancel|terminat|abandon|scrapped|dropped|withdr",
}
"""Words that say a status, small letters; what says it is literally in the text."""

_NUMBER = re.compile(
    r"(\d+(?:[, ]\d{3})*(?:\.\d+)?)[\s-]*(thousand|k|mil|mio|mln|mn|millions?|m|bln|bn|billions?|b|trillion)?\b",
    re.IGNORECASE,
)
_SCALE = {"t": 1e3, "k": 1e3, "m": 1e6, "b": 1e9}


def numbers(text: str) -> Iterator[float]:
    """Every number that stands in the text in digits, scaled by the word after it."""
    for match in _NUMBER.finditer(text):
        word = (match[2] or "").lower()
        scale = 1e12 if word == "trillion" else _SCALE.get(word[:1], 1.0)
        yield float(re.sub(r"[, ]", "", match[1])) * scale


def close(one: float, two: float) -> bool:
    """Equal to six digits."""
    return abs(one - two) <= 1e-6 * max(abs(one), abs(two))


def report(row: dict[str, Any]) -> Document:
    """A narrative as a report: its title is the headline."""
    title, text = row["title"], f"{row['title']}\n\n{row['text']}"
    head = Region(start=0, end=len(title), role="title")
    return Document(id=row["id"], text=text, title=title, lang="en", regions=(head,))


Marks = dict[str, bool]
"""Right or wrong by field; a field whose value is not literally in the text is absent."""


def marks(row: dict[str, Any], text: str, record: ProjectRecord) -> Marks:
    """Compare a record with the coded one."""
    found: Marks = {}
    if row["amount"] and any(close(n, row["amount"]) for n in numbers(text)):
        found["amount"] = record.amount is not None and close(float(record.amount), row["amount"])
        if found["amount"]:
            found["currency"] = record.currency == row["currency"]
    for field in ("start", "end", "start_planned", "end_planned"):
        year = (row[field] or "")[:4]
        if year and year in text:
            ours = getattr(record, field)
            found[f"{field}_year"] = ours is not None and ours.value[:4] == year
    right = STATUS.get(record.status or "") == row["status"]
    found["status_all"] = right
    if re.search(SAID[row["status"]], text.lower()):
        found["status"] = right
    return found


def score(rows: list[dict[str, Any]], errors: str | None = None) -> dict[str, float]:
    """Share of right ones by field, with the number they are shares of (``n_`` and the field)."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for row in rows:
        document = report(row)
        record = project_record(extract(document).claims)
        for field, hit in marks(row, document.text, record).items():
            every[field] += 1
            right[field] += hit
            if field == errors and not hit:
                print(
                    f"{row['id']} {row['title']}\n  {record.status} {record.amount} {record.currency}"
                )
    shares = {field: round(right[field] / n, 4) for field, n in sorted(every.items())}
    return shares | {f"n_{field}": n for field, n in sorted(every.items())}


def main() -> None:
    """Run and print; the last line is JSON if asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path(".benchmarks/data"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", metavar="FIELD")
    options = parser.parse_args()
    path = options.data / FILE
    if not path.exists():
        parser.exit(2, f"no {FILE} in {options.data}: name its folder with --data\n")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    seen = score(rows[:DEVELOPED_ON], options.errors)
    held = score(rows[DEVELOPED_ON:]) or seen
    for field, share in held.items():
        if not field.startswith("n_"):
            dev = f"{seen[field]:.3f} of {seen['n_' + field]}" if field in seen else "-"
            print(f"{field:<20}{share:>7.3f} of {held['n_' + field]:<6} developed on: {dev}")
    if options.json:
        print(json.dumps(held | {f"{field}_dev": share for field, share in seen.items()}))


if __name__ == "__main__":
    main()
