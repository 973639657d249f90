"""Pages for what goes wrong: each says what happened and what to do next."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from litestar.exceptions import HTTPException
from litestar.response import Template
from litestar.types import ExceptionHandlersMap

from nameplate.errors import LedgerError, NameplateError
from nameplate.web.page import AnyRequest, language, render
from nameplate.web.views.words import words

log = logging.getLogger("nameplate.web")

_HEADINGS = {400: "bad_request", 404: "not_found", 405: "wrong_method", 421: "wrong_host"}


class MissingError(NameplateError):
    """An address of the right form that names nothing; ``what`` is ``entity`` or ``document``."""

    def __init__(self, what: str) -> None:
        super().__init__(f"no such {what}")
        self.what = what


def _missing(request: AnyRequest, error: MissingError) -> Template:
    search = "/documents" if error.what == "document" else "/projects"
    key = f"not_found_{error.what}"
    return _page(request, 404, key, hint=f"{key}_hint", search=search)


def _http(request: AnyRequest, error: HTTPException) -> Template:
    heading = _HEADINGS.get(error.status_code)
    if heading is None and error.status_code >= 500:
        return _failed(request, error)
    hint = "not_found_hint" if error.status_code == 404 else ""
    search = "/projects" if error.status_code == 404 else ""
    return _page(request, error.status_code, heading or "bad_request", hint=hint, search=search)


def _ledger(request: AnyRequest, error: LedgerError) -> Template:
    log.warning("%s", error.sentence())
    return _page(request, 503, "failed_ledger", detail=f"{error.problem}. {error.remedy}")


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
    MissingError: _missing,
    HTTPException: _http,
    LedgerError: _ledger,
    Exception: _failed,
}
