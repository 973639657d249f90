"""Numbers as reports write them: digits, scales, numerals in words, "more" signs.

One grammar serves all languages: a mantissa in digits or words, then scales, with a sign for
"and more" allowed between them (20多万, 100+, 15多万). The words come from the language data.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind
from msgspec.structs import replace

from nameplate.find.numeral import Numerals, decimal, either
from nameplate.lexicon.numbers import Numbers, numbers
from nameplate.lexicon.units import units

GAP = r"[ \t\xa0\u2009\u202f\u3000]{0,2}(?:\r?\n[ \t]{0,8})?"
MANTISSA = re.compile(
    r"[0-9]++(?![.．,eE０-９\xa0\u2009\u202f])"  # the most common, and the rest would try long
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|[０-９]{1,3}(?:[,，][０-９]{3})+(?![０-９])(?:[.．][０-９]+)?"
    r"|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?:[\xa0\u2009\u202f][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,2}(?![0-9A-Za-z])"
    r"|[0-9０-９]+(?:[.．][0-9０-９]+)?"
    r"|[½¼¾⅓⅔⅛]"
)
DIGITS = re.compile(r"[0-9０-９½¼¾⅓⅔⅛]+")
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_QUOTIENT = re.compile(r"(?P<top>[0-9]{1,2})/(?P<low>[0-9]{1,3})(?![0-9/])")
_GROUPS = str.maketrans("", "", "\xa0\u2009\u202f")
_COMMA = re.compile(r",([0-9]{1,2})(?![0-9,])")
_SIGNS = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3,
    "⅛": Decimal("0.125"),
}
_POWER = re.compile(r"(?:\^|\*\*|(?=−))(?P<plain>[-−]?[0-9]{1,2})|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})")
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
_PLAIN = re.compile(r"[0-9],[0-9]{3}(?![0-9])|[0-9]{1,4}")
_SMALLER = re.compile(r" ([0-9]{1,3}) (million|thousand)(?![A-Za-z])")
_ONES = re.compile(r"(?:[0-9],[0-9]{3}|[0-9]{4})(?![0-9,.%年月日号])")
"""What may close a number in ten thousands without a scale of its own: 16萬4,554個."""
_MIXED = frozenset((" ", "-", *_SIGNS))
_PARTS = frozenset("0123456789").union(_SIGNS)
_GOES_ON = _MIXED | frozenset(",/^*−⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
"""What may follow the digits of a mantissa and belong to it."""
_LIMIT = 24  # longer digit runs are codes, not quantities


class Number(msgspec.Struct, frozen=True):
    """A number in the text.

    ``high`` is set for a vague one ("hundreds"). ``more`` is the bound said by a sign inside it
    (多, 余, +). ``scaled`` says that a scale word was used, ``letter`` that the scale is a single
    letter, which only counts beside money or by itself; ``unscaled`` is the value before scales.
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None = None
    more: str = ""
    scaled: bool = False
    letter: str = ""
    unscaled: Decimal | None = None
    words: str = ""
    percent: bool = False


