"""The parts of a batch into a ledger, part by part, each whole or not at all, in any order.

What is in the ledger already is left alone, so that loading again, or after a stop, doubles nothing.
Reports are found to be known by their content; the order of parts is not that of publication and need
not be, since a ledger keeps when a thing was published apart from when it was recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from nameplate.batch import parts
from nameplate.errors import UsageError
from nameplate.ledger import Ledger
from nameplate.ledger.adding import Addition
from nameplate.model import Claim, Document, Failure, Record
from nameplate.pipeline import settle


class Loaded(Record, frozen=True, kw_only=True):
    """What came of loading: reports that are new, known already, new versions; claims; failures."""

    parts: int = 0
    new: int = 0
    same: int = 0
    versions: int = 0
    claims: int = 0
    failures: int = 0
    decided: int = 0


def load(
    ledger: Ledger, out: Path, *, told: Callable[[int, int], None] = lambda _done, _of: None
) -> Loaded:
    """Append every part of a batch; ``told`` hears how many of how many are in.

    Raises UsageError if the folder holds no batch, or a part that cannot be read.
    """
    done = parts.finished(out)
    if not done:
        raise UsageError(
            "there are no finished parts in this folder",
            where=str(out),
            remedy="Make them with `nameplate extract --warc FILES --out DIR`.",
        )
    counts = dict.fromkeys(("new", "same", "version", "claims", "failures"), 0)
    run = ledger.begin_run("load")
    known = {(f.where, f.problem) for f in ledger.failures()}
    for place, number in enumerate(sorted(done), 1):
        for added in ledger.add_many(_additions(out, number)):
            counts[added.status] += 1
            counts["claims"] += added.claims
        for failure in _failures(out, number):
            if (failure.where, failure.problem) not in known:
                ledger.record_failure(failure, run)
                counts["failures"] += 1
        told(place, len(done))
    ledger.end_run(run, added=counts["new"] + counts["version"], failed=counts["failures"])
    decided = settle(ledger) if counts["new"] or counts["version"] else 0
    return Loaded(
        parts=len(done),
        new=counts["new"],
        same=counts["same"],
        versions=counts["version"],
        claims=counts["claims"],
        failures=counts["failures"],
        decided=decided,
    )


def _additions(out: Path, number: int) -> Iterator[Addition]:
    """The documents of a part with their claims; both stand in the order of the archive."""
    claims: dict[str, list[Claim]] = {}
    for row in parts.read_rows(out, "claims", number):
        claim = _decoded(row["claim"], Claim, out, number)
        claims.setdefault(row["document_key"], []).append(claim)
    for row in parts.read_rows(out, "documents", number):
        document = _decoded(row["document"], Document, out, number)
        if document.key != row["key"]:
            raise UsageError(
                f"a document of part {number:06d} is not what its key says",
                where=str(out),
                remedy="The part was changed after it was made: remove it and done/ of it, extract again.",
            )
        yield Addition(document, tuple(dict.fromkeys(claims.get(row["key"], []))))


R = TypeVar("R", Claim, Document)


def _decoded(text: str, kind: type[R], out: Path, number: int) -> R:
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.DecodeError as error:
        raise UsageError(
            f"a row of part {number:06d} cannot be read ({error})",
            where=str(out),
            remedy=f"Remove done/{number:06d}.json and run the same extract again.",
        ) from error


def _failures(out: Path, number: int) -> Iterator[Failure]:
    for row in parts.read_rows(out, "failures", number):
        where = f"{row['page']} ({row['where']})" if row["page"] else row["where"]
        yield Failure(where=where, problem=row["problem"], remedy=row["remedy"])
