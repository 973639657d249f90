"""The first page as printed: the news of a time, and the whole as counts and pictures."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from nameplate.answer.views import ProjectRow
from nameplate.lexicon.stages import order
from nameplate.web.views.changes import Changes, Contradiction, Reached
from nameplate.web.views.charts import Bar, Column, bars, columns
from nameplate.web.views.dates import say_date
from nameplate.web.views.ladder import phase
from nameplate.web.views.links import claim_address, query_link
from nameplate.web.views.money import Money, Sums, amount_of, money, say_money
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
    sectors: list[Bar]
    places: list[Bar]
    places_more: int
    money: list[Money]
    years: list[Column]


class Whole(msgspec.Struct, frozen=True):
    """Counts of all that the table lists by stage, kind, sector and place, and of reports by year."""

    stages: Mapping[str, int]
    kinds: Mapping[str, int]
    sectors: Mapping[str, int]
    places: Mapping[str, int]
    money: Sums
    years: Mapping[str, int]


def news_lists(found: Changes, words: Words) -> list[NewsList]:
    """The four kinds of news, each with the weightiest first."""
    made: list[tuple[str, int, list[News]]] = [
        ("new", found.new[0], [_new(row, words) for row in found.new[1]]),
        ("reached", found.reached[0], [_milestone(r, words) for r in found.reached[1]]),
        ("passed", found.passed[0], [_milestone(r, words) for r in found.passed[1]]),
        (
            "contradictions",
            found.contradictions[0],
            [_contradiction(c, words) for c in found.contradictions[1]],
        ),
    ]
    return [
        NewsList(key, words.say(f"news_{key}"), words.say(f"news_{key}_none"), number, lines)
        for key, number, lines in made
    ]


def overview(found: Changes, whole: Whole, words: Words) -> Overview:
    """The page of the news and of the whole."""
    places = sorted(whole.places.items(), key=lambda pair: (-pair[1], pair[0]))
    return Overview(
        since=found.since,
        since_said=say_date(found.since, words),
        reports=found.reports,
        claims=found.claims,
        lists=news_lists(found, words),
        stages=_stages(whole.stages, words),
        kinds=_kinds(whole.kinds, words),
        sectors=_sectors(whole.sectors, words),
        places=bars([(p, "", n, _to(place=p)) for p, n in places[:_BARS]]),
        places_more=max(0, len(places) - _BARS),
        money=money(whole.money, words),
        years=by_year(whole.years),
    )


def by_year(tally: Mapping[str, int]) -> list[Column]:
    """How many reports there are, by the year of publication."""
    known = {int(year): number for year, number in tally.items() if year.isdecimal()}
    if not known:
        return []
    years = range(min(known), max(known) + 1)
    return columns([(str(year), known.get(year, 0)) for year in years][-60:])


def _to(**query: str) -> str:
    return "/projects" + query_link(query)


def _stages(tally: Mapping[str, int], words: Words) -> list[Bar]:
    return bars(
        [
            (
                words.say("stage_none") if key == "none" else words.stage(key),
                phase(key), tally[key], _to(stage=key),
            )
            for key in sorted(tally, key=order)
        ]
    )  # fmt: skip


def _kinds(tally: Mapping[str, int], words: Words) -> list[Bar]:
    ranked = sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))
    return bars([(words.entities[k], "", n, _to(kind=k)) for k, n in ranked])


def _sectors(tally: Mapping[str, int], words: Words) -> list[Bar]:
    ranked = sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))[:_BARS]
    return bars([(words.sector(s), "", n, _to(sector=s)) for s, n in ranked])


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
    scope = f" · {reached.scope}" if reached.scope else ""
    return News(
        entity=reached.entity,
        name=reached.name,
        label=words.stage(reached.stage) + scope,
        phase=phase(reached.stage),
        date=say_date(reached.day, words),
        href=claim_address(reached.document, reached.claim),
    )


def _contradiction(told: Contradiction, words: Words) -> News:
    return News(
        entity=told.entity,
        name=told.name,
        label=words.name_of("check", told.finding.check),
        phase="stopped" if told.finding.severity == "error" else "promise",
        date="",
        href=f"/entity/{told.entity}#findings",
    )
