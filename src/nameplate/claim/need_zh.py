"""Chinese needs."""

from __future__ import annotations

from collections.abc import Iterator

from nameplate.claim.context import Context
from nameplate.model import Claim, Rejection


def needs(context: Context) -> Iterator[Claim | Rejection]:
    """What the bodies of a Chinese report look for."""
    yield from ()
