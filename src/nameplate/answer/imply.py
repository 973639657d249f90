"""What a line's or plant's figures imply: derived, never reported, each with formula and sources.

Full capacity is output over utilisation, output per head is output over people, both of one report
and one time; the use of nameplate is output over capacity; the day of nameplate follows from the ramp
seen so far. Ranges are what the figures' bounds and roundings allow. Where a figure is missing, or the
data are too thin, nothing is given, and the reason is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from nameplate.answer import wording
from nameplate.answer.amounts import reach
from nameplate.answer.checks.alike import exact, grouped, side
from nameplate.answer.imply_days import Peers, RampView, ramp_view
from nameplate.answer.imply_series import A_YEAR, factors, nameplates, rate_of
from nameplate.answer.moments import held, in_order, said
from nameplate.answer.phases import phase_of
from nameplate.find.spelling import spell
from nameplate.model import Entity, Entry, Record

What = Literal["full_capacity", "per_head", "planned_per_head", "use"]

_LEAST_USE, _MOST_USE = 5, 150
"""Percent of capacity that a plant in production can run at."""

_KEPT = 20
"""So many results of a kind at most, the newest."""


class Implied(Record, frozen=True, kw_only=True):
    """A figure that follows from others.

    ``value`` is in ``unit`` a ``per`` (or a share of 1, for ``use``), ``low`` and ``high`` what the
    inputs allow, an open end absent. ``formula`` names the measures, ``worked`` has their values;
    ``assumed`` says what was taken for granted; ``inputs`` are the claims, in the formula's order.
    """

    what: What
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    per: str | None
    item: str | None
    formula: str
    worked: str
    inputs: tuple[Entry, ...]
    assumed: tuple[str, ...] = ()


class Implications(Record, frozen=True, kw_only=True):
    """All that follows: figures, the ramp with its days, and why something does not follow."""

    entity: Entity
    results: tuple[Implied, ...]
    ramp: RampView
    withheld: tuple[tuple[str, str], ...] = ()


class _Range(NamedTuple):
    value: Decimal
    low: Decimal | None
    high: Decimal | None


def implications(
    entity: Entity, entries: Sequence[Entry], today: str, peers: Peers | None = None
) -> Implications:
    """What the entries of the entity imply on the day ``today`` (ISO 8601)."""
    figures = sorted((e for e in entries if e.claim.kind == "quantity"), key=in_order)
    found = [*_full(figures), *_per_head(figures), *_planned_per_head(figures), *_use(figures)]
    ramp = ramp_view(entity, entries, today, peers or Peers())
    known = {result.what for result in found}
    withheld = [(what, why) for what, why in _MISSING.items() if what not in known]
    return Implications(
        entity=entity, results=tuple(_newest(found)), ramp=ramp, withheld=tuple(withheld)
    )


_MISSING: dict[str, str] = {
    "full_capacity": "no report gives a rate of output and a utilisation for one time",
    "per_head": "no report gives a rate of output and the people at work for one time",
}


def _newest(found: Sequence[Implied]) -> Iterator[Implied]:
    for what in ("full_capacity", "per_head", "planned_per_head", "use"):
        yield from [one for one in found if one.what == what][-_KEPT:]


def _full(figures: Sequence[Entry]) -> Iterator[Implied]:
    """Output over utilisation, where one report gives one of each for one time and part."""
    for report in grouped(figures, _same_state).values():
        rates = _only([e for e in report if e.claim.measure == "utilisation" and _in_use(e)])
        if rates is None:
            continue
        made = [e for e in report if _is_rate(e) and _same_part(e, rates)]
        output = _only(made)
        if output is not None:
            share = _range(rates, scale=Decimal(100))
            yield _ratio("full_capacity", output, rates, share, "output ÷ utilisation")


def _per_head(figures: Sequence[Entry]) -> Iterator[Implied]:
    """Output over the people at work: each number of people that the report gives for the time."""
    for report in grouped(figures, _same_state).values():
        made = [e for e in report if _is_rate(e)]
        people = [e for e in report if e.claim.measure == "employment" and _some(e)]
        for output in made:
            for staff in people:
                if phase_of(staff.claim.scope) == phase_of(output.claim.scope):
                    yield _ratio("per_head", output, staff, _range(staff), "output ÷ people")


def _planned_per_head(figures: Sequence[Entry]) -> Iterator[Implied]:
    """Designed capacity over the jobs announced with it, in one report of one phase."""
    plans = [e for e in figures if side(e.claim) == "planned" and _some(e)]
    for report in grouped(plans, lambda e: (e.document_key, phase_of(e.claim.scope))).values():
        capacity = _only([e for e in report if e.claim.measure == "capacity"])
        staff = _only([e for e in report if e.claim.measure == "employment"])
        if capacity is not None and staff is not None:
            yield _ratio("planned_per_head", capacity, staff, _range(staff), "capacity ÷ people")


def _use(figures: Sequence[Entry]) -> Iterator[Implied]:
    """Output over nameplate; a bare capacity is a year's."""
    for output in figures:
        plates = nameplates(figures, output) if _is_rate(output) else []
        per = rate_of(output) or ""
        if not plates or per not in A_YEAR:
            continue
        plate = plates[-1]
        of = plate.claim.per or "year"
        least, most = factors(per, of)
        assumed = () if per == of else (_days_worked(per, of),)
        full, made = _range(plate), _range(output)
        yield Implied(
            what="use",
            value=made.value * (least + most) / 2 / full.value,
            low=_over(made.low and made.low * least, full.high),
            high=_over(made.high and made.high * most, full.low),
            unit=None,
            per=None,
            item=output.claim.item,
            formula="output ÷ capacity",
            worked=f"{wording.figure(output.claim)} ÷ {wording.figure(plate.claim)}",
            inputs=(output, plate),
            assumed=assumed,
        )


