"""Counted groups as subjects: 签约项目25个，总投资463亿元; 33家开发区实现工业总产值6084.6亿元."""

from __future__ import annotations

import re

from msgspec.structs import replace

from nameplate.claim import measure_cues
from nameplate.claim.context import Context, Sentence
from nameplate.claim.measure_reading import Reading
from nameplate.claim.subject import LEAST, Subject
from nameplate.model import Cue, Name, Quantity

WHY = "the group just counted"

_HELD = ("有", "达")
"""What stands before things that somebody has: 园区已有38家企业, whose figures are the park's own."""
_OF_MONEY = frozenset({"investment"})
_OF_ACTORS = frozenset(
    {"output_value", "revenue", "tax", "profit", "exports", "change", "investment", "employment"}
)
_PHRASE = re.compile(r"[^，。；、：:,;.\s]{0,18}$")
_AGENT = re.compile(
    r"\s*(?:共|已|累计|合计|上半年|全年)*(?:实现|完成|发展|的|(?:平均)?增[速幅]|have|had|posted|achieved|reported)"
)


def of_group(
    context: Context, sentence: Sentence, quantity: Quantity, reading: Reading
) -> Subject | None:
    """The group that the figure is about: projects whose money it is, or actors that made it."""
    if context.plain.startswith("的", quantity.end):  # it describes what follows
        return None
    for other in reversed(sentence.quantities):
        if other.end > quantity.start or other.unit != "1":
            continue
        item = measure_cues.of_item(context, sentence, other)
        if item is None or item.cue is None or _in_name(sentence, other):
            continue
        counted = max(other.end, item.cue.end) if context.zh else other.end
        near = quantity.start - counted <= (16 if context.zh else 50)
        near = near or (context.zh and _goes_on(context, sentence, other, quantity))
        near = near or (
            not context.zh and _WITH.fullmatch(context.small, counted, quantity.start) is not None
        )
        if item.measure == "projects" and reading.measure in _OF_MONEY and near:
            return _named(context, sentence, other, item.cue)
        if (
            item.measure == "projects"
            and reading.measure in _OF_ACTORS
            and _once_built(context, sentence, item.cue, other, quantity)
        ):
            return _named(context, sentence, other, item.cue)
        rate = item.measure == "projects" and reading.measure == "share" and near
        if rate and _RATE.search(context.plain, counted, quantity.start):
            return _named(context, sentence, other, item.cue)
        held = context.plain.endswith(_HELD, max(sentence.start, other.start - 3), other.start)
        acts = item.measure in ("enterprises", "facilities") and not held
        if acts and reading.measure in _OF_ACTORS:
            if not context.zh and _WHICH.fullmatch(context.small, counted, quantity.start):
                return _named(context, sentence, other, item.cue)
            return _actors(context, sentence, other, item.cue)
    return None


