"""Options that several commands share, and the ledger that they name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from nameplate.target import Target

if TYPE_CHECKING:
    from nameplate.ledger import Ledger

LedgerFile = Annotated[
    Target,
    typer.Option(
        "--ledger",
        "-l",
        envvar="NAMEPLATE_LEDGER",
        help="The ledger's file, or postgresql://USER@HOST/DATABASE.",
        metavar="FILE|URL",
        parser=Target.of,
        show_default=True,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, a line a row, for programs.")]
AsOf = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--as-of", metavar="DAY", help="Answer with what the ledger knew on that day."),
]
Out = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--out", "-o", help="Write a table to this file instead: .csv or .xlsx."),
]

DEFAULT_LEDGER = Target.of("nameplate.ledger")


def clock() -> str:
    """The present in UTC, ISO 8601 to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def existing(target: Target) -> Ledger:
    """The ledger in a file or database that must be there already."""
    from nameplate.ledger import Ledger

    return Ledger.open(target, create=False, clock=clock)


def many(number: int, one: str) -> str:
    """The number with its things in English: "1 row", "2,000 rows", "0 rows"."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"
