"""The words by which names are compared: ``data/lang/*/names.toml``."""

from __future__ import annotations

from functools import cache

from nameplate.errors import LexiconError
from nameplate.lexicon.load import Entry, read_toml
from nameplate.model import EntityKind


class NameWords(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one language; see the head of the English file for the meaning of the fields."""

    legal: tuple[str, ...]
    fillers: tuple[str, ...]
    joins: tuple[str, ...]
    sector: tuple[str, ...]
    phases: tuple[str, ...]
    generic: dict[EntityKind, tuple[str, ...]]
    same: dict[str, str]
    numerals: dict[str, str]


@cache
def name_words(lang: str) -> NameWords:
    """The words of ``en`` or ``zh``."""
    name = f"lang/{lang}/names.toml"
    words = read_toml(name, NameWords)
    lists = [*words.legal, *words.fillers, *words.sector, *sum(words.generic.values(), ())]
    for spelling in (*lists, *words.same, *words.numerals):
        if spelling != spelling.casefold().strip() or not spelling:
            raise LexiconError(
                f"{spelling!r} is not in the spelling of comparison",
                where=f"data/{name}",
                remedy="Write it in small letters, without punctuation.",
            )
    return words
