"""Instructions: what somebody with the right to ask told somebody to do.

A sentence of exhortation is no instruction: what is asked for must name something that can be done
(a project, its equipment, a date, a hazard), and name more of that than of slogans.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from nameplate.claim import order_en, order_zh, when
from nameplate.claim.context import Context, Sentence
from nameplate.claim.order import Order
from nameplate.claim.phrase import noun_phrase, tidy
from nameplate.claim.stop import Stop
from nameplate.claim.subject import label
from nameplate.claim.visit import stops
from nameplate.model import Claim, Rejection

SUBJECTS = ("project", "plant", "line", "park", "company", "programme", "institute", "event")


def make(context: Context) -> Iterator[Claim | Rejection]:
    """Instruction claims of a document, and the slogans that were left out."""
    found = order_zh.orders(context) if context.zh else order_en.orders(context)
    for order in found:
        if isinstance(order, Rejection):
            yield order
            continue
        subject = order.subject or _subject(context, order)
        if subject is None:
            yield _refused(context, order, "nothing is named that it is about")
        else:
            yield _claim(context, order, subject)


def _claim(context: Context, order: Order, subject: str) -> Claim:
    deadline = [t for t in when.dates(order.sentence) if order.start <= t.start < order.end]
    return Claim(
        kind="instruction",
        subject=subject,
        by=order.by,
        to=order.to,
        text=tidy(context, order.start, order.end),
        quote=context.quote(order.start, order.end),
        start=order.start,
        end=order.end,
        modality="required",
        when=when.value(deadline[0]) if deadline else None,
        rule=order.rule,
        confidence=order.confidence,
    )


def _refused(context: Context, order: Order, reason: str) -> Rejection:
    return Rejection(
        start=order.start,
        end=order.end,
        quote=context.quote(order.start, order.end),
        kind="instruction",
        reason=reason,
    )


def _subject(context: Context, order: Order) -> str | None:
    """What the order is about: the station it was given at, or the project that it names."""
    here = _stop_in(context, order.sentence)
    if here is not None:
        return here.subject
    told = _ALL_PROJECTS.search(context.plain, order.start, order.end) if context.zh else None
    if told is not None:
        return context.quote(*told.span())
    at_large = _of_many(context, order) if context.zh else None
    if at_large is not None:
        return at_large
    past = _before(context, order.sentence) if context.zh else None
    if past is not None:
        return past
    inside = [n for n in order.sentence.names if order.start <= n.start < order.end]
    for name in inside:
        if name.kind in SUBJECTS and not (name.generic and name.refers is None):
            return label(context, name)
    return _before(context, order.sentence) or _object(context, order)


_ALL_PROJECTS = re.compile(r"(?:重大|重点)项目(?:建设)?(?!单位|指挥|现场)")
"""What an order is about that speaks of projects at large, whatever station it was given after."""


_WORKS = re.compile(r"(?<![\u4e00-\u9fff]{2}改)项目(?:建设|进展|推进)?(?!单位|指挥|现场|部)")
_TOUR = 4
"""Sentences back within which a tour ended that an order closes."""


def _named_in(order: Order) -> bool:
    """Whether the order itself names works."""
    return any(
        order.start <= n.start < order.end and n.kind in SUBJECTS and not n.generic
        for n in order.sentence.names
    )


def _of_many(context: Context, order: Order) -> str | None:
    """Projects at large, which an order means that is given after a tour of several stations."""
    found = stops(context)
    at = bisect_left(found, order.sentence.start, key=lambda s: s.start)
    if at < 2 or found[at - 1].sentence != found[at - 2].sentence:
        return None
    if order.sentence.index - found[at - 1].sentence > _TOUR or _named_in(order):
        return None
    told = _WORKS.search(context.plain, order.start, order.end)
    return context.quote(*told.span()) if told else None


def _stop_in(context: Context, sentence: Sentence) -> Stop | None:
    """The first stop of a tour that the sentence tells."""
    found = stops(context)
    at = bisect_left(found, sentence.start, key=lambda s: s.start)
    return found[at] if at < len(found) and found[at].sentence == sentence.index else None


_TASK = re.compile(
    r"(?:加快|推动|推进|强化|做好|抓好|完善|加强|确保|保障|全力|尽快|切实|积极|持续|严格|狠抓|落实|加大|高度重视|认真)*"
    r"([\u4e00-\u9fff]{2,10}?(?:项目|工作|建设|政策|进度|园区|安全|投资))"
)
"""What a Chinese order is about that names no works: 加快推动新增入统工作."""


def _object(context: Context, order: Order) -> str | None:
    """What the first verb of the order takes: "pass legislation" is about the legislation."""
    if context.zh:
        match = _TASK.search(context.plain, order.start, order.end)
        return order.to or (context.quote(*match.span(1)) if match else None)
    verb = re.compile(r"\w+\s+").match(context.plain, order.start)
    start, end = noun_phrase(context, order.sentence, verb.end()) if verb else (0, 0)
    return tidy(context, start, end) if end - start > 3 else order.to


def _before(context: Context, sentence: Sentence) -> str | None:
    """The last stop of the tour, or the last project or plant that was named."""
    found = stops(context)
    at = bisect_left(found, sentence.start, key=lambda s: s.start)
    if at and sentence.index - found[at - 1].sentence <= 3:
        return found[at - 1].subject
    for index in range(sentence.index, max(-1, sentence.index - 4), -1):
        if context.sentences[index].block != sentence.block:
            break
        for name in reversed(context.sentences[index].names):
            if name.kind in SUBJECTS and not (name.generic and name.refers is None):
                return label(context, name)
    return None
