"""One file's bytes to one Document."""

from __future__ import annotations

import hashlib

from nameplate.errors import ReadError
from nameplate.model import Document, Region
from nameplate.read.decode import decode
from nameplate.read.fields import edtf_date
from nameplate.read.language import language_of
from nameplate.read.record import DEFAULT, Limits
from nameplate.read.regions import mark_regions
from nameplate.read.sniff import form_of


def read_bytes(
    data: bytes,
    *,
    name: str,
    media_type: str | None = None,
    address: str | None = None,
    published: str | None = None,
    limits: Limits = DEFAULT,
) -> Document:
    """Read one text, HTML or PDF document; ``name`` becomes its id and stands in errors.

    What the bytes are is seen from the bytes, then from ``media_type``, then from the suffix of
    ``name``. Raises ReadError with the place and the remedy. JSON Lines hold many documents and
    are read by ``read_lines``.
    """
    check_size(len(data), name, limits)
    form = form_of(data, name=name, media_type=media_type)
    given = edtf_date(published, where=name)
    if form == "lines":
        raise ReadError(
            "this is JSON, which may hold many documents", where=name,
            remedy="Read it with read_lines or give its path to read_paths.",
        )  # fmt: skip
    if form == "html":
        from nameplate.read.html import read_html

        document = read_html(data, name=name, charset=charset_of(media_type), limits=limits)
    elif form == "pdf":
        from nameplate.read.pdf import read_pdf

        document = read_pdf(data, name=name, limits=limits)
    else:
        document = read_text(data, name=name, media_type=media_type)
    check_text(document.text, name, limits)
    return _completed(document, data, address=address, published=given)


def read_text(data: bytes, *, name: str, media_type: str | None = None) -> Document:
    """A plain text: its characters as they are, but for a byte-order mark and ``\\r\\n``."""
    declared = charset_of(media_type)
    text = decode(data, name=name, declared=declared).replace("\r\n", "\n")
    return Document(id=name, text=text)


def charset_of(media_type: str | None) -> str | None:
    """The ``charset`` parameter of a media type, if it has one."""
    for part in (media_type or "").split(";")[1:]:
        key, _, value = part.partition("=")
        if key.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


def check_size(size: int, name: str, limits: Limits) -> None:
    """Refuse nothing at all, and more bytes than a report has."""
    if size == 0:
        raise ReadError("the file is empty", where=name, remedy="Fetch or save it again.")
    if size > limits.size:
        raise ReadError(
            f"{size / 1e6:,.1f} MB is more than the limit of {limits.size / 1e6:,.1f} MB",
            where=name,
            remedy="Split it into single reports, or raise the limit on size.",
        )


def check_text(text: str, name: str, limits: Limits) -> None:
    """Refuse a text without a letter or digit, and one that is longer than the limit."""
    if not any(char.isalnum() for char in text):
        raise ReadError(
            "there are no words in it", where=name,
            remedy="Check that the report was saved whole.",
        )  # fmt: skip
    if len(text) > limits.characters:
        raise ReadError(
            f"{len(text):,} characters are more than the limit of {limits.characters:,}",
            where=name,
            remedy="Split it into single reports, or raise the limit on characters.",
        )


def _completed(
    document: Document, data: bytes, *, address: str | None, published: str | None
) -> Document:
    """The document with what every form has in common: digest, regions, title and language."""
    regions = mark_regions(document.text)
    return Document(
        id=document.id,
        text=document.text,
        title=document.title or title_in(document.text, regions),
        published=published or document.published,
        lang=document.lang or language_of(document.text),
        publisher=document.publisher,
        address=address or document.address,
        media_type=document.media_type,
        digest=hashlib.sha256(data).hexdigest(),
        regions=regions,
        places=document.places,
    )


def title_in(text: str, regions: tuple[Region, ...]) -> str | None:
    """The words of the region that plays the title, if there is one."""
    for region in regions:
        if region.role == "title":
            return text[region.start : region.end].strip()
    return None
