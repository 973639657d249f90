"""Is an amount a quantity at all? Precision first: what nothing marks as a quantity is left out."""

from __future__ import annotations

from string import ascii_letters

from nameplate.find import quantity_guard as guard
from nameplate.find.number import Number
from nameplate.find.quantity_amount import Amount
from nameplate.find.quantity_words import LABEL, MONTH, Words

_DATING = ("from", "of", "to", "and")  # and the year of an earlier century
_OPENS_LINE = frozenset(" \t\xa0(（\n\r")
_GOES_ON = frozenset(ascii_letters + "'’-–/:.：_")
_ORDINAL_BEFORE = "第同统之某每任唯逐这那另单进其专首"


def stands(words: Words, text: str, amount: Amount) -> bool:
    """Can the amount be a quantity, by what stands directly beside it?"""
    number = amount.number
    if number.words == "fraction" or amount.currency:
        return True
    if number.words:
        return _in_words(words, text, amount)
    start, end = number.start, number.end
    if text[start : start + 2] in words.code_heads and words.codes.starting(text, start):
        return False
    if text[start] in "0０" and _leading_zero(text, number):
        return False
    before = text[max(0, start - 2) : start]
    line = before[-1:] in "\n\r" or _OPENS_LINE.issuperset(before)
    if line and guard.listed(text, number):
        return False
    measure, after = amount.measure, text[end : end + 1]
    if after in _GOES_ON and _goes_on(text, amount):
        return False
    if measure is None:
        if "/" in text[start:end]:
            return False
    elif measure.code == "a" and text[amount.end - 1] == "年":
        return number.value < 100 and end - start <= 2
    month = bool(amount.lead & MONTH)
    if (month or after in guard.WORD_FIRST) and guard.dated(words, text, number, month):
        return False
    if text[end + 1 : end + 2].isupper() and guard.addressed(words, text, number):
        return False
    return number.scaled or _surely_measured(amount) or not _labelled(words, text, amount)


def _goes_on(text: str, amount: Amount) -> bool:
    """Do signs or letters stick to the number that are no unit of it?"""
    number = amount.number
    if guard.owned(text, number) or guard.ternary(text, number.start):
        return True
    if amount.measure is not None:
        return False
    return guard.coded(text, number) or (not amount.counter and guard.run_on(text, number))


def _labelled(words: Words, text: str, amount: Amount) -> bool:
    """Is it a label of the word before ("Model 3", 第3) or, without a unit, of the one behind (3号)?"""
    start = amount.number.start
    listed = text.endswith(guard.GOES_ON, max(0, start - 5), start)  # flights 12 and 15
    if (listed or amount.lead & LABEL) and guard.labelled(words, text, amount.number):
        return True
    return (
        amount.measure is None and words.label_after.starting(text, amount.number.end) is not None
    )


def _surely_measured(amount: Amount) -> bool:
    """ "the top 20 percent", "a galaxy 13 billion light-years away": no label has a unit."""
    if amount.measure is None:
        return False
    return amount.number.scaled or amount.measure.code == "%" or amount.end - amount.number.end >= 5


def _leading_zero(text: str, number: Number) -> bool:
    """ "007" and "010" are codes; "0.5" and "0" are numbers."""
    after = text[number.start + 1 : number.start + 2]
    return text[number.start] in "0０" and (after.isdigit() or after == ",")


def _in_words(words: Words, text: str, amount: Amount) -> bool:
    number = amount.number
    if text[number.start].isascii():
        joined = text[max(0, number.start - 1) : number.start] == "-"  # two-for-one
        joined = joined or text[number.end : number.end + 2] in ("'s", "’s")  # Apple One's plan
        return not (joined or guard.title(text, number) or _year_in_words(words, text, number))
    said = text[number.start : number.end]
    if (
        said[0] in "零〇"
        or (len(said) == 1 and said in words.formal)
        or _labelled(words, text, amount)
    ):
        return False
    if number.start and text[number.start - 1] in _ORDINAL_BEFORE:
        return False
    if words.idioms.starting(text, number.start) is not None:
        return False
    if said == "一":
        if amount.measure is not None:
            return amount.measure.dimension in ("mass", "area")
        return amount.counter and text[amount.end - 1] in words.one_counters
    if amount.measure is not None and amount.measure.code == "a" and number.value > 100:
        return False
    return amount.measure is not None or amount.counter or (number.scaled and bool(number.more))


