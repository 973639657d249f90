"""Places as the table knows them, also inside longer names."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from nameplate.find.names.found import Found
from nameplate.lexicon.names_find import chinese, english
from nameplate.lexicon.places import chinese_places, english_places

_WORD = re.compile(r"[^\W_]")


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    common = {*chinese().places.common, *english().never_first, *english().never_alone}
    words = tuple(
        w for w in (*english_places(), *chinese_places()) if len(w) > 1 and w not in common
    )
    automaton = AhoCorasick(
        words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )
    return automaton, words


def places(text: str) -> list[Found]:
    """Every place of the table in a folded text, in order, whatever name it is a part of."""
    automaton, words = _automaton()
    small = small_places()
    found: list[Found] = []
    bare: list[Found] = []
    for i, start, end in automaton.find_matches_as_indexes(text):
        if words[i][0].isascii() and (_inside(text, start - 1) or _inside(text, end)):
            continue
        (bare if words[i] in small else found).append(Found(start, end, "place"))
    full = {text[f.start : f.end] for f in found}
    found += [f for f in bare if named_in_full(text[f.start : f.end], full)]
    return sorted(found)


@cache
def small_places() -> frozenset[str]:
    """Chinese names of counties without their suffix: too many are common words or parts of names."""
    return frozenset(
        word
        for word, entries in chinese_places().items()
        if entries[0].level == "county" and all(e.name != word for e in entries)
    )


def named_in_full(name: str, full: set[str]) -> bool:
    """Whether the text names the county somewhere with its suffix."""
    return any(name + suffix in said for said in full for suffix in "县区市旗")


def _inside(text: str, at: int) -> bool:
    """Whether a Latin letter or a digit stands here, so that the word goes on."""
    return 0 <= at < len(text) and text[at].isascii() and _WORD.match(text[at]) is not None
