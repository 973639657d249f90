"""Judgements on claims change what the ledger gives, and never what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import ledger_places
from nameplate.errors import UsageError
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.model import Claim, Document, Judgement

pytestmark = pytest.mark.usefixtures("everywhere")

TEXT = "The Hailun plant made 1,500 cars in 2023 and will make 4,000 in 2025."
DOCUMENT = Document(id="a", text=TEXT, published="2024-01-05")
KEY = DOCUMENT.key


def claim(quote: str, value: int, **more: str) -> Claim:
    start = TEXT.index(quote)
    fields = {"measure": "output", "unit": "1", "modality": "actual", "when": "2023"} | more
    return Claim(
        kind="quantity", subject="Hailun plant", quote=quote, start=start, end=start + len(quote),
        value=Decimal(value), **fields,
    )  # fmt: skip


MADE = claim("1,500 cars", 1500)
WILL = claim("4,000", 4000, modality="planned", when="2025")
MADE_KEY, WILL_KEY = MADE.key(KEY), WILL.key(KEY)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    days = (f"2024-02-{day:02d}T10:00:00Z" for day in range(1, 29))
    with Ledger.open(ledger_places.fresh(tmp_path), clock=lambda: next(days)) as opened:
        opened.add(DOCUMENT, [MADE, WILL])
        yield opened


def judge(ledger: Ledger, verb: str, left: str = MADE_KEY, **more: object) -> Judgement:
    return ledger.judge(Judgement(verb=verb, left=left, **{"author": "Li"} | more))  # type: ignore[arg-type]


def values(ledger: Ledger, **wanted: object) -> list[int]:
    as_of = wanted.pop("as_of", None)
    found = ledger.entries(ClaimFilter(**wanted), as_of)  # type: ignore[arg-type]
    return [int(e.claim.value or 0) for e in found]


def test_a_rejected_claim_is_left_out_until_undone(ledger: Ledger) -> None:
    rejection = judge(ledger, "reject")
    assert values(ledger) == [4000]
    assert values(ledger, rejected=True) == [1500, 4000]
    assert values(ledger, as_of="2024-02-01") == [1500, 4000]
    judge(ledger, "undo", rejection.key)
    assert values(ledger) == [1500, 4000]
    assert values(ledger, as_of="2024-02-02") == [4000]
    assert ledger.verify() == []


def test_a_corrected_claim_keeps_its_original(ledger: Ledger) -> None:
    correction = judge(ledger, "correct", patch={"value": "1600", "when": "2022"})
    (entry,) = ledger.entries(ClaimFilter(keys=(MADE_KEY,)))
    assert (entry.claim.value, entry.claim.when) == (Decimal(1600), "2022")
    assert (entry.original, entry.verdict, entry.judgement) == (MADE, "correct", correction.key)
    assert entry.claim.quote == MADE.quote
    judge(ledger, "undo", correction.key[:8])
    assert [e.claim for e in ledger.entries()] == [MADE, WILL]


def test_filters_ask_for_the_claim_as_corrected(ledger: Ledger) -> None:
    judge(ledger, "correct", patch={"measure": "sales", "when": "2021", "subject": "Orvane works"})
    assert values(ledger, measure="sales") == [1500]
    assert values(ledger, measure="output") == [4000]
    assert values(ledger, since="2021", until="2021") == [1500]
    assert values(ledger, subject="orvane") == [1500]
    assert values(ledger, subject="hailun") == [4000]
    assert values(ledger, document="a") == [1500, 4000]
    assert values(ledger, measure="sales", as_of="2024-02-01") == []


def test_an_accepted_claim_says_so(ledger: Ledger) -> None:
    judge(ledger, "accept")
    assert [e.verdict for e in ledger.entries()] == ["accept", None]


def test_a_person_outlives_the_machine(ledger: Ledger) -> None:
    judge(ledger, "accept")
    judge(ledger, "reject", author="nameplate 9.9")
    assert values(ledger) == [1500, 4000]
    judge(ledger, "reject", author="Wang")
    assert values(ledger) == [4000]


@pytest.mark.parametrize(
    ("verb", "more", "problem"),
    [
        ("reject", {"left": "feed00"}, "no claim"),
        ("undo", {"left": "feed00"}, "no judgement"),
        ("correct", {"patch": {"quote": "x"}}, "cannot be corrected"),
        ("correct", {"patch": {"colour": "red"}}, "cannot be corrected"),
        ("correct", {"patch": {"modality": "maybe"}}, "no such value"),
        ("correct", {"patch": {"subject": None}}, "no such value"),
    ],
)
def test_what_cannot_be_judged_is_refused(
    ledger: Ledger, verb: str, more: dict[str, object], problem: str
) -> None:
    with pytest.raises(UsageError, match=problem):
        judge(ledger, verb, **more)  # type: ignore[arg-type]
    assert ledger.judgements() == []


def test_claims_taken_again_lose_nothing(ledger: Ledger) -> None:
    better = claim("1,500 cars", 1500, item="cars")
    added = ledger.add_again(DOCUMENT, [better, WILL], "nameplate 2")
    assert (added.status, added.claims, added.rejected) == ("again", 1, 1)
    assert {e.claim for e in ledger.entries()} == {better, WILL}
    assert len(ledger.entries(ClaimFilter(rejected=True))) == 3
    assert [e.claim for e in ledger.entries(as_of="2024-02-01")] == [MADE, WILL]
    (rejection,) = ledger.judgements()
    assert (rejection.verb, rejection.left, rejection.author) == ("reject", MADE_KEY, "nameplate 2")
    assert ledger.add_again(DOCUMENT, [better, WILL], "nameplate 2").status == "same"
    assert ledger.verify() == []


def test_what_is_found_again_comes_back(ledger: Ledger) -> None:
    ledger.add_again(DOCUMENT, [WILL], "nameplate 2")
    assert ledger.add_again(DOCUMENT, [MADE, WILL], "nameplate 3").status == "again"
    assert [e.claim for e in ledger.entries()] == [MADE, WILL]
    ledger.add_again(DOCUMENT, [WILL], "nameplate 4")
    assert [e.claim for e in ledger.entries()] == [WILL]


def test_what_a_person_accepted_stays_when_claims_are_taken_again(ledger: Ledger) -> None:
    judge(ledger, "accept")
    ledger.add_again(DOCUMENT, [WILL], "nameplate 2")
    assert values(ledger) == [1500, 4000]


def test_the_stamp_changes_with_claims_taken_again(ledger: Ledger) -> None:
    before = ledger.stamp()
    ledger.add_again(DOCUMENT, [MADE, WILL, claim("1,500", 1500)], "nameplate 2")
    assert ledger.stamp() != before
