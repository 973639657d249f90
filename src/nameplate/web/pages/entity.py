"""One project, or any other thing that reports speak of."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Template

from nameplate.answer.timeline import project_view
from nameplate.model import Entity
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.problems import MissingError
from nameplate.web.views.entity import Surroundings, entity_page
from nameplate.web.views.findings import finding_view
from nameplate.web.views.short import LINES


@get("/entity/{key:str}", opt={"role": "reader"}, sync_to_thread=True)
def entity(request: AnyRequest, state: State, key: FromPath[str]) -> Template:
    """Time line, figures, visits, orders, connections and findings of the entity ``key``."""
    look = Look.at(request, state)
    snapshot = look.snapshot
    found = _found(look, key)
    facts = look.facts
    around = Surroundings(
        facts=facts.of,
        filed=snapshot.filed,
        entities=snapshot.entities,
        entity_of=snapshot.entity_of,
        by_name=snapshot.by_name,
        today=snapshot.today,
        all=bool(look.query.get("all")),
    )
    told = snapshot.findings.get(found.id, [])
    findings = [
        finding_view(f, "", facts.by_key, look.words) for f in told[: None if around.all else LINES]
    ]
    view = project_view(found, snapshot.shelf, snapshot.today)
    page = entity_page(view, findings, around, look.words)
    return look.page("entity.html", "projects", {"page": page})


def _found(look: Look, key: str) -> Entity:
    """The entity of this id; in the past, what then held most of the claims that it has now."""
    found = look.snapshot.entities.get(key)
    if found is None and look.snapshot.as_of:
        now = look.desk.snapshot().entities.get(key)
        then = [look.snapshot.entity_of.get(claim, "") for claim in (now.claims if now else ())]
        known = [id for id in then if id]
        found = look.snapshot.entities[max(known, key=known.count)] if known else None
    if found is None:
        raise MissingError("entity")
    return found
