"""The stages of a project's life: order, labels, what they do to its course, others' codes."""

from __future__ import annotations

from functools import cache
from typing import Literal

from nameplate.errors import LexiconError
from nameplate.lexicon.load import Entry, read_toml

_FILE = "stages.toml"


class Stage(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stage; see the head of ``data/stages.toml`` for the meaning of its fields."""

    key: str
    en: str
    zh: str
    role: Literal["progress", "stop", "restart", "end", "other"]
    after: tuple[str, ...] = ()
    once: bool = False
    oc4ids: str | None = None
    iati: str | None = None


class _File(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    stage: tuple[Stage, ...]


@cache
def stages() -> dict[str, Stage]:
    """All stages by key, in the order of a project's life."""
    table: dict[str, Stage] = {}
    for stage in read_toml(_FILE, _File).stage:
        unknown = [key for key in stage.after if key not in table]
        if stage.key in table or unknown:
            problem = f"comes after {unknown}, not listed above it" if unknown else "is there twice"
            raise LexiconError(
                f"stage {stage.key!r} {problem}", where=f"data/{_FILE}", remedy="Correct the entry."
            )
        table[stage.key] = stage
    return table


@cache
def order(key: str) -> int:
    """The place of a stage in a project's life, from 1; a stage that is not known comes last."""
    keys = list(stages())
    return keys.index(key) + 1 if key in keys else len(keys) + 1
