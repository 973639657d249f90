"""Persons of a report with the offices that the words beside their names give them."""

from __future__ import annotations

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
    return [p for p in people(context) if start <= p.start < end]


def known(context: Context, person: Person) -> Person:
    """The first mention of the same name that has an office, or the mention itself."""
    if person.office is not None:
        return person
    for other in people(context):
        if other.name == person.name and other.office is not None:
            return other
    return person


def called(context: Context, person: Person) -> str:
    """The person as a visitor is named: with the office, as published, on one line."""
    best = known(context, person)
    return " ".join(context.text[best.whole_start : best.whole_end].split())
