"""What is counted: the rows of returns by what they say, and things by how far they have come.

A return is a picture of its day: what stands in it is counted for that day, and an enterprise that is
in two of one day counts once. For days before a return its own dates count, back to the return before
it. Things that reports speak of are counted from the day on which they came so far. Nothing planned is
counted, and of what nothing is known nothing is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from nameplate.answer.moments import held, said
from nameplate.answer.monitor.cells import Cell, Source
from nameplate.answer.monitor.facets import fits, read
from nameplate.answer.monitor.periods import period_of
from nameplate.answer.monitor.spec import Grain, Line
from nameplate.lexicon.stages import order, stages
from nameplate.model import Entry

MADE = frozenset({"output", "sales"})
"""What makes or sells has gone into production, whether or not a report said so."""

_MOST_SOURCES = 20
"""So many documents of a count are named."""


class Told(NamedTuple):
    """What one claim says of one thing, with days in ISO 8601 (empty: none). ``said`` is the day of
    the report or return, ``place`` the number of its document in the order of record."""

    thing: str
    measure: str | None
    stage: str | None
    first: str
    last: str
    value: Decimal | float | None
    unit: str | None
    item: str | None
    scope: str | None
    document: str
    said: str
    place: int


def told(entry: Entry, thing: str, place: int = 0) -> Told:
    """What an entry says of the thing."""
    claim, days = entry.claim, held(entry)
    dated = days is not None
    known = said(entry).isoformat() if entry.published else ""
    return Told(
        thing, claim.measure, claim.stage,
        days[0].isoformat() if days else ("" if claim.when and not dated else known),
        days[1].isoformat() if days else ("" if claim.when and not dated else known),
        claim.value, claim.unit, claim.item, claim.scope, entry.document_key, known, place,
    )  # fmt: skip


class Counting(NamedTuple):
    """What a line is counted from: what was told, how long a period is, and whether of returns."""

    rows: Sequence[Told]
    grain: Grain
    returns: bool


def cells(line: Line, counting: Counting, today: str) -> dict[str, Cell]:
    """The cells of a counted, summed or averaged line by period."""
    if line.how in ("summed", "averaged"):
        return _values(line, counting, today)
    if line.stage is None:
        return _population(line, counting, today)
    if line.answer == "no":
        return _by_no(line, counting, today)
    if counting.returns:
        return _by_return(line, counting, today)
    return _by_thing(line, counting, today)


def _fits(line: Line, row: Told, *, staged: bool = False) -> bool:
    if staged and not line.facets:
        return True
    found = read(row.item, *(row.scope or "").split(";"))
    if staged:
        return not found.rest and frozenset(line.facets) <= found.facets
    return fits(line, found)


# Figures of things


def _values(line: Line, counting: Counting, today: str) -> dict[str, Cell]:
    """The newest figure of each thing in each period, added up or averaged."""
    held_by: dict[str, dict[str, Told]] = defaultdict(dict)
    length = {"day": 10, "month": 7, "year": 4}[counting.grain]
    known_words: dict[tuple[str | None, str | None], bool] = {}
    for row in counting.rows:
        day = row.last or row.said
        if row.measure not in line.measure or row.value is None or not day or day > today:
            continue
        words = (row.item, row.scope)
        if words not in known_words:
            known_words[words] = _fits(line, row)
        if known_words[words]:
            of_period = held_by[day[:length]]
            known = of_period.get(row.thing)
            if known is None or (known.last, known.said, known.place) <= (
                row.last,
                row.said,
                row.place,
            ):
                of_period[row.thing] = row
    return {p: cell for p, some in held_by.items() if (cell := _total(line, some)) is not None}


def _total(line: Line, some: dict[str, Told]) -> Cell | None:
    units = {row.unit for row in some.values()}
    if len(units) != 1:
        return None  # two currencies are no sum
    total = sum((exact(row.value) for row in some.values()), Decimal(0))
    if line.how == "averaged":
        total = round(total / len(some), 2)
    return Cell(
        how=line.how,
        value=total.normalize() + 0,
        unit=units.pop() or "1",
        things=len(some),
        sources=_sources(
            Counter(row.document for row in some.values()),
            {row.document: row.said for row in some.values()},
        ),
    )


def exact(value: Decimal | float | None) -> Decimal:
    """The number as it was written; a column of the ledger holds it as a float."""
    return value if isinstance(value, Decimal) else Decimal(repr(value or 0.0))


# How many


def _population(line: Line, counting: Counting, today: str) -> dict[str, Cell]:
    """How many things there are: of returns in each of them, else all known by then."""
    rows = [r for r in counting.rows if not line.measure or r.measure in line.measure]
    if counting.returns:
        return {
            period: _count(things.values())
            for period, things in _gathered(rows, counting.grain, today).items()
        }
    firsts: dict[str, tuple[str, Told]] = {}
    for row in rows:
        day = row.said or row.last
        if day and day <= today and (row.thing not in firsts or day < firsts[row.thing][0]):
            firsts[row.thing] = (day, row)
    return _running(firsts.values(), counting.grain)


def _gathered(rows: Iterable[Told], grain: Grain, today: str) -> dict[str, dict[str, Told]]:
    """The things of the returns of each period, with the newest row of each."""
    found: dict[str, dict[str, Told]] = defaultdict(dict)
    for row in rows:
        if row.said and row.said <= today:
            found[period_of(row.said, grain)][row.thing] = row
    return found


class _Tally:
    """Things that stand so, counted as they come and go."""

    def __init__(self) -> None:
        self._documents: dict[str, str] = {}
        self._number: Counter[str] = Counter()
        self._days: dict[str, str] = {}

    def add(self, row: Told) -> None:
        """One more thing, unless it is there."""
        if row.thing not in self._documents:
            self._documents[row.thing] = row.document
            self._number[row.document] += 1
            self._days[row.document] = row.said

    def drop(self, thing: str) -> None:
        """One less, if it is there."""
        document = self._documents.pop(thing, None)
        if document is not None:
            self._number[document] -= 1

    def cell(self) -> Cell:
        """How many there are now, and in which documents, those of most things first."""
        total = len(self._documents)
        return Cell(
            how="counted", value=Decimal(total), things=total,
            sources=_sources(self._number, self._days),
        )  # fmt: skip


def _sources(number: Counter[str], days: dict[str, str]) -> tuple[Source, ...]:
    listed = sorted((-n, key) for key, n in number.items() if n > 0)[:_MOST_SOURCES]
    return tuple(
        Source(document_key=key, document_id=key, published=days.get(key) or None, things=-n)
        for n, key in listed
    )


def _count(rows: Iterable[Told]) -> Cell:
    tally = _Tally()
    for row in rows:
        tally.add(row)
    return tally.cell()


def _running(firsts: Iterable[tuple[str, Told]], grain: Grain) -> dict[str, Cell]:
    """How many by the end of each period in which one was added."""
    tally = _Tally()
    by_period: dict[str, list[Told]] = defaultdict(list)
    for day, row in firsts:
        by_period[period_of(day, grain)].append(row)
    made: dict[str, Cell] = {}
    for period in sorted(by_period):
        for row in by_period[period]:
            tally.add(row)
        made[period] = tally.cell()
    return made


def _by_return(line: Line, counting: Counting, today: str) -> dict[str, Cell]:
    """How many rows of the returns of a day say that the stage was reached, and by which day."""
    said: dict[str, dict[str, tuple[str, Told]]] = defaultdict(dict)
    days: set[str] = set()
    for row in counting.rows:
        if not row.said or row.said > today:
            continue
        days.add(row.said)
        if row.stage != line.stage or not row.first or row.first > row.said:
            continue
        if not _fits(line, row, staged=True):
            continue
        known = said[row.said].get(row.thing)
        if known is None or row.first < known[0]:
            said[row.said][row.thing] = (row.first, row)
    made: dict[str, Cell] = {}
    before = ""
    for day in sorted(days):
        firsts = said.get(day, {})
        late = ((max(first, before), row) for first, row in firsts.values())
        since = period_of(before, counting.grain)
        running = _running(late, counting.grain)
        made |= {period: cell for period, cell in running.items() if period > since}
        made[period_of(day, counting.grain)] = _count(row for _, row in firsts.values())
        before = day
    return made


def says_no(stage: str | None, measure: str | None, value: object, item: str | None) -> bool:
    """Whether a figure is the "no" of a return's column of the stage: none of it."""
    known = stages().get(stage or "")
    return measure == "count" and not value and known is not None and item in (known.en, known.zh)


