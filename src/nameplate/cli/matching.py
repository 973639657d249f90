"""``match`` and ``technologies``: who can meet whose need, and who has to do with which technology."""

from __future__ import annotations

from typing import Annotated, Optional

import typer
from rich.console import Console

from nameplate.cli.app import app
from nameplate.cli.asking import one_of, write_rows
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, AsOf, LedgerFile, existing
from nameplate.errors import UsageError

Text = Optional[str]  # noqa: UP045 - typer reads the annotation at run time


@app.command(
    epilog='Examples: [bold]nameplate match "Jiaojiang District"[/bold] · '
    "[bold]nameplate match --place Zhejiang[/bold] · then "
    '[bold]nameplate judge decline 3fa91c 77d0e2 --reason "other field"[/bold]'
)
def match(  # noqa: PLR0913, PLR0917 - the options of the command
    name: Annotated[
        Text, typer.Argument(help="A body of the ledger; all open needs unless given.")
    ] = None,
    place: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="Only needs of bodies in this place; may be given again."),
    ] = None,
    ranker: Annotated[
        str, typer.Option(help="lexical; embedding or both, if that extra is installed.")
    ] = "lexical",
    most: Annotated[int, typer.Option(min=1, help="So many counterparts of each.")] = 5,
    declined: Annotated[bool, typer.Option("--declined", help="Also what was declined.")] = False,
    ledger: LedgerFile = DEFAULT_LEDGER,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Match needs with offers, in both directions and across languages, each with its reasons.

    Of a body: who can meet its needs, and who wants what it offers. Without a name: the open needs of
    the ledger, or of a place. Nothing is decided; nameplate judge match, decline or realise says what
    came of a pair, and later matches learn from it.
    """
    from nameplate.answer.rankers import RANKERS
    from nameplate.cli.printing_matches import match_row, print_matches, unique
    from nameplate.market import market
    from nameplate.pipeline import like

    if ranker not in RANKERS:
        raise UsageError(f"there is no ranker {ranker!r}", remedy=f"Use {' or '.join(RANKERS)}.")
    if name is not None and place:
        raise UsageError("a name and a place were given", remedy="Give one of them.")
    with existing(ledger) as opened:
        body = one_of(like(opened, name), name) if name is not None else None
        found = market(opened, as_of, ranker)
    asked = found.of_body(body) if body is not None else found.open_needs(place or ())
    pairs = [(one, found.of(one, most=most, declined=declined)) for one in asked]
    if json:
        write_rows(match_row(m) for m in unique(m for _, matches in pairs for m in matches))
    else:
        print_matches(Console(), pairs, body)


@app.command(
    epilog="Examples: [bold]nameplate technologies[/bold] · [bold]nameplate technologies composites[/bold] · "
    "[bold]nameplate technologies 电池[/bold]"
)
def technologies(
    name: Annotated[
        Text, typer.Argument(help="A technology, product or field, in English or Chinese.")
    ] = None,
    role: Annotated[
        Text, typer.Option(help="Only what somebody develops, makes, offers or needs.")
    ] = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Show the register of technologies and products: who develops, makes, offers or wants each.

    One technology may be spelled in many ways and in both languages. A field shows what lies within it
    as well; a name that only one technology has shows it with every claim and its words.
    """
    from nameplate.answer.technologies import ROLES, search
    from nameplate.answer.technologies import technologies as register_of
    from nameplate.cli.printing_matches import print_technologies, print_technology, technology_row
    from nameplate.market import market

    if role is not None and role not in ROLES:
        raise UsageError(f"there is no role {role!r}", remedy=f"Use one of {', '.join(ROLES)}.")
    with existing(ledger) as opened:
        known = market(opened, as_of)
    rows = register_of((*known.needs, *known.offers))
    rows = [row for row in rows if role is None or row.by(role)]
    rows = rows if name is None else search(rows, name)
    if json:
        write_rows(map(technology_row, rows))
    elif name is not None and len(rows) == 1:
        print_technology(Console(), rows[0])
    else:
        print_technologies(Console(), rows)
