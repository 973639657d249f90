"""Admin: people and roles, sources and their weight, what could not be read, the audit log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio.to_thread
import msgspec
from litestar import get, post
from litestar.datastructures import State
from litestar.response import Redirect, Response, Template

from nameplate.errors import NameplateError, UsageError
from nameplate.model import Failure
from nameplate.pipeline import add_document, add_paths, settle
from nameplate.read import read_bytes
from nameplate.read.fetching import fetch
from nameplate.web.access import person_of
from nameplate.web.accounts import ROLES, Accounts
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.views.refusals import say_sentence

_SOURCES, _FAILURES = 60, 100


class Source(msgspec.Struct, frozen=True):
    """A publisher: how many reports it gave and how much its word counts."""

    name: str
    reports: int
    weight: float


class Broken(msgspec.Struct, frozen=True):
    """Something that could not be read; ``mended`` if a report of this name came in since."""

    number: int
    where: str
    problem: str
    remedy: str
    mended: bool


@get("/admin", opt={"role": "administrator"}, sync_to_thread=True)
def admin(request: AnyRequest, state: State) -> Template:
    """People, sources, failures, log."""
    look = Look.at(request, state, lists=False)
    accounts: Accounts = state.accounts
    weights = accounts.weights()
    sources = look.desk.ledger.pages.publishers(_SOURCES)
    context = {
        "people": accounts.people(),
        "roles": [(role, look.words.name_of("role", role)) for role in ROLES],
        "sources": [Source(n, c, weights.get(n, 1.0)) for n, c in sources],
        "failures": _failures(look),
        "log": accounts.log(),
        "told": look.query.get("told", ""),
    }
    return look.page("admin.html", "admin", context)


@post("/admin/people", opt={"role": "administrator"}, status_code=303)
async def add_person(request: AnyRequest, state: State) -> Response[Any]:
    """A new account: ``name``, ``role``, ``password``."""
    form = await request.form()
    values = [str(form.get(key, "")) for key in ("name", "role", "password")]
    name, role, password = values
    await anyio.to_thread.run_sync(state.accounts.add, name, role, password, _me(request))
    return Redirect("/admin?told=saved#people", status_code=303)


@post("/admin/person", opt={"role": "administrator"}, status_code=303)
async def change_person(request: AnyRequest, state: State) -> Response[Any]:
    """Change an account: ``role``, ``active``, or a new ``password`` if one is given."""
    form = await request.form()
    role, password = str(form.get("role", "")), str(form.get("password", ""))
    active = str(form.get("active", "1")) == "1"

    def run() -> None:
        state.accounts.change(
            str(form.get("name", "")), _me(request), role=role, active=active,
            password=password or None,
        )  # fmt: skip

    await anyio.to_thread.run_sync(run)
    return Redirect("/admin?told=saved#people", status_code=303)


@post("/admin/source", opt={"role": "administrator"}, status_code=303)
async def weigh_source(request: AnyRequest, state: State) -> Response[Any]:
    """Give a publisher a ``weight``."""
    form = await request.form()
    try:
        weight = float(str(form.get("weight", "")))
    except ValueError:
        weight = float("nan")
    if not 0 <= weight <= 3:
        raise UsageError("this is no weight", remedy="Give a number from 0 to 3.")
    state.accounts.weigh(str(form.get("source", ""))[:200], weight, _me(request))
    state.desk.weights.forget()
    return Redirect("/admin?told=saved#sources", status_code=303)


@post("/admin/retry", opt={"role": "administrator"}, status_code=303)
async def retry(request: AnyRequest, state: State) -> Response[Any]:
    """Try again what failed: only a failure of the ledger's own list, by its number."""
    form = await request.form()
    number = str(form.get("failure", ""))
    told = await anyio.to_thread.run_sync(_retried, state, number, _me(request))
    return Redirect(f"/admin?told={told}#failures", status_code=303)


def _retried(state: State, number: str, who: str) -> str:
    failures = state.desk.ledger.failures()
    if not number.isdecimal() or int(number) >= len(failures):
        raise UsageError("there is no such failure", remedy="Reload the page.")
    where = failures[int(number)].where
    good = _again(state, where)
    state.accounts.note(who, "retried" if good else "retry failed", where)
    return "mended" if good else "failed"


def _again(state: State, where: str) -> bool:
    """Fetch the address again, or read the file again if it is there."""
    ledger = state.desk.ledger
    if where.startswith(("http://", "https://")):
        try:
            got = fetch(where)
            found = read_bytes(got.data, name=where, media_type=got.media_type, address=where)
            settle(ledger, [add_document(ledger, found, got.data).document_key])
        except NameplateError as error:
            ledger.record_failure(Failure(where=where, problem=error.problem, remedy=error.remedy))
            return False
        return True
    if not Path(where).is_file():
        return False
    return all(outcome.failure is None for outcome in add_paths(ledger, [where]))


def _failures(look: Look) -> list[Broken]:
    found = list(enumerate(look.desk.ledger.failures()))[::-1]
    names = {name for _, f in found for name in (f.where, Path(f.where).name)}
    known = look.desk.ledger.pages.known_as(names)
    last = {failure.where: number for number, failure in reversed(found)}
    return [
        Broken(
            number,
            f.where,
            say_sentence(f.problem, look.words),
            say_sentence(f.remedy, look.words),
            _mended(f.where, known),
        )
        for number, f in found
        if last[f.where] == number
    ][:_FAILURES]


def _mended(where: str, known: set[str]) -> bool:
    return where in known or Path(where).name in known


def _me(request: AnyRequest) -> str:
    person = person_of(request)
    return person.name if person else ""
