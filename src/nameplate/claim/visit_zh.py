"""Chinese visits."""

from __future__ import annotations

from nameplate.claim.context import Context
from nameplate.claim.stop import Stop
from nameplate.model import Rejection


def stops(context: Context) -> list[Stop | Rejection]:
    """The stops of a Chinese report."""
    return []
