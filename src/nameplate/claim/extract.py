"""All claims of one document: the makers in order, then the gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nameplate.claim import capability, instruction, milestone, need, quantity, relation, visit
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
    found: list[Claim | Rejection] = list(milestone.make(context))
    context.finished = finished(found)
    for maker in MAKERS:
        found.extend(maker(context))
    passed, refused = gate(found, context.text)
    return Extraction(claims=tuple(merge(passed)), rejected=tuple(refused))


def finished(found: list[Claim | Rejection]) -> frozenset[str]:
    """Subjects that the report itself says are completed or at work."""
    return frozenset(
        c.subject
        for c in found
        if isinstance(c, Claim)
        and c.modality == "actual"
        and c.stage in ("completed", "producing", "at_capacity", "resumed")
    )
