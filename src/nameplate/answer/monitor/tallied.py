"""Returns added up once: a return of ten thousand rows is a few groups of like cells.

A tally is made of one return as it was filed; what people judge since is amended for the things judged
alone. It answers only where that gives the very same as looking at every row; `cells` gives None where it does not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from nameplate.answer.monitor.cells import Cell, Source
from nameplate.answer.monitor.counted import Told, exact, says_no
from nameplate.answer.monitor.facets import facets_of, fits, read
from nameplate.answer.monitor.periods import period_of
from nameplate.answer.monitor.spec import Grain, Line
from nameplate.model import Record

_MOST_GROUPS = 2_000
"""A return of more groups (a date of its own in every cell) is looked at row by row."""


class Group(Record, frozen=True, kw_only=True):
    """Figures of one measure, unit, item, scope and day: of how many things, and their sum."""

    measure: str
    unit: str | None
    item: str | None
    scope: str | None
    day: str
    things: int
    total: Decimal


class Reached(Record, frozen=True, kw_only=True):
    """How many things first reached a stage of one scope on each day, by what the return says."""

    stage: str
    scope: str | None
    days: dict[str, int]


class Tally(Record, frozen=True, kw_only=True):
    """One return added up; ``things`` is how many it names."""

    document: str
    said: str
    things: int
    groups: tuple[Group, ...] = ()
    reached: tuple[Reached, ...] = ()


def tally(document: str, said: str, rows: Iterable[Told]) -> Tally | None:
    """The return's rows added up; None if they are too unlike for that."""
    things: set[str] = set()
    figures: dict[tuple[str | None, ...], dict[str, Told]] = defaultdict(dict)
    firsts: dict[tuple[str, str | None], dict[str, str]] = defaultdict(dict)
    for row in rows:
        things.add(row.thing)
        if row.measure is not None and row.value is not None:
            key = (row.measure, row.unit, row.item, row.scope, row.last or row.said)
            figures[key][row.thing] = row
        elif row.stage is not None and row.first and row.first <= said:
            known = firsts[row.stage, row.scope]
            known[row.thing] = min(row.first, known.get(row.thing, row.first))
    if len(figures) + len(firsts) > _MOST_GROUPS:
        return None
    return Tally(
        document=document,
        said=said,
        things=len(things),
        groups=tuple(_group(key, some) for key, some in figures.items()),
        reached=tuple(
            Reached(stage=stage, scope=scope, days=dict(sorted(Counter(days.values()).items())))
            for (stage, scope), days in firsts.items()
        ),
    )


def _group(key: tuple[str | None, ...], some: dict[str, Told]) -> Group:
    measure, unit, item, scope, day = key
    return Group(
        measure=measure or "", unit=unit, item=item, scope=scope, day=day or "",
        things=len(some), total=sum((exact(row.value) for row in some.values()), Decimal(0)),
    )  # fmt: skip


def amended(one: Tally, before: Sequence[Told], after: Sequence[Told]) -> Tally | None:
    """The tally with ``after`` in the place of ``before``, all rows of some of its things.

    None where rows of a thing compete for one figure: which of them was added up is not kept.
    """
    if _compete(before) or _compete(after):
        return None
    less, more = tally(one.document, one.said, before), tally(one.document, one.said, after)
    if less is None or more is None:
        return None
    return msgspec.structs.replace(
        one,
        things=one.things - less.things + more.things,
        groups=_amended_groups(one, less, more),
        reached=_amended_stages(one, less, more),
    )


def _compete(rows: Iterable[Told]) -> bool:
    seen: set[tuple[str | None, ...]] = set()
    for row in rows:
        if row.measure is None:
            continue
        key = (row.thing, row.measure, row.unit, row.item, row.scope, row.last or row.said)
        if key in seen:
            return True
        seen.add(key)
    return False


def _amended_groups(one: Tally, less: Tally, more: Tally) -> tuple[Group, ...]:
    made = {_kind(group): group for group in one.groups}
    for sign, changed in ((-1, less), (1, more)):
        for group in changed.groups:
            old = made.get(_kind(group))
            things, total = (old.things, old.total) if old else (0, Decimal(0))
            made[_kind(group)] = msgspec.structs.replace(
                group, things=things + sign * group.things, total=total + sign * group.total
            )
    return tuple(group for group in made.values() if group.things)


def _kind(group: Group) -> tuple[str | None, ...]:
    return group.measure, group.unit, group.item, group.scope, group.day


def _amended_stages(one: Tally, less: Tally, more: Tally) -> tuple[Reached, ...]:
    made = {(r.stage, r.scope): Counter(r.days) for r in one.reached}
    for sign, changed in ((-1, less), (1, more)):
        for reached in changed.reached:
            days = made.setdefault((reached.stage, reached.scope), Counter())
            for day, number in reached.days.items():
                days[day] += sign * number
    return tuple(
        Reached(stage=stage, scope=scope, days={d: n for d, n in sorted(days.items()) if n})
        for (stage, scope), days in made.items()
        if any(days.values())
    )


