"""The order in which claims are worth a reviewer's time: pure functions over what the ledger knows.

A claim counts for more the more speaks against it and the more hangs on it: it is part of a finding,
the extractor was in doubt, much money is meant, the project is new, its source is of little weight.
A claim of a newer version of a report that says again, in the same words, what was judged before is
not asked for again: only cosmetic changes were made to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from nameplate.lexicon.measures import measures
from nameplate.model import Claim, Entry, Finding, content_key, to_builtins

Why = Literal["conflict", "doubt", "money", "new", "source"]
REASONS: tuple[Why, ...] = ("conflict", "doubt", "money", "new", "source")

_GRAVITY = {"error": 6.0, "warning": 4.0, "info": 1.0}
_UNSURE, _DOUBTFUL = 0.7, 0.5
_MUCH, _VERY_MUCH = Decimal(100_000_000), Decimal(1_000_000_000)
_PLACE = frozenset({"start", "end", "mentions", "rule", "confidence", "doubt", "subject_kind"})


def bit(reason: Why) -> int:
    """The bit that stands for a reason."""
    return 1 << REASONS.index(reason)


def reasons_of(mask: int) -> tuple[Why, ...]:
    """The reasons that the bits stand for."""
    return tuple(reason for reason in REASONS if mask & bit(reason))


class Asked(msgspec.Struct, frozen=True):
    """A claim to be judged, how much it matters and why; ``findings`` are their checks."""

    entry: Entry
    score: float
    why: tuple[Why, ...]
    findings: tuple[Finding, ...]

    @property
    def mask(self) -> int:
        """The reasons as bits."""
        return sum(bit(reason) for reason in self.why)


class Known(msgspec.Struct, frozen=True):
    """What the queue is worked out from.

    ``alike`` are the words (`same_words`) of claims judged in any version of a report; ``weights``
    are of publishers, by document key; ``fresh`` are entities that one report alone speaks of.
    """

    findings: Mapping[str, Sequence[Finding]]
    alike: frozenset[str]
    weights: Mapping[str, float]
    fresh: frozenset[str]
    entity_of: Mapping[str, str]


def queue(entries: Iterable[Entry], known: Known) -> list[Asked]:
    """The claims without a verdict, the weightiest first, then in the order of record."""
    by_claim: dict[str, list[Finding]] = {}
    for some in known.findings.values():
        for finding in some:
            for key in finding.claims:
                by_claim.setdefault(key, []).append(finding)
    asked = [
        _asked(entry, by_claim.get(entry.key, ()), known)
        for entry in entries
        if entry.verdict is None and not (known.alike and same_words(entry) in known.alike)
    ]
    return sorted(asked, key=lambda a: (-a.score, a.entry.document_key, a.entry.claim.start))


def _asked(entry: Entry, findings: Sequence[Finding], known: Known) -> Asked:
    scores: dict[Why, float] = {
        "conflict": max((_GRAVITY[f.severity] for f in findings), default=0.0),
        "doubt": doubt_of(entry.claim),
        "money": money_of(entry.claim),
        "new": 1.0 if known.entity_of.get(entry.key) in known.fresh else 0.0,
        "source": max(0.0, 2 * (1 - known.weights.get(entry.document_key, 1.0))),
    }
    why = tuple(reason for reason in REASONS if scores[reason] > 0)
    return Asked(entry, sum(scores.values()), why, tuple(findings))


def doubt_of(claim: Claim) -> float:
    """How unsure the extractor was: 3 where it says why or gives it less than half."""
    sure = 1.0 if claim.confidence is None else claim.confidence
    if claim.doubt or sure < _DOUBTFUL:
        return 3.0
    return 1.5 if sure < _UNSURE else 0.0


def money_of(claim: Claim) -> float:
    """2 for a thousand million of a currency and more, 1 for a hundred million."""
    measure = measures().get(claim.measure or "")
    if measure is None or "money" not in measure.kinds or not (claim.unit or "").isupper():
        return 0.0
    value = claim.value or claim.high or claim.low or Decimal(0)
    return 2.0 if value >= _VERY_MUCH else 1.0 if value >= _MUCH else 0.0


def same_words(entry: Entry) -> str:
    """A key of what the claim of a source says, wherever in its text it stands."""
    claim = entry.original or entry.claim
    said = {k: v for k, v in to_builtins(claim).items() if k not in _PLACE}
    return content_key(entry.document_id, *(f"{k}={said[k]}" for k in sorted(said)))
