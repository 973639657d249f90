"""Matches: open needs with who may meet them, what was decided on them; and the register of technologies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import anyio.to_thread
from litestar import get, post
from litestar.datastructures import State
from litestar.response import Response, Template

from nameplate.answer.match import STATES as VERBS
from nameplate.answer.match import Market, Match
from nameplate.answer.statements import Statement
from nameplate.answer.technologies import ROLES, Technology, search
from nameplate.answer.technologies import technologies as register_of
from nameplate.errors import UsageError
from nameplate.find.spelling import spell
from nameplate.market import market
from nameplate.model import Judgement
from nameplate.web.access import safe_next
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.pages.review import author_of, reason_of, written
from nameplate.web.problems import MissingError
from nameplate.web.views.matches import STATES, chips, match_cards
from nameplate.web.views.table import cut_out
from nameplate.web.views.technologies import technology_lines, technology_page

_PAGE, _LINES = 12, 50
_EACH = 4
"""Counterparts of one need on the page of all; a body's own page of matches shows more."""

Pairs = list[tuple[Statement, list[Match]]]


def known_market(look: Look, *, wait: bool = True) -> Market | None:
    """All needs and offers as of the look, kept until the ledger changes.

    Of a large ledger they take a while: `WorkingError` is raised meanwhile, or without ``wait``
    nothing is given.
    """
    as_of = look.view.as_of or None
    ledger = look.desk.ledger
    return look.desk.at_hand("market", look.view, lambda: market(ledger, as_of), wait=wait)


@get("/matches", opt={"role": "reader"}, sync_to_thread=True)
def matches(request: AnyRequest, state: State) -> Template:
    """Open needs, or what was judged as ``match``; ``q`` narrows, ``body`` asks for one body's."""
    look = Look.at(request, state)
    known = known_market(look)
    assert known is not None  # it was waited for
    body, chosen = look.query.get("body", ""), look.query.get("match", "")
    judged = known.judged()
    asked = _named(known, body, look.query.get("q", ""))
    shown = _in_state(judged, chosen, look.query) if chosen in VERBS.values() else None
    found = [one for one, _ in shown] if shown is not None else asked
    cut = cut_out(lambda start, size: found[start : start + size], len(found), len(known.needs),
                  look.query, _PAGE)  # fmt: skip
    most = _EACH * 2 if body else _EACH
    by_key = {one.key: own for one, own in shown or ()}
    pairs = [
        (one, by_key[one.key] if shown is not None else known.of(one, most=most))
        for one in cut.rows
    ]
    numbers = Counter(match.state for match in judged) + Counter({"open": len(known.open_needs())})
    facts = look.facts
    context = {
        "view": cut,
        "cards": match_cards(pairs, lambda entry: facts.of([entry])[0], look.words),
        "chips": chips(STATES[1:], "match", numbers, look.query, look.words),
        "open": numbers["open"],
        "body": next((s.entity for s in asked if s.entity.id == body), None),
        "judged": known.learnt.judged,
        "back": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    }
    return look.page("matches.html", "zone", context)


def _named(known: Market, body: str, words: str) -> list[Statement]:
    """What a body needs and offers, or the needs that hold the words, the newest first."""
    wanted = spell(words)
    if body:
        found = [one for one in (*known.needs, *known.offers) if one.entity.id == body]
    elif wanted:
        places = {one.key for one in known.open_needs([words])}
        found = [
            one
            for one in known.needs
            if one.key in places or wanted in spell(f"{one.entity.name} {one.topic}")
        ]
    else:
        found = known.open_needs()
    return sorted(found, key=lambda one: (one.side, one.last, one.key), reverse=not body)


def _in_state(judged: Sequence[Match], state: str, query: Mapping[str, str]) -> Pairs:
    """Judged pairs of one state by their need, narrowed as the needs are."""
    body, words = query.get("body", ""), spell(query.get("q", ""))
    found: dict[str, tuple[Statement, list[Match]]] = {}
    for match in judged:
        sides = match.need, match.offer
        told = spell(" ".join(f"{side.entity.name} {side.topic}" for side in sides))
        if (
            match.state == state
            and words in told
            and (not body or body in {side.entity.id for side in sides})
        ):
            found.setdefault(match.need.key, (match.need, []))[1].append(match)
    return list(found.values())


@post("/matches", opt={"role": "reviewer"}, status_code=303)
async def decide_match(request: AnyRequest, state: State) -> Response[Any]:
    """``match``, ``decline`` or ``realise`` the ``need`` and the ``offer`` named."""
    form = await request.form()
    verb, need, offer = (str(form.get(name, "")) for name in ("verb", "need", "offer"))
    back = safe_next(str(form.get("back", "/matches")))
    if verb not in VERBS or not need or not offer:
        raise UsageError("no such judgement", remedy="Use the buttons of the page.")
    made = Judgement(
        verb=verb,  # type: ignore[arg-type]
        left=need,
        right=offer,
        author=author_of(request),
        reason=reason_of(form),
    )
    return await anyio.to_thread.run_sync(written, request, state, [made], back)


@get("/technologies", opt={"role": "reader"}, sync_to_thread=True)
def technologies(request: AnyRequest, state: State) -> Template:
    """The register, narrowed by ``q`` and ``how``; ``key`` asks for all about one technology."""
    look = Look.at(request, state)
    known = known_market(look)
    assert known is not None  # it was waited for
    register: list[Technology] = look.desk.kept(
        "technologies", look.view, lambda: register_of((*known.needs, *known.offers))
    )
    if key := look.query.get("key", ""):
        return _one(look, register, key)
    named = search(register, look.query["q"]) if look.query.get("q") else register
    role = look.query.get("how", "")
    found = [row for row in named if role not in ROLES or any(p.role == role for p in row.parts)]
    cut = cut_out(lambda start, size: found[start : start + size], len(found), len(register),
                  look.query, _LINES)  # fmt: skip
    numbers = Counter[str](role for row in named for role in {part.role for part in row.parts})
    context = {
        "view": cut,
        "lines": technology_lines(cut.rows, look.words),
        "chips": chips(ROLES, "how", numbers, look.query, look.words),
    }
    return look.page("technologies.html", "zone", context)


def _one(look: Look, register: list[Technology], key: str) -> Template:
    row = next((row for row in register if row.key == key), None)
    if row is None:
        raise MissingError("technology")
    facts = look.facts
    page = technology_page(row, lambda entry: facts.of([entry])[0], look.words)
    return look.page("technology.html", "zone", {"page": page})
