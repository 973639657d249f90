"""Searching the words of reports: alike in files and on a server, in both languages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient
from typer.testing import CliRunner

import ledger_0001
import ledger_places
from nameplate.cli.app import register
from nameplate.errors import UsageError
from nameplate.find.terms import is_sure, kept, looked_up, places, terms
from nameplate.ledger import Addition, Ledger, Search, copy
from nameplate.model import Claim, Document
from nameplate.target import Target
from nameplate.web.app import create_app

pytestmark = pytest.mark.usefixtures("everywhere")


def now() -> str:
    return "2024-03-01T00:00:00Z"


def report(id: str, text: str, title: str | None = None, published: str = "2024-01-01") -> Document:
    return Document(id=id, text=text, title=title, published=published)


REPORTS = (
    report("tyre", "The tyre plant of Orvane in Chongqing makes 15,000 tyres.", "Orvane starts"),
    report(
        "tread", "A plant makes treads; the tyre comes later.", "Tyres and plants", "2023-05-02"
    ),
    report("zh", "奥凡轮胎公司在重庆建设K20A型轮胎工厂。钢", "轮胎工厂开工", "2024-02-01"),
    report("zht", "新的輪胎工廠在臺灣投產，鋼鐵。", published="2024-03-01"),
    report("apart", "工厂不造轮胎。Café Müller's Chang’an ＦＵＬＬ", published="2022"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(ledger_places.fresh(tmp_path), clock=now) as opened:
        for document in REPORTS:
            opened.add(document, [])
        yield opened


def ids(ledger: Ledger, words: str, **more: str) -> list[str]:
    found = ledger.search(Search(words=words, **more))  # type: ignore[arg-type]
    assert found.total == len(found.hits)
    return [hit.report.id for hit in found.hits]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tyre", ["tread", "tyre"]),  # the title first, though it is older
        ("TYRES plant", ["tread", "tyre"]),
        ('"tyre plant"', ["tyre"]),
        ("“tyre plant”", ["tyre"]),
        ("plant-tyre", []),
        ("15000", ["tyre"]),
        ("15,000 tyres", ["tyre"]),
        ("轮胎", ["zh", "zht", "apart"]),
        ("轮胎工厂", ["zh", "zht"]),
        ("輪胎 工廠", ["zh", "zht", "apart"]),
        ("钢", ["zht", "zh"]),
        ("鐵", ["zht"]),
        ("K20A型轮胎", ["zh"]),
        ("轮胎 k20a", ["zh"]),
        ("台湾", ["zht"]),
        ("cafe muller", ["apart"]),
        ("Changan full", ["apart"]),
        ("ｔｙｒｅ", ["tread", "tyre"]),
        ("nothing", []),
        ("厂工", []),
        ("report_words", []),
    ],
)
def test_words_are_found(ledger: Ledger, words: str, found: list[str]) -> None:
    assert ids(ledger, words) == found


@pytest.mark.parametrize(
    "words",
    ['tyre" OR "a', "tyre*", "^tyre", "NEAR(tyre plant)", "words: tyre", "'; DROP TABLE claims; --",
     "tyre & !plant", "{tyre}", "\\", "tyre \x00 plant", "%", '"', "a" * 100_000, "轮" * 100_000,
     "tyre " * 10_000, "\U0010ffff tyre", "{\"a\",NULL}", "NULL", "tyre:*", "<->", "\udfff"],
)  # fmt: skip
def test_hostile_queries_are_only_words(ledger: Ledger, words: str) -> None:
    try:
        found = ledger.search(Search(words=words))
    except UsageError as error:
        assert "no word" in error.sentence()
    else:
        assert found.total <= len(REPORTS)


def test_snippets_stand_in_the_text_with_their_places(ledger: Ledger) -> None:
    texts = {document.id: document.text for document in REPORTS}
    for words in ("tyre plant", "轮胎工厂 钢", '"tyre plant" orvane'):
        for hit in ledger.search(Search(words=words)).hits:
            said = texts[hit.report.id]
            assert hit.snippets
            for piece in hit.snippets:
                assert said[piece.start :].startswith(piece.text)
                assert piece.marks
                assert all(
                    piece.start <= b < e <= piece.start + len(piece.text) for b, e in piece.marks
                )


def test_filters_and_pages(ledger: Ledger) -> None:
    claim = Claim(kind="milestone", subject="Plant", stage="started", quote="Tyre", start=0, end=4)
    ledger.add(report("more", "Tyre works started.", published="2024-02-03"), [claim])
    assert ids(ledger, "tyre", kind="milestone") == ["more"]
    assert ids(ledger, "tyre", since="2024") == ["more", "tyre"]
    assert ids(ledger, "tyre", until="2024-01") == ["tread", "tyre"]
    assert ids(ledger, "tyre", since="2024-02", until="2024-02-03") == ["more"]
    page = ledger.search(Search(words="tyre"), start=1, size=1)
    assert (page.total, [h.report.id for h in page.hits]) == (3, ["more"])


def test_versions_and_days(ledger: Ledger) -> None:
    ledger.add(report("tyre", "Orvane makes belts now.", "Orvane"), [])
    assert ids(ledger, "tyre") == ["tread"]
    assert ids(ledger, "belts") == ["tyre"]


def test_words_are_taken_up_later_and_by_portions(tmp_path: Path) -> None:
    many = [Addition(report(f"r{n}", f"Report {n} of a tyre works."), ()) for n in range(1_203)]
    with Ledger.open(ledger_places.fresh(tmp_path), clock=now) as ledger:
        ledger.add(REPORTS[0], [])
        ledger.add_many(many)
        ledger.add(REPORTS[1], [])
        assert ids(ledger, "tyre") == ["tyre"]
        assert ledger.keep_words(seconds=0) == (1, 1205)
        told: list[tuple[int, int]] = []

        def broken_off(done: int, last: int) -> None:
            told.append((done, last))
            if done > 1_000:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            ledger.keep_words(broken_off)
        assert told == [(1, 1205), (501, 1205), (1001, 1205)]
        assert ledger.keep_words() == (1205, 1205)
        assert ledger.search(Search(words="tyre")).total == 1205
        assert ledger.search(Search(words='"tyre works"')).total == 1203
        ledger.add(REPORTS[2], [])
        assert ids(ledger, "重庆") == ["zh"]
        ledger.add_many([Addition(REPORTS[3], ())])
        assert ids(ledger, "台湾") == ["zht"]
        ledger.drop_caches()
        assert ids(ledger, "台湾") == []
        ledger.keep_words()
        assert ids(ledger, "台湾") == ["zht"]


def test_a_copy_is_searched(ledger: Ledger, tmp_path: Path) -> None:
    source = ledger_places.fresh(tmp_path)
    for replace in (False, True):
        to = Target.of(str(tmp_path / "y.ledger"))
        copy(Target.of(str(source)), to, replace=replace, patience=30)
        with Ledger.open(tmp_path / "y.ledger", clock=now) as other:
            other.keep_words()
            assert ids(other, "轮胎工厂") == ["zh", "zht"]


def test_a_file_of_the_first_version_is_searched(tmp_path: Path) -> None:
    path = ledger_0001.make(tmp_path / "old.ledger")
    with Ledger.open(path, clock=now) as ledger:
        assert ledger.keep_words() == (3, 3)
        assert ids(ledger, "orvane") == ["r2", "r1", "r0"]
        assert ids(ledger, "1 orvane") == ["r1"]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


WORDS = st.text("轮胎工厂钢輪ab é'.,1 -\n", min_size=1, max_size=12)


@settings(max_examples=300, deadline=None)
@given(text=st.lists(WORDS, max_size=6).map(" ".join), query=WORDS)
def test_what_is_kept_finds_what_stands_there(text: str, query: str) -> None:
    said = kept(text)
    for term in terms(query):
        if is_sure(term):
            assert (looked_up(term) <= said) >= bool(places(text, [term])[0] and len(term) == 1)


@settings(max_examples=300, deadline=None)
@given(before=WORDS, query=WORDS, after=WORDS)
def test_a_term_is_found_in_its_own_text(before: str, query: str, after: str) -> None:
    text = f"{before}\n{query}\n{after}"
    for term in terms(f'"{query}"'):
        assert places(text, [term])[0]


def test_the_command(tmp_path: Path, ledger: Ledger) -> None:
    place = str(ledger_places.fresh(tmp_path))
    run = CliRunner().invoke
    told = run(register(), ["search", "tyre", "plant", "-l", place])
    assert told.exit_code == 0
    assert "Orvane starts" in told.stdout
    assert "2 reports" in told.stdout
    assert (
        '"in_title":true' in run(register(), ["search", "轮胎工厂", "-l", place, "--json"]).stdout
    )
    assert (
        "more with --skip 1"
        in run(register(), ["search", "tyre", "--limit", "1", "-l", place]).stdout
    )
    assert run(register(), ["search", "nothing", "-l", place]).exit_code == 1
    for wrong in (["!!"], ["tyre", "--kind", "x"], ["tyre", "--since", "May"]):
        assert isinstance(run(register(), ["search", *wrong, "-l", place]).exception, UsageError)


def test_the_desk_finds_words_of_texts(tmp_path: Path, ledger: Ledger) -> None:
    place = ledger_places.fresh(tmp_path)
    with TestClient(
        create_app(Target.of(str(place)), clock=now), base_url="http://127.0.0.1:8765"
    ) as desk:
        page = desk.get("/documents", params={"q": '"tyre plant"', "lang": "en"}).text
        assert "Orvane starts" in page
        assert "<mark>tyre plant</mark>" in page
        assert "Tyres and plants" not in page
        assert "<mark>輪胎工廠</mark>" in desk.get("/documents", params={"q": "轮胎工厂"}).text
        for hostile in ("<script>", '" OR', "%", "\x00", "tyre " * 500):
            assert desk.get("/documents", params={"q": hostile}).status_code in (200, 400)
