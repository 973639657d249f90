"""What is not a quantity though it looks like a number.

Years, dates, clock times, ordinals, telephone and licence numbers, model and street names, scores,
versions and the numbers of list items. Each rule answers one question about the text around.
"""

from __future__ import annotations

import re
from string import ascii_letters, digits

from nameplate.find.number import Number
from nameplate.find.quantity_words import Words

_ORDINAL = re.compile(r"(?:st|nd|rd|th|ST|ND|RD|TH)(?![A-Za-z])")
_LIST = re.compile(r"(?:[.)、．]|\s?[、)）])(?![0-9])")
_JOINED = re.compile(r"[-–/:.：][0-9]|\.[A-Z]{2}")
_WORD_BEFORE = re.compile(r"([A-Za-z&.'’]+|[^\sA-Za-z])[ \t\xa0]{0,2}$")
_WORD_AFTER = re.compile(r"[ \t\xa0]{0,2}([A-Za-z][\w.’'-]*)")
_GLUE = frozenset(ascii_letters + digits + "_#@&-./:+'")
GOES_ON = (" and ", " or ", ", ")
_LABELS = re.compile(r"(?<=s )(?:[0-9]{1,4}(?:, (?:and |or )?| and | or ))+$")
_BLANKS = " \t\xa0"
WORD_FIRST = frozenset(ascii_letters + _BLANKS)
"""What a word behind a number, or the gap before it, begins with."""
_CAPITALS = re.compile(
    r"[ \t\xa0]([A-Z][\w’'-]*)(?:[ \t\xa0]([A-Z][\w’'.-]*))?(?:[ \t\xa0]([A-Z][\w’'.-]*))?"
)


def glued(text: str, start: int) -> bool:
    """Is the number part of a code ("XC40", "B-52", "3-5-7") or of a longer figure?"""
    if not start:
        return False
    before = text[start - 1]
    if before in _GLUE:
        if before.isalnum() or before in "_#@&":
            return True
        if before in "-./:+'" and start > 1:
            return text[start - 2].isascii() and text[start - 2].isalnum()
    return False


def short_year(text: str, number: Number) -> bool:
    """ "'95": a year without its century."""
    start = number.start
    return (
        number.end - start == 2
        and not number.words
        and text[start - 1 : start] in ("'", "’", "‘")
        and text[number.end : number.end + 1] in (" ", "s", ".", ",")
    )


def chained(text: str, start: int) -> bool:
    """ "3~1": the end of a range that is none; its sign says nothing of the number alone."""
    return start > 1 and text[start - 1] in "~～∼" and text[start - 2].isdigit()


def owned(text: str, number: Number) -> bool:
    """ "Radio 4's": a name that owns something."""
    return text[number.end : number.end + 2] in ("'s", "’s")


_PERSON = re.compile(r"[A-Z][\w.'’-]* (?:[A-Z][\w.'’-]* )?([A-Z][\w'’-]+),? \Z")


_NOT_YUAN = re.compile(
    r"三元(?=[正锂材电前聚乙橡催动软圆)）]|体系|里|高镍|[\u4e00-\u9fff]{0,4}(?:正极|锂|前驱))"
)


def ternary(text: str, start: int) -> bool:
    """三元正极材料: a compound of three parts, and no money."""
    return text.startswith("三元", start) and _NOT_YUAN.match(text, start) is not None


def aged(words: Words, text: str, number: Number) -> bool:
    """ "Jane Doe, 45,": two bare digits between commas behind a name of two words or more."""
    if number.end - number.start != 2 or number.words or text[number.end : number.end + 1] != ",":
        return False
    if text[max(0, number.start - 2) : number.start] != ", " or number.value < 16:
        return False
    person = _PERSON.search(text, max(0, number.start - 40), number.start)
    return person is not None and person[1].lower() not in words.months


def coded(text: str, number: Number) -> bool:
    """Does the number run on as an ordinal, a time, a date, a version or a telephone number?"""
    end = number.end
    if end >= len(text):
        return False
    after = text[end]
    if after in "-–/:.：_":
        return bool(_JOINED.match(text, end))
    return after.isalpha() and bool(_ORDINAL.match(text, end))


def run_on(text: str, number: Number) -> bool:
    """Do Latin letters stick to the number without being a unit ("24703L202", "787s")?"""
    after = text[number.end : number.end + 1]
    return "A" <= after <= "z" and after.isalpha()


