"""The map: projects where they lie, chosen by the same filters as the table."""

from __future__ import annotations

from typing import NamedTuple

from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.answer.projects import PROJECT_KINDS
from nameplate.answer.views import ProjectRow
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.views.atlas import (
    DEEPEST,
    HEIGHT,
    WIDTH,
    Scene,
    Window,
    clusters,
    ground,
    window_of,
)
from nameplate.web.views.facets import FILTERS, chosen, phase_of
from nameplate.web.views.links import query_link
from nameplate.web.views.money import PHASES
from nameplate.web.views.projects import FacetTable, facet_views, filters_in_words
from nameplate.web.views.whereabouts import Spot, spots

_LISTED = 60


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
    query, words = look.query, look.words
    table = FacetTable(look.snapshot.facets, look.snapshot.findings)
    kind = query.get("kind", "")
    everything = [r for r in look.snapshot.rows if kind or r.entity.kind in PROJECT_KINDS]
    rows = chosen(everything, table.facets, query, table.flagged)
    known = spots((r.entity.id, r.places, r.entity.name) for r in rows)
    window = window_of(query.get("at", ""), known.values())
    phases = {row.entity.id: phase_of(row) for row in rows}
    scene = Scene(known, phases, window, {**query, "pick": ""}, words.tag == "en")
    made, cells = clusters(scene)
    inside = [id for ids in cells.values() for id in ids]
    listed = cells.get(query.get("pick", ""), inside)
    by_id = {row.entity.id: row for row in rows}
    context = {
        "width": WIDTH,
        "height": HEIGHT,
        "ground": ground(window),
        "clusters": made,
        "moves": _moves(window, query),
        "sites": [_site(by_id[id], known[id], look) for id in listed[:_LISTED]],
        "listed": len(listed),
        "inside": len(inside),
        "placed": len(known),
        "found": len(rows),
        "picked": query.get("pick", "") in cells,
        "unpick": query_link(query, pick=""),
        "legend": [(p, words.name_of("phase", p)) for p in PHASES if p in phases.values()],
        "facets": [f for f in facet_views(everything, table, query, words) if f.name != "place"],
        "filters": filters_in_words(query, words),
        "kept": {name: query[name] for name in query if name not in (*FILTERS, "pick")},
        "table": "/projects" + query_link({n: query[n] for n in FILTERS if n in query}),
    }
    return look.page("map.html", "map", context)


def _site(row: ProjectRow, spot: Spot, look: Look) -> Site:
    stage = row.status.stage
    place = spot.english if look.words.tag == "en" else spot.place
    said = look.words.say(f"exact_{spot.level}", place=place)
    return Site(
        row.entity.id, row.entity.name, phase_of(row),
        look.words.stage(stage) if stage else look.words.say("stage_none"), place,
        look.words.say("exact_by_name", exact=said) if spot.by_name else said,
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
