"""The small ladder beside a project: which rungs are reached, which are promised.

The rungs and the phases (colours) of the stages are data: ``data/desk/ladder.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from nameplate.lexicon.load import Entry, read_toml


class _Rung(Entry, frozen=True, kw_only=True):
    stages: tuple[str, ...]


class _Table(Entry, frozen=True, kw_only=True):
    rung: tuple[_Rung, ...]
    phase: dict[str, tuple[str, ...]]


class Bar(NamedTuple):
    """One rung as drawn: its place and height in pixels, and ``done``, ``due`` or ``none``."""

    x: int
    y: int
    height: int
    state: str


STEP, WIDTH, HEIGHT = 7, 5, 18
"""Distance between rungs, width of one and height of the tallest, in pixels."""


@cache
def _table() -> _Table:
    return read_toml("desk/ladder.toml", _Table)


def phase(stage: str | None) -> str:
    """``talk``, ``promise``, ``build``, ``run`` or ``stopped``; ``none`` without a stage."""
    return next((name for name, stages in _table().phase.items() if stage in stages), "none")


def bars(reached: Iterable[str], promised: Iterable[str] = ()) -> list[Bar]:
    """The rungs of a project that has reached some stages and promised others.

    A rung below a reached one counts as reached: who produces has built, reported or not.
    """
    done = {_rung(stage) for stage in reached} - {-1}
    due = {_rung(stage) for stage in promised} - {-1}
    top = max(done, default=-1)
    count = len(_table().rung)
    return [
        _bar(i, count, "done" if i <= top else "due" if i in due else "none") for i in range(count)
    ]


def _rung(stage: str) -> int:
    return next((i for i, rung in enumerate(_table().rung) if stage in rung.stages), -1)


def _bar(index: int, count: int, state: str) -> Bar:
    height = 5 + round((HEIGHT - 5) * index / (count - 1))
    return Bar(index * STEP, HEIGHT - height, height, state)
