"""``monitor``: saved questions with a denominator, their sentences and alerts."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer
from rich.console import Console

from nameplate.cli.app import app
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, AsOf, LedgerFile, clock, existing, many
from nameplate.errors import UsageError

if TYPE_CHECKING:
    from nameplate.answer.monitor import Alert, Monitor, Seen
    from nameplate.errors import NameplateError
    from nameplate.ledger import Ledger
    from nameplate.target import Target

monitor = typer.Typer(
    no_args_is_help=True,
    help="Ask saved questions with a denominator: how many of how many, by day, month or year.",
    epilog="First [bold]nameplate monitor show resumption --of Chongqing[/bold]; then "
    "[bold]nameplate monitor define --template resumption --of Chongqing --name work[/bold]",
)
app.add_typer(monitor, name="monitor")

Text = Optional[str]  # noqa: UP045 - typer reads the annotation at run time
Name = Annotated[str, typer.Argument(help="A saved monitor, or a template with --of.")]
Of = Annotated[Text, typer.Option("--of", help="What a template is to be about: a city, an event.")]
Lang = Annotated[str, typer.Option(help="en or zh.")]


@monitor.command(name="list", epilog="Example: [bold]nameplate monitor list[/bold]")
def list_(ledger: LedgerFile = DEFAULT_LEDGER, as_of: AsOf = None, json: AsJson = False) -> None:
    """List the saved monitors with their newest figures and alerts, and the templates."""
    from nameplate.cli.asking import write_rows
    from nameplate.cli.printing_monitors import print_list
    from nameplate.monitors import saved, templates

    with existing(ledger) as opened:
        unread: list[tuple[str, str]] = []
        known = saved(opened, as_of, lambda name, error: unread.append((name, error.sentence())))
        if json:
            write_rows(known)
            for _, problem in unread:
                typer.echo(problem, err=True)
            return
        views = [(one, _tried(opened, one, as_of)) for one in known]
    print_list(Console(), views, templates(), unread)


def _tried(ledger: Ledger, one: Monitor, as_of: str | None) -> Seen | str:
    from nameplate.errors import NameplateError
    from nameplate.monitors import answer

    try:
        return answer(ledger, one, clock(), as_of)
    except NameplateError as error:
        return error.sentence()


@monitor.command(
    epilog="Examples: [bold]nameplate monitor show resumption --of Chongqing[/bold] · "
    "[bold]nameplate monitor show work --as-of 2020-03-01[/bold]"
)
def show(
    name: Name,
    of: Of = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    as_of: AsOf = None,
    lang: Lang = "en",
    json: AsJson = False,
) -> None:
    """Show a monitor's figures by day, month or year, with words, sources, gaps and revisions.

    What is counted or a share is derived and says so; a counted value stands beside the reported one
    with their difference. --as-of answers with what the ledger knew on that day.
    """
    from nameplate.cli.asking import write_rows
    from nameplate.cli.printing_monitors import print_seen
    from nameplate.monitors import answer

    with existing(ledger) as opened:
        view = answer(opened, _monitor(opened, name, of, as_of), clock(), as_of)
    if json:
        write_rows([view])
    else:
        print_seen(Console(), view, _language(lang))


@monitor.command(
    epilog="Examples: [bold]nameplate monitor sentence work --day 2020-03-09[/bold] · "
    "[bold]nameplate monitor sentence upgrading --of Chongqing --lang zh[/bold]"
)
def sentence(  # noqa: PLR0913, PLR0917 - the options of the command
    name: Name,
    of: Of = None,
    day: Annotated[
        Text,
        typer.Option(help="2020-03-09, 2020-03 or 2020; the newest figures if not given."),
    ] = None,
    lang: Lang = "en",
    ledger: LedgerFile = DEFAULT_LEDGER,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Print the bulletin's sentence for a day, with a numbered source for every number.

    A number that is missing is left out; one that is derived says so.
    """
    from nameplate.answer.monitor import sentence as made
    from nameplate.cli.asking import write_rows
    from nameplate.cli.printing_monitors import print_sentence
    from nameplate.monitors import answer

    with existing(ledger) as opened:
        view = answer(opened, _monitor(opened, name, of, as_of), clock(), as_of)
    said = made(view, day, _language(lang))
    if json:
        write_rows([said])
    else:
        print_sentence(said)


