"""Reports that are copies of one another: one source, however many papers printed it.

Two texts are one report if most of their stretches of twelve signs are the same. Candidates are
found by the least hashes of the stretches (one-permutation minhash), so that the work grows with the number
of reports and not with its square; each pair is then checked for certain.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

from nameplate.find.spelling import spell
from nameplate.resolve.cluster import Groups

_WIDTH = 12
_BINS = 64
_NONE = 1 << 32
_LEAST = 0.6
_SHORTEST = 80
"""Shorter texts are alike by chance, or by their form."""
_LONGEST = 20_000
_CROWD = 50


def one_source(texts: Mapping[str, str]) -> dict[str, str]:
    """Every report's key with the key of the report that stands for all its copies, the least.

    A report without a copy stands for itself. The order of the texts changes nothing.
    """
    stretches = {key: _stretches(texts[key]) for key in sorted(texts)}
    groups: Groups[str] = Groups()
    buckets: dict[tuple[int, int, int], list[str]] = {}
    for key, some in stretches.items():
        groups.add(key)
        for band in _bands(some):
            buckets.setdefault(band, []).append(key)
    for bucket in buckets.values():
        first, *others = bucket
        for other in others[:_CROWD]:
            if groups.root(first) != groups.root(other) and alike(
                stretches[first], stretches[other]
            ):
                groups.join(first, other)
    return {key: min(group) for group in groups.all() for key in group}


def alike(one: frozenset[int], two: frozenset[int]) -> bool:
    """Whether most stretches of the shorter text are in the longer one, and it is not much longer."""
    if not one or not two:
        return False
    both = len(one & two)
    return both >= _LEAST * max(len(one), len(two))


def _stretches(text: str) -> frozenset[int]:
    """Hashes of all stretches of the text, signs and spaces left out."""
    plain = spell(text[:_LONGEST]).replace(" ", "")
    if len(plain) < _SHORTEST:
        return frozenset()
    raw = plain.encode("utf-32-le")
    return frozenset(
        zlib.crc32(raw[4 * at : 4 * (at + _WIDTH)]) for at in range(len(plain) - _WIDTH + 1)
    )


def _bands(stretches: frozenset[int]) -> Iterator[tuple[int, int, int]]:
    """The least hash of each bin, two bins at a time: copies share some, other texts hardly any."""
    least: dict[int, int] = {}
    for stretch in stretches:
        number = stretch % _BINS
        if stretch < least.get(number, _NONE):
            least[number] = stretch
    for number in range(0, _BINS, 2):
        if number in least and number + 1 in least:
            yield number, least[number], least[number + 1]
