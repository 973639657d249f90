"""Reports that were there before: copies of one report are one source, whoever printed them.

A report is a copy of the first recorded one whose words are mostly its own; what came later never
changes that, so that an earlier day is told as it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select

from nameplate.find.stretches import alike, bands, stretches
from nameplate.ledger import bulk
from nameplate.ledger.tables import copies, documents, source_bands

_CROWD = 20
"""Reports under one band; a turn of phrase that more of them share tells none from another."""

_LEAST = 2
"""Bands that a copy shares at least; one may be shared by chance, or by a phrase."""

_TRIED = 3
_CHUNK = 5_000


class Likeness(NamedTuple):
    """What tells whether a text is a copy of another (`nameplate.find.stretches`)."""

    stretches: frozenset[int]
    bands: list[int]

    @classmethod
    def of(cls, text: str) -> Likeness:
        """That of a text; takes no ledger, so that it can be made ahead."""
        own = stretches(text)
        return cls(own, bands(own))


def note(connection: Connection, key: str, text: str) -> None:
    """Take up a report that was just appended, and note of which other it is a copy."""
    portion = Portion(connection, {key: Likeness.of(text)})
    portion.note(key)
    portion.write()


class Portion:
    """Reports that come together, by key: each is held against what came before it."""

    def __init__(self, connection: Connection, coming: Mapping[str, Likeness]) -> None:
        self._connection = connection
        self._own = {key: one.stretches for key, one in coming.items()}
        self._bands = {key: one.bands for key, one in coming.items()}
        numbers = sorted({band for found in self._bands.values() for band in found})
        self._held = _held(connection, numbers) if numbers else defaultdict(list)
        self._copies: list[tuple[str, str]] = []
        self._fresh: list[tuple[int, str]] = []

    def note(self, key: str) -> None:
        """Take up the next report, and note of which other it is a copy."""
        held = {band: self._held[band] for band in self._bands[key]}
        shared = Counter(other for others in held.values() for other in others if other != key)
        near = sorted((-count, other) for other, count in shared.items() if count >= _LEAST)
        for _, other in near[:_TRIED]:
            if alike(self._own[key], self._stretches_of(other)):
                self._copies.append((key, other))
                return  # the bands of the first lead to all its copies
        for band, others in held.items():
            if len(others) < _CROWD:
                self._fresh.append((band, key))
                others.append(key)

    def write(self) -> None:
        """Write down what was noted."""
        if self._copies:
            bulk.write(self._connection, copies, self._copies)
        if self._fresh:
            bulk.write(self._connection, source_bands, self._fresh)

    def _stretches_of(self, key: str) -> frozenset[int]:
        if key not in self._own:
            found = select(documents.c.text).where(documents.c.key == key)
            self._own[key] = stretches(self._connection.execute(found).scalar_one())
        return self._own[key]


def _held(connection: Connection, numbers: list[int]) -> defaultdict[int, list[str]]:
    query = select(source_bands.c.band, source_bands.c.document_key)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for start in range(0, len(numbers), _CHUNK):
        few = numbers[start : start + _CHUNK]
        for band, key in connection.execute(
            query.where(bulk.among(connection, source_bands.c.band, few))
        ):
            found[band].append(key)
    return found


def rebuild(connection: Connection) -> None:
    """Find the copies among all documents again, in the order in which they were recorded."""
    connection.execute(copies.delete())
    connection.execute(source_bands.delete())
    for key in (
        connection.execute(select(documents.c.key).order_by(documents.c.seq)).scalars().all()
    ):
        text = connection.execute(select(documents.c.text).where(documents.c.key == key))
        note(connection, key, text.scalar_one())
