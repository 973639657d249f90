"""What reading hands on, and how much it is allowed to take in."""

from __future__ import annotations

from nameplate.errors import ReadError
from nameplate.model import Document, Record

MEGABYTE = 1_000_000


class Limits(Record, frozen=True, kw_only=True):
    """Bounds of one document; what lies beyond is refused with an error, never cut in silence.

    ``size`` is in bytes and holds for a file and for a line of JSON Lines, ``html`` in bytes for a
    web page (parsing it takes some thirty times its size), ``pages`` counts pages of a PDF,
    ``characters`` code points of the text, ``seconds`` the time spent on one PDF. ``fast`` spares a
    page the second and third opinions on its main text that take a third of the time; of crawls it
    is asked for. ``languages``, if given, refuses documents in others (`OtherLanguageError`).
    """

    size: int = 50 * MEGABYTE
    html: int = 10 * MEGABYTE
    pages: int = 2_000
    characters: int = 5_000_000
    seconds: float = 60.0
    fast: bool = False
    languages: tuple[str, ...] = ()

    def read_in(self, lang: str | None) -> bool:
        """Whether documents in a language are wanted."""
        return not self.languages or lang in self.languages


DEFAULT = Limits()


class OtherLanguageError(ReadError):
    """A document is in a language that is not asked for."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "this is in another language", where=where, remedy="Give English or Chinese reports."
        )


class Read(Record, frozen=True, kw_only=True):
    """A document with the original bytes that it was read from, for safe keeping."""

    document: Document
    data: bytes
