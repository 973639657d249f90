"""Which names are joined: each rule finds its pairs, `nameplate.resolve.cluster` joins them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from nameplate.model import EntityKind
from nameplate.resolve.cluster import Groups
from nameplate.resolve.compare import SAME, compare, shortens
from nameplate.resolve.keys import rendering_keys
from nameplate.resolve.mentions import Mention, Names, Node
from nameplate.resolve.parts import Parts

_CROWD = 200
"""More names of one kind in one report, or of the same words, are not compared pairwise."""


def shortened_names(names: Names) -> dict[Node, Node]:
    """Names that a report uses for a longer one it gives, each with that one."""
    found: dict[Node, Node] = {}
    for nodes in names.by_document().values():
        by_kind: dict[EntityKind, list[Node]] = {}
        for node in nodes:
            by_kind.setdefault(names.kind(node), []).append(node)
        for kind, alike in by_kind.items():
            if 1 < len(alike) <= _CROWD:
                found |= _shortened_of(names, kind, alike)
    return found


def _shortened_of(names: Names, kind: EntityKind, alike: Sequence[Node]) -> dict[Node, Node]:
    found: dict[Node, Node] = {}
    for short in alike:
        part = names.parts(short)
        longer = [n for n in alike if n != short and shortens(part, names.parts(n), kind)]
        longest = max(longer, key=lambda n: (names.parts(n).said, n), default=None)
        if longest is None:
            continue
        whole = names.parts(longest)
        if all(n == longest or shortens(names.parts(n), whole, kind) for n in longer):
            found[short] = longest
    return found


def join_alike(names: Names, groups: Groups[Node], nodes: Iterable[Node]) -> None:
    """Join names that differ in harmless words or in language: proper ones, descriptions in a report."""
    blocks: dict[tuple[object, ...], list[Node]] = {}
    for node in sorted(nodes):
        parts, kind = names.parts(node), names.kind(node)
        if node.person:
            continue
        found: set[object] = set(rendering_keys(parts, kind))
        if parts.said:
            found.add((parts.words, parts.numbers, parts.phase))
        for key in found:
            blocks.setdefault((node.document, kind, key), []).append(node)
    pairs = {
        pair
        for block in blocks.values()
        if 1 < len(block) <= _CROWD
        for pair in combinations(block, 2)
    }
    for one, two in _alike(names, pairs):
        groups.join(one, two)


def _alike(names: Names, pairs: Iterable[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
    """The pairs to join: not those of a name that has several to join that exclude each other."""
    partners: dict[Node, list[Node]] = {}
    joined = []
    for one, two in sorted(pairs):
        if compare(names.parts(one), names.parts(two), names.kind(one)).score >= SAME:
            partners.setdefault(one, []).append(two)
            partners.setdefault(two, []).append(one)
            joined.append((one, two))
    torn = {
        node for node, others in partners.items() if _exclusive(names, others, names.kind(node))
    }
    return [(one, two) for one, two in joined if not {one, two} & torn]


def _exclusive(names: Names, nodes: Sequence[Node], kind: EntityKind) -> bool:
    """Whether a veto stands between any two of the names."""
    return any(
        compare(names.parts(a), names.parts(b), kind).veto for a, b in combinations(nodes, 2)
    )


def join_shortened(names: Names, groups: Groups[Node], shortened: dict[Node, Node]) -> None:
    """Join what one report shortens, and the short name elsewhere if it can only be that one."""
    meant: dict[Node, list[Node]] = {}
    for short, long in sorted(shortened.items()):
        groups.join(short, long if long in shortened else names.home(long))
        meant.setdefault(short.everywhere, []).append(short)
    crowd = _Crowd(names, groups)
    sure = [
        (node, shorts[0])
        for node, shorts in sorted(meant.items())
        if node in groups and crowd.meant_by(node) <= {groups.root(short) for short in shorts}
    ]
    for node, short in sure:
        if len({groups.root(other) for other in meant[node]} - {groups.root(node)}) == 1:
            groups.join(node, short)


class _Crowd:
    """Proper names by their words, to see which of them a shorter name may stand for."""

    def __init__(self, names: Names, groups: Groups[Node]) -> None:
        self._names = names
        self._groups = groups
        self._by_gram: dict[str, list[Node]] = {}
        for group in groups.all():
            for node in group:
                for gram in set() if node.person else set(word_grams(names.parts(node))):
                    self._by_gram.setdefault(gram, []).append(node)

    def meant_by(self, short: Node) -> set[Node]:
        """The groups of all names, in any report, that the short one may stand for."""
        part, kind = self._names.parts(short), self._names.kind(short)
        grams = list(word_grams(part))
        near = min((self._by_gram.get(gram, []) for gram in grams), key=len, default=[])
        return {
            self._groups.root(node)
            for node in near
            if self._names.kind(node) == kind and shortens(part, self._names.parts(node), kind)
        }


def word_grams(parts: Parts) -> Iterator[str]:
    """What a longer name must hold as well: whole words, or pairs of Chinese characters."""
    for word in parts.words | parts.places:
        if word.isascii() or len(word) < 2:
            yield word
        else:
            yield from (word[i : i + 2] for i in range(len(word) - 1))


def join_persons(groups: Groups[Node], nodes: dict[Node, Mention]) -> None:
    """Join persons of one name who head one body."""
    first: dict[tuple[str, str], Node] = {}
    for node in sorted(node for node in nodes if node.person):
        for body in sorted(nodes[node].bodies):
            groups.join(first.setdefault((node.spelling, body), node), node)
