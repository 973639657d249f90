"""``series``, ``park``, ``event``: one measure through time, and what belongs together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.console import Console

from nameplate.cli.app import app
from nameplate.cli.asking import Name, one_of, write_rows
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, AsOf, LedgerFile, clock, existing
from nameplate.errors import UsageError

if TYPE_CHECKING:
    from nameplate.answer.belonging import Register
    from nameplate.ledger import Ledger
    from nameplate.model import Entity

Text = Optional[str]  # noqa: UP045 - typer reads the annotation at run time


@app.command(
    epilog="Examples: [bold]nameplate series Chongqing --measure enterprises[/bold] · "
    "[bold]nameplate series Chongqing --stage resumed[/bold]"
)
def series(
    name: Name,
    measure: Annotated[
        Text, typer.Option(help="Only this measure, such as enterprises or output.")
    ] = None,
    stage: Annotated[
        Text, typer.Option(help="Count what lies in it and had reached this stage, by day.")
    ] = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Follow the figures of a place, park or plant through time; reported beside planned.

    With --stage the count is derived: things that reports place there, each from the day on which
    it first reached the stage.
    """
    from nameplate.answer.series import reached
    from nameplate.answer.series import series as series_of
    from nameplate.cli.printing_followed import print_series, print_steps
    from nameplate.pipeline import entity_of, like

    _check_known(measure, stage)
    with existing(ledger) as opened:
        if stage is not None:
            whole, register = _register(opened, name, as_of)
            inside = [part for part, _ in register.within(whole)]
            steps = reached(inside, register.shelf, stage, as_of or clock())
            _print(steps, json=json, to=lambda c: print_steps(c, whole, stage, steps))
            return
        entity, shelf = entity_of(opened, one_of(like(opened, name), name).id, as_of)
    found = [one for one in series_of(shelf.of(entity), measure) if one.points or one.planned]
    _print(found, json=json, to=lambda console: print_series(console, entity, found))


@app.command(epilog='Example: [bold]nameplate park "Sampleton Industrial Park"[/bold]')
def park(
    name: Name, ledger: LedgerFile = DEFAULT_LEDGER, as_of: AsOf = None, json: AsJson = False
) -> None:
    """Show a park, or a place, with the enterprises and projects in it and the state of each."""
    from nameplate.answer.groups import park_view
    from nameplate.cli.printing_followed import print_park

    with existing(ledger) as opened:
        whole, register = _register(opened, name, as_of)
    view = park_view(whole, register, as_of or clock())
    _print([view], json=json, to=lambda console: print_park(console, view))


@app.command(epilog='Example: [bold]nameplate event "2018 Smart China Expo"[/bold]')
def event(
    name: Name, ledger: LedgerFile = DEFAULT_LEDGER, as_of: AsOf = None, json: AsJson = False
) -> None:
    """Show a signing event: what was promised there, and how much has since started or lapsed.

    The reported totals stand beside what the ledger knows of single projects, which is seldom all
    of them. Money is counted once a project, however often it was signed.
    """
    from nameplate.answer.groups import event_view
    from nameplate.cli.printing_followed import print_event
    from nameplate.ledger import ClaimFilter

    with existing(ledger) as opened:
        whole, register = _register(opened, name, as_of)
        reports = {e.document_key for e in opened.entries(ClaimFilter(stage="signed"), as_of)}
        texts = {key: opened.document(key).text for key in sorted(reports)}
    view = event_view(whole, register, as_of or clock(), texts)
    _print([view], json=json, to=lambda console: print_event(console, view))


def _check_known(measure: str | None, stage: str | None) -> None:
    from nameplate.lexicon.measures import measures
    from nameplate.lexicon.stages import stages

    for given, known, what in ((measure, measures(), "measure"), (stage, stages(), "stage")):
        if given is not None and given not in known:
            raise UsageError(
                f"there is no {what} {given!r}", remedy=f"Use one of {', '.join(known)}."
            )


def _register(ledger: Ledger, name: str, as_of: str | None) -> tuple[Entity, Register]:
    """The one that is meant, and all others to look among."""
    from nameplate.answer.belonging import Register
    from nameplate.answer.shelf import Shelf
    from nameplate.pipeline import entities, spoken_of

    known, entries = entities(ledger, as_of)
    whole = one_of([*known, *spoken_of(ledger, name, as_of)], name)
    return whole, Register(known, Shelf(entries))


def _print(rows: Sequence[object], *, json: bool, to: Callable[[Console], None]) -> None:
    if json:
        write_rows(rows)
    else:
        to(Console())
