"""Figures by measure, what was planned beside what is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nameplate.answer.moments import in_order
from nameplate.answer.revisions import with_standing
from nameplate.answer.views import Figure, FigureRow
from nameplate.find.spelling import spell
from nameplate.lexicon.measures import measures, order
from nameplate.model import Entry


def figure_rows(entries: Iterable[Entry]) -> tuple[FigureRow, ...]:
    """One row a measure, item, unit, rate and scope, in the order of the measures."""
    grouped: dict[tuple[str, ...], list[Entry]] = {}
    for entry in sorted(entries, key=in_order):
        claim = entry.claim
        if claim.kind == "quantity" and claim.measure is not None:
            key = (
                claim.measure,
                spell(claim.item or ""),
                claim.unit or "",
                claim.per or "",
                spell(claim.scope or ""),
            )
            grouped.setdefault(key, []).append(entry)
    ordered = sorted(grouped.items(), key=lambda pair: (order(pair[0][0]), pair[0][4], pair[0]))
    return tuple(_row(group) for _, group in ordered)


def headlines(rows: Sequence[FigureRow]) -> tuple[FigureRow, ...]:
    """The first unscoped row of each headline measure, in the order of the headlines."""
    first: dict[int, FigureRow] = {}
    for row in rows:
        measure = measures().get(row.measure)
        if measure is not None and measure.headline is not None and not row.scope:
            first.setdefault(measure.headline, row)
    return tuple(first[place] for place in sorted(first))


def _row(group: Sequence[Entry]) -> FigureRow:
    claim = group[0].claim
    actual = [entry for entry in group if (entry.claim.modality or "actual") == "actual"]
    planned = [entry for entry in group if (entry.claim.modality or "actual") != "actual"]
    return FigureRow(
        measure=claim.measure or "",
        item=claim.item,
        unit=claim.unit,
        per=claim.per,
        scope=claim.scope,
        planned=_figures(planned),
        actual=_figures(actual),
    )


def _figures(group: Sequence[Entry]) -> tuple[Figure, ...]:
    """The figures of one side with what became of each."""
    return with_standing(_values(group))


def _values(group: Sequence[Entry]) -> tuple[Figure, ...]:
    said: dict[tuple[object, ...], list[Entry]] = {}
    for entry in group:
        c = entry.claim
        said.setdefault((c.value, c.low, c.high, c.bound, c.when, c.aggregate), []).append(entry)
    return tuple(_figure(entries) for entries in said.values())


def _figure(entries: Sequence[Entry]) -> Figure:
    claim = entries[0].claim
    return Figure(
        value=claim.value,
        low=claim.low,
        high=claim.high,
        bound=claim.bound or "=",
        when=claim.when,
        aggregate=claim.aggregate,
        entries=tuple(entries),
        reports=len({entry.source for entry in entries}),
    )
