"""A report's text cut into pieces, each with the claims that it carries.

Claims overlap ("Mayor Wang Ji" is an office and the start of a visit), so the text is cut at every
start and end of a span; a piece knows all the claims over it. The pieces joined are the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from nameplate.model import Document, Entry


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A stretch of text without a seam; ``starts`` are claims whose first span begins here."""

    text: str
    claims: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    role: str = "body"


class _Span(msgspec.Struct, frozen=True, gc=False):
    start: int
    end: int
    key: str
    kind: str
    first: bool


def pieces(document: Document, entries: Iterable[Entry], start: int, end: int) -> list[Piece]:
    """Cut ``document.text[start:end]`` along the spans of the entries and of the regions."""
    spans = sorted(_spans(entries, start, end), key=lambda span: (span.start, span.end))
    regions = [r for r in document.regions if r.start < end and r.end > start]
    seams = {start, end}
    edges = [(s.start, s.end) for s in spans] + [(r.start, r.end) for r in regions]
    for low, high in edges:
        seams |= {max(start, low), min(end, high)}
    return list(_cut(document, spans, sorted(seams)))


def parts(text: str, size: int) -> list[tuple[int, int]]:
    """Where to break a long text for showing: at a line end near ``size``, or hard."""
    bounds: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        stop = min(at + size, len(text))
        if stop < len(text):
            line = text.rfind("\n", at + size // 2, stop)
            stop = line + 1 if line > 0 else stop
        bounds.append((at, stop))
        at = stop
    return bounds or [(0, 0)]


def _spans(entries: Iterable[Entry], start: int, end: int) -> Iterator[_Span]:
    for entry in entries:
        claim = entry.claim
        places = ((claim.start, claim.end), *((m.start, m.end) for m in claim.mentions))
        for number, (low, high) in enumerate(places):
            if low < high and low < end and high > start:
                yield _Span(low, high, entry.key, claim.kind, number == 0 and low >= start)


def _cut(document: Document, spans: list[_Span], seams: list[int]) -> Iterator[Piece]:
    open_spans: list[_Span] = []
    regions = sorted(document.regions, key=lambda region: region.start)
    coming, region_at = 0, 0
    for low, high in pairwise(seams):
        open_spans = [span for span in open_spans if span.end > low]
        while coming < len(spans) and spans[coming].start <= low:
            if spans[coming].end > low:
                open_spans.append(spans[coming])
            coming += 1
        while region_at < len(regions) and regions[region_at].end <= low:
            region_at += 1
        inside = region_at < len(regions) and regions[region_at].start <= low
        here = sorted(open_spans, key=lambda span: span.end - span.start)
        yield Piece(
            document.text[low:high],
            _unique(span.key for span in here),
            _unique(span.kind for span in here),
            tuple(span.key for span in here if span.first and span.start == low),
            regions[region_at].role if inside else "body",
        )


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
