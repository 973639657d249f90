"""One figure with several values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nameplate.answer.amounts import agree
from nameplate.answer.checks.alike import grouped, is_plan, same_figure, unlike
from nameplate.answer.wording import figure, measure, source
from nameplate.model import Entry, Finding


def two_values(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """One measure with two values, or more, for one time."""
    for group in grouped(entries, same_figure).values():
        values = unlike(group)
        odd = [e for e in values if any(not agree(e.claim, other.claim) for other in values)]
        if odd:
            said = "; ".join(f"{figure(e.claim)} ({source(e)})" for e in odd)
            yield Finding(
                check="two_values",
                severity="warning",
                subject=subject,
                message=f"{measure(odd[0].claim)} has {len(odd)} values: {said}",
                claims=tuple(e.key for e in odd),
            )


def revised(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A plan of which a later report gives another value: none of its values agrees."""
    plans = grouped((e for e in entries if is_plan(e)), _same_plan)
    for plan in plans.values():
        days = grouped(plan, same_figure).values()
        for before, after in pairwise(days):
            if any(agree(a.claim, b.claim) for a in unlike(before) for b in unlike(after)):
                continue
            old, new = before[0], after[0]
            yield Finding(
                check="revised",
                severity="info",
                subject=subject,
                message=f"{measure(new.claim)} was revised from {figure(old.claim)} "
                f"({source(old)}) to {figure(new.claim)} ({source(new)})",
                claims=(old.key, new.key),
            )


def _same_plan(entry: Entry) -> tuple[str, ...] | None:
    key = same_figure(entry)
    if key is None:
        return None
    *figure_of, _moment, scope = key
    return (*figure_of, scope)
