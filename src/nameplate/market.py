"""The needs and offers of a ledger, ready to be matched."""

from __future__ import annotations

from nameplate.answer.match import Market
from nameplate.answer.statements import MADE_BY
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.ledger.verdicts import in_force
from nameplate.model import Entity, Entry, Kind
from nameplate.pipeline import known_entities

_TRADED: tuple[Kind, ...] = ("need", "capability", "relation", "visit")


def traded(ledger: Ledger, as_of: str | None = None) -> tuple[list[Entity], list[Entry]]:
    """The ledger's entities, and the claims that needs, offers and cooperation are read from.

    Those are needs, capabilities, relations, visits and figures of what is made.
    """
    wanted = [ClaimFilter(kind=kind) for kind in _TRADED]
    wanted += [ClaimFilter(measure=measure) for measure in MADE_BY]
    found = [entry for one in wanted for entry in ledger.entries(one, as_of)]
    return known_entities(ledger, as_of), found


def market(ledger: Ledger, as_of: str | None = None, ranker: str = "lexical") -> Market:
    """All needs and offers of the ledger with what people decided on them; see `nameplate.answer.match`."""
    things, entries = traded(ledger, as_of)
    return Market(things, entries, in_force(ledger.judgements(as_of)), ranker)
