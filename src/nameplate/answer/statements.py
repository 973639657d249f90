"""What is needed and what is offered, by whom: the two sides of every match.

A need is a claim of kind ``need``. An offer is a ``capability``, a thing that a body ``develops``, or a
product that it makes, as its capacity or output says. The same topic of the same body said in several
reports is one statement with several claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from nameplate.answer.meaning import meaning
from nameplate.answer.moments import in_order, said
from nameplate.find.spelling import spell
from nameplate.lexicon.fields import fields
from nameplate.model import Claim, Entity, EntityKind, Entry, Record, content_key

Side = Literal["need", "offer"]
How = Literal["needs", "offers", "develops", "makes"]

MADE_BY = ("capacity", "output", "sales", "exports")
"""Measures whose item is what the subject makes."""

MAKERS: frozenset[EntityKind] = frozenset({"project", "plant", "line", "company"})
"""What makes things; of a place or a park the figures only say what lies there."""


class Statement(Record, frozen=True, kw_only=True):
    """A topic that a body needs or offers, with every claim that says so, the oldest first."""

    key: str
    side: Side
    how: How
    entity: Entity
    topic: str
    entries: tuple[Entry, ...]

    @property
    def first(self) -> str:
        """The day of the first report that says so; empty if none has a date."""
        return min(self._days, default="")

    @property
    def last(self) -> str:
        """The day of the last one."""
        return max(self._days, default="")

    @property
    def _days(self) -> list[str]:
        return [said(entry).isoformat() for entry in self.entries if entry.published]


def statements(entities: Iterable[Entity], entries: Iterable[Entry]) -> list[Statement]:
    """All needs and offers among the entries, by the name of the body and the topic."""
    whose = {key: entity for entity in entities for key in entity.claims}
    found: dict[tuple[str, Side, str], list[tuple[Entry, How]]] = {}
    for entry in entries:
        if entry.key not in whose:
            continue
        for side, how, topic in _said(entry.claim, whose[entry.key]):
            found.setdefault((whose[entry.key].id, side, spell(topic)), []).append((entry, how))
    made = [
        _statement(whose[pairs[0][0].key], side, pairs)
        for (_, side, spelled), pairs in found.items()
        if spelled
    ]
    return sorted(made, key=lambda one: (spell(one.entity.name), one.entity.id, one.side, one.key))


def _statement(entity: Entity, side: Side, pairs: list[tuple[Entry, How]]) -> Statement:
    ordered = sorted(pairs, key=lambda pair: in_order(pair[0]))
    entry, how = ordered[0]
    topic = topic_of(entry.claim)
    return Statement(
        key=content_key(entity.id, side, spell(topic)),
        side=side,
        how=how,
        entity=entity,
        topic=topic,
        entries=tuple(entry for entry, _ in ordered),
    )


def topic_of(claim: Claim) -> str:
    """What a claim needs, offers, develops or makes, in its own words."""
    return claim.topic or claim.object or claim.item or ""


def _said(claim: Claim, entity: Entity) -> Iterator[tuple[Side, How, str]]:
    topic = topic_of(claim)
    if claim.kind == "need":
        yield "need", "needs", topic
    elif claim.kind == "capability":
        yield "offer", "offers", topic
    elif claim.relation == "develops":
        yield "offer", "develops", topic
    elif claim.measure in MADE_BY and entity.kind in MAKERS and _is_product(claim.item):
        yield "offer", "makes", topic


def _is_product(item: str | None) -> bool:
    """Whether the things counted are a product: "units" and "countries" are none."""
    kinds = {fields()[naming.field].kind for naming in meaning(item or "").named}
    return bool(kinds & {"product", "term", "technology"})
