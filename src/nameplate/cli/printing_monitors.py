"""Monitors in the terminal: figures by period, sentences with numbered sources, alerts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.markup import escape

from nameplate.answer import wording
from nameplate.answer.monitor.sentence import Lang, say_value
from nameplate.cli.options import many
from nameplate.cli.printing import table, words_of

if TYPE_CHECKING:
    from nameplate.answer.monitor import Alert, Cell, Monitor, Row, Seen, Sentence

_MOST_ROWS = 60
"""So many periods of a line are printed; --json has all."""


def print_list(
    console: Console,
    views: Sequence[tuple[Monitor, Seen | str]],
    built_in: Iterable[Monitor],
    unread: Sequence[tuple[str, str]] = (),
) -> None:
    """The saved monitors with what they say now, those that cannot be read, and the templates."""
    from nameplate.answer.monitor import alerts, sentence

    if not views and not unread:
        console.print("No monitor is saved in this ledger.")
    for monitor, view in views:
        console.print(
            f"[bold]{escape(monitor.name)}[/bold]  {escape(monitor.heading())}: {escape(monitor.subject)}"
        )
        if isinstance(view, str):
            console.print(f"  {escape(view)}", style="red")
            continue
        console.print(f"  {escape(sentence(view).text)}")
        for alert in alerts(view):
            if alert.standing:
                console.print(f"  ! {escape(alert.said['en'])}", style="yellow")
    for name, problem in unread:
        console.print(f"[bold]{escape(name)}[/bold]  cannot be read")
        console.print(f"  {escape(problem)}", style="red")
    told = ", ".join(f"{one.name} ({one.heading().lower()}, by {one.grain})" for one in built_in)
    console.print(f"\nTemplates: {told}", style="dim")


def print_seen(console: Console, view: Seen, lang: Lang) -> None:
    """One table a line, then what was left aside and what the ledger does not know."""
    monitor = view.monitor
    console.print(
        f"[bold]{escape(monitor.heading(lang))}[/bold]: {escape(monitor.subject)}, by {monitor.grain}"
    )
    if view.subject is None and any(line.how == "reported" for line in monitor.line):
        console.print("No report gives figures of it itself.", style="dim")
    if not view.rows:
        console.print("Nothing is known of it.")
    for key in view.shown():
        _print_line(console, view, key, lang)
    _print_differences(console, view, lang)
    for one in view.aside[:10]:
        said = f"“{one.entry.claim.quote}” ({wording.source(one.entry)}): {one.reason}"
        console.print(f"left aside: {escape(said)}", style="dim")
    if len(view.aside) > 10:
        console.print(
            f"… and {len(view.aside) - 10} more left aside (--json lists them)", style="dim"
        )


def _print_line(console: Console, view: Seen, key: str, lang: Lang) -> None:
    rows = [
        (row, row.cells[key])
        for row in view.rows
        if key in row.cells and row.cells[key].held is None
    ]
    if not rows:
        return
    derived = ", derived" if rows[0][1].derived else ""
    label = view.monitor.label(key, lang)
    made = table("when", "figure", "standing", "words and source",
                 title=f"\n{escape(label)} [dim]({key}{derived})[/dim]")  # fmt: skip
    gaps = {gap.before: gap for gap in view.gaps if gap.line == key}
    hidden = len(rows) - _MOST_ROWS
    for row, cell in rows[max(0, hidden) :]:
        if row.period in gaps:
            n = gaps[row.period].periods
            made.add_row(
                "…", "", f"gap: no figure for {n:,} {view.monitor.grain}{'s' if n > 1 else ''}", ""
            )
        made.add_row(*_row(row, cell, lang))
    console.print(made)
    if hidden > 0:
        console.print(f"… {hidden} earlier rows (--json has them)", style="dim")


def _row(row: Row, cell: Cell, lang: Lang) -> tuple[str, str, str, str]:
    period = row.period or "no date"
    when = period if cell.dated else f"({period})"
    value = "?" if cell.value is None else say_value(cell, lang)
    return (
        when,
        escape(value),
        escape(", ".join(_standing(cell, lang))),
        escape("\n".join(_words(row, cell))),
    )


def _standing(cell: Cell, lang: Lang) -> Iterator[str]:
    if cell.derived:
        yield str(cell.how)
    if cell.things is not None and cell.how in ("summed", "averaged"):
        yield f"{cell.things:,} gave a figure"
    if cell.conflicting:
        yield "reports contradict each other"
    if cell.reports > 1:
        yield f"{cell.reports} reports"
    for one in cell.earlier:
        bare = say_value(_bare(one), lang)
        yield f"{one.standing}: {bare} ({wording.source(one.entries[0])})"


def _bare(one: Any) -> Cell:
    from nameplate.answer.monitor import Cell

    return Cell(how="reported", value=one.value, unit=one.unit, bound=one.bound)


def _words(row: Row, cell: Cell) -> Iterator[str]:
    if cell.inputs:
        yield f"{cell.inputs[0]} over {cell.inputs[1]}"
    for entry in cell.entries[:2]:
        yield words_of(entry)
    for source in cell.sources[:3]:
        yield f"{source.document_id}: {source.things:,}"


def _print_differences(console: Console, view: Seen, lang: Lang) -> None:
    if not view.differences:
        return
    made = table("when", "counted", "reported", "difference", title="\nCounted beside reported")
    for one in view.differences[-_MOST_ROWS:]:
        counted = f"{wording.number(one.counted)}  {view.monitor.label(one.line, lang)}"
        reported = f"{wording.number(one.reported)}  {view.monitor.label(one.beside, lang)}"
        made.add_row(one.period, escape(counted), escape(reported), f"{one.value:+,f}")
    console.print(made)


def print_sentence(said: Sentence) -> None:
    """The sentence with a number in brackets behind each figure, and the sources by number."""
    sources: dict[str, int] = {}
    text = ""
    for part in said.parts:
        text += part.text
        named = [words_of(e) for e in part.entries]
        named += [f"{s.document_id}: {many(s.things, 'row')}" for s in part.sources]
        marks = [str(sources.setdefault(one, len(sources) + 1)) for one in named[:4]]
        text += f" [{', '.join(marks)}]" if marks else ""
    typer.echo(text)
    for source, number in sources.items():
        typer.echo(f"  [{number}] {source}")


def print_alerts(console: Console, found: Sequence[Alert], lang: Lang) -> None:
    """One line an alert with the words behind it."""
    if not found:
        console.print("No alert stands.")
    for alert in found:
        style = "yellow" if alert.standing else "dim"
        console.print(
            f"{alert.day}  {escape(alert.said[lang])}  [dim]{escape(alert.monitor)}[/dim]",
            style=style,
        )
        for entry in alert.entries[:3]:
            console.print(f"    {escape(words_of(entry))}", style="dim")
