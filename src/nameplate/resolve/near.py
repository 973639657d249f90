"""Which names any rule of this room might join: the ledger resolves those together, apart from others.

`Near` is what `nameplate.ledger.linking` asks for. Whoever adds a rule that joins two names on more
than their words (`nameplate.resolve.joins`) adds its keys here, or names that it would join are
never held against each other. ``tests/test_resolution.py`` holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import product

from nameplate.model import Entity, EntityKind, Entry, Judgement
from nameplate.resolve.compare import SAME, compare, forbidden, shortens
from nameplate.resolve.entities import RULES, resolve
from nameplate.resolve.joins import word_grams
from nameplate.resolve.keys import rendering_keys
from nameplate.resolve.mentions import KINDS, name_ids
from nameplate.resolve.metonym import may_stand_for
from nameplate.resolve.parts import Parts, parts_of
from nameplate.resolve.pieces import kind_of

_NUMBERED: frozenset[EntityKind] = frozenset({"company", "institute", "body"})
"""Bodies that a number tells apart: two of them that share none are not even looked at as a pair,
so that "Works No. 1" to "Works No. 10,000" are not all held against each other."""

Variant = tuple[str, str]
"""A name as written, and the kind of thing it was taken for ("" if none)."""


class Near:
    """The rules as the ledger asks for them."""

    rules = RULES

    def keys(self, variants: Collection[Variant]) -> tuple[frozenset[str], frozenset[str]]:
        """Keys to be found by, one a name, and all that a longer name is searched by."""
        own: set[str] = set()
        held: set[str] = set()
        for parts, kind in _parts(variants):
            found = rendering_keys(parts, kind)
            sought = found
            if parts.said:
                block = _block(parts)
                found = found | {block, *_rarest(parts)}
                sought = sought | {block, *word_grams(parts)}
            if parts.numbers and kind in _NUMBERED:
                marked = {f"{key}#{number}" for key in found for number in parts.numbers}
                own |= marked
                held |= marked
            else:
                own |= found
            held |= sought
        return frozenset(own), frozenset(held)

    def linked(self, one: Collection[Variant], two: Collection[Variant]) -> bool:
        """Whether the names have the same words, are compared as the same, or shorten each other."""
        if any(_stands(a, b) or _stands(b, a) for a, b in product(one, two)):
            return True
        for of_kind in _kinds((*one, *two)):
            left = {parts_of(name, of_kind) for name, k in one if k != "person"}
            right = {parts_of(name, of_kind) for name, k in two if k != "person"}
            if any(_joinable(a, b, of_kind) for a, b in product(left, right)):
                return True
        return False

    def name_ids(self, variant: Variant, document_key: str) -> tuple[str, ...]:
        """The id of the name in its report, and that of the name everywhere."""
        name, kind = variant
        return name_ids(name, kind == "person", document_key)

    def resolve(self, entries: Sequence[Entry], judgements: Sequence[Judgement]) -> list[Entity]:
        """The entities of names that are near each other."""
        return resolve(entries, judgements)


def _stands(firm: Variant, work: Variant) -> bool:
    """Whether a firm's name may stand for its project in some report."""
    if kind_of(firm[0], _kind(firm)) not in ("company", "thing"):
        return False
    return may_stand_for(firm[0], work[0], kind_of(work[0], _kind(work)))


def _kind(variant: Variant) -> EntityKind:
    return variant[1] if variant[1] in KINDS else "thing"


def _kinds(variants: Iterable[Variant]) -> list[EntityKind]:
    """The kinds that the names may be resolved as, persons left out."""
    found = {kind_of(variant[0], _kind(variant)) for variant in variants}
    return sorted(found - {"person"})


def _parts(variants: Collection[Variant]) -> list[tuple[Parts, EntityKind]]:
    return [
        (parts_of(name, kind), kind)
        for kind in _kinds(variants)
        for name, own in variants
        if own != "person"
    ]


def _joinable(one: Parts, two: Parts, kind: EntityKind | None) -> bool:
    if one.said and _block(one) == _block(two):
        return True
    if shortens(one, two, kind) or shortens(two, one, kind):
        return True
    # Only names that share a key are ever compared (`join_alike`), and comparing costs the most.
    if rendering_keys(one, kind).isdisjoint(rendering_keys(two, kind)):
        return False
    # A brand with hundreds of plants: what one look forbids is not compared piece by piece.
    return not forbidden(one, two) and compare(one, two, kind).score >= SAME


def _block(parts: Parts) -> str:
    """Names of the same words are held against each other (`nameplate.resolve.joins`)."""
    words = "|".join(" ".join(sorted(some)) for some in (parts.words, parts.numbers))
    return f"={words}|{parts.phase or ''}"


def _rarest(parts: Parts) -> set[str]:
    """The part of a name by which the longer ones that hold it are found: a brand, if it has one."""
    for words in (parts.brand & parts.words, parts.words, parts.places):
        if words and (parts.brand or parts.places):
            word = min(words, key=lambda w: (-len(w), w))
            return {word if word.isascii() or len(word) < 2 else word[:2]}
    return set()
