"""What of a report did not become a claim, or was taken back, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from nameplate.model import Document, Entry, Judgement, Rejection
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import say_claim
from nameplate.web.views.quote import Quote, in_sentence
from nameplate.web.views.words import Words

MOST = 200
"""Lines that are shown; a long report leaves out more."""


class LeftOut(msgspec.Struct, frozen=True):
    """Words that are no claim: ``said`` is what they were taken for, ``reason`` in English.

    Of what a person or a later reading took back ``author`` and ``when`` tell whose word it is.
    """

    kind: str
    label: str
    said: str
    quote: Quote
    reason: str
    author: str = ""
    when: str = ""


def left_out(
    document: Document,
    rejected: Iterable[Rejection],
    taken_back: Iterable[tuple[Entry, Judgement | None]],
    words: Words,
) -> list[LeftOut]:
    """What was taken back first, then what was never taken, in the order of the text."""
    back = [_back(document, entry, judgement, words) for entry, judgement in taken_back]
    return [
        *back,
        *(
            LeftOut(
                kind=r.kind,
                label=words.name_of("kind", r.kind),
                said="",
                quote=in_sentence(document.text, r.start, r.end),
                reason=r.reason,
            )
            for r in sorted(rejected, key=lambda r: (r.start, r.end))
        ),
    ]


def _back(document: Document, entry: Entry, judgement: Judgement | None, words: Words) -> LeftOut:
    claim = entry.claim
    return LeftOut(
        kind=claim.kind,
        label=words.name_of("kind", claim.kind),
        said=say_claim(claim, words),
        quote=in_sentence(document.text, claim.start, claim.end),
        reason=judgement.reason if judgement else "",
        author=judgement.author if judgement else "",
        when=say_date(judgement.recorded[:10], words) if judgement else "",
    )
