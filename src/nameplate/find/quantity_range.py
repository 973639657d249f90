"""Two numbers that belong together: ranges that share a unit and a scale.

"10-15 million" lends its scale to the lower end; "$200 to $4 million" does not, because the lower
end has a unit of its own. "rose 0.7 percent to 6,327" and "from 3 to 5 billion yuan after a rise"
are two amounts, not a range.
"""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec.structs import replace

from nameplate.find import quantity_guard as guard
from nameplate.find.number import MANTISSA, Number
from nameplate.find.quantity_amount import Amount, AmountReader
from nameplate.find.quantity_item import noun_phrase

_TO = re.compile(
    r"-?[ \xa0]{0,2}(?:(?P<word>to|and|or|through)(?=[ \xa0\n])|-to-(?=[0-9a-z])|[-–—−－~～∼]{1,2}|\\~|至|到|或)"
    r"[ \xa0\n]{0,2}",
    re.IGNORECASE,
)
TO_FIRST = frozenset("-–—−－~～∼\\至到或 \xa0tTaAoO")
_SYMBOL = re.compile(r"[^\s0-9]{1,4}[ \xa0]?(?=[0-9])")


def upper_end(reader: AmountReader, low: Amount) -> Amount | None:
    """The upper end of the range that begins with ``low``; shares scale and unit with it."""
    after = reader.text[low.end : low.end + 1]
    if after not in TO_FIRST or low.number.high is not None:
        return None
    if after == " " and reader.text[low.end + 1 : low.end + 2] not in TO_FIRST:
        return None
    sep = _TO.match(reader.text, low.end)
    if sep is None:
        return None
    word = (sep["word"] or "").lower()
    if word == "and" and not _between(reader.text, low.start):
        return None
    number = _number(reader, _past_bound(reader, low, sep.end()) if word else sep.end(), low)
    if number is None or number.high is not None:
        return None
    if word == "or" and (low.measure or _mantissa(reader, number) != low.number.value + 1):
        return None
    if low.currency and number.letter:
        number = reader.lettered(number)  # £5-10m
    high = reader.read(number, signed=bool(word))
    _metres_or_millions(low, high)
    if not word:
        _lend_thousands(reader.text, low, high.number)
    if not _pair(reader, low, high, word):
        return None
    if low.currency and high.measure is None:  # "$62-68 per share"
        high.measure = low.measure
        reader.below(high)
    return high


_ENDS = re.compile(r"\b(?:from|between|ranging)\b[^0-9]*$", re.IGNORECASE)


def _past_bound(reader: AmountReader, low: Amount, at: int) -> int:
    """Where the upper end begins behind "to about" or "and nearly", if the lower end is "from" it."""
    found = reader.words.before.starting(reader.text, at)
    if (
        found is None
        or found[0] == "="
        or not _ENDS.search(reader.text, max(0, low.start - 24), low.start)
    ):
        return at
    end = found[1]
    return end + 1 if reader.text[end : end + 1] == " " else end


def _mantissa(reader: AmountReader, number: Number) -> Decimal:
    """The number before its scale: the 3 of "3 million" and of "three million"."""
    if not number.words:
        return number.unscaled or number.value
    last = reader.text[number.start : number.end].lower().rsplit(maxsplit=1)[-1]
    grammar = reader.grammar
    size = grammar.scales.get(last) or grammar.small.get(last)
    return number.value / size if size and number.scaled else number.value


def _metres_or_millions(low: Amount, high: Amount) -> None:
    """ "60m and 90m subscribers": the lower end is in millions where the upper one is."""
    if low.measure is None or low.measure.code != "m" or low.end != low.number.end + 1:
        return
    if high.number.scaled and (high.measure is None or high.measure.code != "m"):
        low.number = replace(low.number, value=low.number.value * 1_000_000, scaled=True)
        low.measure = None


def _lend_thousands(text: str, low: Amount, high: Number) -> None:
    """ "10-15,000 copies": the thousands of the upper end are those of the lower, if they rise."""
    number = low.number
    owned = low.measure is not None and not low.currency
    digits = text[number.start : number.end].isdigit() and not number.words
    if digits and not owned and text[high.start : high.end].endswith(",000"):
        size = number.value * 1000
        if number.value < 1000 and size < high.value <= size * _ALIKE:
            low.number = replace(number, value=size)


_AND = re.compile(r",? (?:and|or|to) |, ?(?=[0-9])|、| ?[x×*] ?(?=[0-9])")

_AND_FIRST = frozenset(",、x×*aot")


def next_in_list(reader: AmountReader, low: Amount) -> Amount | None:
    """The next amount of a list that shares its unit ("40, 50 or 60 years")."""
    if low.end not in reader.following:
        reader.following[low.end] = _listed(reader, low)
    return reader.following[low.end]


