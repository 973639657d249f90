"""What can go wrong with the file: every case is an error with a remedy, and the ledger stays whole."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pytest

from nameplate.errors import LedgerError
from nameplate.ledger import Ledger
from nameplate.model import Claim, Document


def now() -> str:
    return "2024-02-01T10:00:00Z"


def opened(path: Path, **more: float) -> Ledger:
    return Ledger.open(path, clock=now, **more)


def document(name: str, size: int = 0) -> Document:
    return Document(id=name, text=f"The {name} plant started." + os.urandom(size // 2).hex())


def claim(name: str) -> Claim:
    return Claim(
        kind="milestone", subject=f"{name} plant", stage="started", quote="The", start=0, end=3
    )


def python(code: str, *args: str) -> subprocess.Popen[str]:
    """A process of its own that runs the code with a few names at hand."""
    head = """
        import os, sys
        from nameplate.ledger import Ledger
        from nameplate.model import Claim, Document
        now = lambda: "2024-02-01T10:00:00Z"
    """
    script = textwrap.dedent(head) + textwrap.dedent(code)
    command = [sys.executable, "-c", script, *args]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a ledger. " * 100)
    with pytest.raises(LedgerError, match=r"notes.txt: .*not a ledger.*Name another file"):
        opened(path)
    assert path.read_text() == "Not a ledger. " * 100


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "books.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE books (title TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="another program"):
        opened(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_ledger_only_if_one_may_be_made(tmp_path: Path) -> None:
    path = tmp_path / "x.ledger"
    path.touch()
    with pytest.raises(LedgerError, match="empty"):
        Ledger.open(path, create=False, clock=now)
    with opened(path) as ledger:
        assert ledger.documents() == []


def test_no_file_no_folder_a_folder_and_a_server(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no ledger here"):
        Ledger.open(tmp_path / "x.ledger", create=False, clock=now)
    assert not (tmp_path / "x.ledger").exists()
    with pytest.raises(LedgerError, match="folder does not exist"):
        opened(tmp_path / "none" / "x.ledger")
    with pytest.raises(LedgerError, match="this is a folder"):
        opened(tmp_path)
    with pytest.raises(LedgerError, match="in a PostgreSQL database") as caught:
        Ledger.open("mysql://me:secret@host/db", clock=now)
    assert "secret" not in str(caught.value)


def test_a_truncated_ledger(tmp_path: Path) -> None:
    path = tmp_path / "x.ledger"
    with opened(path) as ledger:
        ledger.add(document("a", 100_000), [claim("a")])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LedgerError, match=r"damaged|failed"), opened(path) as ledger:
        ledger.document("a")


def test_a_damaged_ledger_does_not_verify(tmp_path: Path) -> None:
    path = tmp_path / "x.ledger"
    with opened(path) as ledger:
        ledger.add(document("a"), [claim("a")], b"the bytes")
    with sqlite3.connect(path) as other:
        other.execute("UPDATE documents SET text = replace(text, 'The', 'Das')")
        other.execute("UPDATE originals SET packed = x'00'")
        other.execute("UPDATE claims SET body = replace(body, 'started', 'signed')")
    other.close()
    with opened(path) as ledger:
        problems = {(p.table, p.problem) for p in ledger.verify()}
    assert ("documents", "its key is not of its words") in problems
    assert ("claims", "its key is not of its words") in problems
    assert ("claims", "the text does not say so") in problems
    assert "originals" in {table for table, _ in problems}


def test_a_locked_ledger(tmp_path: Path) -> None:
    path = tmp_path / "x.ledger"
    with opened(path, patience=0.2) as ledger:
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="another process is writing"):
            ledger.add(document("a"), [])
        assert ledger.documents() == []
        other.rollback()
        other.close()
        assert ledger.add(document("a"), []).status == "new"


def test_a_newer_ledger(tmp_path: Path) -> None:
    path = tmp_path / "x.ledger"
    opened(path).close()
    with sqlite3.connect(path) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()
    with pytest.raises(LedgerError, match=r"newer version \(9999.*Upgrade Nameplate"):
        opened(path)


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "x.ledger"
    with opened(path) as ledger:
        ledger.add(document("a"), [claim("a")])
    code = """
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
        from nameplate.errors import LedgerError
        with Ledger.open(sys.argv[1], clock=now) as ledger:
            try:
                ledger.add(Document(id="b", text=os.urandom(500_000).hex()), [])
            except LedgerError as error:
                print(error)
            print(ledger.add(Document(id="c", text="small"), []).status)
    """
    out, err = python(code, str(path)).communicate(timeout=60)
    assert "disk" in out, err
    assert out.endswith("new\n")
    with opened(path) as ledger:
        assert [d.id for d in ledger.documents()] == ["a", "c"]
        assert ledger.verify() == []


def test_a_full_database_says_so(tmp_path: Path) -> None:
    with opened(tmp_path / "x.ledger") as ledger:
        ledger.add(document("a"), [])
        with ledger._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 60")
        with pytest.raises(LedgerError, match=r"disk is full.*Free some space"):
            ledger.add(document("b", 1_000_000), [claim("b")])
        assert [d.id for d in ledger.documents()] == ["a"]
        assert ledger.verify() == []


def test_a_read_only_folder() -> None:
    code = """
        if os.geteuid() == 0:
            os.setuid(65534)  # no folder is read-only to root
        Ledger.open(sys.argv[1] + "/x.ledger", clock=now)
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        _, err = python(code, folder).communicate(timeout=60)
        Path(folder).chmod(0o755)
    assert "x.ledger: the ledger's file cannot be opened. Check that its folder" in err


