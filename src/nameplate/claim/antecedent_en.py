"""What a generic English name stands for: "the project", "this plant", "the company".

The paragraph that it stands in comes first: a thing called by the same word, else the last one of the kind.
What an earlier paragraph named counts only while no other firm's story has begun.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from nameplate.lexicon.names_find import english
from nameplate.model import EntityKind, Name

if TYPE_CHECKING:
    from nameplate.claim.context import Context

WORKS: frozenset[EntityKind] = frozenset({"project", "plant", "line", "park"})
"""Kinds of works, one of which may be called by the word for another."""
STANDS_FOR: dict[str, frozenset[EntityKind]] = {
    "project": WORKS,
    "plant": frozenset({"plant", "project", "line"}),
    "line": frozenset({"line", "plant"}),
    "park": frozenset({"park"}),
}
"""What a generic name of works may stand for that its own paragraph named by another word."""
FAR_BACK = 14
"""How many names back an antecedent is looked for."""


def meant(context: Context, name: Name, at: int) -> Name:
    """The name that the generic one stands for, or itself; ``at`` is its place among the names."""
    near = _of_paragraph(context, name, at)
    if near is not None:
        return near if _may_be(name, near) else name
    far = _called_alike(context, name, at) or _last_of_kind(context, name, at)
    if far is name and name.kind == "company":
        return _called_factory(context, at) or name
    apart = _says_where(context, name) or _of_another_story(context, name, far, at)
    return far if _may_be(name, far) and not apart else name


def _may_be(name: Name, other: Name) -> bool:
    """Whether a description tells nothing that the other lacks: "the housing project" is no industrial zone."""
    if name.kind not in WORKS or other is name:
        return True
    words = name.text.casefold().split()
    if words[0] not in ("the", "this", "that"):
        return True
    own = {w for w in words[1:-1] if w not in english().empty}
    if not own:
        return True
    said = set(other.text.casefold().replace("-", " ").split())
    return words[-1] in said or any(part in said for w in own for part in (w, *w.split("-")))


def _called_factory(context: Context, at: int) -> Name | None:
    """The firm that a report about one calls a factory: "Halden Blade Factory is … The company's staff"."""
    first = context.names[0] if at else None
    if first is None or first.kind != "plant" or first.generic:
        return None
    head = first.text.rpartition(" ")[2]
    return first if head[:1].isupper() and first.text[:1].isupper() else None


_SAME_ONLY: dict[str, frozenset[EntityKind]] = {
    "company": frozenset({"company"}),
    "institute": frozenset({"institute"}),
}


def _last_of_kind(context: Context, name: Name, at: int) -> Name:
    """The last thing named of the kind that a generic name says, or of a kindred one."""
    if name.refers is not None:
        return context.referent(context.names[name.refers])
    kinds = STANDS_FOR.get(name.kind) or _SAME_ONLY.get(name.kind, frozenset())
    vague = name
    for other in reversed(context.names[max(0, at - FAR_BACK) : at]):
        if other.kind not in kinds:
            continue
        if other.kind != name.kind and _of_pair(context, other):
            continue
        if not other.generic:
            return _not_only_where(context, other, at)
        if other.text.casefold() != name.text.casefold():
            vague = context.referent(other)
    return vague


def _paragraph(context: Context, offset: int) -> int:
    """Where the paragraph of an offset starts."""
    if not context.sentences:
        return 0
    at = max(0, bisect_right(context.starts, offset) - 1)
    block = context.sentences[at].block
    return context.starts[bisect_left(context.sentences, block, key=lambda s: s.block)]


def _of_paragraph(context: Context, name: Name, at: int) -> Name | None:
    """The thing of its own paragraph that a generic name stands for."""
    start = _paragraph(context, name.start)
    first = bisect_left(context.names, start, key=lambda n: n.start)
    if first >= at:
        return None
    same = _called_alike(context, name, at, first)
    if same is not None:
        return same
    if (
        name.refers is not None
        and name.refers >= first
        and context.names[name.refers].kind == name.kind
        and not _only_told(context, context.names[name.refers])
    ):
        return context.referent(context.names[name.refers])
    if _says_where(context, name):
        return None
    for other in reversed(context.names[max(first, at - FAR_BACK) : at]):
        if other.generic or other.kind not in STANDS_FOR.get(name.kind, frozenset()):
            continue
        if _only_told(context, other):
            continue
        if other.kind == name.kind or not _of_pair(context, other):
            return _not_only_where(context, other, at)
    return None


def _called_alike(context: Context, name: Name, at: int, first: int = 0) -> Name | None:
    """The last thing called by the very word: "the factory" is a factory, whatever came between."""
    if name.kind not in WORKS:
        return None
    head = name.text.rpartition(" ")[2].casefold()
    for other in reversed(context.names[max(first, at - FAR_BACK) : at]):
        if not other.generic and other.kind in WORKS:
            words = other.text.casefold().split()
            if head in words and not _only_told(context, other):
                return _not_only_where(context, other, at)
    return None


_WHAT_IT_IS = re.compile(
    r"\b(?:is|was|as|be|becomes?|became) (?:one of )?(?:the|a|an) (?:[\w+'’-]+ ){0,4}$"
)


def _only_told(context: Context, name: Name) -> bool:
    """Whether a name is only what another thing is called: "described as the world's first 100 GWh base"."""
    at = max(0, name.start - 60)
    return _WHAT_IT_IS.search(context.small, at, name.start) is not None


def _not_only_where(context: Context, name: Name, at: int) -> Name:
    """The thing that a name only says where it stands: the mill of "a new mill at its Pueblo facility"."""
    lead = context.small[max(0, name.start - 14) : name.start]
    if _AT_ITS.search(lead) is None:
        return name
    for other in reversed(context.names[max(0, at - FAR_BACK) : at]):
        if other.end < name.start and other.kind in WORKS and not other.generic:
            near = name.start - other.end < 60 and "." not in context.plain[other.end : name.start]
            return other if near else name
    return name


def _of_pair(context: Context, name: Name) -> bool:
    """Whether works are told of together with others: "the X mill and the planned mill in Y"."""
    lead = context.small[max(0, name.start - 30) : name.start]
    tail = context.small[name.end : name.end + 30]
    if " and " not in lead and " and " not in tail:
        return False
    i = bisect_left(context.names, name.start, key=lambda n: n.start)
    beside = [n for n in context.names[max(0, i - 1) : i + 2] if n is not name and n.kind in WORKS]
    return any(_JOINS.fullmatch(context.small, *_gap(n, name)) for n in beside)


_JOINS = re.compile(r",? and (?:(?:the|a|an|its|their) )?(?:[\w-]+ )?")


def _gap(a: Name, b: Name) -> tuple[int, int]:
    """The stretch between two names."""
    return (a.end, b.start) if a.start < b.start else (b.end, a.start)


def _says_where(context: Context, name: Name) -> bool:
    """Whether somebody's works only say where another thing is: "a new line at its plant"."""
    if not name.text.casefold().startswith(("its ", "their ")):
        return False
    return context.small.endswith(" at ", 0, name.start)


def _of_another_story(context: Context, name: Name, far: Name, at: int) -> bool:
    """Whether a paragraph on another firm parts a generic name from what was named before."""
    start = _paragraph(context, name.start)
    if far is name or far.start >= start or name.kind not in WORKS:
        return False
    first = bisect_left(context.names, start, key=lambda n: n.start)
    mine = context.names[max(first, at - 4 * FAR_BACK) : at]
    own = [
        n.text
        for n in mine
        if n.kind == "company" and not n.generic and not _TELLS.match(context.small, n.end)
    ]
    if not own:
        return False
    before = max(_paragraph(context, far.start), far.start - 2000)
    return not any(context.small.find(text.casefold(), before, start) >= 0 for text in own)


_TELLS = re.compile(r"(?:, [^,;.]{2,90},)? (?:said|says|told|noted|added|reported|estimates?d?)\b")
"""Behind a firm that only tells of another one's works."""
_AT_ITS = re.compile(r"\bat (?:its|their|the|an?)(?: new)? $")
