"""Output held against what a plant can make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from nameplate.answer.amounts import reach
from nameplate.answer.checks.alike import exact, grouped, side, unlike
from nameplate.answer.moments import held, said
from nameplate.answer.phases import phase_of
from nameplate.answer.telling import finding
from nameplate.find.spelling import spell
from nameplate.model import Claim, Entry, Finding

_A_YEAR: dict[str, tuple[Decimal, Decimal]] = {
    "year": (Decimal(1), Decimal(1)),
    "quarter": (Decimal(4), Decimal(4)),
    "month": (Decimal(10), Decimal(12)),
    "week": (Decimal(46), Decimal("52.2")),
    "day": (Decimal(240), Decimal(366)),
}
"""How many of them a plant may work in a year."""

_OVER = Decimal("1.2")
"""Plants make somewhat more than they were built for; this is too much."""


class _Yearly(NamedTuple):
    low: Decimal
    high: Decimal


def over_capacity(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """What was made in a year, or at a rate, is far above every capacity that is reported.

    Only output and capacity of the same thing in the same unit; phases are added up, since the
    report of one may not know the next.
    """
    limits = grouped((e for e in entries if e.claim.measure == "capacity"), _same_product)
    outputs = grouped((e for e in entries if _is_output(e)), _same_product)
    for product, made in outputs.items():
        limit = _limit(limits.get(product, []))
        for output in unlike(made):
            rate = _yearly(output.claim) or _of_its_year(output)
            if limit and rate and rate.low > limit[0] * _OVER and not output.claim.scope:
                yield finding(
                    ("over_capacity", "over_capacity"), "warning", subject, (output, limit[1])
                )


def implied_capacity(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Full capacity worked out from output and utilisation: 2,800 a week at 55 % is 5,091.

    From one report that gives one rate of output and one utilisation, for the same time. It is held
    against the reported capacity; without one the finding is a note.
    """
    limits = grouped((e for e in entries if e.claim.measure == "capacity"), _same_product)
    for report in grouped(entries, _same_state).values():
        rates = unlike(e for e in report if e.claim.measure == "utilisation" and exact(e))
        made = unlike(e for e in report if _is_output(e) and e.claim.per in _A_YEAR and exact(e))
        if len(rates) == len(made) == 1 and (part := rates[0].claim.value) and 5 <= part <= 150:
            nameplates = limits.get(_same_product(made[0]), [])
            yield from _implied(subject, (made[0], rates[0]), part, nameplates)


def _implied(
    subject: str, pair: tuple[Entry, Entry], part: Decimal, nameplates: Sequence[Entry]
) -> Iterator[Finding]:
    output, rate = pair
    full = (output.claim.value or Decimal(0)) * 100 / part
    low, high = (full * times for times in _A_YEAR[output.claim.per or "year"])
    worked = {
        "full": str(full.quantize(Decimal(1)) if full > 10 else full),
        "per": output.claim.per or "year",
    }
    bound = [(y, e) for e in nameplates if (y := _yearly(e.claim)) is not None]
    if not bound:
        check = ("implied_capacity", "capacity_implied")
        yield finding(check, "info", subject, (output, rate), **worked)
    elif all(high * _OVER < y.low or low > y.high * _OVER for y, _ in bound):
        check = ("implied_capacity", "capacity_not_implied")
        yield finding(check, "warning", subject, (output, rate, bound[-1][1]), **worked)


def _limit(capacities: Sequence[Entry]) -> tuple[Decimal, Entry] | None:
    """The most that a year's capacity may be, all phases together, with the claim that says most."""
    known = [(y, e) for e in capacities if (y := _yearly(e.claim)) is not None]
    if not known:
        return None
    most, entry = max(known, key=lambda pair: (pair[0].high, pair[1].key))
    phases: dict[str, Decimal] = {}
    for yearly, one in known:
        phase = phase_of(one.claim.scope)
        if phase is not None:
            phases[phase] = max(phases.get(phase, yearly.high), yearly.high)
    return max(most.high, sum(phases.values(), Decimal(0))), entry


def _yearly(claim: Claim) -> _Yearly | None:
    """The rate as a range of what it comes to in a year; a bare capacity is a year's."""
    times = _A_YEAR.get(claim.per or ("year" if claim.measure == "capacity" else ""))
    limit = reach(claim)
    if times is None or limit is None or limit.low <= 0:
        return None
    return _Yearly(limit.low * times[0], limit.high * times[1])


def _of_its_year(output: Entry) -> _Yearly | None:
    """What was made within one year at most, as a year's."""
    days, limit = held(output), reach(output.claim)
    if output.claim.aggregate != "period" or days is None or limit is None:
        return None
    if (days[1] - days[0]).days > 366 or output.claim.per is not None:
        return None
    return _Yearly(limit.low, limit.high)


def _is_output(entry: Entry) -> bool:
    return entry.claim.measure == "output" and side(entry.claim) == "actual"


def _same_product(entry: Entry) -> tuple[str, str]:
    return entry.claim.unit or "", spell(entry.claim.item or "")


def _same_state(entry: Entry) -> tuple[str, ...] | None:
    claim = entry.claim
    if claim.kind != "quantity" or side(claim) != "actual":
        return None
    day = claim.when if held(entry) is not None else None
    return (entry.document_key, day or said(entry).isoformat(), spell(claim.scope or ""))
