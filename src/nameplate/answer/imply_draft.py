"""A what-if model drafted from a line's claims: what is known with its source, the rest marked.

The draft is one station that makes, at full capacity, what the figures imply, worked by the people
that reports count. It is a frame to be filled in: nothing in it is invented without saying so.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import tomli_w

from nameplate.answer import wording
from nameplate.answer.checks.alike import side
from nameplate.answer.imply import Implied, implications, rounded
from nameplate.errors import UsageError
from nameplate.model import Entity, Entry

_SECONDS = {
    "hour": 3600,
    "day": 86400,
    "week": 604800,
    "month": 2629800,
    "quarter": 7889400,
    "year": 31557600,
}
_SHIFT = "It works around the clock, seven days a week."
_PLACES, _MOST_PLACES = 4, 150
"""Places of work of a line whose people are not told, and at most."""


class _Rate(NamedTuple):
    """So much a ``per``, and the comment that says where it is from."""

    value: Decimal
    per: str
    item: str
    source: str


class _Crew(NamedTuple):
    """People at work now, people of the line at full capacity, and the words that say the first."""

    present: int
    full: int
    source: str


def draft(entity: Entity, entries: Sequence[Entry], today: str) -> str:
    """The TOML of a model. Raises `UsageError` if no capacity or output is known to draft it from."""
    found = implications(entity, entries, today)
    rate = _rate(found.results, entries)
    if rate is None:
        raise UsageError(
            f"no capacity and no rate of output of {entity.name!r} is known",
            remedy="Begin with nameplate whatif --example instead.",
        )
    crew = _crew(entries, found.results)
    lot = _lot(rate)
    station, staff = _station(rate, crew, lot)
    model: dict[str, object] = {
        "name": entity.name[:200],
        "item": (rate.item if lot == 1 else f"lots of {lot:,} {rate.item}")[:80],
        "assumed": [_SHIFT, *([f"It works in lots of {lot:,}."] if lot > 1 else [])],
    }
    if staff:
        model["staff"] = [staff]
    model["station"] = [station]
    head = [
        f"# Drafted by nameplate from what reports say of {_line(entity.name)}.",
        "# What stands under `assumed` no report says: replace it by what you know.",
        f"# Rate: {_line(rate.source)}",
        *([f"# People: {_line(crew.source)}"] if crew else []),
    ]
    return "\n".join(head) + "\n\n" + tomli_w.dumps(model)


def _rate(results: Sequence[Implied], entries: Sequence[Entry]) -> _Rate | None:
    """Full capacity as implied, else as reported, else the newest output."""
    full = [one for one in results if one.what == "full_capacity" and one.per in _SECONDS]
    if full:
        one = full[-1]
        words = "; ".join(f"“{e.claim.quote}” ({wording.source(e)})" for e in one.inputs)
        told = f"derived, {one.formula}: {one.worked}, from {words}"
        return _Rate(rounded(one.value), one.per or "week", one.item or "parts", told)
    for measure, wanted in (("capacity", ("actual", "planned")), ("output", ("actual",))):
        for entry in reversed(list(entries)):
            claim = entry.claim
            per = claim.per or ("year" if measure == "capacity" else "")
            known = claim.measure == measure and side(claim) in wanted and per in _SECONDS
            if known and claim.value is not None and claim.value.is_finite() and claim.value > 0:
                told = f"“{claim.quote}” ({wording.source(entry)}), {measure}, {side(claim)}"
                return _Rate(claim.value, per, claim.item or "parts", told)
    return None


def _lot(rate: _Rate) -> int:
    """How many are made at a time so that a line ends no more than one job a second."""
    lot = 1
    while lot * Decimal(_SECONDS[rate.per]) < rate.value:
        lot *= 10
    return lot


def _station(
    rate: _Rate, crew: _Crew | None, lot: int
) -> tuple[dict[str, object], dict[str, object]]:
    """One station that makes the rate with all its people, and the people."""
    full = crew.full if crew else _PLACES
    each = -(-full // _MOST_PLACES) if crew else 1
    places = max(1, round(full / each))
    takt = lot * Decimal(_SECONDS[rate.per]) / rate.value
    assumed = [
        f"{places} places of work side by side, each taking {places} times the cycle of the line",
        "times that scatter like an Erlang distribution of 4 stages",
        "no failures, and parts that never lack",
    ]
    station: dict[str, object] = {
        "name": "line",
        "machines": places,
        "service": {"kind": "erlang", "mean": f"{float(takt * places):.3f} s", "stages": 4},
        "assumed": assumed,
    }
    if crew is None:
        return station, {}
    station["staff"] = {"people": each}
    assumed.append(f"{each} {'person' if each == 1 else 'people'} at each place of work")
    if crew.full > crew.present:
        assumed.append(
            f"{crew.full} people at full capacity: as many in proportion as at the share told"
        )
    staff = {
        "name": "people",
        "people": places * each,
        "present": min(1.0, crew.present / (places * each)),
    }
    return station, staff


def _crew(entries: Sequence[Entry], results: Sequence[Implied]) -> _Crew | None:
    """The newest people at work; those of a full line follow from the utilisation told with them."""
    for entry in reversed(list(entries)):
        claim = entry.claim
        value = claim.value
        if claim.measure != "employment" or side(claim) != "actual" or value is None:
            continue
        if value.is_finite() and 1 <= value <= 100_000:
            part = Decimal(1)
            for one in results:
                if one.what == "full_capacity" and one.inputs[0].document_key == entry.document_key:
                    part = min(Decimal(1), (one.inputs[1].claim.value or Decimal(100)) / 100)
            told = f"“{claim.quote}” ({wording.source(entry)})"
            return _Crew(int(value), round(value / part), told)
    return None


def _line(text: str) -> str:
    """The text on one line, as a comment can hold it."""
    return "".join(c if c.isprintable() else " " for c in text)[:400]
