"""``imply``: what the figures of a line or plant imply, each with its formula and its sources."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from nameplate.cli.app import app
from nameplate.cli.asking import Name, one_of, write_rows
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, AsOf, LedgerFile, clock, existing

if TYPE_CHECKING:
    from nameplate.answer.imply import Implications, Implied
    from nameplate.answer.imply_days import Ahead, RampView

_TITLES = {
    "full_capacity": "Full capacity",
    "per_head": "Output per head",
    "planned_per_head": "Output per head, as planned",
    "use": "Share of nameplate in use",
}
_THIN = {
    "none": "no dated series of its utilisation, or of its output beside a capacity",
    "few": "fewer than 3 dated figures of one kind",
    "short": "its figures span less than a week",
    "flat": "its figures do not rise",
    "below": "its ramp more likely levels off below nameplate",
}
_PEERS = {
    "no_start": "no report dates its start of production",
    "few_peers": "fewer than 9 comparable plants are known to have taken longer than it has so far",
}


@app.command(
    epilog='Examples: [bold]nameplate imply "transmitter line"[/bold] · '
    '[bold]nameplate imply "Jixing tyre project" --json[/bold]'
)
def imply(
    name: Name, ledger: LedgerFile = DEFAULT_LEDGER, as_of: AsOf = None, json: AsJson = False
) -> None:
    """Work out what the figures of a line or plant imply: full capacity, output per head, days to
    nameplate.

    Everything printed is derived, with its formula and the words of each figure that enters it.
    Ranges are what the bounds and roundings of the figures allow; the days carry an interval that
    holds 80 % of the chance, from the ramp seen so far and from comparable plants of the ledger.
    Where the data are too thin nothing is given, and the reason is.
    """
    from nameplate.answer.imply import implications
    from nameplate.answer.imply_days import RAMPING, comparable
    from nameplate.pipeline import entity_of, like, ramping

    with existing(ledger) as opened:
        entity, shelf = entity_of(opened, one_of(like(opened, name), name).id, as_of)
        own = shelf.of(entity)
        peers = comparable(own, ramping(opened, as_of)) if entity.kind in RAMPING else None
    found = implications(entity, own, as_of or clock(), peers)
    if json:
        write_rows([found])
    else:
        _print(Console(), found)


def _print(console: Console, found: Implications) -> None:
    from nameplate.cli.printing import words_of

    console.print(f"[bold]{escape(found.entity.name)}[/bold] ({found.entity.kind})")
    console.print("Everything below is derived; no report says it.\n", style="dim")
    for one in found.results:
        console.print(f"[bold]{_TITLES[one.what]}[/bold]: {escape(_value(one))}")
        console.print(f"  {one.formula}: {escape(one.worked)}")
        for assumed in one.assumed:
            console.print(f"  assumed: {assumed}")
        for entry in one.inputs:
            told = f"{entry.claim.measure}{f' ({entry.claim.scope})' if entry.claim.scope else ''}"
            console.print(f"  {escape(told)}: {escape(words_of(entry))}", style="dim")
        console.print()
    for what, why in found.withheld:
        console.print(f"{_TITLES[what]}: not given; {why}.")
    _print_ramp(console, found.ramp)


def _value(one: Implied) -> str:
    item = one.item or ("" if one.unit in (None, "1") else one.unit)
    unit = f" {item}" if item else ""
    per = f" a {one.per}" if one.per else ""
    head = " a head" if one.what.endswith("per_head") else ""
    if one.what == "use":
        return f"{_number(one.value * 100)} %{_limits(one, 100)}"
    return f"{_number(one.value)}{unit}{per}{head}{_limits(one)}"


def _number(value: Decimal) -> str:
    from nameplate.answer import wording
    from nameplate.answer.imply import rounded

    return wording.number(rounded(value))


def _limits(one: Implied, scale: int = 1) -> str:
    """The range that the inputs allow, in words."""
    low, high = (None if end is None else _number(end * scale) for end in (one.low, one.high))
    if low is not None and high is not None:
        return "" if low == high else f" ({low} to {high})"
    return f" (at least {low})" if low is not None else f" (at most {high})" if high else ""


def _print_ramp(console: Console, view: RampView) -> None:
    from nameplate.cli.printing import words_of

    if view.reached is not None:
        console.print(f"Days to nameplate: it is said to be at capacity; {words_of(view.reached)}")
    elif view.own is not None:
        console.print(f"[bold]Days to nameplate[/bold], at its own ramp: {_ahead(view.own)}")
    elif view.thin:
        console.print(f"Days to nameplate, at its own ramp: not given; {_THIN[view.thin]}.")
    if view.below is not None:
        _print_fit(console, view)
    for seen in view.seen:
        words = escape(words_of(seen.entry))
        console.print(f"  {seen.day}  {float(seen.share):.0%}  {words}", style="dim")
    if view.nameplate is not None:
        console.print(f"  nameplate: {escape(words_of(view.nameplate))}", style="dim")
    _print_peers(console, view)


def _print_fit(console: Console, view: RampView) -> None:
    console.print(
        "  a line, 1 - exp(-x) and a logistic curve, weighed by how well they fit; reached is 95 % of "
        f"{'full utilisation' if view.basis == 'utilisation' else 'the capacity'}"
    )
    console.print(f"  chance that it levels off below nameplate: {view.below:.0%}")
    if view.converted:
        console.print("  assumed: the working days of a year, from the least to the most there are")


def _ahead(ahead: Ahead) -> str:
    return (
        f"{ahead.middle:,} from {ahead.since} ({ahead.level:.0%} interval {ahead.low:,} to {ahead.high:,}; "
        f"{ahead.day(ahead.low)} to {ahead.day(ahead.high)})"
    )


def _print_peers(console: Console, view: RampView) -> None:
    from nameplate.cli.printing import words_of

    if view.by_peers is not None:
        console.print(
            f"[bold]Days to nameplate[/bold], as comparable plants took: {_ahead(view.by_peers)}"
        )
    elif view.peers_thin:
        console.print(
            f"Days to nameplate, as comparable plants took: not given; {_PEERS[view.peers_thin]}."
        )
    for peer in view.peers:
        took = f"{peer.days:,} days from start to capacity" if peer.days is not None else ""
        pace = f"pace {peer.pace:,.0f} days from 10 % to 90 %" if peer.pace is not None else ""
        told = ", ".join(bit for bit in (took, pace) if bit)
        console.print(f"  {escape(peer.entity.name)}: {told}", style="dim")
        for entry in peer.entries[:3]:
            console.print(f"    {escape(words_of(entry))}", style="dim")
