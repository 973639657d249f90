"""The tables that the quantity finder looks words up in, built once from the language data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec
from ahocorasick_rs import AhoCorasick

from nameplate.find.phrases import Phrases
from nameplate.lexicon.numbers import Numbers, numbers
from nameplate.lexicon.units import Measure, units

BLANKS = "".join(chr(i) for i in range(0x3001) if chr(i).isspace())
_OPEN_YEAR = "0123456789０１２３４５６７８９〇零一二三四五六七八九去今明前同全当本次"


SIGN, MONEY, LABEL, MONTH, SAID = 1, 2, 4, 8, 16
"""What the last word before a number may tell: a sign, a currency, that it is a label, a month, a
bound or trend."""


class Words(msgspec.Struct, frozen=True):
    """Everything that may stand around a number, over all languages."""

    leads: dict[str, int]  # last word before a number to what may be told by it: SIGN, MONEY, ...
    unit_first: frozenset[str]
    odd_unit_first: frozenset[
        str
    ]  # of units in brackets and of words that are units in some places
    below_first: frozenset[str]  # of what may stand below a unit: "/d", " per ton"
    exact: Phrases[Measure]
    names: Phrases[Measure | None]
    prefixes: Phrases[Measure]
    counters: Phrases[bool]
    before: Phrases[str]
    after: Phrases[str]
    per: Phrases[str]
    trend: Phrases[str]
    per_before: re.Pattern[str]
    per_labels: dict[str, str]
    per_scan: AhoCorasick  # finds the labels in lower case, for a cheap first look
    stop: frozenset[str]
    soft_stop: frozenset[str]
    scaled_prefixes: Phrases[Measure]
    scaled_suffixes: Phrases[Measure]
    plurals: frozenset[str]
    not_plural: frozenset[str]
    counted: frozenset[str]
    heads: Phrases[bool]
    stops: Phrases[bool]
    soft_stops: Phrases[bool]
    formal: frozenset[str]
    label_before: Phrases[bool]
    label_after: Phrases[bool]
    streets: frozenset[str]
    clocks: Phrases[bool]
    months: frozenset[str]
    year_nouns: frozenset[str]
    not_one_before: frozenset[str]
    not_one_after: frozenset[str]
    idioms: Phrases[bool]
    one_counters: frozenset[str]
    bare_after: frozenset[str]
    bare_small: frozenset[str]
    bare_before: frozenset[str]
    eras: frozenset[str]
    era_after: frozenset[str]
    money_before: Phrases[str]
    money_against: Phrases[bool]
    of: Phrases[bool]
    of_first: frozenset[str]  # characters behind a blank before "of"
    age_before: Phrases[bool]
    chances: Phrases[bool]
    codes: Phrases[bool]
    code_heads: frozenset[str]  # their first two characters
    minus: Phrases[bool]
    partitive: frozenset[str]
    pronouns: frozenset[str]
    ordering: frozenset[str]
    opening: frozenset[str]
    joining: frozenset[str]
    hyphenated: frozenset[str]
    not_hyphenated: frozenset[str]
    per_nouns: frozenset[str]


@cache
def words() -> Words:
    """The tables, compiled on first use."""
    tables, table = numbers(), units()
    spaced, unspaced = _split(tables)
    names: dict[str, Measure | None] = dict(table.names)
    names |= {w: None for t in tables.values() for w in t.guard.not_units}
    labels = {w: per for t in tables.values() for per, ws in t.per_before.items() for w in ws}
    exact, others = Phrases(table.exact.items(), exact=True), Phrases(names.items())
    prefixes = Phrases(table.prefixes.items(), exact=True)
    scaled_prefixes = Phrases(table.scaled_prefixes.items(), exact=True)
    scaled_suffixes = Phrases(table.scaled_suffixes.items())
    minus = Phrases(
        (w, is_minus)
        for t in tables.values()
        for ws, is_minus in ((t.guard.minus, True), (t.guard.not_minus, False))
        for w in ws
    )
    per = Phrases(_labelled(tables, "per"))
    label_before = Phrases((w.lower(), True) for t in tables.values() for w in t.guard.label_before)
    before, trend = (Phrases(_labelled(tables, field)) for field in ("before", "trend"))
    of = Phrases((w, True) for t in spaced for w in t.item.of)
    return Words(
        leads=_leads(
            {
                SIGN: {*minus.tails(), *"-−－+"},
                MONEY: {*prefixes.tails(), *scaled_prefixes.tails(), *"~～\\"},
                LABEL: {*label_before.tails(), *".:："},
                MONTH: {*(w.rstrip(".") for w in _guard(tables, "months")), "."},
                SAID: {*before.tails(), *trend.tails()},
            }
        ),
        unit_first=exact.first | others.first,
        odd_unit_first=scaled_suffixes.first | frozenset("(（[iCFK"),
        below_first=per.first | frozenset(" \xa0-\n/／每"),
        exact=exact,
        names=others,
        prefixes=prefixes,
        counters=Phrases((w, True) for t in unspaced for w in t.item.counters),
        before=before,
        after=Phrases(_labelled(tables, "after")),
        per=per,
        trend=trend,
        per_before=_per_before(labels),
        per_labels=labels,
        per_scan=AhoCorasick(list(labels)),
        scaled_prefixes=scaled_prefixes,
        scaled_suffixes=scaled_suffixes,
        soft_stop=frozenset(w for t in spaced for w in t.item.soft_stop),
        stop=frozenset(w for t in spaced for w in t.item.stop),
        plurals=frozenset(w for t in spaced for w in t.item.plurals),
        not_plural=frozenset(w for t in spaced for w in t.item.not_plural),
        counted=frozenset(w for t in spaced for w in t.item.counters),
        heads=Phrases(
            [(w, True) for t in unspaced for w in t.item.heads]
            + [(w, False) for t in unspaced for w in t.item.modifiers]
        ),
        soft_stops=Phrases((w, True) for t in unspaced for w in t.item.soft_stop),
        formal=frozenset(c for t in tables.values() for c in t.guard.formal),
        stops=Phrases((w, True) for t in unspaced for w in t.item.stop),
        label_before=label_before,
        label_after=Phrases((w, True) for t in tables.values() for w in t.guard.label_after),
        streets=_guard(tables, "street_after"),
        clocks=Phrases((w, True) for t in tables.values() for w in t.guard.clock_after),
        months=_guard(tables, "months"),
        year_nouns=_guard(tables, "year_nouns"),
        not_one_before=_guard(tables, "not_one_before"),
        not_one_after=_guard(tables, "not_one_after"),
        idioms=Phrases(((w, True) for t in tables.values() for w in t.guard.idioms), exact=True),
        one_counters=_guard(tables, "one_counters"),
        bare_after=_guard(tables, "bare_after"),
        bare_small=_guard(tables, "bare_small"),
        bare_before=_guard(tables, "bare_before"),
        eras=_guard(tables, "eras"),
        era_after=_guard(tables, "era_after"),
        money_before=Phrases(
            (w, t.guard.money)
            for t in tables.values()
            for w in t.guard.money_before
            if t.guard.money
        ),
        money_against=Phrases((w, True) for t in tables.values() for w in t.guard.money_against),
        age_before=Phrases((w, True) for t in tables.values() for w in t.guard.age_before),
        minus=minus,
        codes=Phrases(((w, True) for t in tables.values() for w in t.guard.codes), exact=True),
        code_heads=frozenset(w[:2] for w in _guard(tables, "codes")),
        chances=Phrases((w, True) for t in tables.values() for w in t.guard.chances),
        of=of,
        of_first=of.first | frozenset(BLANKS),
        partitive=frozenset(w for t in spaced for w in t.item.partitive),
        pronouns=frozenset(w for t in spaced for w in t.item.pronouns),
        ordering=frozenset(w for t in spaced for w in t.item.ordering),
        per_nouns=frozenset(w for t in spaced for w in t.item.per_nouns),
        hyphenated=frozenset(w for t in spaced for w in t.item.hyphenated),
        not_hyphenated=frozenset(w for t in spaced for w in t.item.not_hyphenated),
        joining=frozenset(w for t in spaced for w in t.item.joining),
        opening=frozenset(w for t in spaced for w in t.item.opening),
    )


def _leads(told: dict[int, set[str]]) -> dict[str, int]:
    leads: dict[str, int] = {}
    for what, tails in told.items():
        for tail in tails:
            leads[tail] = leads.get(tail, 0) | what
    return leads


def _split(tables: dict[str, Numbers]) -> tuple[list[Numbers], list[Numbers]]:
    """Languages that put spaces between words, and those that do not."""
    spaced = [t for t in tables.values() if " " in t.separators]
    return spaced, [t for t in tables.values() if " " not in t.separators]


def _labelled(tables: dict[str, Numbers], field: str) -> Iterator[tuple[str, str]]:
    for table in tables.values():
        for label, phrases in getattr(table, field).items():
            yield from ((p, label) for p in phrases)


def _guard(tables: dict[str, Numbers], field: str) -> frozenset[str]:
    return frozenset(w for t in tables.values() for w in getattr(t.guard, field))


def _per_before(labels: dict[str, str]) -> re.Pattern[str]:
    """A rate word, then the rest of its clause up to the number; 2020年产量 is no rate."""
    spaced = "|".join(re.escape(w) for w in sorted(labels, key=len, reverse=True) if w.isascii())
    other = "|".join(re.escape(w) for w in sorted(labels, key=len, reverse=True) if not w.isascii())
    return re.compile(
        rf"(?:\b(?P<spaced>(?ai:{spaced}))\b[^.,;:!?。，；：、\n]{{0,48}}\Z)"
        rf"|(?<![{_OPEN_YEAR}半])(?P<other>{other})[^.,;:!?。，；：、\n0-9０-９]{{0,16}}\Z"
    )
