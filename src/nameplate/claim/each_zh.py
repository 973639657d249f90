"""One share held by each of several: 甲公司与乙公司各持股50%, 双方各出资50%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nameplate.claim.context import Context, Sentence
from nameplate.claim.measure_reading import Reading
from nameplate.claim.series import Said
from nameplate.claim.subject import Subject, label
from nameplate.model import Name, Quantity

_EACH = re.compile(r"各(?:自)?(?:持有|持股|出资|占股|占|参股|认缴|投资)?(?:比例)?(?:约|为)?$")
_BOTH = re.compile(r"双方|两家|三方|三家")
_JOINED = re.compile(r"[与和及、]|以及")
WHY = "so much for each"
"""The reason by which such a share is known: it holds while the firm does, not on a day."""
_HOLDERS = frozenset({"company", "institute", "body"})
BACK = 3
"""Sentences back in which the partners are named that 双方 means."""


def held(context: Context, sentence: Sentence, quantity: Quantity) -> list[Said]:
    """What a percentage says of each of its holders; nothing unless at least two share it."""
    if not context.zh or quantity.unit != "%":
        return []
    head = context.plain[max(sentence.start, quantity.start - 8) : quantity.start]
    if _EACH.search(head) is None:
        return []
    reading = Reading("share", 70.0, None, WHY)
    return [
        Said(quantity, reading, Subject(n, label(context, n), 50.0, "one of the holders"), quantity)
        for n in _holders(context, sentence, quantity.start)
    ]


def _holders(context: Context, sentence: Sentence, end: int) -> Sequence[Name]:
    named = _joined(context, [n for n in sentence.names if n.end <= end])
    if named or not _BOTH.search(context.plain, sentence.start, end):
        return named
    for other in reversed(context.sentences[max(0, sentence.index - BACK) : sentence.index]):
        named = _joined(context, other.names)
        if named:
            return named
    return ()


def _joined(context: Context, names: Sequence[Name]) -> Sequence[Name]:
    """The last run of holders that conjunctions join, if there are at least two."""
    run: list[Name] = []
    for name in reversed(names):
        if name.kind not in _HOLDERS:
            continue
        if run and not _JOINED.fullmatch(context.plain, name.end, run[0].start):
            break
        run.insert(0, name)
    return run if len(run) > 1 else ()
