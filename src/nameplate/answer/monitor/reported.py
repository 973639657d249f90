"""The figures that reports give of a monitor's subject itself: which belong to a line, and what stands.

Only figures of the subject are taken, or of a group that the same report counts in it ("the 10,812
enterprises of the city"): those of its parts never, so that a city is no sum of some districts. What
copies say again is said once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from nameplate.answer.amounts import agree
from nameplate.answer.copies import said_once
from nameplate.answer.moments import held, said
from nameplate.answer.monitor.cells import Aside, Cell, Earlier, Why
from nameplate.answer.monitor.facets import (
    NONE,
    Facets,
    Read,
    context,
    facets_of,
    fits,
    in_context,
    is_narrowed,
    named,
    read,
)
from nameplate.answer.monitor.periods import open_period, period_of
from nameplate.answer.monitor.spec import Grain, Line
from nameplate.find.edtf import interval
from nameplate.find.spelling import spell
from nameplate.model import Claim, Entity, Entry

_PART = "part"
"""What a figure is narrowed by that is a part of other things counted just before it."""

_COUNTED = ("enterprises", "projects", "facilities")


class Figure(NamedTuple):
    """A figure of the subject with its facets, its period, its day and whether it gives it itself."""

    entry: Entry
    read: Read
    period: str
    day: str
    dated: bool


def figures(
    own: Iterable[Entry],
    others: Iterable[Entry],
    subject: Entity,
    texts: Mapping[str, str],
    grain: Grain,
) -> list[Figure]:
    """The figures of the subject: its ``own`` entries, and those of ``others`` in the same reports
    that are of a group counted there. ``texts`` are those of reports, by document key."""
    mine = [e for e in said_once(own) if e.claim.kind == "quantity"]
    groups = _groups(mine)
    names = {spell(n) for n in (subject.name, *(n for n, _ in subject.names))}
    by_report: dict[str, list[Entry]] = defaultdict(list)
    for entry in (*mine, *said_once(others)):
        by_report[entry.document_key].append(entry)
    made: list[Figure] = []
    for key, entries in by_report.items():
        text = texts.get(key, "")
        for entry in sorted(entries, key=lambda e: e.claim.start):
            is_own = entry.key in {e.key for e in mine}
            extra = NONE if is_own else _of_group(entry, groups.get(key, ()), names)
            if extra is not None and entry.claim.kind == "quantity":
                made.append(_figure(entry, extra, text, entries, grain))
    return made


def of_groups(own: Iterable[Entry], others: Iterable[Entry], subject: Entity) -> list[Entry]:
    """Those of ``others`` that are of a group which the subject's ``own`` entries of the same report
    count ("the 10,812 enterprises of the city"): figures of a part of the subject."""
    mine = list(own)
    groups, keys = _groups(mine), {e.key for e in mine}
    names = {spell(n) for n in (subject.name, *(n for n, _ in subject.names))}
    return [
        e for e in others
        if e.key not in keys and _of_group(e, groups.get(e.document_key, ()), names) is not None
    ]  # fmt: skip


def _groups(mine: Iterable[Entry]) -> dict[str, list[str]]:
    """By report the words with which it counts things in the subject."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in mine:
        if entry.claim.measure in _COUNTED:
            found[entry.document_key].append(spell(entry.claim.quote))
    return found


def _of_group(entry: Entry, groups: Sequence[str], names: set[str]) -> Facets | None:
    """The facets of the group that the entry is of; None if it is of something else."""
    if entry.claim.subject_kind not in (None, "thing"):
        return None
    said = spell(entry.claim.subject)
    if not any(group and group in said for group in groups):
        return None
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(name, " ")
    return facets_of("".join(" " if sign.isdigit() else sign for sign in said))


