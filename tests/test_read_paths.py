"""Files and folders: everything readable is read, everything else says why not."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nameplate.model import Failure
from nameplate.read import Limits, Read, read_paths

TEXT = "Plant opens\n\nThe plant was opened on Monday and will make 2 million tyres a year.\n"
PAGE = f"<html><head><title>Plant opens</title></head><body><p>{TEXT * 4}</p></body></html>"


def names(found: list[Read | Failure]) -> list[str]:
    return [
        item.document.id if isinstance(item, Read) else f"!{Path(item.where).name}"
        for item in found
    ]


def failure(*paths: Path | str, limits: Limits | None = None) -> Failure:
    (found,) = list(read_paths(paths, limits=limits or Limits()))
    assert isinstance(found, Failure) and found.remedy
    return found


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text(TEXT)
    (tmp_path / "b" / "two.html").write_text(PAGE)
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "c.jsonl").write_text('{"id": "j", "text": "A plant."}\n')
    (tmp_path / "page.asp").write_text(PAGE)
    (tmp_path / "plain").write_text(TEXT)
    (tmp_path / "style.css").write_text("p { color: red }")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "report.docx").write_bytes(b"PK\x03\x04word/")
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02" * 100)
    found = list(read_paths([tmp_path]))
    assert names(found) == [
        "a.txt", "b/two.html", "!bad.txt", "j", "page.asp", "plain", "!report.docx",
    ]  # fmt: skip
    first = found[0]
    assert isinstance(first, Read)
    assert first.data == TEXT.encode()
    assert first.document.address == str(tmp_path / "a.txt")


def test_a_folder_without_reports(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("p { color: red }")
    assert failure(tmp_path).problem == "there are no reports in this folder"


def test_a_missing_path_and_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert names(list(read_paths([tmp_path / "none.txt", tmp_path / "a.txt"]))) == [
        "!none.txt",
        "a.txt",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permission_denied(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt").chmod(0)
    assert failure(tmp_path / "a.txt").problem == "permission denied"


def test_permission_denied_by_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    assert failure(tmp_path / "a.txt").problem == "permission denied"


def test_loops_of_links(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "loop" in failure(tmp_path / "loop").problem
    (tmp_path / "loop").unlink()
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT)
    assert names(list(read_paths([tmp_path]))) == ["a.txt"]


def test_pipes_and_devices_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "pipe" in failure(tmp_path / "pipe.txt").problem
    assert "device" in failure("/dev/zero").problem
    assert names(list(read_paths([tmp_path]))) == ["!pipe.txt"]


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)
    found = failure(tmp_path / "huge.txt")
    assert "200.0 MB is more than the limit of 50.0 MB" in found.problem


def test_an_endless_line_is_one_failure(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * 5000 + b'"}\n{"id": "b", "text": "A plant."}\n')
    assert names(list(read_paths([path], limits=Limits(size=100)))) == ["!d.jsonl:1", "b"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b'{"id": "a", "text": "A plant."}\n'))
    monkeypatch.setattr(sys, "stdin", stream)
    assert names(list(read_paths(["-"]))) == ["a"]


def test_a_name_with_a_newline_and_no_suffix(tmp_path: Path) -> None:
    path = tmp_path / "odd\nname"
    path.write_text(TEXT)
    assert names(list(read_paths([path]))) == ["odd\nname"]


def test_text_does_not_load_the_page_readers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    code = (
        "import sys; from nameplate.read import read_paths; list(read_paths([sys.argv[1]]));"
        "print([m for m in ('trafilatura', 'resiliparse', 'lxml', 'pypdfium2') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.txt")], capture_output=True, check=True
    )
    assert run.stdout.strip() == b"[]"
