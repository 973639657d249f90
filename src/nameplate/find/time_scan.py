"""Time words of a text as short runs of coded tokens.

One Aho-Corasick scan for the words and one for the figures; neighbours that are joined by nothing
more than a blank, a comma, "of" or a dash make a run. The grammar reads runs, never the text.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from nameplate.lexicon.times import Word, vocabulary

Value = int | str | tuple[str, int] | tuple[int, int, int]


class Token(NamedTuple):
    """A word or figure with its code and value, or a gap (``o``, ``,`` or ``~``) between two."""

    start: int
    end: int
    code: str
    value: Value


class Run(NamedTuple):
    """Tokens that stand together, and their codes as one string, a letter each."""

    codes: str
    tokens: list[Token]


MAX_GAP = 13
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
_COMPACT = re.compile(r"(?:19|20)\d{6}(?!\d)")
_NEXT = re.compile(r" ([a-z]+)")
_THOUSANDS = re.compile(r",\d{3}(?!\d)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
CORE = frozenset("FZMWPQHyqhmwdceijkuABCGDEVXKTUlYpvOIz%=x*")
"""Codes that can make a time; a run without one is dropped."""


@cache
def _automaton() -> tuple[AhoCorasick, list[Word]]:
    words = vocabulary().words
    automaton = AhoCorasick(
        list(words), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
    )
    return automaton, list(words.values())


def runs(text: str, small: str) -> list[Run]:
    """Runs of a folded text (``small`` is the same in lower case), in order."""
    tokens = _words(text, small)
    tokens += _figures(small)
    tokens.sort()
    return _join(small, tokens)


def _words(text: str, small: str) -> list[Token]:
    automaton, words = _automaton()
    table = vocabulary().words
    size = len(small)
    found = []
    for i, start, end in automaton.find_matches_as_indexes(small):
        code, value, latin, capital = words[i]
        if code == "-":
            continue
        if latin:
            if start and _letter(small[start - 1]):
                continue
            if end < size and small[end - 1] != "." and _letter_or_digit(small[end]):
                shorter = _shorter(small, start, end)
                if shorter is None:
                    continue
                end, (code, value, latin, capital) = shorter
            if capital and not text[start].isupper():
                continue
        elif code == "V" and (other := table.get(small[end - 1 : end + 1])) is not None:
            found.append(Token(end - 1, end + 1, other.code, other.value))  # 截至今年 is not 至今
            continue
        found.append(Token(start, end, code, value))
    return found


def _shorter(small: str, start: int, end: int) -> tuple[int, Word] | None:
    """The shorter word where a longer one runs on: "year" in "year ended" after "year end"."""
    cut = small.rfind(" ", start, end)
    word = vocabulary().words.get(small[start:cut]) if cut > 0 else None
    return (cut, word) if word is not None else None


def _letter(char: str) -> bool:
    return "a" <= char <= "z" or "à" <= char <= "ɏ"


def _letter_or_digit(char: str) -> bool:
    return "a" <= char <= "z" or "0" <= char <= "9" or "à" <= char <= "ɏ"


def _figures(small: str) -> list[Token]:
    found: list[Token] = []
    done = 0
    for match in _FIGURES.finditer(small):
        start, end = match.span()
        if start < done:
            continue
        token = _han(small, start, end) if small[start] > "9" else _figure(small, start, end)
        if token is not None:
            found.append(token)
            done = token.end
    return found


def _figure(small: str, start: int, end: int) -> Token | None:
    """Token of a run of digits; ``None`` if it is part of an amount, a clock time or a name."""
    before, after = small[start - 1 : start], small[end : end + 1]
    size = end - start
    if size == 8:
        return _compact(small, start, end) if not _letter(before) else None
    if size > 4 or (before and before in "$€£¥#_"):
        return None
    if before and _letter(before):
        return _fiscal(small, start, end)
    if after and after in "-/." and (token := _date(small, start)) is not None:
        return token
    if before == ":" or after == "%" or _in_amount(small, start, end):
        return None
    if after and after in "stnr":
        return _suffixed(small, start, end)
    number = int(small[start:end])
    if before == "第":
        return Token(start - 1, end, "R", number)
    code = "Y" if size == 4 and 1500 <= number <= 2150 else "N"
    return Token(start, end, code, number)


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
        or _letter(small[start - 3 : start - 2])
    ):
        return None
    return Token(start - 2, end, "Y", int(small[start:end]))


def _suffixed(small: str, start: int, end: int) -> Token | None:
    """1990s, 10th; "on the 10th" is a day where no noun follows."""
    word = small[start:end]
    if (
        small[end] == "s"
        and word[-1] == "0"
        and len(word) in (2, 4)
        and not _letter(small[end + 1 : end + 2])
    ):
        return Token(start, end + 1, "Z", int(word))
    tail = _ORDINAL.match(small, end)
    if tail is None:
        return Token(start, end, "N", int(word)) if not _letter(small[end + 1 : end + 2]) else None
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
    if not 1500 <= year <= 2150:
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
    if len(word) == 4 and "十" not in word and 1500 <= number <= 2150:
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


def _hopeful(codes: str) -> bool:
    """Whether a run can hold a time."""
    return not CORE.isdisjoint(codes) or "nn" in codes


_DASHES = frozenset("-–—~")
_BEFORE_DASH = frozenset("NYnRMkjJyumQFAI")
_AFTER_DASH = frozenset("NYnRMQFABEI")


def _join(small: str, tokens: list[Token]) -> list[Run]:
    words = vocabulary()
    gaps = words.gaps
    found: list[Run] = []
    group: list[Token] = []
    codes = ""
    last = -1
    for token in tokens:
        start = token.start
        if start < last:
            continue
        gap = (
            _gap(small[last:start], codes[-1], token.code, gaps)
            if codes and start - last <= MAX_GAP
            else None
        )
        if gap == "&":
            gap = "~" if small.endswith(words.between, 0, group[0].start) else None
        code_n = token.code == "n" and codes.endswith("n")
        if gap is None:
            if codes and _hopeful(codes):
                found.append(Run(codes, group))
            group, codes = [token], token.code
        else:
            if code_n and gap in "~" and (both := _compound(group[-1], token)) is not None:
                group[-1] = both
                last = token.end
                continue
            if gap:
                group.append(Token(last, start, gap, 0))
                codes += gap
            group.append(token)
            codes += token.code
        last = token.end
    if codes and _hopeful(codes):
        found.append(Run(codes, group))
    return found


def _compound(tens: Token, ones: Token) -> Token | None:
    """ "ninety-six" as one number."""
    if isinstance(tens.value, int) and isinstance(ones.value, int):
        if tens.value % 10 == 0 and tens.value > 10 and 0 < ones.value < 10:
            return Token(tens.start, ones.end, "n", tens.value + ones.value)
    return None


def _gap(between: str, left: str, right: str, gaps: dict[str, str]) -> str | None:
    """Code of what stands between two tokens; ``None`` parts them."""
    code = gaps.get(between)
    if (code is None and "\n" in between) or "  " in between:
        if "\n\n" in between:
            return None
        code = gaps.get(" ".join(between.split("\n")).replace("  ", " "))
    if between.strip() in _DASHES and between.strip():
        return "~" if left in _BEFORE_DASH and right in _AFTER_DASH else ""
    return code
