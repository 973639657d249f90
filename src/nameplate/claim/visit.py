"""Visits: who came to see what.

A tour is told over several sentences: the first says who came and when, the next ones lead from
station to station. A stop without a date of its own takes the tour's; those who "participated in the
inspection" join it, those who only accompanied it do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nameplate.claim import visit_en, visit_zh
from nameplate.claim.context import Context
from nameplate.claim.likeness import alike
from nameplate.claim.stop import RECENT, Stop, claim
from nameplate.model import Claim, Rejection

_WINDOW = 200
"""Stops among which a place is looked for again; keeps long reports linear."""

_REACH = 12
"""Sentences over which a tour's date carries."""


def stops(context: Context) -> list[Stop]:
    """The stops of all tours of a document, in order; found once a document."""
    if "stops" not in context.memo:
        found = visit_zh.stops(context) if context.zh else visit_en.stops(context)
        kept = [s for s in found if isinstance(s, Stop)]
        context.memo["rejected_stops"] = [s for s in found if isinstance(s, Rejection)]
        context.memo["stops"] = _dated(_distinct(kept))
    made: list[Stop] = context.memo["stops"]
    return made


def make(context: Context) -> Iterator[Claim | Rejection]:
    """Visit claims of a document, and what looked like a visit and was none."""
    for stop in stops(context):
        yield claim(context, stop)
    rejected: list[Rejection] = context.memo["rejected_stops"]
    yield from rejected


def _distinct(found: list[Stop]) -> list[Stop]:
    """One stop for a place: a headline and a summary tell the same visit again."""
    kept: list[Stop] = []
    for stop in sorted(found, key=lambda s: (-s.confidence, s.start)):
        low = max(0, len(kept) - _WINDOW)
        same = next((i for i in range(low, len(kept)) if _same(stop, kept[i])), None)
        if same is None:
            kept.append(stop)
        elif kept[same].when is None and stop.when:
            kept[same] = replace(kept[same], when=stop.when)
    return sorted(kept, key=lambda s: s.start)


def _same(stop: Stop, other: Stop) -> bool:
    if stop.when and other.when and stop.when != other.when:
        return False
    return alike(stop.subject, other.subject, strict=True)


def _dated(found: list[Stop]) -> list[Stop]:
    """Stops of one tour share its date."""
    dated: list[Stop] = []
    for stop in found:
        lead = next((s for s in reversed(dated[-RECENT:]) if s.when and _tour(s, stop)), None)
        undated = stop.when is None and lead is not None
        dated.append(replace(stop, when=lead.when) if undated and lead else stop)
    return dated


def _tour(lead: Stop, stop: Stop) -> bool:
    if stop.sentence - lead.sentence > _REACH:
        return False
    return any(alike(a, b) for a in lead.visitors for b in stop.visitors)
