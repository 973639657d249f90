"""Older files, copies of a ledger, and what a crash in the middle of either leaves."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

import ledger_0001
from nameplate.errors import LedgerError
from nameplate.ledger import ClaimFilter, Ledger, back_up, restore
from nameplate.ledger.tables import HEAD
from nameplate.model import Claim, Document, Judgement
from nameplate.pipeline import LINKER, entities, one_entity


def now() -> str:
    return "2024-03-01T00:00:00Z"


def opened(path: Path) -> Ledger:
    return Ledger.open(path, create=False, clock=now)


def add(ledger: Ledger, name: str) -> None:
    text = f"The {name} plant started."
    claim = Claim(
        kind="milestone", subject=f"{name} plant", stage="started", quote="The", start=0, end=3
    )
    ledger.add(Document(id=name, text=text), [claim], linker=LINKER)


def child(code: str, *args: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that runs the code."""
    head = """
        import os, signal, sys
        from pathlib import Path
        from nameplate.ledger import Ledger, back_up, restore
        from nameplate.pipeline import LINKER
        now = lambda: "2024-03-01T00:00:00Z"
        die = lambda *args, **more: os.kill(os.getpid(), signal.SIGKILL)
    """
    command = [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(code), *args]
    return subprocess.run(command, text=True, capture_output=True, timeout=120, check=False)


