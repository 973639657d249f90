"""What holds for whatever is added, in whatever order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import ledger_places
from nameplate.ledger import Added, ClaimFilter, Ledger
from nameplate.ledger import Addition as Many
from nameplate.ledger.tables import metadata
from nameplate.model import Claim, Document

pytestmark = pytest.mark.usefixtures("everywhere")

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=3, max_size=20)
spans = st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from(["A", "BBBBBC", "BBBBB"]))
additions = st.lists(
    st.tuples(st.sampled_from("abc"), texts, st.lists(spans, max_size=3)), max_size=6
)
Addition = tuple[str, str, list[tuple[int, int, str]]]

SETTINGS = settings(max_examples=25, deadline=None)


@contextmanager
def ledger(*, still: bool = False) -> Iterator[Ledger]:
    """A ledger whose clock goes on by a day at every look, or stands still."""
    days = (f"2024-01-{1 if still else day:02d}T00:00:00Z" for day in itertools.count(1))
    with (
        ledger_places.passing() as place,
        Ledger.open(place, clock=lambda: next(days)) as opened,
    ):
        yield opened


def made_of(addition: Addition) -> tuple[Document, list[Claim], bytes]:
    name, text, found = addition
    claims = [
        Claim(kind="need", subject=subject, quote=text[a:b], start=a, end=b)
        for a, b, subject in found
        if a < b
    ]
    return Document(id=name, text=text), claims, text.encode()


def add(to: Ledger, addition: Addition) -> Added:
    return to.add(*made_of(addition))


def state(of: Ledger, as_of: str | None = None) -> tuple[object, ...]:
    everything = ClaimFilter(versions=True)
    return (
        of.documents(as_of),
        of.documents(as_of, versions=True),
        of.entries(as_of=as_of),
        of.entries(everything, as_of),
        of.entries(ClaimFilter(subject="a"), as_of),
        of.entries(ClaimFilter(subject="BBBBB"), as_of),
    )


@SETTINGS
@given(additions)
def test_replay_changes_nothing(added: list[Addition]) -> None:
    with ledger() as kept:
        for addition in added:
            add(kept, addition)
        before = state(kept)
        for addition in added:
            add(kept, addition)
        assert state(kept) == before
        assert kept.verify() == []


@SETTINGS
@given(additions, additions)
def test_what_is_recorded_later_never_changes_an_earlier_as_of(
    first: list[Addition], second: list[Addition]
) -> None:
    with ledger() as kept:
        for addition in first:
            add(kept, addition)
        day = max([d.recorded for d in kept.documents(versions=True)], default="2023-12-31")
        then = state(kept)
        for addition in second:
            add(kept, addition)
        assert state(kept, day) == then


@SETTINGS
@given(additions)
def test_the_order_of_claims_does_not_matter(added: list[Addition]) -> None:
    with ledger() as one, ledger() as two:
        for name, text, found in added:
            add(one, (name, text, found))
            add(two, (name, text, found[::-1] + found))
        assert state(one) == state(two)


LONG = [
    " ".join(f"The {n}th report tells of plant {n * 7 % 13} and of line {i}." for i in range(9))
    for n in range(3)
]
many = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.one_of(texts, st.sampled_from([*LONG, *(f"Reprint. {text}" for text in LONG)])),
        st.lists(spans, max_size=3),
    ),
    max_size=8,
)


def whole(of: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with of._engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


@SETTINGS
@given(many, many)
def test_many_at_once_are_as_one_by_one(first: list[Addition], then: list[Addition]) -> None:
    with ledger(still=True) as one, ledger(still=True) as two:
        done = [add(one, addition) for addition in [*first, *then]]
        assert done == [
            added
            for portion in (first, then)
            for added in two.add_many(Many(*made_of(addition)) for addition in portion)
        ]
        assert whole(one) == whole(two)
        again = two.add_many(Many(*made_of(addition)) for addition in [*first, *then])
        assert {added.status for added in again} <= {"same"}
        assert whole(one) == whole(two)
