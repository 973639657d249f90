"""Persons of a report with the offices that the words beside their names give them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import cast

from nameplate.claim import person_en, person_zh
from nameplate.claim.context import Context
from nameplate.claim.office import Holder, Office


@dataclass(slots=True, frozen=True)
class Person:
    """One mention of a person: the span of the name, and of name and office together."""

    name: str
    start: int
    end: int
    whole_start: int
    whole_end: int
    office: Office | None = None


def people(context: Context) -> list[Person]:
    """All mentions of persons, in order; found once a document."""
    if "people" not in context.memo:
        context.memo["people"] = _people(context)
    return cast(list[Person], context.memo["people"])


def _people(context: Context) -> list[Person]:
    holders = person_zh.holders(context) if context.zh else person_en.holders(context)
    return [_person(context, holder) for holder in sorted(holders, key=lambda h: h.start)]


def _person(context: Context, holder: Holder) -> Person:
    start, end, office = holder.start, holder.end, holder.office
    spans = [start, end]
    if office is not None:
        spans += [office.start, office.end]
    return Person(
        name=" ".join(context.text[start:end].split()),
        start=start,
        end=end,
        whole_start=min(spans),
        whole_end=max(spans),
        office=office,
    )


def people_in(context: Context, start: int, end: int) -> list[Person]:
    """The mentions that start inside a stretch."""
    found = people(context)
    lo = bisect_left(found, start, key=lambda p: p.start)
    hi = bisect_left(found, end, lo, key=lambda p: p.start)
    return found[lo:hi]


def last_before(context: Context, offset: int) -> Person | None:
    """The last mention before an offset."""
    found = people(context)
    at = bisect_left(found, offset, key=lambda p: p.start)
    return found[at - 1] if at else None


def known(context: Context, person: Person) -> Person:
    """The first mention of the same name that has an office, or the mention itself."""
    if person.office is not None:
        return person
    if "officers" not in context.memo:
        first: dict[str, Person] = {}
        for other in people(context):
            if other.office is not None:
                first.setdefault(other.name, other)
        context.memo["officers"] = first
    officers: dict[str, Person] = context.memo["officers"]
    return officers.get(person.name, person)


def called(context: Context, person: Person) -> str:
    """The person as a visitor is named: with the office, as published, on one line."""
    best = known(context, person)
    return " ".join(context.text[best.whole_start : best.whole_end].split())
