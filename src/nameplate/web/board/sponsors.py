"""Who invests in, builds, owns or operates a thing, as the reports that speak of it say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from nameplate.find.spelling import spell
from nameplate.ledger import Ledger
from nameplate.model import Entity, Entry
from nameplate.resolve.facts import sponsored

_SHORTEST = 3
_MOST = 6
"""More are no sponsors of one thing but those of many of its name."""


def _is_named(sponsor: str) -> bool:
    """Whether it is a name, not "the company" or 公司."""
    if sponsor.isascii():
        return not sponsor.removeprefix("The ").islower()
    return len(sponsor) >= _SHORTEST


class Sponsors:
    """Relations told of things by their names, with what the sponsors are called."""

    def __init__(self, told: Iterable[Entry], named: Mapping[str, str]) -> None:
        self._told: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for entry in told:
            for thing, sponsor in sponsored(entry.claim):
                name = named.get(entry.key, sponsor)
                if _is_named(name):
                    self._told[spell(thing)].append((entry.document_key, name))

    def of(self, entity: Entity, own: Iterable[Entry]) -> tuple[str, ...]:
        """Sponsors of a thing with these claims; a report that speaks of it must say so itself."""
        if not self._told:
            return ()
        documents = {entry.document_key for entry in own}
        names = dict.fromkeys(spell(n) for n in (entity.name, *(n for n, _ in entity.names)))
        found = dict.fromkeys(
            sponsor
            for name in names
            for document, sponsor in self._told.get(name, ())
            if document in documents
        )
        return tuple(found) if len(found) <= _MOST else ()


def sponsors_among(ledger: Ledger, things: Sequence[Entity]) -> Sponsors:
    """What the ledger says now of the sponsors of these things."""
    names = {name for thing in things for name in (thing.name, *(n for n, _ in thing.names))}
    told = [e for e in ledger.pages.about(names) if any(sponsored(e.claim))]
    homes = ledger.pages.entity_of(entry.key for entry in told)
    called = {one.id: one.name for one in ledger.pages.entities(set(homes.values()))}
    return Sponsors(told, {key: called[id] for key, id in homes.items() if id in called})


def sponsors_then(known: Iterable[Entity], entries: Iterable[Entry]) -> Sponsors:
    """What was said of them on a day of which these are all things and claims."""
    told = [e for e in entries if any(sponsored(e.claim))]
    wanted = {entry.key for entry in told}
    named = {key: one.name for one in known for key in one.claims if key in wanted}
    return Sponsors(told, named)
