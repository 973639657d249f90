"""The gate of the ledger: what is not said in so many words does not pass.

A claim passes if its quote is the text at its offsets and, for figures, if reading the quote again
gives the value that is claimed. The same thing said twice becomes one claim with two mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from nameplate.find.fold import fold
from nameplate.find.quantity import find_quantities
from nameplate.model import Claim, Mention, Quantity, Rejection


def refusal(claim: Claim, text: str) -> str | None:
    """Why the claim may not enter, or None where it may."""
    if not 0 <= claim.start < claim.end <= len(text):
        return "its offsets lie outside the text"
    if text[claim.start : claim.end] != claim.quote:
        return "its quote is not the text at its offsets"
    if claim.kind == "quantity" and not any(_same(claim, q) for q in _reread(claim.quote)):
        return "its value is not what its quote says"
    return None


def _reread(quote: str) -> list[Quantity]:
    return find_quantities(fold(quote))


def _same(claim: Claim, quantity: Quantity) -> bool:
    said = (quantity.value, quantity.low, quantity.high)
    claimed = (claim.value, claim.low, claim.high)
    pairs = zip(said, claimed, strict=True)
    if claim.unit != quantity.unit:
        return False
    return all(
        (a is None) == (b is None) and (a is None or b is None or abs(a) == abs(b))
        for a, b in pairs
    )


def gate(found: Iterable[Claim | Rejection], text: str) -> tuple[list[Claim], list[Rejection]]:
    """Part what may enter from what may not, with the reason for each refusal."""
    passed: list[Claim] = []
    refused: list[Rejection] = []
    for item in found:
        if isinstance(item, Rejection):
            refused.append(item)
            continue
        reason = refusal(item, text)
        if reason is None:
            passed.append(item)
        else:
            refused.append(_refused(item, reason))
    return passed, refused


def _refused(claim: Claim, reason: str) -> Rejection:
    return Rejection(
        start=claim.start, end=claim.end, quote=claim.quote, kind=claim.kind, reason=reason
    )


def said(claim: Claim) -> tuple[object, ...]:
    """What a claim says, wherever it stands: equal for two mentions of one thing."""
    return (
        claim.kind, claim.subject.casefold(), claim.modality, claim.when, claim.measure, claim.value,
        claim.low, claim.high, claim.unit, (claim.item or "").casefold(), claim.per, claim.stage,
        claim.relation, (claim.object or "").casefold(), claim.visitors, claim.topic,
        claim.text or (claim.quote if claim.kind == "instruction" else None),
    )  # fmt: skip


def merge(claims: Sequence[Claim]) -> list[Claim]:
    """One claim for what is said several times; the first place is its own, the rest its mentions.

    What is said once with its time and again without is one claim too, with the time.
    """
    ordered = sorted(claims, key=lambda c: (c.start, c.end, c.kind))
    dated = {timeless(c): said(c) for c in reversed(ordered) if c.when is not None}
    first: dict[tuple[object, ...], Claim] = {}
    more: dict[tuple[object, ...], list[Mention]] = {}
    for claim in sorted(ordered, key=lambda c: c.when is None):
        key = said(claim)
        if claim.when is None:
            key = dated.get(timeless(claim), key)
        if key in first:
            mention = Mention(quote=claim.quote, start=claim.start, end=claim.end)
            more.setdefault(key, []).append(mention)
        else:
            first[key] = claim
    whole = [_with(claim, more.get(key)) for key, claim in first.items()]
    return sorted(whole, key=lambda c: (c.start, c.end, c.kind))


def timeless(claim: Claim) -> tuple[object, ...]:
    """What a claim says but for its time."""
    return said(msgspec.structs.replace(claim, when=None))


def _with(claim: Claim, mentions: list[Mention] | None) -> Claim:
    return msgspec.structs.replace(claim, mentions=tuple(mentions)) if mentions else claim
