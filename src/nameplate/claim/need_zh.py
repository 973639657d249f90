"""Chinese needs: 急需 A; 希望引进 A; 寻求 A 合作; 招聘 A."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nameplate.claim.act import cued
from nameplate.claim.context import Context, Sentence
from nameplate.claim.modality import negated
from nameplate.claim.party import PARTIES, words_of
from nameplate.claim.phrase import trim
from nameplate.claim.relation_ends import left
from nameplate.claim.topic import topic_claim
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Claim, Cue, Rejection

_END = re.compile(
    r"[，。；！？,;!?：:）)]|的(?:问题|情况|难题|局面)|来|以便|以(?=[^上下内外])|用于"
)
_COUNT = re.compile(
    r"\s*(?:了|到|过|各类|一批|大量|更多|相关|\d[\d,.万千]*[余多]?[名个位家项])*\s*"
)
_BODY = re.compile(
    r"(?:一些|不少|多家|部分|许多|该|这些|本地|当地|我)?[\u4e00-\u9fff]{0,6}(?:企业|车企|药企|医院|公司|厂家|园区|工厂)(?![业家])"
)
_PAST = re.compile(r"(?:已|已经|成功|累计|共|先后|帮助|为)[^，。；]{0,6}$")


def needs(context: Context) -> Iterator[Claim | Rejection]:
    """What the bodies of a Chinese report look for."""
    for sentence, cues in cued(context, "need"):
        for cue in cues:
            if cue.key == "seek" and not negated(context, sentence, cue.start):
                yield from _sought(context, sentence, cue)


@cache
def _wanted() -> re.Pattern[str]:
    return re.compile(noun_pattern("wanted"))


def _sought(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim | Rejection]:
    lead = _COUNT.match(context.plain, cue.end, sentence.end)
    start = lead.end() if lead else cue.end
    stop = _END.search(context.plain, start, min(sentence.end, start + 50))
    end = stop.start() if stop else min(sentence.end, start + 50)
    start, end = trim(context, start, end)
    if not 1 < end - start <= 40:
        return
    if _PAST.search(context.plain[max(sentence.start, cue.start - 10) : cue.start]):
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
    subject = _owner(context, sentence, cue)
    if subject is not None:
        proto = Claim(
            kind="need",
            subject=subject,
            quote="",
            start=0,
            end=0,
            rule="need.seek",
            confidence=0.55,
        )
        yield topic_claim(context, (start, end), proto)


def _owner(context: Context, sentence: Sentence, cue: Cue) -> str | None:
    """Who looks for it: the nearest body named, or a kind of bodies (不少车企)."""
    name = left(context, sentence, cue.start, PARTIES, 40)
    kinds = list(_BODY.finditer(context.plain, sentence.start, cue.start))
    if kinds and (name is None or kinds[-1].start() > name.end):
        return context.text[kinds[-1].start() : kinds[-1].end()]
    return words_of(context, name) if name else None
