"""Do two reported values agree, and which is larger, as far as their bounds and rounding say?"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from nameplate.model import Claim

_ABOUT = Decimal("0.1")
"""How far "about" may be off, as a share of the value."""

_LEAST_DIGITS = 2
"""A value of fewer significant digits is not taken for a rounding of another."""

_MOST_DIGITS = 40
"""A number of more digits is no amount of anything."""

_INFINITE = Decimal("Infinity")


class Reach(NamedTuple):
    """The values that a claim allows, both ends included."""

    low: Decimal
    high: Decimal


def reach(claim: Claim) -> Reach | None:
    """What the claim's value, range and bound allow; ``None`` if it has none that can be."""
    low = claim.value if claim.low is None else claim.low
    high = claim.value if claim.high is None else claim.high
    if low is None and high is None:
        return None
    low = -_INFINITE if low is None else low
    high = _INFINITE if high is None else high
    if any(
        end.is_nan() or (end.is_finite() and end.adjusted() > _MOST_DIGITS) for end in (low, high)
    ):
        return None
    if low > high:
        low, high = high, low
    if claim.bound in (">", ">="):
        return Reach(low, _INFINITE)
    if claim.bound in ("<", "<="):
        return Reach(-_INFINITE, high)
    if claim.bound == "~":
        return Reach(low - abs(low) * _ABOUT, high + abs(high) * _ABOUT)
    return Reach(low, high)


def agree(one: Claim, two: Claim) -> bool:
    """Whether both can be true: what they allow overlaps, or one is a rounding of the other."""
    a, b = reach(one), reach(two)
    if a is None or b is None:
        return True
    if a.low <= b.high and b.low <= a.high:
        return True
    if one.value is None or two.value is None:
        return False
    return _rounds_to(one.value, two.value) or _rounds_to(two.value, one.value)


def _rounds_to(fine: Decimal, coarse: Decimal) -> bool:
    """Whether ``coarse`` is ``fine`` in fewer significant digits."""
    if not (fine.is_finite() and coarse.is_finite()) or not fine or not coarse:
        return False
    _, digits, exponent = coarse.normalize().as_tuple()
    if len(digits) < _LEAST_DIGITS or not isinstance(exponent, int):
        return False
    half = Decimal((0, (5,), exponent - 1))
    return abs(fine - coarse) <= half
