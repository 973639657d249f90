"""All claims of one document: the makers in order, then the gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nameplate.claim import capability, instruction, milestone, need, quantity, relation, visit
from nameplate.claim.confidence import rated
from nameplate.claim.context import Context, build
from nameplate.claim.ground import gate, merge
from nameplate.model import Claim, Document, Extraction, Rejection

Maker = Callable[[Context], Iterator[Claim | Rejection]]

MAKERS: tuple[Maker, ...] = (
    quantity.make,
    visit.make,
    instruction.make,
    relation.make,
    need.make,
    capability.make,
)
"""One line a kind; milestones come first since they tell which things are finished."""


def extract(document: Document) -> Extraction:
    """Take every claim from a document; what was left out is in ``rejected`` with its reason."""
    return take(build(document))


def take(context: Context) -> Extraction:
    """Take every claim from a document that has been cut up."""
    claims, refused = collect(context)
    return Extraction(
        claims=tuple(rated(context, claim) for claim in claims), rejected=tuple(refused)
    )


def collect(context: Context) -> tuple[list[Claim], list[Rejection]]:
    """The claims with their makers' first confidence, and what was left out."""
    found: list[Claim | Rejection] = list(milestone.make(context))
    context.finished = finished(found)
    context.unfinished = unfinished(found) - context.finished
    for maker in MAKERS:
        found.extend(maker(context))
    passed, refused = gate(found, context.text)
    return merge(passed), refused


def finished(found: list[Claim | Rejection]) -> frozenset[str]:
    """Subjects that the report itself says are completed or at work."""
    return frozenset(
        c.subject
        for c in found
        if isinstance(c, Claim)
        and c.modality == "actual"
        and c.stage in ("completed", "producing", "at_capacity", "resumed")
    )


def unfinished(found: list[Claim | Rejection]) -> frozenset[str]:
    """Works that the report says are being built or are yet to be."""
    return frozenset(
        c.subject
        for c in found
        if isinstance(c, Claim)
        and c.subject_kind in ("project", "plant", "line", "park")
        and (
            (c.stage == "started" and c.modality in ("actual", "planned"))
            or (c.stage in ("completed", "producing") and c.modality == "planned")
        )
    )
