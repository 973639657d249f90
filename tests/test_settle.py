"""What the end of a batch weighs: the things of its reports against what is near them."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ledger_places
from nameplate.ledger import Ledger
from nameplate.model import Document
from nameplate.pipeline import LINKER, add_document, add_paths, known_entities, settle

pytestmark = pytest.mark.usefixtures("everywhere")

ENGLISH = (
    "Work on the Orvane tyre project in Jilin City began in March 2024. "
    "The Orvane tyre project has a total investment of 3 billion yuan."
)
CHINESE = "年产1500万条轮胎项目位于吉林市。该项目总投资30亿元，于2024年3月开工。"
OTHERS = [
    "The Nordhaus battery plant in Corvid has a total investment of 3 billion yuan.",
    "The Arvik glass plant went into production in May 2023. It is in Belton.",
]


@contextmanager
def opened() -> Iterator[Ledger]:
    days = (f"2024-{1 + n // 28:02d}-{1 + n % 28:02d}T00:00:00Z" for n in itertools.count())
    with (
        ledger_places.passing() as place,
        Ledger.open(place, clock=lambda: next(days)) as ledger,
    ):
        yield ledger


def texts(folder: Path, *said: str) -> list[Path]:
    made = []
    for number, text in enumerate(said):
        path = folder / f"r{number}.txt"
        path.write_text(f"2024-06-0{number + 1}\n\n{text}\n", encoding="utf-8")
        made.append(path)
    return made


def test_a_batch_is_weighed_at_its_end(tmp_path: Path) -> None:
    with opened() as ledger:
        list(add_paths(ledger, texts(tmp_path, ENGLISH, CHINESE)))
        assert [j.author for j in ledger.judgements()] == ["nameplate"]
        said = len(ledger.judgements())
        list(add_paths(ledger, texts(tmp_path, ENGLISH, CHINESE)))
        assert len(ledger.judgements()) == said  # the same again: nothing to weigh


def documents() -> list[Document]:
    return [
        Document(id=f"r{n}", text=text, published=f"2024-06-0{n + 1}")
        for n, text in enumerate([ENGLISH, CHINESE, *OTHERS])
    ]


@settings(max_examples=12, deadline=None)
@given(st.permutations(documents()))
def test_report_by_report_is_as_the_whole(order: list[Document]) -> None:
    found = []
    for local in (True, False):
        with opened() as ledger:
            ledger.rebuild_entities(LINKER)
            for document in order:
                added = add_document(ledger, document)
                if local:
                    settle(ledger, [added.document_key])
            if not local:
                settle(ledger)
            assert ledger.is_resolved(LINKER.rules)
            found.append(known_entities(ledger))
            assert {j.verb for j in ledger.judgements()} == {"same"}
    assert found[0] == found[1]


def test_what_is_far_is_not_read() -> None:
    with opened() as ledger:
        ledger.rebuild_entities(LINKER)
        keys = [add_document(ledger, document).document_key for document in documents()]
        near = ledger.neighbours(keys[:1], LINKER)
        names = {entity.name for entity in near.entities}
        assert "Orvane tyre project" in names
        assert not any("Arvik" in name for name in names)
        assert near.touched <= {entity.id for entity in near.entities}


def test_killed_while_settling_the_ledger_is_whole_and_settles_to_the_same(tmp_path: Path) -> None:
    code = """
        import os, signal, sys
        sys.path.insert(0, sys.argv[2])
        from nameplate.ledger import Ledger, entity_cache
        from nameplate.pipeline import LINKER, add_document, settle
        from test_settle import documents
        with Ledger.open(sys.argv[1], clock=lambda: "2024-03-01T00:00:00Z") as ledger:
            ledger.rebuild_entities(LINKER)
            keys = [add_document(ledger, document).document_key for document in documents()]
            entity_cache.put = lambda *a: os.kill(os.getpid(), signal.SIGKILL)
            settle(ledger, keys)
    """
    path = tmp_path / "x.ledger"
    command = [sys.executable, "-c", textwrap.dedent(code), str(path), str(Path(__file__).parent)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    now = "2024-03-02T00:00:00Z"
    with opened() as calm, Ledger.open(path, create=False, clock=lambda: now) as ledger:
        assert ledger.verify() == []
        assert ledger.judgements() == []
        settle(ledger)
        calm.rebuild_entities(LINKER)
        for document in documents():
            add_document(calm, document)
        settle(calm)
        assert known_entities(ledger) == known_entities(calm)
        assert ledger.verify() == []
