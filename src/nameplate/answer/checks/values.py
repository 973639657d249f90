"""One figure with several values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from nameplate.answer.amounts import agree
from nameplate.answer.checks.alike import (
    gap,
    grouped,
    is_plan,
    one_thing,
    plain,
    same_figure,
    slip,
    unlike,
)
from nameplate.answer.moments import held
from nameplate.answer.telling import finding
from nameplate.model import Entry, Finding

_NEAR = 60
"""Two values this near in one report are told apart by it: "from 20 to 24", "626 mu, with a floor
area of ...", "548 of the old and 270 of the new". Code points."""


def two_values(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """One measure with two values, or more, for one time.

    Two reports disagree if no value of the one agrees with any of the other. A single report does
    only if it gives one thing just two values, of one item and time or far apart in its text: a list
    has parts, and what was spent stands beside the total. Values a power of ten apart are `scale_slip`'s.
    """
    for group in grouped(entries, same_figure).values():
        odd = _odd(unlike(group))
        if odd:
            yield finding(("two_values", "two_values"), "warning", subject, odd)


def _odd(values: list[Entry]) -> list[Entry]:
    reports = list(grouped(values, lambda entry: entry.document_key).values())
    found: set[str] = set()
    for report in reports:
        if len(report) == 2 and _at_odds_with_itself(*report):
            found |= {entry.key for entry in report}
    for one, two in combinations(reports, 2):
        if not any(_allowed(a, b) for a in one for b in two):
            found |= {one[0].key, two[0].key}
    return [entry for entry in values if entry.key in found]


def _allowed(one: Entry, two: Entry) -> bool:
    return agree(one.claim, two.claim) or slip(one.claim, two.claim) > 0


def _at_odds_with_itself(one: Entry, two: Entry) -> bool:
    apart = gap(one, two) > _NEAR or (one.claim.item is not None and held(one) is not None)
    return one_thing(one.claim) and apart and not _allowed(one, two)


def revised(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A plan of which a later report gives another value: none of its values agrees."""
    plans = grouped((e for e in entries if is_plan(e)), _same_plan)
    for plan in plans.values():
        days = grouped(plan, same_figure).values()
        for before, after in pairwise(days):
            if any(_allowed(a, b) for a in unlike(before) for b in unlike(after)):
                continue
            old = before[0]
            new = min(unlike(after), key=lambda e: _times(old, e))
            yield finding(("revised", "revised"), "info", subject, (old, new))


def _times(old: Entry, new: Entry) -> Decimal:
    """How many times the one value is the other: of two new ones the nearer revises the old."""
    one, two = old.claim.value, new.claim.value
    if not one or not two or not plain(one) or not plain(two) or one * two < 0:
        return Decimal("Infinity")
    return max(one / two, two / one)


def _same_plan(entry: Entry) -> tuple[str, ...] | None:
    key = same_figure(entry)
    if key is None:
        return None
    *figure_of, _moment, scope = key
    return (*figure_of, scope)
