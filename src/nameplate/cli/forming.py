"""``form``: signed links by which enterprises fill in their own returns."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from nameplate.cli.app import app
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, LedgerFile, clock, existing
from nameplate.target import Target

if TYPE_CHECKING:
    from nameplate.forms import Link, Links

form = typer.Typer(
    no_args_is_help=True,
    help="Let an enterprise fill in its own return: make, list and revoke signed links.",
    epilog='First [bold]nameplate form link "Exemplar Cells Co., Ltd" --mapping m.toml --when 2025[/bold], '
    "and serve the ledger with [bold]nameplate serve[/bold]; what is sent enters it as claims.",
)
app.add_typer(form, name="form")


@form.command(
    epilog='Examples: [bold]nameplate form link "Exemplar Cells Co., Ltd" --mapping m.toml --when 2025[/bold] · '
    '[bold]nameplate form link "Acme" -m m.toml --when 2025-06 --days 7 --base https://desk.example.org[/bold]'
)
def link(  # noqa: PLR0913, PLR0917 - the options of the command
    enterprise: Annotated[str, typer.Argument(help="Its name, as returns write it.")],
    mapping: Annotated[
        Path, typer.Option("--mapping", "-m", help="The return's mapping: a field a column.")
    ],
    when: Annotated[
        Optional[str],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option(help="Of when the figures are: 2025, 2025-06; the mapping's, if it has one."),
    ] = None,
    days: Annotated[int, typer.Option(help="For how many days the link is open.")] = 14,
    base: Annotated[
        str, typer.Option(help="How the desk is reached; http://127.0.0.1:8765 unless given.")
    ] = "http://127.0.0.1:8765",
    ledger: LedgerFile = DEFAULT_LEDGER,
    json: AsJson = False,
) -> None:
    """Make a link by which one enterprise fills in one return, without an account.

    It is signed, reaches this enterprise's row alone, ends by itself and can be revoked. Whoever has
    it can fill in the form: send it to the enterprise only. Columns with required = true must be
    filled in. A second submission is a new version of the first; both remain.
    """
    from nameplate.errors import UsageError
    from nameplate.forms import Wish

    links = _links(ledger)
    try:
        text = mapping.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Draft one with `nameplate mapping suggest RETURN`."
        raise UsageError(f"the mapping cannot be read ({error})", remedy=remedy) from error
    wish = Wish(subject=enterprise, mapping=text, when=when, days=days)
    _say(links, links.make(wish), base, json=json)


@form.command("list", epilog="Example: [bold]nameplate form list[/bold]")
def list_(
    base: Annotated[str, typer.Option(help="How the desk is reached.")] = "http://127.0.0.1:8765",
    ledger: LedgerFile = DEFAULT_LEDGER,
    json: AsJson = False,
) -> None:
    """List all links, open, expired and revoked."""
    links = _links(ledger)
    found = links.all()
    for one in found:
        _say(links, one, base, json=json)
    if not found and not json:
        typer.echo("No link has been made.", err=True)


@form.command(epilog="Example: [bold]nameplate form revoke 3fA91c[/bold]")
def revoke(
    id: Annotated[str, typer.Argument(help="The link's id, or its beginning.")],
    ledger: LedgerFile = DEFAULT_LEDGER,
    json: AsJson = False,
) -> None:
    """Take a link back: from now on it opens nothing. What was sent by it stays."""
    links = _links(ledger)
    _say(links, links.revoke(id), "", json=json)


def _links(ledger: Target) -> Links:
    from nameplate.forms import Links
    from nameplate.web.beside import links_of

    existing(ledger).close()
    return Links(links_of(ledger), clock)


def _say(links: Links, one: Link, base: str, *, json: bool) -> None:
    import json as json_

    ends = datetime.fromtimestamp(one.ends, UTC).strftime("%Y-%m-%d %H:%M UTC")
    state = links.state(one)
    address = f"{base.rstrip('/')}/form/{links.token(one)}" if state == "open" else ""
    if json:
        row = {
            "id": one.id, "subject": one.subject, "when": one.when, "state": state, "ends": ends,
            "author": one.author, "address": address,
        }  # fmt: skip
        typer.echo(json_.dumps(row, ensure_ascii=False))
        return
    typer.echo(f"{one.id}  {state}  {one.subject}  {one.when or ''}  until {ends}")
    if address:
        typer.echo(f"  {address}")
