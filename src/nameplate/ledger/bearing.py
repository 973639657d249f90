"""What a new judgement bears on, so that only those entities are worked out again."""

from __future__ import annotations

from sqlalchemy import Connection, select

from nameplate.ledger import appending, entity_cache, linking, resolution, rows, verdicts
from nameplate.ledger.linking import Linker
from nameplate.ledger.tables import claims, entity_claims, judgements
from nameplate.model import Judgement

_OF_NOBODY = (*verdicts.ORDER_VERBS, *verdicts.MATCH_VERBS)


def refresh(connection: Connection, linker: Linker, judgement: Judgement, now: str) -> None:
    """Bring the entities up to date with a judgement that was just appended.

    One that speaks of an entity by an id that none has now leaves the entities stale: all are
    worked out again at the next question.
    """
    if judgement.verb == "undo":
        query = select(judgements).where(judgements.c.key == judgement.left)
        undone = rows.judgement_of(connection.execute(query).one())
        if undone.verb in ("undo", *_OF_NOBODY, *verdicts.CLAIM_VERBS):
            refresh(connection, linker, undone, now)
        else:
            _of_pair(connection, linker, undone, known=True)
        return
    if judgement.verb in _OF_NOBODY:
        return  # what becomes of an order or of a match changes nobody's name
    if judgement.verb in verdicts.CLAIM_VERBS:
        _of_claim(connection, linker, judgement, now)
        return
    _of_pair(connection, linker, judgement, known=False)


def _of_pair(connection: Connection, linker: Linker, judgement: Judgement, *, known: bool) -> None:
    """Of two entities; ``known``: the two were linked before, so that one of them leads to both."""
    one = linking.spelling_ids_of_entity(connection, judgement.left)
    two = linking.spelling_ids_of_entity(connection, judgement.right or "")
    if one and two:
        resolution.refresh(connection, linker, (), one | two, [(min(one), min(two))])
    elif (one or two) and (known or _within(connection, linker, judgement)):
        resolution.refresh(connection, linker, (), one | two)
    else:
        entity_cache.drop(connection)


def _within(connection: Connection, linker: Linker, judgement: Judgement) -> bool:
    """Whether the judgement speaks of an entity that is there and of names that are all its own."""
    sides = {judgement.left, judgement.right or ""}
    query = (
        select(claims.c.subject, claims.c.subject_kind, claims.c.document_key)
        .distinct()
        .join(entity_claims, entity_claims.c.claim_key == claims.c.key)
        .where(entity_claims.c.entity_id.in_(sides))
    )
    known: set[str] = set()
    for name, kind, document in connection.execute(query):
        known.update(linker.name_ids((name, kind or ""), document))
    return sides <= known


def _of_claim(connection: Connection, linker: Linker, judgement: Judgement, now: str) -> None:
    touched = linking.spelling_ids_of_claims(connection, [judgement.left])
    fresh, named = names_of(connection, judgement, now)
    pairs = [(old, new) for old in touched for new in named]
    resolution.refresh(connection, linker, fresh, touched | named, pairs)


def names_of(connection: Connection, judgement: Judgement, now: str) -> tuple[set[int], set[int]]:
    """Take up the name that a correction gives: spellings with new names, and all of them."""
    patch = judgement.patch or {}
    if judgement.verb != "correct" or not {"subject", "subject_kind"} & patch.keys():
        return set(), set()
    query = select(claims.c.subject, claims.c.subject_kind).where(claims.c.key == judgement.left)
    reported, kind = connection.execute(query).one()
    variant = (patch.get("subject", reported), patch.get("subject_kind", kind) or "")
    return appending.note_variants(connection, {variant}, now)
