"""What the lists of the desk need of one thing: pure functions over its claims and the day.

A summary is worked out when the thing changes, or when the day comes on which one of its promises
falls due, so that a list, a count or a search reads no claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from nameplate.answer.checks import findings
from nameplate.answer.made import NOTHING, made_by
from nameplate.answer.milestones import happened, milestone_rows
from nameplate.answer.moments import held, said, today_of
from nameplate.answer.projects import PROJECT_KINDS, project_row
from nameplate.answer.shelf import Shelf
from nameplate.answer.silence import SILENT_AFTER
from nameplate.answer.views import Figure, MilestoneRow, ProjectRow
from nameplate.find.spelling import spell
from nameplate.model import Claim, Entity, Entry, Finding
from nameplate.web.views.facets import months, phase_of, text_of
from nameplate.web.views.money import amount_of
from nameplate.web.views.projects import newest
from nameplate.web.views.queue import Asked, Known, queue
from nameplate.web.views.whereabouts import Spot, spot_of

_GRAVITY = ("error", "warning", "info")
_LONGEST_PLACE = 120
"""What is longer is no place that anybody would choose by."""


class Facts(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a thing is chosen, counted and sorted by; kept in memory for every thing.

    ``months`` are stretches of months (year times twelve and month) of which it has news or dates;
    ``first`` the instant at which the ledger first heard of it; ``asked`` counts its claims to be
    reviewed by their reasons.
    """

    id: str
    kind: str
    stage: str
    phase: str
    places: tuple[str, ...]
    measures: tuple[str, ...]
    months: tuple[tuple[int, int], ...]
    spot: Spot | None
    unit: str
    amount: float
    name: str
    news: str
    claims: int
    findings: int
    first: str
    asked: tuple[tuple[int, int], ...]
    sectors: tuple[str, ...]
    products: tuple[str, ...]
    sponsors: tuple[str, ...]


class Line(msgspec.Struct, frozen=True):
    """A thing as a table prints it: its row without the claims that are not printed."""

    row: ProjectRow
    rungs: tuple[MilestoneRow, ...]
    findings: int
    severity: str


class News(msgspec.Struct, frozen=True):
    """A stage that was reached, or a promise whose day passed; ``at`` orders it in time.

    Of a stage ``at`` is the instant at which the ledger first heard of it, of a promise its last day.
    """

    what: str
    at: str
    day: str
    stage: str
    scope: str
    when: str
    published: str
    document: str
    claim: str


class Found(msgspec.Struct, frozen=True):
    """A finding, and the instant at which the last of its claims was recorded."""

    finding: Finding
    at: str

    @property
    def gravity(self) -> int:
        """0 for the gravest."""
        return _GRAVITY.index(self.finding.severity)


class Summary(msgspec.Struct, frozen=True):
    """All of one thing; ``due`` is the first later day on which it may be another."""

    facts: Facts
    line: Line
    text: str
    due: str
    found: tuple[Found, ...]
    news: tuple[News, ...]
    asked: tuple[Asked, ...]


class Reviewing(msgspec.Struct, frozen=True):
    """What the queue is worked out from beside the claims: see `nameplate.web.views.queue`."""

    alike: frozenset[str]
    weights: dict[str, float]


def summarise(
    entity: Entity,
    entries: Sequence[Entry],
    today: str,
    review: Reviewing,
    sponsors: tuple[str, ...] = (),
) -> Summary | None:
    """The summary of one thing on the day ``today``; nothing if none of its claims is in force.

    ``review.weights`` are those of the reports of these claims, by document key; ``sponsors`` are
    told by claims about others (`nameplate.web.board.sponsors`).
    """
    shelf = Shelf(entries)
    row = project_row(entity, shelf, today)
    if not row.claims:
        return None
    day, own = today_of(today), shelf.of(entity)
    milestones = milestone_rows(own, day)
    told = findings(entity.name, own)
    asked = _asked(entity, own, told, review)
    at = {entry.key: entry.recorded for entry in own}
    return Summary(
        facts=_facts(row, own, told, asked, sponsors),
        line=_line(row, milestones, told),
        text=text_of(row, own),
        due=_due(milestones, own, day),
        found=tuple(Found(f, max((at.get(k, "") for k in f.claims), default="")) for f in told),
        news=(*_reached(milestones, day), *_passed(row)),
        asked=tuple(asked),
    )


