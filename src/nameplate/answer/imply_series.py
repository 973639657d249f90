"""From the dated figures of a line or plant to the points of its ramp, as shares of nameplate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from nameplate.answer.checks.alike import exact, grouped, side
from nameplate.answer.imply_ramp import RampPoint
from nameplate.answer.moments import held, said
from nameplate.answer.phases import phase_of
from nameplate.find.edtf import granularity
from nameplate.find.spelling import spell
from nameplate.model import Entry, Record

A_YEAR: dict[str, tuple[Decimal, Decimal]] = {
    "year": (Decimal(1), Decimal(1)),
    "quarter": (Decimal(4), Decimal(4)),
    "month": (Decimal(11), Decimal(12)),
    "week": (Decimal(46), Decimal(52)),
    "day": (Decimal(240), Decimal(366)),
}
"""How many of them a plant may work in a year; shifts and hours differ too much between plants."""

_LONGEST = 100
"""Days over which a figure may be spread and still be a point of a ramp; longer ones average it."""

_PERIODS = {"month": "month", "quarter": "quarter", "year": "year"}


class Seen(Record, frozen=True, kw_only=True):
    """One point with the claim that gives it: the share of nameplate that was made on that day."""

    day: str
    share: Decimal
    entry: Entry


class Track(NamedTuple):
    """The ramp of one product, or the plant's utilisation, and the capacity it is measured by.

    ``factors`` are the ways in which the time units of output and capacity may be converted: the
    least and the most that the share may be times.
    """

    basis: Literal["utilisation", "output"]
    seen: tuple[Seen, ...]
    nameplate: Entry | None
    factors: tuple[float, ...]


def track(entries: Sequence[Entry]) -> Track | None:
    """The best series of the thing: its utilisation if that was told often enough, else output."""
    use = _longest(_use(entries))
    made = _longest(_made(entries))
    if use is not None and (made is None or len(use.seen) >= min(3, len(made.seen))):
        return use
    return made


def points(found: Track, factor: float) -> list[RampPoint]:
    """The points as the ramp takes them, a day once: what was said twice for it is averaged."""
    days: dict[str, list[Decimal]] = {}
    for seen in found.seen:
        days.setdefault(seen.day, []).append(seen.share)
    return [
        RampPoint(date.fromisoformat(day).toordinal(), float(sum(shares) / len(shares)) * factor)
        for day, shares in sorted(days.items())
    ]


def rate_of(entry: Entry) -> str | None:
    """The unit of time of an output: of its rate, or of the month, quarter or year it was made in."""
    claim = entry.claim
    if claim.per is not None:
        return claim.per
    if claim.aggregate == "period" and claim.when and held(entry) is not None:
        return _PERIODS.get(granularity(claim.when))
    return None


def nameplates(entries: Iterable[Entry], output: Entry) -> list[Entry]:
    """The capacities that an output can be held against, the best known last.

    Of the same unit and product (or one that names none) and the same phase.
    """
    found = [
        e
        for e in entries
        if e.claim.measure == "capacity"
        and exact(e)
        and e.claim.value
        and e.claim.unit == output.claim.unit
        and phase_of(e.claim.scope) == phase_of(output.claim.scope)
        and _same_item(e, output)
        and (e.claim.per or "year") in A_YEAR
    ]
    return sorted(found, key=lambda e: (side(e.claim) == "actual", said(e), e.key))


def factors(output_per: str, capacity_per: str) -> tuple[Decimal, Decimal]:
    """Least and most that one rate is of the other, for the days and weeks that plants work."""
    if output_per == capacity_per:
        return Decimal(1), Decimal(1)
    ours, theirs = A_YEAR[output_per], A_YEAR[capacity_per]
    if "year" in (output_per, capacity_per):
        return ours[0] / theirs[1], ours[1] / theirs[0]
    return ours[0] / theirs[0], ours[1] / theirs[1]


def _use(entries: Iterable[Entry]) -> Iterator[Track]:
    told = [e for e in entries if e.claim.measure == "utilisation" and e.claim.unit == "%"]
    for group in grouped(_good(told), lambda e: spell(e.claim.scope or "")).values():
        seen = _seen((e, (e.claim.value or Decimal(0)) / 100) for e in group)
        yield Track("utilisation", seen, None, (1.0,))


def _made(entries: Sequence[Entry]) -> Iterator[Track]:
    told = [e for e in entries if e.claim.measure == "output" and rate_of(e) in A_YEAR]
    for group in grouped(_good(told), _product).values():
        plates = nameplates(entries, group[0])
        if plates:
            plate = plates[-1]
            least, most = factors(rate_of(group[0]) or "", plate.claim.per or "year")
            middle = (least + most) / 2
            full = plate.claim.value or Decimal(1)
            seen = _seen((e, (e.claim.value or Decimal(0)) * middle / full) for e in group)
            ways = tuple(float(f / middle) for f in dict.fromkeys((least, middle, most)))
            yield Track("output", seen, plate, ways)


def _good(entries: Iterable[Entry]) -> list[Entry]:
    return [e for e in entries if side(e.claim) == "actual" and exact(e)]


def _product(entry: Entry) -> tuple[str, ...]:
    claim = entry.claim
    scope = phase_of(claim.scope) or spell(claim.scope or "")
    return claim.unit or "", spell(claim.item or ""), rate_of(entry) or "", scope


def _same_item(one: Entry, two: Entry) -> bool:
    a, b = spell(one.claim.item or ""), spell(two.claim.item or "")
    return not a or not b or a == b


def _longest(tracks: Iterator[Track]) -> Track | None:
    return max(tracks, key=lambda t: len({s.day for s in t.seen}), default=None)


def _seen(told: Iterable[tuple[Entry, Decimal]]) -> tuple[Seen, ...]:
    made = [
        Seen(day=day.isoformat(), share=share, entry=entry)
        for entry, share in told
        if (day := _day(entry)) is not None and 0 <= share <= 2
    ]
    return tuple(sorted(made, key=lambda s: (s.day, s.entry.key)))


def _day(entry: Entry) -> date | None:
    """The middle of the time that the figure is of, or the day of a report that has one."""
    days = held(entry)
    if days is not None:
        long = (days[1] - days[0]).days
        return days[0] + timedelta(days=long // 2) if long <= _LONGEST else None
    return said(entry) if entry.published and not entry.claim.when else None
