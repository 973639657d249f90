"""One project, or any other thing that reports speak of."""

from __future__ import annotations

from collections.abc import Sequence

from litestar import get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Template

from nameplate.answer.checks import findings as checks
from nameplate.answer.imply import implications
from nameplate.answer.imply_days import RAMPING, comparable
from nameplate.answer.statements import MADE_BY
from nameplate.answer.timeline import project_view
from nameplate.answer.views import ProjectView
from nameplate.model import Entity, Entry
from nameplate.pipeline import ramping
from nameplate.web.page import AnyRequest
from nameplate.web.pages.facts import Facts
from nameplate.web.pages.frame import Look
from nameplate.web.pages.matches import known_market
from nameplate.web.views.entity import Surroundings, entity_page
from nameplate.web.views.findings import finding_view
from nameplate.web.views.implied import ImpliedPage, implied_page
from nameplate.web.views.matches import MatchCard, match_cards
from nameplate.web.views.short import LINES

_EACH, _STATEMENTS = 2, 6
"""So many counterparts of so many needs and offers stand on the page; the page of matches has all."""

_SMALL = 2_000
"""Up to so many reports, comparable plants are looked for while the reader waits."""

_LED_TO = 400
"""So many relations at most lead to the things that they name."""


@get("/entity/{key:str}", opt={"role": "reader"}, sync_to_thread=True)
def entity(request: AnyRequest, state: State, key: FromPath[str]) -> Template:
    """Time line, figures, visits, orders, connections and findings of the entity ``key``."""
    look = Look.at(request, state, lists=False)
    found, shelf = look.desk.thing(key, look.view)
    view = project_view(found, shelf, look.view.today)
    own, facts = shelf.of(found), look.facts
    facts.know(own)
    around = _around(look, view, facts)
    told = checks(found.name, own)
    findings = [
        finding_view(f, "", facts.by_key, look.words) for f in told[: None if around.all else LINES]
    ]
    page = entity_page(view, findings, around, look.words)
    context = {
        "page": page,
        "matches": _matches(look, view, facts),
        "back": f"/entity/{key}#matches",
        "implied": _implied(look, found, own, facts),
        "drafts": found.kind in RAMPING,
    }
    return look.page("entity.html", "projects", context)


def _implied(look: Look, found: Entity, own: Sequence[Entry], facts: Facts) -> ImpliedPage | None:
    """What its figures imply; peers are asked for only if it ramps, in a ledger of a fair size."""
    made = implications(found, own, look.view.today)
    ramp, pages = made.ramp, look.desk.ledger.pages
    ramps = found.kind in RAMPING and ramp.begun is not None and ramp.reached is None
    if ramps and not look.view.as_of and pages.count_reports() <= _SMALL:
        peers = comparable(own, ramping(look.desk.ledger))
        made = implications(found, own, look.view.today, peers)
    facts.know([e for one in made.results for e in one.inputs])
    facts.know([e for peer in made.ramp.peers for e in peer.entries])
    return implied_page(made, facts.of, look.words)


def _matches(look: Look, view: ProjectView, facts: Facts) -> list[MatchCard]:
    """What may meet its needs, and who may want what it offers: a few of each."""
    traded = any(e.claim.relation == "develops" for e in view.relations)
    made = any(row.measure in MADE_BY for row in view.figures)
    if not (view.needs or view.capabilities or traded or made):
        return []
    known = known_market(look, wait=False)
    if known is None:
        return []
    pairs = [(one, known.of(one, most=_EACH)) for one in known.of_body(view.entity)]
    kept = [pair for pair in pairs if pair[1]][:_STATEMENTS]
    return match_cards(kept, lambda entry: facts.of([entry])[0], look.words)


def _around(look: Look, view: ProjectView, facts: Facts) -> Surroundings:
    """What the page leads to: reports, and the things that its relations name."""
    pages, as_of = look.desk.ledger.pages, look.view.as_of
    by_name = pages.named((e.claim.object or "" for e in view.relations[-_LED_TO:]), as_of)
    entity_of = pages.entity_of(entry.key for entry in view.mentioned[-_LED_TO:])
    others = pages.entities({*by_name.values(), *entity_of.values()})
    return Surroundings(
        facts=facts.of,
        filed=pages.filed(source.document_key for source in view.sources),
        entities={entity.id: entity for entity in others},
        entity_of=entity_of,
        by_name=by_name,
        today=look.view.today,
        all=bool(look.query.get("all")),
    )
