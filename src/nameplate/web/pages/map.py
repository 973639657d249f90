"""The map: projects where they lie, chosen by the same filters as the table."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import compress, islice
from typing import NamedTuple

from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.web.board.bits import Index, flags_of
from nameplate.web.board.summary import Line
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.views.atlas import (
    DEEPEST,
    HEIGHT,
    WIDTH,
    Scene,
    Stand,
    Window,
    clusters,
    ground,
    window_of,
)
from nameplate.web.views.facets import FACETS, FILTERS, phase_of
from nameplate.web.views.links import query_link
from nameplate.web.views.money import PHASES
from nameplate.web.views.projects import facet_views, filters_in_words
from nameplate.web.views.whereabouts import Spot
from nameplate.web.views.words import Words

_LISTED = 60
_FACETS = tuple(name for name in FACETS if name != "place")
"""Where things lie the map itself tells."""


class Site(NamedTuple):
    """A project in the list beside the map; ``exact`` says how exactly its place is known."""

    id: str
    name: str
    phase: str
    stage: str
    place: str
    exact: str


@get("/map", opt={"role": "reader"}, sync_to_thread=True)
def atlas(request: AnyRequest, state: State) -> Template:
    """Projects in the window ``at`` (longitude, latitude, zoom); ``pick`` lists one cluster."""
    look = Look.at(request, state)
    query, words, (board, index) = look.query, look.words, look.view.lists
    holding = board.holding(query.get("q", ""))
    chosen = index.chosen(query, holding)
    standing = index.kept(("stands", chosen), partial(stands, index, chosen))
    window = window_of(query.get("at", ""), [stand.spot for stand in standing])
    made, cells = clusters(Scene(standing, window, {**query, "pick": ""}, words.tag == "en"))
    inside = {spot for spots in cells.values() for spot in spots}
    picked = set(cells.get(query.get("pick", ""), inside))
    sights = ("sights", chosen, window, query.get("pick", ""))
    slots = index.kept(sights, partial(_at, index, chosen, picked))
    phases = index.tally(chosen, "phase")
    context = {
        "width": WIDTH,
        "height": HEIGHT,
        "ground": ground(window),
        "clusters": made,
        "moves": _moves(window, query),
        "sites": [
            _site(line, spot, words)
            for slot, line in board.lines(slots).items()
            if (spot := _spot(index, slot)) is not None
        ],
        "listed": sum(stand.number for stand in standing if stand.spot in picked),
        "inside": sum(cluster.number for cluster in made),
        "placed": sum(stand.number for stand in standing),
        "found": chosen.bit_count(),
        "picked": query.get("pick", "") in cells,
        "unpick": query_link(query, pick=""),
        "legend": [(p, words.name_of("phase", p)) for p in PHASES if p in phases],
        "facets": facet_views(partial(index.options, query, holding), query, words, _FACETS),
        "filters": filters_in_words(query, words),
        "kept": {name: query[name] for name in query if name not in (*FILTERS, "pick")},
        "table": "/projects" + query_link({n: query[n] for n in FILTERS if n in query}),
    }
    return look.page("map.html", "map", context)


def stands(index: Index, chosen: int) -> list[Stand]:
    """What of the things stands where; those without a place on the map are left out."""
    spots = {number: spot for spot, number in index.points.items()}
    made: dict[int, dict[str, int]] = {}
    for phase in index.tally(chosen, "phase"):
        of_phase = flags_of(chosen & index.having("phase", phase))
        for point, number in Counter(compress(index.point, of_phase)).items():
            if point >= 0:
                made.setdefault(point, {})[phase] = number
    return [Stand(spots[p], phases, sum(phases.values())) for p, phases in made.items()]


def _at(index: Index, chosen: int, picked: set[Spot]) -> list[int]:
    """The first of the things at these spots, those of most claims first."""
    points = {number for spot, number in index.points.items() if spot in picked}
    there = (slot for slot in index.walk(chosen, "-claims") if index.point[slot] in points)
    return list(islice(there, _LISTED))


def _spot(index: Index, slot: int) -> Spot | None:
    facts = index.facts[slot]
    return facts.spot if facts else None


def _site(line: Line, spot: Spot, words: Words) -> Site:
    row = line.row
    stage = row.status.stage
    place = spot.english if words.tag == "en" else spot.place
    said = words.say(f"exact_{spot.level}", place=place)
    return Site(
        row.entity.id, row.entity.name, phase_of(row),
        words.stage(stage) if stage else words.say("stage_none"), place,
        words.say("exact_by_name", exact=said) if spot.by_name else said,
    )  # fmt: skip


def _moves(window: Window, query: dict[str, str]) -> list[tuple[str, str, str]]:
    """Links that move the window: key, sign, address; none beyond the edges of the zoom."""
    ways = {
        "in": ("+", window.moved(0, 0, 1)), "out": ("−", window.moved(0, 0, -1)),
        "north": ("↑", window.moved(0, -0.5)), "south": ("↓", window.moved(0, 0.5)),
        "west": ("←", window.moved(-0.5, 0)), "east": ("→", window.moved(0.5, 0)),
    }  # fmt: skip
    gone = {"in"} if window.zoom >= DEEPEST else {"out"} if window.zoom <= 0 else set()
    links = [
        (key, sign, query_link(query, at=moved.address(), pick=""))
        for key, (sign, moved) in ways.items()
        if key not in gone
    ]
    return [*links, ("all", "⤢", query_link(query, at="", pick=""))]
