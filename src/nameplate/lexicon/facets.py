"""Words that say of which part of a whole a figure is: ``data/facets.toml``."""

from __future__ import annotations

from functools import cache

from nameplate.lexicon.load import Entry, no_duplicates, read_toml

_FILE = "facets.toml"


class Facet(Entry, frozen=True, kw_only=True):
    """A part of a whole: its group, its names and the words by which reports mark it."""

    group: str
    en: str
    zh: str
    words: tuple[str, ...]


class _File(Entry, frozen=True, kw_only=True):
    plain: tuple[str, ...]
    part: tuple[str, ...]
    negation: tuple[str, ...]
    share_of: tuple[str, ...]
    facet: dict[str, Facet]


@cache
def _file() -> _File:
    file = read_toml(_FILE, _File)
    no_duplicates(_FILE, ((w, key) for key, facet in file.facet.items() for w in facet.words))
    return file


def facets() -> dict[str, Facet]:
    """The facets by key."""
    return _file().facet


@cache
def facet_spellings() -> tuple[tuple[str, str], ...]:
    """Words and the facet of each, the longest first, so that a part of a word never wins."""
    pairs = ((word, key) for key, facet in facets().items() for word in facet.words)
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def plain_words() -> tuple[str, ...]:
    """Words that narrow nothing, the longest first."""
    return tuple(sorted(_file().plain, key=lambda word: (-len(word), word)))


def part_words() -> tuple[str, ...]:
    """Words that open a part of the whole just named."""
    return _file().part


def negation_words() -> tuple[str, ...]:
    """Words that turn a status into its opposite."""
    return _file().negation


def share_words() -> tuple[str, ...]:
    """Words between a part and the whole that it is counted out of."""
    return _file().share_of
