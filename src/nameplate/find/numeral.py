"""Numerals in words, for any language whose words are in ``numbers.toml``.

Digits add up or stand side by side, multipliers (hundred, 十, 百) work inside a section, scales
(thousand, 万, 亿) close one. Loose pairs (两三) and vague digits (数百) make a range.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from nameplate.lexicon.numbers import Numbers
from nameplate.lexicon.units import units

_ZEROS = ("零", "〇")
_CASE = re.IGNORECASE | re.ASCII
"""Capitals stand for small letters, but ſ and ı for none: no table holds them."""
_KINDS = ("digits", "adders", "multipliers", "scales", "vague_digits")


class Read(NamedTuple):
    """A numeral: where it ends, its value (low and high if vague), whether a scale was used."""

    end: int
    value: Decimal
    high: Decimal | None
    scaled: bool


class Numerals:
    """Numerals in words of one language."""

    def __init__(self, code: str, table: Numbers) -> None:
        self.code = code
        self.sections = table.sections
        self.share = table.share
        self.values: dict[str, tuple[str, Decimal]] = {
            word: (kind, Decimal(value))
            for kind in _KINDS
            for word, value in getattr(table, kind).items()
        }
        self.first = frozenset(c for w in self.values for c in (w[0].lower(), w[0].upper()))
        self._single = {
            word: _Sum(self, [(word, 1)]).read(0) for word in self.values if " " not in word
        }
        self._point_first = frozenset((" ", *(p[0] for p in table.points)))
        self.pattern = self._pattern(table)
        self.token = re.compile(either(self.values), _CASE)
        self.digit = re.compile(either(table.digits), _CASE)
        self.fraction = re.compile(
            rf"(?ai:[ ]?(?:{either(table.points)})((?:[ ]?(?:{either(table.digits)})){{1,9}}))"
            rf"(?!{either(table.multipliers)})"
        )

    def _pattern(self, table: Numbers) -> re.Pattern[str]:
        """Number words in a row, but not where they begin the name of a unit (千瓦)."""
        token = f"(?:{either(self.values)})"
        begun = [n for n in units().names if n[0] in self.values and n not in self.values]
        if begun:
            token = f"(?!{either(begun)}){token}"
        joint = either(table.separators).replace(r"\ ", r"[ \xa0]{1,3}")
        edge = "" if table.sections else r"(?![A-Za-z])"
        return re.compile(rf"(?ai:{token}{edge}(?:(?:{joint}){token}{edge}){{0,24}})")

    def opens(self, text: str, start: int) -> bool:
        """Does a multiplier or scale stand first, with no number of its own?"""
        found = self.token.match(text, start)
        return found is not None and self.values[found.group().lower()][0] in (
            "multipliers",
            "scales",
        )

    def read(self, text: str, start: int) -> Read | None:
        """The numeral that begins at ``start``, with its decimals (五点五)."""
        found = self.pattern.match(text, start)
        if found is None:
            return None
        read = self._sum(start, found.group())
        if read is None or text[read.end : read.end + 1] not in self._point_first:
            return read
        part = self.fraction.match(text, read.end)
        if part is None or read.high is not None:
            return read
        digits = "".join(
            str(self.values[d.group().lower()][1]) for d in self.digit.finditer(part[1])
        )
        return Read(part.end(), read.value + Decimal(f"0.{digits}"), None, read.scaled)

    def _sum(self, start: int, said: str) -> Read | None:
        """The longest number that a row of number words makes."""
        if (alone := self._single.get(said)) is not None:
            return Read(start + len(said), *alone[1:])
        tokens = ((m.group().lower(), m.end()) for m in self.token.finditer(said))
        return _Sum(self, list(tokens) if self.sections else tokens).read(start)


class _Sum:
    """The sum of a row of tokens, section by section."""

    def __init__(self, numerals: Numerals, tokens: Iterable[tuple[str, int]]) -> None:
        self.numerals = numerals
        self.tokens = tokens
        self.row = tokens if isinstance(tokens, list) else []  # known as a whole in sections only
        self.total = self.section = self.current = Decimal(0)
        self.last = self.top = Decimal(0)  # last multiplier or scale, last scale
        self.filled = self.scaled = False
        self.spread: Fraction | None = None  # from the lower to the upper value of 两三, 数百

    def read(self, start: int) -> Read | None:
        """The value of the longest run of tokens that makes one number."""
        end = 0
        for index, (word, stop) in enumerate(self.tokens):
            kind, value = self.numerals.values[word]
            if kind in ("digits", "adders"):
                taken = self._digit(index, value)
            elif kind == "vague_digits":
                taken = self._vague(end)
            else:
                taken = self._multiply(value) if kind == "multipliers" else self._scale(value)
            if not taken:
                break
            end = stop
        return self._result(start + end) if end else None

    def _digit(self, index: int, value: Decimal) -> bool:
        if not self.filled:
            self.current += value
        elif not self._joins(value):
            return False
        elif self._loose(index, value):
            self.spread = Fraction(value) / Fraction(self.current)
        elif self.numerals.sections:
            self.current = self.current * 10 + value
        else:
            self.current += value
        self.filled = True
        return True

    def _joins(self, value: Decimal) -> bool:
        if self.numerals.sections:
            return self.current < 10**8
        return self.current >= 20 and self.current % 10 == 0 and 0 < value < 10

    def _loose(self, index: int, second: Decimal) -> bool:
        """Are two digits side by side "two or three" (两三) and not a figure (二〇, 三八)?"""
        rest = (self.numerals.values[word][0] for word, _ in self.row[2:])
        return (
            self.numerals.sections
            and index == 1
            and 0 < self.current < second <= self.current + 2
            and all(kind not in ("digits", "vague_digits") for kind in rest)
        )

    def _vague(self, end: int) -> bool:
        if end:  # the 几 of 十几 says "more" and is read as such
            return False
        self.spread, self.current, self.filled = Fraction(10), Decimal(1), True
        return True

    def _multiply(self, value: Decimal) -> bool:
        self.section += (self.current or Decimal(1)) * value
        self.current, self.last, self.filled = Decimal(0), value, False
        return True

    def _scale(self, value: Decimal) -> bool:
        self.section += self.current
        if self.top and value >= self.top:
            self.total = (self.total + self.section) * value
        else:
            self.total += (self.section if self.section or self.total else Decimal(1)) * value
        self.section = self.current = Decimal(0)
        self.last = self.top = value
        self.filled, self.scaled = False, True
        return True

    def _result(self, end: int) -> Read:
        short = self.numerals.sections and self.filled and self.last >= 100 and self.current < 10
        if short and self.row[-2][0] not in _ZEROS:
            self.current = self.current * self.last / 10  # 一万五 is 15,000
        low = self.total + self.section + self.current
        high = decimal(Fraction(low) * self.spread) if self.spread else None
        return Read(end, low, high, self.scaled or self.last >= 100)


def either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
