"""Finding an entity by a name somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from nameplate.errors import UsageError
from nameplate.find.spelling import spell
from nameplate.model import Entity

_LEAST = 0.5
_SURE = 0.9
_LEAD = 0.05
_LISTED = 6


def find_entities(entities: Iterable[Entity], query: str) -> list[tuple[Entity, float]]:
    """Entities whose names are like the query, the best first, each with a score up to 1.

    1: a name in another spelling, or the id; above 0.7: a name that holds all words of the query;
    below: one that is spelled nearly so.
    """
    wanted = spell(query)
    if not wanted:
        return []
    scored = [(entity, _score(entity, query.strip(), wanted)) for entity in entities]
    found = [(entity, round(score, 3)) for entity, score in scored if score >= _LEAST]
    return sorted(
        found, key=lambda pair: (-pair[1], -len(pair[0].claims), pair[0].name, pair[0].id)
    )


def find_entity(entities: Iterable[Entity], query: str) -> Entity:
    """The one entity that the query can mean; raises `UsageError` with candidates if unclear."""
    found = find_entities(entities, query)
    if not found:
        raise UsageError(
            f"nothing is called {query!r}", remedy="`nameplate projects` lists what there is."
        )
    best, score = found[0]
    others = [entity for entity, other in found[1:] if other > score - _LEAD]
    if len(found) == 1 or (not others and score >= _SURE):
        return best
    listed = "; ".join(f"{e.name} ({e.kind}, {e.id[:8]})" for e, _ in found[:_LISTED])
    raise UsageError(f"{query!r} may mean: {listed}", remedy="Give more of the name, or the id.")


def _score(entity: Entity, query: str, wanted: str) -> float:
    if len(query) >= 6 and entity.id.startswith(query):
        return 1.0
    names = {name for name, _ in entity.names} | {entity.name}
    return max(_likeness(spell(name), wanted) for name in names)


@lru_cache(maxsize=65536)
def _likeness(name: str, wanted: str) -> float:
    if name == wanted:
        return 1.0
    if all(word in name for word in wanted.split()):
        whole = set(wanted.split()) <= set(name.split()) or not wanted.isascii()
        return (0.75 if whole else 0.7) + 0.2 * len(wanted) / max(len(name), 1)
    if len(wanted) < 4:
        return 0.0
    return 0.7 * fuzz.token_sort_ratio(wanted, name, score_cutoff=75) / 100
