"""Coded tokens of time and the runs that they stand in."""

from __future__ import annotations

from typing import NamedTuple

Value = int | str | tuple[str, int] | tuple[int, int, int]


class Token(NamedTuple):
    """A word or figure with its code (`nameplate.lexicon.times`) and value, or a gap between two.

    The value of ``F`` is year, month and day (0 if not said), of ``E`` unit and shift.
    """

    start: int
    end: int
    code: str
    value: Value


class Run(NamedTuple):
    """Tokens that stand together, and their codes as one string, a letter each."""

    codes: str
    tokens: list[Token]
