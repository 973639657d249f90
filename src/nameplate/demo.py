"""The demo's ledger: the example reports, each recorded on the day it was published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from nameplate.ledger import Ledger
from nameplate.lexicon.examples import Card, examples
from nameplate.model import Document
from nameplate.pipeline import add_document, settle
from nameplate.read import read_bytes


class _Calendar:
    """A clock that is set to a report's day, so that the past of the demo can be asked again."""

    def __init__(self) -> None:
        self.day = "2000-01-01"

    def __call__(self) -> str:
        return f"{self.day}T12:00:00.000000Z"


def build(target: Path, told: Callable[[str], None] = lambda title: None) -> int:
    """Make a ledger of the example reports at ``target``; the number of claims comes back."""
    calendar, claims = _Calendar(), 0
    with Ledger.open(target, clock=calendar) as ledger:
        for card, text in examples():
            told(card.title)
            calendar.day = card.published
            data = text.encode()
            claims += add_document(ledger, _document(card, data), data).claims
        settle(ledger)
    return claims


def _document(card: Card, data: bytes) -> Document:
    read = read_bytes(data, name=card.file, published=card.published)
    return msgspec.structs.replace(
        read, id=card.id, title=card.title, publisher=card.publisher, lang=card.lang[:2]
    )
