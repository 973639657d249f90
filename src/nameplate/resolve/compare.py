"""Do two names mean one thing? A table of features, each with a score and its reason.

A veto settles the matter: names that hold different numbers, phases or places, or Chinese names
that differ in one character, are never one thing on the strength of their names. Every feature is a
pure function of the parts of two names; to add one, write it and list it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import prod
from typing import NamedTuple

from nameplate.lexicon.names import name_words
from nameplate.model import EntityKind
from nameplate.resolve.evidence import EVIDENCE
from nameplate.resolve.facts import NOTHING, Facts
from nameplate.resolve.feature import Feature
from nameplate.resolve.parts import Parts
from nameplate.resolve.pieces import pieces_of
from nameplate.resolve.places import codes_of
from nameplate.resolve.rendered import rendered

SAME = 0.9
"""From this score on two names mean one thing."""

NAME_FEATURES = frozenset(
    {"same_spelling", "same_words", "same_place", "rendering", "shortened", "description"}
)
"""Features without which facts say nothing: two firms may well sit in one town."""

_NAMED_BY_PLACE: frozenset[EntityKind] = frozenset(
    {"company", "institute", "body", "park", "place", "event", "programme"}
)
_SHORTENED: frozenset[EntityKind] = frozenset(
    {"project", "plant", "line", "park", "institute", "event", "programme"}
)
_PLAIN_DESCRIPTION = 3
_ZONES = frozenset(
    {"new area", "high-tech zone", "economic and technological development zone", "bonded zone"}
)


class Comparison(NamedTuple):
    """The features of two names, and of what is known of the things, that said something."""

    features: tuple[Feature, ...]

    @property
    def score(self) -> float:
        """0 if there is a veto; else that at least one of the features, taken singly, is right.

        Facts speak only together with a name, and a name that is certain needs no facts.
        """
        scores = [feature.score for feature in self.features]
        if min(scores, default=0.0) <= 0 or not any(f.name in NAME_FEATURES for f in self.features):
            return 1.0 if self.veto is None and 1.0 in scores else 0.0
        if max(scores) >= SAME:
            return max(scores)
        return 1 - prod(1 - score for score in scores)

    @property
    def veto(self) -> Feature | None:
        """The feature that forbids the two to be one thing."""
        return next((feature for feature in self.features if feature.score == 0), None)


def compare(
    one: Parts, two: Parts, kind: EntityKind | None, facts: tuple[Facts, Facts] | None = None
) -> Comparison:
    """All that speaks for and against two names of things of one kind being the same."""
    known = _known(facts, (one, two), kind)
    if one.spelling == two.spelling:
        return Comparison((Feature("same_spelling", 1.0, "spelled the same"), *known))
    if one.han != two.han:
        return Comparison((*rendered(one, two, kind), *known))
    vetoes = [found for veto in VETOES if (found := veto(one, two))]
    said = [found for feature in FEATURES if (found := feature(one, two, kind))]
    return Comparison((*vetoes, *said, *rendered(one, two, kind), *known))


def forbidden(one: Parts, two: Parts) -> bool:
    """Whether a veto of `compare` stands between two names of one script; quickly told."""
    if one.han != two.han or one.spelling == two.spelling:
        return False
    return any(veto(one, two) is not None for veto in VETOES)


def _known(
    facts: tuple[Facts, Facts] | None, names: tuple[Parts, Parts], kind: EntityKind | None
) -> list[Feature]:
    """What the facts say; where none gives a place, the place in the name does."""
    if facts is None or facts == (NOTHING, NOTHING):
        return []
    one, two = (_placed(known, parts, kind) for known, parts in zip(facts, names, strict=True))
    return [found for feature in EVIDENCE if (found := feature(one, two, kind))]


def _placed(facts: Facts, parts: Parts, kind: EntityKind | None) -> Facts:
    places = [p.ids for p in pieces_of(parts.name, kind).pieces if p.kind == "place"]
    return facts if facts.places or len(places) != 1 else replace(facts, places=places[0])


def is_proper(parts: Parts, kind: EntityKind | None) -> bool:
    """Whether the name means the same thing in every report, and is no mere description.

    "New energy industrial park" is anybody's; "Jilin High-tech Zone" is one; so is a description
    that says three things ("annual output of 15 million new energy vehicle tyres").
    """
    if parts.brand:
        return True
    if kind in _NAMED_BY_PLACE and parts.places:
        return True
    return (
        parts.said >= _PLAIN_DESCRIPTION or _numbered(parts, kind) or _zone_of_its_own(parts, kind)
    )


def _zone_of_its_own(parts: Parts, kind: EntityKind | None) -> bool:
    """两江新区: a zone by a name of two or three characters that mean nothing else."""
    whole = pieces_of(parts.name, kind).pieces
    return (
        kind == "park"
        and len(whole) == 2
        and whole[0].kind == "own"
        and whole[0].han
        and 2 <= len(whole[0].text) <= 3
        and bool(whole[1].ids & _ZONES)
    )


def _numbered(parts: Parts, kind: EntityKind | None) -> bool:
    """Whether a number and two things beside it are said: 年产1500万条新能源汽车轮胎项目."""
    whole = pieces_of(parts.name, kind)
    fields = sum(piece.kind == "field" for piece in whole.pieces)
    return bool(whole.numbers) and fields + 1 >= _PLAIN_DESCRIPTION


def shortens(short: Parts, long: Parts, kind: EntityKind | None) -> Feature | None:
    """Whether one report may write ``short`` for the ``long`` name it gives elsewhere.

    Companies and public bodies are left out: a parent's name is its subsidiary's, shortened.
    """
    if kind not in _SHORTENED or short.spelling == long.spelling or short.phase != long.phase:
        return None
    named = short.brand or (short.places and short.titled)
    if not named or short.said >= long.said:
        return None
    held = short.places <= long.places and short.numbers <= long.numbers
    if not held or not all(_holds(long, word) for word in short.words):
        return None
    if short.head != long.head and not _added_to(short, long) and short.head is not None:
        return None
    return Feature("shortened", SAME, f"{short.spelling!r} is {long.spelling!r}, shortened")


def _holds(long: Parts, word: str) -> bool:
    return word in long.words or (
        not word.isascii() and any(word in held for held in long.words if not held.isascii())
    )


def _added_to(short: Parts, long: Parts) -> bool:
    joins = name_words("en").joins
    rest = long.spelling.removeprefix(f"{short.spelling} ")
    return rest != long.spelling and rest.split(" ", 1)[0] in joins


def _same_words(one: Parts, two: Parts, kind: EntityKind | None) -> Feature | None:
    if one.words != two.words or one.numbers != two.numbers or one.phase != two.phase:
        return None
    more = one.places ^ two.places
    generic = one.generic ^ two.generic
    if not more and not generic:
        return Feature("same_words", 0.98, "differ in legal form and joining words only")
    if not one.brand or not (one.generic <= two.generic or two.generic <= one.generic):
        return None
    if kind == "company" and not more <= one.front | two.front:
        return None
    added = ", ".join(sorted(more | generic))
    return Feature("same_words", 0.92, f"the same but for {added}")


def _other_number(one: Parts, two: Parts) -> Feature | None:
    if one.numbers <= two.numbers or two.numbers <= one.numbers:
        return None
    a, b = (", ".join(sorted(parts.numbers)) for parts in (one, two))
    return Feature("other_number", 0.0, f"{a} is not {b}")


def _other_phase(one: Parts, two: Parts) -> Feature | None:
    if one.phase == two.phase:
        return None
    a, b = (f"phase {p.phase}" if p.phase else "the whole" for p in (one, two))
    return Feature("other_phase", 0.0, f"{a} is not {b}")


def _other_place(one: Parts, two: Parts) -> Feature | None:
    if one.places <= two.places or two.places <= one.places:
        return None
    left, right = (set(map(_place, parts.places)) for parts in (one, two))
    if left <= right or right <= left:
        return None
    a, b = (", ".join(sorted(parts.places)) for parts in (one, two))
    return Feature("other_place", 0.0, f"{a} is not {b}")


def _place(name: str) -> str:
    """The code of the only place that is called so, or the name: 重庆市 is 重庆, 吉林市 may not be 吉林."""
    codes = codes_of(name)
    return next(iter(codes)) if len(codes) == 1 else name


def _same_place(one: Parts, two: Parts, kind: EntityKind | None) -> Feature | None:
    if kind != "place" or one.said != 1 or two.said != 1:
        return None
    codes = [codes_of(parts.name) for parts in (one, two)]
    if len(codes[0]) != 1 or codes[0] != codes[1]:
        return None
    return Feature("same_place", 0.97, f"{one.name} and {two.name} are one in the list of places")


def _one_character(one: Parts, two: Parts) -> Feature | None:
    for word in one.words - two.words:
        for other in two.words - one.words:
            apart = sum(a != b for a, b in zip(word, other, strict=False))
            if not word.isascii() and len(word) == len(other) and apart == 1:
                return Feature("one_character", 0.0, f"{word} is not {other}")
    return None


VETOES: tuple[Callable[[Parts, Parts], Feature | None], ...] = (
    _other_number,
    _other_phase,
    _other_place,
    _one_character,
)

FEATURES: tuple[Callable[[Parts, Parts, EntityKind | None], Feature | None], ...] = (
    _same_words,
    _same_place,
)
