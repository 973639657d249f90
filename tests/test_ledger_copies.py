"""Copies of one report are one source, whoever printed them, and no later word on anything."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import ledger_places
from nameplate.answer.checks import findings
from nameplate.answer.figures import figure_rows
from nameplate.find.stretches import alike, bands, stretches
from nameplate.ledger import Ledger
from nameplate.model import Claim, Document, Entry
from nameplate.pipeline import LINKER

pytestmark = pytest.mark.usefixtures("everywhere")

REPORT = (
    "The Orvane tyre plant in Corvid will cost {sum} yuan, the zone's management committee said. "
    "Ground was broken in spring beside the ring road, and the halls are to be roofed by winter. "
    "Four hundred people are to work there once both lines run, most of them from the town itself."
)
OTHER = (
    "The Orvane tyre plant in Corvid will cost {sum} yuan, its owner said at the fair. Lines for "
    "truck tyres have been ordered, and a second hall was drawn up by the institute of the county. "
    "Nobody would say when the first tyre may leave the works, or where the rubber comes from."
)


def report(name: str, published: str, text: str, amount: str) -> tuple[Document, list[Claim]]:
    said = text.format(sum=amount)
    quote = f"{amount} yuan"
    start = said.index(quote)
    claim = Claim(
        kind="quantity", measure="investment", value=amount.replace(",", ""), unit="CNY",  # type: ignore[arg-type]
        modality="planned", subject="Orvane tyre plant", subject_kind="plant", quote=quote,
        start=start, end=start + len(quote),
    )  # fmt: skip
    return Document(id=name, text=said, published=published), [claim]


def told(*reports: tuple[Document, list[Claim]], at: Path) -> list[Entry]:
    days = (f"2025-01-{day:02d}T00:00:00Z" for day in itertools.count(1))
    with Ledger.open(ledger_places.fresh(at), clock=lambda: next(days)) as ledger:
        for document, claims in reports:
            ledger.add(document, claims)
        entries = ledger.entries()
        ledger.drop_caches()
        assert ledger.entries() == entries
        assert ledger.verify() == []
        assert [e.copy_of for e in ledger.entries(as_of="2025-01-01")] == [None]
    return entries


FIRST = report("a", "2024-01-10", REPORT, "2,000,000")
COPY = report("b", "2024-03-01", "(Reprint) " + REPORT + " Editor: A. B.", "2,000,000")
REVISED = report("c", "2024-02-01", OTHER, "2,400,000")


def test_a_copy_says_of_which_report(tmp_path: Path) -> None:
    one, other, copy = told(FIRST, REVISED, COPY, at=tmp_path)
    assert (one.copy_of, other.copy_of, copy.copy_of) == (None, None, one.document_key)
    assert copy.source == one.source != other.source


def test_a_copy_is_counted_with_its_report(tmp_path: Path) -> None:
    (row,) = figure_rows(told(FIRST, COPY, at=tmp_path))
    (figure,) = row.planned
    assert figure.reports == 1
    assert len(figure.entries) == 2  # none is lost


ORDERS = [
    o for o in itertools.permutations([FIRST, COPY, REVISED]) if o.index(FIRST) < o.index(COPY)
]


@pytest.mark.parametrize("order", ORDERS)  # what is recorded first is taken for the report
def test_a_copy_is_no_later_word(
    order: tuple[tuple[Document, list[Claim]], ...], tmp_path: Path
) -> None:
    entries = told(*order, at=tmp_path)
    (row,) = figure_rows(entries)
    standing = {str(figure.value): figure.standing for figure in row.planned}
    assert standing == {"2000000": "revised", "2400000": "stands"}
    revisions = [f for f in findings("it", entries) if f.check == "revised"]
    assert [f.quotes for f in revisions] == [("2,000,000 yuan", "2,400,000 yuan")]


def test_a_copy_that_says_something_else_is_heard(tmp_path: Path) -> None:
    slipped = report("b", "2024-01-10", REPORT, "2,000,000,000")
    found = findings("it", told(FIRST, slipped, at=tmp_path))
    assert [f.check for f in found] == ["scale_slip"]


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (REPORT, REPORT.upper(), True),
        (REPORT, f"A reprint. {REPORT}", True),
        (REPORT, OTHER, False),
        (REPORT, REPORT[:130], False),  # a summary is a report of its own
        ("Short.", "Short.", False),
    ],
)
def test_likeness(one: str, two: str, same: bool) -> None:
    left, right = stretches(one), stretches(two)
    assert alike(left, right) is alike(right, left) is same
    if same:
        assert set(bands(left)) & set(bands(right))


def test_bands_fit_the_column() -> None:
    assert all(0 <= band < 1 << 63 for band in bands(stretches(REPORT + OTHER)))


def test_a_file_of_the_version_before_is_asked_by_name_as_ever(tmp_path: Path) -> None:
    path = tmp_path / "x.ledger"
    with Ledger.open(path, clock=lambda: "2025-01-01T00:00:00Z") as ledger:
        for document, claims in (FIRST, COPY):
            ledger.add(document, claims)
        known, entries = ledger.rebuild_entities(LINKER), ledger.entries()
    with closing(sqlite3.connect(path)) as file:
        file.executescript(
            "DROP TABLE report_words; DROP TABLE monitors; DROP TABLE deliveries; DROP TABLE tallies;"
            "DROP TABLE copies; DROP TABLE source_bands; DROP INDEX ix_claims_measure_value;"
            "UPDATE alembic_version SET version_num = '0003'; UPDATE spellings SET id = id + 100;"
            "UPDATE subjects SET spelling_id = spelling_id + 100;"
            "UPDATE name_grams SET spelling_id = spelling_id + 100;"
        )
    with Ledger.open(path, clock=lambda: "2025-01-02T00:00:00Z") as ledger:
        assert ledger.entries() == entries
        assert not ledger.is_resolved(LINKER.rules)
        assert ledger.rebuild_entities(LINKER) == known
        assert [e.id for e in ledger.entities_like("orvane")] == [e.id for e in known]
