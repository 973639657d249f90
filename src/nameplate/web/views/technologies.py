"""The register of technologies as lines of a table and as a page of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from nameplate.answer.technologies import ROLES, Part, Technology
from nameplate.lexicon.fields import name_of
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import Fact
from nameplate.web.views.links import query_link
from nameplate.web.views.matches import FactOf
from nameplate.web.views.words import Words

_BODIES = 3
_NAMES = 8


class Who(msgspec.Struct, frozen=True):
    """Bodies with one role, ``more`` of them not listed."""

    role: str
    label: str
    bodies: list[tuple[str, str]]
    more: int


class TechnologyLine(msgspec.Struct, frozen=True):
    """A line of the table; ``others`` are the names of the table of fields, ``first_in`` and ``last_in``
    the keys of the first and the last report."""

    name: str
    others: list[str]
    href: str
    who: list[Who]
    first: str
    last: str
    first_in: str
    last_in: str
    reports: int


class Told(msgspec.Struct, frozen=True):
    """What one body has to do with it, with the words."""

    role: str
    label: str
    name: str
    entity: str
    kind: str
    facts: list[tuple[str, Fact]]


class TechnologyPage(msgspec.Struct, frozen=True):
    """All that the page of one technology prints."""

    line: TechnologyLine
    kind: str
    names: list[tuple[str, int]]
    within: list[tuple[str, str]]
    projects: list[tuple[str, str]]
    told: list[Told]


def technology_lines(rows: Iterable[Technology], words: Words) -> list[TechnologyLine]:
    """The lines of the table."""
    return [_line(row, words) for row in rows]


def _line(row: Technology, words: Words) -> TechnologyLine:
    said = row.names[0][0]
    return TechnologyLine(
        name=said,
        others=[name for name in dict.fromkeys((row.name, row.name_zh)) if name != said],
        href="/technologies" + query_link({}, key=row.key),
        who=[_who(role, row.by(role), words) for role in ROLES if row.by(role)],
        first=say_date(row.first, words) or words.say("published_none"),
        last=say_date(row.last, words) or words.say("published_none"),
        first_in=row.ends[0].document_key,
        last_in=row.ends[1].document_key,
        reports=row.reports,
    )


def _who(role: str, parts: Sequence[Part], words: Words) -> Who:
    return Who(
        role=role,
        label=words.say(f"how_{role}"),
        bodies=[(part.entity.id, part.entity.name) for part in parts[:_BODIES]],
        more=max(0, len(parts) - _BODIES),
    )


def technology_page(row: Technology, fact_of: FactOf, words: Words) -> TechnologyPage:
    """The page of one technology."""
    chinese = words.tag.startswith("zh")
    return TechnologyPage(
        line=_line(row, words),
        kind=words.say(f"class_{row.kind}") if row.kind else "",
        names=list(row.names[:_NAMES]),
        within=[
            (name_of(key, chinese), "/technologies" + query_link({}, q=name_of(key, chinese)))
            for key in row.within
        ],
        projects=[(entity.id, entity.name) for entity in row.projects],
        told=[_told(part, fact_of, words) for part in row.parts],
    )


def _told(part: Part, fact_of: FactOf, words: Words) -> Told:
    return Told(
        role=part.role,
        label=words.say(f"how_{part.role}"),
        name=part.entity.name,
        entity=part.entity.id,
        kind=words.name_of("entity", part.entity.kind),
        facts=[(one.topic, fact_of(e)) for one in part.statements for e in one.entries],
    )
