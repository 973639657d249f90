"""Returns beside reports as printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from nameplate.answer.beside import COMPARED, Beside
from nameplate.model import Claim, Entry
from nameplate.returns import Reconciled
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import Fact
from nameplate.web.views.figures import MINUS, say_figure, say_number
from nameplate.web.views.links import query_link
from nameplate.web.views.words import Words

FILTERS = ("differs", "agrees", "other")
"""Things with something that disagrees, that only agree, that could not be compared."""
_WORDS = 12


class Side(msgspec.Struct, frozen=True):
    """What one side says: it opens its words; ``source`` is the cell, or the day of the report."""

    label: str
    source: str
    facts: list[Fact]
    more: int = 0


class BesideRow(msgspec.Struct, frozen=True):
    """One measure or stage of a thing, both sides and the difference."""

    label: str
    scope: str
    when: str
    verdict: str
    verdict_said: str
    returned: Side | None
    derived: bool
    reported: Side | None
    also: list[Side]
    difference: str
    share: str


class ThingRow(msgspec.Struct, frozen=True):
    """One thing of the list: how much of it was compared, and what disagrees."""

    id: str
    name: str
    kind: str
    compared: int
    differs: int
    returned: int
    worst: str


class Filter(msgspec.Struct, frozen=True):
    """A kind of outcome to filter by, with how many things have it."""

    key: str
    label: str
    number: int
    href: str
    chosen: bool


FactsOf = Callable[[Iterable[Entry]], list[Fact]]


def group_of(one: Reconciled) -> str:
    """Which of the filters a thing belongs to."""
    if one.findings:
        return "differs"
    return "agrees" if any(row.verdict in COMPARED for row in one.rows) else "other"


def filters(found: Sequence[Reconciled], query: Mapping[str, str], words: Words) -> list[Filter]:
    """The filters with their numbers; the chosen one leads back to all."""
    tally, chosen = Counter(map(group_of, found)), query.get("state", "")
    return [
        Filter(
            key, words.say(f"beside_{key}"), tally[key],
            query_link(query, state="" if key == chosen else key, page=""), key == chosen,
        )
        for key in FILTERS
        if tally[key] or key == chosen
    ]  # fmt: skip


def thing_row(one: Reconciled, words: Words) -> ThingRow:
    """A line of the list; ``worst`` tells what disagrees most."""
    apart = [row for row in one.rows if row.verdict in ("differs", "over")]
    worst = max(apart, key=lambda row: abs(row.share or Decimal(0)), default=None)
    told = ""
    if worst is not None:
        told = f"{label_of(worst, words)} {_share(worst, words) or _difference(worst, words)}"
    return ThingRow(
        id=one.entity.id,
        name=one.entity.name,
        kind=words.name_of("entity", one.entity.kind),
        compared=sum(row.verdict in COMPARED for row in one.rows),
        differs=len(apart),
        returned=sum(row.returned is not None for row in one.rows),
        worst=told,
    )


def label_of(row: Beside, words: Words) -> str:
    """What a row is about."""
    label = words.measure(row.what) if row.kind == "figure" else words.stage(row.what)
    return f"{label} ({row.item})" if row.item and row.unit in ("1", None) else label


def beside_rows(rows: Iterable[Beside], facts: FactsOf, words: Words) -> list[BesideRow]:
    """The rows as printed."""
    return [_row(row, facts, words) for row in rows]


def _row(row: Beside, facts: FactsOf, words: Words) -> BesideRow:
    return BesideRow(
        label=label_of(row, words),
        scope=row.scope or "",
        when=say_date(row.when, words),
        verdict=row.verdict,
        verdict_said=words.say(f"verdict_{row.verdict}"),
        returned=_mine(row, facts, words),
        derived=row.total is not None,
        reported=_side(row.reported, row, facts, words),
        also=[side for e in row.also if (side := _side(e, row, facts, words)) is not None],
        difference=_difference(row, words),
        share=_share(row, words),
    )


def _mine(row: Beside, facts: FactsOf, words: Words) -> Side | None:
    total = row.total
    if total is None:
        return _side(row.returned, row, facts, words)
    claim = Claim(
        kind="quantity", subject="", quote="", start=0, end=0, value=total.value, unit=total.unit
    )
    source = words.say("zone_sum", n=total.parts, of=total.of)
    more = max(0, len(total.entries) - _WORDS)
    return Side(say_figure(claim, words), source, facts(total.entries[:_WORDS]), more)


def _side(entry: Entry | None, row: Beside, facts: FactsOf, words: Words) -> Side | None:
    if entry is None:
        return None
    claim = entry.claim
    undated = words.say("undated")
    said = say_figure(claim, words) if row.kind == "figure" else say_date(claim.when, words)
    source = claim.cell or ""
    if not source and row.verdict == "other_time":
        source = say_date(claim.when, words)
    return Side(said or undated, source, facts([entry]))


def _difference(row: Beside, words: Words) -> str:
    if row.days is not None:
        if not row.days:
            return words.say("on_time")
        key = "slip_late" if row.days > 0 else "slip_early"
        return words.say(key, n=abs(row.days))
    if row.difference is None:
        return ""
    claim = Claim(
        kind="quantity", subject="", quote="", start=0, end=0, value=row.difference,
        unit=row.unit,
    )  # fmt: skip
    said = say_figure(claim, words)
    return f"+{said}" if row.difference > 0 else said


def _share(row: Beside, words: Words) -> str:
    if row.share is None or not row.share:
        return ""
    sign = "+" if row.share > 0 else MINUS
    return f"{sign}{say_number(abs(round(row.share, 1)), words)} %"
