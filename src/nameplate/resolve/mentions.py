"""Names as reports use them: who is called so, where, how often.

A *node* is a name that means one thing: everywhere, if it is a proper name; in one report only, if
it is a mere description ("new energy industrial park"), a person's name, or a name that this report
uses for a longer one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, get_args

from nameplate.find.spelling import spell
from nameplate.model import EntityKind, Entry, content_key
from nameplate.resolve.compare import is_proper
from nameplate.resolve.metonym import stand_ins
from nameplate.resolve.parts import Parts, parts_of
from nameplate.resolve.pieces import kind_of

KINDS: tuple[EntityKind, ...] = get_args(EntityKind)


class Node(NamedTuple):
    """A name that means one thing; ``document`` is empty if it does so everywhere."""

    person: bool
    spelling: str
    document: str

    @property
    def everywhere(self) -> Node:
        """The name as one that means the same thing in every report."""
        return self._replace(document="")

    @property
    def id(self) -> str:
        """The id by which judgements speak of it: it never changes."""
        return content_key("person" if self.person else "", self.spelling, self.document)


def ids_of(entry: Entry) -> tuple[str, str]:
    """The ids by which judgements may speak of the entry's subject: in its report, and everywhere."""
    claim = entry.claim
    return name_ids(claim.subject, claim.subject_kind == "person", entry.document_key)


@lru_cache(maxsize=100_000)
def name_ids(name: str, person: bool, document_key: str) -> tuple[str, str]:
    """The id of the name in its report, and that of the name everywhere."""
    node = Node(person, spell(name) or name, document_key)
    return node.id, node.everywhere.id


@dataclass(slots=True)
class Mention:
    """What one report, or all of them, say of one name."""

    forms: Counter[str] = field(default_factory=Counter)
    kinds: Counter[EntityKind] = field(default_factory=Counter)
    claims: list[str] = field(default_factory=list)
    bodies: set[str] = field(default_factory=set)
    published: str = "9999"

    def take(self, entry: Entry, meant: str | None = None) -> None:
        """Count one entry, under the name that its subject stands for if it does."""
        claim = entry.claim
        self.forms[meant or claim.subject] += 1
        if meant is None:
            self.kinds[claim.subject_kind or "thing"] += 1
        self.claims.append(entry.key)
        if claim.relation == "heads" and claim.object:
            self.bodies.add(spell(claim.object))
        self.published = min(self.published, entry.published or "9999")

    def merge(self, other: Mention) -> None:
        """Count all of another one."""
        self.forms += other.forms
        self.kinds += other.kinds
        self.claims += other.claims
        self.bodies |= other.bodies
        self.published = min(self.published, other.published)

    @property
    def kind(self) -> EntityKind:
        """What it is most often taken for; "thing" only if it is never taken for more."""
        rank = [(kind == "thing", -n, KINDS.index(kind)) for kind, n in self.kinds.items()]
        return KINDS[min(rank)[2]]

    @property
    def name(self) -> str:
        """The form most used, of several the longest."""
        return min(self.forms, key=lambda form: (-self.forms[form], -len(form), form))


class Names:
    """All names of a set of entries, by spelling and by report."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.local: dict[Node, Mention] = {}
        distinct = {e.key: e for e in entries}
        meant = stand_ins(distinct.values())
        for entry in distinct.values():
            node = node_of(entry, meant.get(entry.key))
            self.local.setdefault(node, Mention()).take(entry, meant.get(entry.key))
        self.overall: dict[tuple[bool, str], Mention] = {}
        for node in sorted(self.local):
            overall = self.overall.setdefault((node.person, node.spelling), Mention())
            overall.merge(self.local[node])
        self._kinds = {
            key: kind_of(mention.name, mention.kind) for key, mention in self.overall.items()
        }
        self._parts = {
            key: parts_of(mention.name, self._kinds[key]) for key, mention in self.overall.items()
        }

    def kind(self, node: Node) -> EntityKind:
        """What the name is most often taken for, in all reports."""
        return self._kinds[node.person, node.spelling]

    def parts(self, node: Node) -> Parts:
        """The name taken apart."""
        return self._parts[node.person, node.spelling]

    def is_proper(self, node: Node) -> bool:
        """Whether the name means the same thing in every report."""
        return not node.person and is_proper(self.parts(node), self.kind(node))

    def home(self, node: Node) -> Node:
        """The node that a report's name belongs to: one for all reports if it is proper."""
        return node.everywhere if self.is_proper(node) else node

    def by_document(self) -> dict[str, list[Node]]:
        """The names that each report uses, in the order of the alphabet."""
        found: dict[str, list[Node]] = {}
        for node in sorted(self.local):
            found.setdefault(node.document, []).append(node)
        return found


def node_of(entry: Entry, meant: str | None = None) -> Node:
    """The name of an entry's subject in its report, or of what it stands for there."""
    subject = entry.claim.subject if meant is None else meant
    spelling = spell(subject) or subject
    return Node(entry.claim.subject_kind == "person", spelling, entry.document_key)