class Pile(Record, frozen=True, kw_only=True):
    """The tallies of a monitor's returns. ``apart`` says that no thing is in two returns of a day."""

    tallies: tuple[Tally, ...]
    grain: Grain
    apart: bool


def cells(line: Line, pile: Pile, today: str) -> dict[str, Cell] | None:
    """The cells of a counted, summed or averaged line; None where only the rows can tell."""
    known = [one for one in pile.tallies if one.said and one.said <= today]
    if line.how in ("summed", "averaged"):
        return _values(line, pile, known, today)
    by_day: dict[str, list[Tally]] = defaultdict(list)
    for one in known:
        by_day[one.said].append(one)
    if any(len(some) > 1 for some in by_day.values()) and not pile.apart:
        return None
    if line.stage is None:
        return _population(line, by_day, pile.grain)
    if line.answer == "no":
        return _by_no(line, by_day, pile.grain)
    return _by_return(line, by_day, pile.grain)


def _values(line: Line, pile: Pile, known: Sequence[Tally], today: str) -> dict[str, Cell] | None:
    found: dict[str, list[tuple[Tally, Group]]] = defaultdict(list)
    for one in known:
        for group in one.groups:
            said = read(group.item, *(group.scope or "").split(";"))
            is_ours = group.measure in line.measure and fits(line, said)
            if is_ours and group.day and group.day <= today:
                found[period_of(group.day, pile.grain)].append((one, group))
    made: dict[str, Cell] = {}
    for period, some in found.items():
        of_one = len({tally.document for tally, _ in some}) == len(some)
        same_day = len({(tally.said, group.day) for tally, group in some}) == 1
        if len(some) > 1 and not (of_one and same_day and pile.apart):
            return None
        if len({group.unit for _, group in some}) == 1:
            made[period] = _total(line, some)
    return made


def _total(line: Line, some: Sequence[tuple[Tally, Group]]) -> Cell:
    things = sum(group.things for _, group in some)
    total = sum((group.total for _, group in some), Decimal(0))
    if line.how == "averaged":
        total = round(total / things, 2)
    return Cell(
        how=line.how, value=total.normalize() + 0, unit=some[0][1].unit or "1", things=things,
        sources=tuple(_source(tally, group.things) for tally, group in some),
    )  # fmt: skip


def _source(one: Tally, things: int) -> Source:
    return Source(
        document_key=one.document, document_id=one.document, published=one.said, things=things
    )


def _population(line: Line, by_day: dict[str, list[Tally]], grain: Grain) -> dict[str, Cell] | None:
    if line.measure:
        return None
    made: dict[str, Cell] = {}
    for day, some in by_day.items():
        period = period_of(day, grain)
        if period in made:
            return None  # two returns in one month: whose rows are the same?
        made[period] = _count([(one, one.things) for one in some])
    return made


def _count(some: Sequence[tuple[Tally, int]]) -> Cell:
    total = sum(number for _, number in some)
    sources = tuple(_source(one, number) for one, number in some if number)
    return Cell(how="counted", value=Decimal(total), things=total, sources=sources)


def _by_return(line: Line, by_day: dict[str, list[Tally]], grain: Grain) -> dict[str, Cell] | None:
    made: dict[str, Cell] = {}
    before = ""
    for day in sorted(by_day):
        some = [(one, reached) for one in by_day[day] if (reached := _reached(line, one))]
        if any(len(found) > 1 for _, found in some):
            return None  # of two scopes: a thing may be in both
        since = period_of(before, grain)
        days = sorted({d for _, found in some for d in found[0].days})
        for at in days:
            period = period_of(at, grain)
            if period > since:
                made[period] = _count([(one, _until(found[0], at)) for one, found in some])
        numbers = {one.document: _until(found[0], day) for one, found in some}
        made[period_of(day, grain)] = _count(
            [(one, numbers.get(one.document, 0)) for one in by_day[day]]
        )
        before = day
    return made


def _by_no(line: Line, by_day: dict[str, list[Tally]], grain: Grain) -> dict[str, Cell] | None:
    made: dict[str, Cell] = {}
    for day, some in by_day.items():
        asked = [(one, groups) for one in some if (groups := _no(line, one)) is not None]
        period = period_of(day, grain)
        if period in made or any(len(groups) > 1 for _, groups in asked):
            return None  # whose rows are the same?
        if asked:
            made[period] = _count([(one, sum(g.things for g in groups)) for one, groups in asked])
    return made


def _no(line: Line, one: Tally) -> list[Group] | None:
    """The groups that say "no" to the stage; None where the return does not ask."""
    found = [g for g in one.groups if says_no(line.stage, g.measure, g.total, g.item)]
    return found if found or any(r.stage == line.stage for r in one.reached) else None


def _reached(line: Line, one: Tally) -> list[Reached]:
    def is_ours(scope: str | None) -> bool:
        found = facets_of(*(scope or "").split(";"))
        return not line.facets or (found is not None and frozenset(line.facets) <= found)

    return [r for r in one.reached if r.stage == line.stage and is_ours(r.scope)]


def _until(reached: Reached, day: str) -> int:
    return sum(number for at, number in reached.days.items() if at <= day)
