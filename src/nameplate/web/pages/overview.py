"""The first page: what changed since a day, and the whole at a glance."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.web.page import AnyRequest
from nameplate.web.pages.changes import changes_since, whole
from nameplate.web.pages.frame import Look, day_of, is_day
from nameplate.web.views.changes import WINDOWS, days_before, first_window
from nameplate.web.views.dates import say_date
from nameplate.web.views.links import query_link
from nameplate.web.views.overview import overview as overview_page

SEEN = "desk_seen"
"""A cookie with the days of this visit and of the one before it: ``2026-03-01.2026-02-20``."""
_YEAR = 365 * 24 * 3600


@get("/", opt={"role": "reader"}, sync_to_thread=True)
def overview(request: AnyRequest, state: State) -> Template:
    """News ``since`` a day (by default of the shortest window that holds any), counts, pictures."""
    look = Look.at(request, state)
    today = look.view.today
    newest = look.desk.ledger.pages.last_recorded(look.view.as_of)
    since = day_of(look.query.get("since", "")) or first_window(newest, today)
    visited = _visited(request)
    context = {
        "page": overview_page(changes_since(look, since), whole(look), look.words),
        "windows": _windows(look, since, visited),
        "compare": f"/compare?from={since}" + (f"&to={today}" if look.view.as_of else ""),
    }
    page = look.page("overview.html", "overview", context)
    if not look.view.as_of:
        page.set_cookie(SEEN, _next(visited, today), max_age=_YEAR, samesite="lax", httponly=True)
    return page


def _windows(look: Look, since: str, visited: tuple[str, str]) -> list[tuple[str, str, bool]]:
    """The times to look back over: label, address, whether it is this one."""
    today = look.view.today
    last = visited[1] if visited[0] == today else visited[0]
    days = [(look.words.say(f"since_{n}"), days_before(today, n)) for n in WINDOWS]
    if last and last < today:
        said = look.words.say("since_visit", when=say_date(last, look.words))
        days.insert(0, (said, last))
    return [(label, query_link(look.query, since=day), day == since) for label, day in days]


def _visited(request: AnyRequest) -> tuple[str, str]:
    """The days of the last visit and of the one before it, as far as the cookie tells."""
    last, _, before = (request.cookies.get(SEEN) or "").partition(".")
    return (last, before) if is_day(last) and (not before or is_day(before)) else ("", "")


def _next(visited: tuple[str, str], today: str) -> str:
    last, before = visited
    return f"{today}.{before if last == today else last}"
