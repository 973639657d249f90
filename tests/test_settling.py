"""What the matcher decides does not depend on the order in which reports come."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nameplate.ledger import Ledger
from nameplate.model import Claim, Document, Judgement
from nameplate.pipeline import LINKER, settle
from test_resolution import kept, opened

NAMES = [
    ("Orvane tyre project", "project"), ("Orvane tyre project 2", "project"),
    ("Belvane tyre project", "project"), ("Jixing tyre project", "project"),
    ("Orvane tyre plant", "plant"), ("轮胎项目", "project"), ("年产1500万条轮胎项目", "project"),
    ("奥凡轮胎项目", "project"), ("Orvane Tyre Co., Ltd.", "company"),
    ("奥凡轮胎有限公司", "company"), ("OrvaneTyre Co., Ltd.", "company"),
    ("tyre project in Jilin City", "project"), ("Nordhaus battery plant in Corvid", "plant"),
]  # fmt: skip
SUM = ("investment", "3000000000", "CNY")
TYRES = ("capacity", "15000000", "1")
FACTS = [SUM, TYRES, ("investment", "2000000000", "CNY")]
PLACES = ["Jilin City", "吉林市", "Corvid"]
TEXT = "A report of some plants and of more than that, said on a day in the middle of summer."

Told = tuple[tuple[str, str], Sequence[tuple[str, str, str]], str | None, str | None]

things: st.SearchStrategy[Told] = st.tuples(
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(FACTS), min_size=1, max_size=2, unique=True),
    st.sampled_from([None, *PLACES]),
    st.sampled_from([None, "2019-03", "2024-03"]),
)
histories = st.lists(
    st.lists(things, min_size=1, max_size=2, unique_by=lambda told: told[0]), min_size=2, max_size=4
)


def report(number: int, told: Sequence[Told]) -> tuple[Document, list[Claim]]:
    """One report that tells these things."""
    text, claims = f"{number}: {TEXT}", []
    for (name, kind), facts, place, started in told:
        said: list[dict[str, object]] = [
            {
                "kind": "quantity",
                "measure": m,
                "value": Decimal(v),
                "unit": u,
                "modality": "planned",
            }
            | ({"item": "tyres"} if m == "capacity" else {})
            for m, v, u in facts
        ]
        if place:
            said.append({"kind": "relation", "relation": "located_in", "object": place})
        if started:
            said.append({"kind": "milestone", "stage": "started", "when": started})
        for fields in said:
            at = len(claims)
            span = {"start": at, "end": at + 3, "quote": text[at : at + 3]}
            claims.append(Claim(subject=name, subject_kind=kind, **span, **fields))  # type: ignore[arg-type]
    return Document(id=f"r{number}", text=text, published=f"2024-06-{number + 1:02d}"), claims


def take(ledger: Ledger, *reports: tuple[Document, list[Claim]]) -> None:
    """Add the reports one after the other, with what the matcher decides after each."""
    for document, claims in reports:
        added = ledger.add(document, claims, linker=LINKER)
        settle(ledger, [added.document_key])


def told_apart(ledger: Ledger) -> set[tuple[str, ...]]:
    """The claims of every thing."""
    return {entity.claims for entity in kept(ledger)}


RIVALS = [
    report(0, [(NAMES[6], [SUM, TYRES], "吉林市", None)]),
    report(1, [(NAMES[0], [SUM, TYRES], "吉林市", None)]),
    report(2, [(NAMES[2], [SUM, TYRES], "吉林市", None)]),
]
"""A project without a name of its own, and two that it may be, which exclude each other."""


@settings(max_examples=20, deadline=None)
@given(histories)
def test_the_order_of_reports_does_not_matter(history: list[list[Told]]) -> None:
    reports = [report(number, told) for number, told in enumerate(history)]
    with opened() as ledger:
        for document, claims in reports:
            ledger.add(document, claims, linker=LINKER)
        settle(ledger)
        at_once = told_apart(ledger)
    for order in (reports, reports[::-1], reports[1:] + reports[:1]):
        with opened() as ledger:
            take(ledger, *order)
            assert told_apart(ledger) == at_once
            settle(ledger)  # doubts that a batch did not look at; the things stay
            assert told_apart(ledger) == at_once
            assert settle(ledger) == 0


@pytest.mark.parametrize("order", list(itertools.permutations(RIVALS)))
def test_a_join_is_taken_back_when_a_rival_comes(
    order: Sequence[tuple[Document, list[Claim]]],
) -> None:
    with opened() as ledger:
        take(ledger, *order)
        assert len(told_apart(ledger)) == 3
        doubts = {frozenset((j.left, j.right)) for j in ledger.judgements() if j.verb == "unsure"}
        assert len(doubts) == 2


def test_what_a_person_judged_stands_beside_a_rival() -> None:
    with opened() as ledger:
        take(ledger, *RIVALS[:2])
        (joined,) = [j for j in ledger.judgements() if j.verb == "same"]
        undo = ledger.judge(Judgement(verb="undo", left=joined.key, author="wang"), linker=LINKER)
        settle(ledger)
        assert len(told_apart(ledger)) == 2
        ledger.judge(Judgement(verb="undo", left=undo.key, author="wang"), linker=LINKER)
        take(ledger, RIVALS[2])
        assert len(told_apart(ledger)) == 2  # restored by a person: the rival takes nothing back


def test_a_join_taken_back_comes_again_when_the_rival_is_ruled_out() -> None:
    with opened() as ledger:
        take(ledger, *RIVALS)
        before = ledger.judgements()[-1].recorded
        by_name = {entity.name: entity for entity in kept(ledger)}
        plain, rival = by_name[NAMES[6][0]], by_name[NAMES[2][0]]
        ledger.judge(
            Judgement(verb="different", left=plain.id, right=rival.id, author="wang"), linker=LINKER
        )
        settle(ledger)
        assert len(told_apart(ledger)) == 2
        assert len(ledger.entities_as_of(LINKER, before)) == 3
