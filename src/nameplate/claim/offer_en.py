"""English offers: "specializes in A, B and C", "mainly focuses on …, and develops …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nameplate.claim.act import cued
from nameplate.claim.context import Context, Sentence
from nameplate.claim.modality import negated
from nameplate.claim.party import before, spoken_of, words_of
from nameplate.claim.topic import topic_claim, topics
from nameplate.model import Claim, Cue, Name, Rejection

OFFERERS = frozenset({"company", "institute", "plant", "thing"})

_APPOSED = re.compile(
    r"\s*,?\s*(?:which\s+is\s+|is\s+)?(?:a|an|the|one of the)\s+[^,;.]{3,60}|\s*,?\s*", re.I
)
_OTHERS = re.compile(
    r"\b(?:projects?|funds?|talents?|activities|products|meeting|forum|exhibition|plan|programme|program"
    r"|policy|speech|report|workers|people|fair|expo|he|she|they|students|teams?|also plans|will)\b",
    re.IGNORECASE,
)


def offers(context: Context) -> Iterator[Claim | Rejection]:
    """What the bodies of an English report offer."""
    for sentence, cues in cued(context, "offer"):
        mains = [c for c in cues if c.key == "main"]
        if not mains:
            continue
        owner: Name | None = None
        for i, cue in enumerate(cues):
            if cue.start < mains[0].start:
                continue
            owner = _owner(context, sentence, cue) if cue.key == "main" else owner
            subject = words_of(context, owner) if owner else None
            if owner is None or subject is None or negated(context, sentence, cue.start):
                continue
            end = cues[i + 1].start if i + 1 < len(cues) else sentence.end
            proto = Claim(
                kind="capability",
                subject=subject,
                subject_kind=context.referent(owner).kind,
                quote="",
                start=0,
                end=0,
                rule=f"capability.{cue.key}",
                confidence=0.7 if cue.key == "main" else 0.6,
            )
            for span in topics(context, sentence, cue.end, end):
                yield topic_claim(context, span, proto)


def _owner(context: Context, sentence: Sentence, cue: Cue) -> Name | None:
    named = [
        n for n in sentence.names if n.end <= cue.start and context.referent(n).kind in OFFERERS
    ]
    if named and _APPOSED.fullmatch(context.plain[named[-1].end : cue.start]):
        return named[-1]
    name = before(context, sentence, cue.start, OFFERERS)
    if name is None:
        return spoken_of(context, sentence, cue.start, OFFERERS)
    between = context.plain[name.end : cue.start]
    if len(between) > 110 or _OTHERS.search(between):
        return None
    return name
