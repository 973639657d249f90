"""How a page is put together: its language, the frame around it, the template."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar import Request
from litestar.datastructures import Cookie
from litestar.response import Template

from nameplate.web.access import SESSION, VISIT, form_token, new_visit, person_of
from nameplate.web.accounts import Accounts, may
from nameplate.web.views import shown
from nameplate.web.views.links import query_link, with_day
from nameplate.web.views.words import LANGUAGES, Words, choose, grouped, words

COOKIE = "desk_lang"
_YEAR = 365 * 24 * 3600
_LONGEST_PARAMETER = 200

AnyRequest = Request[Any, Any, Any]


@cache
def environment() -> Environment:
    """The templates: every value escaped, every deceiving character shown, no name unknown."""
    made = Environment(
        loader=PackageLoader("nameplate.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown.finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"rich": shown.rich, "clip": shown.clip, "grouped": grouped, "at": _at}
    made.globals["asset"] = _asset
    return made


@pass_context
def _at(context: Context, href: str) -> str:
    """An address of ours on the day that the page is turned back to: every link keeps the day."""
    return with_day(href, str(context.get("as_of", "")))


@cache
def _asset(name: str) -> str:
    """The address of a file of ours; its digest in it lets browsers keep the file."""
    content = (files("nameplate.web") / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def parameters(request: AnyRequest) -> dict[str, str]:
    """The address's parameters but the language: the last of each name, cut to a sane length."""
    return {
        name: value[:_LONGEST_PARAMETER]
        for name, value in request.query_params.multi_items()
        if isinstance(value, str) and value and name != "lang"
    }


def language(request: AnyRequest) -> str:
    """The language that the reader asked for now, before, or in the browser's settings."""
    asked = request.query_params.get("lang")
    return choose(asked, request.cookies.get(COOKIE), request.headers.get("accept-language", ""))


def render(
    request: AnyRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> Template:
    """A page of the desk: the template in its frame, in the reader's language."""
    lang = language(request)
    query = parameters(request)
    cookies = []
    visit = "" if VISIT in request.cookies or SESSION in request.cookies else new_visit()
    accounts: Accounts | None = request.app.state.accounts
    if accounts is not None and visit:
        kept = {"samesite": "lax", "httponly": True, "secure": request.app.state.secure}
        cookies.append(Cookie(key=VISIT, value=visit, **kept))
    if request.query_params.get("lang") == lang:
        cookies.append(Cookie(key=COOKIE, value=lang, max_age=_YEAR, samesite="lax", httponly=True))
    return Template(
        template_name=template,
        context={**_frame(query, words(lang), lang), **_whose(request, visit), **context},
        status_code=status,
        media_type="text/html",
        cookies=cookies,
    )


def _whose(request: AnyRequest, visit: str) -> dict[str, Any]:
    """Who looks, what they may do, and the token of their forms."""
    person = person_of(request)
    role = person.role if person else None
    return {
        "person": person,
        "can": lambda needed: may(role, needed),
        "csrf": form_token(request, visit),
        "accounts": request.app.state.accounts is not None,
    }


def _frame(query: dict[str, str], table: Words, lang: str) -> dict[str, Any]:
    return {
        "words": table,
        "say": table.say,
        "query": query,
        "here": "",
        "counts": None,
        "as_of": "",
        "as_of_said": "",
        "today": "",
        "languages": [
            (words(tag).tag, query_link(query, lang=tag), words(tag).name, tag == lang)
            for tag in LANGUAGES
        ],
    }
