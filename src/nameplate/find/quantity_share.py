"""Parts of a whole: "half an hour", "one in five", "11 of its last 12 plants"."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec.structs import replace

from nameplate.find import quantity_guard as guard
from nameplate.find.number import Number
from nameplate.find.quantity_amount import Amount, AmountReader
from nameplate.find.quantity_around import said_before
from nameplate.find.quantity_item import group_of, pronoun_of
from nameplate.find.quantity_reading import Found
from nameplate.lexicon.units import units

_OF_A = re.compile(r" of (?:an?|one) ")
_HALF_A = ("half a", "half an", "a half", "half-a")
_AGES = ("10.a", "100.a", "1000.a")  # half a century is a way of speaking
_HALVED = frozenset({"time", "length", "mass", "volume", "area", "ratio"})


def of_unit(reader: AmountReader, number: Number) -> Number | None:
    """A part of the unit behind: "half an hour", "a quarter of a percentage point"."""
    text, at = reader.text, number.end
    part = _OF_A.match(text, at)
    if part is not None:
        unit = reader.measure_at(part.end())
        if unit is None or unit[0].dimension == "money":
            return None
        return replace(number, end=part.end() - 1, value=number.value / 100, percent=False)
    said = text[number.start : number.end].lower()
    if said not in _HALF_A and said != "half":
        return None
    unit = reader.measure_at(at + 1) if text[at : at + 1] in (" ", "-") else None
    if unit is None or unit[0].dimension not in _HALVED or unit[0].code in _AGES:
        return None
    return replace(number, value=Decimal("0.5"), percent=False)


def multiplies(reader: AmountReader, number: Number) -> bool:
    """Does the part belong to the numeral behind it ("half a dozen"), or to nothing?"""
    part = _OF_A.match(reader.text, number.end)
    scale = reader.grammar.scale.match(reader.text, part.end() - 1) if part else None
    said = reader.text[number.start : number.end].lower()
    return (scale is not None and bool(scale["latin"])) or said in _HALF_A


def chance(reader: AmountReader, low: Amount) -> Found | None:
    """ "one in five": a share."""
    text = reader.text
    if not 1 <= low.number.value <= 99 or text[low.end : low.end + 1] != " ":
        return None
    said = reader.words.chances.starting(text, low.end + 1)
    if said is None or text[said[1] : said[1] + 1] != " ":
        return None
    whole = _number(reader, said[1] + 1)
    if whole is None or whole.start != said[1] + 1 or whole.scaled or whole.percent:
        return None
    if not low.number.value < whole.value or not _can_be_whole(text, low.number, whole):
        return None
    low.number = replace(low.number, value=100 * low.number.value / whole.value)
    low.measure = units().measures["%"]
    bound = said_before(reader.words, text, low.start).bound or "="
    return Found(low, None, low.start, whole.end, None, bound)


def _number(reader: AmountReader, at: int) -> Number | None:
    if at >= len(reader.text):
        return None
    if reader.text[at].isdigit():
        return reader.grammar.digits_at(reader.text, at)
    return reader.grammar.words(reader.text, at)


def _can_be_whole(text: str, part: Number, whole: Number) -> bool:
    """Up to a hundred, or "one in 10,000"; no year."""
    if whole.value <= 100:
        return True
    rounded = whole.value % 100 == 0 and whole.value <= 10_000_000
    return part.value == 1 and rounded and not guard.century(text, whole)


def member_of(reader: AmountReader, low: Amount) -> Found | None:
    """ "six of the cases", "five of them": a number of members of a group."""
    number, text, words = low.number, reader.text, reader.words
    if number.high is not None or (number.scaled and number.words):
        return None
    if number.value < 1 or guard.year_like(text, number):
        return None
    group = group_of(words, text, low.end)
    if group is None and not pronoun_of(words, text, low.end):
        return None
    if group is not None and not number.words and guard.named(words, text, number):
        return None
    doubt = "one of several, not a count" if number.value == 1 and group is not None else ""
    bound = said_before(words, text, low.start).bound or number.more or "="
    end = low.end if group is None else group[1]
    return Found(low, None, low.start, end, group, bound, doubt=doubt)