def _figure(
    entry: Entry, extra: Facets, text: str, around: Sequence[Entry], grain: Grain
) -> Figure:
    claim = entry.claim
    own = in_context(claim, text) if text else read(claim.item, *(claim.scope or "").split(";"))
    facets, when = own._replace(facets=own.facets | extra), claim.when
    if text:
        facets = _by_neighbours(entry, facets, text, around)
        when = when or _of_whole(entry, text, around)
    days = interval(when) if when else None
    known = said(entry) if entry.published and interval(entry.published) else None
    if days is not None:
        # What has happened in a year, by a report of that year, had happened by the report.
        told = known is not None and days[0] <= known < days[1] and claim.modality != "planned"
        day = known if told and known is not None else days[1]
        return Figure(entry, facets, period_of(day, grain), day.isoformat(), True)
    if when is not None:
        return Figure(entry, facets, open_period(when), open_period(when), True)
    if known is not None:
        return Figure(entry, facets, period_of(known, grain), known.isoformat(), False)
    return Figure(entry, facets, "", "", False)


def _by_neighbours(entry: Entry, own: Read, text: str, around: Sequence[Entry]) -> Read:
    """What is read with what the figures around it tell: a part of something else is narrowed."""
    claim = entry.claim
    if claim.measure == "employment":
        return own._replace(facets=own.facets | _scale_of_count(entry, text, around))
    here = context(text, claim)
    if claim.measure == "enterprises":
        start = text.rfind(here.clause, 0, claim.end + len(here.clause))
        counts = [e for e in around if _counts_in(e, start, start + len(here.clause))]
        scale = named(here.clause, "scale") if len(counts) == 1 else NONE
        return own._replace(facets=own.facets | scale)
    if claim.measure in _COUNTED and here.whole:
        end = here.whole_start + len(here.whole)
        if any(_counts_in(e, here.whole_start, end) for e in around):
            return own._replace(rest=f"{own.rest} {_PART}".strip())
    return own


def _counts_in(entry: Entry, start: int, end: int) -> bool:
    claim = entry.claim
    return claim.measure in _COUNTED and start <= claim.start < end


def _scale_of_count(entry: Entry, text: str, around: Sequence[Entry]) -> Facets:
    """Staff are those of the enterprises counted last before them in the clause or its sentence."""
    here = context(text, entry.claim)
    start = text.rfind(here.clause, 0, entry.claim.end) if here.clause else entry.claim.start
    counts = [
        e.claim for e in around
        if e.claim.measure == "enterprises" and start - 60 <= e.claim.start < entry.claim.start
    ]  # fmt: skip
    if not counts:
        return NONE
    last = counts[-1]
    if any(mark in text[last.end : entry.claim.start] for mark in "。！？.!?"):
        return NONE
    return in_context(last, text).facets & {"above_scale"}


def _of_whole(entry: Entry, text: str, around: Sequence[Entry]) -> str | None:
    """The time of the whole that the figure is a part of ("among them were …"), where it has none."""
    here = context(text, entry.claim)
    if not here.whole:
        return None
    end = here.whole_start + len(here.whole)
    times = [
        e.claim.when for e in around
        if e.claim.when and here.whole_start <= e.claim.start < end
    ]  # fmt: skip
    return times[-1] if times else None


def cells(line: Line, found: Iterable[Figure]) -> tuple[dict[str, Cell], list[Aside]]:
    """The cells of a line by period, and what was left aside with the reason."""
    by_period: dict[str, list[Figure]] = defaultdict(list)
    aside: list[Aside] = []
    for figure in found:
        why = _unfit(line, figure)
        if why is None:
            by_period[figure.period].append(figure)
        elif why:
            aside.append(Aside(line=line.key, entry=figure.entry, why=why))
    fit = [f for some in by_period.values() for f in some]
    dated = {f.entry.document_key for f in fit if f.dated}
    several = _several([f for f in fit if not f.dated])
    made = {}
    for period, some in by_period.items():
        kept = [f for f in some if f.dated or f.entry.document_key not in dated | several]
        for figure in some:
            if figure not in kept:
                why = "no_time" if figure.entry.document_key in dated else "several"
                aside.append(Aside(line=line.key, entry=figure.entry, why=why))
        if kept:
            made[period] = _cell(kept)
    return made, aside


