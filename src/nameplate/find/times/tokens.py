"""Coded tokens of time and the runs that they stand in."""

from __future__ import annotations

import msgspec

Value = int | str | tuple[str, int] | tuple[int, int, int]


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word or figure with its code (`nameplate.lexicon.times`) and value, or a gap between two.

    The value of ``F`` is year, month and day (0 if not said), of ``E`` unit and shift.
    """

    start: int
    end: int
    code: str
    value: Value


class Run(msgspec.Struct, frozen=True, gc=False):
    """Tokens that stand together, and their codes as one string, a letter each."""

    codes: str
    tokens: list[Token]
