"""The news since a day and the counts of the whole, read from the board."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from heapq import nsmallest

from nameplate.answer.views import ProjectRow
from nameplate.web.board.bits import Index, slots_of
from nameplate.web.board.board import Board, Happened, Told
from nameplate.web.pages.frame import Look
from nameplate.web.views.changes import Changes, Contradiction, Reached
from nameplate.web.views.money import Sums
from nameplate.web.views.overview import LINES, Whole

_END = "T23:59:59.999999Z"


def changes_since(look: Look, since: str) -> Changes:
    """What came after the end of the day ``since``."""
    board, index = look.view.lists

    def make() -> Changes:
        reports, claims = look.desk.ledger.pages.news(since, look.view.as_of)
        return _changes(board, index, since, (reports, claims))

    return index.kept(("changes", since), make)


def _changes(board: Board, index: Index, since: str, brought: tuple[int, int]) -> Changes:
    end = since + _END
    number, new = _new(index, end)
    reached, passed = board.news("reached", end, LINES), board.news("passed", since, LINES)
    grave = board.contradictions(end, LINES)
    told: list[Happened | Told] = [*reached[1], *passed[1], *grave[1]]
    rows = _rows(board, [*new, *(one.slot for one in told)])
    return Changes(
        since=since,
        reports=brought[0],
        claims=brought[1],
        new=(number, [rows[slot] for slot in new if slot in rows]),
        reached=(reached[0], _reached(reached[1], rows)),
        passed=(passed[0], _reached(passed[1], rows)),
        contradictions=(
            grave[0],
            [
                Contradiction(rows[t.slot].entity.id, rows[t.slot].entity.name, t.finding)
                for t in grave[1]
                if t.slot in rows
            ],
        ),
    )


def _new(index: Index, end: str) -> tuple[int, list[int]]:
    """Things first heard of after the instant: how many, and the weightiest of them."""
    told = zip(slots_of(index.listed), index.at(slots_of(index.listed)), strict=True)
    fresh = [(slot, facts) for slot, facts in told if facts.first > end]
    first = nsmallest(LINES, fresh, key=lambda one: (-one[1].amount, -one[1].claims, one[1].id))
    return len(fresh), [slot for slot, _ in first]


def _rows(board: Board, slots: Iterable[int]) -> dict[int, ProjectRow]:
    wanted = list(dict.fromkeys(slots))
    return {slot: line.row for slot, line in board.lines(wanted).items()}


def _reached(found: Iterable[Happened], rows: dict[int, ProjectRow]) -> list[Reached]:
    return [
        Reached(
            entity=rows[one.slot].entity.id,
            name=rows[one.slot].entity.name,
            stage=one.news.stage,
            scope=one.news.scope,
            day=one.news.day,
            document=one.news.document,
            claim=one.news.claim,
        )
        for one in found
        if one.slot in rows
    ]


def whole(look: Look) -> Whole:
    """Counts of all that the table lists."""
    _, index = look.view.lists
    listed = index.listed
    return Whole(
        stages=index.tally(listed, "stage"),
        kinds=index.tally(listed, "kind"),
        places=index.tally(listed, "place"),
        sectors=index.tally(listed, "sector"),
        money=index.kept(("money",), lambda: _money(index)),
        years=index.kept(("years",), lambda: look.desk.years(look.view)),
    )


def _money(index: Index) -> Sums:
    sums: dict[str, dict[str, tuple[int, float]]] = defaultdict(dict)
    for facts in index.at(slots_of(index.listed)):
        if facts.unit:
            number, amount = sums[facts.unit].get(facts.phase, (0, 0.0))
            sums[facts.unit][facts.phase] = number + 1, amount + facts.amount
    return sums
