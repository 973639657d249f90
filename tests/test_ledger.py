"""Adding, asking back, and the two times."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import ledger_places
from nameplate.errors import LedgerError, UsageError
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.model import Claim, Document, Failure, Judgement, Mention

pytestmark = pytest.mark.usefixtures("everywhere")

TEXT = "The Hailun plant made 1,500 cars in 2023 and will make 4,000 in 2025."
DOCUMENT = Document(id="a", text=TEXT, published="2024-01-05", title="Cars")
MADE = Claim(
    kind="quantity",
    subject="Hailun plant",
    quote="1,500 cars",
    start=22,
    end=32,
    measure="output",
    value=Decimal("1500.0"),
    unit="1",
    modality="actual",
    when="2023",
)
WILL = Claim(
    kind="quantity",
    subject="Hailun plant",
    quote="4,000",
    start=55,
    end=60,
    measure="output",
    value=Decimal(4000),
    unit="1",
    modality="planned",
    when="2025",
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    days = (f"2024-02-{day:02d}T10:00:00Z" for day in range(1, 29))
    with Ledger.open(ledger_places.fresh(tmp_path), clock=lambda: next(days)) as opened:
        yield opened


def test_a_document_comes_back_with_its_claims(ledger: Ledger) -> None:
    added = ledger.add(DOCUMENT, [WILL, MADE, MADE], b"the bytes")
    assert (added.status, added.claims) == ("new", 2)
    assert [e.claim for e in ledger.entries()] == [MADE, WILL]
    assert [e.key for e in ledger.entries()] == [c.key(DOCUMENT.key) for c in (MADE, WILL)]
    kept = ledger.document("a")
    assert kept.key == DOCUMENT.key
    assert kept.digest is not None
    assert ledger.original(kept.digest) == b"the bytes"
    assert ledger.original("0" * 64) is None
    assert ledger.verify() == []


def test_the_same_document_twice_changes_nothing(ledger: Ledger) -> None:
    ledger.add(DOCUMENT, [MADE])
    before = (ledger.documents(versions=True), ledger.entries())
    again = ledger.add(DOCUMENT, [MADE, WILL])
    assert (again.status, again.claims) == ("same", 0)
    assert (ledger.documents(versions=True), ledger.entries()) == before


def test_other_words_from_the_same_source_are_a_new_version(ledger: Ledger) -> None:
    first = ledger.add(DOCUMENT, [MADE])
    changed = Document(id="a", text=TEXT + " Corrected.", published="2024-01-05", title="Cars")
    second = ledger.add(changed, [WILL])
    assert (second.status, second.previous) == ("version", first.document_key)
    assert [e.claim for e in ledger.entries()] == [WILL]
    assert [e.claim for e in ledger.entries(ClaimFilter(versions=True))] == [MADE, WILL]
    assert [v.version for v in ledger.versions("a")] == [1, 2]
    assert ledger.document("a").text.endswith("Corrected.")
    old = ledger.filed(first.document_key)
    assert old.superseded == second.document_key
    asked = ClaimFilter(document=first.document_key[:8])
    assert [e.claim for e in ledger.entries(asked)] == [MADE]


def test_as_of_gives_what_was_known_then(ledger: Ledger) -> None:
    ledger.add(DOCUMENT, [MADE])  # recorded on the 1st
    ledger.add(Document(id="a", text=TEXT + "!"), [WILL])  # on the 2nd
    assert ledger.entries(as_of="2024-01-31") == []
    assert [e.claim for e in ledger.entries(as_of="2024-02-01")] == [MADE]
    assert [e.claim for e in ledger.entries(as_of="2024-02-02")] == [WILL]
    assert [d.superseded for d in ledger.documents("2024-02-01")] == [None]
    with pytest.raises(UsageError, match="soon"):
        ledger.documents("soon")


def test_time_of_record_never_goes_back(tmp_path: Path) -> None:
    times = iter(["2024-02-02T00:00:00Z", "2024-02-01T00:00:00+08:00", "2024-02-02T00:00:00Z"])
    with Ledger.open(ledger_places.fresh(tmp_path), clock=lambda: next(times)) as ledger:
        for name in "abc":
            ledger.add(Document(id=name, text=name), [])
        recorded = [d.recorded for d in ledger.documents()]
    assert recorded == [f"2024-02-02T00:00:00.00000{i}Z" for i in range(3)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (ClaimFilter(kind="quantity"), 2),
        (ClaimFilter(kind="milestone"), 0),
        (ClaimFilter(measure="output", modality="planned"), 1),
        (ClaimFilter(stage="started"), 0),
        (ClaimFilter(subject="HAILUN"), 2),
        (ClaimFilter(subject="Plant “Hailun”"), 2),
        (ClaimFilter(subject="Hailum plant"), 2),
        (ClaimFilter(subject="Hayden works"), 0),
        (ClaimFilter(subject="。"), 0),
        (ClaimFilter(document="a"), 2),
        (ClaimFilter(since="2024"), 1),
        (ClaimFilter(until="2023-06"), 1),
        (ClaimFilter(since="2023-12", until="2024"), 1),
        (ClaimFilter(keys=(MADE.key(DOCUMENT.key), "f" * 32)), 1),
        (ClaimFilter(keys=()), 0),
    ],
)
def test_filters(ledger: Ledger, asked: ClaimFilter, found: int) -> None:
    ledger.add(DOCUMENT, [MADE, WILL])
    assert len(ledger.entries(asked)) == found


def test_one_chinese_character_finds_its_subject(ledger: Ledger) -> None:
    claim = Claim(kind="milestone", subject="長安汽車渝北工廠", quote="復工", start=0, end=2)
    ledger.add(Document(id="z", text="復工"), [claim])
    for query in ("长", "渝北", "汽车"):
        assert len(ledger.entries(ClaimFilter(subject=query))) == 1
    assert ledger.entries(ClaimFilter(subject="川")) == []


def test_a_document_is_found_by_id_address_and_key(ledger: Ledger) -> None:
    key = ledger.add(Document(id="a", text="x", address="http://h/a"), []).document_key
    ledger.add(Document(id="a", text="y", address="http://h/b"), [])
    assert ledger.document("http://h/a").text == "x"
    assert ledger.document(key[:6]).text == "x"
    with pytest.raises(UsageError, match="may mean"):
        ledger.document("a")
    with pytest.raises(UsageError, match="no document"):
        ledger.document("nothing")


def test_a_claim_that_is_not_in_the_text_is_refused_whole(ledger: Ledger) -> None:
    wrong = Claim(kind="quantity", subject="x", quote="1,600 cars", start=22, end=32)
    mentioned = Claim(
        kind="quantity",
        subject="x",
        quote="1,500 cars",
        start=22,
        end=32,
        mentions=(Mention(quote="no", start=0, end=2),),
    )
    for claim in (wrong, mentioned):
        with pytest.raises(LedgerError, match="does not say"):
            ledger.add(DOCUMENT, [MADE, claim])
    assert ledger.documents() == []


def test_judgements_are_appended_in_order_and_keyed(ledger: Ledger) -> None:
    ledger.add(DOCUMENT, [MADE])
    key = MADE.key(DOCUMENT.key)
    first = ledger.judge(
        Judgement(verb="correct", left=key, patch={"value": Decimal("1.50")}, author="Li")
    )
    second = ledger.judge(Judgement(verb="undo", left=first.key, author="Li", reason="mistaken"))
    assert ledger.judgements() == [first, second]
    assert ledger.judgements(as_of="2024-02-02") == [first]
    assert ledger.verify() == []


def test_failures_belong_to_a_run(ledger: Ledger) -> None:
    run = ledger.begin_run("add reports/")
    bad = Failure(where="reports/x.pdf", problem="no text", remedy="Scan it.")
    ledger.record_failure(bad, run)
    ledger.record_failure(Failure(where="y", problem="empty"))
    ledger.end_run(run, added=3, failed=1)
    assert ledger.failures(run) == [bad]
    assert len(ledger.failures()) == 2


def test_caches_can_be_dropped_and_come_back(ledger: Ledger) -> None:
    ledger.add(DOCUMENT, [MADE])
    ledger.drop_caches()
    assert len(ledger.entries(ClaimFilter(subject="hailun"))) == 1


def test_half_a_character_is_refused_with_a_remedy(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="encoding"):
        ledger.add(Document(id="s", text="\ud800"), [])
    ledger.add(Document(id="n", text="a\0b"), [])
    assert ledger.document("n").text == "a\0b"
