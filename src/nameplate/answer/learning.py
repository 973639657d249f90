"""What judgements on matches teach: how much each kind of evidence counts, and which fields go together.

The weights are those of a logistic model. Without judgements they are the usual ones; each judgement
draws them towards what people decided, and the usual ones hold them as a prior, so that a few judgements
move them a little and many move them far. The fit is a fixed number of Newton steps over the judgements in
their order: the same judgements give the same weights.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nameplate.answer.matching import FEATURES

USUAL: tuple[float, ...] = (-2.2, 6.0, 0.4, 1.2, 1.5)
"""The weights without judgements: of being a match at all, then of each of `FEATURES`."""

_HELD = 1.0
"""How firmly the usual weights hold: as much as so many judgements that tell it all."""

_STEPS = 12
_REALISED = 2.0
"""A match that was realised counts as two that were accepted."""

_DOUBT = 2.0
"""So many judgements of like pairs count half."""


class Judged(NamedTuple):
    """A judged pair: its scores in the order of `FEATURES`, its two fields, and what was decided."""

    scores: tuple[float, ...]
    fields: tuple[str, str]
    accepted: bool
    realised: bool = False


class Learnt(NamedTuple):
    """Weights, and how often pairs of fields were accepted and declined."""

    weights: tuple[float, ...] = USUAL
    tallies: dict[tuple[str, str], tuple[int, int]] = {}
    judged: int = 0

    def score(self, scores: Sequence[float]) -> float:
        """The probability that the pair is a match worth proposing."""
        return _logistic(self.weights[0] + _dot(self.weights[1:], scores))

    def of_fields(self, pair: tuple[str, str], own: bool | None = None) -> tuple[float, int, int]:
        """From -1 to 1 what was decided on pairs of these fields, with both numbers.

        ``own`` is what was decided on the very pair that is asked about, which is left out.
        """
        accepted, declined = self.tallies.get(pair, (0, 0))
        accepted, declined = accepted - (own is True), declined - (own is False)
        told = accepted + declined
        return (accepted - declined) / (told + _DOUBT), accepted, declined


def learn(judged: Sequence[Judged]) -> Learnt:
    """Weights and tallies from judged pairs; each pair's own verdict is no evidence on itself."""
    tallies = _tallies(judged)
    known = Learnt(USUAL, tallies, len(judged))
    rows = []
    for one in judged:
        own = one.accepted if all(one.fields) else None
        rows.append(((*one.scores[:-1], known.of_fields(one.fields, own)[0]), one))
    return Learnt(_fitted(rows), tallies, len(judged))


def _tallies(judged: Iterable[Judged]) -> dict[tuple[str, str], tuple[int, int]]:
    accepted: Counter[tuple[str, str]] = Counter()
    declined: Counter[tuple[str, str]] = Counter()
    for one in judged:
        if all(one.fields):
            (accepted if one.accepted else declined)[one.fields] += 1
    return {pair: (accepted[pair], declined[pair]) for pair in sorted({*accepted, *declined})}


def _fitted(rows: Sequence[tuple[tuple[float, ...], Judged]]) -> tuple[float, ...]:
    weights = list(USUAL)
    for _ in range(_STEPS if rows else 0):
        slope = [_HELD * (w - usual) for w, usual in zip(weights, USUAL, strict=True)]
        bend = [
            [_HELD if i == j else 0.0 for j in range(len(weights))] for i in range(len(weights))
        ]
        for scores, one in rows:
            known = (1.0, *scores)
            count = _REALISED if one.realised else 1.0
            chance = _logistic(_dot(weights, known))
            for i, x in enumerate(known):
                slope[i] += count * (chance - one.accepted) * x
                for j, y in enumerate(known):
                    bend[i][j] += count * chance * (1 - chance) * x * y
        weights = [w - step for w, step in zip(weights, _solved(bend, slope), strict=True)]
    return tuple(round(weight, 6) for weight in weights)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a small positive definite system, by elimination."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for at in range(size):
        pivot = rows[at][at]
        for below in range(at + 1, size):
            factor = rows[below][at] / pivot
            rows[below] = [b - factor * a for a, b in zip(rows[at], rows[below], strict=True)]
    found = [0.0] * size
    for at in range(size - 1, -1, -1):
        rest = sum(rows[at][j] * found[j] for j in range(at + 1, size))
        found[at] = (rows[at][size] - rest) / rows[at][at]
    return found


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, value))))


def _dot(one: Sequence[float], two: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, two, strict=True))


assert len(USUAL) == len(FEATURES) + 1
