"""Monitors: saved questions with their figures, sentence and alerts; the alerts' feed."""

from __future__ import annotations

import hashlib
import hmac
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

import anyio.to_thread
import msgspec
from litestar import get, post
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template

from nameplate.answer.monitor import (
    Alert,
    Monitor,
    Seen,
    Threshold,
    alerts,
    dump,
    load,
    sentence,
)
from nameplate.answer.monitor.sentence import Lang, name_in
from nameplate.errors import NameplateError, UsageError
from nameplate.model import content_key
from nameplate.monitors import TEMPLATES, answer, define, named, saved, template, withdraw
from nameplate.monitors.feed import atom
from nameplate.web.access import person_of
from nameplate.web.accounts import Accounts
from nameplate.web.page import AnyRequest, language
from nameplate.web.pages.frame import Look
from nameplate.web.pages.review import author_of
from nameplate.web.problems import MissingError
from nameplate.web.views.monitors import alert_views, line_views, pieces
from nameplate.web.views.refusals import say_raised, say_sentence
from nameplate.web.views.words import Words

_LONGEST = 20_000
"""Signs of a monitor's TOML; nobody writes more by hand."""


@get("/monitors", opt={"role": "reader"}, sync_to_thread=True)
def monitors(request: AnyRequest, state: State) -> Template:
    """The saved monitors with their newest sentence, and all alerts that stand."""
    look = Look.at(request, state)
    lang = _lang(look.words)
    cards, found = [], []
    unread: list[tuple[str, str, str]] = []

    def failed(name: str, error: NameplateError) -> None:
        unread.append((name, _address(name), say_sentence(error.problem, look.words)))

    for monitor in saved(look.desk.ledger, look.view.as_of or None, failed):
        seen = _answered(look, monitor)
        if isinstance(seen, Seen):
            found += alerts(seen)
            cards.append(
                (
                    monitor,
                    _address(monitor.name),
                    pieces(sentence(seen, None, lang), look.words),
                    "",
                )
            )
        else:
            cards.append((monitor, _address(monitor.name), [], seen))
    standing = sorted((a for a in found if a.standing), key=lambda a: (a.day, a.key), reverse=True)
    context = {
        "cards": [(m, m.heading(lang), href, said, problem) for m, href, said, problem in cards],
        "unread": unread,
        "alerts": alert_views(standing, look.facts.of, look.words, lang),
        "templates": [(name, template(name).heading(lang)) for name in TEMPLATES],
        "feed": _feed_address(request, state, lang),
    }
    return look.page("monitors.html", "zone", context)


@get("/monitor/{name:str}", opt={"role": "reader"}, sync_to_thread=True)
def monitor(request: AnyRequest, state: State, name: FromPath[str]) -> Template:
    """One monitor: the sentence of a ``day``, its lines drawn and listed, its alerts.

    With ``of`` the name is that of a template, which is asked without being saved.
    """
    look = Look.at(request, state)
    lang = _lang(look.words)
    of = look.query.get("of", "")
    asked = _template(name, of) if of else _saved(look, name)
    seen = _answered(look, asked)
    if not isinstance(seen, Seen):
        raise UsageError(seen, remedy="")
    said = sentence(seen, look.query.get("day") or None, lang)
    facts = look.facts
    context = {
        "monitor": asked,
        "heading": f"{asked.heading(lang)}: {name_in(seen, lang)}",
        "saved": not of,
        "said": pieces(said, look.words),
        "asked": said.asked,
        "days": [row.period for row in reversed(seen.rows) if row.period][:60],
        "lines": line_views(seen, facts.of, look.words, lang),
        "aside": [
            (look.words.say(f"monitor_why_{one.why}"), facts.of([one.entry])[0])
            for one in seen.aside[:12]
        ],
        "aside_more": max(0, len(seen.aside) - 12),
        "alerts": alert_views(alerts(seen)[:20], facts.of, look.words, lang),
        "keys": [(key, asked.label(key, lang)) for key in (o.key for o in asked.named())],
        "address": _address(asked.name),
        "toml": dump(asked),
    }
    return look.page("monitor.html", "zone", context)


@get("/monitors/feed.xml", opt={"role": "reader"}, sync_to_thread=True)
def feed(request: AnyRequest, state: State) -> Response[bytes]:
    """The alerts as an Atom feed, for whoever is logged in."""
    return _feed(request, state)


@get("/feed/{who:str}/{key:str}", opt={"role": "public"}, sync_to_thread=True)
def signed_feed(
    request: AnyRequest, state: State, who: FromPath[str], key: FromPath[str]
) -> Response[bytes]:
    """The same for a feed reader, which cannot log in: the address is signed for one person, and
    leads nowhere once that person has no account any more."""
    accounts: Accounts | None = state.accounts
    known = accounts is not None and any(p.name == who and p.active for p in accounts.people())
    if not known or not hmac.compare_digest(key, _signature(state, who)):
        raise MissingError("document")
    return _feed(request, state)


