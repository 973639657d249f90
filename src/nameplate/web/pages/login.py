"""Log-in and log-out."""

from __future__ import annotations

from typing import Any

from litestar import get, post
from litestar.datastructures import State
from litestar.response import Redirect, Response, Template

from nameplate.web.access import SESSION, person_of, safe_next
from nameplate.web.accounts import Accounts
from nameplate.web.page import AnyRequest, language, render
from nameplate.web.views.words import words

_NAME, _PASSWORD = 80, 400


@get("/login", opt={"role": "public"}, sync_to_thread=True)
def login(request: AnyRequest) -> Response[Any]:
    """The form; who is logged in already goes on."""
    wish = safe_next(request.query_params.get("next", "/"))
    person = person_of(request)
    return Redirect(wish) if person else _form(request, wish)


@post("/login", opt={"role": "public"}, status_code=303)
async def log_in(request: AnyRequest, state: State) -> Response[Any]:
    """Begin a session, or say no without saying why; too many tries have to wait."""
    import anyio.to_thread

    form = await request.form()
    return await anyio.to_thread.run_sync(_tried, request, state, dict(form))


def _tried(request: AnyRequest, state: State, form: dict[str, Any]) -> Response[Any]:
    accounts: Accounts | None = state.accounts
    name, password = str(form.get("name", ""))[:_NAME].strip(), str(form.get("password", ""))
    wish = safe_next(str(form.get("next", "/")))
    if accounts is None:
        return Redirect("/")
    source = request.client.host if request.client else ""
    if seconds := accounts.wait(name, source):
        page = _form(request, wish, "login_wait", status=429, n=-(-seconds // 60))
        page.set_header("retry-after", str(seconds))
        return page
    token = accounts.log_in(name, password[:_PASSWORD], source)
    if token is None:
        return _form(request, wish, "login_wrong", status=403)
    answer = Redirect(wish, status_code=303)
    answer.set_cookie(SESSION, token, httponly=True, samesite="lax", secure=state.secure)
    return answer


@post("/logout", opt={"role": "reader"}, status_code=303, sync_to_thread=True)
def log_out(request: AnyRequest, state: State) -> Redirect:
    """End the session."""
    if state.accounts is not None:
        state.accounts.log_out(request.cookies.get(SESSION))
    answer = Redirect("/login", status_code=303)
    answer.delete_cookie(SESSION)
    return answer


def _form(
    request: AnyRequest, wish: str, told: str = "", *, status: int = 200, **blanks: Any
) -> Template:
    table = words(language(request))
    context = {"next": wish, "told": table.say(told, **blanks) if told else ""}
    return render(request, "login.html", context, status=status)
