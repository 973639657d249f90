"""From entries to entities: a pure function, whatever the order in which they come.

Precision first. In this order: what people judged the same; the same proper name in any report;
proper names that differ in harmless words, if there is but one to join; a shorter name of one
report with its longer one there, if there is but one; persons of one name who head one body. What
people judged different is never joined, nor are names under a veto (`nameplate.resolve.compare`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nameplate.model import Entity, Entry, Judgement
from nameplate.resolve.cluster import Groups
from nameplate.resolve.joins import join_alike, join_persons, join_shortened, shortened_names
from nameplate.resolve.judged import Pair, verdicts
from nameplate.resolve.mentions import Mention, Names, Node
from nameplate.resolve.pieces import kind_of

RULES = "6"
"""Raised whenever the same entries may give other entities than before."""


def resolve(entries: Iterable[Entry], judgements: Iterable[Judgement] = ()) -> list[Entity]:
    """The entities that the entries speak of, those of most claims first.

    Every entry belongs to one entity, the one that its subject names. An entity's id is that of one
    of its names; a judgement may speak of it by the id it has, or had.
    """
    names = Names(entries)
    shortened = shortened_names(names)
    nodes = _nodes(names, shortened)
    said = verdicts(judgements)
    ids = _ids(names, nodes)
    groups: Groups[Node] = Groups(_known(said.different, ids))
    for node in sorted(nodes):
        groups.add(node)
    for one, two in _known(said.same, ids):
        groups.join(one, two)
    join_alike(names, groups, nodes)
    join_shortened(names, groups, shortened)
    join_persons(groups, nodes)
    made = [_entity(group, nodes) for group in groups.all()]
    return sorted(made, key=lambda entity: (-len(entity.claims), entity.name, entity.id))


def _nodes(names: Names, shortened: dict[Node, Node]) -> dict[Node, Mention]:
    """Names that mean one thing, with what is said of it; proper names are taken together."""
    nodes: dict[Node, Mention] = {}
    for node, mention in names.local.items():
        home = node if node in shortened else names.home(node)
        nodes.setdefault(home, Mention()).merge(mention)
    return nodes


def _ids(names: Names, nodes: Iterable[Node]) -> dict[str, Node]:
    """Ids, also those that a name had while it meant one thing everywhere, or in one report."""
    held = set(nodes)
    ids: dict[str, Node] = {}
    several: set[str] = set()
    for node in sorted(names.local):
        everywhere = node.everywhere
        home = everywhere if everywhere in held and node not in held else node
        ids[node.id] = home
        if ids.setdefault(everywhere.id, home) != home:
            several.add(everywhere.id)
    kept = {key: node for key, node in ids.items() if key not in several}
    return kept | {node.id: node for node in held}


def _known(pairs: Iterable[Pair], ids: dict[str, Node]) -> list[tuple[Node, Node]]:
    return [(ids[a], ids[b]) for a, b in sorted(pairs) if a in ids and b in ids]


def _entity(group: Sequence[Node], nodes: dict[Node, Mention]) -> Entity:
    whole = Mention()
    for node in sorted(group):
        whole.merge(nodes[node])
    eldest = min(group, key=lambda n: (bool(n.document), nodes[n].published, n.id))
    forms = sorted(whole.forms.items(), key=lambda form: (-form[1], form[0]))
    return Entity(
        id=eldest.id,
        kind=kind_of(whole.name, whole.kind),
        name=whole.name,
        names=tuple(forms),
        claims=tuple(sorted(whole.claims)),
    )
