"""What was returned beside what was reported of one thing: figures and dates, with the difference.

A claim was *returned* if it comes from a cell of a return or a field of a form, and *reported* if it
comes from a report. Two stand beside each other if they give the same measure (or stage) of the same
part, in the same unit, planned or actual alike; they are compared if they hold for the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from nameplate.answer.amounts import agree
from nameplate.answer.indicators import LEVELS, Derived
from nameplate.answer.moments import held, said, slip
from nameplate.answer.telling import Severity, finding
from nameplate.find.spelling import spell
from nameplate.lexicon.measures import order as by_measure
from nameplate.lexicon.stages import order as by_stage
from nameplate.lexicon.titles import title_of
from nameplate.model import Claim, Entry, Finding, Record

Verdict = Literal[
    "agrees", "differs", "over", "part", "undated", "other_time", "returned_only", "reported_only",
]  # fmt: skip
VERDICTS: tuple[Verdict, ...] = (
    "differs", "over", "agrees", "part", "undated", "other_time", "returned_only", "reported_only",
)  # fmt: skip
COMPARED = frozenset({"agrees", "differs", "over", "part"})

_NEAR_DAYS = 120
"""A report that gives no time is held against a return that ends so near to its day."""


class Beside(Record, frozen=True, kw_only=True):
    """One measure or stage: what was returned, what was reported, how they compare.

    ``difference`` is the reported value less the returned one, ``share`` the same in per cent of the
    returned; of dates ``days`` is by how many days the reported one is later. ``also`` are other
    reports of it for that time. ``total`` is a sum of what single returns say, where a zone is meant.
    ``differs``: both cannot be true; ``over``: the parts that were returned are more than the whole;
    ``part``: they are less, as some did not file; ``undated`` and ``other_time`` are not compared.
    """

    what: str
    kind: Literal["figure", "date"]
    verdict: Verdict
    unit: str | None = None
    per: str | None = None
    item: str | None = None
    scope: str | None = None
    when: str | None = None
    returned: Entry | None = None
    total: Derived | None = None
    reported: Entry | None = None
    also: tuple[Entry, ...] = ()
    difference: Decimal | None = None
    share: Decimal | None = None
    days: int | None = None


def is_returned(entry: Entry) -> bool:
    """Whether the claim comes from a return: it names its cell or field."""
    return entry.claim.cell is not None


def beside(entries: Iterable[Entry], totals: Iterable[tuple[str, Derived]] = ()) -> list[Beside]:
    """The rows of one thing, what differs first; ``totals`` are sums over what lies in it, by measure."""
    said_so = [e for e in entries if e.claim.kind in ("quantity", "milestone")]
    returned = [e for e in said_so if is_returned(e)]
    reported = [e for e in said_so if not is_returned(e)]
    rows, used = [], set[str]()
    for entry in returned:
        row = _figure(entry, reported) if entry.claim.kind == "quantity" else _date(entry, reported)
        rows.append(row)
        used |= {e.key for e in (row.reported, *row.also) if e is not None}
    rows += [_alone(entry) for entry in reported if entry.key not in used]
    rows += [row for key, total in totals for row in _totals(key, total, said_so)]
    return sorted(rows, key=_order)


def findings_beside(subject: str, rows: Iterable[Beside]) -> list[Finding]:
    """What does not add up between returns and reports."""
    return [found for row in rows if (found := _finding(subject, row)) is not None]


def _finding(subject: str, row: Beside) -> Finding | None:
    if row.verdict not in ("differs", "over") or row.reported is None:
        return None
    mine = [row.returned] if row.returned else list(row.total.entries if row.total else ())
    sides = (*mine, row.reported)
    code, fields = ("returned_date" if row.kind == "date" else "returned_figure"), {}
    if row.returned is None:
        assert row.total is not None
        code = "returned_sum"
        fields = {
            "n": str(row.total.parts), "total": str(row.total.value), "unit": row.total.unit or "",
        }  # fmt: skip
    severity: Severity = "info" if _is_plan(row.reported.claim) else "warning"
    made = finding(("return_differs", code), severity, subject, sides, **fields)
    return msgspec.structs.replace(made, quotes=tuple(e.claim.quote for e in sides))


# Figures


def _figure(entry: Entry, reported: Sequence[Entry]) -> Beside:
    claim = entry.claim
    alike = [e for e in reported if e.claim.kind == "quantity" and _alike(claim, e.claim)]
    same = sorted((e for e in alike if _same_time(entry, e)), key=said, reverse=True)
    if same:
        verdict: Verdict = "agrees" if agree(claim, same[0].claim) else "differs"
        return _row(entry, same[0], verdict, also=tuple(same[1:]))
    near = sorted((e for e in alike if _is_near(entry, e)), key=said, reverse=True)
    if near:
        return _row(entry, near[0], "undated", also=tuple(near[1:]))
    dated = [e for e in alike if held(e)]
    if dated:
        return _row(entry, min(dated, key=lambda e: _apart(entry, e)), "other_time")
    return _row(entry, None, "returned_only")


def _row(
    entry: Entry, told: Entry | None, verdict: Verdict, also: tuple[Entry, ...] = ()
) -> Beside:
    claim = entry.claim
    compared = told is not None and verdict != "other_time"
    one, two = claim.value, told.claim.value if told is not None and compared else None
    difference = two - one if one is not None and two is not None else None
    return Beside(
        what=claim.measure or "",
        kind="figure",
        verdict=verdict,
        unit=claim.unit,
        per=claim.per,
        item=claim.item,
        scope=claim.scope,
        when=claim.when,
        returned=entry,
        reported=told,
        also=also,
        difference=difference,
        share=_share(difference, one),
    )


def _share(difference: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if difference is None or not whole:
        return None
    return round(difference / whole * 100, 2)


def _alike(one: Claim, two: Claim) -> bool:
    """Whether both give the same measure of the same part in the same unit."""
    return (
        one.measure == two.measure
        and (one.unit or "1") == (two.unit or "1")
        and (one.per or "") == (two.per or "")
        and spell(one.scope or "") == spell(two.scope or "")
        and _is_plan(one) == _is_plan(two)
        and _same_item(one, two)
    )


def _is_plan(claim: Claim) -> bool:
    return (claim.modality or "actual") != "actual"


def _same_item(one: Claim, two: Claim) -> bool:
    titles = [title_of(claim.item or "") for claim in (one, two)]
    if titles[0] != titles[1]:
        return False
    if titles[0] or (one.unit or "1") != "1" or one.measure in LEVELS:
        return True
    return not one.item or not two.item or spell(one.item) == spell(two.item)


def _same_time(one: Entry, two: Entry) -> bool:
    """Periods must be the same, sums end on the same day, states overlap."""
    a, b = held(one), held(two)
    if a is None or b is None:
        # A plan of a project's whole is the same plan whenever it is told.
        return one.claim.when == two.claim.when or (_is_plan(one.claim) and b is None)
    if one.claim.aggregate == "period":
        return a == b
    if one.claim.aggregate == "cumulative":
        return a[1] == b[1]
    return a[0] <= b[1] and b[0] <= a[1]


def _is_near(one: Entry, two: Entry) -> bool:
    days = held(one)
    if days is None or two.claim.when is not None:
        return False
    return abs((said(two) - days[1]).days) <= _NEAR_DAYS


def _apart(one: Entry, two: Entry) -> tuple[int, int]:
    a, b = held(one), held(two)
    if a is None or b is None:
        return 10**6, 0
    return abs((a[1] - b[1]).days), -said(two).toordinal()


# Dates


def _date(entry: Entry, reported: Sequence[Entry]) -> Beside:
    claim = entry.claim
    alike = [
        e
        for e in reported
        if e.claim.kind == "milestone"
        and e.claim.stage == claim.stage
        and spell(e.claim.scope or "") == spell(claim.scope or "")
        and _is_plan(e.claim) == _is_plan(claim)
    ]
    mine = held(entry)
    dated = [(e, slip(mine, days)) for e in alike if mine and (days := held(e))]
    verdict: Verdict = "undated" if alike else "returned_only"
    told, apart = (alike[0] if alike else None), None
    if dated:
        told, apart = min(dated, key=lambda pair: (abs(pair[1]), -said(pair[0]).toordinal()))
        verdict = "agrees" if apart == 0 else "differs"
    return Beside(
        what=claim.stage or "",
        kind="date",
        verdict=verdict,
        scope=claim.scope,
        when=claim.when,
        returned=entry,
        reported=told,
        also=tuple(e for e in alike if e is not told),
        days=apart,
    )


# What stands alone, and sums


def _alone(entry: Entry) -> Beside:
    claim = entry.claim
    figure = claim.kind == "quantity"
    return Beside(
        what=(claim.measure if figure else claim.stage) or "",
        kind="figure" if figure else "date",
        verdict="reported_only",
        unit=claim.unit,
        per=claim.per,
        item=claim.item,
        scope=claim.scope,
        when=claim.when,
        reported=entry,
    )


def _totals(key: str, total: Derived, own: Sequence[Entry]) -> Iterable[Beside]:
    """The sum of what single returns say beside what is said of the whole: in a report, in a return."""
    whole = [
        e
        for e in own
        if e.claim.measure == key
        and e.claim.unit == total.unit
        and e.claim.when == total.when
        and e.claim.value is not None
        and not e.claim.scope
        and not e.claim.per
        and not _is_plan(e.claim)
        and title_of(e.claim.item or "") is None
    ]
    for returned in (False, True):
        some = [e for e in whole if is_returned(e) is returned]
        if not some:
            continue
        told = max(some, key=said)
        difference = (told.claim.value or Decimal(0)) - total.value
        sum_claim = _as_claim(key, total)
        over = difference < 0 and not agree(sum_claim, told.claim)
        yield Beside(
            what=key, kind="figure", verdict="over" if over else "part", unit=total.unit,
            when=total.when, total=total, reported=told, difference=difference,
            share=_share(difference, total.value),
        )  # fmt: skip


def _as_claim(key: str, total: Derived) -> Claim:
    return Claim(
        kind="quantity", subject="", quote="", start=0, end=0, measure=key, value=total.value,
        unit=total.unit,
    )  # fmt: skip


def _order(row: Beside) -> tuple[int, int, int, str, str]:
    place = by_measure(row.what) if row.kind == "figure" else by_stage(row.what)
    entry = row.returned or row.reported
    return (
        VERDICTS.index(row.verdict), int(row.kind == "date"), place, row.when or "",
        entry.key if entry else "",
    )  # fmt: skip
