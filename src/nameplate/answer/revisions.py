"""What became of a figure: does it stand, was it revised or superseded, is it disputed?

Within one row of figures (one measure, item, unit, rate and scope; planned or actual):

* a plan is *revised* by a later report that gives another value for the same time;
* a state or a sum (level, cumulative) is *superseded* by one for a later time;
* two values for the same time that cannot both be true are *conflicting*, if neither is the later
  word on a plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from nameplate.answer.amounts import agree
from nameplate.answer.moments import held, said
from nameplate.answer.views import Figure, Standing

_MOST = 200
"""Figures of one row that are held against each other; a hostile text may give more."""


def with_standing(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures of one side of a row, each with its standing."""
    near = figures[:_MOST]
    judged = [msgspec.structs.replace(f, standing=_standing(f, near)) for f in near]
    return (*judged, *figures[_MOST:])


def _standing(figure: Figure, others: Sequence[Figure]) -> Standing:
    same_time = [o for o in others if o is not figure and o.when == figure.when]
    at_odds = [o for o in same_time if not agree(o.entries[0].claim, figure.entries[0].claim)]
    if _is_plan(figure):
        if any(_last_said(o) > _last_said(figure) for o in at_odds):
            return "revised"
        if any(_last_said(o) == _last_said(figure) for o in at_odds):
            return "conflicting"
        return "stands"
    if figure.when and held(figure.entries[0]) is not None and at_odds:
        return "conflicting"
    if figure.aggregate != "period" and any(_is_later(o, figure) for o in others):
        return "superseded"
    return "stands"


def _is_plan(figure: Figure) -> bool:
    return (figure.entries[0].claim.modality or "actual") != "actual"


def _last_said(figure: Figure) -> date:
    """When it was said last; a copy printed later is no later word."""
    first_hand = [entry for entry in figure.entries if entry.copy_of is None]
    return max(map(said, first_hand or figure.entries))


def _is_later(other: Figure, figure: Figure) -> bool:
    """Whether the other is of a later time, by the date it holds for or else that it was said on."""
    one, two = held(other.entries[0]), held(figure.entries[0])
    after = one[1] if one else _last_said(other)
    before = two[1] if two else _last_said(figure)
    return other.aggregate == figure.aggregate and after > before
