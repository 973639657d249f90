"""Choosing and counting things in memory: a set of things is a whole number, a bit for each.

A hundred thousand things are 12 KB, so that "plants that are being built in Chongqing" is one ``&``
and its count one ``bit_count``. An index is never changed: a later state is another one that shares
what stayed the same (`Index.later`), so that threads need no locks.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain, compress, islice
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from nameplate.answer.projects import PROJECT_KINDS
from nameplate.lexicon.stages import order as stage_order
from nameplate.web.board.summary import Facts
from nameplate.web.views.facets import FACETS, Option, period
from nameplate.web.views.whereabouts import Spot

T = TypeVar("T")

_KEPT = 256
_SINGLY = 20
_SINGLE = ("kind", "phase", "stage")
_SEVERAL = {"measure": "measures", "sector": "sectors", "product": "products"}
_LISTED = {"place": "places", "sponsor": "sponsors"}
"""Facets of which a thing has several values, by what `Facts` calls these; in `_LISTED` many things
have one of their own."""
_FLAG = bytes(n - 48 if n in (48, 49) else 0 for n in range(256))

SORTS: dict[str, Callable[[Facts], Any]] = {
    "name": lambda f: f.name,
    "stage": lambda f: stage_order(f.stage) if f.stage != "none" else "",
    "news": lambda f: f.news,
    "claims": lambda f: f.claims,
}
"""Values to sort by; an empty string comes last in either direction."""


def slots_of(chosen: int) -> list[int]:
    """The places of the bits that are set, in order."""
    flags = flags_of(chosen)
    return list(compress(range(len(flags)), flags))


def flags_of(chosen: int) -> bytes:
    """A byte for each bit, 0 or 1, the lowest first."""
    return format(chosen, "b").encode().translate(_FLAG)[::-1]


def bits_of(slots: Iterable[int], size: int) -> int:
    """The number with these bits set, all below ``size``."""
    flags = bytearray(b"0") * (size + 1)
    for slot in slots:
        flags[slot] = 49
    return int(flags[::-1], 2)


def ranked_of(tally: Mapping[str, int]) -> list[tuple[str, int]]:
    """Values with their numbers, the most frequent first, those as frequent by their names."""
    by_name = sorted(tally.items())
    by_name.sort(key=itemgetter(1), reverse=True)
    return by_name


class Index:
    """One state of all things, by slot."""

    def __init__(self, known: Mapping[int, Facts]) -> None:
        self.size = max(known, default=-1) + 1
        self.facts: list[Facts | None] = [None] * self.size
        self.point: list[int] = [-1] * self.size
        self.points: dict[Spot, int] = {}
        self.listings: dict[tuple[str, str], tuple[int, ...]] = {}
        self.asked: Counter[int] = Counter()
        self.findings = 0
        slots: dict[tuple[str, str], list[int]] = {}
        listings: dict[tuple[str, str], list[int]] = {}
        for slot, facts in known.items():
            self._set(slot, facts)
            for key in _keys(facts):
                slots.setdefault(key, []).append(slot)
            for key in _listed(facts):
                listings.setdefault(key, []).append(slot)
        self.bits = {key: bits_of(some, self.size) for key, some in slots.items()}
        self.listings = {key: tuple(some) for key, some in listings.items()}
        self._begin()

    def _begin(self) -> None:
        self._orders: dict[str, tuple[list[int], list[int]]] = {}
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._months: dict[int, int] | None = None
        self.all = self.bits.get(("", ""), 0)
        self.listed = self.all & self._of("kind", PROJECT_KINDS)
        self.flagged = self.bits.get(("flagged", ""), 0)

    def warm(self) -> None:
        """Work out what the first reader would wait for: orders and months, kept from state to state."""
        for name in SORTS:
            self._order(name)
        self._by_month()

    def _of(self, name: str, values: Iterable[str]) -> int:
        found = 0
        for value in values:
            found |= self.bits.get((name, value), 0)
        return found

    def _set(self, slot: int, facts: Facts | None) -> None:
        old = self.facts[slot]
        for sign, one in ((-1, old), (1, facts)):
            if one is not None:
                self.findings += sign * one.findings
                for why, number in one.asked:
                    self.asked[why] += sign * number
        self.facts[slot] = facts
        spot = facts.spot if facts else None
        self.point[slot] = -1 if spot is None else self.points.setdefault(spot, len(self.points))

    def later(self, changed: Mapping[int, Facts | None]) -> Index:
        """The index with some things changed, come or gone."""
        made: Index = object.__new__(Index)
        made.size = max(self.size, *(slot + 1 for slot in changed))
        room = made.size - self.size
        made.facts = [*self.facts, *[None] * room]
        made.point = [*self.point, *[-1] * room]
        made.points, made.listings = dict(self.points), dict(self.listings)
        made.bits, made.asked, made.findings = dict(self.bits), +self.asked, self.findings
        for slot, facts in changed.items():
            made._replace(slot, facts)
        made._begin()
        if self._months is not None:
            made._months = _turned(self._months, self.facts, changed)
        made._orders = {name: made._moved(name, *o, changed) for name, o in self._orders.items()}
        return made

    def _replace(self, slot: int, facts: Facts | None) -> None:
        old = self.facts[slot]
        before = set(_keys(old)) if old else set()
        after = set(_keys(facts)) if facts else set()
        for key in before ^ after:
            self.bits[key] = self.bits.get(key, 0) ^ (1 << slot)
        for key in _listed(old) if old else ():
            self.listings[key] = tuple(s for s in self.listings[key] if s != slot)
        for key in _listed(facts) if facts else ():
            self.listings[key] = (*self.listings.get(key, ()), slot)
        self._set(slot, facts)

    # Choosing

    def chosen(self, query: Mapping[str, str], words: int | None, *, but: str = "") -> int:
        """The things that the address asks for; the filter ``but`` is left out.

        ``words`` are the things that hold the words asked for, or nothing if none are.
        """
        found = self.within(query)
        for name in FACETS:
            if query.get(name) and name != but:
                found &= self.having(name, query[name])
        if query.get("flagged"):
            found &= self.flagged
        stretch = period(query.get("from", ""), query.get("to", ""))
        if stretch is not None:
            found &= self._in_months(stretch)
        return found if words is None else found & words

    def within(self, query: Mapping[str, str]) -> int:
        """What the table lists: projects and their like, or anything once a kind is asked for."""
        return self.all if query.get("kind") else self.listed

    def having(self, name: str, value: str) -> int:
        """The things that have this value of the facet."""
        if name not in _LISTED:
            return self.bits.get((name, value), 0)
        slots = self.listings.get((name, value), ())
        return self.kept((name, value), lambda: bits_of(slots, self.size))

    def _in_months(self, stretch: tuple[int, int]) -> int:
        return self.kept(("months", *stretch), partial(self._overlapping, *stretch))

    def _overlapping(self, low: int, high: int) -> int:
        by_month = self._by_month()
        found = 0
        for month, bits in by_month.items():
            if low <= month <= high:
                found |= bits
        return found

    def _by_month(self) -> dict[int, int]:
        """Things by each month that they have news or dates of; made when it is first asked for."""
        if self._months is None:
            slots: dict[int, list[int]] = {}
            for slot, facts in enumerate(self.facts):
                for low, high in facts.months if facts else ():
                    for month in range(low, high + 1):
                        slots.setdefault(month, []).append(slot)
            self._months = {month: bits_of(some, self.size) for month, some in slots.items()}
        return self._months

    def options(self, query: Mapping[str, str], words: int | None, name: str) -> list[Option]:
        """The values of a facet among what the other filters leave, the most frequent first."""
        left = self.chosen(query, words, but=name)
        ranked = self.kept(("ranked", name, left), lambda: ranked_of(self.tally(left, name)))
        value = query.get(name, "")
        if value and all(key != value for key, _ in ranked):
            ranked = [*ranked, (value, 0)]
        return [Option(key, number, key == value) for key, number in ranked]

    def tally(self, chosen: int, name: str) -> Mapping[str, int]:
        """How many of the things have each value of the facet."""
        return self.kept(("tally", name, chosen), lambda: self._tally(chosen, name))

    def _tally(self, chosen: int, name: str) -> dict[str, int]:
        if name not in _LISTED:
            counted = (
                (k[1], (b & chosen).bit_count()) for k, b in self.bits.items() if k[0] == name
            )
            return {value: number for value, number in counted if number}
        values = attrgetter(_LISTED[name])
        chosen_facts = filter(None, compress(self.facts, flags_of(chosen)))
        return Counter(chain.from_iterable(map(values, chosen_facts)))

    # Looking

    def at(self, slots: Iterable[int]) -> Iterator[Facts]:
        """The facts at these slots; those that are gone are left out."""
        return (facts for slot in slots if (facts := self.facts[slot]) is not None)

    def page(self, chosen: int, sort: str, start: int, size: int) -> list[int]:
        """Slots ``start`` to ``start + size`` of the things in the order ``name`` or ``-name``."""
        return list(islice(self.walk(chosen, sort), start, start + size))

    def walk(self, chosen: int, sort: str) -> Iterator[int]:
        """The slots of the things in the order ``name`` or ``-name``."""
        known, blank = self._order(sort.removeprefix("-"))
        flags = flags_of(chosen | 1 << self.size)
        ways = (known[::-1] if sort.startswith("-") else known, blank)
        return chain.from_iterable(compress(way, map(flags.__getitem__, way)) for way in ways)

    def _order(self, name: str) -> tuple[list[int], list[int]]:
        if name not in self._orders:
            key = self._key(name)
            alive = slots_of(self.all)
            known = [s for s in alive if SORTS[name](self._sure(s)) != ""]
            blank = [s for s in alive if SORTS[name](self._sure(s)) == ""]
            self._orders[name] = sorted(known, key=key), sorted(blank, key=key, reverse=True)
        return self._orders[name]

    def _moved(
        self, name: str, known: list[int], blank: list[int], changed: Mapping[int, Facts | None]
    ) -> tuple[list[int], list[int]]:
        """The order with the changed things at their new places."""
        known, blank = _without(known, changed), _without(blank, changed)
        unplaced = len(blank)
        for slot, facts in changed.items():
            if facts is not None and SORTS[name](facts) != "":
                insort(known, slot, key=self._key(name))
            elif facts is not None:
                blank.append(slot)
        came = len(blank) > unplaced
        return known, sorted(blank, key=self._key(name), reverse=True) if came else blank

    def _key(self, name: str) -> Callable[[int], tuple[Any, ...]]:
        value = SORTS[name]

        def key(slot: int) -> tuple[Any, ...]:
            facts = self._sure(slot)
            return value(facts), facts.news, facts.claims, facts.id

        return key

    def _sure(self, slot: int) -> Facts:
        facts = self.facts[slot]
        assert facts is not None
        return facts

    def kept(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What ``make`` gives, remembered for as long as this state is looked at."""
        try:
            found: T = self._kept[key]
            return found
        except KeyError:
            made = self._kept[key] = make()
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return made


