"""English relations: a verb or a noun of relating between two names that were found.

Each entry of the lexicon's ``[relation]`` is one construction, the words after the point say which:
``by`` turns subject and object, ``sign`` is an agreement between two, ``held`` an event's venue.
Both ends must be names (or, for titles and products, the phrase that the construction takes).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from nameplate.claim.act import cued, readable
from nameplate.claim.context import Context, Sentence
from nameplate.claim.developed_en import developed, shown
from nameplate.claim.ends_en import FIRMS, THINGS, WORKS, claim, left, right
from nameplate.claim.gift_en import given
from nameplate.claim.modality import given_up, negated
from nameplate.claim.phrase import tidy
from nameplate.claim.relation_deal_en import (
    announced,
    homes,
    invested,
    ordered,
    partnered,
    settled,
    signed,
)
from nameplate.claim.relation_title_en import held, identified
from nameplate.model import Claim, Cue, Name

Rule = Callable[[Context, Sentence, Cue], Iterator[Claim]]

_IN = re.compile(r",?\s+(?:in|at|outside|near|within)\s+(?:the\s+)?")


def relations(context: Context) -> Iterator[Claim]:
    """The relations that an English report tells, each as often as it is told."""
    for sentence in filter(readable, context.sentences):
        if sentence.names:
            yield from _placed(context, sentence)
    for sentence, cues in cued(context, "relation"):
        for cue in cues:
            if not (sentence.names or cue.key in _UNNAMED):
                continue
            if cue.start > sentence.start and context.plain[cue.start].isupper():
                continue  # the Supply of a firm called Npp Power Supply
            if not negated(context, sentence, cue.start) and not given_up(
                context, sentence, cue.start
            ):
                yield from RULES[cue.key](context, sentence, cue)


def _placed(context: Context, sentence: Sentence) -> Iterator[Claim]:
    """ "the Yichang Super Factory in Hubei": a works with the place straight after it."""
    for i, name in enumerate(sentence.names):
        if name.kind == "event":
            yield from _met(context, sentence, name)
        if name.kind == "company" and not name.generic:
            yield from _at_home(context, sentence, name, sentence.names[i + 1 : i + 2])
        if name.kind not in WORKS:
            continue
        yield from _part(context, sentence, name, sentence.names[i + 1 : i + 2])
        inner = _inner(context, name)
        if inner is not None:
            head, place = inner
            made = claim(
                context, sentence, "located_in", (head, place), (name.start, name.end), 0.7
            )
            if made:
                yield made
            continue
        lead = _IN.match(context.plain, name.end, sentence.end)
        following = sentence.names[i + 1] if i + 1 < len(sentence.names) else None
        if lead is None or following is None or following.start != lead.end():
            continue
        if following.kind in ("place", "park") and not following.generic:
            made = claim(
                context, sentence, "located_in", (name, following), (name.start, following.end), 0.7
            )
            if made:
                yield made


_WHOLES = frozenset({"plant", "line", "project"})


def _part(
    context: Context, sentence: Sentence, whole: Name, following: list[Name]
) -> Iterator[Claim]:
    """Works that belong to works: "the Norvik railway's Kerr Tunnel"."""
    for name in following:
        if name.start != whole.end + 3 or not context.plain.startswith("'s ", whole.end):
            continue
        if name.generic or whole.generic or {name.kind, whole.kind} - _WHOLES:
            continue
        made = claim(context, sentence, "part_of", (name, whole), (whole.start, name.end), 0.65)
        if made:
            yield made


_FROM = re.compile(r",? (?:from|based in|headquartered in|located in) (?:the )?(?:[a-z]+ern )?")
_ENDS = re.compile(
    r"[,.;)]| in (?:the )?[A-Z]| \(|,? (?:has|have|is|was|will|signed|plans?|and)\b|$"
)


def _at_home(
    context: Context, sentence: Sentence, firm: Name, following: list[Name]
) -> Iterator[Claim]:
    """A firm with the place that it comes from: "Norvik Equipment Co Ltd, from Halden city"."""
    for place in following:
        if place.kind != "place" or place.generic:
            continue
        lead = _FROM.fullmatch(context.plain, firm.end, place.start)
        if lead is None or _ENDS.match(context.plain, place.end) is None:
            continue
        made = claim(context, sentence, "located_in", (firm, place), (firm.start, place.end), 0.65)
        if made:
            yield made


_HELD = re.compile(
    r"(?:,? which)? (?:was |is |will be |has been )?(?:held|opened|opens|kicked off|concluded|took place)"
    r"(?: by [^,.;]{3,120}?)?(?: (?:on |from |between )?[\w .–-]{3,22}?)? (?:in|at) (?:the )?"
)


def _met(context: Context, sentence: Sentence, event: Name) -> Iterator[Claim]:
    """An event with its venue: "the trade fair was held on March 19 in Xinghua"."""
    for name in sentence.names:
        if name.start > event.end and name.kind in ("place", "plant") and not name.generic:
            if _HELD.fullmatch(context.plain, event.end, name.start):
                made = claim(
                    context, sentence, "located_in", (event, name), (event.start, name.end), 0.7
                )
                if made:
                    yield made
            return


_INNER = re.compile(
    r"(?P<head>.{4,}?)\s+(?:in|at|outside|near)\s+(?:the\s+)?(?P<place>[A-Z][^()]{2,60})$",
    re.DOTALL,
)


def _inner(context: Context, name: Name) -> tuple[str, str] | None:
    """A described works whose name holds its place: "factory in Marshall, Michigan"."""
    match = _INNER.match(context.plain[name.start : name.end])
    if match is None or name.generic:
        return None
    head = tidy(context, name.start, name.start + match.end("head"))
    place = tidy(context, name.start + match.start("place"), name.end)
    return re.sub(r"^(?:the|a|an)\s+", "", head, flags=re.I), place


def _between(relation: str, before: frozenset[str], after: frozenset[str], sure: float) -> Rule:
    """Subject before the words, object after them."""

    def rule(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
        subject = left(context, sentence, cue.start, before)
        other = right(context, sentence, cue.end, after)
        if (
            relation == "part_of"
            and other is not None
            and context.plain.startswith("'s", other.end)
        ):
            other = None  # part of its plan, not of it
        if subject is not None and other is not None:
            made = claim(
                context, sentence, relation, (subject, other), (subject.start, other.end), sure
            )
            if made:
                yield made

    return rule


def _turned(relation: str, before: frozenset[str], after: frozenset[str], sure: float) -> Rule:
    """Object before the words, subject after them: "built by NAME"."""

    def rule(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
        other = left(context, sentence, cue.start, before)
        subject = right(context, sentence, cue.end, after, 20)
        if subject is not None and other is not None:
            made = claim(
                context, sentence, relation, (subject, other), (other.start, subject.end), sure
            )
            if made:
                yield made

    return rule


_PAIR = re.compile(r"\s*(?:the\s+)?")


_SPOT = frozenset({"place", "park"})

_UNNAMED = frozenset({"develops.shown"})
"""Constructions whose subject may be named in the sentence before."""

RULES: dict[str, Rule] = {
    "located_in": _between("located_in", THINGS | {"thing"}, _SPOT, 0.75),
    "located_in.held": _between("located_in.held", frozenset({"event"}), _SPOT | {"plant"}, 0.7),
    "hosts": held,
    "hosts.settle": settled,
    "hosts.home": homes,
    "builds": _between("builds", FIRMS, WORKS, 0.65),
    "builds.by": _turned("builds.by", WORKS, FIRMS, 0.7),
    "invests_in": invested,
    "invests_in.by": _turned("invests_in.by", WORKS, FIRMS, 0.7),
    "invests_in.announce": announced,
    "operates": _between("operates", FIRMS, WORKS, 0.65),
    "operates.by": _turned("operates.by", WORKS, FIRMS, 0.7),
    "owns": _between("owns", FIRMS, WORKS | {"company"}, 0.55),
    "owns.by": _turned("owns.by", WORKS | {"company"}, FIRMS, 0.7),
    "part_of": _between("part_of", THINGS | {"thing"}, FIRMS | {"park", "project"}, 0.65),
    "partner_of": partnered,
    "partner_of.sign": signed,
    "supplies": _between("supplies", FIRMS, frozenset({"company", "plant"}), 0.5),
    "supplies.order": ordered,
    "supplies.gift": given,
    "develops": developed,
    "develops.shown": shown,
    "identified_as": identified,
    "identified_as.is": identified,
}
"""One line a construction; a key is the lexicon's."""
