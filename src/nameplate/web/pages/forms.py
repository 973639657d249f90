"""Forms: links made and taken back by editors; and the form itself, behind its signed link alone."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
import msgspec
from litestar import get, post
from litestar.datastructures import State, UploadFile
from litestar.exceptions import ClientException
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template

from nameplate.claim.returns.take import FORM
from nameplate.errors import UsageError
from nameplate.forms import Filled, Link, Links, Wish, fields_of, filled, submit
from nameplate.web.access import NoFormsError
from nameplate.web.page import AnyRequest, language, render
from nameplate.web.pages.frame import Look
from nameplate.web.pages.review import author_of
from nameplate.web.problems import MissingError
from nameplate.web.views.dates import say_date
from nameplate.web.views.forms import field_views, link_row
from nameplate.web.views.words import words

_BODY = 300_000
_MAPPING = 100_000


# For those who make links


@get("/forms", opt={"role": "editor"}, sync_to_thread=True)
def forms(request: AnyRequest, state: State) -> Template:
    """The links with what was sent by them; a form to make one."""
    look = Look.at(request, state, lists=False)
    links = _links(state)
    found = links.all()[:500]
    filed = {one.address: one for one in look.desk.ledger.pages.filed_as([FORM])}
    base = str(request.base_url).rstrip("/")
    rows = []
    for link in found:
        status = links.state(link)
        address = f"{base}/form/{links.token(link)}" if status == "open" else ""
        one = filed.get(link.address)
        sent = (one.key, one.version) if one else ("", 0)
        rows.append(link_row(link, status, address, sent, look.words))
    context = {
        "rows": rows,
        "mappings": list(links.mappings()),
        "made": look.query.get("made", ""),
        "subject": look.query.get("subject", ""),
    }
    return look.page("forms.html", "zone", context)


@post("/forms", opt={"role": "editor"}, status_code=303, request_max_body_size=_BODY)
async def make_form(request: AnyRequest, state: State) -> Response[Any]:
    """A new link for ``subject``, of ``when``, for ``days``, with a ``mapping`` sent along or ``kept``."""
    form = await request.form()
    file, links = form.get("mapping"), _links(state)
    body = links.mappings().get(str(form.get("kept", "")), "")
    if isinstance(file, UploadFile) and file.filename:
        body = (await file.read())[:_MAPPING].decode("utf-8", "replace")
    if not body:
        raise UsageError("no mapping was chosen", remedy="Choose a kept one, or a .toml file.")
    days = str(form.get("days", "14"))
    wish = Wish(
        subject=str(form.get("subject", "")),
        mapping=body,
        when=str(form.get("when", "")).strip() or None,
        days=int(days) if days.isdecimal() and len(days) < 5 else 0,
        author=author_of(request),
    )
    link = await anyio.to_thread.run_sync(links.make, wish)
    state.accounts.note(wish.author, "form link made", f"{link.id} {link.subject}")
    return Redirect(f"/forms?made={link.id}#l-{link.id}", status_code=303)


@post("/forms/revoke", opt={"role": "editor"}, status_code=303)
async def revoke_form(request: AnyRequest, state: State) -> Response[Any]:
    """Take back the ``link``."""
    form = await request.form()
    link = await anyio.to_thread.run_sync(_links(state).revoke, str(form.get("link", "")))
    state.accounts.note(author_of(request), "form link revoked", f"{link.id} {link.subject}")
    return Redirect(f"/forms#l-{link.id}", status_code=303)


# For the enterprise, which has no account


@get("/form/{token:str}", opt={"role": "public"}, sync_to_thread=True)
def form(request: AnyRequest, state: State, token: FromPath[str]) -> Template:
    """The form of the link; after it was sent (``sent``) the receipt."""
    link, ended = _opened(request, state, token)
    if ended:
        return _page(request, "form_ended.html", link, token, {"why": ended}, status=410)
    sent = request.query_params.get("sent", "")
    if sent and (receipt := _receipt(state, link, sent)) is not None:
        return _page(request, "form_receipt.html", link, token, receipt)
    return _form(request, state, (link, token), None)


@post("/form/{token:str}", opt={"role": "public"}, status_code=303, request_max_body_size=_BODY)
async def fill_form(request: AnyRequest, state: State, token: FromPath[str]) -> Response[Any]:
    """``verb`` review: look before sending; mend: back to the form; send: enter it."""
    form = await request.form()
    values = {name: str(value) for name, value in form.multi_items() if isinstance(value, str)}
    return await anyio.to_thread.run_sync(_filled, request, state, token, values)


def _filled(request: AnyRequest, state: State, token: str, values: dict[str, str]) -> Response[Any]:
    link, ended = _opened(request, state, token)
    if ended:
        return _page(request, "form_ended.html", link, token, {"why": ended}, status=410)
    if seconds := _links(state).wait(f"link {link.id}"):
        context = {"why": "wait", "minutes": -(-seconds // 60)}
        page = _page(request, "form_ended.html", link, token, context, status=429)
        page.headers["retry-after"] = str(seconds)
        return page
    done = filled(link, values, state.desk.today())
    verb = values.get("verb", "")
    if verb not in ("review", "send") or done.errors or not done.claims:
        empty = verb in ("review", "send") and not done.errors
        wrong = verb in ("review", "send")
        return _form(request, state, (link, token), done, wrong=wrong, empty=empty)
    if verb == "review":
        context = {"fields": _views(request, state, link, done)}
        return _page(request, "form_review.html", link, token, context)
    added = submit(state.desk.ledger, link, done)
    state.accounts.note(f"form {link.id}", "form sent", f"{link.subject} ({added.status})")
    return Redirect(f"/form/{token}?sent={added.document_key}", status_code=303)


def _opened(request: AnyRequest, state: State, token: str) -> tuple[Link, str]:
    """The link, and why it is over if it is; 404 for any token that was not made here."""
    if state.accounts is None:
        raise NoFormsError("read-only")
    links = _links(state)
    link = links.read(token)
    if link is None:
        source = request.client.host if request.client else ""
        if links.path.exists() and links.wait(f"from {source}"):
            raise _TooManyError("too many")
        raise MissingError("form")
    status = links.state(link)
    return link, "" if status == "open" else status


class _TooManyError(ClientException):
    """Somebody tries one wrong link after the other."""

    status_code = 429


def _form(
    request: AnyRequest,
    state: State,
    link: tuple[Link, str],
    done: Filled | None,
    *,
    wrong: bool = False,
    empty: bool = False,
) -> Template:
    fields = _views(request, state, link[0], done if done is not None else None, errors=wrong)
    context = {
        "fields": fields,
        "wrong": [field for field in fields if field.error],
        "empty": empty and wrong,
    }
    return _page(request, "form.html", *link, context, status=422 if wrong else 200)


def _views(
    request: AnyRequest, state: State, link: Link, done: Filled | None, *, errors: bool = True
) -> list[Any]:
    before = state.desk.ledger.pages.said_of([link.subject])
    table = words(language(request))
    views = field_views(fields_of(link, before), done, table)
    if errors:
        return views
    return [msgspec.structs.replace(view, error="") for view in views]


def _receipt(state: State, link: Link, key: str) -> dict[str, Any] | None:
    """What was sent by this very link, as it is kept."""
    filed = state.desk.ledger.pages.filed([key]).get(key)
    if filed is None or filed.address != link.address:
        return None
    document = state.desk.document(key)
    lines = [line.partition("\t") for line in document.text.splitlines()[1:]]
    return {
        "reference": key[:12],
        "at": filed.recorded[:16].replace("T", " "),
        "version": filed.version,
        "claims": filed.claims,
        "lines": [(label, value) for label, _, value in lines],
    }


def _page(
    request: AnyRequest, template: str, link: Link, token: str, context: dict[str, Any],
    status: int = 200,
) -> Template:  # fmt: skip
    table = words(language(request))
    shared = {
        "link": link,
        "action": f"/form/{token}",
        "when": say_date(link.when, table),
        "minutes": 0,
    }
    return render(request, template, {**shared, **context}, status=status)


def _links(state: State) -> Links:
    links: Links = state.links
    return links