@monitor.command(
    epilog="Example: [bold]nameplate monitor template resumption --of Chongqing > work.toml[/bold]"
)
def template(
    name: Annotated[str, typer.Argument(help="resumption, upgrading or signing.")],
    of: Of = None,
) -> None:
    """Print a built-in monitor as TOML, to be changed and saved with define."""
    import msgspec

    from nameplate.answer.monitor import dump
    from nameplate.monitors import template as built_in

    typer.echo(dump(msgspec.structs.replace(built_in(name), subject=of or "")), nl=False)


@monitor.command(
    epilog="Examples: [bold]nameplate monitor define work.toml[/bold] · [bold]nameplate monitor "
    "define --template resumption --of Chongqing --name work --above staff=1000000[/bold]"
)
def define(  # noqa: PLR0913, PLR0917 - the options of the command
    file: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(help="A monitor in TOML."),
    ] = None,
    of: Of = None,
    built_in: Annotated[Text, typer.Option("--template", help="Start from this template.")] = None,
    name: Annotated[Text, typer.Option(help="Save it under this name.")] = None,
    above: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="Alert when a line rises above a level: LINE=LEVEL; may be given again."),
    ] = None,
    below: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="Alert when a line falls below a level: LINE=LEVEL."),
    ] = None,
    crossed: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="Alert whenever a line crosses a level: LINE=LEVEL."),
    ] = None,
    silence: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="Alert after so many days without news."),
    ] = None,
    returns: Annotated[
        Text,
        typer.Option(
            help="Which returns are counted, by their files (work-*.xlsx); else those "
            "that name the subject in title, file or publisher."
        ),
    ] = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Save a monitor in the ledger, from a file or a template. One of its name is replaced.

    The older one stays recorded: a question as of an earlier day is answered by it.
    """
    import msgspec

    from nameplate.answer.monitor import load
    from nameplate.monitors import define as save
    from nameplate.monitors import template as from_template

    if (file is None) == (built_in is None):
        raise UsageError(
            "give either a file or --template", remedy="See `nameplate monitor define --help`."
        )
    made = load(_read(file), where=str(file)) if file else from_template(built_in or "")
    levels = {"above": above or [], "below": below or [], "crossed": crossed or []}
    changes: dict[str, object] = {"alert": (*made.alert, *_thresholds(levels))}
    given = {"subject": of, "name": name, "silence": silence, "returns": returns}
    changes |= {key: value for key, value in given.items() if value is not None}
    made = msgspec.structs.replace(made, **changes)
    with existing(ledger) as opened:
        new = save(opened, made, getpass.getuser())
    typer.echo(f"{made.name}: {'saved' if new else 'already saved so, nothing changed'}")


def _thresholds(levels: dict[str, list[str]]) -> list[object]:
    from decimal import Decimal, InvalidOperation

    from nameplate.answer.monitor import Threshold

    made: list[object] = []
    for way, given in levels.items():
        for text in given:
            line, _, level = text.partition("=")
            try:
                value = Decimal(level.replace(",", "").removesuffix("%"))
            except InvalidOperation:
                raise UsageError(
                    f"{text!r} is no threshold", remedy="Write LINE=LEVEL, such as staff=1000000."
                ) from None
            made.append(Threshold(line=line.strip(), level=value, way=way))  # type: ignore[arg-type]
    return made


@monitor.command(epilog="Example: [bold]nameplate monitor withdraw work[/bold]")
def withdraw(name: Name, ledger: LedgerFile = DEFAULT_LEDGER) -> None:
    """Take a saved monitor out of use; what it was stays recorded."""
    from nameplate.monitors import withdraw as taken_out

    with existing(ledger) as opened:
        taken_out(opened, name, getpass.getuser())
    typer.echo(f"{name}: withdrawn")


@monitor.command(
    epilog="Examples: [bold]nameplate monitor alerts[/bold] · [bold]nameplate monitor alerts --all[/bold]"
)
def alerts(
    every: Annotated[bool, typer.Option("--all", help="Also those that hold no more.")] = False,
    lang: Lang = "en",
    ledger: LedgerFile = DEFAULT_LEDGER,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """List the alerts of all saved monitors: thresholds passed, and silence. Exit code 1 if a
    monitor could not be answered."""
    from nameplate.cli.asking import write_rows
    from nameplate.cli.printing_monitors import print_alerts

    found, failed = _alerts(ledger, as_of)
    wanted = [alert for alert in found if every or alert.standing]
    if json:
        write_rows(wanted)
    else:
        print_alerts(Console(), wanted, _language(lang))
    if failed:
        raise typer.Exit(1)


def _alerts(ledger: Target, as_of: str | None = None) -> tuple[list[Alert], int]:
    """The alerts of all monitors, and how many monitors could not be answered, which is told."""
    from nameplate.monitors import all_alerts

    problems: list[str] = []

    def failed(name: str, error: NameplateError) -> None:
        problems.append(name)
        typer.echo(f"{name}: {error.sentence()}", err=True)

    with existing(ledger) as opened:
        found = all_alerts(opened, clock(), as_of, failed)
    return [alert for _, alert in found], len(problems)


@monitor.command(
    epilog="Example: [bold]nameplate monitor feed --out alerts.xml --base https://desk.example.org[/bold]"
)
def feed(
    out: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option(help="Write it to this file; to standard output if not given."),
    ] = None,
    base: Annotated[str, typer.Option(help="The desk's address, to which entries lead.")] = "",
    lang: Lang = "en",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Write the alerts as an Atom feed, for any feed reader. The desk serves the same."""
    import sys

    from nameplate.monitors.feed import atom

    found, failed = _alerts(ledger)
    body = atom(found, today=clock(), lang=_language(lang), base=base.rstrip("/"))
    if out is None:
        sys.stdout.buffer.write(body + b"\n")
    else:
        _write(out, body)
        typer.echo(f"{out}: {many(len(found), 'alert')}", err=True)
    if failed:
        raise typer.Exit(1)


