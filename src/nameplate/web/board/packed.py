"""A thing's summary as the rows that the board's file takes, so that other processes can make them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from nameplate.answer.projects import PROJECT_KINDS
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.model import Entity, Entry
from nameplate.web.board.sponsors import sponsors_among
from nameplate.web.board.summary import Facts, Reviewing, Summary, summarise

pack = msgspec.msgpack.Encoder().encode
unpack_facts = msgspec.msgpack.Decoder(Facts).decode

Row = tuple[Any, ...]


class Packed(NamedTuple):
    """The rows of one thing, but for the slot that it gets; ``thing`` begins with its id."""

    thing: Row
    grams: str
    found: list[Row]
    news: list[Row]
    asked: list[Row]
    claims: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of the thing."""
        return str(self.thing[0])


def packed(entity: Entity, made: Summary, *, whole: bool = False) -> Packed:
    """The rows of a summary; ``whole`` keeps the entity itself as well."""
    listed = made.facts.kind in PROJECT_KINDS
    line = zlib.compress(pack(made.line), 1)
    kept = zlib.compress(pack(entity), 1) if whole else b""
    return Packed(
        thing=(made.facts.id, made.due, pack(made.facts), line, made.text, kept),
        grams=grams(made.text),
        found=[
            (f.gravity, f.finding.check, f.finding.subject, listed, f.at, pack(f.finding))
            for f in made.found
        ],
        news=[(n.what, listed, n.at, n.day, pack(n)) for n in made.news],
        asked=[
            (a.entry.key, a.score, a.mask, a.entry.document_key, a.entry.claim.start)
            for a in made.asked
        ],
        claims=entity.claims,
    )


def grams(text: str) -> str:
    """The text as the pairs of neighbouring signs by which any part of a word is found.

    The last sign of each word stands alone after its pairs, so that no pair reaches into the next.
    """
    made: list[str] = []
    for word in text.split():
        made += [word[i : i + 2] for i in range(len(word))]
    return " ".join(made)


class Work:
    """Reads claims and works out summaries, some things at a time."""

    def __init__(
        self, ledger: Ledger, weights: dict[str, float], alike: frozenset[str], today: str
    ) -> None:
        self._ledger, self._weights = ledger, weights
        self._alike, self._today = alike, today

    def packed(self, ids: Sequence[str]) -> list[Packed]:
        """Those of the things that have claims in force."""
        entities = self._ledger.pages.entities(ids)
        keys = tuple(key for entity in entities for key in entity.claims)
        entries = self._ledger.entries(ClaimFilter(keys=keys)) if keys else []
        by_key = {entry.key: entry for entry in entries}
        review = Reviewing(self._alike, self._weights_of(entries))
        sponsors = sponsors_among(self._ledger, [e for e in entities if e.kind in PROJECT_KINDS])
        return [
            packed(entity, made)
            for entity in entities
            if (own := [by_key[k] for k in entity.claims if k in by_key])
            and (made := summarise(entity, own, self._today, review, sponsors.of(entity, own)))
        ]

    def _weights_of(self, entries: Iterable[Entry]) -> dict[str, float]:
        if not self._weights:
            return {}
        cards = self._ledger.pages.filed({entry.document_key for entry in entries})
        return {
            key: self._weights[card.publisher or ""]
            for key, card in cards.items()
            if (card.publisher or "") in self._weights
        }
