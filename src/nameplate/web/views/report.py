"""A report's page: its text in paragraphs with the claims marked, and the list of claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from nameplate.ledger import Filed
from nameplate.model import Document, Entry
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import label, say_claim
from nameplate.web.views.highlight import Piece, parts, pieces
from nameplate.web.views.shown import clip, plain
from nameplate.web.views.words import Words

PART = 60_000
"""Characters of text on one page; a longer report is shown in parts."""

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


class Paragraph(msgspec.Struct, frozen=True):
    """A line of the text; ``role`` is its region's, if all of it lies in one."""

    role: str
    pieces: list[Piece]


class Item(msgspec.Struct, frozen=True):
    """A claim in the list beside the text."""

    key: str
    kind: str
    label: str
    said: str
    subject: str
    scope: str
    when: str
    modality: str
    entity: str
    again: int
    doubt: str


class Version(msgspec.Struct, frozen=True):
    """One of the versions of the report."""

    key: str
    number: int
    recorded: str


class ReportPage(msgspec.Struct, frozen=True):
    """All that the template prints."""

    key: str
    title: str
    published: str
    publisher: str
    address: str
    link: str
    recorded: str
    lang: str
    versions: list[Version]
    newer: str
    legend: list[tuple[str, str, int]]
    paragraphs: list[Paragraph]
    claims: list[Entry]
    items: list[Item]
    elsewhere: int
    chosen: str
    part: int
    parts: int
    greyed: bool

    def hints(self, keys: Iterable[str]) -> str:
        """What the claims over a piece say, for a tool tip."""
        said = {item.key: f"{item.label}: {item.said}" for item in self.items}
        return clip(" · ".join(said[key] for key in keys if key in said), 300)


class Found(msgspec.Struct, frozen=True):
    """A report with what the ledger knows of it; ``entity_of`` maps claim to entity."""

    document: Document
    entries: list[Entry]
    versions: Sequence[Filed]
    entity_of: Mapping[str, str]


def report_page(found: Found, words: Words, *, chosen: str = "", part: int = 1) -> ReportPage:
    """The page of one version of a report; ``chosen`` is a claim that decides the part shown."""
    document = found.document
    bounds = parts(document.text, PART)
    number = _part(found.entries, bounds, chosen, part)
    low, high = bounds[number - 1]
    here = [e for e in found.entries if _inside(e, low, high)]
    card = next(v for v in found.versions if v.key == document.key)
    tally: Counter[str] = Counter(entry.claim.kind for entry in found.entries)
    address = document.address or ""
    return ReportPage(
        key=card.key,
        title=document.title or document.id or words.say("untitled"),
        published=say_date(document.published, words),
        publisher=document.publisher or "",
        address=address,
        link=address if _WEB.match(address) and address == plain(address) else "",
        recorded=say_date(card.recorded[:10], words),
        lang=document.lang or "",
        versions=[
            Version(v.key, v.version, say_date(v.recorded[:10], words)) for v in found.versions
        ],
        newer=found.versions[-1].key if found.versions[-1].key != card.key else "",
        legend=[(kind, words.kind[kind], tally[kind]) for kind in words.kind if kind in tally],
        paragraphs=paragraphs(pieces(document, here, low, high)),
        claims=found.entries,
        items=[_item(entry, found.entity_of, words) for entry in here],
        elsewhere=len(found.entries) - len(here),
        chosen=chosen,
        part=number,
        parts=len(bounds),
        greyed=any(region.role == "boilerplate" for region in document.regions),
    )


def _part(entries: Iterable[Entry], bounds: list[tuple[int, int]], chosen: str, part: int) -> int:
    """The part with the chosen claim, or the one asked for as far as there is one."""
    at = next((entry.claim.start for entry in entries if entry.key == chosen), None)
    if at is not None:
        return next((i for i, (_, high) in enumerate(bounds, 1) if at < high), len(bounds))
    return min(max(part, 1), len(bounds))


def _inside(entry: Entry, low: int, high: int) -> bool:
    return entry.claim.start < high and entry.claim.end > low


def _item(entry: Entry, entity_of: Mapping[str, str], words: Words) -> Item:
    claim = entry.claim
    return Item(
        key=entry.key,
        kind=claim.kind,
        label=label(claim, words),
        said=say_claim(claim, words) or clip(claim.quote),
        subject=claim.subject,
        scope=clip(claim.scope or "", 80),
        when=say_date(claim.when, words),
        modality=claim.modality or "actual",
        entity=entity_of.get(entry.key, ""),
        again=len(claim.mentions),
        doubt=clip(claim.doubt or "", 300),
    )


def paragraphs(cut: Iterable[Piece]) -> list[Paragraph]:
    """The pieces as lines of the text; blank lines are left out, claims may go on over lines."""
    made: list[list[Piece]] = [[]]
    for piece in cut:
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                made.append([])
            if line or (piece.starts and not number):
                starts = () if number else piece.starts
                made[-1].append(msgspec.structs.replace(piece, text=line, starts=starts))
    return [
        Paragraph(_role(line), line) for line in made if any(piece.text.strip() for piece in line)
    ]


def _role(line: list[Piece]) -> str:
    roles = {piece.role for piece in line if piece.text.strip()}
    return roles.pop() if len(roles) == 1 else "body"
