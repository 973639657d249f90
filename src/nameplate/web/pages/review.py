"""Review: claims in the order of what matters, judged one by one or all that can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import anyio.to_thread
from litestar import get, post
from litestar.datastructures import FormMultiDict, State
from litestar.response import Redirect, Response, Template

from nameplate.errors import UsageError
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.ledger.verdicts import MATCH_VERBS, ORDER_VERBS, is_machine
from nameplate.model import Entry, Judgement
from nameplate.pipeline import LINKER
from nameplate.web.access import person_of, safe_next
from nameplate.web.accounts import Accounts
from nameplate.web.board.board import ToReview
from nameplate.web.page import AnyRequest, language
from nameplate.web.pages.frame import Look
from nameplate.web.views.patch import patch_of
from nameplate.web.views.queue import REASONS, Asked, bit, reasons_of
from nameplate.web.views.review import PAGE, Card, cards, judged, reasons
from nameplate.web.views.table import cut_out
from nameplate.web.views.words import words

_VERBS = ("accept", "reject", "correct")
_REASON = 300


@get("/review", opt={"role": "reviewer"}, sync_to_thread=True)
def review(request: AnyRequest, state: State) -> Template:
    """The queue: ``why`` narrows it to a reason, ``page`` turns it."""
    look = Look.at(request, state)
    board, index = look.view.lists
    why = look.query.get("why", "")
    mask = bit(why) if why in REASONS else 0
    total = sum(index.asked.values())
    found = sum(n for bits, n in index.asked.items() if not mask or bits & mask)
    cut = cut_out(partial(board.asked, mask), found, total, look.query, PAGE)
    context = {
        "view": cut,
        "cards": _cards(look, cut.rows),
        "reasons": reasons(index.asked, look.query, look.words),
        "done": [told for told in _done(look, limit=20) if not is_machine(told.author)][:1],
        "back": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    }
    return look.page("review.html", "review", context)


def _cards(look: Look, rows: Sequence[ToReview]) -> list[Card]:
    """The claims of one page with their words, findings and reasons."""
    board, index = look.view.lists
    facts = look.facts
    known = facts.read(row.claim for row in rows)
    id_of = {row.claim: one.id for row in rows for one in index.at([row.slot])}
    told = board.findings_of(set(id_of.values()))
    asked = [
        Asked(
            entry=known[row.claim],
            score=0.0,
            why=reasons_of(row.why),
            findings=tuple(f for f in told.get(id_of[row.claim], ()) if row.claim in f.claims),
        )
        for row in rows
        if row.claim in known and row.claim in id_of
    ]
    return cards(asked, lambda e: facts.of([e])[0], id_of, look.words)


@get("/review/done", opt={"role": "reviewer"}, sync_to_thread=True)
def review_done(request: AnyRequest, state: State) -> Template:
    """The judgements that stand, the newest first."""
    look = Look.at(request, state)
    return look.page(
        "reviewed.html", "review", {"done": _done(look, limit=300), "back": "/review/done"}
    )


@post("/review", opt={"role": "reviewer"}, status_code=303)
async def judge(request: AnyRequest, state: State) -> Response[Any]:
    """Judge the claims named: ``verb``, ``claim`` (once or more), ``reason``, corrected fields."""
    form = await request.form()
    return await anyio.to_thread.run_sync(_judge, request, state, form)


@post("/review/undo", opt={"role": "reviewer"}, status_code=303)
async def undo(request: AnyRequest, state: State) -> Response[Any]:
    """Undo the judgement named."""
    form = await request.form()
    key, back = str(form.get("judgement", "")), safe_next(str(form.get("back", "/review")))
    made = Judgement(verb="undo", left=key, author=author_of(request), reason=reason_of(form))
    return await anyio.to_thread.run_sync(written, request, state, [made], back)


def _judge(request: AnyRequest, state: State, form: FormMultiDict) -> Response[Any]:
    verb, keys = str(form.get("verb", "")), [str(key) for key in form.getall("claim", [])]
    if verb not in _VERBS or not keys or len(keys) > PAGE or (verb != "accept" and len(keys) > 1):
        raise UsageError("no such judgement", remedy="Use the buttons of the review page.")
    patch = None
    if verb == "correct":
        found = state.desk.ledger.entries(ClaimFilter(keys=tuple(keys), rejected=True))
        if not found:
            raise UsageError("there is no such claim", remedy="Reload the page.")
        given = {k.removeprefix("f_"): v for k, v in form.multi_items() if k.startswith("f_")}
        patch = patch_of(found[0].original or found[0].claim, given)
    author, reason = author_of(request), reason_of(form)
    made = [
        Judgement(verb=verb, left=key, patch=patch, author=author, reason=reason)  # type: ignore[arg-type]
        for key in keys
    ]
    return written(request, state, made, safe_next(str(form.get("back", "/review"))))


def written(request: AnyRequest, state: State, made: list[Judgement], back: str) -> Response[Any]:
    """Append the judgements; a script gets what became of it, a form goes on where it was."""
    ledger: Ledger = state.desk.ledger
    accounts: Accounts = state.accounts
    kept = [ledger.judge(judgement, linker=LINKER) for judgement in made]
    for judgement in kept:
        accounts.note(
            judgement.author, judgement.verb, f"{judgement.left} {judgement.reason}".strip()
        )
    if "application/json" not in request.headers.get("accept", ""):
        return Redirect(back, status_code=303)
    say = words(language(request)).say
    told = [{"key": j.key, "left": j.left, "said": say(f"judged_{j.verb}")} for j in kept]
    return Response({"judged": told}, media_type="application/json", status_code=200)


def _done(look: Look, limit: int) -> list[Any]:
    ledger = look.desk.ledger
    standing = ledger.pages.judgements(limit, look.view.as_of)
    of_claims = (*_VERBS, *ORDER_VERBS, *MATCH_VERBS)
    keys = tuple(k for j in standing if j.verb in of_claims for k in (j.left, j.right) if k)
    found: list[Entry] = []
    if keys:
        found = ledger.entries(ClaimFilter(keys=keys, versions=True, rejected=True))
    pairs = [j for j in standing if j.verb not in of_claims]
    named = ledger.pages.entities({id for j in pairs for id in (j.left, j.right or "")})
    entities = {entity.id: entity for entity in named}
    return judged(standing, {e.key: e for e in found}, entities, look.words)


def author_of(request: AnyRequest) -> str:
    """Who sends the form."""
    person = person_of(request)
    return person.name if person else ""


def reason_of(form: FormMultiDict) -> str:
    """Why, as far as it was said."""
    return str(form.get("reason", "")).strip()[:_REASON]
