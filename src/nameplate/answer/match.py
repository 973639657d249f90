"""Matches: who can meet a need, and who wants what is offered, each with its reasons.

A `Market` holds all needs and offers of a ledger with what people decided on pairs of them. A pair is
proposed if the two are near enough in meaning; place, record of cooperation and what earlier judgements
teach move it up or down but never make a match alone. A pair that was declined is not proposed again.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal

from nameplate.answer.cooperation import Cooperation
from nameplate.answer.learning import Judged, Learnt, learn
from nameplate.answer.matching import Feature, Reason, features, scores, topmost
from nameplate.answer.meaning import meaning
from nameplate.answer.nearby import nearness
from nameplate.answer.rankers import LexicalRanker, Ranker
from nameplate.answer.rankers import ranker as ranker_of
from nameplate.answer.statements import Statement, statements
from nameplate.lexicon.fields import name_of, upwards, weight
from nameplate.model import Entity, Entry, Judgement, Record

State = Literal["proposed", "accepted", "realised", "declined"]

STATES: dict[str, State] = {"match": "accepted", "realise": "realised", "decline": "declined"}
"""What the verbs of judgements on a need and an offer make of the pair."""

LEAST = 0.12
"""Pairs of less likeness in meaning are not proposed."""

_TELLING = 1.0
"""Words that say little, or by which a field was found, lead to no candidates."""

_CANDIDATES, _LOOKED_AT = 500, 40
"""Of so many that share most, the reasons of so many that are nearest in meaning are weighed."""

_WIDEST = 0.15
"""A field that weighs less holds too much to look for partners in."""


class Match(Record, frozen=True, kw_only=True):
    """A need and an offer that may meet it. ``score`` is from 0 to 1; ``judgement`` the last word on it."""

    need: Statement
    offer: Statement
    score: float
    state: State = "proposed"
    features: tuple[Feature, ...] = ()
    judgement: Judgement | None = None


class Market:
    """All needs and offers, ready to be matched.

    ``entries`` are needs, capabilities, relations, visits and figures of what is made; ``judgements``
    those in force.
    """

    def __init__(
        self,
        entities: Sequence[Entity],
        entries: Sequence[Entry],
        judgements: Iterable[Judgement] = (),
        ranker: str = "lexical",
    ) -> None:
        known = statements(entities, entries)
        self.needs = [one for one in known if one.side == "need"]
        self.offers = [one for one in known if one.side == "offer"]
        self._by_claim = {e.key: one for one in known for e in one.entries}
        self._judged = self._last_words(judgements)
        self.ranker: Ranker = ranker_of(ranker, [one.topic for one in known])
        realised = [
            (need.entity.id, offer.entity.id)
            for need, offer, judgement in self._pairs_judged()
            if judgement.verb == "realise"
        ]
        self._record = Cooperation(entities, entries, realised)

    # Asking

    def of_body(self, entity: Entity) -> list[Statement]:
        """What the body needs, then what it offers."""
        return [one for one in (*self.needs, *self.offers) if one.entity.id == entity.id]

    def matches(self, entity: Entity, *, most: int = 10, declined: bool = False) -> list[Match]:
        """The best counterparts of everything that a body needs or offers, the best first.

        At most ``most`` for each of its needs and offers; ``declined``: also what was declined.
        """
        made = [
            m for one in self.of_body(entity) for m in self.of(one, most=most, declined=declined)
        ]
        found = {(m.need.key, m.offer.key): m for m in made}
        return sorted(found.values(), key=_in_order)

    def of(self, statement: Statement, *, most: int = 10, declined: bool = False) -> list[Match]:
        """The best counterparts of one need or offer; what was judged comes whatever its score."""
        pairs = self._candidates(statement)
        near = sorted(
            ((self.ranker.likeness(n.topic, o.topic), n.key, o.key, n, o) for n, o in pairs),
            key=lambda row: (-row[0], row[1:3]),
        )
        told = [row for row in near if (row[1], row[2]) in self._judged]
        kept = [row for row in near[: max(_LOOKED_AT, 5 * most)] if row[0] >= LEAST]
        made = {row[1:3]: self.match(*row[3:]) for row in (*kept, *told)}
        shown = [m for m in made.values() if declined or m.state != "declined"]
        return sorted(shown, key=_in_order)[:most]

    def judged(self) -> list[Match]:
        """Every pair that somebody judged, the newest word first."""
        made = [self.match(need, offer) for need, offer, _ in self._pairs_judged()]
        return sorted(made, key=lambda m: m.judgement.recorded if m.judgement else "", reverse=True)

    def match(self, need: Statement, offer: Statement) -> Match:
        """All about one pair."""
        found = self._weighed(need, offer)
        judgement = self._judged.get((need.key, offer.key))
        return Match(
            need=need,
            offer=offer,
            score=round(self.learnt.score(scores(found)), 4),
            state=STATES[judgement.verb] if judgement else "proposed",
            features=found,
            judgement=judgement,
        )

    def open_needs(self, places: Sequence[str] = ()) -> list[Statement]:
        """Needs that no accepted or realised match meets, all or those of bodies in one of the places."""
        met = {
            need.key for need, _, judgement in self._pairs_judged() if judgement.verb != "decline"
        }
        return [
            need
            for need in self.needs
            if need.key not in met and (not places or self._lies_in(need.entity, places))
        ]

    def _lies_in(self, entity: Entity, places: Sequence[str]) -> bool:
        wanted = [name.casefold() for name in places]
        said = [name.casefold() for name in self._record.places(entity)]
        if any(want in name for want in wanted for name in said):
            return True
        near = nearness(self._record.places(entity), places)
        return near is not None and near.place.casefold() in wanted

    # What judgements say and teach

    @cached_property
    def learnt(self) -> Learnt:
        """Weights refit from all judged pairs."""
        rows = []
        for need, offer, judgement in self._pairs_judged():
            found = features(need, offer, self.ranker, self._record)
            done = judgement.verb == "realise"
            rows.append(
                Judged(
                    scores(found),
                    (topmost(need), topmost(offer)),
                    judgement.verb != "decline",
                    done,
                )
            )
        return learn(rows)

    def _weighed(self, need: Statement, offer: Statement) -> tuple[Feature, ...]:
        found = features(need, offer, self.ranker, self._record)
        pair = topmost(need), topmost(offer)
        judgement = self._judged.get((need.key, offer.key))
        own = judgement.verb != "decline" if judgement and all(pair) else None
        told, accepted, declined = self.learnt.of_fields(pair, own)
        if not (accepted or declined):
            return found
        values = {"accepted": str(accepted), "declined": str(declined)}
        for side, key in zip(("need", "offer"), pair, strict=True):
            values |= {side: name_of(key, False), f"{side}_zh": name_of(key, True)}
        reason = Reason(code="learnt", values=values)
        return (*found, Feature(name="learnt", score=round(told, 4), reasons=(reason,)))

    def _last_words(self, judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
        found: dict[tuple[str, str], Judgement] = {}
        for judgement in judgements:
            if judgement.verb in STATES:
                need = self._by_claim.get(judgement.left)
                offer = self._by_claim.get(judgement.right or "")
                if need is not None and offer is not None:
                    found[need.key, offer.key] = judgement
        return found

    def _pairs_judged(self) -> Iterator[tuple[Statement, Statement, Judgement]]:
        by_key = {one.key: one for one in (*self.needs, *self.offers)}
        for (need, offer), judgement in self._judged.items():
            yield by_key[need], by_key[offer], judgement

    # Candidates

    def _candidates(self, one: Statement) -> Iterator[tuple[Statement, Statement]]:
        """Pairs of the statement with what may be near it, need first; nobody is matched with oneself."""
        others = self.offers if one.side == "need" else self.needs
        if isinstance(self.ranker, LexicalRanker):
            keys = self._nearest(one) | self._judged_with(one)
            others = [other for other in others if other.key in keys]
        for other in others:
            if other.entity.id != one.entity.id:
                yield (one, other) if one.side == "need" else (other, one)

    def _nearest(self, one: Statement) -> set[str]:
        """The keys of those of the other side that share most marks with it, telling ones counting more."""
        side = self._index["offer" if one.side == "need" else "need"]
        shared: dict[str, float] = defaultdict(float)
        for mark, told in _marks(one).items():
            for key in side.get(mark, ()):
                shared[key] += told
        return set(heapq.nsmallest(_CANDIDATES, shared, key=lambda key: (-shared[key], key)))

    def _judged_with(self, one: Statement) -> set[str]:
        return {key for pair in self._judged if one.key in pair for key in pair}

    @cached_property
    def _index(self) -> dict[str, dict[str, list[str]]]:
        """For each side, marks of fields and words to the keys of the statements that have them."""
        found: dict[str, dict[str, list[str]]] = {
            "need": defaultdict(list),
            "offer": defaultdict(list),
        }
        for one in (*self.needs, *self.offers):
            for mark in _marks(one):
                found[one.side][mark].append(one.key)
        return found


def _marks(statement: Statement) -> dict[str, float]:
    """Fields that the topic lies in, and words of it that say something, with what each tells."""
    said = meaning(statement.topic)
    found = {f"word {word}": told for word, told in said.words.items() if told >= _TELLING}
    for naming in said.named:
        for up, steps in upwards(naming.field).items():
            if (told := weight(up)) >= _WIDEST:
                mark = f"field {up}"
                found[mark] = max(found.get(mark, 0.0), 3 * told * 0.5**steps)
    return found


def _in_order(match: Match) -> tuple[float, str, str]:
    return -match.score, match.need.key, match.offer.key
