"""What kind of thing a run of English capitals names: by legal form, head noun or table of places."""

from __future__ import annotations

import re
from functools import cache

from nameplate.lexicon.names_find import english
from nameplate.lexicon.places import english_places


@cache
def legal_forms() -> str:
    """The legal forms as one pattern; commas, blanks and full stops are optional."""
    forms = (
        re.escape(f).replace(r"\ ", " ?").replace(",", ",?").replace(r"\.", r"\.?")
        for f in english().legal
    )
    return "|".join(forms)


@cache
def legal_end() -> re.Pattern[str]:
    """Matches a legal form at the end of a name."""
    return re.compile(rf"[ ,](?:{legal_forms()})\.?(?: \(Group\))?$", re.IGNORECASE)


@cache
def _legal_words() -> frozenset[str]:
    """The last words of the legal forms, small and without full stops."""
    return frozenset(f.rsplit(" ", 1)[-1].lower().rstrip(".") for f in english().legal) | {"group)"}


@cache
def _legal_endings() -> frozenset[str]:
    """The last two letters of the legal forms."""
    return frozenset(word[-2:] for word in _legal_words())


def is_firm(run: str) -> bool:
    """Whether the run ends in a legal form."""
    if run[-1:] != "." and run[-2:].lower() not in _legal_endings():
        return False
    last = run.rsplit(" ", 1)[-1].rsplit(",", 1)[-1].lower().rstrip(".")
    return last in _legal_words() and legal_end().search(run) is not None


HEADLINE = 200
"""Characters that a headline may have."""


def in_headline(text: str, at: int) -> bool:
    """Whether the line at ``at`` is in Title Case: most of its words of four letters are capital."""
    start = text.rfind("\n", max(0, at - HEADLINE), at) + 1
    stop = text.find("\n", at, at + HEADLINE)
    if start == 0 < at - HEADLINE or (stop < 0 and len(text) > at + HEADLINE):
        return False
    line = text[start : stop if stop >= 0 else len(text)].rstrip()
    if len(line) > HEADLINE or line.endswith((".", "。")):
        return False
    long = [w for w in line.split() if len(w) > 3 and w[0].isalpha()]
    return len(long) > 2 and sum(w[0].isupper() for w in long) >= 0.75 * len(long)


def kind_of(run: str) -> str | None:
    """The kind that a run's legal form, head or the places' table gives it; None if none does."""
    words = english()
    if run in english_places() or (run[:1] in _SIDE_LETTERS and _is_side_of_place(run)):
        return "place"
    head = run.split(" of ", 1)[0] if " of " in run else run
    kind = _head_kind(head, head is not run)
    if (head is run or kind is None) and is_firm(run):
        return "company"
    if kind is not None or head is run:
        return kind
    return _head_kind(run) if head.rsplit(" ", 1)[-1].lower() not in words.offices else None


def _is_side_of_place(run: str) -> bool:
    """``Northern Laos``, ``East Jilin``: a direction before a place."""
    side, _, rest = run.partition(" ")
    return side in _SIDES and rest in english_places()


_SIDES = frozenset(
    [
        "North",
        "South",
        "East",
        "West",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "Central",
        "Northeast",
        "Northwest",
        "Southeast",
        "Southwest",
        "Northeastern",
        "Northwestern",
        "Southeastern",
        "Southwestern",
        "Upper",
        "Lower",
        "Inner",
    ]
)
_SIDE_LETTERS = frozenset(side[0] for side in _SIDES)


@cache
def _head_words() -> frozenset[str]:
    """The last words of the head nouns."""
    return frozenset(head.rsplit(" ", 1)[-1] for head in english().heads)


def _head_kind(run: str, of: bool = False) -> str | None:
    heads = english().heads
    pieces = run.lower().split()
    while len(pieces) > 1 and (pieces[-1].isdigit() or pieces[-1].startswith("(")):
        pieces.pop()
    if not pieces or pieces[-1] not in _head_words():
        return None
    for size in (3, 2, 1):
        if len(pieces) >= size and (kind := heads.get(" ".join(pieces[-size:]))):
            return kind if len(pieces) > size or of or size > 1 else None
    return None
