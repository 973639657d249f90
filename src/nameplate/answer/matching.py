"""Evidence on one pair of a need and an offer: each feature with its score and its reason.

The pair is looked at as one thing, so that the evidence is the same from whichever side it is asked.
A reason is a code with values, which the command line and the desk say in their own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nameplate.answer.cooperation import Cooperation
from nameplate.answer.meaning import meaning
from nameplate.answer.nearby import nearness
from nameplate.answer.rankers import LexicalRanker, Ranker, fields_in_common
from nameplate.answer.statements import Statement
from nameplate.lexicon.fields import name_of, weight
from nameplate.model import Entry, Record

FEATURES = ("meaning", "place", "record", "learnt")
"""What a pair is weighed by, in the order in which reasons are given."""

_REASONS = 3
_WIDE = 0.35
"""A field that weighs less is too wide to be a reason of its own."""


class Reason(Record, frozen=True, kw_only=True):
    """One piece of evidence: ``code`` says which sentence, ``values`` fill it."""

    code: str
    values: dict[str, str] = {}
    entries: tuple[Entry, ...] = ()


class Feature(Record, frozen=True, kw_only=True):
    """What one kind of evidence says, from -1 (against) to 1, and why."""

    name: str
    score: float
    reasons: tuple[Reason, ...] = ()


def features(
    need: Statement, offer: Statement, ranker: Ranker, record: Cooperation
) -> tuple[Feature, ...]:
    """All that speaks for or against the pair, without what earlier judgements teach."""
    alike = round(ranker.likeness(need.topic, offer.topic), 4)
    reasons = tuple(_meaning(need, offer, ranker, alike))
    found = [Feature(name="meaning", score=alike, reasons=reasons)]
    near = nearness(record.places(need.entity), record.places(offer.entity))
    if near is not None:
        told = Reason(code="same_place", values={"place": near.place, "place_zh": near.place_zh})
        found.append(Feature(name="place", score=near.score, reasons=(told,)))
    if together := tuple(_record(need, offer, record)):
        score = min(1.0, sum(_OF_RECORD[reason.code] for reason in together))
        found.append(Feature(name="record", score=score, reasons=together))
    return tuple(found)


_OF_RECORD = {"partners": 0.6, "dealing": 0.6, "visited": 0.4, "realised_before": 0.8}


def _meaning(need: Statement, offer: Statement, ranker: Ranker, alike: float) -> Iterator[Reason]:
    one, two = meaning(need.topic), meaning(offer.topic)
    common = fields_in_common(need.topic, offer.topic)
    telling = [a for a in common if weight(a.shared) >= _WIDE or a.score == 1.0]
    for pair in telling[:_REASONS]:
        shared = {"field": name_of(pair.shared, False), "field_zh": name_of(pair.shared, True)}
        values = {"need": pair.one.words, "offer": pair.two.words, **shared}
        yield Reason(code="same_field" if pair.score == 1.0 else "near_field", values=values)
    if isinstance(ranker, LexicalRanker):
        words = [word for word in ranker.shared_words(one, two) if len(word) > 1]
        if words and not telling:
            yield Reason(code="same_words", values={"words": ", ".join(words[:4])})
    else:
        yield Reason(code="by_model", values={"ranker": ranker.name, "score": f"{alike:.2f}"})


def _record(need: Statement, offer: Statement, record: Cooperation) -> Iterator[Reason]:
    for code, entries in record.between(need.entity, offer.entity):
        yield Reason(code=code, entries=tuple(entries))


def topmost(statement: Statement) -> str:
    """The field that says most of what the statement is about, or nothing."""
    named = meaning(statement.topic).named
    return max(named, key=lambda n: (weight(n.field), n.field)).field if named else ""


def scores(found: Sequence[Feature]) -> tuple[float, ...]:
    """A number for each of `FEATURES`; 0 for what is not known."""
    by_name = {feature.name: feature.score for feature in found}
    return tuple(by_name.get(name, 0.0) for name in FEATURES)
