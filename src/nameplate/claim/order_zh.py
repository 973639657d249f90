"""Chinese orders."""

from __future__ import annotations

from collections.abc import Iterator

from nameplate.claim.context import Context
from nameplate.claim.order import Order
from nameplate.model import Rejection


def orders(context: Context) -> Iterator[Order | Rejection]:
    """Orders of a Chinese report, and what was only a slogan."""
    yield from ()
