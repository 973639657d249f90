"""Is it one thing? Names that a thing goes by, split off or joined with another thing."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
from litestar import get, post
from litestar.datastructures import FormMultiDict, State
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template

from nameplate.errors import UsageError
from nameplate.ledger import ClaimFilter
from nameplate.model import Entity, Judgement
from nameplate.pipeline import LINKER
from nameplate.resolve.compare import is_proper
from nameplate.resolve.mentions import KINDS
from nameplate.resolve.parts import parts_of
from nameplate.resolve.pieces import kind_of
from nameplate.web.desk import Desk
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.pages.review import author_of, reason_of, written
from nameplate.web.problems import MissingError
from nameplate.web.views.identity import Called, identity_page, names_of

_OTHERS = 20
_PAIRS = 40
"""Pairs that one split judges at most: each name split off against each that stays."""


@get("/identity/{key:str}", opt={"role": "reviewer"}, sync_to_thread=True)
def identity(request: AnyRequest, state: State, key: FromPath[str]) -> Template:
    """The names of the thing ``key``, what it might be one with, and what ``q`` finds."""
    look = Look.at(request, state, lists=False)
    desk, query = look.desk, look.query.get("q", "")
    found = _entity(desk, key)
    others = desk.ledger.pages.neighbours(key, _OTHERS)
    asked = desk.ledger.entities_like(query) if query.strip() else []
    asked.sort(key=lambda other: (other.kind != found.kind, -len(other.claims), other.id))
    page = identity_page(found, _called(desk, found), (others, asked[:_OTHERS]), look.words)
    return look.page("identity.html", "review", {"page": page, "back": f"/identity/{key}"})


@post("/identity/{key:str}/same", opt={"role": "reviewer"}, status_code=303)
async def join(request: AnyRequest, state: State, key: FromPath[str]) -> Response[Any]:
    """Judge that the thing and the ``other`` are one (``verb`` same) or two (different)."""
    form = await request.form()
    return await anyio.to_thread.run_sync(_joined, request, state, key, form)


@post("/identity/{key:str}/split", opt={"role": "reviewer"}, status_code=303)
async def split(request: AnyRequest, state: State, key: FromPath[str]) -> Response[Any]:
    """Judge that the names ticked (``name``) are those of another thing."""
    form = await request.form()
    return await anyio.to_thread.run_sync(_split, request, state, key, form)


def _joined(request: AnyRequest, state: State, key: str, form: FormMultiDict) -> Response[Any]:
    desk: Desk = state.desk
    one, two = _entity(desk, key), _entity(desk, str(form.get("other", "")))
    verb = str(form.get("verb", ""))
    if verb not in ("same", "different") or one.id == two.id:
        raise UsageError("no such judgement", remedy="Use the buttons of the page.")
    sign = "=" if verb == "same" else "≠"
    made = Judgement(
        verb=verb,  # type: ignore[arg-type]
        left=one.id,
        right=two.id,
        author=author_of(request),
        reason=_reason(form, f"{one.name} {sign} {two.name}"),
    )
    return _judged(request, state, one, [made])


def _split(request: AnyRequest, state: State, key: str, form: FormMultiDict) -> Response[Any]:
    desk: Desk = state.desk
    found = _entity(desk, key)
    wanted = {str(name) for name in form.getall("name", [])}
    called = _called(desk, found)
    off = [name for name in called if name.spelling in wanted]
    stay = [name for name in called if name.spelling not in wanted]
    pairs = [(a, b, x, y) for a in stay for b in off for x in a.ids for y in b.ids]
    if not pairs or len(pairs) > _PAIRS:
        raise UsageError(
            "these names cannot be split off",
            remedy="Tick at least one name, leave at least one, and split many step by step.",
        )
    made = [
        Judgement(
            verb="different",
            left=left,
            right=right,
            author=author_of(request),
            reason=_reason(form, f"{one.name} ≠ {two.name}"),
        )
        for one, two, left, right in pairs
    ]
    return _judged(request, state, found, made)


def _judged(
    request: AnyRequest, state: State, entity: Entity, made: list[Judgement]
) -> Response[Any]:
    """Append them; go on at what holds the thing's first claim now."""
    answer = written(request, state, made, "/review/done")
    now = state.desk.ledger.pages.entity_of(entity.claims[:1])
    if isinstance(answer, Redirect) and now:
        return Redirect(f"/identity/{next(iter(now.values()))}", status_code=303)
    return answer


def _reason(form: FormMultiDict, names: str) -> str:
    """What was done in names, which ids do not tell once they are gone, and why."""
    said = reason_of(form)
    return f"{names}: {said}" if said else names


def _entity(desk: Desk, key: str) -> Entity:
    desk.view()  # so that entities are up to date
    found = desk.ledger.pages.entity(key)
    if found is None:
        raise MissingError("entity")
    return found


def _called(desk: Desk, entity: Entity) -> list[Called]:
    """The names under which reports speak of the thing."""
    return names_of(desk.ledger.entries(ClaimFilter(keys=entity.claims)), _name_id)


def _name_id(name: str, kind: str, document: str) -> str:
    """The id by which judgements speak of the name, which is in one report if it is no proper one."""
    here, everywhere = LINKER.name_ids((name, kind), document)
    known = kind_of(name, kind if kind in KINDS else "thing")
    proper = kind != "person" and is_proper(parts_of(name, known), known)
    return everywhere if proper else here
