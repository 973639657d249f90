"""Alerts of a monitor: a line that passes a threshold, and silence. Each has an id that stays.

A threshold's alert belongs to the period in which the line came to lie beyond it; as long as it stays
there it is one alert, and when it has come back and passes again it is another. Figures that are held
over from earlier raise none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from nameplate.answer.monitor.cells import Cell, Seen
from nameplate.answer.monitor.periods import last_day
from nameplate.answer.monitor.sentence import Lang, name_in, origins, say_period, say_value
from nameplate.answer.monitor.spec import Threshold
from nameplate.model import Entry, Record, content_key

_WAYS: dict[Lang, dict[str, str]] = {
    "en": {
        "above": "{label} of {subject}: {value} on {period}, above {level}",
        "below": "{label} of {subject}: {value} on {period}, below {level}",
        "up": "{label} of {subject}: {value} on {period}, risen past {level}",
        "down": "{label} of {subject}: {value} on {period}, fallen past {level}",
        "silence": "{title}: no news for {days} days (the last of {period})",
        "derived": " (derived)",
    },
    "zh": {
        "above": "{subject}{label}：{period}为{value}，高于{level}",
        "below": "{subject}{label}：{period}为{value}，低于{level}",
        "up": "{subject}{label}：{period}为{value}，升破{level}",
        "down": "{subject}{label}：{period}为{value}，跌破{level}",
        "silence": "{title}：已{days}天没有消息（最近一次为{period}）",
        "derived": "（推算）",
    },
}  # fmt: skip


class Alert(Record, frozen=True, kw_only=True):
    """Something that the reader asked to be told. ``day`` is when it came about; ``standing`` says
    that it still holds by the newest figure. ``key`` is the same whenever it is worked out."""

    key: str
    monitor: str
    kind: Literal["above", "below", "crossed", "silence"]
    day: str
    said: dict[str, str]
    standing: bool
    line: str = ""
    entries: tuple[Entry, ...] = ()


def alerts(seen: Seen) -> list[Alert]:
    """All alerts of the monitor up to its day, the newest first."""
    made = [alert for threshold in seen.monitor.alert for alert in _of_threshold(seen, threshold)]
    made += _silence(seen)
    return sorted(made, key=lambda alert: (alert.day, alert.key), reverse=True)


def _of_threshold(seen: Seen, threshold: Threshold) -> Iterator[Alert]:
    before: bool | None = None
    points = seen.points(threshold.line)
    starts: list[tuple[str, Cell, str]] = []
    for period, cell in points:
        assert cell.value is not None
        beyond = _beyond(cell.value, threshold)
        if beyond is None:
            continue
        if threshold.way == "crossed":
            if before is not None and beyond != before:
                starts.append((period, cell, "up" if beyond else "down"))
        elif beyond and not before:
            starts.append((period, cell, threshold.way))
        before = beyond
    for period, cell, word in starts:
        last = (period, cell, word) == starts[-1]
        standing = last and (before is True or threshold.way == "crossed")
        yield _alert(seen, threshold, (period, cell, word), standing)


def _beyond(value: Decimal, threshold: Threshold) -> bool | None:
    """Whether the value lies beyond the level; None on it, which is neither."""
    if value == threshold.level:
        return None if threshold.way == "crossed" else False
    return (value < threshold.level) if threshold.way == "below" else value > threshold.level


def _alert(seen: Seen, threshold: Threshold, start: tuple[str, Cell, str], standing: bool) -> Alert:
    period, cell, word = start
    row = seen.row(period)
    assert row is not None
    kind = threshold.way
    name = seen.monitor.name
    return Alert(
        key=content_key(
            name, kind, threshold.line, f"{threshold.level.normalize():f}", word, period
        ),
        monitor=name,
        kind=kind,
        day=last_day(period).isoformat(),
        said={lang: _said(seen, threshold, start, lang) for lang in ("en", "zh")},
        standing=standing,
        line=threshold.line,
        entries=origins(row, cell)[0][:10],
    )


def _said(seen: Seen, threshold: Threshold, start: tuple[str, Cell, str], lang: Lang) -> str:
    period, cell, word = start
    level = Cell(how="level", value=threshold.level, unit=cell.unit)
    value = say_value(cell, lang) + (_WAYS[lang]["derived"] if cell.derived else "")
    return _WAYS[lang][word].format(
        label=seen.monitor.label(threshold.line, lang), subject=name_in(seen, lang), value=value,
        period=say_period(period, lang), level=say_value(level, lang),
    )  # fmt: skip


def _silence(seen: Seen) -> Iterator[Alert]:
    limit = seen.monitor.silence
    if limit is None or seen.news is None:
        return
    quiet = (date.fromisoformat(seen.today) - date.fromisoformat(seen.news)).days
    if quiet <= limit:
        return
    since = date.fromordinal(date.fromisoformat(seen.news).toordinal() + limit + 1)
    said: dict[str, str] = {
        lang: _WAYS[lang]["silence"].format(
            title=seen.monitor.heading(lang), days=limit + 1, period=say_period(seen.news, lang)
        )
        for lang in _WAYS
    }
    yield Alert(
        key=content_key(seen.monitor.name, "silence", str(limit), seen.news),
        monitor=seen.monitor.name, kind="silence", day=since.isoformat(), said=said,
        standing=True,
    )  # fmt: skip
