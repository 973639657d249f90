"""Returns: those taken with their refused cells, and one on its way in: draft, check, look, take."""

from __future__ import annotations

import re
from typing import Any

import anyio.to_thread
import msgspec
from litestar import get, post
from litestar.datastructures import State, UploadFile
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template

from nameplate.claim.returns import MEDIA_TYPES, dump, load
from nameplate.errors import UsageError
from nameplate.ledger import Filed
from nameplate.returns import Given
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.pages.review import author_of
from nameplate.web.problems import MissingError
from nameplate.web.returning import LARGEST, Pending, Returning, failed
from nameplate.web.views.refusals import say_error, say_sentence
from nameplate.web.views.returns import (
    REFUSED,
    SUBJECTS,
    choices,
    column_fields,
    mapping_of,
    refused_now,
    refused_rows,
    return_row,
    taken,
)
from nameplate.web.views.table import cut_out

_BODY = LARGEST + 1_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f/\\!]+")
_BUSY = ("reading", "checking", "taking")


@get("/returns", opt={"role": "reader"}, sync_to_thread=True)
def returns(request: AnyRequest, state: State) -> Template:
    """The returns that were taken, the newest first; a form to upload one."""
    look = Look.at(request, state)
    found = _filed(look)
    cut = cut_out(
        lambda start, size: found[start : start + size], len(found), len(found), look.query
    )
    rows = [(return_row(one, look.words), len(_refused(look, one))) for one in cut.rows]
    return look.page("returns.html", "zone", {"view": cut, "rows": rows})


@get("/returns/{key:str}", opt={"role": "reader"}, sync_to_thread=True)
def one_return(request: AnyRequest, state: State, key: FromPath[str]) -> Template:
    """One return: its refused cells with address and reason, and where its claims can be seen."""
    look = Look.at(request, state)
    filed = next((one for one in _filed(look) if one.key == key), None)
    if filed is None:
        raise MissingError("document")
    found = _refused(look, filed)
    context = {
        "one": return_row(filed, look.words),
        "refused": found[:REFUSED],
        "more": max(0, len(found) - REFUSED),
    }
    return look.page("return.html", "zone", context)


@post("/returns", opt={"role": "editor"}, status_code=303, request_max_body_size=_BODY)
async def upload(request: AnyRequest, state: State) -> Response[Any]:
    """Begin with a return's ``file``, and with the ``mapping`` if a file of one is given."""
    form = await request.form()
    file, given_mapping = form.get("file"), form.get("mapping")
    if not isinstance(file, UploadFile) or not file.filename:
        raise UsageError("no return was chosen", remedy="Choose a file: XLSX, XLS, ODS or CSV.")
    name = _CONTROL.sub("_", file.filename)[-120:]
    data = await file.read()
    mapping = None
    if isinstance(given_mapping, UploadFile) and given_mapping.filename:
        text = (await given_mapping.read())[:1_000_000].decode("utf-8", "replace")
        mapping = load(text, name=given_mapping.filename[:120])
    returning: Returning = state.returning
    key = returning.begin(author_of(request), Given(name, data), mapping)
    return Redirect(f"/returns/new/{key}", status_code=303)


@get("/returns/new/{key:str}", opt={"role": "editor"}, sync_to_thread=True)
def new_return(request: AnyRequest, state: State, key: FromPath[str]) -> Template:
    """The return on its way in: how far it is, its mapping to mend, what it would give."""
    look = Look.at(request, state)
    one: Pending = state.returning.of(key, author_of(request))
    busy = one.state in _BUSY or not one.sheets
    sheet = None if busy else one.sheet
    preview = one.preview
    context = {
        "key": key,
        "one": one,
        "busy": one.state in _BUSY,
        "problem": say_error(one.problem, one.remedy, look.words),
        "wrong": [say_sentence(line, look.words) for line in one.wrong[:20]],
        "notes": [say_sentence(line, look.words) for line in one.notes[:20]],
        "sheets": [s.name for s in one.sheets] if not busy else [],
        "sheet": sheet.name if sheet else "",
        "columns": column_fields(sheet, one.mapping) if sheet else [],
        "choices": choices(look.words),
        "kinds": [(kind, look.words.name_of("entity", kind)) for kind in SUBJECTS],
        "claims": taken(preview, look.words) if preview else [],
        "refused": refused_now(preview.refused[:REFUSED], look.words) if preview else [],
    }
    return look.page("return_new.html", "zone", context)


@get("/returns/new/{key:str}/mapping.toml", opt={"role": "editor"}, sync_to_thread=True)
def new_mapping(request: AnyRequest, state: State, key: FromPath[str]) -> Response[bytes]:
    """The mapping as a file, for the next return of this form."""
    one: Pending = state.returning.of(key, author_of(request))
    if one.mapping is None:
        raise UsageError("there is no mapping yet", remedy="Choose whose the figures are first.")
    name = re.sub(r"[^\w.-]+", "_", one.given.name.rsplit(".", 1)[0], flags=re.ASCII) or "mapping"
    headers = {"content-disposition": f'attachment; filename="{name}.toml"'}
    return Response(dump(one.mapping, {}).encode(), media_type="application/toml", headers=headers)


@post("/returns/new/{key:str}", opt={"role": "editor"}, status_code=303)
async def work_on(request: AnyRequest, state: State, key: FromPath[str]) -> Response[Any]:
    """``verb`` check: with the mapping of the form; take: what was looked at enters the ledger."""
    form = await request.form()
    given = {name: str(value)[:300] for name, value in form.multi_items()}
    await anyio.to_thread.run_sync(_worked, request, state, key, given)
    return Redirect(f"/returns/new/{key}", status_code=303)


def _worked(request: AnyRequest, state: State, key: str, given: dict[str, str]) -> None:
    author = author_of(request)
    returning: Returning = state.returning
    one = returning.of(key, author)
    verb = given.get("verb", "")
    if verb == "take":
        if one.mapping is not None:
            state.links.keep_mapping(one.given.name, dump(one.mapping, {}))
        returning.take(one, state.desk.ledger)
        state.accounts.note(author, "return taken", one.given.name)
    elif verb == "failed" and one.state == "failed":
        failed(state.desk.ledger, one)
        state.accounts.note(author, "return failed", one.given.name)
        one.state = "noted"
    elif verb == "check" and one.sheets:
        wish = given.get("sheet", "")
        sheet = next((s for s in one.sheets if s.name == wish), one.sheets[0])
        made = mapping_of(given, sheet, one.mapping)
        named = sheet.name if len(one.sheets) > 1 else None
        returning.check(one, msgspec.structs.replace(made, sheet=named))
    else:
        raise UsageError("no such step", remedy="Use the buttons of the page.")


def _filed(look: Look) -> list[Filed]:
    pages, as_of = look.desk.ledger.pages, look.view.as_of
    return look.desk.kept("returns", look.view, lambda: pages.filed_as(MEDIA_TYPES, as_of))


def _refused(look: Look, filed: Filed) -> list[Any]:
    until = ""
    if filed.superseded:
        later = look.desk.ledger.pages.filed([filed.superseded]).get(filed.superseded)
        until = later.recorded if later else ""
    found = look.desk.ledger.pages.refused_of(filed.id, filed.recorded, until)
    return refused_rows(found, look.words)
