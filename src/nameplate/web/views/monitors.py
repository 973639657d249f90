"""A monitor as a page shows it: its sentence with links, a chart and a table a line, its alerts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from nameplate.answer.monitor import Alert, Cell, Row, Seen, Sentence
from nameplate.answer.monitor.periods import last_day
from nameplate.answer.monitor.sentence import Lang, say_value
from nameplate.model import Entry
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import Fact
from nameplate.web.views.links import claim_address
from nameplate.web.views.shown import clip
from nameplate.web.views.words import Words

FactsOf = Callable[[Iterable[Entry]], list[Fact]]

MOST = 40
"""So many periods of a line are listed."""

_ROOM = 110
"""What a label takes of the chart's width."""

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 620, 150, 8, 26, 24


class Piece(NamedTuple):
    """A piece of the sentence; a number leads to its words, or to the return it was counted in."""

    text: str
    href: str
    title: str
    derived: bool


class Dot(NamedTuple):
    """A value on the chart; ``said`` is its day and number."""

    x: float
    y: float
    said: str
    href: str
    label: str
    anchor: str
    hollow: bool


class Chart(NamedTuple):
    """One line through time: dots, strokes between neighbouring periods, and the gaps between others,
    each with where it begins, how wide it is and how many periods are missing."""

    dots: list[Dot]
    strokes: list[tuple[float, float, float, float]]
    gaps: list[tuple[float, float, int]]
    ticks: list[tuple[float, str, str]]
    base: float
    said: str


class Told(NamedTuple):
    """A line of the table: a period with its figure, or a gap of so many periods."""

    when: str
    figure: str
    facts: list[Fact]
    notes: list[str]
    sources: list[tuple[str, str, str]]
    gap: int
    conflict: bool


class LineView(NamedTuple):
    """One line of figures."""

    key: str
    label: str
    derived: bool
    latest: str
    chart: Chart | None
    rows: list[Told]
    more: int


def pieces(said: Sentence, words: Words) -> list[Piece]:
    """The sentence with the address of each number."""
    made = []
    for part in said.parts:
        href = title = ""
        if part.entries:
            entry = part.entries[0]
            href, title = (
                claim_address(entry.document_key, entry.key),
                f"“{clip(entry.claim.quote, 160)}”",
            )
        elif part.sources:
            href = f"/document/{part.sources[0].document_key}"
            title = ", ".join(f"{clip(s.document_id, 60)}: {s.things:,}" for s in part.sources[:3])
        made.append(Piece(part.text, href, title, part.derived))
    return made


def line_views(seen: Seen, facts: FactsOf, words: Words, lang: Lang) -> list[LineView]:
    """Every line that has a figure."""
    return [_line(seen, key, facts, words, lang) for key in seen.shown()]


def _line(seen: Seen, key: str, facts: FactsOf, words: Words, lang: Lang) -> LineView:
    rows = [(r, r.cells[key]) for r in seen.rows if key in r.cells and r.cells[key].held is None]
    told = _told(seen, key, rows[-MOST:], (facts, words, lang))
    last = next((cell for _, cell in reversed(rows) if cell.value is not None), None)
    return LineView(
        key=key,
        label=seen.monitor.label(key, lang),
        derived=bool(rows) and rows[0][1].derived,
        latest=say_value(last, lang) if last else "",
        chart=_chart(seen, key, words, lang),
        rows=told,
        more=max(0, len(rows) - MOST),
    )


def _told(
    seen: Seen,
    key: str,
    rows: Sequence[tuple[Row, Cell]],
    tools: tuple[FactsOf, Words, Lang],
) -> list[Told]:
    facts, words, lang = tools
    gaps = {gap.before: gap.periods for gap in seen.gaps if gap.line == key}
    made: list[Told] = []
    for row, cell in rows:
        if row.period in gaps:
            made.append(Told("", "", [], [], [], gaps[row.period], False))
        when = say_date(row.period, words) or words.say("undated")
        said = (
            [e for one in cell.earlier for e in one.entries] if cell.conflicting else cell.entries
        )
        made.append(
            Told(
                when=when if cell.dated else f"({when})",
                figure=words.say("monitor_conflict")
                if cell.value is None
                else say_value(cell, lang),
                facts=facts(list(said)[:6]),
                notes=_notes(seen, row, cell, (words, lang)),
                sources=[
                    (f"/document/{s.document_key}", s.document_id, f"{s.things:,}")
                    for s in cell.sources[:5]
                ],
                gap=0,
                conflict=cell.conflicting,
            )
        )
    return made


