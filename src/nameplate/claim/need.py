"""Needs: what a body looks for - a partner, a technology, staff, land, funding."""

from __future__ import annotations

from collections.abc import Iterator

from nameplate.claim import need_en, need_zh
from nameplate.claim.context import Context
from nameplate.claim.topic import distinct
from nameplate.model import Claim, Rejection


def make(context: Context) -> Iterator[Claim | Rejection]:
    """Need claims of a document, and what was sought but is no need."""
    found = list(need_zh.needs(context) if context.zh else need_en.needs(context))
    yield from distinct([c for c in found if isinstance(c, Claim)])
    yield from (r for r in found if isinstance(r, Rejection))
