"""Reading a data file into a typed, checked table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import TypeVar

import msgspec

from nameplate.errors import LexiconError

T = TypeVar("T")


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the entries in data files: a key that is not known fails the load."""


def read_text(name: str) -> str:
    """The text of ``data/<name>``; a missing file is an error that names it."""
    path = files("nameplate") / "data" / name
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LexiconError(
            "this file of the word data is missing",
            where=f"data/{name}",
            remedy="Reinstall the package.",
        ) from None


def read_toml(name: str, kind: type[T]) -> T:
    """Decode ``data/<name>`` (TOML) as ``kind``; errors name the file and the entry."""
    try:
        return msgspec.toml.decode(read_text(name), type=kind)
    except msgspec.MsgspecError as error:
        raise LexiconError(str(error), where=f"data/{name}", remedy="Correct the entry.") from error


def read_rows(name: str) -> Iterator[list[str]]:
    """Rows of ``data/<name>`` (tab-separated; blank lines and lines from ``#`` are skipped)."""
    for line in read_text(name).splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def no_duplicates(name: str, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map spelling to entry; a spelling claimed by two entries fails, naming both."""
    table: dict[str, str] = {}
    for spelling, key in pairs:
        if spelling in table and table[spelling] != key:
            raise LexiconError(
                f"{spelling!r} is a spelling of both {table[spelling]!r} and {key!r}",
                where=f"data/{name}",
                remedy="Keep it in one entry, or list both as candidates of one.",
            )
        table[spelling] = key
    return table
