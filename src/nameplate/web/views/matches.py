"""Matches as cards: a need or an offer with its counterparts, each with its reasons and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from nameplate.answer.match import Match
from nameplate.answer.matching import Feature, Reason
from nameplate.answer.statements import Statement
from nameplate.model import Entry
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import Fact
from nameplate.web.views.links import query_link
from nameplate.web.views.words import Words

STATES = ("open", "accepted", "realised", "declined")

FactOf = Callable[[Entry], Fact]


class Why(msgspec.Struct, frozen=True):
    """One reason, with the words that it rests on, if any."""

    text: str
    facts: list[Fact]


class Counterpart(msgspec.Struct, frozen=True):
    """The other side of a match: ``need`` and ``offer`` are the claims that a judgement names.

    ``score`` is a whole number of per cent; ``undo`` the judgement that stands, ``said`` who made it.
    """

    need: str
    offer: str
    score: int
    state: str
    label: str
    name: str
    entity: str
    does: str
    topic: str
    fact: Fact
    whys: list[Why]
    undo: str
    said: str
    reason: str


class MatchCard(msgspec.Struct, frozen=True):
    """A need or an offer as printed."""

    key: str
    kind: str
    name: str
    entity: str
    does: str
    topic: str
    fact: Fact
    more: int
    counterparts: list[Counterpart]


class Chip(msgspec.Struct, frozen=True):
    """A state, or a role, to filter by, with how many there are."""

    key: str
    label: str
    number: int
    href: str
    chosen: bool


def chips(
    keys: Iterable[str],
    name: str,
    numbers: Mapping[str, int],
    query: Mapping[str, str],
    words: Words,
) -> list[Chip]:
    """Links that filter by ``name``; the chosen one leads back."""
    chosen = query.get(name, "")
    return [
        Chip(
            key, words.say(f"{name}_{key}"), numbers.get(key, 0),
            query_link(query, **{name: "" if key == chosen else key, "page": "", "key": ""}),
            key == chosen,
        )
        for key in keys
    ]  # fmt: skip


def match_cards(
    pairs: Iterable[tuple[Statement, Sequence[Match]]], fact_of: FactOf, words: Words
) -> list[MatchCard]:
    """A card for each need or offer."""
    return [_card(one, matches, fact_of, words) for one, matches in pairs]


def _card(one: Statement, matches: Sequence[Match], fact_of: FactOf, words: Words) -> MatchCard:
    return MatchCard(
        key=one.key,
        kind="need" if one.side == "need" else "capability",
        name=one.entity.name,
        entity=one.entity.id,
        does=words.say(f"how_{one.how}"),
        topic=one.topic,
        fact=fact_of(one.entries[-1]),
        more=len(one.entries) - 1,
        counterparts=[counterpart(m, one.side, fact_of, words) for m in matches],
    )


def counterpart(match: Match, side: str, fact_of: FactOf, words: Words) -> Counterpart:
    """The other side of a match, seen from ``side``."""
    other = match.offer if side == "need" else match.need
    judgement = match.judgement
    return Counterpart(
        need=match.need.entries[-1].key,
        offer=match.offer.entries[-1].key,
        score=round(match.score * 100),
        state=match.state,
        label=words.say(f"match_{match.state}"),
        name=other.entity.name,
        entity=other.entity.id,
        does=words.say(f"how_{other.how}"),
        topic=other.topic,
        fact=fact_of(other.entries[-1]),
        whys=[_why(r, f, fact_of, words) for f in match.features for r in f.reasons],
        undo=judgement.key if judgement else "",
        said=_said(match, words),
        reason=judgement.reason if judgement else "",
    )


def _why(told: Reason, feature: Feature, fact_of: FactOf, words: Words) -> Why:
    chinese = words.tag.startswith("zh")
    values = {
        name: told.values.get(f"{name}_zh", value) if chinese else value
        for name, value in told.values.items()
        if not name.endswith("_zh")
    }
    text = words.say(f"reason_{told.code}", **values)
    return Why(
        f"{words.say(f'feature_{feature.name}')}: {text}", [fact_of(e) for e in told.entries[:2]]
    )


def _said(match: Match, words: Words) -> str:
    judgement = match.judgement
    if judgement is None:
        return ""
    when = say_date(judgement.recorded[:10], words)
    return words.say(
        "match_said", state=words.say(f"match_{match.state}"), author=judgement.author, when=when
    )
