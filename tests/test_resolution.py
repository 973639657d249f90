"""Entities kept up to date report by report are those of the whole ledger worked out at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import ledger_places
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.model import Claim, Document, Entity, Judgement
from nameplate.pipeline import LINKER, entities
from nameplate.resolve import resolve

everywhere = pytest.mark.usefixtures("everywhere")  # the rest would say no more on a server

NAMES = [
    ("Orvane plant", "plant"), ("ORVANE Plant", "plant"), ("Orvane tyre plant", "plant"),
    ("Orvane Tyre Co., Ltd.", "company"), ("Orvane Tire", "company"), ("Orvane", "thing"),
    ("Orvane tyre plant in Corvid", "plant"), ("new energy industrial park", "park"),
    ("Jilin High-tech Zone", "park"), ("High-tech Zone", "park"), ("Li Wei", "person"),
    ("川岭轮胎项目", "project"), ("川岭轮胎", "project"), ("川岭轮胎项目二期", "project"),
    ("Orvane plant", "project"), ("Corvid plant", "plant"), ("Corvid", "place"), ("…", "thing"),
]  # fmt: skip

told = st.tuples(
    st.integers(0, 3), st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)
)
steps = st.lists(
    st.one_of(
        told.map(lambda t: ("add", t)),
        st.tuples(
            st.sampled_from(["same", "different", "reject", "correct", "undo", "again"]),
            st.tuples(st.integers(0, 30), st.integers(0, 30)),
        ),
    ),
    max_size=10,
)
CORRECTED_TO_SIGNS: list[tuple[str, tuple[int, object]]] = [
    ("add", (0, [("Orvane plant", "plant")])),
    ("add", (1, [("ORVANE Plant", "plant"), ("Li Wei", "person"), ("Orvane tyre plant", "plant")])),
    ("add", (0, [("Orvane Tyre Co., Ltd.", "company"), ("Jilin High-tech Zone", "park")])),
    ("correct", (1, 17)),
    ("add", (2, [("Orvane plant", "plant")])),
    ("same", (0, 5)),
]
"""A judgement about a name that no report gives: a correction put it there."""
SETTINGS = settings(max_examples=20, deadline=None)


@contextmanager
def opened() -> Iterator[Ledger]:
    days = (f"2024-{1 + n // 28:02d}-{1 + n % 28:02d}T00:00:00Z" for n in itertools.count())
    with (
        ledger_places.passing() as place,
        Ledger.open(place, clock=lambda: next(days)) as ledger,
    ):
        ledger.rebuild_entities(LINKER)
        yield ledger


def report(number: int, source: int, names: list[tuple[str, str]]) -> tuple[Document, list[Claim]]:
    text = f"{number}: a report of some plants"
    claims = [
        Claim(
            kind="milestone", stage="started", subject=name, quote=text[i : i + 3], start=i, end=i + 3,
            subject_kind=kind,  # type: ignore[arg-type]
        )
        for i, (name, kind) in enumerate(names)
    ]  # fmt: skip
    return Document(id=f"d{source}", text=text), claims


def take(ledger: Ledger, number: int, step: tuple[str, tuple[int, object]]) -> None:
    verb, (one, two) = step
    if verb == "add":
        ledger.add(*report(number, one, two), linker=LINKER)  # type: ignore[arg-type]
        return
    keys = [e.key for e in ledger.entries(ClaimFilter(versions=True))]
    known = [e.id for e in ledger.cached_entities(LINKER.rules) or []]
    said = ledger.judgements()
    assert isinstance(two, int)
    if verb in ("same", "different") and known:
        left, right = known[one % len(known)], known[two % len(known)]
        ledger.judge(Judgement(verb=verb, left=left, right=right), linker=LINKER)  # type: ignore[arg-type]
    elif verb == "reject" and keys:
        ledger.judge(Judgement(verb="reject", left=keys[one % len(keys)]), linker=LINKER)
    elif verb == "correct" and keys:
        patch = {"subject": NAMES[two % len(NAMES)][0]}
        judgement = Judgement(verb="correct", left=keys[one % len(keys)], patch=patch)
        ledger.judge(judgement, linker=LINKER)
    elif verb == "undo" and said:
        ledger.judge(Judgement(verb="undo", left=said[one % len(said)].key), linker=LINKER)
    elif verb == "again" and keys:
        name = ledger.documents()[one % len(ledger.documents())].key
        document = ledger.document(name)
        found = [e.claim for e in ledger.entries(ClaimFilter(document=name, rejected=True))]
        kept = [e.original or e.claim for e in ledger.entries(ClaimFilter(document=name))]
        again = kept[1:] if two % 2 else [c for c in found if c not in kept] + kept
        again = [c for c in again if document.text[c.start : c.end] == c.quote]
        again += _better(document.text, NAMES[one % len(NAMES)]) if two % 3 == 2 else []
        ledger.add_again(document, again, "nameplate test", linker=LINKER)


def _better(text: str, named: tuple[str, str]) -> list[Claim]:
    """What a better extractor finds in addition."""
    fields = {"subject": named[0], "subject_kind": named[1], "quote": text[-4:]}
    start = len(text) - 4
    return [Claim(kind="need", start=start, end=len(text), **fields)]  # type: ignore[arg-type]


def kept(ledger: Ledger) -> list[Entity]:
    known = ledger.cached_entities(LINKER.rules)
    return ledger.rebuild_entities(LINKER) if known is None else known


@everywhere
@SETTINGS
@given(steps)
@example(CORRECTED_TO_SIGNS)
def test_report_by_report_is_all_at_once(taken: list[tuple[str, tuple[int, object]]]) -> None:
    with opened() as ledger:
        for number, step in enumerate(taken):
            take(ledger, number, step)
        found = kept(ledger)
        ledger.drop_caches()
        assert ledger.cached_entities(LINKER.rules) is None
        assert ledger.rebuild_entities(LINKER) == found
        assert ledger.cached_entities(LINKER.rules) == found
        assert found == resolve(ledger.entries(), ledger.judgements())
        assert ledger.verify() == []


@everywhere
@SETTINGS
@given(st.lists(told, max_size=6), st.lists(told, max_size=4))
def test_an_earlier_day_is_as_it_was(
    first: list[tuple[int, list[tuple[str, str]]]], second: list[tuple[int, list[tuple[str, str]]]]
) -> None:
    with opened() as ledger:
        for number, (source, names) in enumerate(first):
            ledger.add(*report(number, source, names), linker=LINKER)
        day = max((d.recorded for d in ledger.documents(versions=True)), default="2023-12-31")
        then = kept(ledger)
        for number, (source, names) in enumerate(second):
            ledger.add(*report(100 + number, source, names), linker=LINKER)
        assert ledger.entities_as_of(LINKER, day) == then
        for entity in kept(ledger):
            view = ledger.view_as_of(entity.id, LINKER, day)
            assert view is None or view[0] in then
            if view is not None:
                assert {e.key for e in view[1]} == set(view[0].claims)


def last(ledger: Ledger) -> str:
    """The latest instant at which anything that bears on entities was recorded."""
    filed = [d.recorded for d in ledger.documents(versions=True)]
    taken = [e.recorded for e in ledger.entries(ClaimFilter(versions=True, rejected=True))]
    return max([*filed, *taken, *(j.recorded for j in ledger.judgements())], default="2023-12-31")


@SETTINGS
@given(steps, steps)
@example(CORRECTED_TO_SIGNS, [])
def test_no_later_step_changes_an_earlier_day(
    first: list[tuple[str, tuple[int, object]]], second: list[tuple[str, tuple[int, object]]]
) -> None:
    everything = ClaimFilter(versions=True, rejected=True)
    with opened() as ledger:
        for number, step in enumerate(first):
            take(ledger, number, step)
        day, then = last(ledger), kept(ledger)
        told_then = (ledger.entries(), ledger.entries(everything), ledger.judgements())
        for number, step in enumerate(second):
            take(ledger, 100 + number, step)
        assert (
            ledger.entries(as_of=day), ledger.entries(everything, day), ledger.judgements(day)
        ) == told_then  # fmt: skip
        assert ledger.entities_as_of(LINKER, day) == then
        for entity in kept(ledger):
            view = ledger.view_as_of(entity.id, LINKER, day)
            if view is not None:
                assert view[0] in then
                assert {e.key for e in view[1]} == set(view[0].claims)


@SETTINGS
@given(steps)
def test_merging_keeps_every_claim_and_its_source(
    taken: list[tuple[str, tuple[int, object]]],
) -> None:
    with opened() as ledger:
        for number, step in enumerate(taken):
            take(ledger, number, step)
        entries = {e.key: e for e in ledger.entries()}
        held = [key for entity in kept(ledger) for key in entity.claims]
        assert sorted(held) == sorted(entries)  # each once
        for entity in kept(ledger):
            view = ledger.view(entity.id)
            assert view is not None
            assert [e for e in view[1] if e != entries[e.key]] == []
        for entry in entries.values():
            said = entry.original or entry.claim
            assert ledger.document(entry.document_key).text[said.start : said.end] == said.quote


@SETTINGS
@given(steps)
def test_replay_changes_no_entity(taken: list[tuple[str, tuple[int, object]]]) -> None:
    with opened() as ledger:
        for number, step in enumerate(taken):
            take(ledger, number, step)
        before, said = kept(ledger), ledger.judgements()
        for number, step in enumerate(taken):
            if step[0] == "add":
                one, two = step[1]
                ledger.add(*report(number, one, two), linker=LINKER)  # type: ignore[arg-type]
        assert kept(ledger) == before
        assert ledger.judgements() == said


@SETTINGS
@given(st.lists(told, max_size=5))
def test_one_entity_is_as_in_the_whole(
    said: list[tuple[int, list[tuple[str, str]]]],
) -> None:
    with opened() as ledger:
        for number, (source, names) in enumerate(said):
            ledger.add(*report(number, source, names), linker=LINKER)
        known, entries = entities(ledger)
        by_key = {e.key: e for e in entries}
        for entity in known:
            view = ledger.view(entity.id)
            assert view is not None
            assert view[0] == entity
            assert {e.key: e for e in view[1]} == {key: by_key[key] for key in entity.claims}


@SETTINGS
@given(st.lists(told, max_size=5), st.randoms())
def test_the_order_of_arrival_does_not_matter(
    said: list[tuple[int, list[tuple[str, str]]]], dice: Random
) -> None:
    taken = [report(n, 1000 + n, names) for n, (_, names) in enumerate(said)]
    shuffled = list(taken)
    dice.shuffle(shuffled)
    results = []
    for order in (taken, shuffled):
        with opened() as ledger:
            for document, claims in order:
                ledger.add(document, claims, linker=LINKER)
            results.append(kept(ledger))
            held = [key for entity in results[-1] for key in entity.claims]
            # Merging keeps every claim, once.
            assert sorted(held) == sorted(e.key for e in ledger.entries())
    assert results[0] == results[1]


@everywhere
@SETTINGS
@given(st.lists(told, min_size=1, max_size=4), st.integers(0, 20), st.integers(0, 20))
def test_undo_restores_exactly(
    said: list[tuple[int, list[tuple[str, str]]]], one: int, two: int
) -> None:
    with opened() as ledger:
        for number, (source, names) in enumerate(said):
            ledger.add(*report(number, source, names), linker=LINKER)
        before, entries = kept(ledger), ledger.entries()
        left, right = before[one % len(before)].id, before[two % len(before)].id
        made = [
            ledger.judge(Judgement(verb="same", left=left, right=right), linker=LINKER),
            ledger.judge(Judgement(verb="reject", left=entries[one % len(entries)].key), linker=LINKER),
            ledger.judge(
                Judgement(verb="correct", left=entries[two % len(entries)].key,
                          patch={"subject": "Orvane works"}), linker=LINKER,
            ),
        ]  # fmt: skip
        for judgement in made:
            ledger.judge(Judgement(verb="undo", left=judgement.key), linker=LINKER)
        assert ledger.entries() == entries
        assert kept(ledger) == before


def test_what_a_better_extractor_finds_later_was_not_known_before() -> None:
    with opened() as ledger:
        document, claims = report(0, 0, [("Orvane plant", "plant")])
        ledger.add(document, claims, linker=LINKER)
        day, then = last(ledger), kept(ledger)
        more = [*claims, *_better(document.text, ("Orvane plant", "plant"))]
        ledger.add_again(document, more, "nameplate test", linker=LINKER)
        (entity,) = kept(ledger)
        assert len(entity.claims) == 2
        assert ledger.entities_as_of(LINKER, day) == then
        view = ledger.view_as_of(entity.id, LINKER, day)
        assert view is not None
        assert (view[0], len(view[1])) == (then[0], 1)
