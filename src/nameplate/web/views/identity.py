"""The page on which a reviewer says what is one thing and what is two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from nameplate.find.spelling import spell
from nameplate.model import Entity, Entry
from nameplate.web.views.links import claim_address
from nameplate.web.views.words import Words


class Called(msgspec.Struct, frozen=True):
    """A name of the thing: ``ids`` are what judgements know it by, ``href`` the words of one report."""

    spelling: str
    ids: list[str]
    name: str
    forms: list[str]
    claims: int
    reports: int
    href: str


def _said(entry: Entry) -> tuple[str, str, str]:
    claim = entry.claim
    return claim.subject, claim.subject_kind or "", entry.document_key


class Other(msgspec.Struct, frozen=True):
    """A thing that it might be one with."""

    id: str
    name: str
    kind: str
    names: list[str]
    claims: int


class IdentityPage(msgspec.Struct, frozen=True):
    """All that the template prints."""

    id: str
    name: str
    kind: str
    called: list[Called]
    near: list[Other]
    found: list[Other]


NameId = Callable[[str, str, str], str]
"""Name, kind and document key to the id by which judgements speak of the name."""


def names_of(entries: Iterable[Entry], name_id: NameId) -> list[Called]:
    """The names under which the claims speak of their subject, the most used first."""
    by_spelling: dict[str, list[Entry]] = {}
    for entry in entries:
        subject = (entry.original or entry.claim).subject
        by_spelling.setdefault(spell(subject) or subject, []).append(entry)
    made = [_called(spelling, some, name_id) for spelling, some in by_spelling.items()]
    return sorted(made, key=lambda called: (-called.claims, called.spelling))


def _called(spelling: str, entries: Sequence[Entry], name_id: NameId) -> Called:
    first = entries[0]
    forms = list(dict.fromkeys(e.claim.subject for e in entries))
    return Called(
        spelling=spelling,
        ids=sorted({name_id(*_said(entry)) for entry in entries}),
        name=forms[0],
        forms=forms[1:6],
        claims=len(entries),
        reports=len({entry.document_key for entry in entries}),
        href=claim_address(first.document_key, first.key),
    )


def identity_page(
    entity: Entity,
    called: list[Called],
    others: tuple[Sequence[Entity], Sequence[Entity]],
    words: Words,
) -> IdentityPage:
    """The page; ``others`` are those of like names, and those that were asked for."""
    near, asked = ([_other(e, words) for e in some if e.id != entity.id] for some in others)
    shown = {other.id for other in asked}
    return IdentityPage(
        id=entity.id,
        name=entity.name,
        kind=words.name_of("entity", entity.kind),
        called=called,
        near=[other for other in near if other.id not in shown],
        found=asked,
    )


def _other(entity: Entity, words: Words) -> Other:
    names = [name for name, _ in entity.names if name != entity.name]
    kind = words.name_of("entity", entity.kind)
    return Other(entity.id, entity.name, kind, names[:4], len(entity.claims))
