"""``whatif``: a plant simulated from a small model, or a model drafted from a line's claims."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.console import Console
from rich.markup import escape

from nameplate.cli.app import app
from nameplate.cli.asking import Text, one_of, write_rows
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, AsOf, LedgerFile, clock, existing
from nameplate.errors import UsageError

if TYPE_CHECKING:
    from nameplate.simulate.plant import Plant
    from nameplate.simulate.study import Estimate, Progress, Study
    from nameplate.target import Target


@app.command(
    epilog="Examples: [bold]nameplate whatif --example > line.toml[/bold] · "
    "[bold]nameplate whatif line.toml --fleet --staff[/bold] · "
    '[bold]nameplate whatif --from "transmitter line" > draft.toml[/bold] · '
    '[bold]nameplate whatif --from "transmitter line" --run --staff[/bold]'
)
def whatif(  # noqa: PLR0913, PLR0917 - one parameter an option
    model: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="[MODEL.toml]", help="The plant's model; - is stdin."),
    ] = None,
    fleet: Annotated[bool, typer.Option(help="Find how many vehicles are needed.")] = False,
    staff: Annotated[
        bool, typer.Option(help="Simulate it with 20 % to all of the staff present.")
    ] = False,
    bottleneck: Annotated[bool, typer.Option(help="Try what relieves the plant most.")] = True,
    replications: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=2, max=500, help="How often; as the model says unless given."),
    ] = None,
    workers: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1, max=64, help="Processes; one a core unless given."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Only read and check the model.")] = False,
    example: Annotated[bool, typer.Option("--example", help="Print the example model.")] = False,
    from_: Annotated[
        Text, typer.Option("--from", metavar="NAME", help="Draft a model from this line's claims.")
    ] = None,
    run: Annotated[
        bool, typer.Option("--run", help="With --from: simulate the draft instead of printing it.")
    ] = False,
    ledger: LedgerFile = DEFAULT_LEDGER,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Simulate an automated plant: throughput, what it waits for, bottleneck, vehicles, staff.

    The model is a small TOML file of stations, buffers, guided vehicles on guide paths, robots,
    shifts and staff (docs/whatif.md). A bad model is refused with the place in the file and the
    remedy before anything is simulated. The same model and seed give the same answer.

    With --from a model is drafted from what the ledger says of a line: its figures stand in it with
    their sources, and everything that no report says is marked as assumed. --run simulates it at once.
    """
    given = sum((model is not None, example, from_ is not None))
    if given != 1:
        raise UsageError(
            "one model is simulated at a time", remedy="Give MODEL.toml, --example or --from NAME."
        )
    if run and from_ is None:
        raise UsageError("--run is for a draft", remedy="Give --from NAME too.")
    drafted = "" if from_ is None else _drafted(from_, ledger, as_of)
    if drafted and not run:
        typer.echo(drafted, nl=False)
        return
    if example:
        from nameplate.simulate.example import example_text

        typer.echo(example_text(), nl=False)
        return
    from nameplate.simulate import Wanted, read_model, study

    name = str(model or "draft")
    plant = read_model(_text(model) if model else drafted, name)
    if check:
        typer.echo(f"{name}: {len(plant.station)} stations; it can be simulated.")
        return
    wanted = Wanted(
        bottleneck=bottleneck, fleet=fleet, staff=staff, replications=replications, workers=workers
    )
    found = study(plant, wanted, _progress())
    if json:
        write_rows([found])
    else:
        _print(Console(), found)
        _assumptions(Console(), plant)


def _text(model: Path) -> str:
    from nameplate.simulate.reading import LARGEST

    try:
        if str(model) == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with model.open("rb") as file:
                data = file.read(LARGEST + 1)
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(
            "the text is not UTF-8", where=str(model), remedy="Save it as UTF-8."
        ) from error
    except OSError as error:
        problem = f"it cannot be read ({error.strerror})"
        raise UsageError(problem, where=str(model), remedy="Name a file that is there.") from error


def _drafted(name: str, ledger: Target, as_of: str | None) -> str:
    from nameplate.answer.imply_draft import draft
    from nameplate.pipeline import entity_of, like

    with existing(ledger) as opened:
        entity, shelf = entity_of(opened, one_of(like(opened, name), name).id, as_of)
    return draft(entity, shelf.of(entity), as_of or clock())


