"""Cases of Recognizers-Text (``Specs/DateTime``; MIT): dates and closed intervals, English and Chinese.

A case passes if each of its dates and intervals is overlapped by a time of ours that covers the same
days; where the specification gives a past and a future reading, either will do. Cases that make no
sense for reports, or that our contract reads otherwise, are left out; ``LEFT_OUT`` says how they are
told and why.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from nameplate.find import edtf
from nameplate.find.time import find_times
from nameplate.model import Time

LANGUAGES = ("English", "Chinese")
_WANTED = ("datetimeV2.date", "datetimeV2.daterange")

# (pattern over an expected text in lower case, reason); parts of a pattern are joined with "|"
_LEFT_OUT: list[tuple[tuple[str, ...], str]] = [
    (
        (
            r"\b(?:next|last|past|previous|prior|coming|within|following|upcoming|rest of|remaining)\b.*"
            r"\b(?:days|weeks|months|quarters|years|decades?|fortnight|weekends?)\b",
            r"(?:前|过去|近|未来|今后|接下来|最近|最后|最後|后|内|剩)[^月]*(?:天|周|週|星期|月|年|日)",
            r"最近",
        ),
        "spans counted from today: vague here",
    ),
    (
        (
            r"\b(?:days?|weeks?|months?|years?|fortnights?)\b.*"
            r"\b(?:after|before|from|since|ago|later|earlier|prior|hence|out)\b",
            r"^in (?:a|\w+) (?:day|week|month|year)",
            r"年前",
        ),
        "days counted from another day: whole units here",
    ),
    (
        (
            r"\b(?:early|earlier|mid|late|later|eoy|eom|eow|beginning|start|middle|begin|ends?) ?"
            r"(?:of|in|this|next|last|-|\b)",
            r"初|底|中旬|上旬|下旬|上半月|下半月|半周|末",
        ),
        "parts of periods: other bounds there",
    ),
    (
        (
            r"\b(?:next|last|previous|following|this) (?:mon|tue|wed|thu|fri|sat|sun)[a-z]*",
            r"上上|下下|the day\b",
            r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* (?:the )?\d",
        ),
        "weekdays by the week or with a bare day: the nearest here",
    ),
    (
        (
            r"fortnight|work(?:ing)? ?week|\bw/c|commencing|\bcy ?\d|\botd|remaining|first ten days",
            r"past quarter|saint patrick|workers|上个半年|岁",
        ),
        "words of appointments",
    ),
    (
        (
            r"[=$]|\d{4} ?s\b|^\d\d s|\bof \d\d$|20\d\d/\d\d/[a-z]|\d{4} \d\d \d\d|\d{4}-\d\d?$",
            r"八月十五|first 12|-2020-",
        ),
        "spellings that reports do not use",
    ),
    ((r"^may$|mar3|dec31|between august",), "names of months in small letters"),
    (
        (r"\b(?:same|that) (?:day|week|month|year|weekend)|\bday (?:before|after)\b",),
        "words that refer to nothing",
    ),
    (
        (r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}(?![\d/.-])(?! ?月)|^\d{1,2}[-/]\d{1,2}",),
        "day and month in bare figures",
    ),
    (
        (
            r"\b(?:twenty|thirty|thousand|hundred|nineteen|seventeenth|twentieth|thirtieth)\b",
            r"\b(?:fifteen|nine|ninth|twenty-\w+|seventeen|eighteen)\b",
        ),
        "dates spelled out in words",
    ),
    (
        (r"week \d|\d(?:st|nd|rd|th)? week|weekend|週末|周末|workday|business day",),
        "week numbers and weekends",
    ),
    ((r"农历|正月|初[一二三]|大年|康熙|雍正|神龙|元年|清|明朝",), "lunar dates and dynasties"),
    (
        (
            r"\b(?:christmas|easter|thanksgiving|halloween|new year|labou?r day|memorial|valentine)",
            r"\b(?:eid|ramadan|juneteenth|independence|earth day|mother|father|holiday|mlk|day of)",
            r"friday the|black friday|cyber|all saints|节|節|除夕|元旦",
        ),
        "holidays",
    ),
    (
        (r"\byear to date|ytd|since|so far|\bnow\b|\btoday\b.*(?:to|and|through)|\btmr|\btonight",),
        "words for the present",
    ),
]
LEFT_OUT = [(re.compile("|".join(parts)), reason) for parts, reason in _LEFT_OUT]


def cases(folder: Path, language: str) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Cases of a language with the reason for leaving one out, if any."""
    walk = os.walk(folder, followlinks=True)
    tail = f"DateTime{os.sep}{language}"
    path = next((Path(at) / "DateTimeModel.json" for at, _, _ in walk if at.endswith(tail)), None)
    if path is None or not path.exists():
        return
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        yield case, _left_out(case)


def _left_out(case: dict[str, Any]) -> str | None:
    if not case["Results"]:
        return "no result expected"
    if any(r.get("TypeName") not in _WANTED for r in case["Results"]):
        return "clock times, durations, sets and time zones"
    for result in case["Results"]:
        values = (result.get("Resolution") or {}).get("values", [])
        if not any("value" in v or ("start" in v and "end" in v) for v in values):
            return "open intervals"
        if any(v.get("value") == "not resolved" for v in values):
            return "cases that the specification does not resolve"
        for pattern, reason in LEFT_OUT:
            if pattern.search(result["Text"].lower()):
                return reason
    return None


def passes(case: dict[str, Any]) -> bool:
    """Whether every expected result is read with the same days."""
    day = (case.get("Context") or {}).get("ReferenceDateTime", "")[:10] or None
    found = find_times(case["Input"], day)
    return all(any(_same(r, t) for t in found) for r in case["Results"])


def _same(result: dict[str, Any], found: Time) -> bool:
    if not (found.start <= result["End"] and result["Start"] < found.end) or found.edtf is None:
        return False
    days = edtf.interval(found.edtf)
    last = edtf.interval(found.edtf.rpartition("/")[2])
    if days is None or last is None:
        return False
    wanted = {_days(v) for v in result["Resolution"]["values"]}
    # "2014 to 2018" reaches the beginning of 2018 there, its end here
    return days in wanted or (days[0], last[0] - timedelta(days=1)) in wanted


def _days(value: dict[str, str]) -> tuple[date, date] | None:
    """First and last day; the ends of intervals are exclusive in the specification."""
    try:
        if "value" in value:
            return date.fromisoformat(value["value"]), date.fromisoformat(value["value"])
        last = date.fromisoformat(value["end"]) - timedelta(days=1)
        return date.fromisoformat(value["start"]), last
    except (KeyError, ValueError):
        return None


def report(folder: Path, show: bool) -> dict[str, float]:
    """Shares of cases passed by language; prints what was left out, with reasons."""
    figures: dict[str, float] = {}
    for language in LANGUAGES:
        reasons: Counter[str] = Counter()
        passed = total = 0
        for case, reason in cases(folder, language):
            if reason is not None:
                reasons[reason] += 1
                continue
            total += 1
            right = passes(case)
            passed += right
            if show and not right:
                print("  failed |", case["Input"], "|", [r["Text"] for r in case["Results"]])
        if total:
            figures[f"recognizers_{language.lower()}"] = round(passed / total, 4)
            print(f"Recognizers-Text {language}: {passed} of {total}; left out: {dict(reasons)}")
    return figures
