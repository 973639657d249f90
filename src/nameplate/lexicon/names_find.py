"""The words from which names are recognised: ``data/lang/*/entities.toml``."""

from __future__ import annotations

from functools import cache

import msgspec

from nameplate.lexicon.load import Entry, no_duplicates, read_toml
from nameplate.model import EntityKind

Kinds = dict[EntityKind, list[str]]


class Legal(Entry, frozen=True, kw_only=True):
    """Legal forms of companies, without a final full stop."""

    forms: list[str]


class Titles(Entry, frozen=True, kw_only=True):
    """Offices of persons, and forms of address, in lower case."""

    offices: list[str]
    courtesy: list[str]


class Generic(Entry, frozen=True, kw_only=True):
    """Determiners, and modifiers that do not tell one thing from another."""

    determiners: list[str]
    indefinite: list[str]
    empty: list[str]


class Words(Entry, frozen=True, kw_only=True):
    """Words by which a name ends or is none; the data file says which is which."""

    never_first: list[str]
    never_alone: list[str]
    stops: list[str]
    calls: list[str]
    after_heads: list[str]
    pairs: list[str]
    leads: list[str]
    units: list[str]
    vague: list[str]
    actions: list[str]
    company_verbs: list[str]
    trades: list[str]
    person_verbs: list[str]


class People(Entry, frozen=True, kw_only=True):
    """Family names in pinyin and common given names elsewhere."""

    surnames: list[str]
    given: list[str]


class EnglishFile(Entry, frozen=True, kw_only=True):
    """``lang/en/entities.toml``."""

    heads: Kinds
    known: Kinds
    legal: Legal
    described: Kinds
    titles: Titles
    generic: Generic
    words: Words
    people: People


class English(msgspec.Struct, frozen=True, kw_only=True):
    """The English words as sets and maps, ready to ask."""

    heads: dict[str, str]
    known: dict[str, str]
    described: dict[str, str]
    legal: tuple[str, ...]
    offices: frozenset[str]
    courtesy: frozenset[str]
    office_ends: frozenset[str]
    determiners: frozenset[str]
    indefinite: frozenset[str]
    empty: frozenset[str]
    never_first: frozenset[str]
    never_alone: frozenset[str]
    stops: frozenset[str]
    calls: frozenset[str]
    after_heads: frozenset[str]
    pairs: frozenset[str]
    leads: tuple[str, ...]
    units: frozenset[str]
    vague: frozenset[str]
    actions: frozenset[str]
    company_verbs: frozenset[str]
    trades: frozenset[str]
    person_verbs: frozenset[str]
    surnames: frozenset[str]
    given: frozenset[str]


@cache
def english() -> English:
    """The English words; a head that speaks for two kinds fails the load."""
    name = "lang/en/entities.toml"
    data = read_toml(name, EnglishFile)
    words = data.words
    return English(
        heads=_by_word(name, data.heads),
        known=_by_word(name, data.known),
        described=_by_word(name, data.described),
        legal=tuple(sorted(data.legal.forms, key=len, reverse=True)),
        offices=frozenset(data.titles.offices),
        courtesy=frozenset(data.titles.courtesy),
        office_ends=frozenset(
            o.rsplit(" ", 1)[-1] for o in (*data.titles.offices, *data.titles.courtesy)
        ),
        determiners=frozenset(data.generic.determiners),
        indefinite=frozenset(data.generic.indefinite),
        empty=frozenset(data.generic.empty),
        never_first=frozenset(words.never_first),
        never_alone=frozenset(words.never_alone),
        stops=frozenset(words.stops),
        calls=frozenset(words.calls),
        after_heads=frozenset(words.after_heads),
        pairs=frozenset(words.pairs),
        leads=tuple(words.leads),
        units=frozenset(words.units),
        vague=frozenset(words.vague),
        actions=frozenset(words.actions),
        company_verbs=frozenset(words.company_verbs),
        trades=frozenset(words.trades),
        person_verbs=frozenset(words.person_verbs),
        surnames=frozenset(data.people.surnames),
        given=frozenset(data.people.given),
    )


def _by_word(name: str, table: Kinds) -> dict[str, str]:
    return no_duplicates(name, ((word, kind) for kind, words in table.items() for word in words))


class ChineseTitles(Entry, frozen=True, kw_only=True):
    """Offices of persons; ``light`` ones are no office of a body."""

    offices: list[str]
    light: list[str]


class ChineseGeneric(Entry, frozen=True, kw_only=True):
    """Determiners, left parts that tell nothing apart, and words for the place spoken of."""

    determiners: list[str]
    empty: list[str]
    sectors: list[str]
    levels: Kinds


class ChineseWords(Entry, frozen=True, kw_only=True):
    """Words that end a name, words that do so at its edge, and words that only look like either."""

    stops: list[str]
    weak: list[str]
    inside: list[str]
    protect: list[str]
    classifiers: str


class ChineseFirms(Entry, frozen=True, kw_only=True):
    """What short names of firms end in, what firms do, and the branches that only look like firms."""

    trades: list[str]
    acts: list[str]
    branches: list[str]


class ChinesePeople(Entry, frozen=True, kw_only=True):
    """Family names of one and two characters, what follows a name, and words that only look like one."""

    surnames: str
    compound: list[str]
    after: list[str]
    nobody: list[str]


class ChinesePlaces(Entry, frozen=True, kw_only=True):
    """Bare division names that are common words, what settlements and streets end in, and
    characters that no division outside the tables holds."""

    common: list[str]
    villages: list[str]
    foreign: str


class ChineseFile(Entry, frozen=True, kw_only=True):
    """``lang/zh/entities.toml``."""

    heads: Kinds
    known: Kinds
    titles: ChineseTitles
    generic: ChineseGeneric
    words: ChineseWords
    firms: ChineseFirms
    people: ChinesePeople
    places: ChinesePlaces


@cache
def chinese() -> ChineseFile:
    """The Chinese words; a head or a known name that speaks for two kinds fails the load."""
    name = "lang/zh/entities.toml"
    data = read_toml(name, ChineseFile)
    _by_word(name, data.heads)
    _by_word(name, data.known)
    return data
