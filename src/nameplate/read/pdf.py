"""A PDF's bytes to its text, with the page and box of every line.

The lines of a page are joined to paragraphs by their boxes: a line that stops short of the margin,
a gap or an indent ends one. Running heads, running feet and page numbers are left out, so that a
sentence reads on from page to page.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from nameplate.errors import ReadError
from nameplate.model import Document, Record
from nameplate.read.fields import one_line
from nameplate.read.paragraphs import Box, Line, Word, joined, lines_of
from nameplate.read.record import Limits

_OCR = "Run text recognition on it first, for instance with ocrmypdf, and add the result."
_END_NUMBERS = re.compile(r"^[\d\W]+|[\d\W]+$")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:page\s*|第\s*)?(?:\d{1,4}|[ivxl]{1,6})\s*[页頁]?(?:\s*(?:/|of|共)\s*\d{1,4}\s*[页頁]?)?[\W_]*",
    re.IGNORECASE,
)
# PDFium writes U+FFFE or U+0002 for a hyphen at a line's end, without a line break after it.
_WORD = re.compile(r"[^\s\0\x02\ufffe]+[\x02\ufffe]?")
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\x01-\x08\x0e-\x1f]")
_PROGRAM_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b|untitled|无标题"
    r"|.*\.(?:docx?|pptx?|xlsx?|pdf|indd|html?)$",
    re.IGNORECASE,
)


class Page(Record, frozen=True, kw_only=True):
    """A page's number, from 1, and its lines from top to bottom as the file orders them."""

    number: int
    lines: tuple[Line, ...]


def read_pdf(data: bytes, *, name: str, limits: Limits) -> Document:
    """The text layer of a PDF; raises ReadError if it is locked, cut off or without one.

    Pages that are pictures among pages of text are passed over.
    """
    if b"%%EOF" not in data[-4096:]:
        raise ReadError(
            "the PDF is cut off: its end mark (%%EOF) is missing", where=name,
            remedy="Fetch it again.",
        )  # fmt: skip
    title, pages = _pages(data, name, limits)
    text, places = joined(_without_running_lines(pages))
    letters = sum(char.isalnum() for char in text[:20_000])
    if letters == 0:
        raise ReadError(
            f"there is no text layer: its {len(pages)} page(s) are pictures",
            where=name,
            remedy=_OCR,
        )
    if len(_UNREADABLE.findall(text[:20_000])) > 0.3 * letters:
        raise ReadError(
            "its fonts do not say which characters they draw, so the text layer is unreadable",
            where=name,
            remedy=_OCR,
        )
    return Document(
        id=name, text=text, title=title, media_type="application/pdf", places=tuple(places)
    )


def _pages(data: bytes, name: str, limits: Limits) -> tuple[str | None, list[Page]]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unopened(error, name) from None
    try:
        if len(pdf) > limits.pages:
            raise ReadError(
                f"{len(pdf):,} pages are more than the limit of {limits.pages:,}", where=name,
                remedy="Split it into single reports, or raise the limit on pages.",
            )  # fmt: skip
        title = one_line(pdf.get_metadata_dict().get("Title"))
        good = title if title and not _PROGRAM_TITLE.match(title) else None
        return good, list(_read_pages(pdf, name, limits))
    except pypdfium2.PdfiumError as error:
        raise _unopened(error, name) from None
    finally:
        pdf.close()


def _unopened(error: Exception, name: str) -> ReadError:
    if "password" in str(error).lower():
        return ReadError(
            "the PDF is locked with a password", where=name,
            remedy="Save a copy without the password (qpdf --decrypt) and add that.",
        )  # fmt: skip
    return ReadError(
        f"the PDF is damaged ({error})", where=name,
        remedy="Fetch it again, or repair it with qpdf or mutool clean.",
    )  # fmt: skip


def _read_pages(pdf: Any, name: str, limits: Limits) -> Iterator[Page]:
    end, size = time.monotonic() + limits.seconds, 0
    for number in range(1, len(pdf) + 1):
        page = pdf[number - 1]
        textpage = page.get_textpage()
        lines = tuple(_lines(textpage, number))
        textpage.close()
        page.close()
        size += sum(len(line.text) for line in lines)
        if time.monotonic() > end or size > limits.characters:
            bound = "seconds" if size <= limits.characters else "characters"
            raise ReadError(
                f"the limit on {bound} was reached on page {number} of {len(pdf)}", where=name,
                remedy=f"Split it into single reports, or raise the limit on {bound}.",
            )  # fmt: skip
        yield Page(number=number, lines=lines)


def _lines(textpage: Any, number: int) -> Iterator[Line]:
    """The lines of a page; without boxes if characters of the text and page do not correspond."""
    text = textpage.get_text_range()
    if len(text) != textpage.count_chars():
        for raw in text.splitlines():
            if words := raw.replace("\0", "").strip():
                yield Line(text=words, page=number)
        return
    words = [
        Word(text=found[0], box=_box(textpage, found.start(), found.end() - 1), broken=broken)
        for found, broken in _words(text)
    ]
    yield from lines_of(words, number)


def _words(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Stretches between white space and hyphens at line ends, and whether a break stood before."""
    end = 0
    for found in _WORD.finditer(text):
        yield found, "\n" in text[end : found.start()]
        end = found.end()


def _box(textpage: Any, first: int, last: int) -> Box:
    """Left, bottom, right, top in points from the page's lower left corner, as the font sets it."""
    left, bottom, right, top = textpage.get_charbox(first, loose=True)
    if last > first:
        right = max(right, textpage.get_charbox(last, loose=True)[2])
    return left, bottom, right, top


def _without_running_lines(pages: Sequence[Page]) -> list[Line]:
    """All lines but page numbers and what stands at the head or foot of three pages, or of both."""
    edges = Counter(key for page in pages for key in {_key(line) for line in _edge(page)})
    kept = []
    for page in pages:
        edge = {id(line) for line in _edge(page)}
        for line in page.lines:
            repeated = edges[_key(line)]
            running = (
                repeated >= 3 or repeated == len(pages) == 2 or _PAGE_NUMBER.fullmatch(line.text)
            )
            if not (id(line) in edge and running and len(page.lines) > 1):
                kept.append(line)
    return kept


def _edge(page: Page) -> tuple[Line, ...]:
    """The first two and the last two lines of a page."""
    return (*page.lines[:2], *page.lines[-2:])


def _key(line: Line) -> str:
    """What makes two running lines the same: all but numbers at the ends; rows of figures differ."""
    words = _END_NUMBERS.sub("", line.text)
    return words if sum(map(str.isalpha, words)) >= 3 else line.text
