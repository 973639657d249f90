"""What reading hands on, and how much it is allowed to take in."""

from __future__ import annotations

from nameplate.model import Document, Record

MEGABYTE = 1_000_000


class Limits(Record, frozen=True, kw_only=True):
    """Bounds of one document; what lies beyond is refused with an error, never cut in silence.

    ``size`` is in bytes and holds for a file and for a line of JSON Lines, ``html`` in bytes for a
    web page (parsing it takes some thirty times its size), ``pages`` counts pages of a PDF,
    ``characters`` code points of the text, ``seconds`` the time spent on one PDF.
    """

    size: int = 50 * MEGABYTE
    html: int = 10 * MEGABYTE
    pages: int = 2_000
    characters: int = 5_000_000
    seconds: float = 60.0


DEFAULT = Limits()


class Read(Record, frozen=True, kw_only=True):
    """A document with the original bytes that it was read from, for safe keeping."""

    document: Document
    data: bytes
