"""The course of a project: stages in an order that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nameplate.answer.checks.alike import grouped, side
from nameplate.answer.moments import held
from nameplate.answer.wording import milestone, source
from nameplate.find.spelling import spell
from nameplate.lexicon.stages import stages
from nameplate.model import Entry, Finding


def end_before_start(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A stage that is dated before one that it can only follow.

    Only with every known date of the earlier stage after it: a thing may be started twice. Plans
    are held against each other within one report: another report may have moved both.
    """
    for group in grouped(entries, _same_course).values():
        for last in group:
            stage = stages().get(last.claim.stage or "")
            for before in stage.after if stage is not None else ():
                starts = [e for e in group if e.claim.stage == before]
                if starts and all(_ends_before(last, start) for start in starts):
                    yield _finding(subject, last, starts[0])


def _same_course(entry: Entry) -> tuple[str, ...] | None:
    claim = entry.claim
    if claim.kind != "milestone" or held(entry) is None:
        return None
    report = "" if side(claim) == "actual" else entry.document_key
    return (side(claim), report, spell(claim.scope or ""))


def _ends_before(last: Entry, start: Entry) -> bool:
    end, begin = held(last), held(start)
    return end is not None and begin is not None and end[1] < begin[0]


def _finding(subject: str, last: Entry, start: Entry) -> Finding:
    return Finding(
        check="end_before_start",
        severity="error" if side(last.claim) == "actual" else "warning",
        subject=subject,
        message=f"{milestone(last.claim)} ({source(last)}) comes before "
        f"{milestone(start.claim)} ({source(start)})",
        claims=(last.key, start.key),
    )
