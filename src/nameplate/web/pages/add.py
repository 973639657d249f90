"""Add: files, a text or an address; the claims are seen before anything enters the ledger."""

from __future__ import annotations

import re
from typing import Any

import anyio.to_thread
import msgspec
from litestar import get, post
from litestar.datastructures import State, UploadFile
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template

from nameplate.errors import ReadError, UsageError
from nameplate.model import Document, content_key
from nameplate.read import read_bytes
from nameplate.read.fetching import LARGEST, fetch
from nameplate.web.access import person_of
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look, is_day
from nameplate.web.staging import Reader, Staged, Staging
from nameplate.web.views.evidence import label, say_claim
from nameplate.web.views.quote import Quote, in_sentence
from nameplate.web.views.refusals import say_error

FILES, _NAME, _SHOWN = 50, 120, 200
BODY = 100_000_000
"""Bytes of one form with all its files."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f/\\]+")


class Preview(msgspec.Struct, frozen=True):
    """A claim as it would enter."""

    kind: str
    label: str
    said: str
    subject: str
    doubt: str
    quote: Quote


class Item(msgspec.Struct, frozen=True):
    """A report of the batch as printed."""

    name: str
    title: str
    published: str
    problem: str
    entered: str
    key: str
    claims: list[Preview]
    more: int
    rejected: int


@get("/add", opt={"role": "editor"}, sync_to_thread=True)
def add(request: AnyRequest, state: State) -> Template:
    """The form."""
    return Look.at(request, state).page("add.html", "add", {"files": FILES})


@post("/add", opt={"role": "editor"}, status_code=303, request_max_body_size=BODY)
async def stage(request: AnyRequest, state: State) -> Response[Any]:
    """Begin to read what was given; the page of the batch shows how far it has come."""
    form = await request.form()
    readers: list[tuple[str, Reader]] = []
    for upload in form.getall("files", []):
        if isinstance(upload, UploadFile) and upload.filename:
            name = _CONTROL.sub("_", upload.filename)[-_NAME:]
            readers.append((name, _from_file(name, await upload.read(), upload.content_type)))
    if text := str(form.get("text", "")).strip():
        title = str(form.get("title", "")).strip()[:300]
        published = str(form.get("published", ""))
        readers.append((title or text[:40], _from_text(text, title, published)))
    if address := str(form.get("address", "")).strip()[:2000]:
        readers.append((address, _from_address(address)))
    if not readers or len(readers) > FILES:
        problem = f"{len(readers)} reports cannot be added together"
        raise UsageError(problem, remedy=f"Give 1 to {FILES} files, a text, or an address.")
    person = person_of(request)
    staging: Staging = state.staging
    key = staging.begin(person.name if person else "", readers)
    return Redirect(f"/add/{key}", status_code=303)


@get("/add/{key:str}", opt={"role": "editor"}, sync_to_thread=True)
def staged(request: AnyRequest, state: State, key: FromPath[str]) -> Template:
    """The batch: how far it is, every claim that would enter, what could not be read."""
    look = Look.at(request, state)
    batch = state.staging.batch(key, _name(request))
    items = [_item(item, look) for item in list(batch.items)]
    context = {
        "key": key,
        "items": items,
        "total": batch.total,
        "state": batch.state,
        "good": sum(1 for item in items if not item.problem),
        "found": sum(len(item.claims) + item.more for item in items),
    }
    return look.page("staged.html", "add", context)


@post("/add/{key:str}", opt={"role": "editor"}, status_code=303)
async def enter(request: AnyRequest, state: State, key: FromPath[str]) -> Response[Any]:
    """Append the reports of the batch to the ledger."""
    name = _name(request)

    def run() -> None:
        for item in state.staging.enter(key, name, state.desk.ledger):
            state.accounts.note(
                name, "report added" if item.entered else "report failed", item.name
            )

    await anyio.to_thread.run_sync(run)
    return Redirect(f"/add/{key}", status_code=303)


def _name(request: AnyRequest) -> str:
    person = person_of(request)
    return person.name if person else ""


def _from_file(name: str, data: bytes, media_type: str | None) -> Reader:
    def read() -> tuple[Document, bytes]:
        if len(data) > LARGEST:
            raise ReadError(f"it is larger than {LARGEST // 1_000_000} MB", remedy="Split it.")
        return read_bytes(data, name=name, media_type=media_type), data

    return read


def _from_text(text: str, title: str, published: str) -> Reader:
    def read() -> tuple[Document, bytes]:
        data = text.replace("\r\n", "\n").encode("utf-8", "replace")
        name = f"pasted-{content_key(text)[:12]}"
        day = published if is_day(published) else None
        found = read_bytes(data, name=name, media_type="text/plain; charset=utf-8", published=day)
        return msgspec.structs.replace(found, title=title or found.title), data

    return read


def _from_address(address: str) -> Reader:
    def read() -> tuple[Document, bytes]:
        got = fetch(address)
        found = read_bytes(
            got.data, name=got.address, media_type=got.media_type, address=got.address
        )
        return found, got.data

    return read


def _item(item: Staged, look: Look) -> Item:
    document, words = item.document, look.words
    text = document.text if document else ""
    previews = [
        Preview(
            claim.kind, label(claim, words), say_claim(claim, words) or claim.quote, claim.subject,
            claim.doubt or "", in_sentence(text, claim.start, claim.end),
        )
        for claim in item.claims[:_SHOWN]
    ]  # fmt: skip
    return Item(
        name=item.name,
        title=(document.title if document else None) or item.name,
        published=(document.published if document else None) or "",
        problem=say_error(item.problem, item.remedy, words) if item.problem else "",
        entered=item.entered,
        key=document.key if document else "",
        claims=previews,
        more=len(item.claims) - len(previews),
        rejected=len(item.rejected),
    )
