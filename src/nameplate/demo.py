"""The demo's ledger: the example reports, each recorded on the day it was published."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from nameplate.claim.returns import load
from nameplate.ledger import Ledger
from nameplate.lexicon.examples import Card, FiledReturn, example_returns, examples
from nameplate.model import Document
from nameplate.monitors import define, template
from nameplate.pipeline import add_document, settle
from nameplate.read import read_bytes
from nameplate.returns import Given, keep, take_bytes


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
        steps = [(card.published, partial(_report, card, text)) for card, text in examples()]
        steps += [(c.filed, partial(_return, c, data, m)) for c, data, m in example_returns()]
        for day, step in sorted(steps, key=lambda pair: pair[0]):
            calendar.day = day
            claims += step(ledger, told)
        settle(ledger)
        for name, subject, subject_zh in _MONITORS:
            made = msgspec.structs.replace(template(name), subject=subject, subject_zh=subject_zh)
            define(ledger, made, "demo")
    return claims


_MONITORS = (
    ("resumption", "Chongqing", "重庆"),
    ("upgrading", "Chongqing", "重庆"),
    ("signing", "2018 Smart China Expo", "2018智博会"),
)
"""The built-in monitors, each about something that the examples speak of."""


def _report(card: Card, text: str, ledger: Ledger, told: Callable[[str], None]) -> int:
    told(card.title)
    data = text.encode()
    return add_document(ledger, _document(card, data), data).claims


def _return(
    card: FiledReturn, data: bytes, mapping: str, ledger: Ledger, told: Callable[[str], None]
) -> int:
    told(card.id)
    given = Given(card.file, data)
    taken = take_bytes(given, load(mapping, name=card.mapping))
    return len(taken.claims) if keep(ledger, given, taken).added else 0


def _document(card: Card, data: bytes) -> Document:
    read = read_bytes(data, name=card.file, published=card.published)
    return msgspec.structs.replace(
        read, id=card.id, title=card.title, publisher=card.publisher, lang=card.lang[:2]
    )
