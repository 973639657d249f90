"""Two days side by side: what was known on each, and what differs."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.answer.projects import PROJECT_KINDS
from nameplate.web.desk import Snapshot
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look, counts, day_of
from nameplate.web.views.changes import days_before
from nameplate.web.views.compare import Side, compared
from nameplate.web.views.dates import say_date

_LINES = 200


@get("/compare", opt={"role": "reader"}, sync_to_thread=True)
def compare(request: AnyRequest, state: State) -> Template:
    """What is known at the end of the day ``to`` beside the day ``from``; the order is mended."""
    look = Look.at(request, state)
    desk, words = look.desk, look.words
    today = look.snapshot.today
    days = sorted(
        (
            day_of(look.query.get("from", "")) or days_before(today, 365),
            min(day_of(look.query.get("to", "")) or today, desk.today()),
        )
    )
    snapshots = [desk.snapshot(day) for day in days]
    rows = compared(_side(snapshots[0]), _side(snapshots[1]), words)
    tallies = [_tally(snapshot) for snapshot in snapshots]
    names = {
        "projects": "projects",
        "reports": "reports",
        "claims": "col_claims",
        "findings": "findings",
    }
    context = {
        "days": days,
        "said": [say_date(day, words) for day in days],
        "rows": rows[:_LINES],
        "more": max(0, len(rows) - _LINES),
        "tallies": [(words.say(said), tallies[0][n], tallies[1][n]) for n, said in names.items()],
        "day": days[1] if snapshots[1].as_of else "",
    }
    return look.page("compare.html", "overview", context)


def _side(snapshot: Snapshot) -> Side:
    rows = {r.entity.id: r for r in snapshot.rows if r.entity.kind in PROJECT_KINDS}
    return Side(rows, snapshot.entity_of, snapshot.findings)


def _tally(snapshot: Snapshot) -> dict[str, int]:
    return counts(snapshot) | {"claims": len(snapshot.entries)}
