"""Times: accuracy on TimeBank and AQUAINT by the TempEval-3 rules, and speed beside a peer.

    uv run python benchmarks/times.py --data DIR [--quick] [--json] [--errors]

``DIR`` holds a checkout of the TempEval-3 data (github jspotter/TempEval-3; the folders ``TimeBank``
and ``AQUAINT`` are looked for below it) and may hold one of Recognizers-Text (github
microsoft/Recognizers-Text, ``Specs/DateTime``). Nothing of either is kept.

A date is right if its span overlaps the gold span and its TimeML value is the same; F1 is over dates.
The value is found with the document's creation time as publication date; the creation time itself
is not scored.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from nameplate.find.time import find_times
from nameplate.model import Time

CORPORA = {"timebank": "TimeBank", "aquaint": "AQUAINT"}
SEASONS = {"03": "SP", "06": "SU", "09": "FA", "12": "WI"}
_CLOCK = re.compile(
    r"this (?:morning|afternoon|evening)|tonight|noon|midnight|\ba\.?m\b|\bp\.?m\b|o'clock|\d:\d\d",
    re.I,
)
_MONTHS = re.compile(r"first\s+\w+\s+months|recent\s+(?!years)\w+", re.I)
_OF_YEAR = re.compile(r" of (\d{4})$")
_OTHER_YEAR = re.compile(r"year|\d{4} period", re.I)
_YEAREND = re.compile(r"year(?:'s)?[- ]?end$", re.I)
_EDGE = re.compile(
    r"^(?:the |year)?-?(?:end|beginning|start|close) (?:of|in)\b|['\w]+ (?:end)$", re.I
)


class Gold(NamedTuple):
    """An annotated expression: span, type and TimeML value."""

    start: int
    end: int
    type: str
    value: str


class Report(NamedTuple):
    """A gold document: name, creation date, text and expressions."""

    name: str
    created: str
    text: str
    gold: list[Gold]


def read_timeml(path: Path) -> Report:
    """Read a TimeML file; spans are code points of the bare text."""
    raw = path.read_text(encoding="utf-8", errors="replace")
    created = re.search(r"<DCT>.*?value=\"([^\"]*)\"", raw, re.S)
    body = re.search(r"<TEXT>(.*?)</TEXT>", raw, re.S)
    text, gold, stack = "", [], []
    for part in re.finditer(r"<(/?)(\w+)([^>]*)>|([^<]+)", body[1] if body else ""):
        if part[4] is not None:
            text += html.unescape(part[4])
        elif part[2] == "TIMEX3" and not part[1]:
            stack.append((len(text), dict(re.findall(r'(\w+)="([^"]*)"', part[3]))))
        elif part[2] == "TIMEX3":
            start, marks = stack.pop()
            gold.append(Gold(start, len(text), marks["type"], marks.get("value", "")))
    return Report(path.stem, created[1] if created else "", text, gold)


def corpus(data: Path, folder: str) -> list[Report]:
    """The reports of a corpus folder anywhere below ``data``."""
    for found in sorted(p for p in data.rglob(folder) if p.is_dir()):
        files = sorted(p for p in found.glob("*.tml") if not p.name.startswith("._"))
        if files:
            return [read_timeml(path) for path in files]
    return []


def timeml_type(found: Time, text: str) -> str:
    """``DATE`` or another TimeML type; words for a part of the day make it a ``TIME``."""
    if found.kind != "date":
        return found.kind.upper()
    if found.now and found.mod == "as_of":
        return "NONE"  # "so far" is no expression of TimeML's
    if _MONTHS.search(text[found.start : found.end]):
        return "DURATION"
    return "TIME" if _CLOCK.search(text[found.start : found.end]) else "DATE"


def timeml_value(found: Time, text: str) -> str | None:
    """The TimeML value that says the same as the EDTF value."""
    if found.now:
        return "PRESENT_REF"
    value = found.edtf
    if value is None:
        return {"past": "PAST_REF", "future": "FUTURE_REF"}.get(found.mod or "")
    first, _, last = value.partition("/")
    if found.granularity in ("decade", "century"):
        return value.rstrip("X")
    if found.granularity == "week":
        year, week, _ = date.fromisoformat(first).isocalendar()
        return f"{year:04d}-W{week:02d}"
    if found.granularity == "weekend":
        year, week, _ = date.fromisoformat(first).isocalendar()
        return f"{year:04d}-W{week:02d}-WE"
    if found.granularity == "season":
        return f"{first[:4]}-{SEASONS[first[5:7]]}"
    if found.granularity == "quarter":
        return f"{first[:4]}-Q{(int(first[5:7]) + 2) // 3}"
    if found.granularity == "half" or (last == f"{first[:4]}-06" and first.endswith("-01")):
        return f"{first[:4]}-H{1 if first.endswith('01') else 2}"
    if found.granularity == "interval" and _OTHER_YEAR.search(text[found.start : found.end]):
        return first[:4]
    if found.granularity == "month" and _YEAREND.search(text[found.start : found.end]):
        return f"{first}-31"
    if found.granularity == "month" and _EDGE.search(text[found.start : found.end]):
        return first[:4] if first[5:] in ("01", "12") else first
    return value


class Score(NamedTuple):
    """Counts of gold, found, overlapping and right dates."""

    gold: int = 0
    found: int = 0
    overlap: int = 0
    right: int = 0

    def f1(self, hits: int) -> float:
        """F1 of a number of hits."""
        return 2 * hits / (self.gold + self.found) if self.gold + self.found else 0.0


_BETWEEN = re.compile(r"\s+(?:to|through|until|till|and)\s+|\s*[-–—]\s*")


def as_timeml(times: list[Time], text: str) -> list[Gold]:
    """What was found in TimeML's terms: an interval said by its two ends is two dates."""
    out = []
    for t in times:
        kind, words = timeml_type(t, text), text[t.start : t.end]
        year = _OF_YEAR.search(words) if kind == "DURATION" else None
        if year is not None:
            out.append(Gold(t.start + year.start(1), t.end, "DATE", year[1]))
        ends = (t.edtf or "").split("/")
        cut = _BETWEEN.search(words)
        two = kind == "DATE" and t.granularity == "interval" and len(ends) == 2
        if two and cut and "year" not in words:
            out.append(Gold(t.start, t.start + cut.start(), kind, ends[0]))
            out.append(Gold(t.start + cut.end(), t.end, kind, ends[1]))
        else:
            value = str(timeml_value(t, text)) if kind == "DATE" else ""
            out.append(Gold(t.start, t.end, kind, value))
    return out


