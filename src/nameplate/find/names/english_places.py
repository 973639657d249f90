"""English places beside other words: "Lao Cai province", "Marshall, Michigan"."""

from __future__ import annotations

import re

from nameplate.find.names.found import Found
from nameplate.lexicon.places import english_places

_SUFFIX = re.compile(
    r" (?:autonomous )?(?:province|city|district|county|prefecture|municipality|township|region|state|island)\b"
)
_IN = (" in ", " near ", " from ", " at ", " outside ")
_JOINTS = frozenset({", ", ",\n", ",\n    "})


def widened(text: str, name: Found) -> Found:
    """The name with a lower-case word for a division after it, which makes it a place."""
    match = _SUFFIX.match(text, name.end)
    if match is None or text.count(" ", name.start, name.end) > 1:
        return name
    return Found(name.start, match.end(), "place")


def joined(text: str, found: list[Found]) -> list[Found]:
    """``Marshall, Michigan`` as one place: one inside the other, or unknown before a division."""
    found.sort()
    made: list[Found] = []
    for name in found:
        last = made[-1] if made else None
        if last is not None and name.kind == "place" and _joins(text, last, name):
            made[-1] = Found(last.start, name.end, "place")
        else:
            made.append(name)
    return made


def _joins(text: str, last: Found, name: Found) -> bool:
    return (
        last.kind in ("place", "thing", "person")
        and last.title is None
        and not text.startswith("'s", name.end)
        and text[last.end : name.start] in _JOINTS
        and (
            _holds(text[last.start : last.end], text[name.start : name.end], last.kind)
            or (last.kind == "thing" and text[max(0, last.start - 6) : last.start].endswith(_IN))
        )
    )


def _holds(inner: str, outer: str, kind: str) -> bool:
    """Whether ``inner, outer`` reads as a place in a larger one."""
    table = english_places()
    outers = table.get(outer, ())
    if kind != "place":
        return any(o.level == "division" for o in outers) and " " not in inner
    codes = {o.code for o in outers}
    inners = table.get(inner.rsplit(", ", 1)[-1], ())
    return any(p.parent in codes or _above(p.parent) & codes for p in inners)


def _above(code: str) -> set[str]:
    """Codes of what the division with this code lies in."""
    if code.startswith("US-"):
        return {"US"}
    return {code[:2] + "0000", "CN"} if code[:2].isdigit() else {code}
