"""A report about one project as one record: its money, its start and end, how far it has come.

Everything is read off the claims of the report, each field with the claim that says it; nothing is
looked up in the text again. Years are those that the claims give; a report that gives no milestone
but tells what was done (goods delivered, people sent) is dated by its deeds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Literal

from nameplate.find.edtf import interval
from nameplate.model import Claim, Record

ProjectStatus = Literal[
    "identification", "preparation", "implementation", "completion", "suspended", "cancelled"
]
"""Words of OC4IDS' projectStatus, and ``suspended``, for which it has none."""

MONEY = ("investment", "contract_value")
"""Measures that say what a project costs or is given, of equal rank."""

BEGUN = frozenset(
    {"started", "topped_out", "equipment", "recruiting", "trial", "resumed", "expanded"}
)
DONE = frozenset({"completed", "producing", "at_capacity"})
AGREED = frozenset({"signed", "registered", "approved", "land_acquired"})


class Field(Record, frozen=True, kw_only=True):
    """A value of the record with the claim that it comes from."""

    value: str
    claim: Claim


class ProjectRecord(Record, frozen=True, kw_only=True):
    """What one report says of its one project.

    ``amount`` is in units of ``currency`` (ISO 4217); dates are EDTF as claimed, ``_planned`` ones
    those that were announced. ``grounds`` is the claim that settles the status, if one does.
    """

    amount: Decimal | None = None
    currency: str | None = None
    amount_claim: Claim | None = None
    start: Field | None = None
    start_planned: Field | None = None
    end: Field | None = None
    end_planned: Field | None = None
    status: ProjectStatus | None = None
    grounds: Claim | None = None


def project_record(claims: Sequence[Claim]) -> ProjectRecord:
    """The record of the project that the claims of one report are about."""
    sum_of_money = _amount(claims)
    start = _dated(claims, frozenset({"started"}), actual=True, pick=min)
    end = _dated(claims, frozenset({"completed"}), actual=True, pick=max)
    end = end or _dated(claims, DONE, actual=True, pick=max)
    status, grounds = _status(claims)
    if end is None and status == "completion" and start is None:
        end = _deed(claims)
    end = end or _deed([c for c in claims if _given(c)])
    if start is None and status != "identification":
        start = _deed(claims)
    return ProjectRecord(
        amount=sum_of_money.value if sum_of_money else None,
        currency=sum_of_money.unit if sum_of_money else None,
        amount_claim=sum_of_money,
        start=start,
        start_planned=_dated(claims, frozenset({"started"}), actual=False, pick=min),
        end=end,
        end_planned=_dated(claims, DONE, actual=False, pick=max),
        status=status,
        grounds=grounds,
    )


def _amount(claims: Iterable[Claim]) -> Claim | None:
    """The first money that the report speaks of: its headline's, where that has any."""
    money = [c for c in claims if c.kind == "quantity" and c.measure in MONEY and c.value]
    return min(money, key=lambda c: c.start, default=None)


def _dated(
    claims: Iterable[Claim],
    stages: frozenset[str],
    *,
    actual: bool,
    pick: Callable[..., Claim],
) -> Field | None:
    """The earliest or the latest dated milestone of these stages."""
    found = [
        c
        for c in claims
        if c.stage in stages
        and (c.modality == "actual") is actual
        and c.when is not None
        and interval(c.when) is not None
    ]
    if not found:
        return None
    claim = pick(found, key=lambda c: interval(c.when or ""))
    return Field(value=claim.when or "", claim=claim)


def _deed(claims: Iterable[Claim]) -> Field | None:
    """The date of the first thing told as done."""
    for claim in sorted(claims, key=lambda c: (c.kind != "relation", c.start)):
        if claim.modality == "actual" and claim.when and interval(claim.when) is not None:
            return Field(value=claim.when, claim=claim)
    return None


def _status(claims: Sequence[Claim]) -> tuple[ProjectStatus | None, Claim | None]:
    """How far the project is: an end or a stop, else the furthest that was done, else a promise."""
    done = [c for c in claims if c.modality == "actual"]
    due = next((c for c in claims if c.stage in DONE and c.modality == "planned"), None)
    for status, said in _LADDER:
        claim = next((c for c in reversed(done) if said(c)), None)
        if claim is not None and status == "preparation" and due is not None and due.when:
            return "implementation", due  # agreed, and with a date of completion: on its way
        if claim is not None:
            return status, claim
    planned = next((c for c in claims if c.kind != "relation" and c.modality == "planned"), None)
    if planned is not None:
        return "identification", planned
    first = next(iter(done), None)
    return ("completion" if first else None), first


def _reached(stages: frozenset[str]) -> Callable[[Claim], bool]:
    return lambda claim: claim.stage in stages


def _agreed(claim: Claim) -> bool:
    return claim.stage in AGREED and claim.binding != "framework"


def _given(claim: Claim) -> bool:
    return claim.relation == "supplies"


_LADDER: tuple[tuple[ProjectStatus, Callable[[Claim], bool]], ...] = (
    ("cancelled", _reached(frozenset({"cancelled", "closed"}))),
    ("suspended", _reached(frozenset({"suspended"}))),
    ("completion", _reached(DONE)),
    ("implementation", _reached(BEGUN)),
    ("completion", _given),
    ("preparation", _agreed),
)
