"""What "the project", "this base" and 该公司 stand for: the last name before them that fits."""

from __future__ import annotations

from collections.abc import Sequence

from nameplate.find.names.found import Found
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


def names(text: str, found: Sequence[Found]) -> list[Name]:
    """Records of the found names, each generic one pointing at its antecedent if there is one."""
    made: list[Name] = []
    last: dict[str, int] = {}
    for i, f in enumerate(found):
        said = text[f.start : f.end]
        refers = _antecedent(f, found, last) if f.generic else None
        made.append(
            Name(
                start=f.start,
                end=f.end,
                text=said,
                kind=f.kind,
                generic=f.generic,
                refers=refers,
                title=f.title,
            )
        )
        if not f.generic:
            last[f.kind] = i
    return made


def _antecedent(f: Found, found: Sequence[Found], last: dict[str, int]) -> int | None:
    at = [last[kind] for kind in _FITS.get(f.kind, ()) if kind in last]
    return max(at, default=None)