def _listed(reader: AmountReader, low: Amount) -> Amount | None:
    after = reader.text[low.end : low.end + 1]
    if after == " ":
        after = reader.text[low.end + 1 : low.end + 2]
    sep = _AND.match(reader.text, low.end) if after in _AND_FIRST else None
    if sep is None:
        return None
    number = _number(reader, sep.end(), low)
    if number is None or number.high is not None or number.percent:
        return None
    following = reader.read(number, signed=False)
    return None if following.currency else following


def _number(reader: AmountReader, at: int, low: Amount) -> Number | None:
    text = reader.text
    if text[at : at + 1] in ("-", "−") and text[at + 1 : at + 2].isdigit():
        at += 1
    if low.currency and (symbol := _SYMBOL.match(text, at)):
        at = symbol.end()
    found = MANTISSA.match(text, at)
    if found:
        return reader.grammar.digits(text, at, found.end())
    if low.number.words and at < len(text):
        return reader.grammar.words(text, at)
    return None


def _between(text: str, start: int) -> bool:
    before = text[max(0, start - 24) : start].lower()
    return "between" in before


def _scale_before(text: str, start: int) -> bool:
    return text[max(0, start - 9) : start].lower().endswith(("from ", " of ", "ranging "))


def _pair(reader: AmountReader, low: Amount, high: Amount, word: str) -> bool:
    one, two = low.measure, high.measure
    if low.number.percent and high.number.percent and word:
        return low.number.value < high.number.value  # one-third to one-half
    if (
        low.number.percent
        or high.number.percent
        or (guard.coded(reader.text, high.number) and not two)
        or (two is None and guard.dated(reader.words, reader.text, high.number))
    ):
        return False
    if one is not None and two is not None and one.dimension != two.dimension:
        return False
    if low.over and two is not None and not high.over:
        return False  # at 5 °C/min to 500 °C
    if guard.year_like(reader.text, low.number) and (one or two) and (two or one).code == "a":  # type: ignore[union-attr]
        return False
    if one is None and two is not None and (low.counter or _yearly(reader, low, two.dimension)):
        return False
    if word and one is not None and _two_amounts(reader, low, high):
        return False
    if (
        one is None
        and two is None
        and not (low.counter or high.counter)
        and not _plain(reader, low, high)
    ):
        return False
    return _share_scale(reader, low, high)


def _yearly(reader: AmountReader, low: Amount, dimension: str) -> bool:
    """ "in 2018 to 3.9 million": the first is a year."""
    return guard.year_like(reader.text, low.number) and dimension != "ratio"


def _two_amounts(reader: AmountReader, low: Amount, high: Amount) -> bool:
    """Is "A to B" a step and its result ("rose 6% to $2bn", "by $43m to $419m")?"""
    if high.measure is None and not (low.currency and low.end > low.number.end):
        return not low.currency
    before = reader.text[max(0, low.start - 32) : low.start].lower().rstrip()
    moved = reader.words.trend.ending(before.removesuffix(" from"))
    if not before.endswith(" by") and (moved is None or not moved[0]):
        return False
    near = low.number.value * 3 >= high.number.value * 2
    return before.endswith(" from") or not near  # by $3.8m to $4.9m: no step is nearly its result


def _plain(reader: AmountReader, low: Amount, high: Amount) -> bool:
    """Two numbers without a unit: a range if scaled or grouped, or before a counted noun."""
    text = reader.text
    if guard.year_like(text, low.number):
        return False
    if guard.century(text, low.number) and guard.century(text, high.number):
        return False
    if low.number.scaled or high.number.scaled or "," in text[high.start : high.end]:
        return True
    if guard.year_like(text, high.number):
        return False
    if _between(text, low.start) or _scale_before(text, low.start):
        return high.number.end >= len(text) or not text[high.number.end].isalnum()
    if reader.words.age_before.ending(text[max(0, low.start - 10) : low.start].lower().rstrip()):
        return high.number.value < 130  # aged 18 to 25
    return noun_phrase(reader.words, text, high.end) is not None


_ALIKE = 10
"""Two ends whose figures are less than this many times apart share a scale, whichever is first."""


def _share_scale(reader: AmountReader, low: Amount, high: Amount) -> bool:
    """Lend the scale of the upper end to the lower; false if they do not rise."""
    value, top = low.number.value, high.number.value
    mantissa = _mantissa(reader, high.number)
    own = not low.currency and low.measure is not None and high.measure is not None
    if not (low.number.scaled or own) and high.number.scaled and mantissa:
        if value < mantissa:
            value *= top / mantissa
        elif value < mantissa * _ALIKE:  # "515 to 510 million years ago": said backwards
            high.number = replace(high.number, value=value * top / mantissa)
            value = top
    if value >= high.number.value:
        return False
    low.number = replace(low.number, value=value)
    return True
