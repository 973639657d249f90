"""Figures that can only grow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nameplate.answer.amounts import agree, reach
from nameplate.answer.checks.alike import grouped, one_thing, side
from nameplate.answer.moments import Days, held
from nameplate.answer.telling import finding
from nameplate.find.spelling import spell
from nameplate.lexicon.measures import measures
from nameplate.model import Entry, Finding

_CHECK = ("cumulative_falls", "cumulative_falls")


def cumulative_falls(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A sum since the beginning that is lower at a later time.

    A place, a park or a company often counts since January, so its sums are compared within a year.
    """
    for group in grouped(entries, _same_sum).values():
        dated = [(days[1], entry) for entry in group if (days := _end(entry)) is not None]
        ordered = [entry for _, entry in sorted(dated, key=lambda pair: (pair[0], pair[1].key))]
        for before, after in pairwise(ordered):
            if _end(before) != _end(after) and _falls(before, after):
                yield finding(_CHECK, "warning", subject, (before, after))


def _falls(before: Entry, after: Entry) -> bool:
    one, two = reach(before.claim), reach(after.claim)
    if one is None or two is None or agree(before.claim, after.claim):
        return False
    return two.high < one.low


def _same_sum(entry: Entry) -> tuple[object, ...] | None:
    claim, days = entry.claim, _end(entry)
    known = measures().get(claim.measure or "")
    if known is None or not known.additive or claim.aggregate != "cumulative" or days is None:
        return None
    if side(claim) != "actual" or (known.of_item and not claim.item):
        return None
    year = None if one_thing(claim) else days[1].year
    names = (spell(claim.item or ""), spell(claim.scope or ""))
    return (known.key, claim.unit, claim.per, *names, year)


def _end(entry: Entry) -> Days | None:
    """The time up to which the sum goes; a whole year's or decade's has no clear end."""
    days = held(entry)
    return days if days is not None and (days[1] - days[0]).days < 366 else None