class NumberGrammar:
    """The compiled words of all languages."""

    def __init__(self, tables: dict[str, Numbers]) -> None:
        self.tables = tables
        self.scales = _merged(tables, "scales")
        self.small = {
            k: v
            for k, v in _merged(tables, "multipliers").items()
            if not k.isascii() or k == "hundred"
        }
        self.letters = _merged(tables, "letters")
        self.vague = {
            k: (Decimal(v[0]), Decimal(v[1])) for t in tables.values() for k, v in t.vague.items()
        }
        self.fractions = {k: f for t in tables.values() for k, f in t.fractions.items()}
        self.more = {w: b for t in tables.values() for b, ws in t.infix.items() for w in ws}
        self.openers = sorted(
            ((k, Decimal(v)) for t in tables.values() for k, v in t.openers.items()),
            key=lambda e: -len(e[0]),
        )
        self.scale = self._scale_pattern()
        self.letter = re.compile(rf"(?:{either(self.letters)})(?![A-Za-z0-9²³·])")
        self.plus = re.compile(either(self.more))
        halves = [h for t in tables.values() for h in t.halves]
        self.half = re.compile(rf"(?:{either(halves)})(?![A-Za-z])")
        self.letter_first, self.more_first, self.half_first = (
            frozenset(word[0] for word in words) for words in (self.letters, self.more, halves)
        )
        gap = frozenset("- \t\r\n\xa0\u2009\u202f\u3000")
        heads = {c for w in (*self.scales, *self.small) for c in (w[0].lower(), w[0].upper())}
        self.behind = gap | heads | self.letter_first | self.more_first | self.half_first
        self.behind_blank = gap | heads | {h[1] for h in halves if h[0] == " "}
        self.signs = {s: v for s, v in self.scales.items() if len(s) == 1 and not s.isascii()}
        names = [n for n in units().names if n[0] in self.signs]
        more = [s for s in self.scales if s[0] in self.signs and len(s) > 1]
        self.behind_sign = frozenset(w[1] for w in (*names, *more) if len(w) > 1)
        self.numerals = [Numerals(code, t) for code, t in tables.items()]
        self.phrases = re.compile(
            rf"(?:{either([*self.vague, *self.fractions])})(?![A-Za-z])",
            re.IGNORECASE | re.ASCII,
        )
        self.first = {w[0].lower() for w in (*self.vague, *self.fractions)}
        self.scan = self._scanner()

    def _scale_pattern(self) -> re.Pattern[str]:
        """Scale words, but not where they begin the name of a unit (千瓦, 百分点)."""
        every = self.scales | self.small
        latin = [s for s in every if s.isascii()]
        other = [s for s in every if not s.isascii()]
        names = [n for n in units().names if n[0] in other]
        more = either(self.more)
        return re.compile(
            rf"(?P<more>{more})?{GAP}-?(?:(?P<latin>(?ai:{either(latin)}))(?![A-Za-z])"
            rf"|(?!{either([*names, '百分'])})(?P<other>{either(other)}))"
        )

    def _scanner(self) -> AhoCorasick:
        words: set[str] = set(self.vague) | set(self.fractions)
        for numerals in self.numerals:
            words |= set(numerals.values)
        forms = {f for w in words for f in (w, w.capitalize(), w.upper())}
        return AhoCorasick(sorted(forms), matchkind=MatchKind.LeftmostLongest)

    def number_at(self, text: str, start: int, digits: bool) -> Number | None:
        """The number in digits or in words that begins at ``start``."""
        if not digits:
            return self.words(text, start)
        if start and text[start - 1] == ".":
            return self.digits_at(text, start)
        found = MANTISSA.match(text, start)
        return self.digits(text, start, found.end()) if found else None

    def digits_at(self, text: str, start: int) -> Number | None:
        """The number in digits that begins at ``start``, which may be the 5 of ".5"."""
        found = MANTISSA.match(text, start)
        if found is None:
            return None
        if start and text[start - 1] == "." and not text[max(0, start - 2) : start - 1].isalnum():
            number = self.digits(text, start, found.end())
            if number is None or number.scaled or not found.group().isdigit():
                return number
            part = Decimal("." + found.group())
            return self._scaled(text, start - 1, found.end(), part)
        return self.digits(text, start, found.end())

    def digits(self, text: str, start: int, end: int) -> Number | None:
        """The number whose mantissa in digits is ``text[start:end]``."""
        if end - start > _LIMIT:
            return None
        raw = text[start:end]
        if not raw.isascii():
            raw = raw.translate(_WIDE)
            if raw in _SIGNS:
                return self._scaled(text, start, end, _SIGNS[raw])
            if not raw.isascii():  # 17 084,50
                raw = raw.translate(_GROUPS).replace(",", ".")
        value = Decimal(raw.replace(",", ""))
        after = text[end : end + 1]
        if after in _GOES_ON and (after not in " -" or text[end + 1 : end + 2] in _PARTS):
            return self._longer(text, start, end, raw, value)
        if after not in self.behind:
            return Number(start, end, value, None, "", False, "", value)
        return self._scaled(text, start, end, value)

    def _longer(self, text: str, start: int, end: int, raw: str, value: Decimal) -> Number:
        """The number whose mantissa may go on behind its digits: "2,2 million", 10^8, "2 1/2"."""
        if (part := _COMMA.match(text, end)) and raw.isdigit() and self._millions(text, part.end()):
            value, end = Decimal(f"{raw}.{part[1]}"), part.end()  # 2,2 million
        if raw == "10" and (power := _POWER.match(text, end)):
            value = Decimal(10) ** int((power["plain"] or power["raised"]).translate(_RAISED))
            return self._scaled(text, start, power.end(), value)
        after = text[end : end + 1]
        if after == "/" and (quotient := _fraction(text, start)):
            return self._scaled(text, start, quotient[1], quotient[0])
        if after in _MIXED and (rest := _mixed(text, end)):
            value, end = value + rest[0], rest[1]
        return self._scaled(text, start, end, value)

    def _millions(self, text: str, at: int) -> bool:
        """Does a word for a million or more follow?"""
        found = self.scale.match(text, at)
        if found is None or found["latin"] is None:
            return False
        return self.scales.get(found["latin"].lower(), Decimal(0)) >= 1_000_000

    def words(self, text: str, start: int) -> Number | None:
        """The number in words that begins at ``start``."""
        if text[start].lower() in self.first:
            phrase = self.phrases.match(text, start)
            if phrase and not _part_of_time(text, start, phrase):
                return self._phrase(text, start, phrase.end(), phrase.group().lower())
        for numerals in self.numerals:
            found = numerals.read(text, start) if text[start] in numerals.first else None
            if found is None:
                continue
            end, low, high, scale = found
            if numerals.share and text.startswith(numerals.share, end):
                return self._share(numerals, text, start, (end, low))
            if high is not None:
                return self._after_words(text, Number(start, end, low, high, words=numerals.code))
            if numerals.opens(text, start):
                begun, factor = self._opened(text, start)
                if begun == start and not numerals.sections:
                    return None  # a bare "million"
                start, low = begun, low * factor
            number = Number(start, end, low, words=numerals.code, scaled=scale, unscaled=low)
            return self._after_words(text, number)
        return None

    def _phrase(self, text: str, start: int, end: int, said: str) -> Number:
        if said in self.vague:
            low, high = self.vague[said]
            more = self.scale.match(text, end)  # several hundred | thousand
            if more is not None and more["latin"] and not more["more"]:
                size = self.scales.get(more["latin"].lower(), Decimal(1))
                low, high, end = low * size, high * size, more.end()
            return Number(start, end, low, high, words="vague", scaled=True)
        share = decimal(Fraction(self.fractions[said]))
        if said.startswith("half "):
            end = start + 4 if said[5] != "a" else end
        return Number(start, end, share, words="fraction", percent=True)

    def _share(
        self, numerals: Numerals, text: str, start: int, whole: tuple[int, Decimal]
    ) -> Number | None:
        """三分之一, 百分之12.5: a share in percent."""
        at = whole[0] + len(numerals.share or "")
        digits = MANTISSA.match(text, at)
        part = self.digits(text, at, digits.end()) if digits else numerals.read(text, at)
        if part is None or not whole[1]:
            return None
        value = decimal(Fraction(part.value) * 100 / Fraction(whole[1]))
        return Number(start, part.end, value, words="fraction", percent=True)

    def _opened(self, text: str, start: int) -> tuple[int, Decimal]:
        """ "half a" before "million": where the number then begins, and the factor."""
        before = text[max(0, start - 24) : start].rstrip(" \t\n\xa0-").lower()
        gap = start - max(0, start - 24) - len(before)
        for opener, factor in self.openers:
            if before.endswith(opener) and not before[: -len(opener)][-1:].isalnum():
                return start - gap - len(opener), factor
        return start, Decimal(1)

    def _after_words(self, text: str, number: Number) -> Number:
        after = text[number.end : number.end + 1]
        more = self.plus.match(text, number.end) if after in self.more_first else None
        rest = self._scaled(text, number.start, number.end, number.value)
        high = number.high
        if high is not None and rest.value:
            high = high * (rest.value / number.value)
        return replace(
            rest,
            high=high,
            words=number.words,
            scaled=number.scaled or rest.scaled,
            more=rest.more or (self.more[more.group()] if more else ""),
        )

    def _scaled(self, text: str, start: int, end: int, value: Decimal) -> Number:
        """The number with the scales and "more" signs that follow its mantissa."""
        if not self._goes_on(text, end):
            return Number(start, end, value, None, "", False, "", value)
        half = self.half.match(text, end) if text[end : end + 1] in self.half_first else None
        if half is not None:
            value, end = value + Decimal("0.5"), half.end()
        unscaled, more, scaled = value, "", False
        for _ in range(3):
            size = self.signs.get(text[end : end + 1])
            if size is not None and text[end + 1 : end + 2] not in self.behind_sign:
                value, end, scaled = value * size, end + 1, True
                if text[end : end + 1].isdigit() and (rest := self._rest(text, end, size)):
                    value, end = value + rest[0], rest[1]
                continue
            found = self.scale.match(text, end) if self._goes_on(text, end) else None
            if found is None:
                break
            word = (found["latin"] or found["other"]).lower()
            size = self.scales.get(word) or self.small[word]
            value *= size
            more = more or self.more.get(found["more"] or "", "")
            end, scaled = found.end(), True
            if (
                found["other"]
                and text[end : end + 1].isdigit()
                and (rest := self._rest(text, end, size))
            ):
                value, end = value + rest[0], rest[1]
            elif found["latin"] and (more_of := _SMALLER.match(text, end)):
                lower = self.scales.get(more_of[2].lower(), Decimal(0))
                if 0 < lower < size:  # 21 billion 700 million, as machines translate 217亿
                    value, end = value + Decimal(more_of[1]) * lower, more_of.end()
        after, letter = text[end : end + 1], ""
        if not scaled and after in self.letter_first and (mark := self.letter.match(text, end)):
            letter = mark.group()
        plus = self.plus.match(text, end) if after in self.more_first else None
        if plus and not text[plus.end() : plus.end() + 1].isdigit():
            more, end = self.more[plus.group()], plus.end()
        return Number(start, end, value, None, more, scaled, letter, unscaled)

    def _goes_on(self, text: str, end: int) -> bool:
        """Can a scale, a half or a "more" sign begin here? A look that spares most the patterns."""
        after = text[end : end + 1]
        if after == " ":
            return text[end + 1 : end + 2] in self.behind_blank
        return after in self.behind

    def _rest(self, text: str, at: int, size: Decimal) -> tuple[Decimal, int] | None:
        """The lower part of 25万6千: digits with a smaller scale, and where they end."""
        found = _PLAIN.match(text, at)
        scale = self.scale.match(text, found.end()) if found else None
        if found is None or scale is None or scale["other"] is None or scale["more"]:
            ones = _ONES.match(text, at) if size == 10_000 else None
            return (Decimal(ones.group().replace(",", "")), ones.end()) if ones else None
        lower = self.scales.get(scale["other"]) or self.small[scale["other"]]
        if lower >= size:
            return None
        part = Decimal(found.group().replace(",", "")) * lower
        deeper = self._rest(text, scale.end(), lower)
        return (part + deeper[0], deeper[1]) if deeper else (part, scale.end())


