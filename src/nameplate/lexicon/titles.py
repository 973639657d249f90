"""The titles by which a zone is judged: ``data/titles.toml``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from nameplate.lexicon.load import Entry, no_duplicates, read_toml

_FILE = "titles.toml"


class Title(Entry, frozen=True, kw_only=True):
    """A title with its names and the words that stand for it; see the head of the file."""

    key: str
    en: str
    zh: str
    words: list[str]


class _File(Entry, frozen=True, kw_only=True):
    title: list[Title]


@cache
def titles() -> dict[str, Title]:
    """All titles by key."""
    return {title.key: title for title in read_toml(_FILE, _File).title}


def title_of(text: str) -> str | None:
    """The title that the words name: that of the longest word found, None if there is none."""
    pattern, keys = _pattern()
    found = [
        match[0] for match in pattern.finditer(unicodedata.normalize("NFKC", text[:500]).lower())
    ]
    return keys[max(found, key=len)] if found else None


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    keys = no_duplicates(_FILE, ((w, t.key) for t in titles().values() for w in t.words))
    longest_first = sorted(keys, key=lambda word: (-len(word), word))
    words = (rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in longest_first)
    return re.compile("|".join(words)), keys
