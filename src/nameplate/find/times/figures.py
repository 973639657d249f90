"""Figures that can be of a time: years, days, whole dates, ordinals, Chinese numerals.

Amounts, clock times, decimals and figures inside names are no tokens.
"""

from __future__ import annotations

import re
from datetime import date

from nameplate.find.times.tokens import Token
from nameplate.lexicon.times import vocabulary

_HAN = "〇零○一二三四五六七八九十两廿"
_FIGURES = re.compile(f"[0-9]+|[{_HAN}]+")
_DIGIT = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "两": "2",
}
_DATES = (
    (re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d])"), (1, 3, 4)),
    (re.compile(r"(\d{1,2})([/])(\d{1,2})\2(\d{4}|\d\d)(?![\d/])"), (4, 1, 3)),
    (re.compile(r"(\d{1,2})([.])(\d{1,2})\2(\d{4})(?![\d.])"), (4, 3, 1)),
    (re.compile(r"(\d{4})([-/.])(0[1-9]|1[0-2])(?![\d/.-])"), (1, 3, 0)),
)
_SPOILS = frozenset("$€£¥#_")
_JOINS = frozenset(".:,")
_GOES_ON = frozenset("-/.%stnr")
_COMPACT = re.compile(r"(?:19|20)\d{6}(?!\d)")
_NEXT = re.compile(r" ([a-z]+)")
_THOUSANDS = re.compile(r",\d{3}(?!\d)")
_MONTH_NEXT = re.compile(r"年 ?\d{1,2} ?月(?!份?以|底?内)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
YEARS = (1500, 2150)
"""First and last number that is taken for a year."""


def figures(small: str) -> list[Token]:
    """Tokens of all figures of a folded text in lower case that can be of a time."""
    found: list[Token] = []
    done = 0
    for match in _FIGURES.finditer(small):
        start, end = match.span()
        if start < done:
            continue
        if small[start] > "9":
            token = _han(small, start, end)
        elif end - start < 5 and _between_signs(small, start, end):
            token = _number(start, end, int(small[start:end]))
        else:
            token = _figure(small, start, end)
        if token is not None:
            found.append(token)
            done = token.end
    return found


def _figure(small: str, start: int, end: int) -> Token | None:
    """Token of a run of digits; ``None`` if it is part of an amount, a clock time or a name."""
    before, after = small[start - 1 : start], small[end : end + 1]
    size = end - start
    if size == 8:
        return _compact(small, start, end) if not letter(before) else None
    if size == 2 and before in "-–/" and (year := _second_year(small, start, end)):
        return Token(start, end, "Y", year)
    if size > 4 or before in _SPOILS:
        return None
    if "a" <= before <= "ɏ" and letter(before):
        return _fiscal(small, start, end)
    if after in _GOES_ON:
        if after in "-/." and (token := _date(small, start)) is not None:
            return token
        if after == "%":
            return None
        if after in "stnr":
            if _in_longer(small, start, end, before):
                return None
            return _suffixed(small, start, end)
    if (before in _JOINS or after in _JOINS) and _in_longer(small, start, end, before):
        return None
    number = int(small[start:end])
    if size == 2 and after == "年" and (word := _short_year(small, start, end)) is not None:
        return Token(start, end, "Y", word)
    if before == "第":
        return Token(start - 1, end, "R", number)
    return _number(start, end, number)


def _between_signs(small: str, start: int, end: int) -> bool:
    """Do Chinese signs stand on both sides that leave the figures a plain number?"""
    before, after = small[start - 1 : start], small[end : end + 1]
    return before >= "一" and before != "第" and after >= "一" and after != "年"


def _number(start: int, end: int, number: int) -> Token:
    code = "Y" if end - start == 4 and YEARS[0] <= number <= YEARS[1] else "N"
    return Token(start, end, code, number)


def _in_longer(small: str, start: int, end: int, before: str) -> bool:
    """Whether the digits are a part of a longer figure: the minutes of a clock time, an amount."""
    minutes = before == ":" and small[start - 2 : start - 1].isdigit()
    return minutes or _in_amount(small, start, end)


def _short_year(small: str, start: int, end: int) -> int | None:
    """08年, 18年10月: the year of two figures; 18年 alone is a duration."""
    if small[start] != "0" and not _MONTH_NEXT.match(small, end):
        return None
    number = int(small[start:end])
    return number + (1900 if number > 60 else 2000)


def _in_amount(small: str, start: int, end: int) -> bool:
    """Whether the digits are a part of a decimal, a clock time or a number with commas."""
    before, after = small[start - 1 : start], small[end : end + 1]
    if before == "." or (before == "," and end - start == 3):
        return small[start - 2 : start - 1].isdigit()
    if after and after in ".:":
        return small[end + 1 : end + 2].isdigit()
    return after == "," and _THOUSANDS.match(small, end) is not None


def _compact(small: str, start: int, end: int) -> Token | None:
    """20200224"""
    if not _COMPACT.match(small, start):
        return None
    word = small[start:end]
    return _whole(start, end, int(word[:4]), int(word[4:6]), int(word[6:]))


def _fiscal(small: str, start: int, end: int) -> Token | None:
    """FY2020"""
    if (
        end - start != 4
        or not small.endswith("fy", 0, start)
        or letter(small[start - 3 : start - 2])
    ):
        return None
    return Token(start - 2, end, "Y", int(small[start:end]))


_NO_YEAR = re.compile(r"[-–/:\d]|\.\d")
_FISCAL = re.compile(r"\b(?:fy|fiscal|financial year|fiscal year|year)[ ]?$")


def _second_year(small: str, start: int, end: int) -> int | None:
    """The second year of 2025-26, which no month could be; of 2010-11 only behind "fiscal"."""
    said = small[max(0, start - 5) : start - 1]
    if len(said) != 4 or not said.isdigit() or not YEARS[0] <= int(said) <= YEARS[1]:
        return None
    year = int(said) + 1
    if small[start:end] != str(year)[2:] or _NO_YEAR.match(small, end):
        return None
    lead = small[max(0, start - 22) : start - 5]
    if lead[-1:].isdigit() or lead[-1:] in tuple("-–/."):
        return None
    return year if year > 2012 or _FISCAL.search(lead) else None


def _suffixed(small: str, start: int, end: int) -> Token | None:
    """1990s, 10th; "on the 10th" is a day where no noun follows."""
    word = small[start:end]
    if (
        small[end] == "s"
        and word[-1] == "0"
        and len(word) in (2, 4)
        and not letter(small[end + 1 : end + 2])
    ):
        return Token(start, end + 1, "Z", int(word))
    tail = _ORDINAL.match(small, end)
    if tail is None:
        return Token(start, end, "N", int(word)) if not letter(small[end + 1 : end + 2]) else None
    near = vocabulary().near
    code = "R"
    if small.endswith(tuple(f"{w} " for w in near["day"]), 0, start):
        rest = _NEXT.match(small, tail.end())
        code = "I" if rest is None or rest[1] in near["goes_on"] else "R"
    return Token(start, tail.end(), code, int(word))


def _date(small: str, start: int) -> Token | None:
    for pattern, (year, month, day) in _DATES:
        match = pattern.match(small, start)
        if match is None:
            continue
        full = int(match[year])
        if len(match[year]) == 2:
            full += 1900 if full > 49 else 2000
        return _whole(start, match.end(), full, int(match[month]), int(match[day]) if day else 0)
    return None


def _whole(start: int, end: int, year: int, month: int, day: int) -> Token | None:
    if not YEARS[0] <= year <= YEARS[1]:
        return None
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return Token(start, end, "F", (year, month, day))


def _han(small: str, start: int, end: int) -> Token | None:
    word = small[start:end]
    number = han_number(word)
    if number is None:
        return None
    if len(word) == 2 and word[0] in "〇零" and small[end : end + 1] == "年":
        return Token(start, end, "Y", 2000 + number)
    if len(word) == 4 and "十" not in word and YEARS[0] <= number <= YEARS[1]:
        return Token(start, end, "Y", number)
    if small[start - 1 : start] == "第":
        return Token(start - 1, end, "R", number)
    return Token(start, end, "n", number)


def han_number(word: str) -> int | None:
    """Value of a numeral of at most four signs (二〇二〇, 三十一, 十二), else ``None``."""
    if len(word) > 4:
        return None
    if "十" not in word and "廿" not in word:
        return int("".join(_DIGIT[c] for c in word))
    tens, _, ones = word.replace("廿", "二十").partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    return int(_DIGIT[tens] if tens else 1) * 10 + int(_DIGIT[ones] if ones else 0)


def letter(char: str) -> bool:
    """Whether the (lower-case) character is a Latin letter."""
    return "a" <= char <= "z" or "à" <= char <= "ɏ"
