"""Parts and their wholes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nameplate.answer.amounts import agree, reach
from nameplate.answer.checks.alike import exact, grouped, same_whole, side, unlike
from nameplate.answer.phases import phase_of
from nameplate.answer.telling import finding
from nameplate.lexicon.measures import measures
from nameplate.model import Claim, Entry, Finding

_OF_A_WHOLE = frozenset({"share", "resumption_rate"})
"""Percentages of a whole; a utilisation or a change may well be over 100."""

_ROUNDING = Decimal("1.01")
"""By how much the sum of rounded parts may exceed the rounded whole."""


def part_over_whole(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A part (a figure with a scope) that is larger than the whole (the same without).

    Larger than every value of the whole that is reported, if they differ.
    """
    for group in grouped(entries, _additive).values():
        wholes = unlike(e for e in group if not e.claim.scope)
        for part in unlike(e for e in group if e.claim.scope):
            if wholes and all(_exceeds(part.claim, whole.claim) for whole in wholes):
                check = ("part_over_whole", "part_over_whole")
                sides = (part, wholes[0])
                yield finding(check, "warning", subject, sides, scope=part.claim.scope or "")


def parts_over_whole(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Phases that add up to more than the whole, though none of them alone does.

    Only phases: other parts (of a product, of a kind of worker) may overlap.
    """
    for group in grouped(entries, _additive).values():
        wholes = unlike(e for e in group if not e.claim.scope)
        phases = _phases(group)
        if len(phases) < 2 or not wholes:
            continue
        total = _sum(phases)
        limits = [limit.high for w in wholes if (limit := reach(w.claim)) is not None]
        below = all(not _exceeds(e.claim, w.claim) for e in phases for w in wholes)
        if below and total > max(limits) * _ROUNDING:
            check = ("parts_over_whole", "parts_over_whole")
            yield finding(check, "warning", subject, (*phases, wholes[0]), total=str(total))


def share_over_whole(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A share of a whole that is more than 100 %, alone or as the sum of its phases."""
    shares = [e for e in entries if e.claim.measure in _OF_A_WHOLE and e.claim.unit == "%"]
    for share in unlike(shares):
        limit = reach(share.claim)
        if limit is not None and limit.low > 100 and limit.low.is_finite():
            yield finding(("share_over_whole", "share_over_whole"), "error", subject, (share,))
    for group in grouped(shares, same_whole).values():
        parts = _phases(group)
        total = _sum(parts)
        if total > 100 * _ROUNDING and all((e.claim.value or 0) <= 100 for e in parts):
            check = ("share_over_whole", "shares_over_whole")
            yield finding(check, "warning", subject, parts, total=str(total))


def _phases(group: Sequence[Entry]) -> list[Entry]:
    """One exact figure a phase; none if a phase has two."""
    phases = [e for e in unlike(group) if exact(e) and phase_of(e.claim.scope) is not None]
    numbers = [phase_of(e.claim.scope) for e in phases]
    return phases if len(set(numbers)) == len(numbers) else []


def _sum(parts: Sequence[Entry]) -> Decimal:
    return sum((e.claim.value for e in parts if e.claim.value is not None), Decimal(0))


def _additive(entry: Entry) -> tuple[str, ...] | None:
    known = measures().get(entry.claim.measure or "")
    if known is None or not known.additive or _still_growing(entry.claim):
        return None
    return same_whole(entry)


def _still_growing(claim: Claim) -> bool:
    # "Phase II will add 4 GWh" beside what the plant has today: no part of today's whole.
    return side(claim) == "actual" and claim.measure == "capacity" and not claim.when


def _exceeds(part: Claim, whole: Claim) -> bool:
    one, two = reach(part), reach(whole)
    return one is not None and two is not None and one.low > two.high and not agree(part, whole)
