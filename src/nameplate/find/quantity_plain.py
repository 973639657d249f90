"""A second, simpler reader: a text that is one number in digits, its scale and what it is a number of.

It reads "3.2 billion yuan", "RMB 850 million", "6,000 workers", 72.5亿元 and 20万吨合成氨, as most figures
are written, and leaves everything else to ``nameplate.find.quantity``.
"""

from __future__ import annotations

import re
from decimal import Decimal

from nameplate.find.number import GAP, grammar
from nameplate.find.quantity_words import Words, words
from nameplate.lexicon.units import Measure

_NUMBER = re.compile(
    r"(?P<before>[^0-9\s]{1,4} ?)?(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?![0-9０-９.,，]|\s?[0-9])"
)
_GAP = re.compile(GAP)
_COUNTED = re.compile(r" [A-Za-z]{3,}[^/0-9]*")
_AFTER_UNIT = re.compile(r"(?: of [^/0-9]*|(?!每)[\u4e00-\u9fff][^/每0-9]*)?")
_LONGEST = 15
"""Digits beyond which a number is left to the other reader."""


def plain_value(text: str) -> tuple[Decimal, str] | None:
    """Value and unit of a folded text, or None where it takes more to read it."""
    found = _NUMBER.match(text)
    if found is None or found.end() - found.start("number") > _LONGEST:
        return None
    value, at, scaled = _scaled(text, found.end(), Decimal(found["number"].replace(",", "")))
    if found["before"] is not None:
        money = _currency(words(), found["before"].rstrip())
        return None if money is None or at != len(text) else (value * money.scale, money.code)
    if _is_yearly(found["number"]) and not scaled:
        return None
    gap = _GAP.match(text, at)
    return _of_unit(text, gap.end() if gap else at, value) or _of_things(text, at, value)


def _scaled(text: str, end: int, value: Decimal) -> tuple[Decimal, int, bool]:
    """The number with its scale word, where that ends, and whether there is one."""
    table = grammar()
    found = table.scale.match(text, end)
    if found is None or found["more"]:
        return value, end, False
    word = (found["latin"] or found["other"]).lower()
    return value * (table.scales.get(word) or table.small[word]), found.end(), True


def _is_yearly(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")


def _currency(table: Words, before: str) -> Measure | None:
    """The currency that the whole of what stands before the number spells."""
    found = table.prefixes.ending(before)
    return (
        found[0] if found is not None and found[1] == len(before) and _is_sure(found[0]) else None
    )


def _is_sure(measure: Measure) -> bool:
    """Whether the unit reads the same wherever it stands."""
    by_name = measure.choice is not None and "GBP" in measure.choice.candidates
    return not measure.converted and not by_name and measure.code not in ("kW.h", "s", "a")


def _of_unit(text: str, at: int, value: Decimal) -> tuple[Decimal, str] | None:
    """The value in the unit that is spelt at ``at``, if no rate or price follows."""
    table = words()
    exact, name = table.exact.starting(text, at), table.names.starting(text, at)
    found = name if name is not None and (exact is None or name[1] > exact[1]) else exact
    if found is None or found[0] is None or not _is_sure(found[0]):
        return None
    letter = found[1] - at == 1 and text[at].isalpha() and text[at].isascii()
    if letter or not _AFTER_UNIT.fullmatch(text, found[1]):
        return None
    return value * found[0].scale, found[0].code


def _of_things(text: str, at: int, value: Decimal) -> tuple[Decimal, str] | None:
    """The value as a count of what follows: a noun after a blank, or a counter's noun."""
    table = words()
    counter = table.counters.starting(text, at)
    if counter is not None:
        return (value, "1") if _AFTER_UNIT.fullmatch(text, counter[1]) else None
    if text.startswith(" of ", at) or not _COUNTED.fullmatch(text, at):
        return None
    unit = table.exact.starting(text, at + 1) or table.names.starting(text, at + 1)
    return None if unit is not None else (value, "1")
