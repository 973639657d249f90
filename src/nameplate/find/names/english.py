"""Names in English text: runs, persons and descriptions put together, none overlapping another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from nameplate.find.names.described import Described, described
from nameplate.find.names.found import Found, longest
from nameplate.find.names.people import office_before, person, split_office, split_pinyin
from nameplate.find.names.runs import Run, runs
from nameplate.lexicon.names_find import english
from nameplate.lexicon.places import english_places
from nameplate.model import EntityKind

_SITES = frozenset({"project", "plant", "line", "park"})
_PLACED = re.compile(r", $")
_SENTENCE = frozenset('.!?。！？:;|>*#\n"“-–—•')


def english_names(text: str) -> list[Found]:
    """All names of a folded English text, in order of their place."""
    found, loose = _proper(text)
    found += _kept(text, loose, found)
    return _compose(text, _joined_places(text, found), described(text))


def _proper(text: str) -> tuple[list[Found], list[Run]]:
    """Names whose kind their own words or neighbours tell, and the runs that are left."""
    found: list[Found] = []
    loose: list[Run] = []
    pieces = (
        r for run in runs(text) for r in (split_pinyin(text, run) if run.kind is None else (run,))
    )
    for run in pieces:
        if run.kind == "place" and office_before(text, run.start) is None:
            found.append(Found(run.start, run.end, "place"))
        elif (parts := split_office(text, run)) is not None:
            found += _with_office(text, *parts)
        elif (who := person(text, run)) is not None:
            found.append(Found(who.start, who.end, "person", title=who.title))
        elif run.kind is not None:
            found.append(Found(run.start, run.end, cast(EntityKind, run.kind)))
        else:
            loose.append(run)
    return found, loose


def _with_office(text: str, before: Run | None, office: str, after: Run | None) -> Iterable[Found]:
    if before is not None and before.kind is not None:
        yield Found(before.start, before.end, cast(EntityKind, before.kind))
    if after is not None and after.kind in (None, "place", "company"):
        yield Found(after.start, after.end, "person", title=office)


def _kept(text: str, loose: list[Run], found: list[Found]) -> list[Found]:
    """Runs without a head that are names all the same: companies by what they do, places, others.

    One capitalised word at the start of a sentence proves nothing; it is kept if the same word
    stands inside a sentence elsewhere, or if a company's verb follows.
    """
    words = english()
    inside = {text[r.start : r.end] for r in loose if not _first(text, r.start)}
    inside |= {text[f.start : f.end].split(maxsplit=1)[0] for f in found if f.kind == "company"}
    kept = []
    for run in loose:
        said = text[run.start : run.end]
        after = text[run.end : run.end + 24].lstrip("*_").split(None, 2)
        acts = bool(after) and text[run.end] in " *" and after[0] in words.company_verbs
        if acts:
            kept.append(Found(run.start, run.end, "company"))
        elif not _first(text, run.start) or said in inside:
            kept.append(Found(run.start, run.end, "thing"))
    return kept


def _first(text: str, start: int) -> bool:
    """Whether the name opens a sentence, a line, a quotation or a list item."""
    before = text[max(0, start - 4) : start].rstrip(" ")
    return not before or before[-1] in _SENTENCE


def _joined_places(text: str, found: list[Found]) -> list[Found]:
    """``Marshall, Michigan`` is one place; an unknown word before a known place is one."""
    found.sort()
    joined: list[Found] = []
    for name in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and name.kind == "place"
            and last.kind in ("place", "thing", "person")
            and last.title is None
            and text[last.end : name.start] in (", ", ",\n    ", ",\n")
            and _holds(text[last.start : last.end], text[name.start : name.end], last.kind)
        ):
            joined[-1] = Found(last.start, name.end, "place")
        else:
            joined.append(name)
    return joined


def _holds(inner: str, outer: str, kind: str) -> bool:
    """Whether ``inner, outer`` reads as a place in a larger one."""
    table = english_places()
    outers = table.get(outer, ())
    if kind != "place":
        return any(o.level == "division" for o in outers) and " " not in inner
    codes = {o.code for o in outers}
    return any(p.parent in codes or _above(p.parent) & codes for p in table.get(inner, ()))


def _above(code: str) -> set[str]:
    if code.startswith("US-"):
        return {"US"}
    return {code[:2] + "0000", "CN"} if code[:2].isdigit() else {code}


_RIGHT = re.compile(r" (?:of (?:the )?|in |outside (?:of )?|near |at )")


def _compose(text: str, names: list[Found], descriptions: list[Described]) -> list[Found]:
    """Put descriptions and names together; a description takes in the names that it holds."""
    starts = {n.start: n for n in names}
    made = [d for d in (_described(text, d, starts) for d in descriptions) if d]
    return longest([*names, *made])


def _described(text: str, d: Described, starts: dict[int, Found]) -> Found | None:
    kind = cast(EntityKind, d.kind)
    end = d.end
    if d.kind in _SITES and (right := _RIGHT.match(text, end)) is not None:
        name = starts.get(right.end())
        owner = right.group().startswith(" of")
        if name and name.kind in (
            ("company", "place", "park", "institute") if owner else ("place",)
        ):
            end = name.end if owner or not (d.definite and not d.proper) else end
    if d.proper:
        return Found(d.start, end, kind, head=d.head)
    if d.definite:
        start = d.begin if end == d.end else d.start
        return Found(start, end, kind, generic=end == d.end and d.content < 3, head=d.head)
    if d.kind not in _SITES:
        return None
    if not d.content and end == d.end and d.head in english().vague:
        return None
    if d.indefinite or d.content > 1 or (d.content and end != d.end):
        return Found(d.start, end, kind, head=d.head)
    return None
