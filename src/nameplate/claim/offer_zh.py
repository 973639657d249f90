"""Chinese offers."""

from __future__ import annotations

from collections.abc import Iterator

from nameplate.claim.context import Context
from nameplate.model import Claim, Rejection


def offers(context: Context) -> Iterator[Claim | Rejection]:
    """What the bodies of a Chinese report offer."""
    yield from ()
