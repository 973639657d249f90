"""What is read from a time expression, and what is known where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import msgspec

from nameplate.find.times.tokens import Token
from nameplate.model import Time

LETTER = {"y": "year", "q": "quarter", "u": "quarter", "m": "month", "k": "month", "w": "week",
          "d": "day", "j": "day", "c": "decade", "i": "hour", "e": "century", "T": "year"}  # fmt: skip
ISO = {"year": "P{}Y", "month": "P{}M", "week": "P{}W", "day": "P{}D", "hour": "PT{}H",
       "decade": "P{}0Y", "century": "P{}00Y"}  # fmt: skip


class Reading(msgspec.Struct, frozen=True):
    """A value with how it was read, before bounds around it are looked at."""

    edtf: str | None
    granularity: str | None = None
    mod: str | None = None
    anchor: str | None = None
    kind: str = "date"
    now: bool = False


@dataclass(slots=True)
class Context:
    """What is known where an expression stands.

    ``published`` is the publication date (the last day if only a month or year is ``said``); ``last``
    the last date of the text, ``last_day`` the last that is a day, ``last_open`` the month of one
    whose year is open; ``year`` a year given in the same sentence; ``period`` the last year or part
    of a year spoken of, ``recent`` the same with months, ``quarter`` the last quarter; ``tense``
    tells whether the words around speak of what is past or to come.
    """

    published: date | None
    said: str | None = None
    last: date | None = None
    last_day: date | None = None
    last_open: str | None = None
    year: int | None = None
    period: str | None = None
    recent: str | None = None
    quarter: str | None = None
    tense: Callable[[], str | None] = field(default=lambda: None)

    def future(self) -> bool:
        """Whether the sentence speaks of what is to come, or sets a deadline."""
        return self.tense() in ("future", "deadline")


class Group(dict[str, int]):
    """The tokens of a parse by group name: the index of each."""

    __slots__ = ("_tokens",)

    def __init__(self, tokens: list[Token], groups: dict[str, int]) -> None:
        super().__init__(groups)
        self._tokens = tokens

    def number(self, name: str, default: int = 0) -> int:
        """Value of a group that is a number."""
        at = self.get(name)
        value = default if at is None else self._tokens[at].value
        return value if isinstance(value, int) else 1 if value == "first" else default

    def word(self, name: str) -> str:
        """Value of a group that is a word, or an empty string."""
        at = self.get(name)
        value = "" if at is None else self._tokens[at].value
        if isinstance(value, str):
            return value
        return ("early" if value == -1 else "late") if self.code(name) == "b" else ""

    def code(self, name: str) -> str:
        """Code of a group's token."""
        at = self.get(name)
        return "" if at is None else self._tokens[at].code

    def pair(self, name: str) -> tuple[str, int]:
        """Unit and shift of an anaphor's token."""
        match self._tokens[self[name]].value:
            case (str(unit), int(shift)):
                return unit, shift
        return "", 0

    def figures(self, name: str) -> tuple[int, int, int]:
        """Year, month and day of a whole date's token; day 0 if it has none."""
        match self._tokens[self[name]].value:
            case (int(year), int(month), int(day)):
                return year, month, day
        return 0, 0, 0


def to_time(start: int, end: int, reading: Reading, mod: str | None) -> Time:
    """The finished record."""
    return Time(
        start=start, end=end, edtf=reading.edtf, kind=reading.kind,  # type: ignore[arg-type]
        granularity=reading.granularity, mod=mod or reading.mod, anchor=reading.anchor, now=reading.now,
    )  # fmt: skip


Reader = Callable[[Group, Context], Reading | None]
"""Makes a reading of a parse, or finds that it is none."""