def _facts(
    row: ProjectRow,
    entries: Sequence[Entry],
    told: Sequence[Finding],
    asked: Iterable[Asked],
    sponsors: tuple[str, ...],
) -> Facts:
    measures = dict.fromkeys(e.claim.measure for e in entries if e.claim.measure)
    money = amount_of(row)
    made = made_by(row.entity, entries) if row.entity.kind in PROJECT_KINDS else NOTHING
    reasons: dict[int, int] = {}
    for one in asked:
        reasons[one.mask] = reasons.get(one.mask, 0) + 1
    return Facts(
        id=row.entity.id,
        kind=row.entity.kind,
        stage=row.status.stage or "none",
        phase=phase_of(row),
        places=tuple(place for place in row.places if len(place) <= _LONGEST_PLACE),
        measures=tuple(measures),
        months=months(entries),
        spot=spot_of(row.places, row.entity.name),
        unit=money[0] if money else "",
        amount=float(money[1]) if money else 0.0,
        name=row.entity.name.casefold(),
        news=row.news or "",
        claims=row.claims,
        findings=len(told),
        first=min(entry.recorded for entry in entries),
        asked=tuple(sorted(reasons.items())),
        sectors=made.sectors,
        products=made.products,
        sponsors=sponsors,
    )


def _asked(
    entity: Entity, own: Sequence[Entry], told: list[Finding], review: Reviewing
) -> list[Asked]:
    fresh = {entity.id} if len({entry.document_key for entry in own}) == 1 else set()
    known = Known(
        findings={entity.id: told},
        alike=review.alike,
        weights=review.weights,
        fresh=frozenset(fresh),
        entity_of={entry.key: entity.id for entry in own},
    )
    return queue(own, known)


def _line(row: ProjectRow, milestones: Iterable[MilestoneRow], told: Sequence[Finding]) -> Line:
    rungs = {
        (m.stage, m.modality == "actual", m.outcome): MilestoneRow(
            stage=m.stage, modality=m.modality, when=None, scope=None, entries=(), outcome=m.outcome
        )
        for m in milestones
    }
    grave = min((_GRAVITY.index(f.severity) for f in told), default=2)
    return Line(_slim(row), tuple(rungs.values()), len(told), _GRAVITY[grave])


def _slim(row: ProjectRow) -> ProjectRow:
    """The row with the newest figure of each side, and of the status no more than the keys."""
    status = msgspec.structs.replace(
        row.status, overdue=(), entries=tuple(_bare(entry) for entry in row.status.entries[:8])
    )
    entity = msgspec.structs.replace(row.entity, claims=())
    figures = tuple(
        msgspec.structs.replace(f, planned=_newest(f.planned), actual=_newest(f.actual))
        for f in row.figures
    )
    return msgspec.structs.replace(row, entity=entity, status=status, figures=figures)


def _newest(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    if not figures:
        return ()
    figure = newest(figures)
    return (msgspec.structs.replace(figure, entries=figure.entries[:1]),)


def _bare(entry: Entry) -> Entry:
    claim = entry.claim
    bare = Claim(kind=claim.kind, subject="", quote="", start=claim.start, end=claim.end)
    return msgspec.structs.replace(entry, claim=bare, original=None)


def _due(milestones: Iterable[MilestoneRow], entries: Sequence[Entry], today: date) -> str:
    """The first day after today on which a stage is reached, a promise passes or silence falls."""
    silence = timedelta(SILENT_AFTER + 1)
    days = [max(map(said, entries)) + silence] if entries else []
    for row in milestones:
        span = held(row.entries[0])
        if span is not None and span[1] < date.max - silence:
            days += [span[0], span[1] + timedelta(1), span[1] + silence]
    return min((day.isoformat() for day in days if day > today), default="")


def _reached(milestones: Iterable[MilestoneRow], today: date) -> Iterator[News]:
    """Stages that happened, each with the instant at which the ledger first heard of it."""
    done: dict[tuple[str, str], list[MilestoneRow]] = {}
    for row in milestones:
        if happened(row, today):
            done.setdefault((row.stage, spell(row.scope or "")), []).append(row)
    for rows in done.values():
        yield _news("reached", rows[0], min(e.recorded for r in rows for e in r.entries))


def _passed(row: ProjectRow) -> Iterator[News]:
    for promise in row.status.overdue:
        days = held(promise.entries[0])
        if days is not None:
            yield _news("passed", promise, days[1].isoformat())


def _news(what: str, row: MilestoneRow, at: str) -> News:
    entry = row.entries[0]
    return News(
        what=what,
        at=at,
        day=row.when or entry.published or "",
        stage=row.stage,
        scope=row.scope or "",
        when=row.when or "",
        published=entry.published or "",
        document=entry.document_key,
        claim=entry.key,
    )
