"""What judgements make of claims: rejected, corrected, or taken as they are.

The last word of a person stands; without one, the last word of a machine. So a person's judgement
outlives any rerun of the extractor. An undone judgement says nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, select

from nameplate.errors import UsageError
from nameplate.ledger import rows
from nameplate.ledger.tables import claims, judgements
from nameplate.model import Claim, Entry, Judgement, to_json

CLAIM_VERBS = ("accept", "reject", "correct")
ORDER_VERBS = ("close", "decline")
MATCH_VERBS = ("match", "realise", "decline")

_MACHINE = "nameplate"
_CHUNK = 10_000
_FIXED = frozenset({"kind", "quote", "start", "end", "mentions", "rule", "confidence"})
"""Fields that say where the words stand: a claim wrong in these is rejected, not corrected."""


def is_machine(author: str) -> bool:
    """Whether a judgement is by a program: "nameplate", or "nameplate" with a version."""
    return author.split(" ", 1)[0] == _MACHINE


def in_force(found: Iterable[Judgement]) -> list[Judgement]:
    """Those of the judgements, given oldest first, that no later one in force undoes."""
    undone: set[str] = set()
    kept: list[Judgement] = []
    for judgement in reversed(list(found)):
        if judgement.key in undone:
            continue
        if judgement.verb == "undo":
            undone.add(judgement.left)
        else:
            kept.append(judgement)
    return kept[::-1]


def verdicts(
    connection: Connection, keys: Collection[str] | None, as_of: str | None
) -> dict[str, Judgement]:
    """The judgement that stands on each of the claims, or on all of them if none are named."""
    said = on_claims(connection, keys, as_of)
    standing: dict[str, Judgement] = {}
    for judgement in in_force(said):
        before = standing.get(judgement.left)
        if before is None or is_machine(before.author) or not is_machine(judgement.author):
            standing[judgement.left] = judgement
    return standing


def corrected_ever(connection: Connection) -> set[str]:
    """Keys of the claims that a judgement, in force or not, corrects."""
    query = select(judgements.c.left).where(judgements.c.verb == "correct")
    return set(connection.execute(query).scalars())


def on_claims(
    connection: Connection, keys: Collection[str] | None, as_of: str | None
) -> list[Judgement]:
    """Judgements on the claims with all that undoes them, the oldest first."""
    found = _read(connection, judgements.c.verb.in_(CLAIM_VERBS), keys, as_of)
    undoings = found
    while undoings:
        left = None if keys is None else [judgement.key for _, judgement in undoings]
        undoings = _read(connection, judgements.c.verb == "undo", left, as_of)
        known = {seq for seq, _ in found}
        undoings = [pair for pair in undoings if pair[0] not in known]
        found += undoings
    return [judgement for _, judgement in sorted(found, key=lambda pair: pair[0])]


def _read(
    connection: Connection,
    which: ColumnElement[bool],
    left: Collection[str] | None,
    as_of: str | None,
) -> list[tuple[int, Judgement]]:
    query = select(judgements).where(which)
    if as_of is not None:
        query = query.where(judgements.c.recorded <= as_of)
    if left is None:
        return [(row.seq, rows.judgement_of(row)) for row in connection.execute(query)]
    listed = sorted(set(left))
    return [
        (row.seq, rows.judgement_of(row))
        for start in range(0, len(listed), _CHUNK)
        for row in connection.execute(
            query.where(judgements.c.left.in_(listed[start : start + _CHUNK]))
        )
    ]


def judged(entries: Sequence[Entry], standing: dict[str, Judgement]) -> list[Entry]:
    """The entries with what stands on them; corrected ones keep their original."""
    if not standing:
        return list(entries)
    return [_judged(entry, standing.get(entry.key)) for entry in entries]


def _judged(entry: Entry, judgement: Judgement | None) -> Entry:
    if judgement is None or judgement.verb not in CLAIM_VERBS:
        return entry
    noted = msgspec.structs.replace(entry, verdict=judgement.verb, judgement=judgement.key)
    if judgement.verb != "correct":
        return noted
    claim = corrected(entry.claim, judgement.patch or {})
    return msgspec.structs.replace(noted, claim=claim, original=entry.claim)


def corrected(claim: Claim, patch: dict[str, object]) -> Claim:
    """The claim with the fields of the patch; ``None`` takes a field away.

    Raises `UsageError` for a field that a claim has not, that says where the words stand, or whose
    value is none of its values.
    """
    known = set(Claim.__struct_fields__) - _FIXED
    if odd := sorted(set(patch) - known):
        raise UsageError(
            f"{', '.join(odd)} cannot be corrected",
            remedy=f"Correct one of {', '.join(sorted(known))}; or reject the claim.",
        )
    raw = msgspec.json.decode(to_json(claim), type=dict[str, msgspec.Raw])
    whole = raw | {name: msgspec.Raw(to_json(value)) for name, value in patch.items()}
    try:
        return msgspec.json.decode(msgspec.json.encode(whole), type=Claim)
    except msgspec.ValidationError as error:
        raise UsageError(f"no such value: {error}", remedy="See docs/claims.md.") from error


def checked(connection: Connection, judgement: Judgement) -> Judgement:
    """The judgement with full keys; `UsageError` if there is no such claim or judgement."""
    if judgement.verb == "undo":
        key = _whole_key(connection, judgements.c.key, judgement.left, "judgement")
        return msgspec.structs.replace(judgement, left=key)
    if judgement.verb in ("match", "realise") or _declines_match(connection, judgement):
        return _checked_match(connection, judgement)
    if judgement.verb in ORDER_VERBS:
        return _checked_closing(connection, judgement)
    if judgement.verb not in CLAIM_VERBS:
        return judgement
    key = _whole_key(connection, claims.c.key, judgement.left, "claim")
    if judgement.verb == "correct":
        body = connection.execute(select(claims.c.body).where(claims.c.key == key)).scalar_one()
        corrected(rows.claim_of(body), judgement.patch or {})
    return msgspec.structs.replace(judgement, left=key)


def _declines_match(connection: Connection, judgement: Judgement) -> bool:
    """Whether it is a need that is judged: an order's answer is declined by the same verb."""
    if judgement.verb != "decline":
        return False
    key = _whole_key(connection, claims.c.key, judgement.left, "claim")
    return _kind_of(connection, key) == "need"


