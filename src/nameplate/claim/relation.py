"""Relations: who heads, owns, builds, supplies what; where it is; what it is recognised as.

Every pair is claimed once a report: the same ends in other words are the same relation. A place's
office without a place beside it ("Mayor NAME") is held in the place that the report is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from nameplate.claim import relation_en, relation_zh
from nameplate.claim.context import Context
from nameplate.claim.likeness import alike
from nameplate.claim.person import Person, people
from nameplate.model import Claim, Rejection

_WINDOW = 300
"""Relations among which a pair is looked for again; keeps long reports linear."""


def make(context: Context) -> Iterator[Claim | Rejection]:
    """Relation claims of a document, one a pair."""
    found = [*_heads(context)]
    found += relation_zh.relations(context) if context.zh else relation_en.relations(context)
    kept: list[Claim] = []
    for claim in sorted(found, key=lambda c: (-(c.confidence or 0), c.start)):
        if alike(claim.subject, claim.object or "", strict=True):
            continue
        if not any(_same(claim, other) for other in kept[-_WINDOW:]):
            kept.append(claim)
    yield from sorted(kept, key=lambda c: c.start)


def _same(claim: Claim, other: Claim) -> bool:
    if claim.relation != other.relation:
        return False
    if claim.relation == "heads":
        return claim.subject == other.subject
    if claim.relation == "partner_of" and alike(claim.subject, other.object or ""):
        return alike(claim.object or "", other.subject)
    return alike(claim.subject, other.subject) and alike(claim.object or "", other.object or "")


def _heads(context: Context) -> Iterator[Claim]:
    """A person's office: the body that it is held in, its title as role."""
    for person in people(context):
        office = person.office
        if office is None or office.former or not _full(person.name):
            continue
        body = office.body or (_place(context) if office.of_place else None)
        if body is None:
            continue
        yield _headed(context, person, body)


def _full(name: str) -> bool:
    """Whether a name is more than a family name ("President Wu")."""
    return " " in name or not name.isascii()


def _headed(context: Context, person: Person, body: str) -> Claim:
    office = person.office
    assert office is not None  # the caller has looked
    start, end = person.whole_start, person.whole_end
    return Claim(
        kind="relation",
        relation="heads",
        subject=person.name,
        subject_kind="person",
        object=body,
        role=office.role,
        quote=context.quote(start, end),
        start=start,
        end=end,
        modality="actual",
        rule="relation.heads" if office.body else "relation.heads.place",
        confidence=0.8 if office.body else 0.6,
    )


def _place(context: Context) -> str | None:
    """The place that the report is about: the one it names most, else one in another name."""
    if "place" not in context.memo:
        context.memo["place"] = _main_place(context)
    place: str | None = context.memo["place"]
    return place


def _main_place(context: Context) -> str | None:
    counts: Counter[str] = Counter()
    for name in context.names:
        if name.kind == "place":
            counts[name.text.split(",")[0].strip()] += 1
    if counts:
        return " ".join(counts.most_common(1)[0][0].split())
    parks = [n for n in context.names if n.kind in ("park", "body") and not n.generic]
    return " ".join(parks[0].text.split()) if parks else None
