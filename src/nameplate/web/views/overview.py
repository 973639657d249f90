"""The first page as printed: the news of a time, and the whole as counts and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from nameplate.answer.views import ProjectRow
from nameplate.lexicon.stages import order
from nameplate.model import Entry
from nameplate.web.views.changes import Changes, Contradiction, Reached
from nameplate.web.views.charts import Bar, Column, bars, columns
from nameplate.web.views.dates import say_date
from nameplate.web.views.findings import gravity
from nameplate.web.views.ladder import phase
from nameplate.web.views.links import claim_address, query_link
from nameplate.web.views.money import Money, amount_of, money, say_money
from nameplate.web.views.words import Words

LINES = 8
"""Lines of one list of news; the rest is a number."""
_BARS = 8


class News(msgspec.Struct, frozen=True):
    """A line of news: ``entity`` is what it is about, ``href`` its words."""

    entity: str
    name: str
    label: str
    phase: str
    date: str
    href: str


class NewsList(msgspec.Struct, frozen=True):
    """One kind of news: how much there is, and the first of it."""

    key: str
    title: str
    none: str
    number: int
    lines: list[News]


class Overview(msgspec.Struct, frozen=True):
    """All that the template prints."""

    since: str
    since_said: str
    reports: int
    claims: int
    lists: list[NewsList]
    stages: list[Bar]
    kinds: list[Bar]
    places: list[Bar]
    places_more: int
    money: list[Money]
    years: list[Column]


def news_lists(found: Changes, words: Words) -> list[NewsList]:
    """The four kinds of news, each with the weightiest first."""
    by_money = sorted(found.new, key=lambda row: (-_amount(row), -row.claims, row.entity.id))
    by_date = sorted(found.reached, key=_date, reverse=True)
    passed = sorted(found.passed, key=_date, reverse=True)
    grave = sorted(found.contradictions, key=lambda told: gravity(told.finding))
    made: list[tuple[str, Sequence[object], list[News]]] = [
        ("new", by_money, [_new(row, words) for row in by_money[:LINES]]),
        ("reached", by_date, [_milestone(r, words) for r in by_date[:LINES]]),
        ("passed", passed, [_milestone(r, words) for r in passed[:LINES]]),
        ("contradictions", grave, [_contradiction(c, words) for c in grave[:LINES]]),
    ]
    return [
        NewsList(key, words.say(f"news_{key}"), words.say(f"news_{key}_none"), len(all), lines)
        for key, all, lines in made
    ]


def overview(
    found: Changes, rows: Sequence[ProjectRow], entries: Iterable[Entry], words: Words
) -> Overview:
    """The page over ``rows``, the projects and their like; ``entries`` are all claims."""
    tally = Counter(place for row in rows for place in dict.fromkeys(row.places))
    return Overview(
        since=found.since,
        since_said=say_date(found.since, words),
        reports=found.reports,
        claims=found.claims,
        lists=news_lists(found, words),
        stages=_stages(rows, words),
        kinds=_kinds(rows, words),
        places=bars([(p, "", n, _to(place=p)) for p, n in tally.most_common(_BARS)]),
        places_more=max(0, len(tally) - _BARS),
        money=money(rows, words),
        years=by_year(entries),
    )


def by_year(entries: Iterable[Entry]) -> list[Column]:
    """How many reports spoke of projects, by the year of publication."""
    published = {e.document_key: e.published[:4] for e in entries if e.published}
    tally = Counter(year for year in published.values() if year.isdecimal())
    if not tally:
        return []
    years = range(int(min(tally)), int(max(tally)) + 1)
    return columns([(str(year), tally[str(year)]) for year in years][-60:])


def _to(**query: str) -> str:
    return "/projects" + query_link(query)


def _stages(rows: Iterable[ProjectRow], words: Words) -> list[Bar]:
    tally = Counter(row.status.stage or "none" for row in rows)
    return bars(
        [
            (
                words.say("stage_none") if key == "none" else words.stage(key),
                phase(key), tally[key], _to(stage=key),
            )
            for key in sorted(tally, key=order)
        ]
    )  # fmt: skip


def _kinds(rows: Iterable[ProjectRow], words: Words) -> list[Bar]:
    tally = Counter(row.entity.kind for row in rows)
    return bars([(words.entities[k], "", n, _to(kind=k)) for k, n in tally.most_common()])


def _amount(row: ProjectRow) -> float:
    found = amount_of(row)
    return float(found[1]) if found else 0.0


def _date(reached: Reached) -> str:
    return reached.milestone.when or reached.milestone.entries[0].published or ""


def _new(row: ProjectRow, words: Words) -> News:
    found = amount_of(row)
    label = say_money(found[1], found[0], words) if found else ""
    stage = row.status.stage
    return News(
        entity=row.entity.id,
        name=row.entity.name,
        label=label or words.name_of("entity", row.entity.kind),
        phase=phase(stage),
        date=words.stage(stage) if stage else words.say("stage_none"),
        href="",
    )


def _milestone(reached: Reached, words: Words) -> News:
    milestone = reached.milestone
    entry = milestone.entries[0]
    scope = f" · {milestone.scope}" if milestone.scope else ""
    return News(
        entity=reached.row.entity.id,
        name=reached.row.entity.name,
        label=words.stage(milestone.stage) + scope,
        phase=phase(milestone.stage),
        date=say_date(milestone.when or entry.published, words),
        href=claim_address(entry.document_key, entry.key),
    )


def _contradiction(told: Contradiction, words: Words) -> News:
    return News(
        entity=told.row.entity.id,
        name=told.row.entity.name,
        label=words.name_of("check", told.finding.check),
        phase="stopped" if told.finding.severity == "error" else "promise",
        date="",
        href=f"/entity/{told.row.entity.id}#findings",
    )
