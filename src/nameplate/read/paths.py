"""Paths to documents: files, folders and standard input, one bad file never ending the batch."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from nameplate.errors import ReadError
from nameplate.model import Failure
from nameplate.read.document import check_size, read_bytes
from nameplate.read.lines import read_json, read_lines
from nameplate.read.record import DEFAULT, Limits, Read
from nameplate.read.sniff import FOREIGN_SUFFIXES, SUFFIXES, looks_like_html, refuse_foreign

_REASONS = {
    "ENOENT": ("there is no such file or folder", "Check the path."),
    "EACCES": ("permission denied", "Ask for the right to read it (ls -l shows who has it)."),
    "EPERM": ("permission denied", "Ask for the right to read it (ls -l shows who has it)."),
    "ELOOP": ("this is a loop of symbolic links", "Remove the link that points to itself."),
    "ENAMETOOLONG": ("the name is too long to be a path", "Check the path."),
}


def read_paths(
    paths: Sequence[Path | str], *, limits: Limits = DEFAULT
) -> Iterator[Read | Failure]:
    """Everything to be read at ``paths``, in order; folders are walked, sorted by name.

    A path given by itself is read whatever its name. In a folder hidden files are passed over, and
    so are files that are no reports by name and first bytes (style sheets, pictures, programs);
    documents in a format that is not read here are Failures, for they may be reports. ``-`` is
    JSON Lines on standard input.
    """
    for path in paths:
        if str(path) == "-":
            yield from read_lines(_capped(sys.stdin.buffer, limits), name="-", limits=limits)
        elif Path(path).is_dir():
            yield from _read_folder(Path(path), limits)
        else:
            yield from _read_file(Path(path), Path(path).name, limits)


def _read_folder(folder: Path, limits: Limits) -> Iterator[Read | Failure]:
    met = False
    for found in _walk(folder, set()):
        if isinstance(found, Failure):
            met = True
            yield found
        elif _may_be_report(found):
            met = True
            yield from _read_file(found, found.relative_to(folder).as_posix(), limits)
    if not met:
        yield Failure(
            where=str(folder),
            problem="there are no reports in this folder",
            remedy="Give a folder with text, HTML, PDF or JSON Lines files.",
        )


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Failure]:
    """The files below a folder, sorted, hidden ones left out; no folder is entered twice."""
    try:
        state = folder.stat()
        if (state.st_dev, state.st_ino) in seen:
            return
        seen.add((state.st_dev, state.st_ino))
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _failure(folder, error)
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if Path(entry.path).is_dir():
            yield from _walk(Path(entry.path), seen)
        else:
            yield Path(entry.path)


def _may_be_report(path: Path) -> bool:
    """Whether a file met in a folder should be read, or fail aloud, rather than be passed over."""
    suffix = path.suffix.lower()
    if suffix in SUFFIXES or suffix in FOREIGN_SUFFIXES:
        return True
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return path.is_symlink() and not path.exists()
        with path.open("rb") as file:
            head = file.read(4096)
        if not suffix:
            refuse_foreign(head, path.name)
            return b"\0" not in head and bool(head.strip())
    except (OSError, ReadError):
        return False
    return b"%PDF-" in head[:1024] or looks_like_html(head)


def _read_file(path: Path, name: str, limits: Limits) -> Iterator[Read | Failure]:
    try:
        with _opened(path) as file:
            if SUFFIXES.get(path.suffix.lower()) == "lines" and path.suffix.lower() != ".json":
                yield from read_lines(_capped(file, limits), name=str(path), limits=limits)
                return
            check_size(os.fstat(file.fileno()).st_size, str(path), limits)
            data = file.read(limits.size + 1)
        check_size(len(data), str(path), limits)
        if path.suffix.lower() == ".json":
            yield from read_json(data, name=str(path), limits=limits)
            return
        document = read_bytes(data, name=name, address=str(path.absolute()), limits=limits)
        yield Read(document=document, data=data)
    except OSError as error:
        yield _failure(path, error)
    except ReadError as error:
        yield Failure(where=str(path), problem=error.problem, remedy=error.remedy)


def _opened(path: Path) -> BinaryIO:
    """Open a regular file; a pipe or device would keep the batch waiting and is refused."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise ReadError(
            "this is a pipe, socket or device, not a file", where=str(path),
            remedy="Save its content to a file, or pipe JSON Lines to '-'.",
        )  # fmt: skip
    return os.fdopen(number, "rb")


def _capped(file: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """Lines of at most the limit and a byte, so that one endless line cannot fill the memory."""
    while line := file.readline(limits.size + 1):
        yield line
        while line and not line.endswith(b"\n"):
            line = file.readline(limits.size)


def _failure(path: Path, error: OSError) -> Failure:
    import errno

    code = errno.errorcode.get(error.errno or 0, "")
    problem, remedy = _REASONS.get(code, (error.strerror or str(error), "Check the path."))
    return Failure(where=str(path), problem=problem, remedy=remedy)
