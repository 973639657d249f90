"""The register of technologies and products: who develops, makes, offers and wants each, and since when.

Every need and every offer names technologies; those that both languages or several spellings call
differently are one by the tables of fields. A topic that names no field we know stands by its own words.
Nothing is guessed: every line has the claims that say it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from nameplate.answer.meaning import meaning
from nameplate.answer.statements import How, Statement, topic_of
from nameplate.find.spelling import spell
from nameplate.lexicon.fields import FieldClass, fields, name_of, upwards
from nameplate.model import Entity, EntityKind, Entry, Record

ROLES: tuple[How, ...] = ("develops", "makes", "offers", "needs")
"""What a body may have to do with a technology, in the order in which it is told."""

_PROJECTS: frozenset[EntityKind] = frozenset({"project", "plant", "line", "park", "programme"})
_LONGEST = 120
"""A topic without a known field that is longer is a sentence, no name of a technology."""


class Part(Record, frozen=True, kw_only=True):
    """What one body has to do with a technology: its statements, by what it does."""

    role: How
    entity: Entity
    statements: tuple[Statement, ...]


class Technology(Record, frozen=True, kw_only=True):
    """A technology, product or field. ``names`` are how reports call it, the most used first.

    ``kind`` is its class in the table of fields, absent for one that is not there; ``within`` are the
    broader ones, the nearest first. ``first`` and ``last`` are days of reports, empty if none has a date.
    """

    key: str
    name: str
    name_zh: str
    kind: FieldClass | None
    names: tuple[tuple[str, int], ...]
    within: tuple[str, ...]
    parts: tuple[Part, ...]
    first: str
    last: str

    def by(self, role: How) -> tuple[Part, ...]:
        """The bodies that have this to do with it."""
        return tuple(part for part in self.parts if part.role == role)

    @property
    def entries(self) -> list[Entry]:
        """What reports say of it, the oldest first; reports without a date come before all others."""
        said = {e.key: e for part in self.parts for one in part.statements for e in one.entries}
        return sorted(said.values(), key=lambda e: (e.published or "", e.document_id, e.key))

    @property
    def ends(self) -> tuple[Entry, Entry]:
        """What the first and the last report say; of the dated ones, if there are any."""
        dated = [entry for entry in self.entries if entry.published] or self.entries
        return dated[0], dated[-1]

    @property
    def projects(self) -> tuple[Entity, ...]:
        """Projects, plants, lines and parks among the bodies."""
        found = {
            part.entity.id: part.entity for part in self.parts if part.entity.kind in _PROJECTS
        }
        return tuple(found[key] for key in sorted(found))

    @property
    def reports(self) -> int:
        """How many reports speak of it; copies of one count once."""
        return len({e.source for part in self.parts for s in part.statements for e in s.entries})


def technologies(known: Iterable[Statement]) -> list[Technology]:
    """The register, the newest news first."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in known:
        for key in _keys(statement):
            found[key].append(statement)
    made = [_technology(key, some) for key, some in found.items()]
    return sorted(made, key=lambda one: (one.last, len(one.parts), one.key), reverse=True)


def search(register: Sequence[Technology], words: str) -> list[Technology]:
    """Those that the words name in either language, those within them, and those that are spelled so."""
    wanted = {naming.field for naming in meaning(words).named}
    spelled = spell(words)
    return [
        one
        for one in register
        if wanted & {one.key, *one.within}
        or (spelled and any(spelled in spell(name) for name in _all_names(one)))
    ]


def _all_names(one: Technology) -> list[str]:
    return [one.name, one.name_zh, *(name for name, _ in one.names)]


def _keys(statement: Statement) -> list[str]:
    """The narrowest fields that a topic names, or its own words if it names none."""
    named = [n for n in meaning(statement.topic).named if n.share == 1.0]
    kept = [n.field for n in named if fields()[n.field].kind != "want" and not n.modifies]
    wider = {up for key in kept for up in upwards(key) if up != key}
    if named or len(statement.topic) > _LONGEST:
        return [key for key in kept if key not in wider]
    return [f"said {spell(statement.topic)}"]


def _technology(key: str, some: Sequence[Statement]) -> Technology:
    entry = fields().get(key)
    names = Counter(_called(key, topic_of(e.claim)) for one in some for e in one.entries)
    listed = sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))
    return Technology(
        key=key,
        name=name_of(key, False) if entry else listed[0][0],
        name_zh=name_of(key, True) if entry else listed[0][0],
        kind=entry.kind if entry else None,
        names=tuple(listed),
        within=tuple(up for up in upwards(key) if up != key) if entry else (),
        parts=_parts(some),
        first=min((one.first for one in some if one.first), default=""),
        last=max(one.last for one in some),
    )


def _called(key: str, topic: str) -> str:
    """By which words a topic names it: all of a short topic, else the words that name the field."""
    named = meaning(topic).named
    if len(named) <= 1:
        return topic.strip()
    return next((naming.words for naming in named if naming.field == key), topic.strip())


def _parts(some: Sequence[Statement]) -> tuple[Part, ...]:
    by_body: dict[tuple[How, str], list[Statement]] = defaultdict(list)
    for one in some:
        by_body[one.how, one.entity.id].append(one)
    made = [
        Part(role=role, entity=own[0].entity, statements=tuple(own))
        for (role, _), own in by_body.items()
    ]
    return tuple(
        sorted(
            made, key=lambda part: (ROLES.index(part.role), spell(part.entity.name), part.entity.id)
        )
    )
