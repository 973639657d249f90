"""Quantities of a text: value, unit, what is counted, bound, rate and trend.

A trigger scan finds digits and numerals in words; at each, a small grammar reads the number with its
currency, unit or counter (``quantity_amount``), the range it begins (``quantity_range``), what is
counted (``quantity_item``) and the words around (``quantity_around``). What is a name, a date or a
label is left out (``quantity_guard``, ``quantity_accept``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from nameplate.find import quantity_guard as guard
from nameplate.find.number import DIGITS, Number, grammar
from nameplate.find.quantity_accept import bare_stands, counts_one, counts_year, stands
from nameplate.find.quantity_again import restated, takes_unit
from nameplate.find.quantity_amount import Amount, AmountReader
from nameplate.find.quantity_around import Before, Rates, bound_after, per_after, said_before
from nameplate.find.quantity_item import (
    Span,
    hyphened,
    is_plural,
    material,
    noun_phrase,
    past_of,
    unspaced_phrase,
)
from nameplate.find.quantity_range import TO_FIRST, next_in_list, upper_end
from nameplate.find.quantity_reading import Found, Setting, quantity_of
from nameplate.find.quantity_share import chance, member_of, multiplies, of_unit
from nameplate.find.quantity_words import SAID, words
from nameplate.lexicon.units import units
from nameplate.model import Quantity

_BLANKS = frozenset(" \xa0\n")
_MATERIAL = frozenset({"mass", "volume", "area", "energy", "power"})


def find_quantities(
    text: str, taken: Sequence[tuple[int, int]] = (), country: str | None = None
) -> list[Quantity]:
    """All quantities of ``text``, sorted by place.

    ``taken`` are spans that have been read as something else; numbers that begin in them are left.
    ``country`` (ISO 3166, two letters) says where the text was published and decides the reading of
    ambiguous spellings such as "$" or "ton".
    """
    return list(_Finder(text, taken, country).find())


def find_values(text: str, country: str | None = None) -> list[Quantity]:
    """The same quantities without what only the words around them say: bound, rate and trend."""
    return list(_Finder(text, (), country, alone=True).find())


class _Finder:
    """One text, read once from left to right; ``alone`` without what is said around its figures."""

    def __init__(
        self,
        text: str,
        taken: Sequence[tuple[int, int]],
        country: str | None,
        *,
        alone: bool = False,
    ) -> None:
        self.text = text
        self.alone = alone
        self.setting = Setting(text, country)
        self.words = words()
        self.grammar = grammar()
        self.amounts = AmountReader(text, self.words, self.grammar)
        self.rates = Rates(self.words, text)
        self.taken = sorted(taken)

    def find(self) -> Iterator[Quantity]:
        """The quantities, in order."""
        past = 0
        last: Quantity | None = None
        taken, at = self.taken, 0
        for start, digits in self._triggers():
            if start < past:
                continue
            while at < len(taken) and taken[at][1] <= start:
                at += 1
            if at < len(taken) and taken[at][0] <= start:
                continue
            number = self.grammar.number_at(self.text, start, digits)
            if number is None:
                continue
            self.amounts.floor = past
            found, past = self._read(number, last)
            if found is not None:
                last = found
                yield found

    def _triggers(self) -> list[tuple[int, bool]]:
        """Where digits or numerals begin, and whether it is digits."""
        text = self.text
        hits = [(m.start(), True) for m in DIGITS.finditer(text)]
        for _, start, end in self.grammar.scan.find_matches_as_indexes(text):
            if "A" <= text[start] <= "z":
                if start and "A" <= text[start - 1] <= "z":
                    continue
                if "A" <= text[end : end + 1] <= "z":
                    continue
            hits.append((start, False))
        hits.sort()
        return hits

    def _read(self, number: Number, last: Quantity | None) -> tuple[Quantity | None, int]:
        """The quantity at ``number`` if there is one, and where reading goes on."""
        if number.words == "fraction":
            number = of_unit(self.amounts, number) or number
            if number.percent and multiplies(self.amounts, number):
                return None, number.start + 4  # half a dozen, a quarter of a million
        low = self.amounts.read(number)
        if not (number.words or low.currency) and guard.glued(self.text, number.start):
            return None, number.end
        if low.measure is None and guard.short_year(self.text, number):
            return None, number.end
        if low.measure is None and not low.counter and guard.chained(self.text, number.start):
            return None, number.end
        joint = self.text[low.end : low.end + 1] in TO_FIRST
        high = upper_end(self.amounts, low) if joint else None
        if high is None and not stands(self.words, self.text, low):
            return None, low.end
        if high is None and low.measure is None and not low.counter and not number.percent:
            member = chance(self.amounts, low) or member_of(self.amounts, low)
            if member is not None:
                return quantity_of(self.setting, member), member.end
        return self._finish(low, high, last)

    def _finish(
        self, low: Amount, high: Amount | None, last: Quantity | None
    ) -> tuple[Quantity | None, int]:
        text, top = self.text, high or low
        if top.number.high is not None and not top.counter and top.measure is None:
            self._of_vague(top)
        if top.measure is None and not top.counter:
            self._money_cue(low, top)
            self._age(low, top)
            if top.measure is None:
                self._shared_unit(top)
        if last is not None and high is None and not top.counter and not top.number.words:
            takes_unit(self.words, text, top, last)
        item = self._item(low, high)
        counted = top.measure is None and low.measure is None and not top.counter
        if counted and high is None and not self._counts(low.number, item):
            return None, top.number.end
        end = max(top.end, item[1]) if item else top.end
        bare = item is None and top.measure is None and low.measure is None and not top.counter
        if self.alone and not bare:
            found = Found(low, high, low.start, end, item, "=", doubt=top.doubt)
            return quantity_of(self.setting, found), end
        before = self._said_before(low)
        bound = self._bound(top, item) or low.number.more or before.bound or "="
        if (
            bare
            and high is None
            and not bare_stands(self.words, text, low, bound, before.trend)
            and not self._listed(low)
        ):
            return None, low.end
        start = low.start
        if bare and bound == "~":
            start = max(before.start, self.amounts.floor)
        per = top.per or low.per
        if per is None and text[end : end + 1] in _BLANKS:
            per = per_after(self.words, text, end)
        found = Found(
            low, high, start, end, item, bound, per, before.trend or low.trend or None, top.doubt
        )
        if per is None and self.rates.starts:
            found.per = self.rates.before(low.start)
        if last is not None:
            restated(self.text, found, last)
        return quantity_of(self.setting, found), end

    def _said_before(self, low: Amount) -> Before:
        """Bound and trend before the amount, if the word there can say one."""
        if low.start == low.number.start and not low.lead & SAID:
            return Before("", "", low.start)
        return said_before(self.words, self.text, low.start)

    def _of_vague(self, amount: Amount) -> None:
        """ "tens of millions of dollars": the unit behind "of"."""
        at = past_of(self.words, self.text, amount.end)
        found = self.amounts.measure_at(at) if at is not None else None
        if found is not None:
            amount.measure, amount.end = found

    def _age(self, low: Amount, top: Amount) -> None:
        """ "aged 45", "Jane Doe, 45,": years of age."""
        if top.measure is not None or top.number.value >= 130:
            return
        before = self.text[max(0, low.start - 18) : low.start].lower().rstrip()
        before = before.removesuffix(" between")
        if self.words.age_before.ending(before) or guard.aged(self.words, self.text, low.number):
            top.measure = units().measures["a{age}"]

    def _shared_unit(self, amount: Amount) -> None:
        """ "40, 50 or 60 years": the unit stands behind the last of the list."""
        if guard.year_like(self.text, amount.number):
            return
        last = amount
        for step in range(3):
            following = next_in_list(self.amounts, last)
            if following is None:
                return
            sep = self.text[last.end : following.start]
            if following.measure is not None:
                if _joins(sep, step):
                    self._share(amount, following)
                return
            last = following

    def _listed(self, amount: Amount) -> bool:
        """ "10, 12 or 15 games": the noun stands behind the last of the list."""
        last = amount
        for step in range(3):
            if guard.century(self.text, last.number) or guard.named(
                self.words, self.text, amount.number
            ):
                return False
            following = next_in_list(self.amounts, last)
            if following is None or following.measure or following.number.percent:
                return False
            sep, last = self.text[last.end : following.start], following
            if sep.strip(", ") in ("and", "or") and _joins(sep, step):
                noun = noun_phrase(self.words, self.text, last.end)
                said = self.text[noun[0] : noun[1]] if noun else ""
                return bool(said) and said[0].islower() and is_plural(self.words, said.split()[-1])
        return False

    def _share(self, amount: Amount, following: Amount) -> None:
        assert following.measure is not None
        if amount.number.scaled and following.measure.code == "%":
            return  # 1.6 million or 10 percent
        amount.measure = following.measure
        if following.number.scaled and not amount.number.scaled:
            self._lend_scale(amount, following)

    def _lend_scale(self, amount: Amount, following: Amount) -> None:
        mantissa = following.number.unscaled
        if mantissa and amount.number.value < 1000:
            value = amount.number.value * following.number.value / mantissa
            amount.number = replace(amount.number, value=value)

    def _money_cue(self, low: Amount, top: Amount) -> None:
        """投资5亿: a scaled number directly behind a word for money is money."""
        if not top.number.scaled or top.number.words == "vague":
            return
        before = (
            self.text[max(0, low.start - 12) : low.start].lower().rstrip("约为达到近超过逾突破 ")
        )
        cue = self.words.money_before.ending(before)
        if cue is None:
            cue = self.words.money_before.ending(before.rstrip("额"))
        if cue is not None:
            top.measure = self.words.names.starting(cue[0], 0)[0]  # type: ignore[index]

    def _item(self, low: Amount, high: Amount | None) -> Span | None:
        """What is counted or measured."""
        text, top = self.text, high or low
        measure = top.measure or low.measure
        if top.counter:
            if text[top.end - 1] == "人":
                return top.end - 1, top.end
            return unspaced_phrase(self.words, text, top.end)
        if measure is None:
            at = top.end
            if text[at : at + 1] == "-" and (more := self.words.after.starting(text, at)):
                at = more[1]  # 1,000-plus workers
            if top.number.high is not None:
                at = past_of(self.words, text, at) or at
            elif text[at : at + 1] == " " and text[at + 1 : at + 3] in ("or", "an"):
                more = self.words.after.starting(text, at + 1)  # three or more teams
                at = more[1] if more and more[0] else at
            compound = hyphened(self.words, text, at)
            if compound is not None:
                return compound
            one = top.number.value == 1 and high is None
            return self._headed(top, noun_phrase(self.words, text, at, one=one))
        if measure.dimension not in _MATERIAL or top.over:
            return None
        behind = material(self.words, text, top.end)
        if (
            behind is None
            and measure.dimension in ("mass", "volume")
            and not text[top.end - 1].isascii()
        ):
            behind = unspaced_phrase(self.words, text, top.end)
        return behind

    def _headed(self, amount: Amount, item: Span | None) -> Span | None:
        """A phrase headed by a unit ("three consecutive years") is a measure, not a count."""
        if item is None:
            return None
        phrase = self.text[item[0] : item[1]]
        if self._is_name(amount.number, phrase):
            return None
        head = item[0] + phrase.rfind(" ") + 1
        if head == item[0]:
            return item
        unit = self.words.names.starting(self.text, head)
        if unit and unit[0] and unit[1] == item[1] and unit[0].dimension in ("time", "length"):
            amount.measure, amount.end = unit[0], item[1]
            return None
        return item

    def _is_name(self, number: Number, phrase: str) -> bool:
        """ "737 Max", "221 Baker Street": three bare digits before a capitalised singular."""
        digits = self.text[number.start : number.end].rstrip("+")
        if number.words or number.scaled:
            return False
        if (
            digits.isdigit()
            and not is_plural(self.words, phrase.rsplit(maxsplit=1)[-1])
            and guard.inside_name(self.words, self.text, number)
        ):
            return True  # the Radio 4 programme
        if "." in digits and guard.named(self.words, self.text, number):
            return True  # Corpus 2.0 contains
        return (
            digits.isdigit()
            and phrase[0].isupper()
            and not is_plural(self.words, phrase.rsplit(maxsplit=1)[-1])
            and (len(digits) >= 3 or guard.named(self.words, self.text, number))
        )

    def _counts(self, number: Number, item: Span | None) -> bool:
        """Does the counted noun make sense of "one", or of four digits like a year?"""
        if number.words and number.value == 1 and number.high is None and not number.scaled:
            return counts_one(self.words, self.text, number, item)
        if item is not None and guard.year_like(self.text, number):
            return counts_year(self.words, self.text, item)
        return True

    def _bound(self, top: Amount, item: Span | None) -> str:
        after = bound_after(self.words, self.text, top.end)
        if not after and item is not None and self.text[item[1] - 1].isascii():
            after = bound_after(self.words, self.text, item[1])
        return after or top.number.more


def _joins(sep: str, step: int) -> bool:
    """Does ``sep`` join the last two of a list? A bare comma does not, nor ", or" after one item."""
    return sep.strip() != "," and not (step == 0 and sep.startswith(", "))
