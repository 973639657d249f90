"""Which figures are about the same thing at the same time, so that they can be compared."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from typing import TypeVar

from nameplate.answer.amounts import reach
from nameplate.answer.moments import held, said
from nameplate.find.spelling import spell
from nameplate.lexicon.measures import measures
from nameplate.model import Claim, EntityKind, Entry

Key = TypeVar("Key", bound=Hashable)

MOST = 200
"""Different values of one figure that are compared; a hostile text may give more."""

_ONE_THING: frozenset[EntityKind | None] = frozenset({"project", "plant", "line", None})

_MOST = 40
"""Digits before or after the point; a number of more is no amount of anything."""

_SLIPS = {1: 2, 2: 2, 3: 1, 4: 1, 8: 1}
"""Powers of ten that translators lose between 万, 亿, thousand, million and billion, each with the
least number of significant digits that the two values must share."""


def side(claim: Claim) -> str:
    """``actual``, ``planned`` or ``required``; a claim without modality says what is."""
    return claim.modality or "actual"


def one_thing(claim: Claim) -> bool:
    """Whether the subject is one thing with one investment, one area and one capacity."""
    return claim.subject_kind in _ONE_THING


def grouped(entries: Iterable[Entry], key: Callable[[Entry], Key | None]) -> dict[Key, list[Entry]]:
    """The entries by key, in their order; those without a key are left out."""
    groups: dict[Key, list[Entry]] = {}
    for entry in entries:
        place = key(entry)
        if place is not None:
            groups.setdefault(place, []).append(entry)
    return groups


def same_figure(entry: Entry) -> tuple[str, ...] | None:
    """What two figures share if they should have the same value."""
    whole = same_whole(entry)
    return None if whole is None else (*whole, spell(entry.claim.scope or ""))


def same_whole(entry: Entry) -> tuple[str, ...] | None:
    """What the figures of a whole and of its parts share; ``None`` for what is no clear figure."""
    claim = entry.claim
    measure = measures().get(claim.measure or "")
    if claim.kind != "quantity" or measure is None or reach(claim) is None:
        return None
    if measure.of_item and not claim.item:
        return None
    item, per, aggregate = spell(claim.item or ""), claim.per or "", claim.aggregate or ""
    moment = (claim.when or "", same_moment(entry))
    return (measure.key, item, claim.unit or "", per, side(claim), aggregate, *moment)


def same_moment(entry: Entry) -> str:
    """What two figures of one ``when`` share if it is one time.

    Nothing more for a date. The plans of one thing made on one day are of one time; what a town or
    a company plans is not one figure, and other undated ones are of one time within one report.
    """
    if entry.claim.when and held(entry) is not None:
        return ""
    return said(entry).isoformat() if is_plan(entry) else entry.document_key


def is_plan(entry: Entry) -> bool:
    """Whether the entry is an undated plan of one thing, which a later report may revise."""
    claim = entry.claim
    return not claim.when and side(claim) != "actual" and one_thing(claim)


def unlike(group: Iterable[Entry]) -> list[Entry]:
    """The first entry of each value: what is said twice is compared once."""
    first: dict[tuple[object, ...], Entry] = {}
    for entry in group:
        c = entry.claim
        first.setdefault((c.value, c.low, c.high, c.bound, c.scope, c.unit), entry)
    return list(first.values())[:MOST]


def exact(entry: Entry) -> bool:
    """Whether the figure is one number without a bound, at most "about"."""
    claim = entry.claim
    return plain(claim.value) and claim.bound in (None, "=", "~")


def plain(value: Decimal | None) -> bool:
    """Whether it is a number that can be an amount of something, and can be reckoned with."""
    return value is not None and value.is_finite() and (not value or abs(value.adjusted()) <= _MOST)


def slip(one: Claim, two: Claim) -> int:
    """The power of ten that a translator may have lost between two values, or 0.

    The values have the same digits, and are ten to a hundred million times apart; ten and a hundred
    times only with two digits or more.
    """
    if one.value is None or two.value is None or one.unit == "%":
        return 0
    (digits, tens), (others, more) = _digits(one.value), _digits(two.value)
    power = abs(tens - more)
    return power if digits and digits == others and len(digits) >= _SLIPS.get(power, 99) else 0


def gap(one: Entry, two: Entry) -> int:
    """Code points between the quotes of two claims of one report; 0 if they touch or overlap."""
    a, b = one.claim, two.claim
    return max(0, max(a.start, b.start) - min(a.end, b.end))


def _digits(value: Decimal) -> tuple[tuple[int, ...], int]:
    if not value.is_finite() or not value:
        return (), 0
    _, digits, exponent = value.normalize().as_tuple()
    return digits, exponent if isinstance(exponent, int) else 0


def unlike_times(group: Iterable[Entry]) -> list[Entry]:
    """The first entry of each date, in their order."""
    first: dict[str | None, Entry] = {}
    for entry in group:
        first.setdefault(entry.claim.when, entry)
    return list(first.values())[:MOST]
