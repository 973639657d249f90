"""The gate of the ledger: what is not said in so many words does not pass.

A claim passes if its quote is the text at its offsets and, for figures, if reading the quote again
gives the value that is claimed. The same thing said twice becomes one claim with two mentions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from nameplate.find.fold import fold
from nameplate.find.quantity import find_quantities, find_values
from nameplate.find.quantity_plain import plain_value
from nameplate.model import Claim, Mention, Quantity, Rejection


def refusal(claim: Claim, text: str) -> str | None:
    """Why the claim may not enter, or None where it may."""
    country = AT_HOME.get(claim.unit or "")
    return _misplaced(claim, text) or _misread(
        claim, find_quantities(fold(claim.quote), country=country)
    )


AT_HOME = {"TWD": "TW", "HKD": "HK", "SGD": "SG", "AUD": "AU", "CAD": "CA", "NZD": "NZ"}
"""Currencies that share their sign or word with another, by the country whose report means them."""


def _misplaced(claim: Claim, text: str) -> str | None:
    if not 0 <= claim.start < claim.end <= len(text):
        return "its offsets lie outside the text"
    if text[claim.start : claim.end] != claim.quote:
        return "its quote is not the text at its offsets"
    return None


def _misread(claim: Claim, reread: Sequence[Quantity]) -> str | None:
    if claim.kind == "quantity" and not any(_same(claim, q) for q in reread):
        return "its value is not what its quote says"
    return None


_APART = "\n\n"


def _reread(claims: Sequence[Claim]) -> dict[str, list[Quantity]]:
    """Quotes read again by themselves, all of them in one pass: quote to figures."""
    quotes = list({c.quote for c in claims})
    starts, at = [], 0
    for quote in quotes:
        starts.append(at)
        at += len(quote) + len(_APART)
    found: dict[str, list[Quantity]] = {quote: [] for quote in quotes}
    for quantity in find_values(fold(_APART.join(quotes))):
        i = bisect_right(starts, quantity.start) - 1
        if quantity.end <= starts[i] + len(quotes[i]):
            found[quotes[i]].append(quantity)
    return found


def _is_plain(claim: Claim) -> bool:
    """Whether the quote says the value so plainly that the simple reader gives it too."""
    if claim.value is None:
        return False
    said = plain_value(fold(claim.quote))
    return said is not None and said == (abs(claim.value), claim.unit)


def _same(claim: Claim, quantity: Quantity) -> bool:
    said = (quantity.value, quantity.low, quantity.high)
    claimed = (claim.value, claim.low, claim.high)
    bare = (
        claim.unit == "CNY"
        and quantity.unit == "1"
        and claim.quote.endswith(("亿", "万", "億", "萬"))
    )
    if claim.unit != quantity.unit and not bare:  # 总投资50亿 is of yuan, which only its cue says
        return False
    return all(_equal(a, b) for a, b in zip(said, claimed, strict=True))


def _equal(a: Decimal | None, b: Decimal | None) -> bool:
    return a == b if a is None or b is None else abs(a) == abs(b)


def gate(found: Sequence[Claim | Rejection], text: str) -> tuple[list[Claim], list[Rejection]]:
    """Part what may enter from what may not, with the reason for each refusal."""
    refused = [item for item in found if isinstance(item, Rejection)]
    claims = [item for item in found if isinstance(item, Claim)]
    reread = _reread([c for c in claims if c.kind == "quantity" and not _is_plain(c)])
    passed: list[Claim] = []
    for claim in claims:
        reason = _misplaced(claim, text)
        if reason is None and claim.quote in reread:
            reason = _misread(claim, reread[claim.quote])
        if reason is not None and claim.quote in reread:
            reason = refusal(claim, text)  # by itself, should a neighbour have changed the reading
        if reason is None:
            passed.append(claim)
        else:
            refused.append(_refused(claim, reason))
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
    keys = [said(c) for c in ordered]
    if len({_timeless(key) for key in keys}) == len(keys):  # nothing is said twice
        return sorted(claims, key=lambda c: (c.start, c.end, c.kind, c.when is None))
    dated = {_timeless(key): key for key in reversed(keys) if key[_WHEN] is not None}
    first: dict[tuple[object, ...], Claim] = {}
    more: dict[tuple[object, ...], list[Mention]] = {}
    for claim, own in sorted(zip(ordered, keys, strict=True), key=lambda c: c[0].when is None):
        key = own if claim.when is not None else dated.get(_timeless(own), own)
        if key in first:
            mention = Mention(quote=claim.quote, start=claim.start, end=claim.end)
            more.setdefault(key, []).append(mention)
        else:
            first[key] = claim
    whole = [_with(claim, more.get(key)) for key, claim in first.items()]
    return sorted(whole, key=lambda c: (c.start, c.end, c.kind))


_WHEN = 3
"""Where in what is said the time stands."""


def _timeless(key: tuple[object, ...]) -> tuple[object, ...]:
    """What a claim says but for its time."""
    return (*key[:_WHEN], None, *key[_WHEN + 1 :])


def _with(claim: Claim, mentions: list[Mention] | None) -> Claim:
    return msgspec.structs.replace(claim, mentions=tuple(mentions)) if mentions else claim
