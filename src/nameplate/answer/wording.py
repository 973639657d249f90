"""Claims in a few plain words, for messages."""

from __future__ import annotations

from decimal import Decimal

from nameplate.lexicon.measures import measures
from nameplate.lexicon.stages import stages
from nameplate.model import Claim, Entry

_BOUNDS = {"=": "", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most "}


def figure(claim: Claim) -> str:
    """The value with bound, unit, rate and time: ``more than 5,000 t a year in 2025``."""
    if claim.value is not None:
        amount = number(claim.value)
    else:
        amount = "-".join(number(end) for end in (claim.low, claim.high) if end is not None)
    bound = _BOUNDS.get(claim.bound or "=", "about ")
    unit = {"1": "", "%": "%", None: ""}.get(claim.unit, f" {claim.unit}")
    per = f" a {claim.per}" if claim.per else ""
    return f"{bound}{amount}{unit}{per}{_time(claim)}"


def measure(claim: Claim) -> str:
    """The measure with its item: ``output (cars)``."""
    known = measures().get(claim.measure or "")
    label = known.en if known is not None else str(claim.measure)
    return f"{label} ({claim.item})" if claim.item else label


def milestone(claim: Claim) -> str:
    """The stage with scope, modality and time: ``producing of Phase I, planned for 2012-08``."""
    stage = stages().get(claim.stage or "")
    label = stage.en if stage is not None else str(claim.stage)
    scope = f" of {claim.scope}" if claim.scope else ""
    planned = f", {claim.modality}" if claim.modality in ("planned", "required") else ""
    return f"{label}{scope}{planned}{_time(claim)}"


def source(entry: Entry) -> str:
    """Which report says it: its id and date."""
    cell = f" {entry.claim.cell}" if entry.claim.cell else ""
    return (
        f"{entry.document_id}{cell}, {entry.published}"
        if entry.published
        else entry.document_id + cell
    )


def number(value: Decimal) -> str:
    """The number with commas between thousands; long fractions, of conversions, are rounded."""
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return str(value)
    shown = round(value, 2) if _exponent(value) < -4 else value
    return f"{shown.normalize():,f}"


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _time(claim: Claim) -> str:
    if not claim.when:
        return ""
    return (
        f" for {claim.when}" if claim.modality in ("planned", "required") else f" in {claim.when}"
    )