def _by_no(line: Line, counting: Counting, today: str) -> dict[str, Cell]:
    """How many rows of the returns of a period say "no" to the stage, where any says yes or no."""
    asked: dict[str, dict[str, Told]] = {}
    for row in counting.rows if counting.returns else ():
        if not row.said or row.said > today:
            continue
        no = says_no(line.stage, row.measure, row.value, row.item)
        if no or row.stage == line.stage:
            some = asked.setdefault(period_of(row.said, counting.grain), {})
            if no:
                some[row.thing] = row
    return {period: _count(some.values()) for period, some in asked.items()}


def _by_thing(line: Line, counting: Counting, today: str) -> dict[str, Cell]:
    """How many things had reached the stage by the end of each period in which that changed."""
    assert line.stage is not None
    of_thing: dict[str, list[Told]] = defaultdict(list)
    for row in counting.rows:
        if row.first and row.first <= today:
            of_thing[row.thing].append(row)
    turns: dict[str, list[tuple[str, bool, Told]]] = defaultdict(list)
    for thing, rows in of_thing.items():
        turns[thing] = sorted(_turns(line, rows), key=lambda turn: (turn[0], turn[1]))
    return _standing(turns, counting.grain)


def _turns(line: Line, rows: Iterable[Told]) -> Iterable[tuple[str, bool, Told]]:
    """The days on which a thing reached the stage, or lost it again."""
    wanted = stages()[line.stage or ""]
    for row in rows:
        known = stages().get(row.stage or "")
        if known is None:
            if wanted.role == "progress" and row.measure in MADE and _not_beyond_making(line):
                yield row.first, True, row
        elif row.stage == line.stage:
            if _fits(line, row, staged=True):
                yield row.first, True, row
        elif wanted.role == "progress":
            beyond = known.role == "progress" and order(row.stage or "") > order(line.stage or "")
            if beyond and not row.scope:
                yield row.first, True, row
        elif wanted.role == "restart" and known.role in ("stop", "end") and not row.scope:
            yield row.first, False, row


def _not_beyond_making(line: Line) -> bool:
    return order("started") <= order(line.stage or "") <= order("producing")


def _standing(turns: dict[str, list[tuple[str, bool, Told]]], grain: Grain) -> dict[str, Cell]:
    """The number of things that stood so at the end of each period in which one turned."""
    by_period: dict[str, list[tuple[str, bool, Told]]] = defaultdict(list)
    for some in turns.values():
        for turn in some:
            by_period[period_of(turn[0], grain)].append(turn)
    made: dict[str, Cell] = {}
    tally = _Tally()
    for period in sorted(by_period):
        for _, up, row in sorted(by_period[period], key=lambda turn: (turn[0], turn[1])):
            if up:
                tally.add(row)
            else:
                tally.drop(row.thing)
        made[period] = tally.cell()
    return made
