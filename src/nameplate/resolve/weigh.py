"""Things that their facts show to be one: decided by the matcher, as judgements that can be undone.

`resolve` joins by names alone. Here names that say little ("the 15-million-tyre project") are weighed
together with what is known of the things: sum, capacity, place, sponsor, product, dates. Each
decision is a judgement by ``nameplate`` with all its features as the reason; what a person judged, or
took back, is never decided again. A pure function, near linear: only things that share a sum, a
capacity, a credit code or the sound of a name are held against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from nameplate.find.spelling import spell
from nameplate.model import Entity, EntityKind, Entry, Judgement
from nameplate.resolve.compare import SAME, Comparison, compare
from nameplate.resolve.evidence import attempts_apart
from nameplate.resolve.facts import NOTHING, Facts, facts_of, sponsored
from nameplate.resolve.feature import Feature
from nameplate.resolve.judged import Pair, pair
from nameplate.resolve.keys import rendering_keys
from nameplate.resolve.parts import Parts, parts_of
from nameplate.resolve.pieces import Pieces, pieces_of

AUTHOR = "nameplate"
_MADE: frozenset[EntityKind] = frozenset({"project", "plant", "line", "park"})
_UNSURE = 0.7
_CROWD = 30
"""More things of one sum or capacity are not held against each other: it is a common one."""
_LEAST_CAPACITY = 3_000
"""A smaller number in a name may be a year or a model."""
_FORMS = 6


class Known(NamedTuple):
    """An entity with the parts of its names, most used first, and its facts."""

    entity: Entity
    names: tuple[Parts, ...]
    facts: Facts


def weigh(
    entities: Sequence[Entity], entries: Iterable[Entry], judged: Iterable[Judgement] = ()
) -> list[Judgement]:
    """What the matcher decides: ``same`` or ``unsure``, of pairs that nobody has judged yet.

    What it was unsure of itself it may find to be the same once more is known.
    """
    return decide(know(entities, entries), judged)


def decide(known: Sequence[Known], judged: Iterable[Judgement]) -> list[Judgement]:
    """As `weigh`, of things with their facts."""
    said = _judged(list(judged))
    found = {
        pair(one.entity.id, two.entity.id): (one, two, of_things(one, two))
        for one, two in near(known)
    }
    scored = {p: v for p, v in found.items() if v[2].score >= _UNSURE}
    torn = _torn({p for p in scored.keys() - said.apart if scored[p][2].score >= SAME}, found)
    decided = [
        Judgement(
            verb="same" if comparison.score >= SAME and not set(names) & torn else "unsure",
            left=names[0],
            right=names[1],
            author=AUTHOR,
            reason="; ".join(f"{f.name} {f.score:g}: {f.reason}" for f in comparison.features),
        )
        for names, (_, _, comparison) in sorted(scored.items())
        if names not in said.closed
    ]
    return [
        j for j in decided if j.verb == "same" or pair(j.left, j.right or "") not in said.doubted
    ]


class _Said(NamedTuple):
    """What is settled of pairs already."""

    closed: set[Pair]
    doubted: set[Pair]
    """The matcher was unsure, and nobody said more."""

    apart: set[Pair]
    """Judged different: no rivals of anything."""


def _judged(judged: Sequence[Judgement]) -> _Said:
    undoings = [j for j in judged if j.verb == "undo"]
    undone = {j.left for j in undoings}
    # What the matcher took back itself, for a rival, it may decide again.
    reopened = {j.left for j in undoings if j.author == AUTHOR and j.key not in undone}
    said = _Said(set(), set(), set())
    for j in judged:
        if j.right is None or (j.verb == "same" and reopened and j.key in reopened):
            continue
        unsure = j.author == AUTHOR and j.verb == "unsure" and j.key not in undone
        (said.doubted if unsure else said.closed).add(pair(j.left, j.right))
        if j.verb == "different" and j.key not in undone:
            said.apart.add(pair(j.left, j.right))
    said.doubted.difference_update(said.closed)
    return said


def know(entities: Sequence[Entity], entries: Iterable[Entry]) -> list[Known]:
    """The facts of every project, plant, line and park, and of what has a credit code.

    From their claims and from their names.
    """
    home = {key: e.id for e in entities for key in e.claims}
    facts: dict[str, Facts] = {}
    backers: dict[str, set[str]] = {}
    for entry in entries:
        owner = home.get(entry.key)
        if owner is not None:
            new = facts_of(entry)
            facts[owner] = new if owner not in facts else facts[owner].merged(new)
        for thing, sponsor in sponsored(entry.claim):
            backers.setdefault(spell(thing), set()).add(sponsor)
    return [
        _known(e, known, backers)
        for e in entities
        for known in (facts.get(e.id, NOTHING),)
        if e.kind in _MADE or known.codes
    ]


def _known(entity: Entity, facts: Facts, backers: dict[str, set[str]]) -> Known:
    names = tuple(parts_of(name, entity.kind) for name, _ in entity.names[:_FORMS])
    sponsors = {s for parts in names for s in backers.get(parts.spelling, ())}
    for parts in names:
        facts = facts.merged(_said_by(pieces_of(parts.name, entity.kind)))
    return Known(entity, names, facts.merged(Facts(sponsors=frozenset(sponsors))))


def _said_by(name: Pieces) -> Facts:
    """What a name says itself: what is made, how many of it, where."""
    numbers = {n for n in name.numbers if n.isdigit() and int(n) >= _LEAST_CAPACITY}
    places = [p.ids for p in name.pieces if p.kind == "place"]
    return Facts(
        places=places[0] if len(places) == 1 else frozenset(),
        products=frozenset(i for p in name.pieces if p.kind == "field" for i in p.ids),
        capacities=frozenset((n, "year") for n in numbers),
    )


def near(known: Sequence[Known]) -> list[tuple[Known, Known]]:
    """Things of one kind that share a sum, a capacity, a code or the sound of a name."""
    blocks: dict[tuple[EntityKind, object], list[Known]] = {}
    for one in known:
        keys: set[object] = {*one.facts.investments, *one.facts.capacities, *one.facts.codes}
        keys |= {key for parts in one.names for key in rendering_keys(parts, one.entity.kind)}
        for key in keys:
            blocks.setdefault((one.entity.kind, key), []).append(one)
    pairs = {
        (a.entity.id, b.entity.id): (a, b)
        for block in blocks.values()
        if len(block) <= _CROWD
        for a, b in combinations(sorted(block, key=lambda k: k.entity.id), 2)
    }
    return [pairs[names] for names in sorted(pairs)]


def likeness(one: Entity, two: Entity, entries: Iterable[Entry]) -> Comparison:
    """All that speaks for and against two things being one, as `weigh` would see it."""
    known = {k.entity.id: k for k in know([one, two], entries)}
    a, b = (
        known.get(e.id)
        or Known(e, tuple(parts_of(name, e.kind) for name, _ in e.names[:_FORMS]), NOTHING)
        for e in (one, two)
    )
    return of_things(a, b)


def of_things(one: Known, two: Known) -> Comparison:
    """All that speaks for and against two things, their names and their facts."""
    kind = one.entity.kind
    best: Comparison | None = None
    for a in one.names:
        for b in two.names:
            found = compare(a, b, kind)
            if found.veto:
                return found
            if best is None or found.score > best.score:
                best = found
    names = best.features if best else ()
    vetoes = [*_other_brand(one, two), *_other_attempt(one, two)]
    described = _described(one, two) if not names else []
    known = compare(one.names[0], one.names[0], kind, (one.facts, two.facts)).features[1:]
    kept = [f for f in known if not (described and f.name == "product")]
    return Comparison((*vetoes, *names, *described, *kept))


def _own(known: Known) -> set[str]:
    return {
        p.text
        for parts in known.names
        for p in pieces_of(parts.name, known.entity.kind).pieces
        if p.kind in ("own", "name") and len(p.text) > 1
    }


def _other_brand(one: Known, two: Known) -> list[Feature]:
    """Both have names of their own in one script, and none in common."""
    for ascii_only in (True, False):
        a, b = ({t for t in _own(k) if t.isascii() == ascii_only} for k in (one, two))
        if a and b and not any(x in y or y in x for x in a for y in b):
            return [Feature("other_name", 0.0, f"{min(a)} is not {min(b)}")]
    return []


def _other_attempt(one: Known, two: Known) -> list[Feature]:
    if attempts_apart(one.facts, two.facts) and not one.facts.sponsors & two.facts.sponsors:
        years = f"{max(one.facts.years)} and {max(two.facts.years)}"
        return [Feature("first_attempt", 0.0, f"years apart, by nobody in common: {years}")]
    return []


def _described(one: Known, two: Known) -> list[Feature]:
    """Names of one kind of thing for one product, as "the tyre project" and 轮胎项目."""
    both = one.facts.products & two.facts.products
    if not both:
        return []
    return [Feature("description", 0.4, f"both are a {one.entity.kind} for {min(both)}")]


def _torn(
    same: set[tuple[str, str]], found: dict[tuple[str, str], tuple[Known, Known, Comparison]]
) -> set[str]:
    """Things with several partners that exclude each other."""
    partners: dict[str, set[str]] = {}
    for a, b in same:
        partners.setdefault(a, set()).add(b)
        partners.setdefault(b, set()).add(a)
    return {
        name
        for name, others in partners.items()
        for a, b in combinations(sorted(others), 2)
        if (pair(a, b) in found and found[pair(a, b)][2].veto)
    }
