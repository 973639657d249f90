"""By what projects can be chosen: kind, stage, phase, place, measure, period, words and findings.

Everything about a row that a filter asks for is worked out once (`facets_of`); choosing and counting
are then set operations. Words are matched by their spelling, so that 長安 finds 长安 and a word
matches anywhere: in names, places, products, topics and the quotes themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from nameplate.answer.moments import held, said
from nameplate.answer.views import ProjectRow
from nameplate.find.edtf import interval
from nameplate.find.spelling import spell
from nameplate.model import Entry
from nameplate.web.views.ladder import phase

FACETS = ("kind", "phase", "stage", "place", "measure")
"""Filters with a list of values to choose from, by their names in the address."""
FILTERS = (*FACETS, "q", "from", "to", "flagged")


class Facets(msgspec.Struct, frozen=True, gc=False):
    """What a row can be chosen by; ``days`` are the ISO days between which it has news or dates."""

    values: dict[str, tuple[str, ...]]
    text: str
    days: tuple[tuple[str, str], ...]


class Option(msgspec.Struct, frozen=True):
    """A value of a facet and how many rows have it, given all the other filters."""

    key: str
    number: int
    chosen: bool


def facets_of(row: ProjectRow, entries: Sequence[Entry]) -> Facets:
    """The facets of a row from its entity's entries."""
    measures = (e.claim.measure for e in entries if e.claim.measure)
    return Facets(
        values={
            "kind": (row.entity.kind,),
            "stage": (row.status.stage or "none",),
            "phase": (phase_of(row),),
            "place": row.places,
            "measure": tuple(dict.fromkeys(measures)),
        },
        text=_text(row, entries),
        days=tuple(sorted({_days(entry) for entry in entries})),
    )


def phase_of(row: ProjectRow) -> str:
    """The phase that a row is counted under: what is only announced is talk."""
    return "talk" if row.status.rule == "promised" else phase(row.status.stage)


def _text(row: ProjectRow, entries: Iterable[Entry]) -> str:
    said_of = [row.entity.name, *(name for name, _ in row.entity.names), *row.places]
    for entry in entries:
        c = entry.claim
        said_of += filter(None, (c.quote, c.item, c.scope, c.object, c.topic, c.text, c.by))
        said_of += c.visitors
    return "\n".join(dict.fromkeys(map(spell, said_of)))


def _days(entry: Entry) -> tuple[str, str]:
    """The time that the claim holds for, or else the day of its report."""
    low, high = held(entry) or (said(entry),) * 2
    return low.isoformat(), high.isoformat()


def chosen(
    rows: Iterable[ProjectRow],
    facets: Mapping[str, Facets],
    query: Mapping[str, str],
    flagged: Mapping[str, object],
    *,
    but: str = "",
) -> list[ProjectRow]:
    """The rows that the address asks for; the filter ``but`` is left out."""
    wanted = {name: query[name] for name in FACETS if query.get(name) and name != but}
    needles = spell(query.get("q", "")).split()
    low, high = _bound(query.get("from", ""), 0), _bound(query.get("to", ""), 1)
    return [
        row
        for row in rows
        if (not query.get("flagged") or row.entity.id in flagged)
        and _asked(facets[row.entity.id], wanted, needles)
        and _within(facets[row.entity.id], low, high)
    ]


def _asked(facets: Facets, wanted: Mapping[str, str], needles: Sequence[str]) -> bool:
    return all(value in facets.values[name] for name, value in wanted.items()) and all(
        needle in facets.text for needle in needles
    )


def _within(facets: Facets, low: str, high: str) -> bool:
    if not low and not high:
        return True
    return any((not low or d[1] >= low) and (not high or d[0] <= high) for d in facets.days)


def _bound(text: str, end: int) -> str:
    """A year, month or day of the address as a day; nonsense is no bound."""
    days = interval(text) if text else None
    return days[end].isoformat() if days else ""


def options(
    rows: Iterable[ProjectRow], facets: Mapping[str, Facets], name: str, value: str
) -> list[Option]:
    """The values of the facet ``name`` among the rows, the most frequent first; ``value`` is chosen.

    ``rows`` are those that all the other filters leave.
    """
    tally: Counter[str] = Counter()
    for row in rows:
        tally.update(facets[row.entity.id].values[name])
    if value and value not in tally:
        tally[value] = 0
    ranked = sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Option(key, number, key == value) for key, number in ranked]
