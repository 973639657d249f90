"""Hours of work: when a job ends that stands still while its station is closed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from nameplate.errors import UsageError
from nameplate.simulate.plant import DAYS, Shift

WEEK = 604800.0
_HOURS = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)", re.ASCII)


class Calendar:
    """The open hours of a week that repeats; the clock starts on a Monday at midnight."""

    def __init__(self, spans: Iterable[tuple[float, float]]) -> None:
        self.spans = _joined(spans)
        self._starts = [start for start, _ in self.spans]
        done = [0.0]
        for start, end in self.spans:
            done.append(done[-1] + end - start)
        self._done = done
        self.a_week = done[-1]

    def worked(self, now: float) -> float:
        """Open seconds from the beginning to ``now``."""
        weeks, rest = divmod(now, WEEK)
        place = bisect_right(self._starts, rest) - 1
        if place < 0:
            return weeks * self.a_week
        start, end = self.spans[place]
        return weeks * self.a_week + self._done[place] + min(rest, end) - start

    def end(self, now: float, duration: float) -> float:
        """When a job of so many open seconds ends that begins now."""
        goal = self.worked(now) + duration
        weeks, rest = divmod(goal, self.a_week)
        if rest <= 0 and weeks > 0:
            weeks, rest = weeks - 1, self.a_week
        place = min(bisect_right(self._done, rest) - 1, len(self.spans) - 1)
        if self._done[place] == rest and place > 0 and duration > 0:
            place -= 1
        return max(now, weeks * WEEK + self.spans[place][0] + rest - self._done[place])


def _joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    made: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def calendar_of(shift: Shift, where: str) -> Calendar | None:
    """The calendar of a shift; ``None`` for one around the clock. Refuses hours that are none."""
    spans: list[tuple[float, float]] = []
    for day in shift.days:
        if day not in DAYS:
            raise UsageError(f"{day!r} is no day", where=f"{where}.days", remedy="Write mon, tue …")
        for hours in shift.hours:
            spans += _spans(DAYS.index(day) * 86400.0, hours, f"{where}.hours")
    if not spans:
        raise UsageError("the shift has no hours", where=where, remedy="Write 08:00-16:00.")
    made = Calendar(spans)
    return None if made.a_week >= WEEK else made


def _spans(day: float, hours: str, where: str) -> Sequence[tuple[float, float]]:
    match = _HOURS.fullmatch(hours)
    if match is None:
        raise UsageError(f"{hours[:40]!r} are no hours", where=where, remedy="Write 08:00-16:00.")
    begins, ends = (int(match[i]) * 3600.0 + int(match[i + 1]) * 60.0 for i in (1, 3))
    if begins == ends or max(begins, ends) > 86400:
        raise UsageError(f"{hours!r} is no time", where=where, remedy="Write 08:00-16:00.")
    if begins < ends:
        return [(day + begins, day + ends)]
    late, early = (day + begins, day + 86400.0), ((day + 86400.0) % WEEK, 0.0)
    return [late, (early[0], early[0] + ends)] if ends else [late]
