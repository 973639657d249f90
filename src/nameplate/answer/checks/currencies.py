"""One amount in two currencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from nameplate.answer.checks.alike import exact, gap, grouped, side, unlike
from nameplate.answer.moments import said
from nameplate.answer.telling import finding
from nameplate.find.spelling import spell
from nameplate.lexicon.measures import measures
from nameplate.lexicon.rates import cross
from nameplate.model import Entry, Finding

_BESIDE = 40
"""How far apart the two amounts may stand to be one said twice: "10 billion yuan ($1.4 billion)"."""

_OFF = Decimal("0.25")
"""How far the two may be apart, as a share: a year's average and the rounding of both are rough."""


def two_currencies(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """An amount that a report gives in two currencies, far from the rate of the time.

    Only two amounts that stand side by side, of one measure, with no third beside them: others are
    different amounts. A currency or year without a known rate is left alone.
    """
    for group in grouped(entries, _same_money).values():
        found = unlike(group)
        for one, two in combinations(found, 2):
            third = any(
                min(gap(o, one), gap(o, two)) <= _BESIDE for o in found if o not in (one, two)
            )
            if one.claim.unit == two.claim.unit or third or gap(one, two) > _BESIDE:
                continue
            off = _off(one, two)
            if off is not None and not 1 - _OFF <= off <= 1 / (1 - _OFF):
                yield _finding(subject, one, two, off)


def _off(one: Entry, two: Entry) -> Decimal | None:
    """How many times the first amount is what the second comes to at the rate of the year."""
    a, b = one.claim, two.claim
    rate = cross(a.unit or "", b.unit or "", said(one).year)
    if rate is None or a.value is None or not b.value:
        return None
    return a.value / (b.value * rate)


def _same_money(entry: Entry) -> tuple[str, ...] | None:
    claim = entry.claim
    known = measures().get(claim.measure or "")
    if known is None or "money" not in known.kinds or not exact(entry) or not claim.value:
        return None
    return (entry.document_key, known.key, side(claim), claim.when or "", spell(claim.scope or ""))


def _finding(subject: str, one: Entry, two: Entry, off: Decimal) -> Finding:
    times = off if off > 1 else 1 / off
    fields = {"year": str(said(one).year), "times": f"{times:.3g}"}
    return finding(("two_currencies", "two_currencies"), "warning", subject, (one, two), **fields)
