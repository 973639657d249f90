"""An amount: a number with its currency, scale letter, unit or counter, and the unit below a slash.

Nothing here decides whether the amount is a quantity; it only reads what stands directly around the
number.
"""

from __future__ import annotations

import re
from string import ascii_letters

import msgspec
from msgspec.structs import replace

from nameplate.find.number import GAP, MANTISSA, Number, NumberGrammar
from nameplate.find.phrases import last_word
from nameplate.find.quantity_item import is_plural, noun_phrase
from nameplate.find.quantity_words import BLANKS, MONEY, SIGN, Words
from nameplate.lexicon.units import Measure, units

_GAP = re.compile(GAP + "-?")
_TIMES = re.compile(r"[ \xa0]?[×xX*✕╳][ \xa0]?(?=[0-9０-９])")
_TIMES_FIRST = frozenset(" \xa0×xX*✕╳")
_WORDED = frozenset(ascii_letters + BLANKS)
_GAP_FIRST = frozenset(" \t\xa0\u2009\u202f\u3000\r\n-")
_SLASH = re.compile(r"[ \xa0]?[/／][ \xa0]?| per (?:each )?|-per-|每| an? |-an?-")
_NUMBER = re.compile(r" [0-9]")
_INCH = re.compile(r"in\.?(?=\)| \([0-9.]{1,5} ?[a-z])")
_FOOT_INCH = re.compile(r"in\b\.?")
_OPENS = re.compile(r'(?<![^\s(])"')
_FEET = ("ft ", "feet ", "foot ", "ft. ")
_INCH_JOINED = re.compile(r"in(?![A-Za-z0-9])")
_DEGREE = re.compile(r"[CF](?![A-Za-z0-9'-])")  # "20C"
_KELVIN = re.compile(r"K(?![A-Za-z0-9&'-]| [A-Z])")
_HEAT = re.compile(r"[Tt]emperature|[Kk]elvin|°|[Cc]ooled|[Cc]old|absolute zero")
_DEGREES = {"C": "Cel", "F": "[degF]"}
_TAKES = re.compile(r" (?:the|an?|their|his|its|by)\b")
_NOUN = re.compile(r"[a-z][a-z-]{2,}")


class Amount(msgspec.Struct):
    """What has been read so far; ``start`` and ``end`` grow with it."""

    number: Number
    start: int
    end: int
    measure: Measure | None = None
    currency: bool = False  # is the unit a currency written before the number?
    counter: bool = False  # does a counter (个, 台) follow?
    per: str | None = None
    over: str = ""  # unit code of a price or ratio ("CNY/t")
    doubt: str = ""
    trend: str = ""  # said by a sign: "+0.2%"
    lead: int = 0  # what the word before the number may tell (`Words.leads`)


