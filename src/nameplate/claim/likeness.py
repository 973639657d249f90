"""Whether two wordings inside one report name the same thing.

Only for telling twice the same claim apart from two claims; the ledger's matching of names over
documents is `nameplate.resolve`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nameplate.find.fold import fold

_WEAK = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "and",
        "co",
        "ltd",
        "inc",
        "corp",
        "company",
        "limited",
        "group",
        "project",
    ]
)
_WORD = re.compile(r"[a-z0-9]+")
_HAN = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=4096)
def _terms(name: str) -> frozenset[str]:
    small = fold(name).casefold()
    words = _WORD.findall(small)
    han = "".join(_HAN.findall(small))
    strong = {w for w in words if w not in _WEAK} or set(words)
    return frozenset(strong | {han[i : i + 2] for i in range(len(han) - 1)})


def alike(one: str, other: str, *, strict: bool = False) -> bool:
    """One holds the other's words, or they share half of them; ``strict``: seven tenths."""
    a, b = _terms(one), _terms(other)
    if not a or not b:
        return one.strip() == other.strip()
    if not strict and (a <= b or b <= a):
        return True
    return len(a & b) / len(a | b) >= (0.7 if strict else 0.5)
