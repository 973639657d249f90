"""Text on its way to PostgreSQL and back: its texts cannot hold the sign U+0000, reports can.

U+0000 is kept as the noncharacter U+10FFFF and "0", and U+10FFFF itself, should it ever come, as
itself and "1"; what is read is turned back, so that keys and offsets stay what they are.
"""

from __future__ import annotations

from typing import Any

from psycopg.adapt import AdaptersMap, Dumper, Loader
from psycopg.pq import Format

_ESCAPE = "\U0010ffff"
_ESCAPED = _ESCAPE.encode()


def storable(text: str) -> str:
    """The text as it is kept on a server."""
    return text.replace(_ESCAPE, _ESCAPE + "1").replace("\0", _ESCAPE + "0")


class _TextDumper(Dumper):
    def dump(self, obj: Any) -> bytes:
        data: bytes = obj.encode()
        if b"\0" in data or _ESCAPED in data:
            data = data.replace(_ESCAPED, _ESCAPED + b"1").replace(b"\0", _ESCAPED + b"0")
        return data


class _BinaryTextDumper(_TextDumper):
    format = Format.BINARY
    oid = 25


class _TextLoader(Loader):
    def load(self, data: Any) -> str:
        text = str(data, "utf-8")
        if _ESCAPE in text:
            text = text.replace(_ESCAPE + "0", "\0").replace(_ESCAPE + "1", _ESCAPE)
        return text


class _BinaryTextLoader(_TextLoader):
    format = Format.BINARY


def adapt(adapters: AdaptersMap) -> None:
    """Have a connection send and take texts so."""
    for dumper in (_BinaryTextDumper, _TextDumper):  # the last one is asked first
        adapters.register_dumper(str, dumper)
    for loader in (_TextLoader, _BinaryTextLoader):
        for kind in ("text", "varchar"):
            adapters.register_loader(kind, loader)
