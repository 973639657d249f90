"""Chinese relations."""

from __future__ import annotations

from collections.abc import Iterator

from nameplate.claim.context import Context
from nameplate.model import Claim


def relations(context: Context) -> Iterator[Claim]:
    """The relations that a Chinese report tells."""
    yield from ()
