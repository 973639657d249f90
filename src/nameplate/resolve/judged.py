"""What people decided about pairs of entities: the last word on each pair, undone ones left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from nameplate.model import Judgement

Pair = tuple[str, str]


class Verdicts(NamedTuple):
    """Pairs of entity ids, each in the order of the alphabet."""

    same: frozenset[Pair]
    different: frozenset[Pair]


def verdicts(judgements: Iterable[Judgement]) -> Verdicts:
    """The verdicts in force, whatever the order in which the judgements are given."""
    last: dict[Pair, str] = {}
    for judgement in in_force(judgements):
        if judgement.right is not None and judgement.verb in ("same", "different", "unsure"):
            last[pair(judgement.left, judgement.right)] = judgement.verb
    return Verdicts(
        same=frozenset(p for p, verb in last.items() if verb == "same" and p[0] != p[1]),
        different=frozenset(p for p, verb in last.items() if verb == "different"),
    )


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those that no later judgement in force undoes, the oldest first, without the undoings."""
    undone: set[str] = set()
    kept: list[Judgement] = []
    for judgement in sorted(judgements, key=lambda j: (j.recorded, j.key), reverse=True):
        if judgement.key in undone:
            continue
        if judgement.verb == "undo":
            undone.add(judgement.left)
        else:
            kept.append(judgement)
    return kept[::-1]


def pair(left: str, right: str) -> Pair:
    """Both in the order of the alphabet."""
    return (left, right) if left <= right else (right, left)
