"""Pages for what goes wrong: each says what happened and what to do next."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from litestar.exceptions import (
    HTTPException,
    NotAuthorizedException,
    PermissionDeniedException,
)
from litestar.response import Redirect, Response, Template
from litestar.types import ExceptionHandlersMap

from nameplate.errors import LedgerError, NameplateError, UsageError
from nameplate.web.access import FormError, NoFormsError, ReadOnlyError, login_address
from nameplate.web.page import AnyRequest, language, render
from nameplate.web.views.refusals import say_raised
from nameplate.web.views.words import words

log = logging.getLogger("nameplate.web")

_HEADINGS = {
    429: "too_many",
    400: "bad_request", 403: "forbidden", 404: "not_found", 405: "wrong_method",
    413: "too_large", 421: "wrong_host",
}  # fmt: skip


class MissingError(NameplateError):
    """An address of the right form that names nothing.

    ``what`` is ``entity``, ``document``, ``technology`` or ``form``.
    """

    def __init__(self, what: str) -> None:
        super().__init__(f"no such {what}")
        self.what = what


class WorkingError(NameplateError):
    """What was asked for is being worked out; it can be asked for again in a little while.

    ``what`` is ``working`` for a day of the past, ``making`` for all, ``matching`` for matches;
    ``done`` is how many things are.
    """

    def __init__(self, what: str, done: int = 0) -> None:
        super().__init__("being worked out")
        self.what, self.done = what, done


def _working(request: AnyRequest, error: WorkingError) -> Response[Any]:
    table = words(language(request))
    detail = table.say("making_done", n=f"{error.done:,}") if error.done else ""
    page = _page(request, 503, error.what, hint=f"{error.what}_hint", detail=detail)
    page.headers |= {"refresh": "5", "retry-after": "5"}
    return page


_SEARCHES = {"form": "", "document": "/documents", "technology": "/technologies"}
"""Where to look for what is not there."""


def _missing(request: AnyRequest, error: MissingError) -> Template:
    search = _SEARCHES.get(error.what, "/projects")
    key = f"not_found_{error.what}"
    return _page(request, 404, key, hint=f"{key}_hint", search=search)


def _usage(request: AnyRequest, error: UsageError) -> Response[Any]:
    said = say_raised(error, words(language(request)))
    if _by_script(request):
        return Response({"problem": said}, status_code=400)
    return _page(request, 400, "not_taken", detail=said)


def _stranger(request: AnyRequest, error: NotAuthorizedException) -> Response[Any]:
    if _by_script(request) or request.method != "GET":
        told = words(language(request)).say("login_first")
        return Response({"problem": told}, status_code=401)
    return Redirect(login_address(request), status_code=303)


def _forbidden(request: AnyRequest, error: PermissionDeniedException) -> Template:
    if isinstance(error, NoFormsError):
        return _page(request, 403, "no_forms", hint="no_forms_hint")
    hint = "read_only_hint" if isinstance(error, ReadOnlyError) else "forbidden_hint"
    return _page(request, 403, "forbidden", hint=hint)


def _form(request: AnyRequest, error: FormError) -> Response[Any]:
    if _by_script(request):
        return Response({"problem": words(language(request)).say("form_old")}, status_code=403)
    return _page(request, 403, "form_old", hint="form_old_hint")


def _by_script(request: AnyRequest) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _http(request: AnyRequest, error: HTTPException) -> Template:
    heading = _HEADINGS.get(error.status_code)
    if heading is None and error.status_code >= 500:
        return _failed(request, error)
    hint = "not_found_hint" if error.status_code == 404 else ""
    search = "/projects" if error.status_code == 404 else ""
    return _page(request, error.status_code, heading or "bad_request", hint=hint, search=search)


def _ledger(request: AnyRequest, error: LedgerError) -> Template:
    log.warning("%s", error.sentence())
    return _page(request, 503, "failed_ledger", detail=say_raised(error, words(language(request))))


def _failed(request: AnyRequest, error: Exception) -> Template:
    reference = secrets.token_hex(4)
    log.error("page failed, reference %s", reference, exc_info=error)
    return _page(request, 500, "failed", hint="failed_hint", reference=reference)


def _page(request: AnyRequest, status: int, heading: str, **blanks: Any) -> Template:
    table = words(language(request))
    hint = blanks.pop("hint", "")
    context = {"detail": "", "reference": "", "search": "", **blanks}
    context |= {"heading": table.say(heading), "hint": table.say(hint) if hint else ""}
    return render(request, "problem.html", context, status=status)


HANDLERS: ExceptionHandlersMap = {
    UsageError: _usage,
    NotAuthorizedException: _stranger,
    PermissionDeniedException: _forbidden,
    FormError: _form,
    MissingError: _missing,
    WorkingError: _working,
    HTTPException: _http,
    LedgerError: _ledger,
    Exception: _failed,
}