def _year_in_words(words: Words, text: str, number: Number) -> bool:
    """ "nineteen ninety-seven": two numbers side by side that name a year."""
    said = text[number.start : number.end].lower()
    if said in words.eras:
        after = text[number.end + 1 : number.end + 5].lower()
        return text[number.end : number.end + 1] == " " and after[2:4] in ("ne", "gh", "ve", "xt")
    before = text[max(0, number.start - 9) : number.start].lower().split()
    return bool(before) and before[-1] in words.eras


def counts_one(words: Words, text: str, number: Number, item: tuple[int, int] | None) -> bool:
    """Does "one" count something ("one factory"), rather than stand for it ("the one that")?"""
    if item is None:
        return False
    before = text[max(0, number.start - 16) : number.start].split()
    if before and before[-1].lower() in words.not_one_before:
        return len(before) > 1 and before[-2].lower() == "there"  # there is one problem
    first = text[item[0] : item[1]].split(maxsplit=1)[0].lower()
    return first not in words.not_one_after


def counts_year(words: Words, text: str, item: tuple[int, int]) -> bool:
    """Four digits like a year count something only before a noun that years do not take."""
    return text[item[0] : item[1]].rsplit(maxsplit=1)[-1].lower() in words.year_nouns


def _does(words: Words, text: str, number: Number) -> bool:
    """Does a verb follow, so that the number stands for things named before ("three were")?"""
    after = text[number.end : number.end + 12].split()
    before = text[max(0, number.start - 8) : number.start].split()
    if not after or after[0].lower() not in words.bare_before or number.value < 2:
        return False
    return not before or before[-1].lower() not in words.partitive


def bare_stands(words: Words, text: str, amount: Amount, bound: str, trend: str) -> bool:
    """A number with nothing behind it stands if a bound, a scale or the word before marks it."""
    number = amount.number
    if number.high is not None:
        return False
    if number.words:
        if not text[number.start].isascii():
            return False
        return number.scaled or _does(words, text, number) or _moved(words, text, number)
    if guard.named(words, text, number):
        return False
    if guard.year_like(text, number):
        return bound in (">", "~", ">=", "<")
    if number.scaled or bound != "=" or trend:
        return True
    said = text[number.start : number.end]
    rated = text.startswith(" per ", number.end) and text[number.end + 5 : number.end + 6].isdigit()
    if "," in said or rated:
        return True
    if _some_of_them(words, text, number):
        return True
    before = text[max(0, number.start - 12) : number.start].split()
    last = before[-1].lower() if before else ""
    if "." in said or number.value >= 100:
        if last in _DATING and guard.century(text, number):
            return False
        return last in words.bare_after
    return last in words.bare_small or _moved(words, text, number)


_PARTED = (", ", "; ", ", and ", " of them ", " of which ", ", of which ")


def _some_of_them(words: Words, text: str, number: Number) -> bool:
    """ "of the 79 projects, 15 have opened": digits behind a comma that a verb in the plural follows."""
    after = text[number.end : number.end + 6]
    if not after.startswith((" have ", " were ", " are ")) or not text[number.start].isdigit():
        return False
    opens = text[number.start - 1 : number.start] in ("", "\n")
    return (opens or text.endswith(_PARTED, 0, number.start)) and _does(words, text, number)


def _moved(words: Words, text: str, number: Number) -> bool:
    """ "fell to 30", "up from seven": a movement ends or begins at the number."""
    before = text[max(0, number.start - 24) : number.start].lower().rstrip()
    if not before.endswith((" to", " from")):
        return False
    trend = words.trend.ending(before.rsplit(maxsplit=1)[0])
    return trend is not None and bool(trend[0])
