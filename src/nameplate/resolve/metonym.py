"""A firm's name that stands for its one project: "Orvane will reach full capacity" of the Orvane plant.

Reports tell of a project and then go on with the name of its firm. Where a report names one project,
plant or line of that brand and no other, what it says of building, making and designed capacity
under the bare brand is said of that one. Everything else stays with the firm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from nameplate.model import Claim, EntityKind, Entry
from nameplate.resolve.compare import compare
from nameplate.resolve.parts import parts_of
from nameplate.resolve.pieces import kind_of, pieces_of

_MADE: frozenset[EntityKind] = frozenset({"project", "plant", "line"})
_STAGES = frozenset(
    {"started", "topped_out", "completed", "equipment", "trial", "producing", "at_capacity"}
)
_MEASURES = frozenset({"capacity", "output"})
_MANY = 20


def stand_ins(entries: Iterable[Entry]) -> dict[str, str]:
    """Keys of entries whose subject stands for something else, each with what that is called."""
    found: dict[str, str] = {}
    by_document: dict[str, list[Entry]] = {}
    for entry in entries:
        by_document.setdefault(entry.document_key, []).append(entry)
    for some in by_document.values():
        works: dict[str, list[tuple[str, EntityKind]]] = {}
        for name, kind in sorted({(e.claim.subject, e.claim.subject_kind) for e in some}, key=str):
            what = kind_of(name, kind)
            if what in _MADE and (brand := brand_of(name, what)):
                works.setdefault(brand, []).append((name, what))
        if works:
            found |= _told_of(some, works)
    return found


def _told_of(
    entries: Sequence[Entry], works: dict[str, list[tuple[str, EntityKind]]]
) -> dict[str, str]:
    found = {}
    for entry in entries:
        claim = entry.claim
        if _of_works(claim) and kind_of(claim.subject, claim.subject_kind) in ("company", "thing"):
            brand = bare_brand(claim.subject)
            named = _wholes(works.get(brand, []) if brand else [])
            if named and _one_thing(named):
                found[entry.key] = max(named, key=lambda n: (len(n[0]), n[0]))[0]
    return found


def _wholes(named: Sequence[tuple[str, EntityKind]]) -> Sequence[tuple[str, EntityKind]]:
    """The names of wholes, if there are any: their phases are no other works."""
    return [n for n in named if parts_of(*n).phase is None] or named


def _of_works(claim: Claim) -> bool:
    """Whether the claim tells of building or making as a site does, and is a plan or a milestone."""
    if claim.kind == "milestone":
        return claim.stage in _STAGES
    return claim.measure in _MEASURES and claim.modality == "planned"


def _one_thing(named: Sequence[tuple[str, EntityKind]]) -> bool:
    if len(named) > _MANY or len({kind for _, kind in named}) > 1:
        return False
    kind = named[0][1]
    first, *rest = [parts_of(name, kind) for name, _ in named]
    return all(compare(first, other, kind).score > 0 for other in rest)


@lru_cache(maxsize=65536)
def brand_of(name: str, kind: EntityKind) -> str | None:
    """The one word of its own that the name of a project, plant or line holds beside what is made."""
    own = [p for p in pieces_of(name, kind).pieces if p.kind in ("own", "name")]
    others = [p for p in pieces_of(name, kind).pieces if p.kind in ("field", "head")]
    brands = {p.text for p in own if not _is_made_of(p.text)}
    return brands.pop() if len(brands) == 1 and others else None


def _is_made_of(text: str) -> bool:
    """A short Latin sign of a technology (TFT) is no brand."""
    return text.isascii() and len(text) <= 3


@lru_cache(maxsize=65536)
def bare_brand(name: str) -> str | None:
    """The brand, of a name that is nothing else."""
    pieces = [p for p in pieces_of(name, "company").pieces if p.kind not in ("legal", "head")]
    only = len(pieces) == 1 and pieces[0].kind in ("own", "name")
    return pieces[0].text if only else None


def may_stand_for(firm: str, work: str, kind: EntityKind) -> bool:
    """Whether some report may use the one name for the other."""
    brand = bare_brand(firm)
    return brand is not None and kind in _MADE and brand_of(work, kind) == brand
