"""A name on its way through the finder."""

from __future__ import annotations

import msgspec

from nameplate.model import EntityKind

CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽƠƯ"
"""Letters that are capitals in the languages whose names stand in English reports."""


NUMBERS = frozenset(
    {"Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "First"}
)
"""Number words that may open a name ("Three Gorges")."""


class Run(msgspec.Struct, frozen=True):
    """A piece of text that may be a name: its span, and its kind once that is known."""

    start: int
    end: int
    kind: str | None


class Found(msgspec.Struct, frozen=True, order=True):
    """A name before it is written down; ``head`` is the noun that gave it its kind."""

    start: int
    end: int
    kind: EntityKind
    generic: bool = False
    title: str | None = None
    head: str = ""


def longest(names: list[Found]) -> list[Found]:
    """Names in order, of two that overlap the longer one; persons always stay."""
    kept: list[Found] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if kept and name.start < kept[-1].end:
            last = kept[-1]
            if (name.end - name.start) > (last.end - last.start) and last.kind != "person":
                kept[-1] = name
            continue
        kept.append(name)
    return kept
