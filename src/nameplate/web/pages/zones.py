"""Indicators: the measures by which zones are judged, side by side."""

from __future__ import annotations

from urllib.parse import urlencode

from litestar import get
from litestar.datastructures import State
from litestar.response import Response, Template

from nameplate.answer.indicators import ZoneBoard, zone_board
from nameplate.errors import UsageError
from nameplate.export.table import Table, as_csv, as_xlsx
from nameplate.model import Entity
from nameplate.pipeline import register_around, spoken_of
from nameplate.resolve import find_entities
from nameplate.tables.indicators import board_table
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.pages.taken import table_file
from nameplate.web.problems import MissingError
from nameplate.web.views.zones import heads, measure_rows

MOST, _SHOWN, _LISTED = 6, 3, 60
"""Zones side by side; those shown unless others are asked for; those offered."""
_LIKE = 0.75


@get("/indicators", opt={"role": "reader"}, sync_to_thread=True)
def indicators(request: AnyRequest, state: State) -> Template:
    """The boards of each ``zone`` (an id) and of what ``q`` is the name of."""
    look = Look.at(request, state)
    parks = _parks(look)
    zones, missed = _zones(look, [id for id, _ in parks])
    boards = [_board(look, zone) for zone in zones]
    chosen = [_address(zone) for zone in zones]
    facts = look.facts
    offered = dict(parks) | {_address(zone): zone.name for zone in zones}
    address = urlencode([("zone", id) for id in chosen])
    context = {
        "heads": heads(boards, look.words),
        "rows": measure_rows(boards, facts.of, look.words),
        "parks": [(id, name, id in chosen) for id, name in offered.items()],
        "missed": missed,
        "exports": [(kind, f"/indicators.{kind}?{address}") for kind in ("csv", "xlsx")],
    }
    return look.page("indicators.html", "zone", context)


@get("/indicators.csv", opt={"role": "reader"}, sync_to_thread=True)
def indicators_csv(request: AnyRequest, state: State) -> Response[bytes]:
    """All figures of the zones as a table that no program takes for formulas."""
    look = Look.at(request, state)
    return table_file(as_csv(_table(look)), f"indicators-{look.view.today}.csv")


@get("/indicators.xlsx", opt={"role": "reader"}, sync_to_thread=True)
def indicators_xlsx(request: AnyRequest, state: State) -> Response[bytes]:
    """The same as a workbook."""
    look = Look.at(request, state)
    return table_file(as_xlsx(_table(look)), f"indicators-{look.view.today}.xlsx")


def _table(look: Look) -> Table:
    zones, _ = _zones(look, [id for id, _ in _parks(look)])
    return board_table(_board(look, zone) for zone in zones)


def _parks(look: Look) -> list[tuple[str, str]]:
    """The parks of the ledger with their names, those of most claims first."""
    _, index = look.view.lists
    parks = [facts for facts in index.facts if facts is not None and facts.kind == "park"]
    parks.sort(key=lambda facts: (-facts.claims, facts.name, facts.id))
    return [(facts.id, facts.name) for facts in parks[:_LISTED]]


def _zones(look: Look, parks: list[str]) -> tuple[list[Entity], str]:
    """The zones asked for, the first few parks if none are; and the name that nothing bears."""
    wanted = [str(id)[:200] for id in look.request.query_params.getall("zone", []) if id]
    name = look.query.get("q", "").strip()
    named = _named(look, name) if name else None
    ids = list(dict.fromkeys(wanted))[:MOST] or ([] if named else parks[:_SHOWN])
    zones = [zone for zone in (_zone(look, id) for id in ids) if zone is not None]
    if named is not None and named.id not in {zone.id for zone in zones}:
        zones = [*zones, named][-MOST:]
    return zones, name if name and named is None else ""


def _address(zone: Entity) -> str:
    """How an address names the zone: one without claims of its own has a name only."""
    return zone.id if zone.claims else f"={zone.name}"


def _zone(look: Look, key: str) -> Entity | None:
    """The zone of this id; one that is only spoken of by its name has an address of its own."""
    if key.startswith("="):
        return _named(look, key[1:])
    try:
        return look.desk.thing(key, look.view)[0]
    except (MissingError, UsageError):
        return None


def _named(look: Look, name: str) -> Entity | None:
    ledger, as_of = look.desk.ledger, look.view.as_of or None
    known = [*ledger.entities_like(name), *spoken_of(ledger, name, as_of)]
    found = find_entities(known, name)
    return found[0][0] if found and found[0][1] >= _LIKE else None


def _board(look: Look, zone: Entity) -> ZoneBoard:
    ledger, view = look.desk.ledger, look.view

    def make() -> ZoneBoard:
        return zone_board(zone, register_around(ledger, zone, view.as_of or None), view.today)

    return look.desk.kept(f"zone {zone.id}", view, make)