def _in_name(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the number only tells what named works make: 年产3亿只锂电池项目."""
    return any(
        n.kind == "project" and n.start < quantity.start and quantity.end <= n.end
        for n in sentence.names
    )


_WITH = re.compile(
    r" (?:in|at|across) [^,.;]{3,60}? with (?:an? )?(?:(?:total|combined|planned|overall|estimated) )*investments?"
    r"(?: (?:of|totall?ing|worth|exceeding|reaching))?(?: about| over| nearly| more than| some)* "
)
"""Between counted projects and their money: "55 projects in Halden with investment totaling"."""
_WHICH = re.compile(
    r",? (?:which|that) (?:have|had|will|would|are to|are expected to) (?:already |so far |together |jointly )?"
    r"(?:\w+ ){1,5}(?:of |at |over |about |nearly |some |around |more than )*"
)
"""Between counted factories and their money: "29 factories which have already attracted an investment of"."""


_LIST_TOTAL = re.compile(
    r"(?:等)?(?:项目)?[，,](?:计划|协议|合计|累计|共计|总计)?(?:总投资|投资总额|总投资额|投资)(?:额)?(?:约|近|达|超过?)?$"
)
_LIST_HEAD = re.compile(
    r"([^，。；：、\s]{0,14}?(?:项目|企业|工程))(?:分别|主要)?(?:是|为|有|包括)?[：:]?$"
)


def of_list(context: Context, sentence: Sentence, quantity: Quantity) -> Subject | None:
    """The projects whose list a total closes: 集中开工项目分别是：甲项目、乙项目，总投资25亿元."""
    run: list[Name] = []
    for name in reversed([n for n in sentence.names if n.end <= quantity.start]):
        if name.kind == "person":
            continue
        if not run:
            if not _LIST_TOTAL.fullmatch(context.plain, name.end, quantity.start):
                return None
        elif context.plain[name.end : run[0].start] not in ("、", "和", "及", "以及", "与"):
            break
        run.insert(0, name)
    if len(run) < 2:
        return None
    begin = max(sentence.start, run[0].start - 22)
    head = _LIST_HEAD.search(context.plain, begin, run[0].start)
    return None if head is None else _subject(context, head.start(1), head.end(1))


def _goes_on(context: Context, sentence: Sentence, other: Quantity, quantity: Quantity) -> bool:
    """Whether the sums after a count go on: 项目29项，总投资271亿元，年计划投资64.5亿元."""
    between = context.plain[other.end : quantity.start]
    if len(between) > 40 or _TURN.search(between):
        return False
    return not any(other.end <= n.start < quantity.start for n in sentence.names)


_ONCE_BUILT = re.compile(
    r"(?:全部|均|都|全面|陆续|相继)*(?:建成|建设|投产|达产|竣工|完工|落成|投用|投运|运营|满产|实施|落地)"
    r"[^，,。；;]{0,8}后"
)


def _once_built(
    context: Context, sentence: Sentence, head: Cue, counted: Quantity, quantity: Quantity
) -> bool:
    """Whether the figure is what counted projects bring: 5个项目建成后，可实现销售收入7亿元."""
    after = max(head.end, counted.end)
    if not context.zh or _ONCE_BUILT.match(context.plain, after, quantity.start) is None:
        return False
    return not any(after <= n.start < quantity.start for n in sentence.names)


_RATE = re.compile(r"[，,][^，,。；;]{0,6}率(?:达到?|为|约)?$")
"""Before the share of counted projects that has come so far: 151个项目开工，开工率73%."""


_TOLD = re.compile(
    r"(?:等|引进|签约|开工|竣工|投产|建成|入驻|落户|实施|新增|吸引|完成|拥有|共有|安排)了?(?:近|约|超过?|逾)?$"
)
"""Before a number of things that is told for its own sake: 已吸引1161家企业."""


def itself(context: Context, sentence: Sentence, quantity: Quantity, head: Cue) -> Subject | None:
    """The counted things as subject of their own number, where a Chinese report names nobody else."""
    begin = max(sentence.start, quantity.start - 8)
    if head.end > quantity.start and not _TOLD.search(context.plain, begin, quantity.start):
        return None
    found = _named(context, sentence, quantity, head)
    return None if found is None else replace(found, score=LEAST, why="the things counted")


_TURN = re.compile(r"[；;。]|其中|单体|包括|最大")


def _actors(context: Context, sentence: Sentence, counted: Quantity, head: Cue) -> Subject | None:
    """The group where it opens its clause and what follows is what it did."""
    if head.end <= counted.start or not _AGENT.match(context.plain, head.end, sentence.end):
        return None
    match = _PHRASE.search(context.plain, max(sentence.start, counted.start - 18), counted.start)
    start = counted.start - len(match[0]) if match else counted.start
    return _subject(context, start, head.end)


def _named(context: Context, sentence: Sentence, counted: Quantity, head: Cue) -> Subject | None:
    """The counted things as a name: the noun phrase that ends in the head."""
    start = counted.item_start if counted.item_start is not None else counted.end
    if head.end <= counted.start:
        match = _PHRASE.search(context.plain, max(sentence.start, head.end - 18), head.end)
        start = head.end - len(match[0]) if match else head.start
    if not sentence.start <= start < head.end:
        return None
    return _subject(context, start, head.end)


_LEAD = re.compile(
    r"(?:(?:其中|包括|有|此次|本次|目前|今年|去年|当年|\d{4}年(?:度)?(?:安排|计划|实施)?|共(?:签约|引进|洽谈)?)*)"
)
_PERIOD = re.compile(r"[^，。；]{1,14}?(?:个月|季度|年|月份)共(?:签约|引进|洽谈|实施)")


def _subject(context: Context, start: int, end: int) -> Subject:
    lead = _PERIOD.match(context.plain, start, end) or _LEAD.match(context.plain, start, end)
    start = lead.end() if lead and lead.end() < end else start
    words = " ".join(context.quote(start, end).split())
    name = Name(start=start, end=end, text=words, kind="programme")
    return Subject(name, words, 50.0, WHY)
