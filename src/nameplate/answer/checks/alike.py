"""Which figures are about the same thing at the same time, so that they can be compared."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
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


def side(claim: Claim) -> str:
    """``actual``, ``planned`` or ``required``; a claim without modality says what is."""
    return claim.modality or "actual"


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
    return not claim.when and side(claim) != "actual" and claim.subject_kind in _ONE_THING


def unlike(group: Iterable[Entry]) -> list[Entry]:
    """The first entry of each value: what is said twice is compared once."""
    first: dict[tuple[object, ...], Entry] = {}
    for entry in group:
        c = entry.claim
        first.setdefault((c.value, c.low, c.high, c.bound, c.scope), entry)
    return list(first.values())[:MOST]
