"""TimeML: the gold of TempEval-3, and what Nameplate finds said in its terms.

The mapping keeps the value and changes the words: a quarter of months is ``1989-Q3``, days from Monday
to Sunday are a week, an interval told by its two ends is two dates, words for the present are
``PRESENT_REF``. Where TimeML marks something as no date ("so far", "the first nine months"), neither
does the mapping.
"""

from __future__ import annotations

import html
import os
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from nameplate.model import Time

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
    for at, folders, _ in os.walk(data, followlinks=True):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        if folder in folders:
            files = sorted((Path(at) / folder).glob("*.tml"))
            return [read_timeml(path) for path in files if not path.name.startswith("._")]
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
