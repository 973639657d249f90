"""Figures that follow from the figure before: lists, amounts in brackets, outputs beside sales."""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from nameplate.claim import measure
from nameplate.claim.context import Context, Sentence
from nameplate.claim.measure_reading import AREA, MONEY, Reading, allowed
from nameplate.claim.subject import Subject
from nameplate.model import Quantity

LISTABLE = frozenset({"change", "share", "resumption_rate", "utilisation", "output+sales"})


class Said(msgspec.Struct, frozen=True):
    """A figure with what it measures and whose it is; ``first`` is the figure whose time it shares."""

    quantity: Quantity
    reading: Reading
    owner: Subject
    first: Quantity


def following(context: Context, quantity: Quantity, last: Said | None) -> Said | None:
    """What a figure says because of the one before it, if it goes on with its list or converts it."""
    if last is None:
        return None
    if _some_zh(context, quantity, last):
        return replace(last, quantity=quantity, first=quantity)
    if not (_lists(context, quantity, last) or _converts(context, quantity, last)):
        return None
    return replace(last, quantity=quantity)


_STEP = re.compile(
    r"(?:开工|动工|开复工|复工|复产|竣工|完工|投产|投用|签约|落地|入库|达产|在建|续建|新建|拟建)"
    r"(?:建设)?(?:项目|工程|企业)?(?:共|有|了|为|达|计)*(?:约|近|超过?)?$"
)
_MARKS = "个项家户栋座条台套"
_LIKE = {"个": "个项", "项": "个项", "家": "家户", "户": "家户"}


def _some_zh(context: Context, quantity: Quantity, last: Said) -> bool:
    """Whether a bare Chinese number tells how many of those counted before have come so far.

    计划开工项目96项，目前实际已开工71项; the counter must be the same or its like.
    """
    if not context.zh or quantity.unit != "1" or quantity.item_start is not None:
        return False
    if last.reading.measure not in _COUNTS or last.quantity.unit != "1":
        return False
    mark = context.plain[quantity.end - 1]
    if mark not in _MARKS or not _counter(context, last.quantity, _LIKE.get(mark, mark)):
        return False
    head = max(last.quantity.end, quantity.start - 16)
    return _STEP.search(context.plain, head, quantity.start) is not None


def _counter(context: Context, quantity: Quantity, alike: str) -> bool:
    """Whether the number is counted with one of these words."""
    match = _NUMERAL.match(context.plain, quantity.start)
    return match is not None and context.plain[match.end() : match.end() + 1] in alike


_NUMERAL = re.compile(r"[\d.,]*[余多几]?[十百千万亿]*[余多]?|[一二两三四五六七八九十百千万]+")


def added(context: Context, quantity: Quantity, last: Said | None) -> Said | None:
    """What a figure says by standing in a list of things of one unit: "7 lines and 3 labs"."""
    if last is not None and _so_many_of(context, quantity, last):
        # Of specialised firms they are specialised firms, and not all that a city has.
        return replace(last, quantity=replace(quantity, item=last.quantity.item))
    saved = last is not None and last.reading.why == measure.SAVED
    if last is None or not (saved or last.reading.measure in _THINGS):
        return None
    if last.quantity.unit != quantity.unit or last.quantity.dimension != quantity.dimension:
        return None
    between = context.plain[last.quantity.end : quantity.start]
    if context.zh and _ADDED_ZH.fullmatch(between) and not _WORKS.search(between):
        return one_more(last, quantity)
    if saved:
        between = _ONE_MORE.sub("", between)
    return replace(last, quantity=quantity) if _ADDED.fullmatch(between) else None


def one_more(last: Said, quantity: Quantity) -> Said:
    """The next amount of a list of what is made, in the same period: 每年生产8万吨硫酸镍、6000吨硫酸钴."""
    return replace(last, quantity=replace(quantity, per=quantity.per or last.quantity.per))


