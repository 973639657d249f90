"""Instructions as follow-ups: who told whom what, by when, and which later news answer it.

What an order asks for is read from its own words: the stages that reports of the same document demand
in it, or the stage words that it holds. Later claims of the same thing that reach such a stage are
proposed as its answer; that the order is closed is a person's judgement, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from nameplate.answer.moments import held, in_order, moment, said
from nameplate.find.fold import fold
from nameplate.lexicon.cues import group
from nameplate.lexicon.stages import order as place_of
from nameplate.lexicon.stages import stages
from nameplate.model import Entity, Entry, Judgement, Record

_PUT_INTO = re.compile(r"\b(?:put|get|bring) (?:(?:[\w-]+ ){1,4})?into\b")
"""English parts the words of a stage: "put the first line into operation"."""

State = Literal["open", "overdue", "answered", "closed"]


class Answer(Record, frozen=True, kw_only=True):
    """A later claim that may answer an order, and why it is thought to."""

    entry: Entry
    reason: str


class Order(Record, frozen=True, kw_only=True):
    """An instruction and what became of it.

    ``about`` is the thing it is about, ``asks`` the stages that it asks for. ``state``: ``closed``
    by a person, ``answered`` where later claims are proposed as its answer, else ``overdue`` where
    the deadline has passed, else ``open``. ``days`` is how long it has been open or was. ``declined``
    are judgements that a claim is no answer to it: such a claim is not proposed again.
    """

    entry: Entry
    about: Entity
    asks: tuple[str, ...] = ()
    state: State
    days: int
    answers: tuple[Answer, ...] = ()
    closing: Judgement | None = None
    declined: tuple[Judgement, ...] = ()

    @property
    def deadline(self) -> str | None:
        """When it is to be done, if the order says so."""
        return self.entry.claim.when


def orders(
    things: Iterable[tuple[Entity, Sequence[Entry]]],
    judgements: Iterable[Judgement],
    today: date,
) -> list[Order]:
    """The orders among the entries of each thing, the longest open first, closed ones last.

    ``judgements`` are those in force; of them count ``close`` (the order ``left``, answered by the
    claim ``right`` if one is named) and ``decline`` (the claim ``right`` is no answer to it).
    """
    said_of: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.verb in ("close", "decline"):
            said_of.setdefault(judgement.left, []).append(judgement)
    made = [
        _order(entry, thing, entries, said_of.get(entry.key, ()), today)
        for thing, entries in things
        for entry in entries
        if entry.claim.kind == "instruction"
    ]
    return sorted(made, key=lambda o: (o.state == "closed", -o.days, in_order(o.entry)))


def _order(
    entry: Entry,
    thing: Entity,
    entries: Sequence[Entry],
    judged: Sequence[Judgement],
    today: date,
) -> Order:
    asks = asked(entry, entries)
    closing = next((j for j in reversed(judged) if j.verb == "close"), None)
    declined = tuple(j for j in judged if j.verb == "decline")
    no_answer = {j.right for j in declined}
    answers = tuple(
        a for a in _answers(entry, asks, entries, today) if a.entry.key not in no_answer
    )
    days = held(entry)
    state: State = "open"
    if closing is not None:
        state = "closed"
    elif answers:
        state = "answered"
    elif days is not None and days[1] < today:
        state = "overdue"
    end = date.fromisoformat(closing.recorded[:10]) if closing and closing.recorded else today
    return Order(
        entry=entry,
        about=thing,
        asks=asks,
        state=state,
        days=max(0, (end - said(entry)).days),
        answers=answers,
        closing=closing,
        declined=declined,
    )


def asked(entry: Entry, entries: Sequence[Entry]) -> tuple[str, ...]:
    """The stages that an order asks for, in the order of a project's life."""
    claim = entry.claim
    demanded = {
        other.claim.stage
        for other in entries
        if other.document_key == entry.document_key
        and other.claim.kind == "milestone"
        and other.claim.modality != "actual"
        and other.claim.start < claim.end
        and other.claim.end > claim.start
    }
    found = {stage for stage in demanded if stage} or _stages_in(claim.quote)
    return tuple(sorted(found, key=place_of))


def _stages_in(text: str) -> set[str]:
    automaton, keys = _stage_words()
    folded = _PUT_INTO.sub("put into", fold(text).lower())
    hits = automaton.find_matches_as_indexes(folded)
    return {
        keys[i] for i, start, end in hits if _stands_alone(folded, start, end)
    } & stages().keys()


@cache
def _stage_words() -> tuple[AhoCorasick, list[str]]:
    words = group("stage") | group("weak_stage")
    lowered = {word.lower(): key for word, key in words.items()}
    return AhoCorasick(list(lowered), matchkind=MatchKind.LeftmostLongest), list(lowered.values())


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (
        (before.isascii() and before.isalpha() and text[start].isascii())
        or (after.isascii() and after.isalpha() and text[end - 1].isascii())
    )


def _answers(
    entry: Entry, asks: Sequence[str], entries: Sequence[Entry], today: date
) -> Iterable[Answer]:
    """Later deeds of the same thing that reach what was asked for, the first one first."""
    later = (
        other
        for other in sorted(entries, key=in_order)
        if other.claim.kind == "milestone"
        and other.claim.modality == "actual"
        and other.document_key != entry.document_key
        and said(other) > said(entry)
        and said(entry) <= moment(other) <= today
    )
    for other in later:
        stage = other.claim.stage or ""
        for wanted in asks:
            if stage == wanted:
                yield Answer(entry=other, reason=f"the order asks for {wanted}, and it is reported")
                break
            if _lies_beyond(stage, wanted):
                yield Answer(
                    entry=other, reason=f"the order asks for {wanted}; {stage} lies beyond it"
                )
                break


def _lies_beyond(stage: str, wanted: str) -> bool:
    both = [stages().get(stage), stages().get(wanted)]
    if any(known is None or known.role != "progress" for known in both):
        return False
    return place_of(stage) > place_of(wanted)
