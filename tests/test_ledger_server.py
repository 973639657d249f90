"""A ledger on a PostgreSQL server: what goes wrong, many writers at once, from and to files."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import psycopg
import pytest

import ledger_places
import web_ledger
from nameplate.errors import LedgerError
from nameplate.ledger import Addition, ClaimFilter, Ledger, back_up, restore
from nameplate.ledger.backup import copy
from nameplate.ledger.server import MARK
from nameplate.model import Claim, Document, Judgement
from nameplate.pipeline import LINKER, entities
from nameplate.target import Target


def now() -> str:
    return "2024-03-01T00:00:00Z"


def opened(place: str | Path, **more: float) -> Ledger:
    return Ledger.open(place, clock=now, **more)


@pytest.fixture
def place(postgres: str) -> str:
    """A schema without a table."""
    return ledger_places.empty_schema(postgres)


def add(ledger: Ledger, name: str) -> None:
    claim = Claim(
        kind="milestone", subject=f"{name} plant", stage="started", quote="The", start=0, end=3
    )
    ledger.add(Document(id=name, text=f"The {name} plant started."), [claim], linker=LINKER)


def ask(place: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(place, autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else []


def child(code: str, *args: str) -> subprocess.Popen[str]:
    """A process of its own that runs the code with a few names at hand."""
    head = """
        import os, signal, sys
        from pathlib import Path
        from nameplate.ledger import Ledger, restore
        from nameplate.model import Claim, Document
        from nameplate.pipeline import LINKER
        now = lambda: "2024-03-01T00:00:00Z"
        die = lambda *args, **more: os.kill(os.getpid(), signal.SIGKILL)
    """
    command = [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(code), *args]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


# Addresses


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://me:secret@host:5433/zone", "postgresql://me@host:5433/zone"),
        ("postgresql://me:se/cr@et#?x@host/zone", "postgresql://me@host/zone"),
        ("postgresql://host/zone?user=me&password=secret", "postgresql://host/zone?user=me&password=…"),
        ("postgresql://host/zone", "postgresql://host/zone"),
        ("postgres://me:secret@/zone?host=/run/pg", "postgres://me@/zone?host=/run/pg"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_its_password(url: str, said: str) -> None:
    target = Target.of(url)
    assert str(target) == said
    assert "secret" not in f"{target} {target!r}"


def test_files_of_the_desk_are_told_apart_by_the_ledger_alone(tmp_path: Path) -> None:
    def beside(url: str) -> str:
        return Target.of(url).beside(".desk", tmp_path).name

    one = beside("postgresql://me:secret@host/zone")
    assert one == beside("postgresql://you@host:5432/zone")
    assert one.startswith("host-zone-") and one.endswith(".desk")
    others = ["postgresql://host/other", "postgresql://host2/zone", "postgresql://host:5433/zone"]
    others.append("postgresql://host/zone?options=-csearch_path%3Dnorth")
    assert len({one, *map(beside, others)}) == 5
    assert Target.of(tmp_path / "x.ledger").beside(".desk", Path()) == tmp_path / "x.ledger.desk"


# What goes wrong


def test_a_wrong_password_is_not_repeated(postgres: str) -> None:
    wrong = postgres.replace("://nameplate:", "://nameplate:sesame-").replace("://:", "://")
    with pytest.raises(LedgerError, match="refuses this name or password") as caught:
        opened(wrong)
    assert "sesame" not in str(caught.value)
    nobody = postgres.replace("://nameplate:", "://nobody-here:")
    with pytest.raises(LedgerError, match="refuses this name or password"):
        opened(nobody)


def test_a_server_that_is_not_there_and_one_that_says_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(LedgerError, match="no server answers") as caught:
        opened(f"postgresql://me:sesame@127.0.0.1:{port}/zone")
    assert "sesame" not in str(caught.value)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"postgresql://me@127.0.0.1:{silent.getsockname()[1]}/zone"
        with pytest.raises(LedgerError, match="no server answers"):
            opened(address, patience=1)


@pytest.mark.parametrize("url", ["postgresql://me:pa:ss@host:port/zone", "postgresql://[::1/zone"])
def test_an_address_that_cannot_be_read(url: str) -> None:
    with pytest.raises(LedgerError, match=r"cannot be read.*%40"):
        opened(url)


def test_no_such_database_and_no_such_schema(postgres: str) -> None:
    with pytest.raises(LedgerError, match=r"no such database.*createdb"):
        opened(postgres.replace("/postgres?", "/nowhere?"))
    with pytest.raises(LedgerError, match="schema of this address does not exist"):
        opened(f"{postgres}&options=-csearch_path%3Dnowhere")


def test_a_database_of_another_program_is_left_alone(place: str) -> None:
    ask(place, "CREATE TABLE books (title text)")
    with pytest.raises(LedgerError, match="tables of another program"):
        opened(place)
    assert ask(place, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()") == [
        ("books",)
    ]
    ask(place, "CREATE TABLE alembic_version (version_num text)")
    with pytest.raises(LedgerError, match="tables of another program"):
        opened(place)


def test_an_empty_schema_becomes_a_ledger_only_if_one_may_be_made(place: str) -> None:
    with pytest.raises(LedgerError, match=r"empty, not a ledger"):
        Ledger.open(place, create=False, clock=now)
    with opened(place) as ledger:
        assert ledger.documents() == []


def test_a_newer_ledger_and_one_without_rights(postgres: str, place: str) -> None:
    with opened(place) as ledger:
        add(ledger, "first")
    schema = place.rpartition("%3D")[2]
    ask(postgres, "DROP ROLE IF EXISTS reader")
    ask(postgres, "CREATE ROLE reader LOGIN PASSWORD 'ajar'")
    ask(postgres, f"GRANT USAGE ON SCHEMA {schema} TO reader")
    ask(postgres, f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader")
    reader = "postgresql://reader:ajar@" + place.rpartition("@")[2]
    with opened(reader) as ledger:
        assert len(ledger.entries()) == 1
        with pytest.raises(LedgerError, match="may not do that"):
            add(ledger, "second")
    with pytest.raises(LedgerError, match="may not do that"):
        opened(reader.replace(schema, "public"))
    ask(postgres, f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM reader")
    ask(postgres, f"REVOKE ALL ON SCHEMA {schema} FROM reader")
    ask(postgres, "DROP ROLE reader")
    ask(place, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match=r"newer version \(9999.*Upgrade Nameplate"):
        opened(place)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"nameplate\[postgres\]"):
        opened("postgresql://me@host/zone")


def test_an_old_server_and_one_of_other_letters(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nameplate.ledger.server._OLDEST", 99)
    with pytest.raises(LedgerError, match=r"PostgreSQL 1\d.*Use PostgreSQL 99"):
        opened(place)


def test_a_writer_that_waits_too_long_says_so(place: str) -> None:
    with opened(place, patience=0.3) as ledger, psycopg.connect(place) as other:
        other.execute("SELECT pg_advisory_xact_lock(1313885268, hashtext(current_schema()))")
        with pytest.raises(LedgerError, match="another process is writing"):
            add(ledger, "first")
        assert ledger.documents() == []  # nobody waits to read
        other.rollback()
        add(ledger, "first")


def test_a_connection_that_the_server_ends(place: str) -> None:
    with opened(place) as ledger:
        add(ledger, "first")
        ended = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'nameplate' AND pid <> pg_backend_pid()"
        )
        ask(place, ended)
        assert len(ledger.documents()) == 1  # found again
        with (
            pytest.raises(LedgerError, match="connection to the server was lost"),
            ledger._writing(),
        ):
            ask(place, ended)
            ledger._engine.raw_connection().close()
            raise psycopg.errors.AdminShutdown("terminating connection")
        add(ledger, "second")
        assert ledger.verify() == []


def test_a_name_too_long_for_an_index_says_so(place: str) -> None:
    name = os.urandom(6000).hex()
    with opened(place) as ledger:
        with pytest.raises(LedgerError, match="too long"):
            add(ledger, name)
        assert ledger.documents() == []


def test_a_damaged_ledger_does_not_verify(place: str) -> None:
    with opened(place) as ledger:
        add(ledger, "first")
        ask(place, "UPDATE documents SET text = replace(text, 'The', 'Das')")
        ask(place, "UPDATE claims SET body = replace(body, 'started', 'signed')")
        problems = {(p.table, p.problem) for p in ledger.verify()}
    assert ("documents", "its key is not of its words") in problems
    assert ("claims", "the text does not say so") in problems


def test_every_sign_comes_back(place: str) -> None:
    signs = "a\0b\U0010ffff0\U0010ffff\0 é 中文 𠮷 \x01 \\N \\. \t \r\n"
    with opened(place) as ledger:
        claim = Claim(kind="need", subject=f"works {signs}", quote=signs, start=0, end=len(signs))
        ledger.add(Document(id=signs, text=signs, title=signs), [claim], signs.encode())
        (entry,) = ledger.entries()
        assert entry.claim == claim
        document = ledger.document(signs)
        assert (document.text, document.title) == (signs, signs)
        assert ledger.entries(ClaimFilter(document=signs)) == [entry]
        assert ledger.verify() == []


# Writers


def write(place: str, name: str, reports: int) -> None:
    """Add reports of this writer, each with one that all writers add."""
    with opened(place) as ledger:
        for i in range(reports):
            for one in (f"{name}-{i}", f"shared-{i}"):
                claims = [
                    Claim(kind="milestone", subject=f"{one} {n} plant", quote="The", start=0, end=3)
                    for n in range(5)
                ]
                ledger.add(Document(id=one, text=f"The {one}."), claims, b"x", linker=LINKER)


FORK = multiprocessing.get_context("fork")
"""Children that need not load everything again; they make their own connections."""


def test_many_rows_at_once_keep_every_sign(place: str) -> None:
    odd = ["", "\\N", "\\", "a\tb", "a\r\nb", "\0", "\U0010ffff0", "\\.", "\x01", "\\x41", "轮胎"]
    texts = [f"{number} {sign}" for number, sign in enumerate(odd * 10)]
    with opened(place) as ledger:
        ledger.add_many(
            [
                Addition(Document(id=f"{n}", text=text, title=odd[n % len(odd)] or None), ())
                for n, text in enumerate(texts)
            ]
        )
        held = [ledger.document(str(n)) for n in range(len(texts))]
    assert [one.text for one in held] == texts
    assert [one.title or "" for one in held] == odd * 10


def test_twenty_writers_at_once_lose_and_double_nothing(place: str) -> None:
    children = [FORK.Process(target=write, args=(place, f"w{n}", 3)) for n in range(20)]
    for one in children:  # one of them makes the ledger
        one.start()
    for one in children:
        one.join(300)
        assert one.exitcode == 0
    with opened(place) as ledger:
        kept = ledger.documents(versions=True)
        assert sorted(d.id for d in kept) == sorted(
            [f"w{n}-{i}" for n in range(20) for i in range(3)] + [f"shared-{i}" for i in range(3)]
        )
        assert all(filed.claims == 5 for filed in kept)
        assert len({filed.recorded for filed in kept}) == 63
        assert [d.recorded for d in kept] == sorted(d.recorded for d in kept)
        assert ledger.verify() == []
        known = entities(ledger)[0]
        ledger.drop_caches()
        assert ledger.rebuild_entities(LINKER) == known


def test_a_killed_writer_leaves_nothing_half_and_no_lock(place: str) -> None:
    opened(place).close()
    one = FORK.Process(target=write, args=(place, "endless", 100_000))
    one.start()
    while not ask(place, "SELECT 1 FROM documents LIMIT 1"):
        time.sleep(0.01)
    time.sleep(0.3)
    one.kill()
    one.join(30)
    assert one.exitcode == -signal.SIGKILL
    with opened(place) as ledger:
        add(ledger, "after")
        assert ledger.verify() == []
        assert all(d.claims == 5 for d in ledger.documents() if d.id != "after")


def test_killed_while_made_the_schema_is_as_before(place: str) -> None:
    code = """
        from alembic import op
        op.create_index = die
        Ledger.open(sys.argv[1], clock=now)
    """
    one = child(code, place)
    one.communicate(timeout=60)
    assert one.returncode == -signal.SIGKILL
    with opened(place) as ledger:
        add(ledger, "first")
        assert ledger.verify() == []
    assert ask(place, "SELECT obj_description('alembic_version'::regclass)") == [(MARK,)]


# From and to files


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = web_ledger.make(tmp_path / "made.ledger", 40)
    with Ledger.open(path, clock=web_ledger.ticking()) as ledger:
        known, _ = entities(ledger)
        ledger.judge(
            Judgement(verb="different", left=known[0].id, right=known[1].id), linker=LINKER
        )
        ledger.judge(Judgement(verb="reject", left=ledger.entries()[3].key), linker=LINKER)
        ledger.add(Document(id="bytes", text="a\0b"), [], bytes(range(256)), linker=LINKER)
        run = ledger.begin_run("add x")
        ledger.end_run(run, added=1, failed=0)
    return path


def said(place: str | Path) -> tuple[object, ...]:
    everything = ClaimFilter(versions=True, rejected=True)
    with opened(place) as ledger:
        assert ledger.verify() == []
        return (
            ledger.documents(versions=True), ledger.entries(everything), ledger.judgements(),
            ledger.cached_entities(LINKER.rules), ledger.stamp(), ledger.document("bytes"),
            ledger.original(ledger.document("bytes").digest or ""),
            [ledger.view(e.id) for e in ledger.cached_entities(LINKER.rules) or []],
            [ledger.entries(as_of=d.recorded) for d in ledger.documents(versions=True)],
        )  # fmt: skip


def test_a_ledger_goes_to_a_server_and_back(made: Path, place: str, tmp_path: Path) -> None:
    copy(made, place, patience=30)
    assert said(place) == said(made)
    copy(place, tmp_path / "back.ledger", patience=30)
    assert said(tmp_path / "back.ledger") == said(made)
    for one in (place, tmp_path / "back.ledger"):  # and goes on from there alike
        with opened(one) as ledger:
            add(ledger, "later")
            ledger.record_failure(web_ledger_failure())
            run = ledger.begin_run("add y")
            assert run == 2
            assert ledger.is_resolved(LINKER.rules)
    assert said(place) == said(tmp_path / "back.ledger")
    assert not list(tmp_path.glob("*.part*"))


def web_ledger_failure() -> object:
    from nameplate.model import Failure

    return Failure(where="x", problem="y", remedy="z")


def test_a_server_is_restored_only_if_asked(made: Path, place: str, tmp_path: Path) -> None:
    restore(made, place, replace=False, patience=30)
    with opened(place) as ledger:
        add(ledger, "later")
        with pytest.raises(LedgerError, match=r"ledger already.*--replace"):
            restore(made, place, replace=False, patience=30)
        with pytest.raises(LedgerError, match=r"no ledger|not a ledger"):
            bad = tmp_path / "bad"
            bad.write_bytes(b"no")
            restore(bad, place, replace=True, patience=30)
        assert any(d.id == "later" for d in ledger.documents())
        restore(made, place, replace=True, patience=30)
        assert not any(d.id == "later" for d in ledger.documents())
    assert said(place) == said(made)


def test_killed_while_restoring_the_server_keeps_what_it_had(made: Path, place: str) -> None:
    with opened(place) as ledger:
        add(ledger, "old")
    code = """
        from nameplate.ledger import bulk
        bulk.count_on = die
        restore(Path(sys.argv[1]), sys.argv[2], replace=True, patience=5)
    """
    one = child(code, str(made), place)
    _, err = one.communicate(timeout=60)
    assert one.returncode == -signal.SIGKILL, err
    with opened(place) as ledger:
        assert [d.id for d in ledger.documents()] == ["old"]
        assert ledger.verify() == []


def test_a_backup_under_load_is_one_state(place: str, tmp_path: Path) -> None:
    with opened(place) as ledger:
        add(ledger, "first")
        entities(ledger)
    stop, wrote = threading.Event(), threading.Event()

    def write() -> None:
        with opened(place) as ledger:
            for number in range(10_000):
                if stop.is_set():
                    return
                add(ledger, f"load{number}")
                if number == 2:
                    wrote.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert wrote.wait(60)
        for n in range(2):
            back_up(place, tmp_path / f"copy{n}", 30)
    finally:
        stop.set()
        writer.join()
    for n in range(2):
        with opened(tmp_path / f"copy{n}") as ledger:
            assert ledger.verify() == []
            assert all(filed.claims == 1 for filed in ledger.documents())
            assert ledger.is_resolved(LINKER.rules)


# The program


def test_the_program_takes_an_address(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from nameplate.cli import main

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["nameplate", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        return int(end.value.code or 0), "".join(capsys.readouterr())

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.setenv("NAMEPLATE_LEDGER", place)
    password = place.partition("nameplate:")[2].partition("@")[0]
    text = "On 3 June 2024, Mayor Jane Hill visited the Harlan gear plant. The plant employs 200 workers."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    steps = [
        ("add", "a.txt"), ("show", "harlan"), ("projects",), ("claims", "--json"), ("documents",),
        ("check",), ("verify",), ("backup", "b.ledger"),
    ]  # fmt: skip
    printed = ""
    for step in steps:
        code, said = run(*step)
        assert code == 0, (step, said)
        printed += said
    assert "200 workers" in printed
    assert "whole" in printed
    assert run("verify", "-l", "b.ledger")[0] == 0
    code, refused = run("restore", "b.ledger", "-l", place)
    assert code == 2
    assert "--replace" in refused
    code, back = run("copy", place, "c.ledger")
    assert code == 0, back
    printed += refused + back
    assert password not in printed
    assert not (tmp_path / "nameplate.ledger").exists()


def test_the_desk_shows_it(
    made: Path, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from litestar.testing import TestClient

    from nameplate.web.accounts import Accounts
    from nameplate.web.accounts.file import beside
    from nameplate.web.app import create_app

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    copy(made, place, patience=30)
    accounts = Accounts(beside(place), web_ledger.clock)
    accounts.add("ann", "administrator", "correct horse battery")
    pages = []
    for target in (made, place):
        with TestClient(
            create_app(target, clock=web_ledger.clock), base_url="http://127.0.0.1:8765"
        ) as client:
            pages.append([client.get(p).text for p in ("/", "/projects", "/documents")])
            assert web_ledger.PLANT in pages[-1][1]
    assert pages[0] == pages[1]
    assert [p.suffix for p in (tmp_path / "data" / "nameplate").iterdir()] == [".people"]
    assert any(p.suffix == ".desk" for p in (tmp_path / "cache" / "nameplate").iterdir())
    assert (tmp_path / "data" / "nameplate").stat().st_mode & 0o077 == 0