def _progress() -> Progress | None:
    """Tells on a terminal how far it is; silent where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        end = "\n" if done == total else ""
        sys.stderr.write(f"\rreplication {done} of {total}{end}")
        sys.stderr.flush()

    return tell


def _print(console: Console, found: Study) -> None:
    console.print(
        f"[bold]{escape(found.name)}[/bold]  simulated, {found.replications} replications"
    )
    item = escape(found.item)
    console.print(
        f"Throughput: [bold]{_told(found.week, 0)}[/bold] {item} a week; {_told(found.rate, 2)} an hour"
    )
    console.print(
        f"Inside: {_told(found.level, 1)} {item}; each for {_told(_hours(found.stay), 2)} h\n"
    )
    if found.growing:
        console.print(
            f"[bold]Parts pile up before {escape(found.growing)}[/bold]: more come than it can take. "
            "What is inside and how long it stays depend on how long it is simulated.\n"
        )
    _stations(console, found)
    for name, used in found.pools.items():
        console.print(f"{escape(name)}: in use {used:.0%} of the time")
    if found.vehicles:
        told = ", ".join(f"{state} {share:.0%}" for state, share in found.vehicles.items())
        console.print(f"vehicles: {told}")
    if found.cut:
        console.print("Time ran out before everything was tried.")
    _bottleneck(console, found)
    if found.fleet:
        rows = "; ".join(f"{v.at:.0f}: {v.rate.mean:,.2f}" for v in found.fleet)
        console.print(
            f"\nVehicles needed: [bold]{found.fleet_needed}[/bold] ({item} an hour by fleet: {rows})"
        )
    if found.staff:
        _curve(console, found)


def _assumptions(console: Console, plant: Plant) -> None:
    """What no report says, and the result rests on."""
    notes = [*plant.assumed, *(note for station in plant.station for note in station.assumed)]
    if notes:
        console.print("\nAssumed, said by no report:")
    for note in notes:
        console.print(f"  {escape(note)}")


def _stations(console: Console, found: Study) -> None:
    from nameplate.cli.printing import table

    made = table(
        "station",
        "works",
        "down",
        "blocked",
        "waits: vehicle",
        "waits: staff",
        "starved",
        "closed",
        "queue",
    )
    for column in made.columns[1:]:
        column.justify = "right"
    for s in found.stations:
        shares = (s.working, s.down, s.blocked, s.waits_vehicle, s.waits_staff, s.starved, s.closed)
        made.add_row(escape(s.name), *(f"{share:.0%}" for share in shares), f"{s.queue:,.1f}")
    console.print(made)


def _bottleneck(console: Console, found: Study) -> None:
    if not found.tried:
        return
    stands = f"[bold]{escape(found.bottleneck)}[/bold]" if found.bottleneck else "none stands out"
    console.print(
        f"\nBottleneck: {stands} (what is active most, each relieved alone under the same luck)"
    )
    for one in found.tried:
        how = (
            "a tenth faster" if one.kind == "station" else "one more, a machine's crew, or a tenth"
        )
        low, high = one.gain.low, one.gain.high
        gain = f"{how} makes {one.gain.mean:+.1%} ({low:+.1%} to {high:+.1%})"
        console.print(f"  {escape(one.name)}: active {one.active:.0%}; {gain}")


def _curve(console: Console, found: Study) -> None:
    from nameplate.cli.printing import table

    full = found.staff[-1].rate.mean or 1.0
    made = table(
        "staff present", f"{found.item} an hour", "of full staff", title="\nCapacity against staff"
    )
    for one in found.staff:
        made.add_row(f"{one.at:.0%}", _told(one.rate, 2), f"{one.rate.mean / full:.0%}")
    console.print(made)


def _told(of: Estimate, digits: int) -> str:
    return f"{of.mean:,.{digits}f} ({of.low:,.{digits}f} to {of.high:,.{digits}f})"


def _hours(of: Estimate) -> Estimate:
    from nameplate.simulate.study import Estimate

    return Estimate(of.mean / 3600, of.low / 3600, of.high / 3600)
