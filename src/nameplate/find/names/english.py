"""Names in English text: runs, persons and descriptions put together, none overlapping another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from nameplate.find.names.english_composed import composed
from nameplate.find.names.english_described import described
from nameplate.find.names.english_kinds import kind_of
from nameplate.find.names.english_loose import acronyms, kept, phrases
from nameplate.find.names.english_offices import office_before, split_office
from nameplate.find.names.english_people import person, split_pinyin
from nameplate.find.names.english_places import joined, widened
from nameplate.find.names.english_runs import runs
from nameplate.find.names.found import Found, Run
from nameplate.lexicon.names_find import english
from nameplate.model import EntityKind


def english_names(text: str) -> list[Found]:
    """All names of a folded English text, in order of their place."""
    found, loose = _proper(text)
    found += kept(text, loose, found)
    found += phrases(text)
    found = acronyms(text, joined(text, found))
    return composed(text, found, described(text))


def _proper(text: str) -> tuple[list[Found], list[Run]]:
    """Names whose kind their own words or neighbours tell, and the runs that are left."""
    found: list[Found] = []
    loose: list[Run] = []
    known = english().known
    for run in _pieces(text):
        said = text[run.start : run.end]
        if said in known:
            found.append(Found(run.start, run.end, cast(EntityKind, known[said])))
        elif run.kind == "place" and office_before(text, run.start) is None:
            found.append(widened(text, Found(run.start, run.end, "place")))
        elif (parts := split_office(text, run)) is not None:
            found += _with_office(text, *parts)
        elif (who := person(text, run)) is not None:
            found.append(Found(who.start, who.end, "person", title=who.title))
        elif run.kind is not None:
            found.append(Found(run.start, run.end, cast(EntityKind, run.kind)))
        else:
            wide = widened(text, Found(run.start, run.end, "thing"))
            if wide.kind == "place":
                found.append(wide)
            else:
                loose.append(run)
    return found, loose


def _pieces(text: str) -> Iterator[Run]:
    for run in runs(text):
        if run.kind is None:
            yield from split_pinyin(text, run)
        else:
            yield run


def _with_office(
    text: str, before: Run | None, office: tuple[int, int], after: Run | None
) -> Iterable[Found]:
    """What an office inside a run leaves: the body before it, the person after it, or neither."""
    start, end = office
    title = text[start:end]
    if before is not None and before.kind is not None:
        yield Found(before.start, before.end, cast(EntityKind, before.kind))
    if after is not None and after.kind in (None, "place", "company"):
        stop = text.find(" of ", after.start, after.end)
        yield Found(after.start, stop if stop > 0 else after.end, "person", title=title)
        if stop > 0:
            yield from _rest(text, stop, after.end)
    elif after is not None and after.kind is not None:
        yield Found(after.start, after.end, cast(EntityKind, after.kind))
        if _stands_alone(text, title, start, end):
            yield Found(start, end, "person", generic=True, title=title)
    elif before is None and _stands_alone(text, title, start, end):
        yield Found(start, end, "person", generic=True, title=title)


def _rest(text: str, start: int, end: int) -> Iterable[Found]:
    """What follows a person's "of" ("Dean Liu Guohua of the College of Materials Science")."""
    for skip in (" of the ", " of "):
        if text.startswith(skip, start):
            start += len(skip)
            break
    kind = kind_of(text[start:end])
    if kind is not None:
        yield Found(start, end, cast(EntityKind, kind))


def _stands_alone(text: str, title: str, start: int, end: int) -> bool:
    """Whether an office stands for its holder ("the Prime Minister said"), not beside a name."""
    follows = text[end : end + 3].strip(" ,.")
    if text[max(0, start - 2) : start] == ", ":
        return False
    return title.lower() not in english().courtesy and not follows[:1].isupper()