def _several(undated: Iterable[Figure]) -> set[str]:
    """The reports that give several figures without a time: likely parts of a whole."""
    values: dict[str, list[Claim]] = defaultdict(list)
    for figure in undated:
        values[figure.entry.document_key].append(figure.entry.claim)
    return {
        key for key, claims in values.items() if not all(agree(claims[0], c) for c in claims[1:])
    }


def _unfit(line: Line, figure: Figure) -> Why | Literal[""] | None:
    """Why a figure is not the line's: None if it is, empty if it is another measure altogether."""
    claim = figure.entry.claim
    if claim.measure not in line.measure:
        return ""
    if line.modality not in ("any", claim.modality or "actual"):
        return ""
    if claim.value is None:
        return "range"
    if is_narrowed(line, figure.read):
        return "narrowed"
    if claim.per is not None:
        return "rate"
    if not fits(line, figure.read):
        return ""
    is_flow = claim.aggregate == "period"
    if is_flow != line.flow and claim.unit != "%":
        return "flow" if is_flow else "stock"
    return None


def _cell(found: Sequence[Figure]) -> Cell:
    """What stands of the figures of one period: that of the latest day, by the last word first-hand."""
    by_value: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in found:
        claim = figure.entry.claim
        by_value[claim.value, claim.bound or "=", claim.unit].append(figure)
    groups = sorted(by_value.values(), key=_rank, reverse=True)
    best = groups[0]
    claim = best[0].entry.claim
    rivals = [g for g in groups[1:] if not agree(g[0].entry.claim, claim)]
    conflicting = any(_rank(group)[:2] == _rank(best)[:2] for group in rivals)
    earlier = [*([best] if conflicting else []), *rivals]
    return Cell(
        how="reported",
        value=None if conflicting else claim.value,
        unit=claim.unit or "1",
        bound=claim.bound or "=",
        aggregate=claim.aggregate,
        entries=() if conflicting else tuple(f.entry for f in best),
        reports=len({f.entry.source for group in groups for f in group}),
        earlier=tuple(_earlier(group, best) for group in earlier),
        conflicting=conflicting,
        dated=any(f.dated for f in best),
    )


def _rank(group: Sequence[Figure]) -> tuple[str, str, bool, int, str]:
    """The latest day first, then the newest report; of one day the exact figure before the rounded."""
    claim = group[0].entry.claim
    digits = len(claim.value.normalize().as_tuple().digits) if claim.value else 0
    exact = (claim.bound or "=") == "="
    return max(f.day for f in group), _last(group), exact, digits, group[0].entry.key


def _last(group: Sequence[Figure]) -> str:
    """When it was said last; a copy that is printed later is no later word."""
    first_hand = [f for f in group if f.entry.copy_of is None] or group
    return max(said(f.entry) for f in first_hand).isoformat()


def _earlier(group: Sequence[Figure], best: Sequence[Figure]) -> Earlier:
    claim = group[0].entry.claim
    assert claim.value is not None
    standing: Literal["conflicting", "superseded", "revised"] = "revised"
    if _rank(group)[:2] == _rank(best)[:2]:
        standing = "conflicting"
    elif max(f.day for f in group) < max(f.day for f in best):
        standing = "superseded"
    return Earlier(
        value=claim.value,
        unit=claim.unit or "1",
        bound=claim.bound or "=",
        standing=standing,
        entries=tuple(f.entry for f in group),
    )


def news(found: Iterable[Figure], lines: Sequence[Line]) -> Iterator[str]:
    """The days of the reports whose figures belong to a line."""
    for figure in found:
        if any(_unfit(line, figure) is None for line in lines):
            days = held(figure.entry)
            if figure.entry.published:
                yield said(figure.entry).isoformat()
            elif days is not None:
                yield days[1].isoformat()
