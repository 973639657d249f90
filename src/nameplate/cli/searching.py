"""``search``: the words of reports."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.console import Console
from rich.text import Text

from nameplate.cli.app import app
from nameplate.cli.asking import write_rows
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, AsOf, LedgerFile, existing, many
from nameplate.errors import UsageError

if TYPE_CHECKING:
    from nameplate.ledger import Hit, Hits
    from nameplate.model import Kind

_Given = Optional[str]  # noqa: UP045 - typer reads the annotation at run time


@app.command(
    epilog="Examples: [bold]nameplate search tyre Chongqing[/bold] · "
    "[bold]nameplate search '\"tyre plant\"' --kind milestone[/bold] · "
    "[bold]nameplate search 轮胎 工厂 --since 2024-05 --json[/bold]"
)
def search(  # noqa: PLR0913, PLR0917 - one parameter an option
    words: Annotated[
        list[str],
        typer.Argument(
            help="All must be there; what stands in quotation marks, one after the other."
        ),
    ],
    ledger: LedgerFile = DEFAULT_LEDGER,
    kind: Annotated[
        _Given, typer.Option(help="Only reports with such a claim: quantity, milestone, visit…")
    ] = None,
    since: Annotated[
        _Given, typer.Option(help="Published on or after this day, month or year.")
    ] = None,
    until: Annotated[
        _Given, typer.Option(help="Published on or before this day, month or year.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="So many reports at most.")] = 20,
    skip: Annotated[int, typer.Option(min=0, help="Leave out so many of the first.")] = 0,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Search the titles and texts of reports, in English and Chinese.

    Small and capital letters, accents, plurals, both Chinese scripts and widths of signs are one; one
    character is enough. Reports with all words in their title come first, then the newest. The first
    search after a large load takes up the words, which is told; it may be broken off and goes on.
    """
    from nameplate.ledger import Search

    _check_dates(since, until)
    # A shell takes quotation marks away: an argument with blanks is several words, as typed on the desk.
    wanted = Search(words=" ".join(words), kind=_kind(kind), since=since, until=until)
    with existing(ledger) as opened:
        opened.keep_words(_told())
        found = opened.search(wanted, start=skip, size=limit, as_of=as_of)
    if json:
        write_rows(found.hits)
    else:
        _print(Console(), found, skip)
    if not found.total:
        raise typer.Exit(1)


def _kind(given: str | None) -> Kind | None:
    import typing

    from nameplate.model import Kind

    known = typing.get_args(Kind)
    if given is not None and given not in known:
        raise UsageError(f"there is no kind {given!r}", remedy=f"Use one of {', '.join(known)}.")
    return given  # type: ignore[return-value]


def _check_dates(*given: str | None) -> None:
    import re

    for day in given:
        if day is not None and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day, re.ASCII):
            raise UsageError(f"{day!r} is no date", remedy="Write 2024, 2024-05 or 2024-05-17.")


def _told() -> Callable[[int, int], None]:
    """Tells on a terminal, or now and then, how many reports are taken up."""
    behind = False

    def tell(done: int, last: int) -> None:
        nonlocal behind
        if done < last:
            behind = True
        if behind and (sys.stderr.isatty() or done >= last or done % 10_000 < 500):
            end = "\n" if done >= last or not sys.stderr.isatty() else "\r"
            sys.stderr.write(f"taking up the words of reports: {done} of {last}{end}")
            sys.stderr.flush()

    return tell


def _print(console: Console, found: Hits, skip: int) -> None:
    for number, hit in enumerate(found.hits, skip + 1):
        _print_hit(console, number, hit)
    least = "at least " if found.at_least else ""
    shown = skip + len(found.hits)
    console.print(f"{least}{many(found.total, 'report')}", style="dim", end="")
    more = f"; more with --skip {shown}" if found.hits and shown < found.total else ""
    console.print(more, style="dim", highlight=False)


def _print_hit(console: Console, number: int, hit: Hit) -> None:
    report = hit.report
    head = Text(f"{number}. ", style="dim").append(report.title or report.id, style="bold")
    about = [report.published or "no date", report.publisher or "", report.address or report.id]
    counted = many(report.claims, "claim")
    console.print(head)
    console.print(Text("   " + " · ".join(filter(None, [*about, counted])), style="dim"))
    for piece in hit.snippets:
        line = Text("   … ")
        at = 0
        for begin, end in piece.marks:
            line.append(piece.text[at : begin - piece.start])
            line.append(piece.text[begin - piece.start : end - piece.start], style="bold yellow")
            at = end - piece.start
        console.print(line.append(piece.text[at:]))
