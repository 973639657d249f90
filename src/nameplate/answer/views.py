"""What the answers consist of. Every row carries the entries that say it, the best one first."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from nameplate.model import Aggregate, Bound, Entity, Entry, Modality, Record

Outcome = Literal["met", "overdue", "open", "revised", "lapsed"]
Rule = Literal["stopped", "furthest", "resumed", "promised", "unknown"]
Quiet = Literal["overdue", "silent"]
Standing = Literal["stands", "revised", "superseded", "conflicting"]


class MilestoneRow(Record, frozen=True, kw_only=True):
    """One stage at one time, said once or more.

    A promise (``planned`` or ``required``) has an ``outcome``: ``met`` (the stage, or one beyond
    it, has happened), ``overdue`` (its time has passed without news), ``open``, ``revised`` (a
    later report gives another time) or ``lapsed`` (the project ended first). ``slip`` is the
    number of days by which the actual date is later than the promised one, negative if it is
    earlier, 0 if the two overlap; absent if either has no date.
    """

    stage: str
    modality: Modality
    when: str | None
    scope: str | None
    entries: tuple[Entry, ...]
    outcome: Outcome | None = None
    slip: int | None = None


class Figure(Record, frozen=True, kw_only=True):
    """One value for one time, said once or more.

    ``standing``: it ``stands``; a later report has ``revised`` the plan; a value of a later time has
    ``superseded`` what was so then; or it is ``conflicting`` with another for the same time.
    ``reports`` is how many reports say it, copies of one counted once: more than one repeat it.
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    when: str | None
    aggregate: Aggregate | None
    entries: tuple[Entry, ...]
    standing: Standing = "stands"
    reports: int = 1


class FigureRow(Record, frozen=True, kw_only=True):
    """All figures of one measure: what was planned beside what is, each the oldest first."""

    measure: str
    item: str | None
    unit: str | None
    per: str | None
    scope: str | None
    planned: tuple[Figure, ...] = ()
    actual: tuple[Figure, ...] = ()

    @property
    def latest(self) -> Figure:
        """The newest actual figure, or the newest planned one if there is none."""
        return (self.actual or self.planned)[-1]


class Status(Record, frozen=True, kw_only=True):
    """How far a project has come, derived from its milestones and never reported as such.

    ``rule`` says how it was derived and ``because`` says so in words. ``furthest``: the furthest
    stage that has happened; ``stopped``: it was suspended, cancelled or closed and nothing dated
    has happened since; ``resumed``: work or production goes on again, no more is known;
    ``promised``: nothing has happened, this is the first stage announced; ``unknown``: no
    milestone. ``when`` is the date of the milestone; ``oc4ids`` and ``iati`` are the codes of
    these standards, where they have one. ``quiet`` says that news is due: ``overdue`` if a promise
    has passed without news, ``silent`` if nothing was heard for long after the last news or the
    last promise (`nameplate.answer.silence`); ``quiet_because`` says since when.
    """

    rule: Rule
    because: str
    stage: str | None = None
    when: str | None = None
    scope: str | None = None
    entries: tuple[Entry, ...] = ()
    overdue: tuple[MilestoneRow, ...] = ()
    oc4ids: str | None = None
    iati: str | None = None
    quiet: Quiet | None = None
    quiet_because: str = ""


class Source(Record, frozen=True, kw_only=True):
    """A document that says something of a project: its key, id and date, and how much it says."""

    document_key: str
    document_id: str
    published: str | None
    claims: int


class NameRow(Record, frozen=True, kw_only=True):
    """One name of a thing: from when to when reports use it, how often, and the first that does.

    ``first`` and ``last`` are the days of the reports, or of record for those without a date.
    """

    name: str
    first: str
    last: str
    reports: int
    entry: Entry


class ProjectView(Record, frozen=True, kw_only=True):
    """All that the ledger says of one entity.

    ``mentioned`` are the relations in which it is the object ("TCL invests in it").
    """

    entity: Entity
    status: Status
    milestones: tuple[MilestoneRow, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    visits: tuple[Entry, ...] = ()
    instructions: tuple[Entry, ...] = ()
    relations: tuple[Entry, ...] = ()
    mentioned: tuple[Entry, ...] = ()
    needs: tuple[Entry, ...] = ()
    capabilities: tuple[Entry, ...] = ()
    sources: tuple[Source, ...] = ()
    names: tuple[NameRow, ...] = ()


class ProjectRow(Record, frozen=True, kw_only=True):
    """One line of the table of projects.

    ``news`` is the date of the newest report, ``places`` where it is said to lie, ``figures`` the
    headline figures in the order of the measures.
    """

    entity: Entity
    status: Status
    news: str | None
    places: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    documents: int
    claims: int
