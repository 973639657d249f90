"""The trigger words of visits, orders, needs, offers and relations: ``data/lang/*/acts.toml``.

A file has a table per group and in it an entry per key with the spellings that speak for it. A group
is scanned by itself, over all languages at once; inside a group a spelling belongs to one entry.
Groups that only the grammar asks for (nouns of sites, of slogans …) are lists in the same file.
"""

from __future__ import annotations

import re
from functools import cache

from nameplate.errors import LexiconError
from nameplate.lexicon.cues import LANGUAGES, Words
from nameplate.lexicon.load import Entry, no_duplicates, read_toml


class ActFile(Entry, frozen=True, kw_only=True):
    """One language's words for what people and bodies do to each other.

    ``office``: offices of persons, by what they are an office of; ``visit``: verbs of a visit;
    ``order``: verbs by which somebody is told something; ``need`` and ``offer``: what a body looks
    for and has; ``relation``: one entry a relation of the vocabulary, some with a construction after
    the point; ``noun``: nouns that the grammar tells apart.
    """

    office: Words = {}
    visit: Words = {}
    order: Words = {}
    need: Words = {}
    offer: Words = {}
    relation: Words = {}
    noun: Words = {}


GROUPS = ("office", "visit", "order", "need", "offer", "relation")


@cache
def act_file(lang: str) -> ActFile:
    """The file of a language."""
    return read_toml(f"lang/{lang}/acts.toml", ActFile)


@cache
def act_group(name: str) -> dict[str, str]:
    """Spelling to entry of one group, over all languages; a spelling in two entries fails."""
    if name not in GROUPS:
        raise LexiconError(f"no group of acts is called {name!r}", remedy=f"Use one of {GROUPS}.")
    table: dict[str, str] = {}
    for lang in LANGUAGES:
        words: Words = getattr(act_file(lang), name)
        pairs = ((w, key) for key, spellings in words.items() for w in spellings)
        table |= no_duplicates(f"lang/{lang}/acts.toml [{name}]", pairs)
    return table


@cache
def nouns(key: str) -> tuple[str, ...]:
    """The nouns of one entry, over all languages, longest first."""
    words = {w for lang in LANGUAGES for w in act_file(lang).noun.get(key, [])}
    if not words:
        raise LexiconError(f"no nouns are listed under {key!r}", remedy="Name an entry of [noun].")
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


@cache
def noun_pattern(key: str) -> str:
    """The nouns of an entry as an alternation: Latin ones are whole words, plurals included."""
    latin = [re.escape(w) for w in nouns(key) if w.isascii()]
    han = [re.escape(w) for w in nouns(key) if not w.isascii()]
    words = rf"\b(?:{'|'.join(latin)})(?:e?s)?\b" if latin else ""
    return "|".join(part for part in (words, "|".join(han)) if part)
