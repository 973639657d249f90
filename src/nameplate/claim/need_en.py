"""English needs: "seeks …", "actively introduce …", a fit "with the district in A and B"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nameplate.claim.act import cued
from nameplate.claim.context import Context, Sentence
from nameplate.claim.modality import negated
from nameplate.claim.party import PARTIES, before, spoken_of, words_of
from nameplate.claim.phrase import trim
from nameplate.claim.topic import topic_claim, topics
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Claim, Cue, Name, Rejection

_SOUGHT_END = re.compile(
    r"[.;。；:：?!]|,\s+(?!especially\s+for\s+\w+ \w+|such as|including|in particular)|\s+(?:whom|where|so as|in order"
    r"|for which|as well as|because|when|while|if|after|before|through|by)\s|\s+to\s+(?=[a-z]+\s)"
    r"|\s+in\s+(?=fields|areas|sectors|the fields)",
    re.IGNORECASE,
)
_NOT_SOUGHT = re.compile(
    r"\s*(?:to\s|out\b|by\b|him\b|forward|into\b|(?:approval|truth|help|advice|permission|votes)\b)",
    re.I,
)
_LONGEST = 180


def needs(context: Context) -> Iterator[Claim | Rejection]:
    """What the bodies of an English report look for."""
    for sentence, cues in cued(context, "need"):
        for cue in cues:
            if negated(context, sentence, cue.start):
                continue
            yield from _KINDS[cue.key](context, sentence, cue)


@cache
def _wanted() -> re.Pattern[str]:
    return re.compile(noun_pattern("wanted"), re.IGNORECASE)


def _proto(context: Context, name: Name, rule: str, confidence: float) -> Claim | None:
    words = words_of(context, name)
    if words is None:
        return None
    kind = context.referent(name).kind
    return Claim(
        kind="need",
        subject=words,
        subject_kind=kind,
        quote="",
        start=0,
        end=0,
        rule=rule,
        confidence=confidence,
    )


def _sought(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim | Rejection]:
    if _NOT_SOUGHT.match(context.plain, cue.end):
        return
    stop = _SOUGHT_END.search(context.plain, cue.end, sentence.end)
    while stop is not None and any(n.start < stop.start() < n.end for n in sentence.names):
        stop = _SOUGHT_END.search(context.plain, stop.end(), sentence.end)
    start, end = trim(context, cue.end, stop.start() if stop else sentence.end)
    if not 3 < end - start <= _LONGEST:
        return
    if not _wanted().search(context.plain, start, end):
        yield Rejection(
            start=cue.start,
            end=end,
            quote=context.quote(cue.start, end),
            kind="need",
            reason="what is sought is no partner, technology, staff, land or money",
        )
        return
    owner = before(context, sentence, cue.start, PARTIES) or spoken_of(
        context, sentence, cue.start, PARTIES
    )
    proto = _proto(context, owner, "need.seek", 0.6) if owner else None
    if proto is not None:
        yield topic_claim(context, (start, end), proto)


_FIT_IN = re.compile(r"[^.;]{0,40}?\bin\s+", re.IGNORECASE)


def _fit(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim | Rejection]:
    """ "A has a high degree of compatibility with B in C and D": B needs C and D."""
    after = [n for n in sentence.names if cue.end <= n.start <= cue.end + 6 and n.kind in PARTIES]
    if not after:
        return
    proto = _proto(context, after[0], "need.fit", 0.5)
    where = _FIT_IN.match(context.plain, after[0].end, sentence.end)
    if proto is None or where is None:
        return
    rest = re.compile(r",\s+and\s+(?:also\s+)?(?:has|have|is)\b").search(
        context.plain, where.end(), sentence.end
    )
    for span in topics(context, sentence, where.end(), rest.start() if rest else sentence.end):
        yield topic_claim(context, span, proto)


_WISH_IN = re.compile(r"(?<=\bin)\s+|[^.;,]{0,60}?\bin\s+", re.IGNORECASE)


def _wished(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim | Rejection]:
    """ "A hopes to cooperate with B in C and D": A needs C and D."""
    where = _WISH_IN.match(context.plain, cue.end, sentence.end)
    owner = before(context, sentence, cue.start, PARTIES)
    proto = _proto(context, owner, "need.wish", 0.5) if owner else None
    if where is None or proto is None:
        return
    stop = re.compile(r"[,，]\s*and\s+\w+s\b").search(context.plain, where.end(), sentence.end)
    for span in topics(context, sentence, where.end(), stop.start() if stop else sentence.end):
        yield topic_claim(context, span, proto)


_KINDS = {"seek": _sought, "fit": _fit, "wish": _wished}
