"""A captured page to a Document, in the way of crawls: whatever cannot hold a claim goes first."""

from __future__ import annotations

from nameplate.model import Document
from nameplate.read.document import read_bytes
from nameplate.read.prefilter import may_hold_claim
from nameplate.read.record import Limits, OtherLanguageError
from nameplate.read.sniff import form_of
from nameplate.read.warc import Captured

CRAWL = Limits(size=20_000_000, html=5_000_000, fast=True, languages=("en", "zh"))
"""Bounds of one record of a crawl: reports are far smaller, and there are millions of others."""


def read_capture(page: Captured, *, limits: Limits = CRAWL) -> Document | None:
    """The page's document, or None if it cannot hold a claim; raises ReadError if it is no text.

    Its id and address are the address that was fetched, its date and publisher what the page says.
    The moment of the capture is no date of publication and is not taken for one.
    """
    form = form_of(page.data, name=page.address, media_type=page.media_type or None)
    if form != "pdf" and not may_hold_claim(page.data, markup=form == "html"):
        return None
    try:
        document = read_bytes(
            page.data,
            name=page.address,
            media_type=page.media_type or None,
            address=page.address,
            limits=limits,
        )
    except OtherLanguageError:
        return None
    return document if limits.read_in(document.lang) else None