def _kind_of(connection: Connection, key: str) -> str:
    return str(connection.execute(select(claims.c.kind).where(claims.c.key == key)).scalar_one())


def _checked_match(connection: Connection, judgement: Judgement) -> Judgement:
    need = _whole_key(connection, claims.c.key, judgement.left, "claim")
    offer = _whole_key(connection, claims.c.key, judgement.right or "", "claim")
    kinds = [_kind_of(connection, key) for key in (need, offer)]
    if kinds[0] != "need" or kinds[1] not in ("capability", "relation", "quantity"):
        raise UsageError(
            f"a need and an offer are matched, not a {kinds[0]} and a {kinds[1]}",
            remedy="Name the need first; `nameplate match` shows both keys.",
        )
    return msgspec.structs.replace(judgement, left=need, right=offer)


def _checked_closing(connection: Connection, judgement: Judgement) -> Judgement:
    order = _whole_key(connection, claims.c.key, judgement.left, "claim")
    kind = _kind_of(connection, order)
    if kind != "instruction":
        raise UsageError(
            f"the claim {judgement.left!r} is no order but a {kind}",
            remedy="`nameplate orders` shows the orders with their keys.",
        )
    answer = judgement.right
    if answer is None and judgement.verb == "decline":
        raise UsageError(
            "to decline needs the claim that is no answer",
            remedy="`nameplate orders` shows the keys of proposed answers behind →.",
        )
    if answer is not None:
        answer = _whole_key(connection, claims.c.key, answer, "claim")
    return msgspec.structs.replace(judgement, left=order, right=answer)


def _whole_key(connection: Connection, column: ColumnElement[str], given: str, what: str) -> str:
    if connection.execute(select(column).where(column == given)).first() is not None:
        return given
    # A range finds a beginning by the index, which LIKE does not.
    within = (column >= given) & (column < given + "g")
    found = connection.execute(select(column).where(within).limit(2)).scalars().all()
    if len(found) == 1 and len(given) >= 6:
        return str(found[0])
    if len(found) == 1:
        problem = f"{given!r} is too little of a key"
    else:
        problem = (
            f"{given!r} may mean several {what}s" if found else f"there is no {what} {given!r}"
        )
    remedy = "`nameplate claims` and `nameplate judge list` show the keys; six characters will do."
    raise UsageError(problem, remedy=remedy)
