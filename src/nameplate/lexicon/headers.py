"""What the headers and cells of returns say: ``data/lang/*/headers.toml``."""

from __future__ import annotations

from functools import cache
from typing import Literal

from nameplate.errors import LexiconError
from nameplate.lexicon.cues import LANGUAGES
from nameplate.lexicon.load import Entry, no_duplicates, read_toml
from nameplate.lexicon.measures import measures
from nameplate.lexicon.stages import stages
from nameplate.model import EntityKind

_FILE = "lang/{}/headers.toml"


class Header(Entry, frozen=True, kw_only=True):
    """What a column gives whose header ends in one of ``words``: exactly one of the four.

    ``part`` is a part of the row itself: its subject (of ``kind``), its identifier, the time of its
    figures, or nothing (``skip``). ``reverse``: the cell is the subject of the relation, the row's
    subject its object. ``item`` is what a measure counts.
    """

    words: tuple[str, ...]
    part: Literal["subject", "identifier", "when", "skip"] | None = None
    measure: str | None = None
    stage: str | None = None
    relation: str | None = None
    kind: EntityKind | None = None
    item: str | None = None
    reverse: bool = False


class Marks(Entry, frozen=True, kw_only=True):
    """Signs beside the word: what is planned or done, since when a figure runs, and what makes a
    figure one per head or per mu (``rated``)."""

    planned: tuple[str, ...] = ()
    actual: tuple[str, ...] = ()
    cumulative: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    rated: tuple[str, ...] = ()


class Cells(Entry, frozen=True, kw_only=True):
    """Words in cells: yes, no, nothing; and in a row's first cells: totals and notes."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class _File(Entry, frozen=True, kw_only=True):
    header: tuple[Header, ...]
    marks: Marks
    cells: Cells


@cache
def _files() -> tuple[_File, ...]:
    return tuple(_checked(_FILE.format(lang)) for lang in LANGUAGES)


def _checked(name: str) -> _File:
    file = read_toml(name, _File)
    for entry in file.header:
        given = [g for g in (entry.part, entry.measure, entry.stage, entry.relation) if g]
        known = entry.measure is None or entry.measure in measures()
        if len(given) != 1 or not known or (entry.stage and entry.stage not in stages()):
            raise LexiconError(
                f"the header {entry.words[0]!r} gives {given}, not one thing that is known",
                where=f"data/{name}",
                remedy="Name one part, measure, stage or relation.",
            )
    return file


@cache
def headers() -> dict[str, Header]:
    """Header words in lower case, over all languages, to what they give."""
    table: dict[str, Header] = {}
    for lang, file in zip(LANGUAGES, _files(), strict=True):
        pairs = ((w, f"{i}") for i, entry in enumerate(file.header) for w in entry.words)
        spelled = no_duplicates(_FILE.format(lang), pairs)
        table |= {word: file.header[int(i)] for word, i in spelled.items()}
    return table


@cache
def marks() -> dict[str, frozenset[str]]:
    """Words by what they mark, over all languages."""
    names = ("planned", "actual", "cumulative", "period", "rated")
    return {name: frozenset(w for f in _files() for w in getattr(f.marks, name)) for name in names}


@cache
def cell_words() -> dict[str, frozenset[str]]:
    """Words by what they say in a cell, over all languages."""
    names = ("yes", "no", "empty", "totals", "notes")
    return {name: frozenset(w for f in _files() for w in getattr(f.cells, name)) for name in names}