class AmountReader:
    """Reads the amounts of one text."""

    def __init__(self, text: str, words: Words, grammar: NumberGrammar) -> None:
        self.text = text
        self.words = words
        self.grammar = grammar
        self.following: dict[int, Amount | None] = {}  # the next of a list, by where one ends
        self.floor = 0  # what lies before has been read already

    def read(self, number: Number, *, signed: bool = True) -> Amount:
        """The amount around ``number``; ``signed`` where a minus before it may be one."""
        start = number.start
        amount = Amount(number, start, number.end)
        before = self.text[start - 1] if start else ""
        if before in _WORDED:
            before = last_word(self.text, start)
        amount.lead = self.words.leads.get(before, 0)
        if amount.lead and start > self.floor:
            self._lead(amount, signed)
        after = self.text[amount.end : amount.end + 1]
        if after == " ":
            after = self.text[amount.end + 1 : amount.end + 2]
        if after in _TIMES_FIRST:
            self._product(amount)
        self._unit(amount)
        return amount

    def _lead(self, amount: Amount, signed: bool) -> None:
        """The sign and the currency before the number."""
        if signed and amount.lead & SIGN:
            self._sign(amount)
        signed = amount.start < amount.number.start  # another word is before the sign
        if (amount.lead & MONEY or signed) and not amount.number.words:
            self._currency_before(amount)

    def _sign(self, amount: Amount) -> None:
        """A minus sign, where it cannot be a dash between two words or numbers."""
        text, start = self.text, amount.start
        if not amount.number.words:
            before = text[max(self.floor, start - 12) : start].rstrip()
            found = before[-1:] in self.words.minus.last and self.words.minus.ending(before.lower())
            if found and found[0]:
                amount.number = replace(amount.number, value=-amount.number.value)
                return
        if start and text[start - 1] in "-−－" and not amount.number.words:
            before = text[start - 2] if start > 1 else " "
            if before in " (/\xa0（\n\t为是达":
                amount.number = replace(amount.number, value=-amount.number.value)
                amount.start = start - 1
        elif start and text[start - 1] == "+" and (start < 2 or text[start - 2] in " (\xa0"):
            amount.trend = "up"

    def _currency_before(self, amount: Amount) -> None:
        """ "US$" or "RMB" before the number, with "~" between them at most."""
        start = amount.start
        before = self.text[max(self.floor, start - 12) : start]
        stripped = before.rstrip(" \t\xa0\n")
        if not stripped or len(before) - len(stripped) > 2:
            return
        tidy = stripped.rstrip("~～\\").rstrip()
        found = self.words.prefixes.ending(tidy)
        number = amount.number
        grouped = number.scaled or number.letter or "," in self.text[number.start : number.end]
        if found is None and grouped:
            found = self.words.scaled_prefixes.ending(tidy)
        if found is None:
            return
        if tidy != stripped:
            amount.number = replace(amount.number, more="~")
        amount.measure, amount.currency = found[0], True
        amount.start = start - len(before) + len(tidy) - found[1]
        self._sign(amount)
        self._letter(amount)

    def _letter(self, amount: Amount) -> None:
        """Apply a scale of one letter ("$3m", "120K")."""
        number = amount.number
        if not number.letter:
            return
        scale = self.grammar.letters[number.letter]
        amount.end = number.end + len(number.letter)
        amount.number = replace(
            number, value=number.value * scale, end=amount.end, letter="", scaled=True
        )

    def lettered(self, number: Number) -> Number:
        """The number with its scale of one letter applied."""
        value = number.value * self.grammar.letters[number.letter]
        end = number.end + len(number.letter)
        return replace(number, value=value, end=end, letter="", scaled=True, unscaled=number.value)

    def _product(self, amount: Amount) -> None:
        """Read "2×660 MW" and "1.5 × 10^8" as one number; "2 × 3 m" are two lengths."""
        number, text = amount.number, self.text
        if number.words or number.scaled:
            return
        sign = _TIMES.match(text, amount.end)
        if sign is None:
            return
        found = MANTISSA.match(self.text, sign.end())
        size = self.grammar.digits(self.text, found.start(), found.end()) if found else None
        if found is None or size is None or _TIMES.match(self.text, size.end):
            return
        if found.end() == size.end or size.scaled:
            unit = self.measure_at(self._past_gap(size.end))
            whole = number.value == int(number.value) and number.value <= 100
            if not whole or unit is None or unit[0].dimension == "length":
                return
        amount.number = replace(size, start=number.start, value=number.value * size.value)
        amount.end = size.end

    def _unit(self, amount: Amount) -> None:
        """The unit, counter or currency behind the number."""
        if amount.number.percent:
            amount.measure = units().measures["%"]
            return
        at, after = amount.end, self.text[amount.end : amount.end + 1]
        if after in _GAP_FIRST:
            at = self._past_gap(at)
            after = self.text[at : at + 1]
        found = self.measure_at(at) if after in self.words.unit_first else None
        if found is None and after in self.words.odd_unit_first:
            found = self._bracketed(at) or self._only_here(amount, at)
        if found is None and amount.number.letter:
            self._bare_letter(amount)
            at = self._past_gap(amount.end)
            after = self.text[at : at + 1]
            found = None if amount.number.letter else self.measure_at(at)
        if found is not None:
            self._measured(amount, at, *found)
        elif not amount.currency and after in self.words.counters.first:
            counter = self.words.counters.starting(self.text, at)
            named = after in self.words.names.first
            if counter and not (named and self._longer_word(at, counter[1])):
                amount.counter, amount.end = True, counter[1]
        if amount.measure is not None or amount.counter:
            after = self.text[amount.end : amount.end + 1]
            if after in self.grammar.more_first:
                self._more_behind(amount)
                after = self.text[amount.end : amount.end + 1]
            if after in self.words.below_first:
                self.below(amount)

    def _only_here(self, amount: Amount, at: int) -> tuple[Measure, int] | None:
        """Words that are units in some places only: "5 in (127 mm)", "6.8 trillion won"."""
        text, number = self.text, amount.number
        inch = (_INCH if at > number.end else _INCH_JOINED).match(text, at)
        if inch is None and text[max(0, number.start - 5) : number.start].endswith(_FEET):
            inch = _FOOT_INCH.match(text, at)
        if inch is not None:
            return units().measures["[in_i]"], inch.end()
        warm = 10 <= number.value <= 130 or -130 <= number.value < 0
        if at == number.end + 1 and _KELVIN.match(text, at) and _HEAT.search(text):
            return units().measures["K"], at + 1
        if at == number.end and warm and (degree := _DEGREE.match(text, at)):
            return units().measures[_DEGREES[degree.group()]], degree.end()
        if not (number.scaled or "," in text[number.start : number.end]):
            return None
        found = self.words.scaled_suffixes.starting(text, at)
        return None if found is None or _TAKES.match(text, found[1]) else found

    def _longer_word(self, at: int, end: int) -> bool:
        """Does a word that is no unit reach beyond the counter (道口 is no 道)?"""
        name = self.words.names.starting(self.text, at)
        return name is not None and name[0] is None and name[1] > end

    def _bracketed(self, at: int) -> tuple[Measure, int] | None:
        """A unit in brackets: "20 (kg)"."""
        if self.text[at : at + 1] not in ("(", "（", "["):
            return None
        found = self.measure_at(at + 1)
        if found is None or self.text[found[1] : found[1] + 1] not in (")", "）", "]"):
            return None
        return found[0], found[1] + 1

    def _measured(self, amount: Amount, at: int, measure: Measure, end: int) -> None:
        """Take the unit, unless it is a capital in the next line or clashes with a currency."""
        text = self.text
        if "\n" in text[amount.end : at] and text[at].isupper():
            return
        if _lone_letter(text, amount.end, at, end) or _closes(text, at):
            return
        if (
            measure.dimension == "money"
            and not text[at].isalpha()
            and text[end : end + 1].isdigit()
        ):
            return  # the sign belongs to the next amount
        decade = measure.code == "s" and text[amount.number.end : end] == "s"
        if decade and amount.number.value % 10 == 0:  # the 1970s, in their 20s
            return
        if measure.code == "kW.h" and text[at:end] == "度" and not amount.number.scaled:
            measure = units().measures["deg"] if amount.number.value < 1000 else measure
        if text[at:end] == "m" and at == amount.number.end and self._million(amount, end):
            return
        if amount.currency:
            if measure.dimension != "money" or _NUMBER.match(text, end):
                return
            if amount.measure and measure.code != amount.measure.code and measure.choice is None:
                if amount.measure.choice is None:
                    amount.doubt = f"two currencies: {amount.measure.code} and {measure.code}"
                amount.measure = measure
        else:
            amount.measure = measure
        amount.end, amount.per = end, measure.per
        if measure.dimension == "money" and not amount.number.scaled:
            self._late_scale(amount)

    def _million(self, amount: Amount, end: int) -> bool:
        """ "5m tonnes", "3m vehicles": m is a million before another unit or a counted noun."""
        at = self._past_gap(end)
        found = self.measure_at(at) if at > end else None
        if found is None or found[0].dimension in ("length", "time"):
            if found is not None or noun_phrase(self.words, self.text, end) is None:
                return False
            phrase = noun_phrase(self.words, self.text, end)
            last = self.text[phrase[0] : phrase[1]].split()[-1] if phrase else ""
            if not is_plural(self.words, last):
                return False
            found = None
        amount.number = replace(
            amount.number, value=amount.number.value * 1_000_000, scaled=True, letter="", end=end
        )
        amount.end = end
        if found is not None:
            self._measured(amount, at, *found)
        return True

    def _late_scale(self, amount: Amount) -> None:
        """ "75 USD million"."""
        scaled = self.grammar.scale.match(self.text, amount.end)
        word = (scaled["latin"] or "").lower() if scaled else ""
        if scaled and word in self.grammar.scales:
            number = amount.number
            value = number.value * self.grammar.scales[word]
            amount.number = replace(number, value=value, scaled=True)
            amount.end = scaled.end()

    def _past_gap(self, at: int) -> int:
        """Behind the blanks, line break and hyphen that may part a number from its unit."""
        text = self.text
        if text[at : at + 1] not in _GAP_FIRST:
            return at
        if text[at] == " " and text[at + 1 : at + 2] not in _GAP_FIRST:
            return at + 1
        gap = _GAP.match(text, at)
        return gap.end() if gap else at

    def _bare_letter(self, amount: Amount) -> None:
        """Without a currency before only K, M and W count as scales, or any before a currency."""
        number = amount.number
        found = self.measure_at(self._past_gap(number.end + len(number.letter)))
        money = found is not None and found[0].dimension == "money"
        large = number.value >= 20 or number.letter not in ("k", "K")  # a 4K screen
        if money or (large and number.letter in ("k", "K", "M", "W", "w")):
            self._letter(amount)

    def measure_at(self, at: int) -> tuple[Measure, int] | None:
        """The longest unit spelt at ``at``, and where it ends."""
        first, words = self.text[at : at + 1], self.words
        exact = words.exact.starting(self.text, at) if first in words.exact.first else None
        name = words.names.starting(self.text, at) if first in words.names.first else None
        if name is not None and (exact is None or name[1] > exact[1]):
            return None if name[0] is None else (name[0], name[1])
        return exact

    def _more_behind(self, amount: Amount) -> None:
        """A "more" sign behind the unit: 6万吨多."""
        plus = self.grammar.plus.match(self.text, amount.end)
        if plus and (said := self.words.after.starting(self.text, plus.start())) and not said[0]:
            return  # 22栋|多层厂房
        if plus and plus.group() in ("+", "＋", "多", "余"):
            amount.number = replace(amount.number, more=self.grammar.more[plus.group()])
            amount.end = plus.end()

    def below(self, amount: Amount) -> None:
        """A rate or a price behind the unit: "t/d", "yuan per ton", "$ per share"."""
        text = self.text
        after = text[amount.end : amount.end + 1]
        if after not in self.words.below_first:
            return
        per = self.words.per.starting(text, amount.end)
        if per is None and after in " \xa0-\n":
            per = self.words.per.starting(text, amount.end + 1)
        if per is not None:
            if per[0]:
                amount.per = per[0]
                glued = text[amount.end] in "/／-" or text[amount.end + 1] in "/／"
                amount.end = per[1] if glued else amount.end
            return
        slash = _SLASH.match(text, amount.end) if amount.measure is not None else None
        if slash is not None:
            self._price(amount, slash.end(), slash.group())

    def _price(self, amount: Amount, at: int, sign: str) -> None:
        """The unit, counter or noun below the line of a price."""
        assert amount.measure is not None
        below = self.measure_at(at)
        if below is not None:
            amount.over, amount.end = f"{amount.measure.code}/{below[0].code}", below[1]
            return
        counter = self.words.counters.starting(self.text, at)
        if counter is not None:
            amount.over, amount.end = f"{amount.measure.code}/1", counter[1]
        elif found := _NOUN.match(self.text, at):
            if "per" not in sign and found.group() not in self.words.per_nouns:
                return
            amount.over, amount.end = f"{amount.measure.code}/{{{found.group()}}}", found.end()


def _closes(text: str, at: int) -> bool:
    """Is the sign at ``at`` the end of a quotation and not of inches (“CeBit 2005")?"""
    if text[at] != '"':
        return False
    opened = [m.end() for m in _OPENS.finditer(text, max(0, at - 200), at)]
    return bool(opened) and '"' not in text[opened[-1] : at]


def _lone_letter(text: str, number_end: int, at: int, end: int) -> bool:
    """ "16A Shijingshan Road", "3 A levels": one capital letter is a unit only by itself."""
    if text[at - 1 : end] == "-TW":
        return True  # 3711-TW is a share
    if end - at != 1 or not ("A" <= text[at] <= "Z"):
        return text[at:end] == "p" and at > number_end
    word = text[end : end + 1] == " " and text[end + 1 : end + 2].isalpha()
    if at > number_end and text[at] not in "WVAL" and word:
        return True
    return (
        text[at] in "AJNVKBL" and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
    )
