"""Capabilities: the fields, technologies, products and services that a body offers, one a claim."""

from __future__ import annotations

from collections.abc import Iterator

from nameplate.claim import offer_en, offer_zh
from nameplate.claim.context import Context
from nameplate.claim.topic import distinct
from nameplate.model import Claim, Rejection


def make(context: Context) -> Iterator[Claim | Rejection]:
    """Capability claims of a document, and offers whose owner is not named."""
    found = list(offer_zh.offers(context) if context.zh else offer_en.offers(context))
    yield from distinct([c for c in found if isinstance(c, Claim)])
    yield from (r for r in found if isinstance(r, Rejection))