def _days_worked(per: str, of: str) -> str:
    unit = per if of == "year" else of
    low, high = (A_YEAR[unit][0], A_YEAR[unit][1])
    return f"a year has {low} to {high} working {unit}s"


def _ratio(what: What, top: Entry, bottom: Entry, under: _Range, formula: str) -> Implied:
    over = _range(top)
    value = over.value / under.value
    return Implied(
        what=what,
        value=value,
        low=_over(over.low, under.high),
        high=_over(over.high, under.low),
        unit=top.claim.unit,
        per=rate_of(top) or ("year" if top.claim.measure == "capacity" else None),
        item=top.claim.item,
        formula=formula,
        worked=f"{_number(top)} ÷ {_number(bottom)} = {wording.number(rounded(value))}",
        inputs=(top, bottom),
    )


def rounded(value: Decimal) -> Decimal:
    """As many digits as a ratio of reported figures deserves: whole, or three of them."""
    if abs(value) >= 100 or not value:
        return value.quantize(Decimal(1)) if abs(value.adjusted()) < 25 else value
    return round(value, 2 - value.adjusted())


def _number(entry: Entry) -> str:
    claim = entry.claim
    about = "about " if claim.bound == "~" else ""
    shown = wording.number(claim.value or Decimal(0))
    return f"{about}{shown}{' %' if claim.unit == '%' else ''}"


def _range(entry: Entry, scale: Decimal = Decimal(1)) -> _Range:
    """The value with the least and most that its bound and its last given digit allow."""
    claim = entry.claim
    value = claim.value or Decimal(1)
    limits = reach(claim)
    exponent = value.normalize().as_tuple().exponent
    half = Decimal((0, (5,), exponent - 1)) if isinstance(exponent, int) else Decimal(0)
    half = min(half, abs(value) / 20)
    low = min(limits.low if limits else value, value - half)
    high = max(limits.high if limits else value, value + half)
    ends = [end / scale if end.is_finite() else None for end in (low, high)]
    return _Range(value / scale, ends[0], ends[1])


def _over(top: Decimal | None, bottom: Decimal | None) -> Decimal | None:
    return top / bottom if top is not None and bottom else None


def _only(entries: Sequence[Entry]) -> Entry | None:
    """The one figure; ``None`` if there is none, or several that differ."""
    values = {(e.claim.value, e.claim.item, e.claim.per, e.claim.unit) for e in entries}
    return entries[0] if len(values) == 1 else None


def _is_rate(entry: Entry) -> bool:
    return entry.claim.measure == "output" and rate_of(entry) is not None and _some(entry)


def _some(entry: Entry) -> bool:
    return exact(entry) and (entry.claim.value or 0) > 0


def _in_use(entry: Entry) -> bool:
    return _some(entry) and _LEAST_USE <= (entry.claim.value or 0) <= _MOST_USE


def _same_part(one: Entry, two: Entry) -> bool:
    """Whether both are of one phase, and neither is narrowed in another way than the other."""
    a, b = one.claim.scope, two.claim.scope
    return phase_of(a) == phase_of(b) and (not a or not b or spell(a) == spell(b))


def _same_state(entry: Entry) -> tuple[str, str] | None:
    """Figures of one report that hold for one time."""
    if side(entry.claim) != "actual":
        return None
    day = entry.claim.when if held(entry) is not None else None
    return entry.document_key, day or entry.claim.when or said(entry).isoformat()
