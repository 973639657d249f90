"""Orders as cards: who told whom what, by when, what may answer it, what people decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from nameplate.answer.orders import Answer, Order
from nameplate.model import Entry, Judgement
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import Fact
from nameplate.web.views.links import query_link
from nameplate.web.views.words import Words

STATES = ("overdue", "answered", "open", "closed")
_ANSWERS = 3
"""Answers that are proposed on one card; the others are counted."""


class Proposal(msgspec.Struct, frozen=True):
    """A later claim that may answer the order, and why."""

    key: str
    reason: str
    fact: Fact


class Decided(msgspec.Struct, frozen=True):
    """A judgement on the order: ``key`` undoes it; ``fact`` is the claim that it names."""

    key: str
    said: str
    reason: str
    fact: Fact | None


class OrderCard(msgspec.Struct, frozen=True):
    """An order as printed; ``asks`` are the stages that it asks for."""

    key: str
    state: str
    label: str
    since: str
    about: str
    entity: str
    by: str
    to: str
    deadline: str
    told: str
    asks: list[str]
    fact: Fact
    proposals: list[Proposal]
    more: int
    closing: Decided | None
    declined: list[Decided]


class StateChip(msgspec.Struct, frozen=True):
    """A state to filter by, with how many orders are in it."""

    key: str
    label: str
    number: int
    href: str
    chosen: bool


def wanted(found: Iterable[Order], query: Mapping[str, str]) -> list[Order]:
    """The orders that the address asks for by ``by``, ``to`` and ``about``, in any state."""
    by, to, about = (query.get(name, "").casefold() for name in ("by", "to", "about"))
    return [
        order
        for order in found
        if by in (order.entry.claim.by or "").casefold()
        and to in (order.entry.claim.to or "").casefold()
        and about in order.about.name.casefold()
    ]


def chips(found: Sequence[Order], query: Mapping[str, str], words: Words) -> list[StateChip]:
    """The states with their numbers; the chosen one leads back to all."""
    tally, chosen = Counter[str](order.state for order in found), query.get("state", "")
    return [
        StateChip(
            state, words.say(f"order_{state}"), tally[state],
            query_link(query, state="" if state == chosen else state, page=""), state == chosen,
        )
        for state in STATES
        if tally[state] or state == chosen
    ]  # fmt: skip


def order_cards(
    found: Iterable[Order],
    fact_of: Callable[[Entry], Fact],
    named: Callable[[str | None], Fact | None],
    words: Words,
) -> list[OrderCard]:
    """A card each; ``named`` gives the claim that a judgement names, if it is in force."""
    return [_card(order, fact_of, named, words) for order in found]


def _card(
    order: Order,
    fact_of: Callable[[Entry], Fact],
    named: Callable[[str | None], Fact | None],
    words: Words,
) -> OrderCard:
    claim, say = order.entry.claim, words.say
    closed = order.state == "closed"
    due = say_date(order.deadline, words)
    shown = () if closed else order.answers[:_ANSWERS]
    return OrderCard(
        key=order.entry.key,
        state=order.state,
        label=say(f"order_{order.state}"),
        since=say("order_took" if closed else "order_days", n=order.days),
        about=order.about.name,
        entity=order.about.id,
        by=claim.by or say("order_somebody"),
        to=claim.to or say("order_whom"),
        deadline=say("order_deadline", when=due) if due else say("order_no_deadline"),
        told=claim.text or claim.quote,
        asks=[words.stage(stage) for stage in order.asks],
        fact=fact_of(order.entry),
        proposals=[
            Proposal(a.entry.key, _reason(a, order, words), fact_of(a.entry)) for a in shown
        ],
        more=0 if closed else len(order.answers) - len(shown),
        closing=_decided(order.closing, "order_closed_by", named, words) if order.closing else None,
        declined=[_decided(j, "order_declined_by", named, words) for j in order.declined],
    )


def _reason(answer: Answer, order: Order, words: Words) -> str:
    """Why a claim may be the answer, in the reader's language."""
    stage = answer.entry.claim.stage or ""
    if stage in order.asks:
        return words.say("order_reached", stage=words.stage(stage))
    asked = ", ".join(words.stage(one) for one in order.asks)
    return words.say("order_beyond", asked=asked, stage=words.stage(stage))


def _decided(
    judgement: Judgement, told: str, named: Callable[[str | None], Fact | None], words: Words
) -> Decided:
    when = say_date(judgement.recorded[:10], words)
    return Decided(
        key=judgement.key,
        said=words.say(told, author=judgement.author, when=when),
        reason=judgement.reason,
        fact=named(judgement.right),
    )
