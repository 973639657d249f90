"""``extract`` and ``load``: claims without a ledger, also of whole archives, and those into one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from nameplate.cli.adding import MaxSize, Paths, _complain
from nameplate.cli.app import app
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, LedgerFile, clock
from nameplate.errors import UsageError

if TYPE_CHECKING:
    from nameplate.batch.progress import Progress
    from nameplate.batch.run import Settings

_LOUD = 10
"""Failures that are said one by one; the others stand in the output."""


@app.command(
    epilog="Examples: [bold]nameplate extract report.txt[/bold] · "
    "[bold]cat reports.jsonl | nameplate extract - > claims.jsonl[/bold] · "
    "[bold]nameplate extract --warc CC-NEWS-*.warc.gz --out march --workers 8[/bold] · "
    "[bold]nameplate extract --warc a.warc.gz --out march --engine ray://10.0.0.1:6379 --workers 64[/bold]"
)
def extract(  # noqa: PLR0913, PLR0917 - a command has as many options as it has
    paths: Paths = ["-"],  # noqa: B006 - typer copies it
    max_size: MaxSize = 50,
    warc: Annotated[
        bool,
        typer.Option("--warc", help="The paths are web archives (WARC, WET), files or addresses."),
    ] = False,
    index: Annotated[
        bool,
        typer.Option(
            "--index",
            help="The paths are indexes of archives (CDXJ, or Common Crawl's Parquet).",
        ),
    ] = False,
    archives: Annotated[
        str,
        typer.Option(help="Of an index: the folder of its archives, or the address to fetch from."),
    ] = ".",
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", "-o", help="The folder for the output of archives."),
    ] = None,
    workers: Annotated[
        int, typer.Option(help="Worker processes; 0 is one a processor.", min=0)
    ] = 0,
    engine: Annotated[
        str, typer.Option(help="local, daft, or the address of a Ray cluster (ray://HOST:PORT).")
    ] = "local",
    form: Annotated[
        str, typer.Option("--format", help="parquet (needs pyarrow) or jsonl.")
    ] = "parquet",
    shard_mb: Annotated[
        int, typer.Option(help="Packed megabytes of a shard; archives up to it are not cut.", min=1)
    ] = 8,
    page_seconds: Annotated[
        float, typer.Option(help="Longest time for one page, which is then passed over.")
    ] = 120.0,
) -> None:
    """Print each document's claims as one JSON line {"id", "claims"}; no ledger is touched.

    Documents come from files, folders, or JSON Lines {"id", "title", "published", "lang", "text"}.
    Exit code 1 if any could not be read; the reason is on standard error.

    With --warc the paths are web archives (WARC or WET; gzip, zstandard or plain), with --index the
    records that an index lists. Pages that cannot hold a claim are dropped by their bytes. With
    --out their claims, documents and failures go to a folder, as Parquet or JSON Lines, for
    `nameplate load`; a run that was stopped is taken up again by the same command. A page that
    fails, kills its worker or takes too long is listed among the failures and costs itself alone;
    a truncated or damaged archive is listed with the bytes that could not be read.
    """
    if not warc and not index:
        _refuse_batch_options(out)
        _print(paths, max_size)
        return
    if warc and index:
        raise UsageError("the paths are archives or indexes, not both", remedy="Leave one out.")
    given = _local(paths, out)
    if out is None:
        _print_archives(given, index=index)
        return
    from nameplate.batch.run import Settings

    if form not in {"parquet", "jsonl"}:
        raise UsageError(f"there is no format {form!r}", remedy="Use parquet or jsonl.")
    settings = Settings(
        out=out,
        archives=() if index else given,
        indexes=given if index else (),
        base=archives,
        form=form,
        workers=workers or os.cpu_count() or 1,
        engine=engine,
        page_seconds=page_seconds,
        shard_bytes=shard_mb * 1_000_000,
    )
    if _run(settings):
        raise typer.Exit(1)


def _refuse_batch_options(out: Path | None) -> None:
    if out is not None:
        raise UsageError(
            "--out is for archives", remedy="Add --warc or --index, or redirect the output."
        )


def _print(paths: Sequence[str], max_size: int) -> None:
    from nameplate.model import to_json
    from nameplate.pipeline import extract_paths
    from nameplate.read import Limits

    failed = False
    for outcome in extract_paths(paths, limits=Limits(size=max_size * 1_000_000)):
        if outcome.failure is not None:
            failed = True
            _complain(outcome)
            continue
        assert outcome.document is not None and outcome.extraction is not None
        line = {"id": outcome.document.id, "claims": outcome.extraction.claims}
        sys.stdout.buffer.write(to_json(line) + b"\n")
    if failed:
        raise typer.Exit(1)


def _local(paths: Sequence[str], out: Path | None) -> tuple[str, ...]:
    """The files to read; those at addresses are fetched into the output folder first."""
    remote = [path for path in paths if path.startswith(("http://", "https://"))]
    # One that is missing among others is noted as a failure when its turn comes.
    if not remote and not any(Path(path).is_file() for path in paths):
        raise UsageError("there is no such file", where=paths[0], remedy="Check the path.")
    found = []
    for path in paths:
        if path not in remote:
            found.append(path)
            continue
        if out is None:
            raise UsageError(
                "an archive at an address needs a place to be kept", remedy="Name a folder: --out."
            )
        from nameplate.read.fetching_files import fetch_file

        typer.echo(f"Fetching {path} …", err=True)
        found.append(str(fetch_file(path, out / "archives")))
    return tuple(found)


def _print_archives(paths: Sequence[str], *, index: bool) -> None:
    """Archives to standard output, one page after the other."""
    if index:
        raise UsageError("an index needs a folder for the output", remedy="Name one: --out.")
    from nameplate.batch.straight import lines

    failed = 0
    for line, failure in lines(paths):
        if failure is not None:
            failed += 1
            said = f"{failure.where}: {failure.problem}. {failure.remedy}".rstrip()
            typer.echo(said, err=True)
        else:
            sys.stdout.buffer.write(line + b"\n")
    if failed:
        raise typer.Exit(1)


def _run(settings: Settings) -> bool:
    """Do it with progress; whether anything is missing from the output."""
    from rich.console import Console

    from nameplate.batch.run import run

    console = Console(stderr=True)
    with console.status("Starting…") as status:
        progress = run(settings, _telling(status.update))
    typer.echo(_summary(progress, settings.out), err=True)
    _say_failures(progress, settings.out)
    return bool(progress.lost) or bool(progress.sum("damaged"))


def _telling(update: Callable[[str], None]) -> Callable[[Progress], None]:
    """Show how far it is, a few times a second at most."""
    import time

    last = 0.0

    def told(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last > 0.3:
            last = time.monotonic()
            update(progress.line())

    return told


def _summary(progress: Progress, out: Path) -> str:
    counts = {
        name: progress.sum(name)
        for name in ("records", "passed", "dropped", "empty", "failed", "damaged")
    }
    return (
        f"{out}: {progress.sum('claims'):,} claims in {progress.sum('documents'):,} pages. "
        f"{counts['records']:,} records: {counts['passed']:,} no pages, {counts['dropped']:,} dropped "
        f"by their bytes or language, {counts['empty']:,} without a claim, {counts['failed']:,} failed; "
        f"{counts['damaged']:,} damaged stretches."
    )


def _say_failures(progress: Progress, out: Path) -> None:
    """Damage and lost shards aloud; single pages in the failures' parts."""
    from nameplate.batch import parts

    for lost in progress.lost.values():
        typer.echo(
            f"shard {lost.shard}: {lost.problem}. Run the same command again to take it up.",
            err=True,
        )
    damaged = [done.shard for done in progress.done.values() if done.damaged]
    rows = [r for n in damaged for r in parts.read_rows(out, "failures", n) if not r["page"]]
    for row in rows[:_LOUD]:
        typer.echo(f"{row['where']}: {row['problem']}. {row['remedy']}".rstrip(), err=True)
    if len(rows) > _LOUD:
        typer.echo(f"… {len(rows) - _LOUD} more in {out / 'failures'}", err=True)


