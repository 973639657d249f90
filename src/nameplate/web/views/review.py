"""The review page as printed: cards of claims to judge, and what was judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from nameplate.ledger.verdicts import MATCH_VERBS
from nameplate.model import Entity, Entry, Judgement
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import Fact, label, say_claim
from nameplate.web.views.links import query_link
from nameplate.web.views.patch import Field, fields
from nameplate.web.views.queue import REASONS, Asked, reasons_of
from nameplate.web.views.words import Words

PAGE = 20
"""Cards on one page: what accept-all takes is what can be seen."""


class Card(msgspec.Struct, frozen=True):
    """A claim to be judged, with its words and why it is asked for."""

    key: str
    kind: str
    label: str
    fact: Fact
    confidence: str
    why: list[tuple[str, str]]
    checks: list[str]
    entity: str
    fields: list[Field]


class Judged(msgspec.Struct, frozen=True):
    """A judgement that stands, with the claim as it is and was; ``key`` is what undoes it."""

    key: str
    verb: str
    said: str
    before: str
    subject: str
    href: str
    author: str
    reason: str
    when: str


class Reason(msgspec.Struct, frozen=True):
    """A reason to filter by, with how many claims have it."""

    label: str
    number: int
    href: str
    chosen: bool


def cards(
    asked: Iterable[Asked],
    fact_of: Callable[[Entry], Fact],
    entity_of: Mapping[str, str],
    words: Words,
) -> list[Card]:
    """A card each."""
    return [_card(a, fact_of(a.entry), entity_of.get(a.entry.key, ""), words) for a in asked]


def _card(asked: Asked, fact: Fact, entity: str, words: Words) -> Card:
    claim = asked.entry.claim
    sure = "" if claim.confidence is None else f"{claim.confidence:.0%}"
    checks = dict.fromkeys(words.name_of("check", f.check) for f in asked.findings)
    return Card(
        key=asked.entry.key,
        kind=claim.kind,
        label=label(claim, words),
        fact=fact,
        confidence=sure,
        why=[(reason, words.say(f"why_{reason}")) for reason in asked.why],
        checks=list(checks),
        entity=entity,
        fields=fields(claim, words),
    )


def reasons(asked: Mapping[int, int], query: Mapping[str, str], words: Words) -> list[Reason]:
    """The reasons with their numbers, ``asked`` being how many claims have which bits.

    The chosen one leads back to all.
    """
    tally = Counter[str]()
    for mask, number in asked.items():
        tally.update(dict.fromkeys(reasons_of(mask), number))
    chosen = query.get("why", "")
    return [
        Reason(
            words.say(f"why_{reason}"), tally[reason],
            query_link(query, why="" if reason == chosen else reason, page=""), reason == chosen,
        )
        for reason in REASONS
        if tally[reason]
    ]  # fmt: skip


def judged(
    judgements: Sequence[Judgement],
    entries: Mapping[str, Entry],
    entities: Mapping[str, Entity],
    words: Words,
) -> list[Judged]:
    """The judgements in force, as given."""
    return [
        _with_offer(
            _judged(j, entries.get(j.left), entities, words), entries.get(j.right or ""), words
        )
        if j.verb in MATCH_VERBS
        else _judged(j, entries.get(j.left), entities, words)
        for j in judgements
    ]


def _with_offer(told: Judged, offer: Entry | None, words: Words) -> Judged:
    """A match says both of its sides; a declined answer to an order its own words alone."""
    if offer is None or offer.claim.kind == "milestone":
        return told
    said = f"{told.said} ← {offer.claim.subject}: {say_claim(offer.claim, words)}"
    return msgspec.structs.replace(told, said=said)


def _judged(
    judgement: Judgement, entry: Entry | None, entities: Mapping[str, Entity], words: Words
) -> Judged:
    said = before = href = ""
    subject = judgement.left[:12]
    if entry is not None:
        said, subject = say_claim(entry.claim, words) or entry.claim.quote, entry.claim.subject
        before = say_claim(entry.original, words) if entry.original else ""
        href = f"/document/{entry.document_key}?claim={entry.key}#c-{entry.key}"
    elif judgement.right:
        names = [entities[i].name if i in entities else i[:12] for i in _sides(judgement)]
        subject, said = names[0], names[1]
    return Judged(
        key=judgement.key,
        verb=judgement.verb,
        said=said,
        before=before if before != said else "",
        subject=subject,
        href=href,
        author=judgement.author,
        reason=judgement.reason,
        when=say_date(judgement.recorded[:10], words),
    )


def _sides(judgement: Judgement) -> tuple[str, str]:
    return judgement.left, judgement.right or ""