def revision(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


# Older files


def test_an_older_file_is_migrated_and_says_the_same(tmp_path: Path) -> None:
    path = ledger_0001.make(tmp_path / "old.ledger")
    with opened(path) as ledger:
        assert ledger.verify() == []
        assert [d.id for d in ledger.documents()] == ["r0", "r1", "r2"]
        assert len(ledger.entries()) == 6
        assert len(ledger.entries(as_of="2024-01-01")) == 2
        assert len(ledger.entries(ClaimFilter(subject="orvane"))) == 6
        assert [j.verb for j in ledger.judgements()] == ["same"]
        entity, shelf = one_entity(ledger, "orvane plant")
        assert len(shelf.of(entity)) == 6
        (place,) = {e.claim.object for e in shelf.of(entity)} - {None}
        assert place == "Corvid"
        add(ledger, "later")
    assert revision(path) == HEAD


def test_a_migration_that_touches_nothing_derived_keeps_what_was_worked_out(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.ledger"
    with Ledger.open(path, clock=now) as ledger:
        add(ledger, "first")
        known = ledger.rebuild_entities(LINKER)
    with sqlite3.connect(path) as connection:
        for table in ("monitors", "deliveries", "tallies", "report_words"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
    with opened(path) as ledger:
        assert revision(path) == HEAD
        assert ledger.cached_entities(LINKER.rules) == known


def test_a_crash_while_migrating_leaves_the_older_file(tmp_path: Path) -> None:
    path = ledger_0001.make(tmp_path / "old.ledger", reports=20)
    done = child(
        """
        from nameplate.ledger import name_index
        name_index.rebuild = die
        Ledger.open(Path(sys.argv[1]), create=False, clock=now)
        """,
        str(path),
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert revision(path) == "0001"
    with opened(path) as ledger:
        assert ledger.verify() == []
        assert len(ledger.entries()) == 40


# Copies


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "x.ledger"
    with Ledger.open(path, clock=now) as ledger:
        add(ledger, "first")
        entities(ledger)
    return path


def test_a_copy_is_the_ledger(made: Path, tmp_path: Path) -> None:
    back_up(made, tmp_path / "copy", 5)
    with opened(made) as one, opened(tmp_path / "copy") as two:
        assert one.entries() == two.entries()
        assert one.stamp() == two.stamp()
        assert two.verify() == []
    assert not list(tmp_path.glob("*.part*"))


def test_a_copy_never_overwrites(made: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("precious")
    with pytest.raises(LedgerError, match="file already"):
        back_up(made, tmp_path / "copy", 5)
    assert (tmp_path / "copy").read_text() == "precious"


def test_a_copy_under_load_is_one_state(made: Path, tmp_path: Path) -> None:
    stop, wrote = threading.Event(), threading.Event()

    def write() -> None:
        with opened(made) as ledger:
            number = 0
            while not stop.is_set():
                add(ledger, f"load{number}")
                number += 1
                if number == 3:
                    wrote.set()

    writers = [threading.Thread(target=write)]
    for writer in writers:
        writer.start()
    assert wrote.wait(60)
    counts = []
    for n in range(3):
        back_up(made, tmp_path / f"copy{n}", 30)
    stop.set()
    for writer in writers:
        writer.join()
    for n in range(3):
        with opened(tmp_path / f"copy{n}") as ledger:
            assert ledger.verify() == []
            assert all(filed.claims == 1 for filed in ledger.documents())
            counts.append(len(ledger.documents()))
            assert ledger.is_resolved(LINKER.rules)
    assert 4 <= counts[0] <= counts[1] <= counts[2]


def test_a_crash_while_copying_leaves_no_copy(made: Path, tmp_path: Path) -> None:
    code = """
        from nameplate.ledger import backup
        backup._settled = die
        back_up(Path(sys.argv[1]), Path(sys.argv[2]), 5)
    """
    done = child(code, str(made), str(tmp_path / "copy"))
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert not (tmp_path / "copy").exists()
    with opened(made) as ledger:
        assert ledger.verify() == []
    back_up(made, tmp_path / "copy", 5)
    assert not list(tmp_path.glob("*.part*"))


def test_a_copy_is_restored_to_a_new_file_and_over_an_old_one(made: Path, tmp_path: Path) -> None:
    back_up(made, tmp_path / "copy", 5)
    restore(tmp_path / "copy", tmp_path / "new.ledger", replace=False, patience=5)
    with opened(made) as ledger:
        add(ledger, "second")
        with pytest.raises(LedgerError, match="ledger already"):
            restore(tmp_path / "copy", made, replace=False, patience=5)
        assert len(ledger.documents()) == 2
        restore(tmp_path / "copy", made, replace=True, patience=5)
        # Who has it open sees the restored one, as after any transaction.
        assert [d.id for d in ledger.documents()] == ["first"]
        add(ledger, "third")
        assert ledger.verify() == []
    with opened(tmp_path / "new.ledger") as ledger:
        assert [d.id for d in ledger.documents()] == ["first"]
        assert ledger.verify() == []
    assert not list(tmp_path.glob("*.part*"))


def test_an_older_copy_is_migrated_and_itself_left_alone(tmp_path: Path) -> None:
    copy = ledger_0001.make(tmp_path / "copy")
    restore(copy, tmp_path / "x.ledger", replace=False, patience=5)
    assert revision(copy) == "0001"
    with opened(tmp_path / "x.ledger") as ledger:
        assert len(ledger.entries()) == 6
        assert ledger.verify() == []


@pytest.mark.parametrize("content", [b"", b"not a ledger" * 1000])
def test_what_is_no_copy_leaves_the_ledger(made: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy").write_bytes(content)
    with pytest.raises(LedgerError, match=r"not a ledger|no ledger"):
        restore(tmp_path / "copy", made, replace=True, patience=5)
    with opened(made) as ledger:
        assert len(ledger.documents()) == 1


def test_a_damaged_copy_leaves_the_ledger(made: Path, tmp_path: Path) -> None:
    back_up(made, tmp_path / "copy", 5)
    whole = bytearray((tmp_path / "copy").read_bytes())
    whole[4096 * 3 : 4096 * 30] = b"\xff" * (4096 * 27)
    (tmp_path / "copy").write_bytes(bytes(whole))
    with pytest.raises(LedgerError, match="damaged"):
        restore(tmp_path / "copy", made, replace=True, patience=5)
    with opened(made) as ledger:
        assert ledger.verify() == []


@pytest.mark.parametrize("step", ["_copy", "_settled"])
def test_a_crash_while_restoring_leaves_the_ledger(made: Path, tmp_path: Path, step: str) -> None:
    back_up(made, tmp_path / "copy", 5)
    with opened(made) as ledger:
        add(ledger, "second")
    code = f"""
        from nameplate.ledger import backup
        backup.{step} = die
        restore(Path(sys.argv[1]), Path(sys.argv[2]), replace=True, patience=5)
    """
    done = child(code, str(tmp_path / "copy"), str(made))
    assert done.returncode == -signal.SIGKILL, done.stderr
    with opened(made) as ledger:
        assert len(ledger.documents()) == 2
        assert ledger.verify() == []


# Crashes in the middle of resolving and judging


@pytest.mark.parametrize(
    ("broken", "act"),
    [
        ("entity_cache._insert", "ledger.rebuild_entities(LINKER)"),
        ("linking._settle", "add(ledger)"),
        ("entity_cache.put", "add(ledger)"),
        ("entity_cache.mark", "judge(ledger)"),
        ("entity_cache.put", "again(ledger)"),
    ],
)
def test_killed_in_the_middle_the_ledger_is_whole(made: Path, broken: str, act: str) -> None:
    code = f"""
        from nameplate.ledger import entity_cache, linking
        from nameplate.model import Claim, Document, Judgement
        {broken} = die
        def add(ledger):
            claim = Claim(kind="need", subject="first plants", quote="The", start=0, end=3)
            ledger.add(Document(id="b", text="The second."), [claim], linker=LINKER)
        def judge(ledger):
            ledger.judge(Judgement(verb="reject", left=ledger.entries()[0].key), linker=LINKER)
        def again(ledger):
            ledger.add_again(ledger.document("first"), [], "nameplate 9", linker=LINKER)
        with Ledger.open(Path(sys.argv[1]), clock=now) as ledger:
            {act}
    """
    done = child(code, str(made))
    assert done.returncode == -signal.SIGKILL, done.stderr
    with opened(made) as ledger:
        assert ledger.verify() == []
        assert len(ledger.entries()) == 1
        assert ledger.judgements() == []
        known = ledger.cached_entities(LINKER.rules)
        assert known is None or [len(e.claims) for e in known] == [1]
        add(ledger, "first")
        ledger.judge(Judgement(verb="reject", left=ledger.entries()[0].key), linker=LINKER)
        assert ledger.entries() == []
        assert entities(ledger)[0] == []


def test_processes_write_and_die_while_others_back_up_and_restore(
    made: Path, tmp_path: Path
) -> None:
    code = """
        import os, sys
        from nameplate.ledger import Ledger
        from nameplate.model import Claim, Document
        from nameplate.pipeline import LINKER
        with Ledger.open(sys.argv[1], clock=lambda: "2024-03-01T00:00:00Z") as ledger:
            for n in range(100_000):
                name = f"w{os.getpid()} {n}"
                claim = Claim(kind="need", subject=f"{name} plant", quote="The", start=0, end=3)
                ledger.add(Document(id=name, text=f"The {name}."), [claim], linker=LINKER)
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(made)]
    writers = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        with opened(made) as ledger:
            while ledger.pages.count_reports() < 6:
                assert all(writer.poll() is None for writer in writers)
                time.sleep(0.05)
        for n in range(2):
            program = (
                "import sys; from nameplate.cli import main; sys.argv[0] = 'nameplate'; main()"
            )
            copying = [sys.executable, "-c", program, "backup", str(tmp_path / f"copy{n}")]
            done = subprocess.run(
                [*copying, "-l", str(made)],
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert done.returncode == 0, done.stderr
        writers[0].kill()
        writers[0].wait(30)
        restore(tmp_path / "copy0", made, replace=True, patience=30)  # while the other goes on
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate(timeout=30)
    for path in (made, tmp_path / "copy0", tmp_path / "copy1"):
        with opened(path) as ledger:
            assert ledger.verify() == []
            assert all(filed.claims == 1 for filed in ledger.documents())
            assert sum(len(e.claims) for e in entities(ledger)[0]) == len(ledger.entries())
            known = entities(ledger)[0]
            ledger.drop_caches()
            assert ledger.rebuild_entities(LINKER) == known
