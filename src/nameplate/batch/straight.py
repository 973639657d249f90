"""Archives straight to lines of JSON, one page after the other, for pipes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nameplate.errors import NameplateError, ReadError
from nameplate.model import Failure, to_json
from nameplate.pipeline import extract_captured
from nameplate.read.capture import CRAWL
from nameplate.read.warc import Captured, Damage, read_archive


def lines(archives: Sequence[str]) -> Iterator[tuple[bytes, Failure | None]]:
    """A line {"id", "claims"} for each page with claims, or what could not be read."""
    for archive in archives:
        try:
            for item in read_archive(archive, limits=CRAWL):
                if isinstance(item, Damage):
                    yield b"", item
                elif isinstance(item, Captured):
                    yield from _page(item)
        except NameplateError as error:
            yield b"", Failure(where=error.where, problem=error.problem, remedy=error.remedy)


def _page(page: Captured) -> Iterator[tuple[bytes, Failure | None]]:
    try:
        outcome = extract_captured(page)
    except ReadError as error:
        yield b"", Failure(where=page.where, problem=error.problem, remedy=error.remedy)
        return
    if outcome and outcome.document and outcome.extraction and outcome.extraction.claims:
        yield to_json({"id": outcome.document.id, "claims": outcome.extraction.claims}), None
