"""What the matcher decides now, whatever it decided before: the order of reports must not matter.

A pair that was clearly one thing may have a rival once more is known. So the matcher's own joins are
opened: what they joined is weighed anew together with all that is near it, and a join that no longer
comes out is taken back. What a person judged, took back or restored stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from nameplate.model import Entity, Entry, Judgement
from nameplate.resolve.entities import resolve
from nameplate.resolve.judged import in_force, pair
from nameplate.resolve.mentions import ids_of
from nameplate.resolve.weigh import AUTHOR, decide, know, near

_ROUNDS = 4
"""Things that became one are weighed again as one, so often at most."""

_LAST = "9999-12-31T00:00:00Z"
"""What is only tried out counts as said after everything."""

_NO_LONGER = "weighed again with all that is known now, it does not come out"


_Found = tuple[Judgement, tuple[str, ...], bool]
"""A judgement, the ids that it speaks of, and whether it takes back."""


class Decided(NamedTuple):
    """A judgement to append, and the things, as they are now, that it speaks of."""

    judgement: Judgement
    about: frozenset[str]
    taken_back: bool = False
    """Does it undo a join, or say the doubt that is left in its place?"""


def reweigh(
    entities: Sequence[Entity], entries: Sequence[Entry], judged: Sequence[Judgement]
) -> list[Decided]:
    """Joins taken back, then new joins and doubts; ``entries`` are all those of the entities."""
    own, homes = _own(entities, entries, judged)
    opened = {homes[i] for j in own for i in _sides(j) if i in homes}
    known = know(entities, entries)
    found = decide(known, judged)
    if not opened:
        return [Decided(j, frozenset(_sides(j))) for j in found]
    scope = opened | {
        side.entity.id
        for one, two in near(known)
        if {one.entity.id, two.entity.id} & opened
        for side in (one, two)
    }
    things = [e for e in entities if e.id in scope]
    others = [j for j in found if not scope.issuperset(_sides(j))]
    return [
        Decided(j, frozenset(homes.get(i, i) for i in sides), back)
        for j, sides, back in [
            *_again(things, entries, judged, own),
            *((j, _sides(j), False) for j in others),
        ]
    ]


def _own(
    entities: Iterable[Entity], entries: Iterable[Entry], judged: Sequence[Judgement]
) -> tuple[list[Judgement], dict[str, str]]:
    """The matcher's joins of these things, and the thing that holds each id of a name."""
    joins = [j for j in judged if j.verb == "same" and j.author == AUTHOR]
    if not joins:
        return [], {}
    homes = _homes(entities, entries)
    joins = [j for j in joins if j.left in homes or j.right in homes]
    undoings = [j for j in judged if j.verb == "undo"] if joins else []
    return own_joins([*joins, *undoings]), homes


def own_joins(judged: Sequence[Judgement]) -> list[Judgement]:
    """What the matcher joined itself, in force, and no person took back or restored."""
    undoings: dict[str, list[Judgement]] = {}
    for j in judged:
        if j.verb == "undo":
            undoings.setdefault(j.left, []).append(j)
    joins = [j for j in in_force(judged) if j.verb == "same" and j.author == AUTHOR]
    return [j for j in joins if not _by_a_person(j, undoings)]


def _by_a_person(judgement: Judgement, undoings: Mapping[str, list[Judgement]]) -> bool:
    return any(
        undo.author != AUTHOR or _by_a_person(undo, undoings)
        for undo in undoings.get(judgement.key, ())
    )


def _again(
    things: Sequence[Entity],
    entries: Iterable[Entry],
    judged: Sequence[Judgement],
    own: Sequence[Judgement],
) -> list[_Found]:
    """What comes out of the things without the own joins, against what is; with the ids spoken of."""
    claims = {key for thing in things for key in thing.claims}
    kept = [entry for entry in entries if entry.key in claims]
    left = {j.key for j in own}
    before = [j for j in judged if j.key not in left]
    tried: list[Judgement] = []
    anew = resolve(kept, before)
    for _ in range(_ROUNDS):
        new = [replace(j, recorded=_LAST) for j in decide(know(anew, kept), [*before, *tried])]
        tried += new
        if not any(j.verb == "same" for j in new):
            break
        anew = resolve(kept, [*before, *tried])
    return _difference(own, tried, _homes(things, kept), _homes(anew, kept))


def _difference(
    own: Sequence[Judgement],
    tried: Sequence[Judgement],
    now: Mapping[str, str],
    anew: Mapping[str, str],
) -> list[_Found]:
    gone = [j for j in own if anew.get(j.left) != anew.get(j.right or "")]
    there = {pair(*_sides(j)) for j in own if j not in gone}
    found: list[_Found] = [
        (Judgement(verb="undo", left=j.key, author=AUTHOR, reason=_NO_LONGER), _sides(j), True)
        for j in gone
    ]
    parted = {pair(*_sides(j)) for j in gone}
    torn = {now.get(i) for j in gone for i in _sides(j)}
    for j in tried:
        apart = now.get(j.left) != now.get(j.right or "") or now.get(j.left) in torn
        if apart and pair(*_sides(j)) not in there:
            found.append((replace(j, recorded=""), _sides(j), pair(*_sides(j)) in parted))
    return found


def _sides(judgement: Judgement) -> tuple[str, str]:
    return judgement.left, judgement.right or ""


def _homes(entities: Iterable[Entity], entries: Iterable[Entry]) -> dict[str, str]:
    """The thing that holds each id of a name."""
    holder = {key: entity.id for entity in entities for key in entity.claims}
    homes: dict[str, str] = {}
    for entry in entries:
        if entry.key in holder:
            for name in ids_of(entry):
                homes.setdefault(name, holder[entry.key])
    return homes | {entity.id: entity.id for entity in entities}
