"""Descriptions and names put together: "line of COMPANY", "factory in PLACE"."""

from __future__ import annotations

import re
from typing import cast

from msgspec.structs import replace

from nameplate.find.names.english_described import ORDINAL, Described
from nameplate.find.names.found import Found, longest
from nameplate.lexicon.names_find import english
from nameplate.model import EntityKind

_SITES = frozenset({"project", "plant", "line", "park"})
_RIGHT = re.compile(
    r" (?:of (?:the )?|(?:in|outside(?: of)?|near|at) "
    r"(?:(?:the )?(?:[\w-]+ )?(?:village|town|city|county|district|province|suburb|municipality|state|port) of |"
    r"(?:(?:north|south)?-?(?:east|west|north|south)(?:ern)? |central |downtown |rural ))?)"
)
_MADE_THERE = re.compile(
    r" (?:to (?:jointly )?(?:make|manufacture|produce|build|assemble|process|recycle)"
    r"|for (?:(?:the )?(?:production|manufactur(?:e|ing)|assembly|processing) of )?)"
    r"(?: ?[a-z][\w-]*,?){1,7}? (?:in|near|outside|at) "
    r"(?:the (?:[\w-]+ )?(?:town|city|county|district|province|state) of )?"
)
"""What is made in works, and then their place: "a facility to make phone parts near Chennai"."""
_TO_MAKE = re.compile(r" to (?:make|manufacture|produce|build|assemble) [a-z]")
_OWNERS = ("company", "place", "park", "institute")


def composed(text: str, names: list[Found], descriptions: list[Described]) -> list[Found]:
    """Names and descriptions in order; a description takes in the names that it holds."""
    starts = {n.start: n for n in names}
    ends = {n.end: n for n in names if n.kind == "company"}
    made = [d for d in (_name(text, d, starts, ends) for d in descriptions) if d]
    return longest([*(_led(text, n) for n in names), *made])


def _name(
    text: str, d: Described, starts: dict[int, Found], ends: dict[int, Found]
) -> Found | None:
    """A description as a name, or nothing if it tells nothing apart."""
    kind = cast(EntityKind, d.kind)
    if d.head == "unit" and (d.content or not d.indefinite):  # of an army, of measure
        return None
    end = _right_end(text, d, starts)
    if d.kind in ("plant", "line") and end == d.end and (which := _WHICH.match(text, d.end)):
        return Found(d.end - len(d.head), which.end(1), kind, head=d.head)
    if d.proper and d.kind != "person":
        return Found(d.start, end, kind, head=d.head)
    if d.owned and not d.content and d.kind in _SITES:
        owner = ends.get(d.start - 3)
        return Found(owner.start, end, kind, head=d.head) if owner else None
    if d.kind == "person":
        return _holder(text, d)
    if d.kind == "place" and text.startswith(" of ", d.end) and d.end + 4 in starts:
        return None
    if d.definite:
        ordinal = ORDINAL.match(text, d.start) is not None
        start = d.begin if end == d.end and not ordinal else d.start
        generic = end == d.end and d.content < 3 and not ordinal
        generic = generic and not text.startswith("Giga", d.end - len(d.head))  # a name by itself
        generic = generic and not (d.content and " new " in text[d.begin : d.end])  # told of first
        return Found(start, end, kind, generic=generic, head=d.head)
    if d.kind not in _SITES:
        return None
    if d.each:
        return Found(d.begin, d.end, kind, head=d.head)
    if d.several:
        return Found(d.start, end, kind, head=d.head)
    wide = end != d.end or (d.indefinite and _TO_MAKE.match(text, d.end) is not None)
    if not d.content and not wide and not d.owned and (not d.priced or d.head in english().vague):
        return None
    if d.indefinite or d.priced or (d.owned and d.content) or d.content > 1 or (d.content and wide):
        return Found(d.start, end, kind, head=d.head)
    return None


_OWN = ("its ", "their ", "our ", "Its ", "Their ")
_WHICH = re.compile(
    r" ((?:[Nn]o\.? ?)?(?:[B-HJ-Z]|\d{1,2}))(?=[,.;:)]? |[,.;:)]?$)(?! (?:per|percent|of|[A-Z]))"
)
"""The letter or number that tells one furnace or line from the next ("blast furnace C", "Line 2")."""


def _holder(text: str, d: Described) -> Found | None:
    """An office that stands for its holder ("the mayor asked"), but not one beside a name."""
    beside = text[d.end : d.end + 2].strip(" ,").isupper() or text.startswith(" of ", d.end)
    if not d.definite or d.content or beside or d.begin == d.start:
        return None
    return Found(d.begin, d.end, "person", generic=True, title=text[d.start : d.end], head=d.head)


def _right_end(text: str, d: Described, starts: dict[int, Found]) -> int:
    """The end of the description with its owner ("of COMPANY") or its place ("in PLACE")."""
    if d.kind not in _SITES:
        return d.end
    if d.kind == "plant" and not d.definite and (made := _MADE_THERE.match(text, d.end)):
        site = starts.get(made.end())
        return site.end if site is not None and _locates(text, site) else d.end
    right = _RIGHT.match(text, d.end)
    name = starts.get(right.end()) if right is not None else None
    if name is None or right is None:
        return d.end
    if right.group().startswith(" of"):
        return name.end if name.kind in _OWNERS else d.end
    bare_definite = d.definite and not d.proper and not d.content
    if bare_definite and text.startswith(_OWN, d.begin) and d.start - d.begin > 4:
        bare_definite = False  # "its new facility in PLACE" is told apart by the place
    if bare_definite and not right.group().startswith((" near", " outside")):
        return d.end
    return name.end if _locates(text, name) and not d.proper else d.end


def _locates(text: str, name: Found) -> bool:
    """Whether the name after "in" is a place, or an unknown word that reads like one."""
    said = text[name.start : name.end]
    return name.kind == "place" or (name.kind == "thing" and " " not in said and not said.isupper())


def _led(text: str, name: Found) -> Found:
    """A site's name with its lower-case first words ("new energy Automobile Industrial Park")."""
    if name.kind not in _SITES or name.generic or name.start < 5 or text[name.start - 1] != " ":
        return name
    start = name.start
    for lead in english().leads:
        if text.startswith(lead, start - len(lead) - 1) and text[start - 1] == " ":
            start -= len(lead) + 1
    return replace(name, start=start) if text[start - 1 : start] in " (\n" else name
