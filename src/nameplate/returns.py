"""A return's path through the house: read, mapping checked, taken, appended. No rules in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from nameplate.claim.returns import Draft, Mapping, Return, draft, load, problems, take
from nameplate.errors import LedgerError, NameplateError, ReadError, UsageError
from nameplate.ledger import Added, Ledger
from nameplate.model import Failure, Record
from nameplate.pipeline import LINKER
from nameplate.read import Limits
from nameplate.read.sheet import Sheet, read_sheets


class Returned(Record, frozen=True, kw_only=True):
    """What became of one return: what it gave and what the ledger did with it, or the failure."""

    where: str
    taken: Return | None = None
    added: Added | None = None
    failure: Failure | None = None


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file; raises `UsageError` with the place and the remedy."""
    try:
        return load(path.read_text(encoding="utf-8"), name=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"the mapping cannot be read ({error})", where=str(path),
            remedy="Draft one with `nameplate mapping suggest RETURN`.",
        ) from error  # fmt: skip


def suggest(path: Path, *, sheet: str | None = None, limits: Limits | None = None) -> Draft:
    """A mapping drafted for a file: of the sheet named, else of the first one that has headers."""
    sheets = read_sheets(
        _bytes(path, limits or Limits()), name=path.name, limits=limits or Limits()
    )
    if sheet is not None:
        return draft(_named(sheets, sheet, path))
    drafts = [draft(each) for each in sheets]
    return next((d for d in drafts if d.mapping is not None), drafts[0])


def take_return(path: Path, mapping: Mapping, *, limits: Limits | None = None) -> Return:
    """What a return gives; raises `ReadError` for a file that cannot be read and `UsageError` for
    a mapping that does not fit it, before anything is taken."""
    bounds = limits or Limits()
    return _taken(path, _bytes(path, bounds), mapping, bounds)


def _taken(path: Path, data: bytes, mapping: Mapping, limits: Limits) -> Return:
    sheets = read_sheets(data, name=path.name, limits=limits)
    sheet = _named(sheets, mapping.sheet, path) if mapping.sheet else sheets[0]
    wrong = problems(mapping, sheet)
    if wrong:
        raise UsageError(
            f"the mapping does not fit the sheet {sheet.name!r}: {'; '.join(wrong)}",
            where=str(path),
            remedy="Correct it, or draft a new one with `nameplate mapping suggest`.",
        )
    digest = hashlib.sha256(data).hexdigest()
    return take(sheet, mapping, name=path.name, where=_address(path, sheet), digest=digest)


def add_returns(
    ledger: Ledger,
    paths: Sequence[Path],
    mapping: Mapping,
    *,
    limits: Limits | None = None,
    started: Callable[[str], None] | None = None,
) -> list[Returned]:
    """Take and append every return; what cannot be read and every refused cell is recorded."""
    run = ledger.begin_run("add returns")
    done: list[Returned] = []
    try:
        for path in paths:
            if started is not None:
                started(path.name)
            done.append(_added(ledger, path, mapping, run, limits or Limits()))
    finally:
        with suppress(LedgerError):
            failed = sum(r.failure is not None for r in done)
            ledger.end_run(run, added=len(done) - failed, failed=failed)
    return done


def _added(ledger: Ledger, path: Path, mapping: Mapping, run: int, limits: Limits) -> Returned:
    try:
        data = _bytes(path, limits)
        taken = _taken(path, data, mapping, limits)
    except NameplateError as error:
        failure = Failure(
            where=error.where or str(path), problem=error.problem, remedy=error.remedy
        )
        ledger.record_failure(failure, run)
        return Returned(where=str(path), failure=failure)
    added = ledger.add(taken.document, taken.claims, data, linker=LINKER)
    if added.status != "same":
        for cell in taken.refused:
            ledger.record_failure(
                Failure(
                    where=f"{path.name}!{cell.cell}",
                    problem=f"{cell.text!r} was not taken: {cell.reason}",
                    remedy="Correct the cell and add the return again.",
                ),
                run,
            )
    return Returned(where=str(path), taken=taken, added=added)


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limits.size + 1)
    except OSError as error:
        raise ReadError(
            error.strerror or str(error), where=str(path), remedy="Check the path."
        ) from error


def _named(sheets: Sequence[Sheet], name: str, path: Path) -> Sheet:
    for sheet in sheets:
        if sheet.name == name:
            return sheet
    raise UsageError(
        f"there is no sheet {name!r}; it has {', '.join(repr(s.name) for s in sheets)}",
        where=str(path),
        remedy="Name one of them.",
    )


def _address(path: Path, sheet: Sheet) -> str:
    """Where a return comes from: two sheets of one file are two documents."""
    return f"{path.absolute()}#{sheet.name}"