Error = tuple[str, str, str, str]


def score(report: Report, finder: Callable[[str, str], list[Time]]) -> tuple[Score, list[Error]]:
    """Dates of one report against its gold, and what went wrong."""
    gold = [g for g in report.gold if g.type == "DATE"]
    times = as_timeml(finder(report.text, report.created), report.text)
    found = [t for t in times if t.type == "DATE"]
    overlap = right = 0
    errors: list[Error] = []
    used: set[int] = set()
    for g in gold:
        match = next(
            (
                i
                for i, t in enumerate(found)
                if i not in used and t.start < g.end and g.start < t.end
            ),
            None,
        )
        words = " ".join(report.text[g.start : g.end].split())
        if match is None:
            errors.append(("missed", words, g.value, ""))
            continue
        used.add(match)
        overlap += 1
        value = found[match].value
        if value == g.value:
            right += 1
        else:
            errors.append(("wrong", words, g.value, value))
    for i, t in enumerate(found):
        if i not in used:
            around = " ".join(report.text[max(0, t.start - 30) : t.end + 30].split())
            errors.append(("extra", report.text[t.start : t.end], around, t.value))
    return Score(len(gold), len(found), overlap, right), errors


def accuracy(reports: list[Report], errors: list[Error]) -> Score:
    """Counts over a corpus; appends to ``errors``."""
    total = Score()
    for report in reports:
        one, wrong = score(report, find_times)
        total = Score(*(a + b for a, b in zip(total, one, strict=True)))
        errors += [(f"{report.name} {report.created} {kind}", *rest) for kind, *rest in wrong]
    return total


def speed(texts: list[tuple[str, str]], seconds: float) -> float:
    """KB of UTF-8 a second on one core, after warm-up."""
    size = sum(len(text.encode()) for text, _ in texts) / 1024
    for text, created in texts:
        find_times(text, created)
    rounds, begin = 0, time.perf_counter()
    while rounds == 0 or time.perf_counter() - begin < seconds:
        for text, created in texts:
            find_times(text, created)
        rounds += 1
    return rounds * size / (time.perf_counter() - begin)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(".benchmarks/data"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    figures: dict[str, float] = {}
    texts: list[tuple[str, str]] = []
    for name, folder in CORPORA.items():
        reports = corpus(options.data, folder)
        errors: list[Error] = []
        total = accuracy(reports, errors)
        figures[f"{name}_date_value"] = round(total.f1(total.right), 4)
        figures[f"{name}_date_span"] = round(total.f1(total.overlap), 4)
        texts += [(r.text, r.created) for r in reports]
        print(f"{folder}: {total}", figures)
        if options.errors:
            for error in errors:
                print("  ", *error, sep=" | ")
    figures["kb_per_s"] = round(speed(texts, 1.0), 1) if texts else 0.0
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
