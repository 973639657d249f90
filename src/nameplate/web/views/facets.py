"""By what things can be chosen: kind, phase, stage, sector, product, place, sponsor, measure, period,
words and findings.

Everything about a thing that a filter asks for is worked out once (`nameplate.web.board.summary`);
choosing and counting are then set operations. Words are matched by their spelling, so that 長安 finds
长安 and a word matches anywhere: in names, places, products, topics and the quotes themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from nameplate.answer.moments import held, said
from nameplate.answer.views import ProjectRow
from nameplate.find.edtf import interval
from nameplate.find.spelling import spell
from nameplate.model import Entry
from nameplate.web.views.ladder import phase

FACETS = ("kind", "phase", "stage", "sector", "product", "place", "sponsor", "measure")
"""Filters with a list of values to choose from, by their names in the address."""
FILTERS = (*FACETS, "q", "from", "to", "flagged")

_EARLIEST, _LATEST = 1800, 2199
"""Years between which periods are told apart; what lies beyond is taken for the nearer of the two."""


class Option(msgspec.Struct, frozen=True):
    """A value of a facet and how many things have it, given all the other filters."""

    key: str
    number: int
    chosen: bool


def phase_of(row: ProjectRow) -> str:
    """The phase that a row is counted under: what is only announced is talk."""
    return "talk" if row.status.rule == "promised" else phase(row.status.stage)


def text_of(row: ProjectRow, entries: Iterable[Entry]) -> str:
    """All the words of a thing as they are spelled, a name, place or quote a line."""
    said_of = [row.entity.name, *(name for name, _ in row.entity.names), *row.places]
    for entry in entries:
        c = entry.claim
        said_of += filter(None, (c.quote, c.item, c.scope, c.object, c.topic, c.text, c.by))
        said_of += c.visitors
    return "\n".join(dict.fromkeys(map(spell, said_of)))


def months(entries: Iterable[Entry]) -> tuple[tuple[int, int], ...]:
    """Stretches of months (twelve times the year, and the month from 0) with news or dates."""
    found: set[tuple[int, int]] = set()
    for entry in entries:
        low, high = held(entry) or (said(entry),) * 2
        found.add((_month(low), _month(high)))
    return tuple(sorted(found))


def period(low: str, high: str) -> tuple[int, int] | None:
    """The months from and to which the address asks for; nothing if it asks for no period.

    Each is a year, a month or a day, or empty; nonsense is no bound.
    """
    first, last = (interval(text) if text else None for text in (low, high))
    if first is None and last is None:
        return None
    return (
        _month(first[0]) if first else 12 * _EARLIEST,
        _month(last[1]) if last else 12 * _LATEST + 11,
    )


def _month(day: date) -> int:
    year = min(max(day.year, _EARLIEST), _LATEST)
    return 12 * year + (day.month - 1 if year == day.year else 0)
