"""How each language says numbers: ``data/lang/*/numbers.toml``, checked and merged."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from nameplate.lexicon.load import Entry, read_toml


class Guard(Entry, frozen=True, kw_only=True):
    """Words beside which a number is a name, a label, a clock time or a year."""

    label_before: tuple[str, ...] = ()
    label_after: tuple[str, ...] = ()
    street_after: tuple[str, ...] = ()
    clock_after: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    year_nouns: tuple[str, ...] = ()
    not_one_before: tuple[str, ...] = ()
    not_one_after: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()
    one_counters: tuple[str, ...] = ()
    not_units: tuple[str, ...] = ()
    formal: str = ""
    codes: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    not_minus: tuple[str, ...] = ()
    age_before: tuple[str, ...] = ()
    chances: tuple[str, ...] = ()
    bare_after: tuple[str, ...] = ()
    bare_small: tuple[str, ...] = ()
    bare_before: tuple[str, ...] = ()
    eras: tuple[str, ...] = ()
    era_after: tuple[str, ...] = ()
    money_before: tuple[str, ...] = ()
    money_against: tuple[str, ...] = ()
    money: str | None = None


class Item(Entry, frozen=True, kw_only=True):
    """How a counted noun phrase is taken: where it ends, what counts, what heads it."""

    stop: tuple[str, ...] = ()
    soft_stop: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    not_plural: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    partitive: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    ordering: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    hyphenated: tuple[str, ...] = ()
    not_hyphenated: tuple[str, ...] = ()
    per_nouns: tuple[str, ...] = ()


class Numbers(Entry, frozen=True, kw_only=True):
    """One language's words for numbers. Values are decimals or fractions written as strings."""

    separators: list[str]
    sections: bool
    share: str | None = None
    points: tuple[str, ...] = ()
    halves: tuple[str, ...] = ()
    digits: dict[str, str]
    adders: dict[str, str] = msgspec.field(default_factory=dict)
    multipliers: dict[str, str] = msgspec.field(default_factory=dict)
    scales: dict[str, str] = msgspec.field(default_factory=dict)
    letters: dict[str, str] = msgspec.field(default_factory=dict)
    openers: dict[str, str] = msgspec.field(default_factory=dict)
    vague: dict[str, list[str]] = msgspec.field(default_factory=dict)
    vague_digits: dict[str, str] = msgspec.field(default_factory=dict)
    fractions: dict[str, str] = msgspec.field(default_factory=dict)
    before: dict[str, list[str]] = msgspec.field(default_factory=dict)
    infix: dict[str, list[str]] = msgspec.field(default_factory=dict)
    after: dict[str, list[str]] = msgspec.field(default_factory=dict)
    per: dict[str, list[str]] = msgspec.field(default_factory=dict)
    per_before: dict[str, list[str]] = msgspec.field(default_factory=dict)
    trend: dict[str, list[str]] = msgspec.field(default_factory=dict)
    item: Item = msgspec.field(default_factory=Item)
    guard: Guard = msgspec.field(default_factory=Guard)


@cache
def numbers() -> dict[str, Numbers]:
    """Language code -> its words; a further language is a further file."""
    folder = files("nameplate") / "data" / "lang"
    codes = sorted(d.name for d in folder.iterdir() if (d / "numbers.toml").is_file())
    return {code: read_toml(f"lang/{code}/numbers.toml", Numbers) for code in codes}
