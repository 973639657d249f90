"""Quantities of a text: value, unit, what is counted, bound, rate and trend.

A trigger scan finds digits and numerals in words; at each, a small grammar reads the number, its
range or product, the currency before it, the unit or counter behind it, and the words around that
bound it. Numbers that are names, dates or labels are left out (``quantity_guard``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from nameplate.find import quantity_guard as guard
from nameplate.find.number import GAP, MANTISSA, Number, NumberGrammar, grammar
from nameplate.find.quantity_item import material, noun_phrase, unspaced_phrase
from nameplate.find.quantity_words import Words, words
from nameplate.lexicon.units import Measure, units
from nameplate.model import Quantity

_GAP = re.compile(GAP + "-?")
_TO = re.compile(
    r"[ \xa0]{0,2}(?:(?P<to>to|and)[ \xa0\n]|[-–—−－~～∼]|\\~|至|到|或)[ \xa0]{0,2}", re.IGNORECASE
)
_TIMES = re.compile(r"[ \xa0]?[×xX*✕╳][ \xa0]?(?=[0-9０-９])")
_OVER = re.compile(r"[ \xa0]?[/／][ \xa0]?| per (?:each )?|-per-| an? |每")
_MINUS = "-−－"
_MANY = 40


def find_quantities(
    text: str, taken: Sequence[tuple[int, int]] = (), country: str | None = None
) -> list[Quantity]:
    """All quantities of ``text``, sorted by place.

    ``taken`` are spans that have been read as something else, sorted; numbers in them are left.
    ``country`` (ISO 3166, two letters) says where the text was published and decides the reading of
    ambiguous spellings such as "$" or "ton".
    """
    return list(_Reader(text, taken, country).read())


class _Amount:
    """A number with its unit, while it is being read."""

    __slots__ = ("counter", "currency", "end", "measure", "number", "over", "per", "start")

    def __init__(self, number: Number) -> None:
        self.number = number
        self.start = number.start
        self.end = number.end
        self.measure: Measure | None = None
        self.currency = False
        self.counter = False
        self.per: str | None = None
        self.over = ""


class _Reader:
    """One text being read from left to right."""

    def __init__(self, text: str, taken: Sequence[tuple[int, int]], country: str | None) -> None:
        self.text = text
        self.country = country
        self.words: Words = words()
        self.grammar: NumberGrammar = grammar()
        self.taken = sorted(taken)
        self.starts = [s for s, _ in self.taken]

    def read(self) -> Iterator[Quantity]:
        """The quantities, in order."""
        past = 0
        for start, end, digits in self._triggers():
            if start < past or self._is_taken(start, end):
                continue
            number = self._number(start, end, digits)
            if number is None:
                continue
            found, stop = self._quantity(number)
            past = max(past, stop)
            yield from found

    def _triggers(self) -> Iterator[tuple[int, int, bool]]:
        text = self.text
        hits = [(m.start(), m.end(), True) for m in MANTISSA.finditer(text)]
        for _, start, end in self.grammar.scan.find_matches_as_indexes(text):
            if text[start].isascii():
                if start and (text[start - 1].isalnum() and text[start - 1].isascii()):
                    continue
                if end < len(text) and text[end].isascii() and text[end].isalnum():
                    continue
            hits.append((start, end, False))
        hits.sort()
        return iter(hits)

    def _is_taken(self, start: int, end: int) -> bool:
        if not self.starts:
            return False
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and self.taken[at][1] > start

    def _number(self, start: int, end: int, digits: bool) -> Number | None:
        if digits:
            return self.grammar.digits(self.text, start, end)
        return self.grammar.words(self.text, start)

    # --- one quantity

    def _quantity(self, number: Number) -> tuple[list[Quantity], int]:
        """What is read at ``number``, and where reading goes on."""
        text = self.text
        low = _Amount(number)
        self._currency_before(low)
        if not number.words and not low.currency and guard.glued(text, number.start):
            return [], number.end
        self._product(low)
        self._unit(low)
        second = self._range(low)
        if second is not None and second is not low:
            return self._finish(low, second)
        if not self._stands(low):
            return [], low.end
        return self._finish(low, None)

    def _currency_before(self, amount: _Amount) -> None:
        """Read "US$" or "RMB" before the number."""
        start = amount.start
        if not start or amount.number.words:
            return
        before = self.text[max(0, start - 12) : start]
        stripped = before.rstrip(" \t\xa0\n")
        if not stripped or len(before) - len(stripped) > 2:
            return
        tidy = stripped.rstrip("~～\\").rstrip()
        if tidy != stripped and tidy:
            stripped = tidy
            amount.number = amount.number._replace(more="~")
        found = self.words.prefixes.ending(stripped)
        if found is None:
            return
        label, size = found
        amount.measure, amount.currency = label, True
        amount.start = start - len(before) + len(stripped) - size
        self._letter(amount)

    def _product(self, amount: _Amount) -> None:
        """Read "2×660" as one number, the product."""
        sign = _TIMES.match(self.text, amount.end)
        number = amount.number
        if sign is None or number.words or number.scaled or number.value > 1000:
            return
        found = MANTISSA.match(self.text, sign.end())
        size = self.grammar.digits(self.text, found.start(), found.end()) if found else None
        if size is None:
            return
        amount.number = size._replace(start=number.start, value=number.value * size.value)
        amount.end = size.end

    def _letter(self, amount: _Amount) -> None:
        """Apply a scale of one letter ("$3m", "120K")."""
        number = amount.number
        if not number.letter:
            return
        scale = self.grammar.letters[number.letter]
        amount.number = number._replace(
            value=number.value * scale, end=number.end + len(number.letter), letter="", scaled=True
        )
        amount.end = amount.number.end

    def _unit(self, amount: _Amount) -> None:
        """Read the unit, counter or currency behind the number."""
        text, number = self.text, amount.number
        if number.percent:
            amount.measure = units().measures["%"]
            return
        gap = _GAP.match(text, amount.end)
        at = gap.end() if gap else amount.end
        found = self._measure_at(at)
        if found is None and number.letter:
            self._scaled_letter(amount)
            gap = _GAP.match(text, amount.end)
            at = gap.end() if gap else amount.end
            found = self._measure_at(at) if amount.number.letter == "" else None
        if found is not None and not (amount.currency and found[0].dimension != "money"):
            measure, end = found
            if at > amount.end and "\n" in text[amount.end : at] and text[at].isupper():
                return
            if not amount.currency:
                amount.measure = measure
            amount.end = end
            amount.per = measure.per
        elif found is None and not amount.currency:
            counter = self.words.counters.starting(text, at)
            if counter:
                amount.counter, amount.end = True, counter[1]
        if amount.measure is not None or amount.counter:
            self._more_behind(amount)
            self._over(amount)

    def _scaled_letter(self, amount: _Amount) -> None:
        """Without a currency only K and M count as scales, or any before a currency."""
        number = amount.number
        behind = number.end + len(number.letter)
        gap = _GAP.match(self.text, behind)
        found = self._measure_at(gap.end() if gap else behind)
        money = found is not None and found[0].dimension == "money"
        if money or number.letter in ("k", "K", "M", "mn", "bn", "W", "w"):
            self._letter(amount)

    def _measure_at(self, at: int) -> tuple[Measure, int] | None:
        """The longest unit at ``at``."""
        exact = self.words.exact.starting(self.text, at)
        name = self.words.names.starting(self.text, at)
        if name is not None and (exact is None or name[1] > exact[1]):
            return None if name[0] is None else (name[0], name[1])
        return exact

    def _more_behind(self, amount: _Amount) -> None:
        """A "more" sign behind the unit: 6万吨多."""
        plus = self.grammar.plus.match(self.text, amount.end)
        if plus and plus.group() in "+＋多余":
            amount.number = amount.number._replace(more=self.grammar.more[plus.group()])
            amount.end = plus.end()

    def _over(self, amount: _Amount) -> None:
        """A rate or a price behind the unit: "t/d", "yuan per ton"."""
        text = self.text
        per = self.words.per.starting(text, amount.end)
        if per is None and text[amount.end : amount.end + 1] in " \xa0-":
            per = self.words.per.starting(text, amount.end + 1)
        if per:
            amount.per, amount.end = per
            return
        over = _OVER.match(text, amount.end)
        if over is None or amount.measure is None:
            return
        below = self._measure_at(over.end())
        if below is not None:
            amount.over, amount.end = f"{amount.measure.code}/{below[0].code}", below[1]
            return
        counter = self.words.counters.starting(text, over.end())
        if counter:
            amount.over, amount.end = f"{amount.measure.code}/1", counter[1]

    # --- ranges and products

    def _range(self, low: _Amount) -> _Amount | None:
        """The upper end of a range that begins with ``low``."""
        text = self.text
        sep = _TO.match(text, low.end)
        if sep is None:
            return None
        if sep["to"] and sep["to"].lower() == "and" and not self._between(low.start):
            return None
        number = self._number_at(sep.end(), low)
        if number is None or number.high is not None:
            return None
        high = _Amount(number)
        self._currency_before(high)
        self._unit(high)
        return high if self._ranges(low, high) else None

    def _number_at(self, at: int, low: _Amount) -> Number | None:
        text = self.text
        found = MANTISSA.match(text, at)
        if found:
            return self.grammar.digits(text, at, found.end())
        if low.currency:
            skip = re.compile(r"[^\s0-9]{1,4} ?").match(text, at)
            found = MANTISSA.match(text, skip.end()) if skip else None
            return self.grammar.digits(text, found.start(), found.end()) if found else None
        if low.number.words and at < len(text):
            return self.grammar.words(text, at)
        return None

    def _between(self, start: int) -> bool:
        before = self.text[max(0, start - 24) : start].lower()
        return "between" in before

    def _ranges(self, low: _Amount, high: _Amount) -> bool:
        """Do the two amounts make a range? Shares scale and unit if so."""
        one, two = low.measure, high.measure
        if one is not None and two is not None and one.dimension != two.dimension:
            return False
        if low.counter and two is not None:
            return False
        if low.number.percent or high.number.percent:
            return False
        if two is None and not high.counter and one is None and not low.number.scaled:
            if not (high.number.scaled or "," in self.text[low.start : low.end]):
                return self._bare_range(low, high)
        value, top = low.number.value, high.number.value
        shared = high.number.unscaled
        if (
            not low.number.scaled
            and high.number.scaled
            and shared
            and not (low.currency and high.currency)
        ):
            if value < shared:
                value *= top / shared
        if value >= top:
            return False
        low.number = low.number._replace(value=value)
        return True

    def _bare_range(self, low: _Amount, high: _Amount) -> bool:
        """Two plain numbers make a range only before a counted noun."""
        return (
            low.number.value < high.number.value
            and not guard.year_like(self.text, high.number)
            and noun_phrase(self.words, self.text, high.end) is not None
        )

    # --- acceptance

    def _stands(self, amount: _Amount) -> bool:
        """Is the number a quantity at all?"""
        text, words, number = self.text, self.words, amount.number
        if number.words == "fraction" or amount.currency:
            return True
        if number.words:
            return self._word_stands(amount)
        if (
            number.value == number.value.to_integral_value()
            and text[number.start] == "0"
            and number.end - number.start > 1
        ):
            return False
        if guard.coded(text, number) and amount.measure is None:
            return False
        if text[number.end : number.end + 1] == "G" and amount.measure is None:
            return False
        if guard.labelled(words, text, number) or guard.listed(text, number):
            return False
        if (
            amount.measure is not None
            and amount.measure.code == "a"
            and text[amount.end - 1] == "年"
        ):
            return number.value < 100 and number.start + 2 >= number.end
        if guard.dated(words, text, number) or guard.addressed(words, text, number):
            return False
        return True

    def _word_stands(self, amount: _Amount) -> bool:
        number, text, words = amount.number, self.text, self.words
        said = text[number.start : number.end]
        if number.words in ("zh",):
            before = text[number.start - 1] if number.start else ""
            if before and before in "第同统之某每任唯逐这那另单万进其专":
                return False
            if any(said[:1] == w[:1] and text.startswith(w, number.start) for w in words.idioms):
                return False
            if said[0] in "零〇" or guard.labelled(words, text, number):
                return False
            if said == "一":
                return amount.counter and text[amount.end - 1] in words.one_counters
            return amount.measure is not None or amount.counter
        return not guard.title(text, number)

    # --- putting together

    def _finish(self, low: _Amount, high: _Amount | None) -> tuple[list[Quantity], int]:
        text, words = self.text, self.words
        last = high or low
        number = last.number
        measure = last.measure or low.measure
        end = last.end
        item = None
        counter = last.counter
        if counter:
            item = (
                unspaced_phrase(words, text, end) if text[end - 1] not in "人" else (end - 1, end)
            )
        elif measure is None:
            one = number.value == 1 and high is None
            item = noun_phrase(words, text, end, one=one)
            if one and number.words and not self._one(number, item):
                return [], number.end
            if item and guard.year_like(text, number) and not self._counted_year(item):
                return [], number.end
        elif measure.dimension in ("mass", "volume"):
            item = material(words, text, end)
            if item is None and not text[end - 1].isascii():
                item = unspaced_phrase(words, text, end)
        bare = measure is None and not counter and item is None
        if item is not None:
            end = max(end, item[1])
        bound = number.more or low.number.more
        after = words.after.starting(text, end) or (
            words.after.starting(text, end + 1) if text[end : end + 1] in (" ", "\xa0") else None
        )
        if item is not None and not text[end - 1].isascii():
            after = None
        if after is None and item is not None:
            after = words.after.starting(text, last.end)
        if after is not None:
            bound = after[0]
        per = last.per or low.per
        if per is None and item is not None:
            found = (
                words.per.starting(text, end + 1) if text[end : end + 1] in (" ", "\xa0") else None
            )
            per = found[0] if found else None
        said, trend, from_ = self._around(low.start)
        bound = bound or said or "="
        if bare and high is None and not self._bare(low, bound, trend):
            return [], low.end
        start = low.start
        if bare and bound == "~":
            start = from_
        if per is None:
            per = self._per_before(low.start)
        return [self._build(start, end, low, high, measure, item, bound, per, trend)], end

    def _counted_year(self, item: tuple[int, int]) -> bool:
        """Four digits like a year count something only before a word that years do not take."""
        return self.text[item[0] : item[1]].split()[-1].lower() in self.words.year_nouns

    def _one(self, number: Number, item: tuple[int, int] | None) -> bool:
        text, words = self.text, self.words
        if item is None:
            return False
        before = text[max(0, number.start - 16) : number.start].split()
        if before and before[-1].lower() in words.not_one_before:
            return False
        first = text[item[0] : item[1]].split()[0].lower()
        return first not in words.not_one_after

    def _bare(self, amount: _Amount, bound: str, trend: str | None) -> bool:
        """A number with nothing behind it stands only if something marks it as a quantity."""
        number, text = amount.number, self.text
        if number.high is not None:
            return False
        if number.words:
            return number.scaled
        if guard.named(self.words, text, number):
            return False
        if guard.year_like(text, number):
            return bound in (">", "~", ">=", "<")
        return (
            number.scaled
            or "," in text[number.start : number.end]
            or bound != "="
            or trend is not None
        )

    def _around(self, start: int) -> tuple[str, str | None, int]:
        """Bound and trend said before, and where the bound phrase begins."""
        text, words = self.text, self.words
        window = text[max(0, start - _MANY) : start].lower()
        low = window.rstrip(" \t\xa0\n")
        bound, begin = "", start
        for _ in range(3):
            found = words.before.ending(low)
            if found is None:
                break
            label, size = found
            low = low[:-size]
            if label != "=" and not bound:
                bound, begin = label, max(0, start - _MANY) + len(low)
            low = low.rstrip()
        trend = words.trend.ending(low)
        return bound, (trend[0] if trend else None), begin

    def _per_before(self, start: int) -> str | None:
        found = self.words.per_before.search(self.text, max(0, start - 64), start)
        if found is None:
            return None
        return self.words.per_labels[(found["spaced"] or found["other"]).lower()]

    def _build(
        self, start: int, end: int, low: _Amount, high: _Amount | None, measure: Measure | None,
        item: tuple[int, int] | None, bound: str, per: str | None, trend: str | None,
    ) -> Quantity:  # fmt: skip
        code, dimension, factor = "1", "count", None
        candidates: tuple[str, ...] = ()
        scale = Decimal(1)
        converted = False
        if measure is not None:
            measure, candidates = self._chosen(measure)
            code, dimension, factor, scale = (
                measure.code,
                measure.dimension,
                measure.factor,
                measure.scale,
            )
            converted = measure.converted
        first = low.number.value * scale
        top = high.number.value * scale if high else low.number.high
        if top is not None and high is None:
            top = top * scale
        if converted and factor is not None:
            first = _times(first, factor)
            top = None if top is None else _times(top, factor)
            code, factor = "m2", Fraction(1)
        over = (high or low).over
        if over:
            code, dimension, factor = (
                over,
                "price" if dimension == "money" else "ratio of units",
                None,
            )
        first = _plain(first)
        top = None if top is None else _plain(top)
        base = None if factor is None or top is not None else _times(first, factor)
        return Quantity(
            start=start, end=end,
            value=first if top is None else None,
            low=None if top is None else first, high=top,
            unit=code, dimension=dimension, base_value=base,
            item=self.text[item[0] : item[1]] if item else None,
            item_start=item[0] if item else None, item_end=item[1] if item else None,
            bound=bound, per=per, trend=trend, candidates=candidates,  # type: ignore[arg-type]
        )  # fmt: skip

    def _chosen(self, measure: Measure) -> tuple[Measure, tuple[str, ...]]:
        """The reading of an ambiguous spelling, and the readings left open."""
        choice = measure.choice
        if choice is None:
            return measure, ()
        if self.country and self.country in choice.country:
            return units().measures[choice.country[self.country]], ()
        return measure, tuple(choice.candidates)


def _times(value: Decimal, factor: Fraction) -> Decimal:
    return value * factor.numerator / factor.denominator


def _plain(value: Decimal) -> Decimal:
    """The value without trailing zeros and without an exponent."""
    whole = value.to_integral_value()
    return Decimal(int(whole)) if whole == value else value.normalize()
