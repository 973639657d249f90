"""A claim as a page shows it: what it says, and the words that say it."""

from __future__ import annotations

import msgspec

from nameplate.model import Claim, Document, Entry
from nameplate.web.views.dates import say_date
from nameplate.web.views.figures import say_figure
from nameplate.web.views.links import claim_address
from nameplate.web.views.quote import Quote, in_sentence
from nameplate.web.views.shown import clip
from nameplate.web.views.words import Words


class Fact(msgspec.Struct, frozen=True):
    """One claim with its words: ``said`` is short, ``when`` and ``published`` are as written."""

    key: str
    kind: str
    said: str
    subject: str
    scope: str
    when: str
    edtf: str | None
    modality: str
    quote: Quote
    href: str
    report: str
    published: str
    doubt: str


def fact(entry: Entry, document: Document, words: Words) -> Fact:
    """The claim of ``entry``, which was taken from ``document``."""
    claim = entry.claim
    return Fact(
        key=entry.key,
        kind=claim.kind,
        said=say_claim(claim, words),
        subject=claim.subject,
        scope=claim.scope or "",
        when=say_date(claim.when, words),
        edtf=claim.when,
        modality=claim.modality or "actual",
        quote=in_sentence(document.text, claim.start, claim.end),
        href=claim_address(entry.document_key, entry.key),
        report=document.title or document.id or words.say("untitled"),
        published=say_date(document.published, words),
        doubt=clip(claim.doubt or "", 300),
    )


def say_claim(claim: Claim, words: Words) -> str:
    """What the claim says about its subject, in a few words of the interface's language."""
    match claim.kind:
        case "quantity":
            return say_figure(claim, words)
        case "milestone":
            return words.stage(claim.stage)
        case "relation":
            said = f"{words.name_of('relation', claim.relation)} {claim.object or ''}"
            return said + (f" ({claim.role})" if claim.role else "")
        case "visit":
            return clip(", ".join(claim.visitors)) or claim.purpose or words.say("visits")
        case "instruction":
            return clip(claim.text or claim.quote)
        case _:
            return clip(claim.topic or claim.quote)


def label(claim: Claim, words: Words) -> str:
    """The heading of a claim: its measure or its kind."""
    if claim.kind == "quantity":
        return words.measure(claim.measure)
    return words.name_of("kind", claim.kind)
