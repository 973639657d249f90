"""What "the project", "this base" and 该公司 stand for: the last name before them that fits."""

from __future__ import annotations

from collections.abc import Sequence

from nameplate.find.names.found import Found
from nameplate.lexicon.names_find import english
from nameplate.model import Name

_FITS: dict[str, tuple[str, ...]] = {
    "project": ("project", "line", "plant", "park"),
    "plant": ("plant", "project", "line"),
    "line": ("line",),
    "park": ("park",),
    "company": ("company",),
    "institute": ("institute",),
    "body": ("body",),
    "place": ("place",),
    "event": ("event",),
    "programme": ("programme",),
}
"""Kinds that a generic name of each kind may stand for, best first."""


_OWN_WORD = frozenset({"产业园", "工业园", "科技园"})
"""Heads too special for another kind of park: their antecedent holds the same word."""

FAR = 1500
"""Characters after which a name is no antecedent of a thing of another kind."""

_PREDICATES = ("是", "为", "成", "作", " be ", " is ", " become ", " into ")


def names(text: str, found: Sequence[Found]) -> list[Name]:
    """Records of the found names, each generic one pointing at its antecedent if there is one."""
    made: list[Name] = []
    last: dict[str, int] = {}
    for f in found:
        refers = _antecedent(f, made, last) if f.generic else None
        if f.generic and refers is None and _idle(text, f):
            continue
        i = len(made)
        made.append(
            Name(
                start=f.start,
                end=f.end,
                text=text[f.start : f.end],
                kind=f.kind,
                generic=f.generic,
                refers=refers,
                title=f.title,
            )
        )
        if f.generic or _several(f):
            continue
        if not text[max(0, f.start - 8) : f.start].endswith(_PREDICATES):
            last[f.kind] = i
            if f.kind in ("park", "project"):
                last |= {word: i for word in _OWN_WORD if word in made[i].text}
    return made


def _several(f: Found) -> bool:
    """Whether the name is that of several works ("new production lines"): no one thing's antecedent."""
    return f.head.endswith("s") and f.head not in english().described


_TURNS = (" of ", " between ", " that ", " for ", " from ", " with ", " at ")


def _idle(text: str, f: Found) -> bool:
    """Whether the words only sound like a thing ("the line between the two")."""
    return f.head in english().vague and text[f.end : f.end + 9].startswith(_TURNS)


def _antecedent(f: Found, found: Sequence[Name], last: dict[str, int]) -> int | None:
    """The last name of the same kind; one of a kindred kind only if it is near and none is."""
    if f.head in _OWN_WORD:
        return last.get(f.head)
    same = last.get(f.kind)
    if same is not None and f.start - found[same].end < FAR:
        return same
    at = [last[kind] for kind in _FITS.get(f.kind, ()) if kind in last]
    return max((i for i in at if f.start - found[i].end < FAR), default=same)
