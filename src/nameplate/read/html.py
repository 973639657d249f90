"""A web page's bytes to its main text, title, publisher and date."""

from __future__ import annotations

from nameplate.errors import ReadError
from nameplate.model import Document
from nameplate.read.decode import charset_of_html, decode
from nameplate.read.record import Limits


def read_html(data: bytes, *, name: str, media_type: str | None, limits: Limits) -> Document:
    """The article of a page; raises ReadError if it holds none."""
    import trafilatura

    page = decode(data, name=name, declared=charset_of_html(data), lenient=True)
    text = trafilatura.extract(page, include_links=False, include_tables=True)
    if not text:
        raise ReadError("no main text found", where=name, remedy="Save the article as text.")
    return Document(id=name, text=text, media_type="text/html")