_THEY = re.compile(r" (?:have|were|are) (?:now |already |fully |been |being )*\w+")
_COUNTS = frozenset({"projects", "enterprises", "facilities"})


def _so_many_of(context: Context, quantity: Quantity, last: Said) -> bool:
    """Whether a bare number tells of some of the things counted before: "of the 79 projects, 15 are at work"."""
    if context.zh or quantity.unit != "1" or quantity.item_start is not None:
        return False
    if last.reading.measure not in _COUNTS:
        return False
    if "." in context.plain[last.quantity.end : quantity.start]:
        return False
    return some_of_them(context, quantity) is not None


def some_of_them(context: Context, quantity: Quantity) -> re.Match[str] | None:
    """The verb that follows a bare number of things named before: "15 have been put into operation"."""
    if context.zh or not context.plain[quantity.start : quantity.end].isdigit():
        return None
    return _THEY.match(context.small, quantity.end)


_ONE_MORE = re.compile(r"^ and [a-z]+(?=,)")
"""The second of two substances that are saved together: "dust and fumes, and …"."""
_THINGS = frozenset({"capacity", "output", "sales"})
_ADDED = re.compile(
    r"\s*(?:[、,，和及与]|以及|and|, and|包括|其中|including|of which|，其中|，包括)+\s*"
    r"(?:约|近|about |nearly |over |more than )?"
)
_WORKS = re.compile("线|厂|项目|基地|机组|装置|设备|系统")
_ADDED_ZH = re.compile(
    r"(?:(?![可将已能为达实建投占预计])[\u4e00-\u9fff]){0,12}[、和及](?:(?![可将已能为达实建投占预计])[\u4e00-\u9fff]){0,8}"
)
"""Between two amounts of a list of what is made: 产焦80万吨、铁205万吨."""
_LISTED = re.compile(r"\s*(?:[、,，和及与]|以及|and|or|, and|;)+\s*(?:约|近|about |nearly |over )?")


def _lists(context: Context, quantity: Quantity, last: Said) -> bool:
    """Whether the figure goes on with a list: 分别增长42.4%、36.8%和17.7%."""
    if last.quantity.unit != quantity.unit or last.reading.measure not in LISTABLE:
        return False
    if last.reading.measure != "change" and "point" in context.small[quantity.start : quantity.end]:
        return False  # "98.4 percent, 1.3 percentage points higher"
    between = context.plain[last.quantity.end : quantity.start]
    if last.reading.measure == "change" and _BY_LIST.fullmatch(between):
        return True
    return len(between) < 12 and _LISTED.fullmatch(between) is not None


_BY_LIST = re.compile(r",(?: and| while)?(?: [\w'-]+){1,9} by (?:about |nearly |over )?")
"""A further rise in a list: "rose by 34 percent, and trade volume by 19 percent"."""
_IN_BRACKETS = re.compile(
    r"[^(（]{0,20}[(（]\s*(?:about|approximately|some|nearly|around|or|equivalent to|约合|约|合|折合)?\s*"
    r"(?:US)?$"
)


def _converts(context: Context, quantity: Quantity, last: Said) -> bool:
    """Whether the figure is the one before in other units: "10 billion yuan (1.4 billion dollars)"."""
    if last.quantity.unit == quantity.unit:
        return False
    kinds = allowed(quantity)
    if allowed(last.quantity) is not kinds or kinds not in (MONEY, AREA):
        return False
    between = context.plain[last.quantity.end : quantity.start]
    return _IN_BRACKETS.fullmatch(between) is not None


_RESPECTIVELY = re.compile(r"分别|依次|respectively")


def parted(context: Context, sentence: Sentence, said: Said) -> Reading:
    """Output or sales, where the two are given one after the other: 产销量分别为866万辆和867万辆."""
    reading = said.reading
    if not _RESPECTIVELY.search(context.small, sentence.start, sentence.end):
        return reading
    name = "output" if said.quantity is said.first else "sales"
    return replace(reading, measure=name)