@monitor.command(
    epilog="Example: [bold]NAMEPLATE_SMTP_PASSWORD=… nameplate monitor send --settings mail.toml[/bold], "
    "every hour by cron."
)
def send(
    settings: Annotated[Path, typer.Option(help="TOML: host, sender, recipients, security, …")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list what would be sent.")
    ] = False,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Mail the alerts that stand and were not sent yet, each once to each address.

    Every try is recorded in the ledger; what fails is tried again, now and in the next run. Exit code
    1 if anything could not be sent. The password is read from the environment or a file.
    """
    from nameplate.monitors.mail import pending, read_settings
    from nameplate.monitors.mail import send as mail

    plan = read_settings(settings)
    found, failed = _alerts(ledger)
    lang = plan.language
    with existing(ledger) as opened:
        if dry_run:
            for alert, address in pending(opened, found, plan.recipients):
                typer.echo(f"would send to {address}: {alert.said[lang]}")
            return
        done = mail(opened, plan, found)
    for one in done:
        problem = f": {one.problem}" if one.problem else ""
        typer.echo(f"{one.outcome} to {one.address}{problem}: {one.alert.said[lang]}")
    if not done:
        typer.echo("nothing to send")
    if failed or any(one.outcome == "failed" for one in done):
        raise typer.Exit(1)


def _monitor(ledger: Ledger, name: str, of: str | None, as_of: str | None) -> Monitor:
    """The saved monitor, or the template about something."""
    import msgspec

    from nameplate.monitors import named
    from nameplate.monitors import template as built_in

    if of is None:
        return named(ledger, name, as_of)
    return msgspec.structs.replace(built_in(name), subject=of)


def _language(lang: str) -> Literal["en", "zh"]:
    from nameplate.answer.monitor.sentence import LANGUAGES

    for known in LANGUAGES:
        if lang == known:
            return known
    raise UsageError(f"there is no language {lang!r} here", remedy="Use en or zh.")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"the monitor cannot be read ({error})", where=str(path), remedy="Check the path."
        ) from error


def _write(path: Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        raise UsageError(
            error.strerror or str(error), where=str(path), remedy="Name a file that can be written."
        ) from error
