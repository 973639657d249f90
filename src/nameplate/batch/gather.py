"""The pages of a harvest into a ledger, each once."""

from __future__ import annotations

from pathlib import Path

from nameplate.batch.load import Loaded
from nameplate.errors import ReadError
from nameplate.ledger import Ledger
from nameplate.model import Failure, content_key
from nameplate.pipeline import LINKER, extract_captured, settle
from nameplate.read.warc import Captured, Damage, Stretch, read_archive


def add_archive(ledger: Ledger, folder: Path, name: str) -> Loaded:
    """Add the pages of ``pages.warc.gz`` that were not added yet to the ledger of this name.

    How far it got stands beside the archive. Pages without a claim are not added; those that cannot
    be read are noted as failures.
    """
    archive, note = folder / "pages.warc.gz", folder / f"added-{content_key(name)}"
    start = int(note.read_text()) if note.exists() else 0
    length = archive.stat().st_size if archive.exists() else 0
    if start >= length:
        return Loaded()
    run = ledger.begin_run("harvest")
    new, claims, failed = [], 0, 0
    for item in read_archive(archive, Stretch(start)):
        if not isinstance(item, Captured):
            if isinstance(item, Damage):
                failed += 1
                ledger.record_failure(item, run)
            continue
        try:
            added = _added(ledger, item)
        except ReadError as error:
            failed += 1
            ledger.record_failure(
                Failure(where=item.where, problem=error.problem, remedy=error.remedy), run
            )
            continue
        if added:
            new.append(added[0])
            claims += added[1]
    decided = settle(ledger, new)
    ledger.end_run(run, added=len(new), failed=failed)
    note.write_text(str(length))
    return Loaded(new=len(new), claims=claims, failures=failed, decided=decided)


def _added(ledger: Ledger, page: Captured) -> tuple[str, int] | None:
    outcome = extract_captured(page)
    if outcome is None or outcome.document is None or outcome.extraction is None:
        return None
    if not outcome.extraction.claims:
        return None
    done = ledger.add(outcome.document, outcome.extraction.claims, page.data, linker=LINKER)
    return None if done.status == "same" else (done.document_key, done.claims)
