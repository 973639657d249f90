"""Two days side by side: what was known on each, and what differs."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from nameplate.web.board.bits import slots_of
from nameplate.web.board.summary import Facts
from nameplate.web.desk import Desk, View
from nameplate.web.page import AnyRequest
from nameplate.web.pages.frame import Look, counts, day_of
from nameplate.web.views.changes import days_before
from nameplate.web.views.compare import Compared, compared
from nameplate.web.views.dates import say_date
from nameplate.web.views.words import Words

_LINES = 200


@get("/compare", opt={"role": "reader"}, sync_to_thread=True)
def compare(request: AnyRequest, state: State) -> Template:
    """What is known at the end of the day ``to`` beside the day ``from``; the order is mended."""
    look = Look.at(request, state)
    desk, words = look.desk, look.words
    today = look.view.today
    days = sorted(
        (
            day_of(look.query.get("from", "")) or days_before(today, 365),
            min(day_of(look.query.get("to", "")) or today, desk.today()),
        )
    )
    views = [desk.view(day) for day in days]
    pairs = _differing(views[0], views[1])
    rows = _rows(pairs[:_LINES], views, words)
    tallies = [_tally(desk, view) for view in views]
    names = {
        "projects": "projects",
        "reports": "reports",
        "claims": "col_claims",
        "findings": "findings",
    }
    context = {
        "days": days,
        "said": [say_date(day, words) for day in days],
        "rows": rows,
        "more": max(0, len(pairs) - _LINES),
        "tallies": [(words.say(said), tallies[0][n], tallies[1][n]) for n, said in names.items()],
        "day": days[1] if views[1].as_of else "",
    }
    return look.page("compare.html", "overview", context)


Pair = tuple[int | None, int]
"""The slots of one thing on the two days, the earlier one's first."""


def _differing(before: View, after: View) -> list[Pair]:
    """Projects that are new or differ, those that moved on first, then by new claims."""
    index = after.lists[1]
    found: list[tuple[tuple[bool, int, str], Pair]] = []
    met = _met(before, after)
    for slot in slots_of(index.listed):
        now, then = index.facts[slot], met.get(slot)
        old = before.lists[1].facts[then] if then is not None else None
        if now is None or (old is not None and _said(old) == _said(now)):
            continue
        moved = old is None or (old.stage, old.phase) != (now.stage, now.phase)
        key = (not moved, (old.claims if old else 0) - now.claims, now.id)
        found.append((key, (then if old else None, slot)))
    return [pair for _, pair in sorted(found)]


def _said(facts: Facts) -> tuple[object, ...]:
    return facts.stage, facts.phase, facts.claims, facts.findings, facts.unit, facts.amount


def _met(before: View, after: View) -> dict[int, int]:
    """By the later slot the earlier one: of the same id, or of what held most of its claims."""
    board, index = before.lists
    known = {facts.id: slot for slot, facts in enumerate(index.facts) if facts is not None}
    met: dict[int, int] = {}
    lost: dict[str, int] = {}
    for slot, facts in enumerate(after.lists[1].facts):
        if facts is not None and facts.id in known:
            met[slot] = known[facts.id]
        elif facts is not None and facts.first[:10] <= before.today:
            lost[facts.id] = slot
    for id, holder in board.held_by(after.lists[0].claims_of(lost)).items():
        met[lost[id]] = holder
    return met


def _rows(pairs: list[Pair], views: list[View], words: Words) -> list[Compared]:
    """Both sides of each as printed."""
    old, new = (view.lists[0] for view in views)
    then = old.lines([slot for slot, _ in pairs if slot is not None])
    now = new.lines([slot for _, slot in pairs])
    made = []
    for before, after in pairs:
        early, late = then.get(-1 if before is None else before), now[after]
        side = None if early is None else (early.row, early.findings)
        made.append(compared(side, (late.row, late.findings), words))
    return made


def _tally(desk: Desk, view: View) -> dict[str, int]:
    _, index = view.lists
    claims = sum(facts.claims for facts in index.at(slots_of(index.all)))
    return counts(desk, view) | {"claims": claims}
