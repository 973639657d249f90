"""What a thing's figures imply, as its page prints it: each with formula, sources and range."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

import msgspec

from nameplate.answer.imply import Implications, Implied, rounded
from nameplate.answer.imply_days import Ahead, RampView
from nameplate.model import Entry
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import Fact
from nameplate.web.views.figures import say_number
from nameplate.web.views.words import Words

Facts = Callable[[Iterable[Entry]], list[Fact]]
_SHOWN = 3
"""So many results of a kind, the newest first."""


class ImpliedLine(msgspec.Struct, frozen=True):
    """A figure that follows from others: value, range, how, from which words."""

    label: str
    said: str
    limits: str
    formula: str
    worked: str
    facts: list[Fact]


class AheadLine(msgspec.Struct, frozen=True):
    """Days to nameplate, or why none are given."""

    label: str
    said: str
    limits: str
    notes: list[str]
    facts: list[Fact]


class ImpliedPage(msgspec.Struct, frozen=True):
    """The section of a thing's page."""

    figures: list[ImpliedLine]
    days: list[AheadLine]


def implied_page(found: Implications, facts: Facts, words: Words) -> ImpliedPage | None:
    """The section, or ``None`` where nothing follows."""
    figures: list[ImpliedLine] = []
    for what in ("full_capacity", "per_head", "planned_per_head", "use"):
        of = [one for one in found.results if one.what == what]
        figures += [_line(one, facts, words) for one in reversed(of[-_SHOWN:])]
    days = list(_days(found.ramp, facts, words))
    return ImpliedPage(figures, days) if figures or days else None


def _line(one: Implied, facts: Facts, words: Words) -> ImpliedLine:
    scale = 100 if one.what == "use" else 1
    ends = [None if end is None else _number(end * scale, words) for end in (one.low, one.high)]
    limits = f"{ends[0] or '…'} – {ends[1] or '…'}" if any(ends) else ""
    return ImpliedLine(
        label=words.say(f"implied_{one.what}"),
        said=_said(one, words),
        limits=limits,
        formula=words.say(f"formula_{one.what}"),
        worked=one.worked,
        facts=facts(one.inputs),
    )


def _said(one: Implied, words: Words) -> str:
    if one.what == "use":
        return f"{_number(one.value * 100, words)} %"
    item = one.item or ("" if one.unit in (None, "1") else one.unit)
    per = words.say("per", unit=words.name_of("per", one.per)) if one.per else ""
    head = words.say("implied_a_head") if one.what.endswith("per_head") else ""
    told = " ".join(bit for bit in (_number(one.value, words), item) if bit)
    return f"{told}{per} {head}".strip()


def _number(value: Decimal, words: Words) -> str:
    return say_number(rounded(value), words)


def _days(view: RampView, facts: Facts, words: Words) -> Iterable[AheadLine]:
    """Its own ramp if it has figures for one, and what comparable plants took."""
    seen = [s.entry for s in view.seen]
    if view.own is not None:
        notes = [words.say("ramp_how")]
        if view.below is not None:
            notes.append(words.say("ramp_below", share=f"{view.below:.0%}"))
        if view.converted:
            notes.append(words.say("ramp_converted"))
        yield _ahead(view.own, "ramp_own", notes, facts(seen), words)
    elif len(seen) > 1 and view.thin and view.reached is None:
        why = words.say(f"thin_{view.thin}")
        yield AheadLine(words.say("ramp_own"), words.say("not_given"), "", [why], facts(seen))
    if view.by_peers is not None:
        told = [entry for peer in view.peers for entry in peer.entries][:20]
        notes = [words.say("peers_how", n=len(view.peers))]
        yield _ahead(view.by_peers, "ramp_peers", notes, facts(told), words)


def _ahead(
    ahead: Ahead, label: str, notes: list[str], facts: list[Fact], words: Words
) -> AheadLine:
    days = [say_date(ahead.day(n), words) for n in (ahead.low, ahead.high)]
    return AheadLine(
        label=words.say(label),
        said=words.say("days_from", n=f"{ahead.middle:,}", day=say_date(ahead.since, words)),
        limits=f"{ahead.level:.0%}: {ahead.low:,} – {ahead.high:,} ({days[0]} – {days[1]})",
        notes=notes,
        facts=facts,
    )
