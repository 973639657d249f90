"""Who may open what: a rule on every route, checked on the server before anything else.

A route says the role that it needs as ``opt={"role": …}``; one that says none is closed to all, so
that a new route without a rule cannot be opened by mistake. Without accounts (`demo`) everybody is a
reader and nothing can be written. A form carries a token bound to the browser's cookie, and must come
from a page of ours by its ``Origin``.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any
from urllib.parse import quote, urlsplit

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.exceptions import ClientException, NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from nameplate.web.accounts import Accounts, Person, may

SESSION, VISIT = "desk_session", "desk_visit"
GUEST = Person("", "reader")
"""Who looks at a desk that has no accounts."""

AnyConnection = ASGIConnection[Any, Any, Any, Any]


class ReadOnlyError(PermissionDeniedException):
    """A desk without accounts takes no input."""


class NoFormsError(PermissionDeniedException):
    """A form's link that was opened on a desk which takes no input."""


class FormError(ClientException):
    """A form that was not sent from a page of this desk, or after its session ended."""

    status_code = 403


def guard(connection: AnyConnection, handler: BaseRouteHandler) -> None:
    """Let the request through if whoever sends it may; notes who it is for the page."""
    accounts: Accounts | None = connection.app.state.accounts
    token = connection.cookies.get(SESSION)
    person = GUEST if accounts is None else accounts.who(token)
    connection.state.person = person
    needed = handler.opt.get("role", "")
    if may(person.role if person else None, needed):
        return
    if accounts is None:
        raise ReadOnlyError("read-only")
    if person is None:
        raise NotAuthorizedException("log in first")
    raise PermissionDeniedException("not yours to do")


async def check_form(request: Request[Any, Any, Any]) -> None:
    """Before a handler that writes: the form must be ours, in this browser."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    origin = request.headers.get("origin", "")
    host = request.headers.get("host", "")
    if origin and urlsplit(origin).netloc != host:
        raise FormError("from elsewhere")
    if not origin and request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise FormError("from elsewhere")
    form = await request.form()
    given, due = form.get("csrf"), form_token(request)
    if not isinstance(given, str) or not due or not hmac.compare_digest(given, due):
        raise FormError("no token")


def form_token(request: Request[Any, Any, Any], visit: str = "") -> str:
    """The token that this browser's forms carry; empty without a cookie to bind it to."""
    key: bytes = request.app.state.form_key
    bound = request.cookies.get(SESSION) or request.cookies.get(VISIT) or visit
    return hmac.new(key, bound.encode(), hashlib.sha256).hexdigest() if bound else ""


def new_visit() -> str:
    """A value for the cookie that the forms of somebody not logged in are bound to."""
    return secrets.token_urlsafe(16)


def person_of(request: Request[Any, Any, Any]) -> Person | None:
    """Who sends the request, as far as the guard has come."""
    found: Person | None = getattr(request.state, "person", None)
    return found


def login_address(request: Request[Any, Any, Any]) -> str:
    """The log-in page, which leads back to where the request wanted to go."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/login?next={quote(request.url.path + query, safe='')}"


def safe_next(wish: str) -> str:
    """An address on this desk to go on to; anything else is the first page."""
    plain = wish.startswith("/") and not wish.startswith(("//", "/\\"))
    return wish if plain and wish.isprintable() and "\\" not in wish else "/"
