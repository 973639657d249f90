"""A percentage beside the two numbers that it was worked out from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from nameplate.answer.checks.alike import MOST, exact, grouped, side
from nameplate.answer.telling import finding
from nameplate.lexicon.measures import measures
from nameplate.model import Entry, Finding

_RATES = frozenset({"share", "resumption_rate", "utilisation"})
_COUNTED = frozenset({"persons", "enterprises", "projects", "things"})
_WINDOW = 160
"""Code points that hold the two terms and their ratio: a sentence."""

_ABOUT = Decimal(2)
"""Points that "about" may be off."""

_RELATED = Decimal(20)
"""Points. A percentage further from the ratio than this is likely of something else."""


def ratio_of_terms(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A percentage that is not what its own terms give: 1,265 of 1,331 is 95 %.

    Only where a sentence holds just two numbers of one measure and unit, and one percentage.
    """
    for report in grouped(entries, lambda entry: entry.document_key).values():
        figures = sorted((e for e in report if exact(e)), key=lambda e: e.claim.start)[:MOST]
        rates = [e for e in figures if e.claim.measure in _RATES and e.claim.unit == "%"]
        for rate in rates:
            terms = _terms(rate, rates, figures)
            if terms is not None and _off(rate, *terms):
                yield _finding(subject, rate, *terms)


def _terms(
    rate: Entry, rates: Sequence[Entry], figures: Sequence[Entry]
) -> tuple[Entry, Entry] | None:
    """The part and the whole that stand beside the percentage, if they are the only such pair."""
    near = [
        e for e in figures if _additive(e) and _spread(rate, e) <= _WINDOW and _is_term(rate, e)
    ]
    pairs = [
        (one, two)
        for one, two in combinations(near, 2)
        if _alike(one, two) and _spread(rate, one, two) <= _WINDOW
    ]
    if len(pairs) != 1:
        return None
    one, two = pairs[0]
    first = min(e.claim.start for e in (rate, one, two))
    last = max(e.claim.end for e in (rate, one, two))
    if any(r is not rate and first <= r.claim.start < last for r in rates):
        return None
    part, whole = sorted((one, two), key=lambda e: e.claim.value or 0)
    return part, whole


def _is_term(rate: Entry, term: Entry) -> bool:
    """Capacity in use is no share of people, who stand beside it in every return."""
    return rate.claim.measure != "utilisation" or term.claim.measure != "employment"


def _off(rate: Entry, part: Entry, whole: Entry) -> bool:
    said = rate.claim.value
    if said is None or not part.claim.value or not whole.claim.value or part.claim.value < 0:
        return False
    exponent = said.normalize().as_tuple().exponent
    digit = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    off = abs(100 * part.claim.value / whole.claim.value - said)
    allowed = _ABOUT if rate.claim.bound == "~" else digit
    return allowed < off <= _RELATED


def _additive(entry: Entry) -> bool:
    known = measures().get(entry.claim.measure or "")
    counted = known is not None and known.additive and not _COUNTED.isdisjoint(known.kinds)
    whole = entry.claim.unit == "1" and entry.claim.per is None
    return counted and whole and entry.claim.bound in (None, "=")


def _alike(one: Entry, two: Entry) -> bool:
    a, b = one.claim, two.claim
    same = (a.measure, a.unit, side(a), a.per) == (b.measure, b.unit, side(b), b.per)
    return same and a.value != b.value


def _spread(*entries: Entry) -> int:
    return max(e.claim.end for e in entries) - min(e.claim.start for e in entries)


def _finding(subject: str, rate: Entry, part: Entry, whole: Entry) -> Finding:
    a, b = part.claim.value or Decimal(0), whole.claim.value or Decimal(1)
    fields = {"part": str(a), "whole": str(b), "percent": f"{100 * a / b:.1f}"}
    check = ("ratio_of_terms", "ratio_of_terms")
    return finding(check, "warning", subject, (rate, part, whole), **fields)
