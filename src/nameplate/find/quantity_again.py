"""An amount beside the one before it: said again in brackets, or held against it without its unit.

"£3m, against 2.5m last year" is money twice, and "2h 15m" is hours and minutes: what stands alone is
read with the unit of the amount before it, where the words between the two say so.
"""

from __future__ import annotations

from msgspec.structs import replace

from nameplate.find.quantity_amount import Amount
from nameplate.find.quantity_reading import Found
from nameplate.find.quantity_words import Words
from nameplate.lexicon.units import units
from nameplate.model import Quantity

_AGAIN = ("(", "（", "/", ", or", "or")  # between an amount and the same in other words
_AGAIN_LAST = frozenset("(（/r;")
_BLANKS = frozenset(" \xa0\n")
_NEAR = 24
"""So many characters at most stand between an amount and the one that it is held against."""


def takes_unit(words: Words, text: str, amount: Amount, last: Quantity) -> None:
    """Give ``amount`` the unit of ``last`` where its own is missing or is a letter "m"."""
    if not 0 <= amount.start - last.end <= _NEAR:
        return
    metres = amount.measure is not None
    if metres and (amount.measure.code != "m" or amount.end != amount.number.end + 1):  # type: ignore[union-attr]
        return
    if metres and last.unit == "h" and text[last.end : amount.start] in ("", " "):
        amount.measure = units().measures["min"]
    elif last.dimension == "money" and _against(words, text, amount, last):
        _as_money(amount, last, metres)


def _against(words: Words, text: str, amount: Amount, last: Quantity) -> bool:
    """Do the words between say that the second is held against the first?"""
    before = text[last.end : amount.start].lower().rstrip()
    return words.money_against.ending(before) is not None


def _as_money(amount: Amount, last: Quantity, metres: bool) -> None:
    number = amount.number
    if metres:
        amount.number = replace(number, value=number.value * 1_000_000, scaled=True)
    elif not number.scaled and number.value == int(number.value):
        return  # $5m against 12 last year may be anything
    amount.measure = units().measures[last.unit]


def restated(text: str, found: Found, last: Quantity) -> None:
    """An amount said again in brackets, "(60 miles)", keeps the bound and trend of the first."""
    before = text[found.low.start - 1]
    if before not in _AGAIN_LAST and not before.isspace():
        return
    top = found.high or found.low
    if top.measure is None or last.unit == "1":
        return
    between = text[last.end : found.low.start].strip()
    again = between in _AGAIN or (between == ";" and text[last.start - 1] in "(（")
    if again and found.bound == "=":
        found.bound = last.bound
        found.trend = found.trend or last.trend
