"""What reports say of a thing beside its name, as far as it helps to tell which thing it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from nameplate.find.credit_code import credit_codes
from nameplate.find.spelling import spell
from nameplate.lexicon.renderings import chinese_words, english_words, singular
from nameplate.model import Claim, Entry
from nameplate.resolve.places import codes_of

Fact = TypeVar("Fact")

_TOKEN = re.compile(r"[\u3400-\u9fff]+|[a-z]+")
_LONGEST = 8
_SPONSORS = frozenset({"invests_in", "builds", "owns", "operates"})
_BEGINS = frozenset({"signed", "approved", "land_acquired", "started", "producing"})
_MANY = 40
"""Facts of one kind that are kept of a thing: what is said of more is no mark of one thing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Codes of places, names of sponsors, meanings of products, capacities (number, rate),
    investments (amount, currency), years of milestones, valid credit codes."""

    places: frozenset[str] = frozenset()
    sponsors: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    capacities: frozenset[tuple[str, str]] = frozenset()
    investments: frozenset[tuple[str, str]] = frozenset()
    years: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()

    def merged(self, other: Facts) -> Facts:
        """All of both, as far as it is not too much."""
        return Facts(
            places=_few(self.places | other.places),
            sponsors=_few(self.sponsors | other.sponsors),
            products=_few(self.products | other.products),
            capacities=_few(self.capacities | other.capacities),
            investments=_few(self.investments | other.investments),
            years=_few(self.years | other.years),
            codes=_few(self.codes | other.codes),
        )


NOTHING = Facts()


def _few(found: frozenset[Fact]) -> frozenset[Fact]:
    return found if len(found) <= _MANY else frozenset(sorted(found, key=str)[:_MANY])


def facts_of(entry: Entry) -> Facts:
    """What one claim says of its subject."""
    claim = entry.claim
    places = sponsors = products = frozenset[str]()
    capacities = investments = frozenset[tuple[str, str]]()
    if claim.kind == "relation" and claim.object:
        if claim.relation == "located_in":
            places = codes_of(claim.object)
        if claim.relation == "part_of":
            sponsors = frozenset({claim.object})
    if claim.kind == "quantity" and claim.value is not None:
        if claim.measure in ("capacity", "output") and claim.item:
            products = meanings_in(claim.item)
        if claim.measure == "capacity":
            capacities = frozenset({(f"{claim.value.normalize():f}", claim.per or "")})
        if claim.measure == "investment" and claim.unit:
            investments = frozenset({(f"{claim.value.normalize():f}", claim.unit)})
    return Facts(
        places,
        sponsors,
        products,
        capacities,
        investments,
        _years(entry),
        credit_codes(f"{claim.quote} {claim.object or ''}"),
    )


def sponsored(claim: Claim) -> Iterator[tuple[str, str]]:
    """The thing and its sponsor, of a claim that says who invests, builds, owns or operates."""
    if claim.relation in _SPONSORS and claim.object:
        yield claim.object, claim.subject


def _years(entry: Entry) -> frozenset[int]:
    """The year in which something was done or is planned; the report's own year if it gives none."""
    claim = entry.claim
    if (claim.kind == "milestone" and claim.stage in _BEGINS) or claim.measure == "investment":
        for date in (claim.when, entry.published):
            if date and date[:4].isdigit():
                return frozenset({int(date[:4])})
    return frozenset()


def meanings_in(text: str) -> frozenset[str]:
    """The products and fields that words may mean, in either language."""
    found: set[str] = set()
    for token in _phrases(spell(text)):
        known = english_words().get(token) or chinese_words().get(token)
        if known and "field" in known.classes:
            found |= known.ids
    return frozenset(found)


def _phrases(spelling: str) -> Iterator[str]:
    """Stretches of the text that may be known words, the longest at each place only."""
    tokens = _TOKEN.findall(spelling)[: 4 * _LONGEST]
    for number, token in enumerate(tokens):
        if token.isascii():
            phrases = (
                " ".join(map(singular, tokens[number : number + n])) for n in range(_LONGEST, 0, -1)
            )
            yield next((p for p in phrases if p in english_words()), "")
        else:
            yield from _han_phrases(token[: 4 * _LONGEST])


def _han_phrases(run: str) -> Iterator[str]:
    at = 0
    while at < len(run):
        width = next((n for n in range(_LONGEST, 1, -1) if run[at : at + n] in chinese_words()), 1)
        yield run[at : at + width]
        at += width
