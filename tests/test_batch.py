"""The batch room: archives to parts and into a ledger, whatever dies on the way."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archives import REIFEN, TYRES, packed, page, record, reports, write
from nameplate.batch import parts, plan
from nameplate.batch.load import load
from nameplate.batch.progress import Progress, clock_of
from nameplate.batch.records import At, Done, Shard
from nameplate.batch.run import Settings, run
from nameplate.errors import ReadError, UsageError
from nameplate.ledger import Ledger

NOW = "2026-01-01T00:00:00.000000Z"

POISON = """
import os, signal, sys, time
sys.path[:0] = {path!r}
from nameplate.batch import work, worker
real = work.extract_captured
def poisoned(page):
    if b"POISON" in page.data:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"ASLEEP" in page.data:
        time.sleep(600)
    if b"FAULTY" in page.data:
        raise RuntimeError("a fault of ours")
    if b"ONCE" in page.data and not os.path.exists({mark!r}):
        open({mark!r}, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    if b"SLOWLY" in page.data:
        time.sleep(0.05)
    return real(page)
work.extract_captured = poisoned
worker.main()
"""


@pytest.fixture
def command(tmp_path: Path) -> tuple[str, ...]:
    """A worker for which some words in a page are deadly."""
    script = POISON.format(path=sys.path, mark=str(tmp_path / "once"))
    return (sys.executable, str(write(tmp_path / "worker.py", script.encode())))


def settings(tmp_path: Path, *archives: Path, out: str = "out", **given: object) -> Settings:
    asked = {"form": "jsonl", "workers": 2, "shard_bytes": 4_000} | given
    return Settings(out=tmp_path / out, archives=tuple(map(str, archives)), **asked)  # type: ignore[arg-type]


def rows(out: Path, table: str) -> list[dict[str, object]]:
    found = sorted(parts.finished(out))
    return [row for number in found for row in parts.read_rows(out, table, number)]


def contents(out: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(out)): p.read_bytes()
        for table in parts.TABLES
        for p in sorted((out / table).iterdir())
    }


def test_an_archive_becomes_parts_the_same_however_many_work_at_it(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.warc.gz", packed(reports(60, every=3)))
    one = run(settings(tmp_path, archive, out="one", workers=1))
    two = run(settings(tmp_path, archive, out="two", workers=3))
    assert one.sum("records") == two.sum("records") == 60 and len(one.done) > 3
    assert one.sum("documents") == 20 and one.sum("dropped") == 40
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    places = [str(row["place"]) for row in rows(tmp_path / "one", "documents")]
    assert len(set(places)) == 20 and all("a.warc.gz@" in place for place in places)


def test_a_deadly_page_costs_itself_alone(tmp_path: Path, command: tuple[str, ...]) -> None:
    bad = [
        record(page([*TYRES, word]), f"http://news.example/{word}")
        for word in ("POISON", "FAULTY", "ASLEEP", "ONCE")
    ]
    good = reports(20)
    archive = write(
        tmp_path / "a.warc.gz", packed([*good[:7], *bad[:2], *good[7:15], *bad[2:], *good[15:]])
    )
    progress = run(settings(tmp_path, archive, command=command, page_seconds=6.0))
    assert not progress.lost
    found = {str(row["address"]).rpartition("/")[2] for row in rows(tmp_path / "out", "documents")}
    assert found == {str(n) for n in range(20)} | {"ONCE"}
    failed = {
        str(r["page"]).rpartition("/")[2]: str(r["problem"])
        for r in rows(tmp_path / "out", "failures")
    }
    assert set(failed) == {"POISON", "FAULTY", "ASLEEP"}
    assert "killed" in failed["POISON"] and "fault" in failed["FAULTY"]
    assert "took more than" in failed["ASLEEP"]


def test_a_run_that_is_killed_goes_on_where_it_was(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    slow = [record(page([*TYRES, f"SLOWLY {n}"]), f"http://news.example/{n}") for n in range(80)]
    archive = write(tmp_path / "a.warc.gz", packed(slow))
    asked = settings(tmp_path, archive, command=command, shard_bytes=2_500)
    script = (
        f"import sys; sys.path[:0] = {sys.path!r}\n"
        "from pathlib import Path\nfrom nameplate.batch.run import Settings, run\n"
        f"run(Settings(out=Path({str(asked.out)!r}), archives={asked.archives!r}, form='jsonl', "
        f"workers=2, shard_bytes=2500, command={command!r}))\n"
    )
    child = subprocess.Popen([sys.executable, "-c", script])
    deadline = time.monotonic() + 60
    while len(parts.finished(asked.out)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    before = parts.finished(asked.out)
    assert len(before) >= 2
    time.sleep(0.5)
    progress = run(asked)
    assert len(progress.done) > len(before) and progress.earlier > 0
    whole = run(settings(tmp_path, archive, out="whole", shard_bytes=2_500))
    assert contents(asked.out) == contents(tmp_path / "whole")
    assert whole.sum("documents") == 80
    assert run(asked).sum("documents") == 80  # nothing is done again


def test_damage_is_in_the_output_and_the_rest_too(tmp_path: Path) -> None:
    whole = packed(reports(30))
    archive = write(tmp_path / "a.warc.gz", whole[:-40])
    empty = write(tmp_path / "b.warc.gz", b"")
    progress = run(settings(tmp_path, archive, empty))
    assert progress.sum("damaged") == 2 and progress.sum("documents") == 29
    problems = [str(row["problem"]) for row in rows(tmp_path / "out", "failures")]
    assert any("cut off" in p for p in problems) and any("empty" in p for p in problems)


def test_another_question_is_not_answered_into_the_same_folder(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.warc.gz", packed(reports(4)))
    other = write(tmp_path / "b.warc.gz", packed(reports(5)))
    run(settings(tmp_path, archive))
    with pytest.raises(UsageError, match="other archives"):
        run(settings(tmp_path, other))
    with pytest.raises(UsageError, match="no engine"):
        run(settings(tmp_path, archive, out="x", engine="spark"))


def test_cuts_are_at_records_and_make_the_whole(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.warc.gz", packed(reports(40)))
    shards = list(plan.of_archives([str(archive)], 3_000))
    assert len(shards) > 4 and sum(s.size for s in shards) == archive.stat().st_size
    assert [s.end for s in shards[:-1]] == [s.start for s in shards[1:]]
    one_piece = write(tmp_path / "b.warc.gz", gzip.compress(b"".join(reports(40))))
    assert len(list(plan.of_archives([str(one_piece)], 500))) == 1


def test_indexes_point_to_records(tmp_path: Path) -> None:
    records = reports(12)
    folder = tmp_path / "crawl" / "segments"
    folder.mkdir(parents=True)
    archive = write(folder / "a.warc.gz", packed(records))
    lines, at = [], 0
    for n, one in enumerate(records):
        length = len(gzip.compress(one, 6))
        entry = {"url": f"http://news.example/{n}", "mime": "text/html", "status": "200" if n else "404",
                 "offset": str(at), "length": str(length), "filename": "segments/a.warc.gz"}  # fmt: skip
        lines.append(f"example,news)/{n} 20240301100000 {json.dumps(entry)}\n")
        at += length
    gone = json.dumps(
        {"offset": "0", "length": "9", "filename": "../../etc/passwd", "status": "200"}
    )
    lines.append(f"x)/ 20240301100000 {gone}\n")
    index = write(tmp_path / "i.cdxj", "".join(lines).encode())
    asked = Settings(
        out=tmp_path / "out", indexes=(str(index),), base=str(tmp_path / "crawl"), form="jsonl"
    )
    progress = run(asked)
    assert progress.sum("documents") == 11 and progress.sum("damaged") == 1
    assert archive.exists()
    bad = write(tmp_path / "bad.cdxj", b"not an index\n")
    with pytest.raises(ReadError, match="CDXJ line"):
        run(Settings(out=tmp_path / "o2", indexes=(str(bad),), form="jsonl"))


def test_parts_load_into_a_ledger_once_in_any_order(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.warc.gz", packed(reports(24, every=2)))
    second = write(tmp_path / "b.warc.gz", packed(reports(30, every=2))[:-30])
    run(settings(tmp_path, archive))
    run(settings(tmp_path, second, out="more"))
    with Ledger.open(tmp_path / "l.ledger", clock=lambda: NOW) as ledger:
        first = load(ledger, tmp_path / "more")
        assert first.new == 15 and first.failures == 1 and first.claims > 30
        again = load(ledger, tmp_path / "out")
        assert (again.new, again.same) == (0, 12)
        assert load(ledger, tmp_path / "more").new == 0
        assert not ledger.verify() and len(ledger.documents()) == 15
        assert len(ledger.failures()) == 1
        with pytest.raises(UsageError, match="no finished parts"):
            load(ledger, tmp_path)


def test_parquet_holds_the_same_as_lines(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    archive = write(tmp_path / "a.warc.gz", packed(reports(12, every=2)))
    run(settings(tmp_path, archive))
    run(settings(tmp_path, archive, out="pq", form="parquet"))
    for table in parts.TABLES:
        plain = [
            {k: v for k, v in row.items() if v is not None} for row in rows(tmp_path / "out", table)
        ]
        assert [
            {k: v for k, v in row.items() if v is not None} for row in rows(tmp_path / "pq", table)
        ] == plain


@pytest.mark.parametrize("engine", ["daft"])
def test_daft_gives_the_same(tmp_path: Path, engine: str, command: tuple[str, ...]) -> None:
    pytest.importorskip("daft")
    bad = [record(page([*TYRES, "POISON"]), "http://news.example/POISON")]
    archive = write(tmp_path / "a.warc.gz", packed([*reports(20, every=2), *bad]))
    run(settings(tmp_path, archive, command=command))
    run(settings(tmp_path, archive, out="daft", engine=engine, command=command))
    assert contents(tmp_path / "out") == contents(tmp_path / "daft")


def test_what_is_not_installed_is_said_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = write(tmp_path / "a.warc.gz", packed(reports(2)))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match="pip install 'nameplate\\[parquet\\]'"):
        run(settings(tmp_path, archive, form="parquet"))


def test_progress_tells_rate_and_time_left() -> None:
    now = [100.0]
    progress = Progress(1_000, clock=lambda: now[0])
    progress.plan(Shard(number=0, size=400), None)
    progress.plan(Shard(number=1, size=600), None)
    assert progress.seconds_left is None
    now[0] = 110.0
    progress.hear(Done(shard=0, records=40, claims=7, documents=3))
    progress.hear(At(shard=1, place="a@500", offset=100, records=10))
    assert progress.share == 0.5 and progress.rate == 5 and progress.seconds_left == 10
    assert progress.line() == "50% · 50 records, 5 a second · 7 claims in 3 pages, 0:10 left"
    assert clock_of(3_725) == "1:02:05"


def test_the_commands(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.warc.gz", packed([*reports(6), record(page(REIFEN))])[:-9])

    def nameplate(*words: str) -> subprocess.CompletedProcess[str]:
        code = "from nameplate.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-c", code, *words],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )

    piped = nameplate("extract", "--warc", str(archive))
    assert piped.returncode == 1 and len(piped.stdout.splitlines()) == 6
    assert "cut off" in piped.stderr
    made = nameplate(
        "extract", "--warc", str(archive), "--out", "o", "--format", "jsonl", "--workers", "1"
    )
    assert made.returncode == 1 and "6 pages" in made.stderr and "cut off" in made.stderr
    loaded = nameplate("load", "o", "-l", "x.ledger")
    assert loaded.returncode == 0 and "6 new reports" in loaded.stdout
    missing = nameplate("extract", "--warc", "none.warc.gz", "--out", "p")
    assert missing.returncode == 2 and "none.warc.gz" in missing.stderr
    among = nameplate(
        "extract", "--warc", "none.warc.gz", str(archive), "--out", "q", "--format", "jsonl"
    )
    assert among.returncode == 1 and "6 pages" in among.stderr
    assert "none.warc.gz: there is no such file" in among.stderr
