"""What belongs to a park, a place or an event, as reports say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nameplate.answer.shelf import Shelf
from nameplate.find.segment import blocks, sentences
from nameplate.find.spelling import spell
from nameplate.model import Entity, Entry

_WITHIN = frozenset({"located_in", "part_of"})
PROMISED = ("investment", "contract_value")
"""Measures of money that a signing promises, the better one first."""

NO_TEXTS: Mapping[str, str] = {}

_LEAST = 4
"""A shorter spelling of an event is not looked for in the words of a signing."""


class Register:
    """Entities by the names that reports use for them."""

    def __init__(self, entities: Iterable[Entity], shelf: Shelf) -> None:
        self.entities = list(entities)
        self.shelf = shelf
        self._by_name: dict[str, list[Entity]] = {}
        self._by_claim = {key: entity for entity in self.entities for key in entity.claims}
        for entity in self.entities:
            for name in {spell(n) for n in (entity.name, *(n for n, _ in entity.names))}:
                self._by_name.setdefault(name, []).append(entity)

    def called(self, name: str | None) -> Entity | None:
        """The entity of this name, if there is only one."""
        found = self._by_name.get(spell(name or ""), [])
        return found[0] if len(found) == 1 else None

    def speaking(self, entry: Entry) -> Entity | None:
        """The entity that the claim is about."""
        return self._by_claim.get(entry.key)

    def within(self, whole: Entity) -> list[tuple[Entity, Entry]]:
        """What is said to lie in it, to be part of it or to be hosted by it, with the claim."""
        found: dict[str, tuple[Entity, Entry]] = {}
        for entry in self.shelf.about(whole):
            part = self.speaking(entry)
            if entry.claim.relation in _WITHIN and part is not None:
                found.setdefault(part.id, (part, entry))
        for entry in self.shelf.of(whole):
            part = self.called(entry.claim.object) if entry.claim.relation == "hosts" else None
            if part is not None:
                found.setdefault(part.id, (part, entry))
        return [pair for key, pair in sorted(found.items()) if key != whole.id]

    def signed_at(
        self, event: Entity, texts: Mapping[str, str] = NO_TEXTS
    ) -> list[tuple[Entity, Entry]]:
        """What was signed there, with the claim that says so.

        What it is said to host, or what is said to be part of it; what was signed, or promised
        money, in a sentence that speaks of the signing and names the event. ``texts`` are those of
        reports, by document key; of a report that is not there the quotes alone are looked at.
        """
        found = {part.id: (part, entry) for part, entry in self.within(event)}
        names = {spell(n) for n in (event.name, *(n for n, _ in event.names))}
        names = {name for name in names if len(name) >= _LEAST}
        for report in self.shelf.by_document().values():
            signings = [e for e in report if e.claim.stage == "signed"]
            for start, end in _naming(signings, names, texts) if signings else ():
                inside = [e for e in report if start <= e.claim.start and e.claim.end <= end]
                for entry in inside:
                    thing = self.speaking(entry)
                    if thing is not None and thing.id != event.id and _was_signed(thing, entry):
                        found.setdefault(thing.id, (thing, entry))
        return [pair for _, pair in sorted(found.items())]


def _naming(
    signings: Iterable[Entry], names: set[str], texts: Mapping[str, str]
) -> Iterator[tuple[int, int]]:
    """Stretches of one report, a sentence each, in which something is signed at the event."""
    for entry in signings:
        claim = entry.claim
        text = texts.get(entry.document_key)
        start, end = (claim.start, claim.end) if text is None else _sentence(text, claim.start)
        words = spell(claim.quote if text is None else text[start:end])
        if any(name in words for name in names):
            yield start, max(end, claim.end)


def _sentence(text: str, at: int) -> tuple[int, int]:
    for first, last in blocks(text):
        if first <= at < last:
            for start, end in sentences(text, first, last):
                if start <= at < end:
                    return start, end
    return at, at


def _was_signed(thing: Entity, entry: Entry) -> bool:
    """Whether the claim makes the thing what was signed; parks and firms sign for others as well."""
    if thing.kind in ("project", "plant", "line"):
        return entry.claim.stage == "signed" or entry.claim.measure in PROMISED
    return thing.kind in ("park", "programme") and entry.claim.measure in PROMISED
