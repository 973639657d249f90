"""From what was read to a ``Quantity``: exact value, chosen unit, base value, doubts."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property

import msgspec
from ahocorasick_rs import AhoCorasick

from nameplate.find.quantity_amount import Amount
from nameplate.lexicon.units import UNITY, Measure, units
from nameplate.model import Quantity

_COUNT = Measure("1", "count", UNITY)
_WHOLE = re.compile(r"(?<![0-9])([0-9]{1,4})。$")
_MU = Fraction(2000, 3)
_ONE = Decimal(1)


class Found(msgspec.Struct):
    """All that was read of one quantity."""

    low: Amount
    high: Amount | None
    start: int
    end: int
    item: tuple[int, int] | None
    bound: str
    per: str | None = None
    trend: str | None = None
    doubt: str = ""


@cache
def _currencies() -> tuple[AhoCorasick, tuple[str, ...]]:
    """Spellings that name one currency only, and its code."""
    sure = {
        p: m.code
        for p, m in units().prefixes.items()
        if m.choice is None and not (p.isalpha() and p.islower())  # the aud of "audience"
    }
    return AhoCorasick(list(sure)), tuple(sure.values())


def _inside_word(text: str, start: int) -> bool:
    """Whether a spelling found is only the end of a word: the "nt $" of "spent $5 million"."""
    joint = text[max(0, start - 1) : start + 1]
    return len(joint) == 2 and joint.isascii() and joint.isalpha()


class Setting:
    """What decides an ambiguous unit: where the text was published, and what it names."""

    def __init__(self, text: str, country: str | None) -> None:
        self.text = text
        self.country = country

    @cached_property
    def named(self) -> frozenset[str]:
        """Currencies that are written out unambiguously somewhere in the text."""
        automaton, codes = _currencies()
        return frozenset(
            codes[i]
            for i, start, _ in automaton.find_matches_as_indexes(self.text, overlapping=True)
            if not _inside_word(self.text, start)
        )

    @cached_property
    def chinese(self) -> bool:
        """Does the text report on China?"""
        return self.country == "CN" or "yuan" in self.text


def quantity_of(setting: Setting, found: Found) -> Quantity:
    """The quantity, in the unit in which it is reported."""
    text = setting.text
    top = found.high or found.low
    said = top.measure or found.low.measure or _COUNT
    measure, candidates = (said, ()) if said.choice is None else _chosen(setting, top, said)
    low, high = _values(found, measure)
    doubt, other = _doubt(setting, found, measure)
    code, dimension, factor = measure.code, measure.dimension, measure.factor
    if measure.converted:
        code, factor = _base(dimension), UNITY
    over = top.over or found.low.over
    if over:
        code, factor = over, None
        dimension = "price" if dimension == "money" else "ratio of units"
    item = found.item
    return Quantity(
        start=found.start,
        end=found.end,
        value=low if high is None else None,
        low=None if high is None else low,
        high=high,
        unit=code,
        dimension=dimension,
        base_value=None if factor is None or high is not None else _based(low, factor),
        item=text[item[0] : item[1]] if item else None,
        item_start=item[0] if item else None,
        item_end=item[1] if item else None,
        bound=found.bound,  # type: ignore[arg-type]
        per=found.per,
        trend=found.trend,  # type: ignore[arg-type]
        candidates=candidates,
        doubt=doubt or None,
        other=other,
    )


def _values(found: Found, measure: Measure) -> tuple[Decimal, Decimal | None]:
    """Value, or low and high, in the unit in which the quantity is reported."""
    low = found.low.number.value * measure.scale
    top = found.high.number.value if found.high else found.low.number.high
    high = None if top is None else top * measure.scale
    if measure.converted and measure.factor is not None:
        low = _by(low, measure.factor)
        high = None if high is None else _by(high, measure.factor)
    return plain(low), None if high is None else plain(high)


def _chosen(setting: Setting, top: Amount, measure: Measure) -> tuple[Measure, tuple[str, ...]]:
    """The reading of an ambiguous spelling, and the readings that stay open."""
    choice = measure.choice
    if choice is None:
        return measure, ()
    table, country = units().measures, setting.country
    if country in choice.country:
        return table[choice.country[country]], ()
    of = setting.text.startswith(" of ", top.end)
    if "GBP" in choice.candidates and top.number.scaled and not of:
        return table["GBP"], choice.candidates
    named = [c for c in choice.candidates if c in setting.named]
    if len(named) == 1:
        return table[named[0]], ()
    return measure, choice.candidates


def _base(dimension: str) -> str:
    return {"area": "m2"}[dimension]


def _doubt(setting: Setting, found: Found, measure: Measure) -> tuple[str, Decimal | None]:
    """What machine translation may have left behind, and the other reading."""
    if found.doubt or found.low.doubt:
        return found.doubt or found.low.doubt, None
    text, number = setting.text, found.low.number
    torn = _torn(text, found) if text[number.start - 1 : number.start] in ("。", "\n") else None
    if torn is not None:
        return torn
    value = number.value * measure.scale
    if not number.scaled or number.unscaled is None or found.high is not None:
        if measure.code == "[acr_br]" and setting.chinese:
            return "acres may stand for mu (亩)", plain(_by(value, _MU))
        return "", None
    if number.words:
        return "", None
    said = text[number.start : number.end].lower()
    if "hundred million" in said:
        return "hundred million may stand for 亿, or hundred be left over", plain(value / 100)
    if said.endswith("million") and number.unscaled >= 1000 and "," not in said:
        return "million may stand for 万", plain(value / 100)
    return "", None


def _torn(text: str, found: Found) -> tuple[str, Decimal] | None:
    """A decimal point turned into 。 ("57。6億元")."""
    number = found.low.number
    whole = _WHOLE.search(text, max(0, number.start - 6), number.start)
    if whole is None or number.words or number.unscaled is None or found.low.measure is None:
        return None
    part = number.unscaled.as_tuple()
    if part.exponent != 0:
        return None
    said = Decimal(f"{whole[1]}.{''.join(map(str, part.digits))}")
    return "。 may stand for a decimal point", plain(said * number.value / number.unscaled)


def _based(value: Decimal, factor: Fraction) -> Decimal:
    """A plain value in the base unit."""
    return value if factor is UNITY else plain(_by(value, factor))


def _by(value: Decimal, factor: Fraction) -> Decimal:
    return value * factor.numerator / factor.denominator


def plain(value: Decimal) -> Decimal:
    """The value without trailing zeros and without an exponent."""
    if value.same_quantum(_ONE):  # already a whole number without an exponent
        return value
    whole = value.to_integral_value()
    return Decimal(int(whole)) if whole == value else value.normalize()