def test_a_read_only_ledger_cannot_be_added_to(tmp_path: Path) -> None:
    with opened(tmp_path / "x.ledger") as ledger:
        ledger.add(document("a"), [])
        with ledger._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(LedgerError, match="cannot be written to"):
            ledger.add(document("b"), [])


ADDING = """
    path, name = sys.argv[1:3]
    with Ledger.open(path, clock=now) as ledger:
        print("ready", flush=True)
        for i in range(10_000 if name == "endless" else 40):
            text = f"The {name} plant {i} started. " + "x" * 20_000
            claims = [
                Claim(kind="milestone", subject=f"{name} {n}", quote="The", start=0, end=3)
                for n in range(50)
            ]
            ledger.add(Document(id=f"{name}{i}", text=text), claims, text.encode())
"""


@pytest.mark.parametrize("delay", [0.0, 0.03, 0.11])
def test_killed_while_adding_the_ledger_is_whole(tmp_path: Path, delay: float) -> None:
    path = tmp_path / "x.ledger"
    child = python(ADDING, str(path), "endless")
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    assert child.wait(timeout=30) == -signal.SIGKILL
    child.communicate()
    with opened(path) as ledger:
        assert ledger.verify() == []
        kept = ledger.documents()
        assert all(filed.claims == 50 for filed in kept)
        assert ledger.add(document("after"), [claim("after")]).status == "new"


def test_killed_while_made_the_ledger_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.ledger"
    code = """
        import signal
        from alembic import op
        op.create_index = lambda *args, **more: os.kill(os.getpid(), signal.SIGKILL)
        Ledger.open(sys.argv[1], clock=now)
    """
    child = python(code, str(path))
    child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    with opened(path) as ledger:
        assert ledger.add(document("a"), []).status == "new"
        assert ledger.verify() == []


def test_two_processes_adding_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.ledger"  # made by whichever comes first
    children = [python(ADDING, str(path), name) for name in ("one", "two")]
    for child in children:
        _, err = child.communicate(timeout=120)
        assert child.returncode == 0, err
    with opened(path) as ledger:
        kept = ledger.documents()
        assert len(kept) == 80
        assert sum(filed.claims for filed in kept) == 4000
        assert len({filed.recorded for filed in kept}) == 80
        assert ledger.verify() == []


def test_the_same_document_from_two_processes_is_added_once(tmp_path: Path) -> None:
    path = tmp_path / "x.ledger"
    children = [python(ADDING, str(path), "same") for _ in range(2)]
    for child in children:
        child.communicate(timeout=120)
        assert child.returncode == 0
    with opened(path) as ledger:
        assert len(ledger.documents(versions=True)) == 40
        assert ledger.verify() == []