def _keys(facts: Facts) -> Sequence[tuple[str, str]]:
    """The facets and values of a thing but those of which there are too many for a number each."""
    found = [("", ""), *((name, getattr(facts, name)) for name in _SINGLE)]
    found += [(name, value) for name, held in _SEVERAL.items() for value in getattr(facts, held)]
    return [*found, ("flagged", "")] if facts.findings else found


def _listed(facts: Facts) -> Iterator[tuple[str, str]]:
    """The others."""
    return ((name, value) for name, held in _LISTED.items() for value in getattr(facts, held))


def _without(slots: list[int], changed: Collection[int]) -> list[int]:
    """Another list without these; a few are taken out at the speed of C."""
    if len(changed) > _SINGLY:
        return [slot for slot in slots if slot not in changed]
    left = slots.copy()
    for slot in changed:
        with suppress(ValueError):
            left.remove(slot)
    return left


def _turned(
    by_month: dict[int, int], before: list[Facts | None], changed: Mapping[int, Facts | None]
) -> dict[int, int]:
    made = dict(by_month)
    for slot, facts in changed.items():
        old = before[slot] if slot < len(before) else None
        for month in _month_set(old) ^ _month_set(facts):
            made[month] = made.get(month, 0) ^ (1 << slot)
    return made


def _month_set(facts: Facts | None) -> set[int]:
    stretches = facts.months if facts else ()
    return {month for low, high in stretches for month in range(low, high + 1)}
