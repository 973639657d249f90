"""How likely a claim is right: a logistic regression on what was known when it was made.

Makers give a first confidence by hand and leave the scores that they decided by in the context
(`note`); here both become features beside the reasons in the claim's ``rule``, and the model of the
claim's kind (``data/confidence.toml``) turns them into a probability. Right means: matched through
its subject for a figure or a milestone, both ends for a relation, visitors for a visit, the words
for an instruction, the topic for a need or a capability. docs/confidence.md says how well it holds.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

import msgspec

from nameplate.claim.context import Context
from nameplate.lexicon.confidence import Model, models
from nameplate.model import Claim

Features = dict[str, float]
"""Features by name; most are 1 where they hold and absent where not."""


class Scores(NamedTuple):
    """How strongly words speak for the measure and the subject (0 to 100), and how far off it is.

    ``away`` counts the characters between the figure and its subject's name.
    """

    cue: float
    subject: float
    away: int


_LEAST, _MOST = 0.01, 0.99
_PARTS = re.compile(r"; |, ")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_KEPT = "scores"


def note(context: Context, claim: Claim, scores: Scores) -> None:
    """Keep what a maker went by when it chose a claim's measure and its subject."""
    kept: dict[tuple[object, ...], Scores] = context.memo.setdefault(_KEPT, {})
    kept[claim.kind, claim.start, claim.end, claim.measure] = scores


def rated(context: Context, claim: Claim) -> Claim:
    """The claim with the probability that it is right."""
    sure = probability(models()[claim.kind], features(context, claim))
    return msgspec.structs.replace(claim, confidence=round(min(_MOST, max(_LEAST, sure)), 2))


def probability(model: Model, found: Features) -> float:
    """The model's probability for the features; one without a weight says nothing."""
    weighed, weights = 0.0, model.weights
    for name, value in found.items():
        weight = weights.get(name)
        if weight is not None:
            weighed += weight * value
    odds = model.bias + weighed
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def features(context: Context, claim: Claim) -> Features:
    """What was known when the claim was made."""
    found: Features = {"prior": _log_odds(claim.confidence or 0.5)}
    for reason in _reasons(claim.rule or ""):
        found[reason] = 1.0
    found[f"is {claim.measure or claim.stage or claim.relation or claim.kind}"] = 1.0
    found[f"of {claim.subject_kind}"] = 1.0
    _of_claim(found, claim)
    _of_sentence(found, context, claim.start)
    kept: dict[tuple[object, ...], Scores] | None = context.memo.get(_KEPT)
    scores = kept and kept.get((claim.kind, claim.start, claim.end, claim.measure))
    if scores:
        found["cue"] = scores.cue / 100
        found["subject"] = max(0.0, min(scores.subject, 80.0)) / 80
        found["away"] = math.log1p(min(scores.away, 400)) / 6
    return found


@lru_cache(maxsize=4096)
def _reasons(rule: str) -> tuple[str, ...]:
    parts = (part.strip() for part in _PARTS.split(_QUOTED.sub("", rule)))
    return tuple(part for part in parts if part)


def _of_claim(found: Features, claim: Claim) -> None:
    if claim.modality == "planned":
        found["planned"] = 1.0
    if claim.when is not None:
        found["dated"] = 1.0
    if claim.doubt is not None:
        found["doubt"] = 1.0
    if claim.mentions:
        found["said again"] = 1.0
    found["long subject"] = min(len(claim.subject), 60) / 60


def _of_sentence(found: Features, context: Context, start: int) -> None:
    at = bisect_right(context.starts, start) - 1
    if at < 0:
        return
    sentence = context.sentences[at]
    if sentence.title:
        found["headline"] = 1.0
    if sentence.index < 3:
        found["first sentences"] = 1.0
    found["long sentence"] = min(sentence.end - sentence.start, 600) / 600
    found["many names"] = min(len(sentence.names), 8) / 8
    found["many figures"] = min(len(sentence.quantities), 8) / 8
    if context.zh:
        found["chinese"] = 1.0


def _log_odds(share: float) -> float:
    share = min(_MOST, max(_LEAST, share))
    return math.log(share / (1 - share))
