"""A return's path through the house: read, mapping checked, taken, appended. No rules in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from nameplate.answer.beside import Beside, beside, findings_beside, is_returned
from nameplate.answer.shelf import Shelf
from nameplate.claim.returns import MEDIA_TYPES, Draft, Mapping, Return, draft, load, problems, take
from nameplate.errors import LedgerError, NameplateError, ReadError, UsageError
from nameplate.ledger import Added, ClaimFilter, Ledger
from nameplate.lexicon.messages import told
from nameplate.model import Entity, Failure, Finding, Record
from nameplate.pipeline import LINKER, entities, register_around
from nameplate.read import Limits
from nameplate.read.sheet import Sheet, read_sheets


class Given(NamedTuple):
    """A return's bytes with its name, and the address that it came from if it has one."""

    name: str
    data: bytes
    address: str | None = None

    @property
    def where(self) -> str:
        """What an error names."""
        return (self.address or self.name).split("#")[0]


class Returned(Record, frozen=True, kw_only=True):
    """What became of one return: what it gave and what the ledger did with it, or the failure."""

    where: str
    taken: Return | None = None
    added: Added | None = None
    failure: Failure | None = None


class Reconciled(Record, frozen=True, kw_only=True):
    """One thing with its returns beside its reports, and what does not add up."""

    entity: Entity
    rows: tuple[Beside, ...]
    findings: tuple[Finding, ...]


def reconcile_one(ledger: Ledger, entity: Entity, as_of: str | None = None) -> Reconciled:
    """What was returned of one thing beside what was reported; of a zone also the sum of returns."""
    from nameplate.answer.indicators import totals_returned

    register = register_around(ledger, entity, as_of)
    totals = totals_returned(entity, register, is_returned)
    return _reconciled(entity, beside(register.shelf.of(entity), totals))


def reconcile_all(ledger: Ledger, as_of: str | None = None) -> list[Reconciled]:
    """All things of which a return says something, those that disagree first, then by name."""
    filed = ledger.pages.filed_as(MEDIA_TYPES, as_of or "")
    told = [e for one in filed for e in ledger.entries(ClaimFilter(document=one.key), as_of)]
    if as_of is not None:
        known, entries = entities(ledger, as_of)
        mine = {entry.key for entry in told}
        things = [thing for thing in known if mine & set(thing.claims)]
    else:
        if not ledger.is_resolved(LINKER.rules):
            ledger.rebuild_entities(LINKER)
        things = ledger.pages.entities(ledger.pages.entity_of(e.key for e in told).values())
        keys = tuple(key for thing in things for key in thing.claims)
        entries = ledger.entries(ClaimFilter(keys=keys)) if keys else []
    shelf = Shelf(entries)
    made = [_reconciled(thing, beside(shelf.of(thing))) for thing in things]
    return sorted(made, key=lambda one: (-len(one.findings), one.entity.name, one.entity.id))


def _reconciled(entity: Entity, rows: list[Beside]) -> Reconciled:
    found = findings_beside(entity.name, rows)
    return Reconciled(entity=entity, rows=tuple(rows), findings=tuple(found))


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
    bounds = limits or Limits()
    return suggest_bytes(_given(path, bounds), sheet=sheet, limits=bounds)


def suggest_bytes(given: Given, *, sheet: str | None = None, limits: Limits | None = None) -> Draft:
    """As `suggest`, of bytes that are at hand. A file's only sheet is not named: the next return of
    the form may call it otherwise."""
    sheets = read_sheets(given.data, name=given.name, limits=limits or Limits())
    if sheet is not None:
        return draft(_named(sheets, sheet, given.where))
    drafts = [draft(each) for each in sheets]
    found = next((d for d in drafts if d.mapping is not None), drafts[0])
    if len(sheets) > 1 or found.mapping is None:
        return found
    unnamed = msgspec.structs.replace(found.mapping, sheet=None)
    return msgspec.structs.replace(found, mapping=unnamed)


def take_return(path: Path, mapping: Mapping, *, limits: Limits | None = None) -> Return:
    """What a return gives; raises `ReadError` for a file that cannot be read and `UsageError` for
    a mapping that does not fit it, before anything is taken."""
    bounds = limits or Limits()
    return take_bytes(_given(path, bounds), mapping, limits=bounds)


def take_bytes(given: Given, mapping: Mapping, *, limits: Limits | None = None) -> Return:
    """As `take_return`, of bytes that are at hand."""
    sheet = the_sheet(read_sheets(given.data, name=given.name, limits=limits or Limits()), mapping,
                      given.where)  # fmt: skip
    wrong = problems(mapping, sheet)
    if wrong:
        raise UsageError(
            f"the mapping does not fit the sheet {sheet.name!r}: {'; '.join(wrong)}",
            where=given.where,
            remedy="Correct it, or draft a new one with `nameplate mapping suggest`.",
        )
    digest = hashlib.sha256(given.data).hexdigest()
    # Two sheets of one file are two documents.
    address = f"{given.address}#{sheet.name}" if given.address else None
    return take(sheet, mapping, name=given.name, where=address, digest=digest)


def the_sheet(sheets: Sequence[Sheet], mapping: Mapping, where: str) -> Sheet:
    """The sheet that the mapping names, else the first one; `UsageError` if there is none such."""
    return _named(sheets, mapping.sheet, where) if mapping.sheet else sheets[0]


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
        given = _given(path, limits)
        taken = take_bytes(given, mapping, limits=limits)
    except NameplateError as error:
        failure = Failure(
            where=error.where or str(path), problem=error.problem, remedy=error.remedy
        )
        ledger.record_failure(failure, run)
        return Returned(where=str(path), failure=failure)
    return keep(ledger, given, taken, run)


def keep(ledger: Ledger, given: Given, taken: Return, run: int | None = None) -> Returned:
    """Append a return that was taken, and record every cell that was refused."""
    added = ledger.add(taken.document, taken.claims, given.data, linker=LINKER)
    if added.status != "same":
        for cell in taken.refused:
            ledger.record_failure(
                Failure(
                    where=f"{given.name}!{cell.cell}",
                    problem=told("not_taken", text=repr(cell.text), reason=cell.reason),
                    remedy=told("correct_cell"),
                ),
                run,
            )
    return Returned(where=given.where, taken=taken, added=added)


def _given(path: Path, limits: Limits) -> Given:
    try:
        with path.open("rb") as file:
            return Given(path.name, file.read(limits.size + 1), str(path.absolute()))
    except OSError as error:
        raise ReadError(
            error.strerror or str(error), where=str(path), remedy="Check the path."
        ) from error


def _named(sheets: Sequence[Sheet], name: str, where: str) -> Sheet:
    for sheet in sheets:
        if sheet.name == name:
            return sheet
    raise UsageError(
        f"there is no sheet {name!r}; it has {', '.join(repr(s.name) for s in sheets)}",
        where=where,
        remedy="Name one of them.",
    )