def listed(text: str, number: Number) -> bool:
    """Is it the number of a list item at the beginning of a line?"""
    at = number.start - 1
    while at >= 0 and text[at] in " \t\xa0(（":
        at -= 1
    if at >= 0 and text[at] not in "\n\r":
        return False
    return bool(_LIST.match(text, number.end)) and number.value < 1000


def year_like(text: str, number: Number) -> bool:
    """Four bare digits from 1900 to 2099."""
    return (
        number.end - number.start == 4
        and not number.words
        and text[number.start] in "12"
        and 1900 <= number.value <= 2099
    )


def century(text: str, number: Number) -> bool:
    """Four bare digits that may be a year of an earlier century ("from 1731")."""
    plain = number.end - number.start == 4 and not number.words
    return plain and text[number.start : number.end].isdigit() and 1000 <= number.value < 2100


def labelled(words: Words, text: str, number: Number) -> bool:
    """Is it a label of the word before ("Model 3", 第3)?"""
    lowered = text[max(0, number.start - 16) : number.start].lower()
    if lowered.endswith(GOES_ON) and (run := _LABELS.search(lowered)):
        lowered = lowered[: run.start()]  # flights 12 and 15
    stripped = lowered.rstrip(" \t\xa0.:：")
    if not stripped or len(lowered) - len(stripped) > 3:
        return False
    return words.label_before.ending(stripped) is not None


def dated(words: Words, text: str, number: Number, lead: bool = True) -> bool:
    """Is a month beside it (before it too where ``lead``), or a clock sign behind it?"""
    if lead:
        before = _WORD_BEFORE.search(text, max(0, number.start - 14), number.start)
        if before and _is_month(words, before[1]):
            return number.value <= 31 or number.value >= 1900
    if text[number.end : number.end + 1] not in WORD_FIRST:
        return False
    if text[number.end + 1 : number.end + 2] in ("A", "B") and _era(words, text, number):
        return True
    if number.value > 31 and number.end - number.start != 4:
        return False
    after = _WORD_AFTER.match(text, number.end)
    if after is None:
        return False
    if number.value > 31:  # 1500 GMT
        return number.value <= 2400 and words.clocks.starting(text, after.start(1)) is not None
    if _is_month(words, after[1].rstrip(".")):
        return True
    return words.clocks.starting(text, after.start(1)) is not None


def _era(words: Words, text: str, number: Number) -> bool:
    after = _WORD_AFTER.match(text, number.end)
    return after is not None and after[1].rstrip(".") in words.era_after


def _is_month(words: Words, word: str) -> bool:
    """A month, also in a text without capitals, where "may" and "march" are verbs."""
    low = word.lower()
    return low in words.months and (word[0].isupper() or (len(low) > 3 and low != "march"))


def addressed(words: Words, text: str, number: Number) -> bool:
    """Is it a house number ("575 Wilbraham Road")?"""
    if not text[number.end + 1 : number.end + 2].isupper():
        return False
    names = _CAPITALS.match(text, number.end)
    return names is not None and any(
        n and n.lower().rstrip(".") in words.streets for n in names.groups()
    )


def named(words: Words, text: str, number: Number) -> bool:
    """Does a capitalised word directly before make it part of a name ("Galaxy 23", "Web 2.0")?"""
    before = _WORD_BEFORE.search(text, max(0, number.start - 24), number.start)
    if before is None or not before[1][0].isupper() or not before[1][0].isascii():
        return False
    return before[1].lower() not in words.stop


def inside_name(words: Words, text: str, number: Number) -> bool:
    """Does a name that does not merely begin the sentence stand directly before?"""
    before = _WORD_BEFORE.search(text, max(0, number.start - 24), number.start)
    if before is None or not named(words, text, number):
        return False
    lead = text[max(0, before.start() - 2) : before.start()].rstrip("\"“'‘(")
    return bool(lead.strip()) and lead.rstrip()[-1] not in ".!?:"


def title(text: str, number: Number) -> bool:
    """Is a numeral in words the beginning of a name ("Three Gorges")?"""
    if not text[number.start].isupper():
        return False
    after = _WORD_AFTER.match(text, number.end + text.startswith("-", number.end))
    if after is None or not after[1][0].isupper():
        return False
    before = text[max(0, number.start - 3) : number.start].strip(' \t\xa0“"‘(')
    return bool(before) and before[-1] not in ".!?:\n"
