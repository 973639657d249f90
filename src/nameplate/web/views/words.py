"""The interface's own words, as data: ``data/desk/en.toml`` and ``data/desk/zh.toml``.

Every string of the desk is an entry there. Both languages must have the same entries, and a
template that asks for one that is missing fails, so that no key ever reaches a screen.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from nameplate.errors import LexiconError
from nameplate.lexicon.fields import fields, name_of
from nameplate.lexicon.load import Entry, read_toml
from nameplate.lexicon.measures import Measure, measures
from nameplate.lexicon.sectors import Sector, sectors
from nameplate.lexicon.stages import Stage, stages

LANGUAGES = ("en", "zh")


def grouped(value: Any) -> Any:
    """A whole number of five digits or more with its thousands set off; anything else as it is."""
    return f"{value:,}" if type(value) is int and abs(value) >= 10_000 else value


class Plural(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that depends on a number ``n``: for one, and for any other."""

    one: str
    other: str


class Words(Entry, frozen=True, kw_only=True):
    """All strings of one language. ``text`` is the screens' own; the rest name the vocabulary
    (stages and measures have their names in their own tables).

    ``scale`` lists words for powers of ten, the largest first; ``date`` holds the shapes of dates.
    """

    tag: str
    name: str
    text: dict[str, str | Plural]
    kind: dict[str, str]
    entity: dict[str, str]
    entities: dict[str, str]
    relation: dict[str, str]
    inverse: dict[str, str]
    rule: dict[str, str]
    phase: dict[str, str]
    role: dict[str, str]
    outcome: dict[str, str]
    modality: dict[str, str]
    aggregate: dict[str, str]
    per: dict[str, str]
    unit: dict[str, str]
    bound: dict[str, str]
    severity: dict[str, str]
    check: dict[str, str]
    date: dict[str, str]
    scale: tuple[tuple[int, str], ...]
    months: tuple[str, ...]

    def say(self, key: str, **values: Any) -> str:
        """The string ``key`` of ``text`` with its blanks filled; ``n`` chooses the number."""
        entry = self.text[key]
        if isinstance(entry, Plural):
            entry = entry.one if values.get("n") == 1 else entry.other
        return entry.format(**{k: grouped(v) for k, v in values.items()}) if values else entry

    def name_of(self, table: str, key: str | None) -> str:
        """What this language calls an entry of the vocabulary; an unknown one is spelled out."""
        names: dict[str, str] = getattr(self, table)
        return names.get(key or "", (key or "").replace("_", " "))

    def stage(self, key: str | None) -> str:
        """What this language calls a stage."""
        return self._label(stages().get(key or ""), key)

    def measure(self, key: str | None) -> str:
        """What this language calls a measure."""
        return self._label(measures().get(key or ""), key)

    def sector(self, key: str | None) -> str:
        """What this language calls a sector of industry."""
        return self._label(sectors().get(key or ""), key)

    def product(self, key: str) -> str:
        """What this language calls a product; an id that is no more is shown as it is."""
        name = name_of(key, self.is_chinese) if key in fields() else key
        return name[:1].upper() + name[1:]

    @property
    def is_chinese(self) -> bool:
        """Whether these are the words of Chinese."""
        return self.tag.startswith("zh")

    def _label(self, entry: Stage | Measure | Sector | None, key: str | None) -> str:
        if entry is None:
            return (key or "").replace("_", " ")
        name = entry.zh if self.is_chinese else entry.en
        return name[:1].upper() + name[1:]


@cache
def words(lang: str) -> Words:
    """The strings of ``lang``, checked against those of English."""
    table = read_toml(f"desk/{lang}.toml", Words)
    if lang != LANGUAGES[0]:
        _check_same(lang, table, words(LANGUAGES[0]))
    return table


def _check_same(lang: str, table: Words, model: Words) -> None:
    for field in msgspec.structs.fields(Words):
        ours, theirs = getattr(table, field.name), getattr(model, field.name)
        if isinstance(ours, dict) and set(ours) != set(theirs):
            odd = ", ".join(sorted(set(ours) ^ set(theirs)))
            raise LexiconError(
                f"table {field.name!r} has not the entries of English: {odd}",
                where=f"data/desk/{lang}.toml",
                remedy="Give both languages the same entries.",
            )


def choose(asked: str | None, kept: str | None, accepted: str) -> str:
    """The language of a page: asked for in the address, kept in the cookie, or accepted."""
    for wish in (asked, kept, *_by_preference(accepted)):
        if wish and wish.split("-")[0].lower() in LANGUAGES:
            return wish.split("-")[0].lower()
    return LANGUAGES[0]


def _by_preference(header: str) -> list[str]:
    """Tags of an ``Accept-Language`` header, the most wanted first; nonsense is skipped."""
    wishes: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, rest = part.strip().partition(";")
        try:
            weight = float(rest.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if tag and weight > 0:
            wishes.append((-weight, tag))
    return [tag for _, tag in sorted(wishes, key=lambda wish: wish[0])]
