"""Checks: what a reader should know about the claims of one subject. They find, and never edit.

A check is a pure function from the entries of one subject to findings; ``CHECKS`` lists them all.
To add one, write the function, list it, and give it cases on which it must not fire.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from nameplate.answer.amounts import agree, reach
from nameplate.answer.moments import held, in_order, said
from nameplate.answer.wording import figure, milestone, source
from nameplate.find.spelling import spell
from nameplate.lexicon.measures import measures
from nameplate.lexicon.stages import stages
from nameplate.model import Claim, EntityKind, Entry, Finding

_ONE_THING: frozenset[EntityKind | None] = frozenset({"project", "plant", "line", None})

_MOST = 200
"""Different values of one figure that are compared; a hostile text may give more."""

Check = Callable[[str, Sequence[Entry]], Iterator[Finding]]


def findings(subject: str, entries: Iterable[Entry]) -> list[Finding]:
    """What all checks find in the entries of the one thing called ``subject``."""
    ordered = sorted(entries, key=in_order)
    return [finding for check in CHECKS.values() for finding in check(subject, ordered)]


def two_values(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """One measure with two values for one time.

    Undated plans may change from report to report: they are ``revised`` (info) if a later report
    says otherwise, and conflict (warning) only within one day. Undated figures of what is are
    compared within one document only.
    """
    for group in _grouped(entries, _same_figure):
        for one, two in combinations(_unlike(group)[:_MOST], 2):
            if agree(one.claim, two.claim) or not _comparable(one, two):
                continue
            revised = _side(one.claim) != "actual" and said(one) != said(two)
            words = "was revised" if revised else "has two values"
            yield Finding(
                check="two_values",
                severity="info" if revised else "warning",
                subject=subject,
                message=f"{_label(one.claim)} {words}: {figure(one.claim)} ({source(one)}), "
                f"{figure(two.claim)} ({source(two)})",
                claims=(one.key, two.key),
            )


def part_over_whole(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A part (a figure with a scope) that is larger than the whole (the same without)."""
    for group in _grouped(entries, _same_whole):
        wholes = [e for e in group if not e.claim.scope]
        parts = [e for e in group if e.claim.scope]
        for whole, part in ((w, p) for w in wholes for p in parts):
            if not _comparable(whole, part) or not _exceeds(part.claim, whole.claim):
                continue
            yield Finding(
                check="part_over_whole",
                severity="warning",
                subject=subject,
                message=f"{_label(part.claim)} of {part.claim.scope} is {figure(part.claim)} "
                f"({source(part)}), more than the whole: {figure(whole.claim)} ({source(whole)})",
                claims=(part.key, whole.key),
            )


def end_before_start(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A stage that is dated before one that it can only follow.

    Only with every known date of the earlier stage after it: a thing may be started twice.
    """
    dated = [e for e in entries if e.claim.kind == "milestone" and held(e)]
    for group in _grouped(dated, lambda c: (_side(c), spell(c.scope or ""))):
        for last in group:
            stage = stages().get(last.claim.stage or "")
            for before in stage.after if stage is not None else ():
                starts = [e for e in group if e.claim.stage == before]
                if starts and all(_ends_before(last, start) for start in starts):
                    yield _disorder(subject, last, starts[0])


CHECKS: dict[str, Check] = {
    "two_values": two_values,
    "part_over_whole": part_over_whole,
    "end_before_start": end_before_start,
}


def _grouped(
    entries: Iterable[Entry], key: Callable[[Claim], tuple[str, ...] | None]
) -> Iterator[list[Entry]]:
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        place = key(entry.claim)
        if place is not None:
            groups.setdefault(place, []).append(entry)
    yield from groups.values()


def _same_figure(claim: Claim) -> tuple[str, ...] | None:
    """What two figures must share to be about the same thing at the same time."""
    whole = _whole(claim)
    return None if whole is None else (*whole, spell(claim.scope or ""))


def _same_whole(claim: Claim) -> tuple[str, ...] | None:
    measure = measures().get(claim.measure or "")
    return _whole(claim) if measure is not None and measure.additive else None


def _whole(claim: Claim) -> tuple[str, ...] | None:
    measure = measures().get(claim.measure or "")
    if claim.kind != "quantity" or measure is None or reach(claim) is None:
        return None
    if measure.of_item and not claim.item:
        return None
    return (
        measure.key,
        spell(claim.item or ""),
        claim.unit or "",
        claim.per or "",
        _side(claim),
        claim.aggregate or "",
        claim.when or "",
    )


def _unlike(group: Sequence[Entry]) -> list[Entry]:
    """The first entry of each value and time: what is said twice is compared once."""
    first: dict[tuple[object, ...], Entry] = {}
    for entry in group:
        c = entry.claim
        report = None if c.when else (entry.document_key, said(entry))
        first.setdefault((c.value, c.low, c.high, c.bound, report), entry)
    return list(first.values())


def _comparable(one: Entry, two: Entry) -> bool:
    """Whether two figures of the same ``when`` are of one time: a date, one report, or a plan.

    The plan of one thing, that is: what a town or a company plans to invest is no one figure.
    """
    if one.document_key == two.document_key or (one.claim.when and held(one) is not None):
        return True
    kinds = {one.claim.subject_kind, two.claim.subject_kind}
    return not one.claim.when and _side(one.claim) != "actual" and kinds <= _ONE_THING


def _side(claim: Claim) -> str:
    return claim.modality or "actual"


def _exceeds(part: Claim, whole: Claim) -> bool:
    one, two = reach(part), reach(whole)
    return one is not None and two is not None and one.low > two.high and not agree(part, whole)


def _ends_before(last: Entry, start: Entry) -> bool:
    end, begin = held(last), held(start)
    return end is not None and begin is not None and end[1] < begin[0]


def _disorder(subject: str, last: Entry, start: Entry) -> Finding:
    return Finding(
        check="end_before_start",
        severity="error" if _side(last.claim) == "actual" else "warning",
        subject=subject,
        message=f"{milestone(last.claim)} ({source(last)}) comes before "
        f"{milestone(start.claim)} ({source(start)})",
        claims=(last.key, start.key),
    )


def _label(claim: Claim) -> str:
    measure = measures().get(claim.measure or "")
    label = measure.en if measure is not None else str(claim.measure)
    return f"{label} ({claim.item})" if claim.item else label