@app.command(
    epilog="Examples: [bold]nameplate load march[/bold] · "
    "[bold]nameplate load march -l postgresql://localhost/zone[/bold]"
)
def load(
    folder: Annotated[Path, typer.Argument(help="What nameplate extract --warc --out made.")],
    ledger: LedgerFile = DEFAULT_LEDGER,
    json: AsJson = False,
) -> None:
    """Load the claims of archives, as `extract --out` made them, into a ledger.

    Part by part, each whole or not at all; what the ledger has already is left alone, so that the
    same command goes on after a stop, and runs that overlap can be loaded in any order.
    """
    from rich.console import Console

    from nameplate.batch.load import load as load_parts
    from nameplate.ledger import Ledger
    from nameplate.model import to_json

    console = Console(stderr=True)
    with Ledger.open(ledger, clock=clock) as opened, console.status("Loading…") as status:
        done = load_parts(
            opened, folder, told=lambda n, of: status.update(f"Loading: part {n:,} of {of:,}…")
        )
    if json:
        sys.stdout.buffer.write(to_json(done) + b"\n")
        return
    typer.echo(
        f"{ledger}: {done.new:,} new reports, {done.versions:,} new versions, {done.same:,} known "
        f"already; {done.claims:,} claims; {done.failures:,} failures noted."
    )