def _fraction(text: str, start: int) -> tuple[Decimal, int] | None:
    """ "1/4" at ``start``: its value and end."""
    found = _QUOTIENT.match(text, start)
    if found is None or (start and text[start - 1] in "/0123456789"):
        return None
    top, low = int(found["top"]), int(found["low"])
    return (Decimal(top) / low, found.end()) if 0 < top < low <= 128 else None


def _mixed(text: str, end: int) -> tuple[Decimal, int] | None:
    """The fraction behind a whole number that ends at ``end`` ("10 1/2", "2½")."""
    at = end + 1 if text[end] in " -" else end
    if text[at : at + 1] in _SIGNS:
        return _SIGNS[text[at]], at + 1
    return _fraction(text, at) if at > end else None


def _part_of_time(text: str, start: int, phrase: re.Match[str]) -> bool:
    """Is the fraction a half or quarter of a year ("the first half of", "a quarter")?"""
    said = phrase.group().lower()
    if said.startswith("half"):
        before = text[max(0, start - 10) : start].rstrip().lower()
        return before.endswith(("first", "second", "latter", "other", "1st", "2nd", "last"))
    if text[max(0, start - 4) : start].lower() == " by ":
        return False  # shrunk by a third
    if said.startswith("a few") or said == "a half":
        return False
    if said.startswith("a ") or said == "one quarter":
        return text[phrase.end() : phrase.end() + 3].strip() != "of"
    return False


def _merged(tables: dict[str, Numbers], field: str) -> dict[str, Decimal]:
    return {k: Decimal(v) for t in tables.values() for k, v in getattr(t, field).items()}


@cache
def grammar() -> NumberGrammar:
    """The grammar over all installed languages, compiled once."""
    return NumberGrammar(numbers())
