"""The office of a person: its title, the body it is held in, and where the words stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class Office:
    """An office as said.

    ``role`` is the title ("deputy director", 市委书记); ``body`` what it is held in, as said, None
    where the words name none; ``of_place`` marks the offices of a place (mayor, 县长); ``former``
    one that is no longer held. ``start`` and ``end`` span title and body.
    """

    role: str
    body: str | None
    start: int
    end: int
    of_place: bool = False
    former: bool = False
    body_start: int = -1
    body_end: int = -1


@dataclass(slots=True, frozen=True)
class Holder:
    """The span of a person's name, with the office that was found beside it."""

    start: int
    end: int
    office: Office | None = None
