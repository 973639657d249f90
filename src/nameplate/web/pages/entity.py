"""One project, or any other thing that reports speak of."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Template

from nameplate.answer.timeline import project_view
from nameplate.web.desk import Desk
from nameplate.web.page import AnyRequest, language, parameters, render
from nameplate.web.pages.facts import Facts
from nameplate.web.pages.frame import counts
from nameplate.web.problems import MissingError
from nameplate.web.views.entity import Surroundings, entity_page
from nameplate.web.views.findings import finding_view
from nameplate.web.views.short import LINES
from nameplate.web.views.words import words


@get("/entity/{key:str}", sync_to_thread=True)
def entity(request: AnyRequest, state: State, key: FromPath[str]) -> Template:
    """Time line, figures, visits, orders, connections and findings of the entity ``key``."""
    desk: Desk = state.desk
    snapshot = desk.snapshot()
    found = snapshot.entities.get(key)
    if found is None:
        raise MissingError("entity")
    table = words(language(request))
    facts = Facts(desk, snapshot, table)
    around = Surroundings(
        facts=facts.of,
        filed=snapshot.filed,
        entities=snapshot.entities,
        entity_of=snapshot.entity_of,
        by_name=snapshot.by_name,
        today=snapshot.today,
        all=bool(parameters(request).get("all")),
    )
    told = snapshot.findings.get(key, [])
    findings = [
        finding_view(f, "", facts.by_key, table) for f in told[: None if around.all else LINES]
    ]
    view = project_view(found, snapshot.shelf, snapshot.today)
    page = entity_page(view, findings, around, table)
    context = {"page": page, "here": "projects", "counts": counts(snapshot)}
    return render(request, "entity.html", context)
