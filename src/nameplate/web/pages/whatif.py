"""What if: a plant's model pasted, uploaded or drafted from claims; simulated; its pictures."""

from __future__ import annotations

import re
from typing import Any

from litestar import get, post
from litestar.datastructures import Cookie, State, UploadFile
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template

from nameplate.answer.imply_draft import draft
from nameplate.errors import UsageError
from nameplate.simulate import read_model
from nameplate.simulate.example import example_text
from nameplate.simulate.reading import LARGEST
from nameplate.web.access import SESSION, VISIT, form_token, new_visit
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look
from nameplate.web.problems import MissingError
from nameplate.web.simulating import REPLICATIONS, SECONDS, Studies
from nameplate.web.views.whatif import study_page

_LINE = re.compile(r"\bline (\d{1,6})\b")
_BODY = 3 * LARGEST + 100_000


@get("/whatif", opt={"role": "reader"}, sync_to_thread=True)
def whatif(request: AnyRequest, state: State) -> Template:
    """The form, with the example or with a draft from the claims of the thing ``from``."""
    look = Look.at(request, state, lists=False)
    text, problem, drafted = example_text(), "", ""
    key = look.query.get("from", "")
    if key:
        found, shelf = look.desk.thing(key, look.view)
        try:
            text, drafted = draft(found, shelf.of(found), look.view.today), found.name
        except UsageError as error:
            problem = f"{error.problem}. {look.words.say('whatif_example_instead')}"
    return _form(look, text, problem, drafted)


@post("/whatif", opt={"role": "reader"}, status_code=303, request_max_body_size=_BODY)
async def simulate(request: AnyRequest, state: State) -> Response[Any]:
    """Check the model and queue its study; a bad one comes back with what is wrong with it."""
    form = await request.form()
    text = str(form.get("model", "")).replace("\r\n", "\n")
    wishes = {name: bool(form.get(name)) for name in ("fleet", "staff")}
    upload = form.get("file")
    try:
        if isinstance(upload, UploadFile) and upload.filename:
            text = _decoded(await upload.read(LARGEST + 1))
        plant = read_model(text)
        studies: Studies = state.studies
        key = studies.begin(text, plant, **wishes)
    except UsageError as error:
        look = Look.at(request, state, lists=False)
        page = _form(look, text[:LARGEST], error.sentence(), wishes=wishes)
        page.status_code = 400
        return page
    return Redirect(f"/whatif/{key}", status_code=303)


@get("/whatif/{key:str}", opt={"role": "reader"}, sync_to_thread=True)
def simulated(request: AnyRequest, state: State, key: FromPath[str]) -> Template:
    """How far the study is, or what was found: figures, charts, the floor played back."""
    look = Look.at(request, state, lists=False)
    studies: Studies = state.studies
    job = studies.job(key)
    if job is None:
        raise MissingError("study")
    at = job.state  # it may go on while the page is made
    working = at in ("waiting", "running")
    found = None if working else job.found
    page = None if found is None else study_page(job.plant, found, look.words)
    context = {"job": job, "page": page, "working": working, "at": at}
    return look.page("simulated.html", "whatif", {**context, **_token(look)[0]})


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError("the text is not UTF-8", remedy="Save it as UTF-8.") from error


def _line(text: str, problem: str) -> tuple[int, str] | None:
    """The line that a problem names, with what stands in it."""
    named = _LINE.search(problem)
    lines = text.splitlines()
    number = int(named[1]) if named else 0
    told = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    return (number, told) if told else None


def _form(
    look: Look, text: str, problem: str, drafted: str = "", wishes: dict[str, bool] | None = None
) -> Template:
    token, cookies = _token(look)
    context = {
        "text": text, "problem": problem, "drafted": drafted, "seconds": int(SECONDS),
        "replications": REPLICATIONS, "line": _line(text, problem),
        "wishes": wishes or {"fleet": True, "staff": True}, **token,
    }  # fmt: skip
    page = look.page("whatif.html", "whatif", context)
    page.cookies = [*page.cookies, *cookies]
    return page


def _token(look: Look) -> tuple[dict[str, str], list[Cookie]]:
    """The form's token; of a desk without accounts too, where nothing else has a form."""
    request = look.request
    if request.app.state.accounts is not None:
        return {}, []
    held = request.cookies.get(SESSION) or request.cookies.get(VISIT)
    visit = held or new_visit()
    cookie = Cookie(key=VISIT, value=visit, samesite="lax", httponly=True)
    return {"csrf": form_token(request, visit)}, [] if held else [cookie]
