"""Figures told one by one of several owners: 甲市、乙市分别增长5%、6%; 分别为11亿元、6亿元的甲项目和乙项目."""

from __future__ import annotations

import re

from nameplate.claim.context import Context, Sentence, once_a_sentence
from nameplate.claim.subject import Subject, label
from nameplate.model import Name, Quantity

_EACH = re.compile(r"分别|依次")
_JOINED = re.compile(r"(?:[^，。；、]{0,6}?项目)?(?:[、和与及]|以及|，)")
_NEXT = re.compile(r"(?:左右|以上)?(?:[、，和与及]|以及|，?和)(?:约|近|超)?")
_SAID = re.compile(
    r"(?:等?[两三四五六\d]+[家个市县区地]|[^，。；、]{0,4}|[^，。；、]{2,10}(?:均|都)?(?:超过?|达到?|高于|低于)[\d.]+%(?:以上)?，)?"
)
_REACH = 60
"""Characters before its list of figures within which 分别 stands."""


def owner(context: Context, sentence: Sentence, quantity: Quantity) -> Subject | None:
    """The one of several owners whose figure it is, by its place in the list; None elsewhere."""
    if not context.zh or len(sentence.names) < 2 or len(sentence.quantities) < 2:
        return None
    said = [at for at in _each(context, sentence) if 0 < quantity.start - at <= _REACH]
    if not said:
        return None
    row = _row(context, sentence, said[-1] + 2, quantity)
    names = _before(context, sentence, said[-1]) if row else []
    if row and len(names) != len(row):
        names = _after(context, sentence, row[-1].end)
    if len(row) < 2 or len(names) != len(row):
        return None
    name = names[row.index(quantity)]
    return Subject(name, label(context, name), 60.0, "its place in the list")


@once_a_sentence
def _each(context: Context, sentence: Sentence) -> list[int]:
    """Where the sentence says 分别."""
    return [m.start() for m in _EACH.finditer(context.plain, sentence.start, sentence.end)]


def _row(context: Context, sentence: Sentence, start: int, quantity: Quantity) -> list[Quantity]:
    """The figures of one unit that follow 分别 one after another, if this one is among them."""
    row: list[Quantity] = []
    for q in sentence.quantities:
        if q.start < start:
            continue
        if not row and (q.start - start > 14 or "，" in context.plain[start : q.start]):
            return []
        if row and (
            q.unit != row[0].unit or not _NEXT.fullmatch(context.plain, row[-1].end, q.start)
        ):
            break
        row.append(q)
    return row if quantity in row else []


def _before(context: Context, sentence: Sentence, each: int) -> list[Name]:
    """The owners named one after another right before 分别."""
    run: list[Name] = []
    for name in reversed([n for n in sentence.names if n.end <= each and n.kind != "person"]):
        if not run:
            if not _SAID.fullmatch(context.plain, name.end, each):
                return []
        elif not _JOINED.fullmatch(context.plain, name.end, run[0].start):
            break
        run.insert(0, name)
    return run


def _after(context: Context, sentence: Sentence, end: int) -> list[Name]:
    """The owners named one after another behind the figures and 的."""
    if not context.plain.startswith("的", end):
        return []
    run: list[Name] = []
    for name in [n for n in sentence.names if n.start > end and n.kind != "person"]:
        if run and not _JOINED.fullmatch(context.plain, run[-1].end, name.start):
            break
        if not run and name.start - end > 3:
            break
        run.append(name)
    return run
