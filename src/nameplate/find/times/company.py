"""Whether what stands around a bare expression lets it be a time.

Four figures, a lone day, a month that is a word too, "the year" and the like are times in some
company only; every other expression is admitted as it is. Each rule has golden lines on which it
must not fire.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from nameplate.lexicon.times import vocabulary

_NEXT_WORD = re.compile(r" ([A-Za-z]+)")


def admits(text: str, codes: str, family: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]``, read by a rule of ``family`` from ``codes``, may be a time."""
    if codes[:2] == "ao" and _verb(text, start, end):
        return False
    check = _BY_CODES.get(codes) or _BY_FAMILY.get(family)
    return check is None or check(text, codes, start, end)


def _verb(text: str, start: int, end: int) -> bool:
    """ "Will end in 2025" is no end of a year."""
    words = text[start:end].lower().split()
    return len(words) > 1 and words[1] in vocabulary().near["no_part"]


def word_before(text: str, start: int) -> str:
    """The Latin word right before a place, in lower case, or an empty string."""
    before = text[max(0, start - 14) : start].replace("'s", " 's")
    words = before.lower().split()
    return words[-1].lstrip('("“') if words and before[-1:] in " -\n" else ""


def after_article(text: str, start: int) -> bool:
    """Whether an article stands right before a place."""
    return word_before(text, start) in vocabulary().articles


def _year(text: str, codes: str, start: int, end: int) -> bool:
    """Whether four bare figures are a year, by their neighbours."""
    if text[start] in "Ff":
        return True
    after = text[end : end + 2]
    if (
        after[:1] in vocabulary().near["joins"]
        and text[end + 1 : end + 5].isdigit()
        and text[end + 5 : end + 6] == "年"
    ):
        return True  # 2019和2020年
    if after[:1] and (after[0].isalnum() or after[0] in "%$€£¥+/@_"):
        return False
    before = text[max(0, start - 4) : start]
    if before[-1:] and (before[-1] in "$€£¥#/@_+:-.&" or before[-1].isalnum()):
        return False
    if before.lower().endswith(("no. ", "no ")):
        return False
    if after[:1] == "-" and (after[1:2].isalpha() or after[1:2].isdigit()):
        return False
    near, word = vocabulary().near, word_before(text, start)
    following = _NEXT_WORD.match(text, end)
    noun = following[1] if following else ""
    many = noun.islower() and noun.endswith("s") and noun not in near["singular"]
    if noun.lower() in near["measure"]:
        return False
    if codes[0] == "a" or word in near["at"] or word in near["of"]:
        return not (many and text[end - 2 : end] == "00")
    if word in near["to"] or "~" in codes:
        return not many
    return not word and (after[:1] in (",", ".", ";", ":", ")") or before[-1:] == "(")


def _bare_day(text: str, codes: str, start: int, end: int) -> bool:
    """8日 is a day, 第8日, 近8日 and 8日内 are not."""
    near = vocabulary().near
    if text[start - 1 : start] in near["no_day_before"]:
        return False
    return text[end : end + 1] not in near["no_day_after"]


def _definite(text: str, codes: str, start: int, end: int) -> bool:
    """ "The year", but not "the year of" and "the years"."""
    if text[end - 1] == "s" or text[end : end + 1] == "-":
        return False
    if text.startswith((" end", " before"), end) and codes[-1] == "y":
        return False
    if text.startswith(" to ", end) and text[end + 4 : end + 5].isupper():
        return False  # "the year to March"
    if text.startswith((" of ", " to date"), end) and text[end + 4 : end + 5].isalpha():
        return False
    return word_before(text, start) in vocabulary().articles


def _season(text: str, codes: str, start: int, end: int) -> bool:
    """ "In the spring", but not "the spring steel" and "the fall in prices"."""
    article = word_before(text, start)
    if article not in vocabulary().articles:
        return False
    return word_before(text, start - len(article) - 1) in vocabulary().near["at"]


def _part(text: str, codes: str, start: int, end: int) -> bool:
    """ "The second quarter", but not "the second quarter of the field"; "in H2", but not "the H2 line"."""
    if text.startswith((" of the ", " of a "), end):
        return False
    if codes not in ("Q", "H") or not text[start].isascii():
        return True
    near, word = vocabulary().near, word_before(text, start)
    return word in near["at"] or word in near["to"]


def _month_word(text: str, codes: str, start: int, end: int) -> bool:
    """May and March need a word before that a month can follow; April Chen is a person."""
    words = vocabulary()
    if not text[start].isascii():
        return True
    near, word = words.near, word_before(text, start)
    following = _NEXT_WORD.match(text, end)
    name = following is not None and following[1][:1].isupper()
    if word in near["at"]:
        return True
    if name:
        return False
    if word in near["to"] or word in near["month"]:
        return True
    bare = text[start:end].lower()
    return bare not in words.capital and bare not in near["weak"]


def _weekday(text: str, codes: str, start: int, end: int) -> bool:
    """Not Sun and Sat without a date, not Monday.com."""
    if text[start:end].lower().rstrip(".") in vocabulary().near["weak"]:
        return False
    return not (text[end : end + 1] == "." and text[end + 1 : end + 2].isalpha())


def _day_month(text: str, codes: str, start: int, end: int) -> bool:
    """Not 15 June Street."""
    following = _NEXT_WORD.match(text, end)
    return following is None or following[1].lower() not in vocabulary().near["road"]


def _partof(text: str, codes: str, start: int, end: int) -> bool:
    return text[start].isascii() and text[end - 1] != "s"


def _present(text: str, codes: str, start: int, end: int) -> bool:
    """ "The current owner", but not "a current of air"."""
    near, word = vocabulary().near, word_before(text, start)
    stands = word in near["of"] or word in near["to"] or word in near["at"]
    return stands and text[end : end + 1] == " " and not text.startswith(" of ", end)


def _ago(text: str, codes: str, start: int, end: int) -> bool:
    """A unit without a number before "ago" needs an article, in Latin scripts."""
    return codes[0] not in "yqmwdc" or not text[start].isascii() or word_before(text, start) in _ONE


def _set(text: str, codes: str, start: int, end: int) -> bool:
    """Not the name of a newspaper."""
    before = (
        text[:start].rstrip(" ")[-1:] if start < 40 else text[start - 40 : start].rstrip(" ")[-1:]
    )
    return not (text[start].isupper() and before and (before.isalnum() or before in "'’"))


def _decade(text: str, codes: str, start: int, end: int) -> bool:
    """In '80s, but not in "his 30s"."""
    return end - start != 3 or text[start - 1 : start] in ("'", "’")


def _fraction(text: str, codes: str, start: int, end: int) -> bool:
    return codes[-1] != "q" or not text.startswith(" of", end)


def _past(text: str, codes: str, start: int, end: int) -> bool:
    """ "In the past." """
    return text[start - 4 : start].lower() == "the " and text[end : end + 1] in ".,;)'\""


_ONE = frozenset(("a", "an", "one", "the"))
_Check = Callable[[str, str, int, int], bool]
_BY_CODES: dict[str, _Check] = {
    "Y": _year, "aY": _year, "Y~Y": _year, "Nj": _bare_day, "nj": _bare_day, "P": _season,
    "M": _month_word, "W": _weekday, "NM": _day_month,
}  # fmt: skip
_BY_FAMILY: dict[str, _Check] = {
    "definite": _definite, "latest": _definite, "ago": _ago, "set": _set, "decade": _decade,
    "duration": _fraction, "past": _past, "present": _present, "quarter": _part, "half": _part, "partof": _partof,
}  # fmt: skip
