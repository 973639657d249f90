"""The trigger words of claims: ``data/lang/*/cues.toml``.

A file has a table per group (``measure``, ``item``, ``stage``, ``modality`` …) and in it an entry per
key with the spellings that speak for it. Groups are scanned apart, so one spelling may speak in
several groups, but inside a group it belongs to one entry only.
"""

from __future__ import annotations

from functools import cache

from nameplate.errors import LexiconError
from nameplate.lexicon.load import Entry, no_duplicates, read_toml

LANGUAGES = ("en", "zh")

Words = dict[str, list[str]]


class CueFile(Entry, frozen=True, kw_only=True):
    """One language's trigger words, by group and entry.

    ``measure``: words for a measure; ``item``: nouns of things counted; ``stage``: words for a
    stage reached or under way by themselves; ``weak_stage``: words that do so only beside a thing
    that can; ``no_stage``: longer phrases in which a stage word is no event; ``event``: nouns and
    verbs that make a stage together (``noun:construction`` and ``verb:begin``); ``modality``,
    ``aggregate``, ``per``, ``scope``: what their names say; ``agency``: names of news agencies and
    papers, which are never what a figure is about; ``origin``: words that
    tell a report from Taiwan or Hong Kong, where bare 元 is their own money.
    """

    abbreviations: list[str] = []
    measure: Words = {}
    item: Words = {}
    stage: Words = {}
    weak_stage: Words = {}
    no_stage: Words = {}
    event: Words = {}
    modality: Words = {}
    aggregate: Words = {}
    per: Words = {}
    scope: Words = {}
    agency: Words = {}
    origin: Words = {}


GROUPS = (
    "measure",
    "item",
    "stage",
    "weak_stage",
    "no_stage",
    "event",
    "modality",
    "aggregate",
    "per",
    "scope",
    "agency",
    "origin",
)


@cache
def _file(lang: str) -> CueFile:
    return read_toml(f"lang/{lang}/cues.toml", CueFile)


@cache
def group(name: str) -> dict[str, str]:
    """Spelling to entry of one group, over all languages; a spelling in two entries fails."""
    if name not in GROUPS:
        raise LexiconError(f"no group of cues is called {name!r}", remedy=f"Use one of {GROUPS}.")
    table: dict[str, str] = {}
    for lang in LANGUAGES:
        words: Words = getattr(_file(lang), name)
        pairs = ((w, key) for key, spellings in words.items() for w in spellings)
        table |= no_duplicates(f"lang/{lang}/cues.toml [{name}]", pairs)
    return table


@cache
def abbreviations() -> frozenset[str]:
    """Lower-case abbreviations after whose full stop a sentence may go on."""
    return frozenset(w for lang in LANGUAGES for w in _file(lang).abbreviations)
