"""Groups that grow by union, unless something in them forbids it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Groups(Generic[Node]):
    """A partition of nodes under vetoes: two nodes that are told apart never share a group."""

    def __init__(self, apart: Iterable[tuple[Node, Node]] = ()) -> None:
        self._parent: dict[Node, Node] = {}
        self._members: dict[Node, list[Node]] = {}
        self._apart: dict[Node, set[Node]] = {}
        for one, two in apart:
            self._apart.setdefault(one, set()).add(two)
            self._apart.setdefault(two, set()).add(one)

    def add(self, node: Node) -> None:
        """A group of its own, if the node is not in one."""
        if node not in self._parent:
            self._parent[node] = node
            self._members[node] = [node]

    def __contains__(self, node: Node) -> bool:
        return node in self._parent

    def root(self, node: Node) -> Node:
        """The node that stands for the group."""
        while self._parent[node] != node:
            self._parent[node] = node = self._parent[self._parent[node]]
        return node

    def members(self, node: Node) -> list[Node]:
        """All nodes of the group that ``node`` is in."""
        return self._members[self.root(node)]

    def may_join(self, one: Node, two: Node) -> bool:
        """Whether no member of the one group was told apart from one of the other."""
        a, b = self.root(one), self.root(two)
        told = (other for node in self._members[a] for other in self._apart.get(node, ()))
        return not any(other in self._parent and self.root(other) == b for other in told)

    def join(self, one: Node, two: Node) -> bool:
        """Make the two groups one, if they may be; whether they are one now."""
        a, b = self.root(one), self.root(two)
        if a == b:
            return True
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        if not self.may_join(b, a):
            return False
        self._parent[b] = a
        self._members[a] += self._members.pop(b)
        return True

    def all(self) -> list[list[Node]]:
        """Every group with its members."""
        return list(self._members.values())
