"""What the facts of two things say for and against their being one: features with their reasons.

None of these settles it alone, but a credit code. A veto stands where two plans exclude each other:
another place, or a first attempt years before by somebody else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from nameplate.model import EntityKind
from nameplate.resolve.facts import Facts
from nameplate.resolve.feature import Feature
from nameplate.resolve.parts import parts_of
from nameplate.resolve.places import within
from nameplate.resolve.rendered import rendered

_SITED: frozenset[EntityKind] = frozenset({"project", "plant", "line", "park"})
_ATTEMPTS = 5
"""Years between two beginnings, from which on somebody else's is another attempt."""


def identifier(one: Facts, two: Facts, kind: EntityKind | None) -> Feature | None:
    """A unified social credit code in common settles it; two different ones as well."""
    if not one.codes or not two.codes or kind not in ("company", "institute", "body"):
        return None
    both = one.codes & two.codes
    if both:
        return Feature("identifier", 1.0, f"both have the credit code {min(both)}")
    return Feature("identifier", 0.0, f"{min(one.codes)} is not {min(two.codes)}")


def place(one: Facts, two: Facts, kind: EntityKind | None) -> Feature | None:
    """Where both lie; another place is a veto only for what cannot move."""
    if not one.places or not two.places:
        return None
    if within(one.places, two.places):
        return Feature("place", 0.65, "both lie in one place")
    return Feature("place", 0.0, "they lie in different places") if kind in _SITED else None


def sponsor(one: Facts, two: Facts, kind: EntityKind | None) -> Feature | None:
    """Who invests, builds or owns."""
    if not one.sponsors or not two.sponsors:
        return None
    pairs = [(a, b) for a in sorted(one.sponsors) for b in sorted(two.sponsors)]
    match = next((pair for pair in pairs if one_firm(*pair)), None)
    if match:
        return Feature("sponsor", 0.7, f"{match[0]} stands behind both")
    if attempts_apart(one, two):
        reason = f"{pairs[0][0]} years before, {pairs[0][1]} later"
        return Feature("first_attempt", 0.0, reason)
    return None


@lru_cache(maxsize=65536)
def one_firm(one: str, two: str) -> bool:
    """Whether two names of a sponsor agree, in either language."""
    a, b = parts_of(one, "company"), parts_of(two, "company")
    if a.spelling == b.spelling or (a.brand and a.brand == b.brand):
        return True
    return min((f.score for f in rendered(a, b, "company")), default=0.0) >= 0.6


def attempts_apart(one: Facts, two: Facts) -> bool:
    """Whether all that was begun of one lies years before all that was begun of the other."""
    if not one.years or not two.years:
        return False
    gaps = (min(one.years) - max(two.years), min(two.years) - max(one.years))
    return max(gaps) >= _ATTEMPTS


def product(one: Facts, two: Facts, kind: EntityKind | None) -> Feature | None:
    """What is made there."""
    both = one.products & two.products
    return Feature("product", 0.4, f"both make {min(both)}") if both else None


def capacity(one: Facts, two: Facts, kind: EntityKind | None) -> Feature | None:
    """The designed capacity, to the digit."""
    both = one.capacities & two.capacities
    if not both:
        return None
    number, per = min(both)
    return Feature("capacity", 0.6, f"both are to make {number} a {per or 'year'}")


def investment(one: Facts, two: Facts, kind: EntityKind | None) -> Feature | None:
    """The sum invested, to the digit."""
    both = one.investments & two.investments
    if not both:
        return None
    amount, currency = min(both)
    return Feature("investment", 0.7, f"both cost {currency} {amount}")


def dates(one: Facts, two: Facts, kind: EntityKind | None) -> Feature | None:
    """When both were begun: in one year, or years apart."""
    if not one.years or not two.years:
        return None
    if one.years & two.years:
        return Feature("dates", 0.2, f"both date from {min(one.years & two.years)}")
    return None


EVIDENCE: tuple[Callable[[Facts, Facts, EntityKind | None], Feature | None], ...] = (
    identifier,
    place,
    sponsor,
    product,
    capacity,
    investment,
    dates,
)
