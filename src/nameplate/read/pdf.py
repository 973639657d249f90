"""A PDF's bytes to its text, with the page of every stretch."""

from __future__ import annotations

from nameplate.errors import ReadError
from nameplate.model import Document
from nameplate.read.record import Limits


def read_pdf(data: bytes, *, name: str, limits: Limits) -> Document:
    """The text layer of a PDF; raises ReadError if there is none."""
    import pypdfium2

    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    text = "\n".join(pages).replace("\r\n", "\n")
    if not text.strip():
        raise ReadError("there is no text layer", where=name, remedy="Run OCR on it first.")
    return Document(id=name, text=text, media_type="application/pdf")