@post("/monitors", opt={"role": "editor"}, status_code=303)
async def save_monitor(request: AnyRequest, state: State) -> Response[Any] | Template:
    """Save a monitor from a ``template`` about a ``subject``, or from ``toml``."""
    form = {k: str(v) for k, v in (await request.form()).items()}
    if form.get("toml"):
        try:
            made = load(form["toml"][:_LONGEST], where="the form")
        except UsageError as error:
            return await anyio.to_thread.run_sync(_again, request, state, form["toml"], error)
    else:
        model = template(form.get("template", ""))
        made = msgspec.structs.replace(
            model,
            subject=form.get("subject", "").strip()[:200],
            name=form.get("name", "").strip() or model.name,
            returns=form.get("returns", "").strip()[:200],
        )
    return await anyio.to_thread.run_sync(_kept, request, state, made)


@post("/monitor/{name:str}/alert", opt={"role": "editor"}, status_code=303)
async def add_alert(request: AnyRequest, state: State, name: FromPath[str]) -> Response[Any]:
    """One more threshold: ``line``, ``way`` and ``level``."""
    form = {k: str(v) for k, v in (await request.form()).items()}
    try:
        level = Decimal(form.get("level", "").replace(",", ""))
    except InvalidOperation:
        raise UsageError(
            "the level is no number", remedy="Go back and write 1000000 or 99.5."
        ) from None
    if not level.is_finite():
        raise UsageError("the level is no number", remedy="Go back and write 1000000 or 99.5.")
    way = form.get("way", "")
    if way not in ("above", "below", "crossed"):
        raise UsageError("an alert is above, below or crossed", remedy="Go back and choose one.")
    more = Threshold(line=form.get("line", ""), level=level, way=way)  # type: ignore[arg-type]
    old = await anyio.to_thread.run_sync(named, state.desk.ledger, name)
    made = msgspec.structs.replace(old, alert=(*old.alert, more))
    return await anyio.to_thread.run_sync(_kept, request, state, made)


@post("/monitor/{name:str}/withdraw", opt={"role": "editor"}, status_code=303)
async def withdraw_monitor(request: AnyRequest, state: State, name: FromPath[str]) -> Response[Any]:
    """Take a monitor out of use."""
    who = author_of(request)

    def work() -> None:
        withdraw(state.desk.ledger, name, who)
        state.accounts.note(who, "monitor withdrawn", name)

    await anyio.to_thread.run_sync(work)
    return Redirect("/monitors", status_code=303)


def _again(request: AnyRequest, state: State, toml: str, error: UsageError) -> Template:
    """What was written, to be put right, under what is wrong with it."""
    look = Look.at(request, state, lists=False)
    context = {"toml": toml[:_LONGEST], "problem": say_raised(error, look.words)}
    return look.page("monitor_again.html", "zone", context, status=400)


def _kept(request: AnyRequest, state: State, made: Monitor) -> Response[Any]:
    who = author_of(request)
    if define(state.desk.ledger, made, who):
        state.accounts.note(who, "monitor saved", made.name)
    return Redirect(_address(made.name), status_code=303)


def _address(name: str) -> str:
    return f"/monitor/{quote(name, safe='')}"


def _template(name: str, of: str) -> Monitor:
    if name not in TEMPLATES:
        raise MissingError("document")
    return msgspec.structs.replace(template(name), subject=of)


def _saved(look: Look, name: str) -> Monitor:
    known = {one.name for one in look.desk.ledger.monitors.saved(look.view.as_of or None)}
    try:
        return named(look.desk.ledger, name, look.view.as_of or None)
    except UsageError as error:
        if name in known:
            raise  # it is there, and cannot be read
        raise MissingError("document") from error


def _answered(look: Look, asked: Monitor) -> Seen | str:
    """The answer, kept until the ledger changes; in words why there is none."""
    ledger, view = look.desk.ledger, look.view

    def make() -> Seen:
        return answer(ledger, asked, view.today, view.as_of or None)

    try:
        return look.desk.kept(f"monitor {content_key(dump(asked))}", view, make)
    except NameplateError as error:
        return error.sentence()


def _feed(request: AnyRequest, state: State) -> Response[bytes]:
    look = Look.at(request, state, lists=False)
    found: list[Alert] = []
    for one in saved(look.desk.ledger, look.view.as_of or None, lambda *_: None):
        seen = _answered(look, one)
        found += alerts(seen) if isinstance(seen, Seen) else []
    found.sort(key=lambda a: (a.day, a.key), reverse=True)
    base = str(request.base_url).rstrip("/")
    body = atom(found, today=look.view.today, lang=language(request), base=base)
    return Response(body, media_type="application/atom+xml; charset=utf-8")


def _feed_address(request: AnyRequest, state: State, lang: Lang) -> str:
    """The feed's address: signed where there are accounts, since feed readers cannot log in."""
    person = person_of(request)
    if state.accounts is None or person is None:
        return f"/monitors/feed.xml?lang={lang}"
    return f"/feed/{quote(person.name, safe='')}/{_signature(state, person.name)}?lang={lang}"


def _signature(state: State, who: str) -> str:
    return hmac.new(state.form_key, f"feed\x1f{who}".encode(), hashlib.sha256).hexdigest()


def _lang(words: Words) -> Lang:
    return "zh" if words.tag.startswith("zh") else "en"