def _notes(seen: Seen, row: Row, cell: Cell, tools: tuple[Words, Lang]) -> list[str]:
    """What else there is to say of a figure: how it was derived, what it revised, the difference."""
    words, lang = tools
    made = []
    if cell.inputs:
        labels = [seen.monitor.label(key, lang) for key in cell.inputs]
        made.append(words.say("monitor_over", part=labels[0], whole=labels[1]))
    if cell.how in ("summed", "averaged"):
        made.append(words.say(f"monitor_{cell.how}", n=cell.things or 0))
    if cell.reports > 1:
        made.append(words.say("monitor_reports", n=cell.reports))
    for one in cell.earlier:
        bare = Cell(how="reported", value=one.value, unit=one.unit, bound=one.bound)
        published = say_date(one.entries[0].published, words)
        made.append(
            words.say(f"monitor_{one.standing}", value=say_value(bare, lang), when=published)
        )
    for difference in seen.differences:
        if difference.period == row.period and row.cells.get(difference.line) is cell:
            reported = seen.monitor.label(difference.beside, lang)
            made.append(
                words.say("monitor_difference", value=f"{difference.value:+,f}", beside=reported)
            )
    return made


def _chart(seen: Seen, key: str, words: Words, lang: Lang) -> Chart | None:
    """The line on the calendar, from nought up; nothing for fewer than two values."""
    points = seen.points(key)[-400:]
    if len(points) < 2:
        return None
    days = [last_day(period).toordinal() for period, _ in points]
    numbers = [float(cell.value or 0) for _, cell in points]
    most, least = max(*numbers, 0.0) or 1.0, min(*numbers, 0.0)
    width, height = WIDTH - 2 * LEFT, HEIGHT - TOP - BOTTOM
    xs = [round(LEFT + width * (d - days[0]) / max(days[-1] - days[0], 1), 1) for d in days]
    ys = [round(TOP + height * (most - n) / (most - least), 1) for n in numbers]
    missing = {gap.before: gap.periods for gap in seen.gaps if gap.line == key}
    strokes, gaps = [], []
    for i in range(1, len(points)):
        absent = missing.get(points[i][0], 0)
        if absent:
            gaps.append((xs[i - 1], round(xs[i] - xs[i - 1], 1), absent))
        else:
            strokes.append((xs[i - 1], ys[i - 1], xs[i], ys[i]))
    labelled = _labelled(xs)
    dots = [
        _dot(point, (xs[i], ys[i]), (words, lang), label=i in labelled)
        for i, point in enumerate(points)
    ]
    ticks = [(LEFT * 1.0, "start", say_date(points[0][0], words)),
             (WIDTH - LEFT * 1.0, "end", say_date(points[-1][0], words))]  # fmt: skip
    said = "; ".join(dot.said for dot in (dots if len(dots) <= 12 else [dots[0], dots[-1]]))
    base = round(TOP + height * most / (most - least), 1)
    return Chart(dots, strokes, gaps, ticks, base, said)


def _labelled(xs: Sequence[float]) -> set[int]:
    """Which dots have room for a label: the last one first, then from the left."""
    kept = [len(xs) - 1]
    for i in range(len(xs)):
        if all(abs(xs[i] - xs[j]) >= _ROOM for j in kept):
            kept.append(i)
    return set(kept)


def _dot(
    point: tuple[str, Cell], at: tuple[float, float], tools: tuple[Words, Lang], *, label: bool
) -> Dot:
    words, lang = tools
    period, cell = point
    value = say_value(cell, lang)
    href = ""
    if cell.entries:
        href = claim_address(cell.entries[0].document_key, cell.entries[0].key)
    elif cell.sources:
        href = f"/document/{cell.sources[0].document_key}"
    anchor = "start" if at[0] < 60 else "end" if at[0] > WIDTH - 60 else "middle"
    said = f"{say_date(period, words)}: {value}"
    hollow = bool(cell.earlier) or not cell.dated
    return Dot(*at, said, href, value if label else "", anchor, hollow)


class AlertView(msgspec.Struct, frozen=True):
    """An alert with its day, its words and whether it still holds."""

    said: str
    day: str
    kind: str
    standing: bool
    facts: list[Fact]
    monitor: str


def alert_views(
    found: Iterable[Alert], facts: FactsOf, words: Words, lang: Lang
) -> list[AlertView]:
    """The alerts with the words behind them."""
    return [
        AlertView(
            said=alert.said[lang],
            day=say_date(alert.day, words),
            kind=alert.kind,
            standing=alert.standing,
            facts=facts(alert.entries[:3]),
            monitor=alert.monitor,
        )
        for alert in found
    ]
