"""The command line: what it prints, how it fails, what it leaves behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

REPORT = (
    "Mayor opens works\n\nOn 3 June 2024, Mayor Jane Hill visited the Harlan gear plant. "
    "The Harlan gear plant employs 200 workers and covers 300 mu. "
    "Acme Co., Ltd. will invest 1.5 billion yuan in the Corvid battery plant.\n"
)


def run(*arguments: str, text: str | None = None, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    code = "from nameplate.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=text, capture_output=True, text=True, cwd=cwd, timeout=120, check=False,
        env={**os.environ, "COLUMNS": "140"},
    )  # fmt: skip


def test_from_a_report_to_an_answer(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    added = run("add", "a.txt", cwd=tmp_path)
    assert added.returncode == 0, added.stderr
    assert "quantities" in added.stdout
    again = run("add", "a.txt", cwd=tmp_path)
    assert "nothing changed" in again.stdout
    shown = run("show", "harlan", cwd=tmp_path)
    assert "200 workers" in shown.stdout
    assert "Jane Hill" in shown.stdout
    assert run("check", cwd=tmp_path).returncode == 0
    assert "whole" in run("verify", cwd=tmp_path).stdout


def test_a_changed_report_is_a_new_version(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    run("add", "a.txt", cwd=tmp_path)
    (tmp_path / "a.txt").write_text(REPORT.replace("200", "250"), encoding="utf-8")
    assert "new version" in run("add", "a.txt", cwd=tmp_path).stdout
    listed = run("claims", "--measure", "employment", "--json", cwd=tmp_path).stdout
    assert [json.loads(line)["claim"]["value"] for line in listed.splitlines()] == [250]


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    done = run("add", "empty.txt", "missing.txt", "a.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert "empty.txt" in done.stderr
    assert "missing.txt" in done.stderr
    assert "1 new" in done.stderr
    assert "not read" in run("documents", cwd=tmp_path).stdout


def test_extract_is_a_filter(tmp_path: Path) -> None:
    line = json.dumps({"id": "x", "published": "2024-06-05", "text": REPORT})
    done = run("extract", text=line + "\n", cwd=tmp_path)
    assert done.returncode == 0
    row = json.loads(done.stdout)
    assert row["id"] == "x"
    for claim in row["claims"]:
        assert REPORT[claim["start"] : claim["end"]] == claim["quote"]
    assert list(tmp_path.iterdir()) == []


def test_explain_says_why(tmp_path: Path) -> None:
    done = run("explain", "The Harlan gear plant employs 200 workers.", cwd=tmp_path)
    assert "employment" in done.stdout
    assert "why:" in done.stdout


def test_an_ambiguous_name_lists_the_candidates(tmp_path: Path) -> None:
    text = "The Harlan gear plant employs 20 workers. The Harlan pump plant employs 30 workers.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    run("add", "a.txt", cwd=tmp_path)
    done = run("show", "harlan plant", cwd=tmp_path)
    assert done.returncode == 3
    assert "gear" in done.stderr
    assert "pump" in done.stderr


@pytest.mark.parametrize("command", ["projects", "claims", "documents", "check"])
def test_questions_to_no_ledger_say_what_to_do(tmp_path: Path, command: str) -> None:
    done = run(command, cwd=tmp_path)
    assert done.returncode == 2
    assert "nameplate.ledger" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(b"not a database at all" * 100)
    done = run("add", "-l", "other.db", "x.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert other.read_bytes() == b"not a database at all" * 100


def test_killed_in_the_middle_the_ledger_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for i in range(300):
        (folder / f"{i:03}.txt").write_text(
            REPORT.replace("Harlan", f"Harlan{i}"), encoding="utf-8"
        )
    code = "from nameplate.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "add", "reports"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.3)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert "whole" in run("verify", cwd=tmp_path).stdout
    rest = run("add", "reports", cwd=tmp_path)
    assert rest.returncode == 0
    listed = run("documents", "--json", cwd=tmp_path).stdout.splitlines()
    assert len(listed) == 300


def test_every_command_has_help_and_the_reference_is_fresh(tmp_path: Path) -> None:
    script = Path(__file__).parent.parent / "scripts/make_cli_reference.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for command in ("add", "extract", "explain", "projects", "show", "claims", "demo", "serve"):
        done = run(command, "--help", cwd=tmp_path)
        assert done.returncode == 0
        assert "Usage" in done.stdout


def test_the_demo_builds(tmp_path: Path) -> None:
    done = run("demo", "--build-only", "--keep", "demo.ledger", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "claims" in done.stderr
    assert "whole" in run("verify", "-l", "demo.ledger", cwd=tmp_path).stdout


def claims_of(tmp_path: Path, *wanted: str) -> list[dict[str, object]]:
    done = run("claims", *wanted, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_claim_is_rejected_corrected_and_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    run("add", "a.txt", cwd=tmp_path)
    wanted = ("--measure", "employment")
    (entry,) = claims_of(tmp_path, *wanted)
    key = str(entry["key"])
    done = run("judge", "reject", key[:10], "--reason", "misread", "--author", "Li", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert claims_of(tmp_path, *wanted) == []
    judged = done.stdout.split()[0]
    assert run("judge", "undo", judged, cwd=tmp_path).returncode == 0
    assert len(claims_of(tmp_path, *wanted)) == 1
    done = run("judge", "correct", key, "value=250", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (entry,) = claims_of(tmp_path, *wanted)
    assert entry["claim"]["value"] == 250  # type: ignore[index]
    assert entry["original"]["value"] == 200  # type: ignore[index]
    assert "250 workers" not in run("show", "harlan", cwd=tmp_path).stdout
    assert len(run("judge", "list", cwd=tmp_path).stdout.splitlines()) == 3
    assert "whole" in run("verify", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    "given",
    [
        ("judge", "praise", "x"),
        ("judge", "reject"),
        ("judge", "reject", "feed00"),
        ("judge", "correct", "feed00", "value"),
        ("judge", "same", "harlan"),
        ("judge", "same", "harlan", "nowhere at all"),
        ("series", "harlan", "--measure", "beauty"),
        ("park", "nowhere at all"),
        ("event", "nowhere at all"),
        ("restore", "none.ledger", "-l", "new.ledger"),
        ("backup", "a.txt"),
    ],
)
def test_what_cannot_be_done_says_why(tmp_path: Path, given: tuple[str, ...]) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    run("add", "a.txt", cwd=tmp_path)
    done = run(*given, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("nameplate: ")
    assert "Traceback" not in done.stderr


def test_names_judged_the_same_are_one(tmp_path: Path) -> None:
    text = "The Harlan gear plant employs 20 workers. The Corvid pump plant employs 30 workers.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    run("add", "a.txt", cwd=tmp_path)
    done = run("judge", "same", "Harlan gear plant", "Corvid pump plant", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    shown = run("show", "Corvid pump plant", cwd=tmp_path).stdout
    assert "20 workers" in shown
    assert "30 workers" in shown
    run("judge", "undo", done.stdout.split()[0], cwd=tmp_path)
    assert "20 workers" not in run("show", "Corvid pump plant", cwd=tmp_path).stdout


def test_the_evidence_on_two_names_is_shown(tmp_path: Path) -> None:
    text = "The Harlan gear plant employs 20 workers. The Corvid pump plant employs 30 workers.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    run("add", "a.txt", cwd=tmp_path)
    shown = run("alike", "Harlan gear plant", "Corvid pump plant", cwd=tmp_path)
    assert "never one on this evidence" in shown.stdout, shown.stderr
    row = json.loads(
        run("alike", "Harlan gear plant", "Corvid pump plant", "--json", cwd=tmp_path).stdout
    )
    assert row["score"] == 0
    assert any(f["score"] == 0 and f["reason"] for f in row["features"])


def test_claims_are_taken_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    run("add", "a.txt", cwd=tmp_path)
    before = claims_of(tmp_path)
    done = run("add", "--again", "a.txt", cwd=tmp_path)
    assert "nothing changed" in done.stdout
    assert claims_of(tmp_path) == before


def test_backup_and_restore(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    run("add", "a.txt", cwd=tmp_path)
    assert run("backup", "monday.ledger", cwd=tmp_path).returncode == 0
    done = run("restore", "monday.ledger", "-l", "again.ledger", cwd=tmp_path)
    assert "1 reports" in done.stdout, done.stderr
    assert run("restore", "monday.ledger", cwd=tmp_path).returncode == 2
    assert run("restore", "monday.ledger", "--replace", cwd=tmp_path).returncode == 0
    assert "whole" in run("verify", cwd=tmp_path).stdout


def test_parks_events_and_series_of_the_demo(tmp_path: Path) -> None:
    run("demo", "--build-only", "--keep", "nameplate.ledger", cwd=tmp_path)
    series = run("series", "Chongqing", "--measure", "enterprises", cwd=tmp_path)
    assert series.returncode == 0, series.stderr
    assert "6,509" in series.stdout
    assert "superseded" in series.stdout
    park = run("park", "Liangjiang New Area", "--json", cwd=tmp_path)
    assert json.loads(park.stdout)["members"]
    event = run("event", "2018 Smart China Expo", "--json", cwd=tmp_path)
    (tally,) = json.loads(event.stdout)["tallies"]
    assert tally["money"] == {"CNY": 10_200_000_000}
    assert run("event", "2018 Smart China Expo", cwd=tmp_path).returncode == 0
    counted = run("series", "Chongqing", "--stage", "resumed", cwd=tmp_path)
    assert counted.returncode == 0, counted.stderr


def test_help_loads_neither_ledger_nor_grammar(tmp_path: Path) -> None:
    code = (
        "import sys; from nameplate.cli.app import register; register(); "
        "print([m for m in ('sqlalchemy', 'nameplate.claim', 'nameplate.find', 'litestar',"
        " 'trafilatura', 'msgspec') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_history_of_a_name_is_told(tmp_path: Path) -> None:
    run("demo", "--build-only", "--keep", "demo.ledger", cwd=tmp_path)
    told = run("show", "Sampleton battery plant", "-l", "demo.ledger", cwd=tmp_path).stdout
    assert "also called: Sampleton battery plant of Exemplar Cells (2025-02-18)" in told
