"""How alike two texts are: the stretches of twelve signs that they share.

Signs, spaces, capitals and accents do not count. ``bands`` are a few numbers of which copies share
some and other texts hardly any (one-permutation minhash), so that copies are found by an index.
"""

from __future__ import annotations

import zlib

from nameplate.find.spelling import spell

_spell = spell.__wrapped__  # remembers names, which come again; texts would fill the memory
_WIDTH = 12
_BINS = 32
_NONE = 1 << 32
_LEAST = 0.6
_SHORTEST = 80
"""Shorter texts are alike by chance, or by their form."""
_LONGEST = 20_000


def stretches(text: str) -> frozenset[int]:
    """Hashes of all stretches of the text; none of a text that is too short to tell."""
    plain = _spell(text[:_LONGEST]).replace(" ", "")
    if len(plain) < _SHORTEST:
        return frozenset()
    raw = plain.encode("utf-32-le")
    ends = range(4 * _WIDTH, len(raw) + 1, 4)
    return frozenset(map(zlib.crc32, [raw[end - 4 * _WIDTH : end] for end in ends]))


def alike(one: frozenset[int], two: frozenset[int]) -> bool:
    """Whether most stretches of the shorter text are in the longer one, and it is not much longer."""
    if not one or not two:
        return False
    return len(one & two) >= _LEAST * max(len(one), len(two))


def bands(found: frozenset[int]) -> list[int]:
    """The least hashes of the bins, two bins a number of 63 bits."""
    least: dict[int, int] = {}
    for stretch in found:
        number = stretch % _BINS
        if stretch < least.get(number, _NONE):
            least[number] = stretch
    return [
        (number << 56 | least[number] << 24 ^ least[number + 1]) & (1 << 63) - 1
        for number in range(0, _BINS, 2)
        if number in least and number + 1 in least
    ]
