"""Numbers of claims as people write them, never rounded.

A figure is shortened with a scale word only where that loses no digit (10,200,000,000 is "10.2
billion", 102亿); any other number is written out, so that what is shown is what was reported. Only
decimals without end, as a conversion of units makes them, are cut, with an ellipsis that says so.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from nameplate.model import Claim
from nameplate.web.views.shown import clip
from nameplate.web.views.words import Words

MINUS = "−"
_LONGEST = 6
"""More decimals than this are cut."""
_DECIMALS = 4
"""A scaled number has at most so many decimals; with more it is written out."""


def say_number(value: Decimal, words: Words) -> str:
    """The number with a scale word where it stays exact and short, else with separators."""
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return str(value)
    for power, word in words.scale:
        if abs(value) >= Decimal(10) ** power:
            scaled = value.scaleb(-power).normalize()
            if -int(scaled.as_tuple().exponent) <= _DECIMALS:
                return f"{scaled:f}{word}".replace("-", MINUS)
    return _written(value).replace("-", MINUS)


def _written(value: Decimal) -> str:
    if value == value.to_integral_value():
        return f"{value:,.0f}"
    if -int(value.normalize().as_tuple().exponent) <= _LONGEST:
        return f"{value.normalize():,f}"
    return f"{value.quantize(Decimal('0.01'), ROUND_DOWN):,f}…"


def say_figure(claim: Claim, words: Words, *, item: bool = True) -> str:
    """Value or range with bound, unit and rate, and the things counted: "> 15 million tyres"."""
    amount = _amount(claim, words)
    if not amount:
        return ""
    sign = words.bound.get(claim.bound or "=", "")
    if claim.measure == "change" and (claim.value or 0) > 0:
        sign += "+"
    said = sign + _with_unit(amount, clip(claim.unit or "1", 40), words)
    if item and claim.item and claim.unit in {"1", None}:
        said += f" {clip(claim.item)}"
    if claim.per:
        said += words.say("per", unit=words.name_of("per", claim.per))
    return said


def _amount(claim: Claim, words: Words) -> str:
    if claim.value is not None:
        return say_number(claim.value, words)
    ends = [say_number(end, words) for end in (claim.low, claim.high) if end is not None]
    return "–".join(ends)


def _with_unit(amount: str, unit: str, words: Words) -> str:
    if unit == "1":
        return amount
    return words.unit.get(unit, "{n} " + unit.replace("{", "(").replace("}", ")")).format(n=amount)
