"""For which time a claim holds: the time expression that belongs to its span."""

from __future__ import annotations

import re

from msgspec.structs import replace

from nameplate.claim.clause import between, commas, gap
from nameplate.claim.context import Context, Sentence, once_a_sentence
from nameplate.find.edtf import interval, within
from nameplate.model import Modality, Time

STATIC = frozenset({"investment", "land_area", "floor_area", "capacity", "contract_value", "count"})
"""Measures that are fixed with the thing: a date elsewhere in the sentence is not theirs."""


def dates(sentence: Sentence) -> list[Time]:
    """The sentence's dates that have a value."""
    return [t for t in sentence.times if t.kind == "date" and t.edtf]


_COMPARED = re.compile(
    r"(?:(?:较|比)[^，。；]{2,14}[、和与]|较|比|同比|占[^，。；\d]{0,8}|高于|低于"
    r"|compared (?:with|to)(?: that of| those of)?(?: the)?|than(?: in| for| at)?(?: the)?"
    r"|from(?: the)?|over(?: the)?)\s*$"
)


def _compared(context: Context, sentence: Sentence, time: Time) -> bool:
    """Whether the date is only compared with; "from January to July" is a period of its own."""
    match = _COMPARED.search(context.small, max(sentence.start, time.start - 30), time.start)
    if match is None:
        return False
    if not match[0].startswith("from") or "/" not in (time.edtf or ""):
        return True
    return _BEFORE_NOW.search(context.small, time.start, time.end) is not None


_BEFORE_NOW = re.compile(r"\b(?:same|last|previous|corresponding|earlier|ago|prior)\b")


_FROM = re.compile(r"(?:从|由)(?:最初|原来|年初|当日)?的?(?:约|近)?$")
_ROSE_TO = re.compile(
    r"(?:家|个|人|户|万|亿|元|辆|吨)*(?:快速|稳步|逐步|已)?"
    r"(?:提高|提升|上升|增加|增长|恢复|回升|扩大|下降|降低|减少|降|升|增|涨)[到至](?:约|近)?"
)


def ends_of_span(
    context: Context, sentence: Sentence, time: Time | None, start: int, end: int
) -> Time | None:
    """The day that a level has at one end of a span: 2月17日到26日，复工率从33%提高到81%."""
    if time is None or not context.zh or "/" not in (time.edtf or ""):
        return time
    if "五" in context.plain[time.start : time.end]:
        return time  # a plan's years begin after the last of the plan before
    first, last = (time.edtf or "").split("/")
    if {len(first), len(last)} not in ({4}, {10}):  # months may be added up from the first on
        return time
    if _FROM.search(context.plain, max(sentence.start, start - 6), start):
        return replace(time, edtf=first) if _ROSE_TO.match(context.plain, end) else time
    head = context.plain[max(sentence.start, start - 12) : start]
    return replace(time, edtf=last) if _ROSE_TO.search(head) and head[-1:] in "到至约近" else time


_SPEECH = re.compile(
    r"\b(?:said|told|announced|reported|learned|released|published|revealed|disclosed)"
    r"(?: \w+){0,2}\s+(?:on |in )?$"
)
_PUBLISHED = re.compile(
    r"(?:日|月)?(?:发布|公布|披露|印发|报道|消息|讯|电|[，,]?(?:本报|本网)?记者|[，,]?从[^，,。]{2,24}(?:获悉|了解到))"
)


def told(context: Context, time: Time) -> bool:
    """Whether the date is that of the telling: "said on Monday", 10日发布."""
    head = context.small[max(0, time.start - 30) : time.start]
    return bool(_PUBLISHED.match(context.plain, time.end) or _SPEECH.search(head))


_TIMES = re.compile(r"的[\d.]+(?:倍|%|成)")
_LEVEL = re.compile(
    r"(?:年)?的?(?:(?:同期|正常|平均|全年)*的?(?:生产|用电)?水平|(?:同期|正常|平均|全年)+的?(?:产能|产量|总量))"
)
"""After a date that something is only measured by: 恢复到去年同期水平."""


@once_a_sentence
def _untold(context: Context, sentence: Sentence) -> list[Time]:
    """The sentence's dates but those of the telling."""
    return [t for t in dates(sentence) if not told(context, t)]


_SUPERLATIVE = re.compile(r"(?:是|为|成为|系)$")
_BORN = re.compile(r"(?:成立|创建|始建|创办|创立|建厂|建成|投产|组建|注册)于$")


def _aside_zh(context: Context, time: Time) -> bool:
    """Whether the date only belongs to "是目前最大的…" or to a founding told in passing."""
    head = context.plain[max(0, time.start - 4) : time.start]
    if _TIMES.match(context.plain, time.end) or _LEVEL.match(context.plain, time.end):
        return True
    if context.plain.startswith(("目前", "迄今"), time.start):
        return _SUPERLATIVE.search(head) is not None
    return False


_BORN_EN = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?:founded|established|set up|incorporated|formed|launched|opened|built|created)"
    r" (?:back )?(?:in|on) $"
    r"|, which (?:was |were |had )?(?:first |only |officially )?(?:opened|started|began|launched|founded|established"
    r"|completed|inaugurated)(?: [a-z]+){0,2} (?:(?:in|on) )?$"
)


def _founding(context: Context, time: Time, start: int) -> bool:
    """Whether the date says when a thing began and what it dates stands in a later clause.

    "Founded in 2011, the maker has set up 13 bases" dates neither the bases nor their number, and
    "the plant, which opened last month, employs 30" not the jobs.
    """
    if not context.zh:
        if time.end > start or not context.plain.startswith(",", time.end):
            return False
        return _BORN_EN.search(context.small, max(0, time.start - 60), time.start) is not None
    if time.end > start or commas(context, time.end, start) == 0:
        return False
    return _BORN.search(context.plain, max(0, time.start - 4), time.start) is not None


_THEREAFTER = re.compile(
    r"[，；](?:拥有|现有|已有|共有|建有|入驻)|[，,；;][^，,；;。]{0,10}(?:建成|投产|达产|竣工|完工|投用|投运|运营|达效)[^，,；;。]{0,5}后"
)


def _of_another_step(context: Context, time: Time, start: int, end: int) -> bool:
    """Whether a Chinese date stands in a clause that a further one parts from the span.

    A date stands before what it dates: one in a later clause is that clause's, and one of an earlier
    clause does not reach over 投产后. A day as of which is counted reaches over 已有.
    """
    if not context.zh:
        return False
    if time.start >= end:
        return commas(context, end, time.start) > 0
    if commas(context, time.end, start) == 0:
        return False
    found = _THEREAFTER.search(context.plain, time.end, start)
    if found is None or found[0].endswith("后"):
        return found is not None
    return "/" not in (time.edtf or "") and time.mod != "as_of"


def _only_from(context: Context, sentence: Sentence, time: Time) -> bool:
    """Whether a Chinese date only begins a span that a later one ends: 从2月9日…到2月13日."""
    if time.mod != "since" or not context.zh:
        return False
    return any(t.start > time.end and context.plain[t.start - 1] in "到至" for t in dates(sentence))


def ahead(context: Context, sentence: Sentence, start: int) -> bool:
    """Whether the span's own clause dates it after the day of the report: 一期年底前建成."""
    now = interval(context.published) if context.published else None
    if now is None:
        return False
    for time in _untold(context, sentence):
        if time.end > start or commas(context, time.end, start) or "X" in (time.edtf or ""):
            continue
        span = interval(time.edtf or "")
        if span is not None and span[0] > now[1]:
            return True
    return False


_DUE = re.compile(
    r"(?: [a-z]+){0,2} (?:in|by|for|during|through|until)(?: the| fiscal(?: year)?| early| late| mid-?)? ?| ?"
)


def due(context: Context, sentence: Sentence, end: int) -> bool:
    """Whether an English figure is dated, right behind it, after the day of the report."""
    now = interval(context.published) if context.published and not context.zh else None
    time = next((t for t in dates(sentence) if t.start >= end), None) if now else None
    if now is None or time is None or time.start - end > 40 or "X" in (time.edtf or "X"):
        return False
    span = interval(time.edtf or "")
    ahead_of = span is not None and span[0] > now[1]
    return ahead_of and _DUE.fullmatch(context.small, end, time.start) is not None


@once_a_sentence
def candidates(context: Context, sentence: Sentence) -> list[Time]:
    """The dates that a claim can hold for: not those that it is only compared with.

    A date inside a name ("the 2018 Expo") counts only where there is no other.
    """
    own = [
        t
        for t in _untold(context, sentence)
        if not _compared(context, sentence, t)
        and not (context.zh and (_aside_zh(context, t) or _of_goal(context, t)))
    ]
    if context.zh:
        own = [t for t in own if not _of_batch(context, t)] or own
    else:
        own = [t for t in own if not _that_year(context, own, t)]
    free = [
        t for t in own if not any(n.start <= t.start and t.end <= n.end for n in sentence.names)
    ]
    return free or [t for t in own if context.zh or not _of_a_plan(sentence, t)]


_BATCH = re.compile(
    r"(?:全[省市县区])?(?:第[一二三四五六\d]+批)?(?:重大|重点|集中|工业|产业|招商|签约|开工|建设)*(?:项目|工程)"
)


def _of_batch(context: Context, time: Time) -> bool:
    """Whether the date only says which projects are meant: 举行2022年四季度重大项目集中签约."""
    return len(time.edtf or "") > 4 and _BATCH.match(context.plain, time.end) is not None


_THE_YEAR = re.compile(r"(?:the )?(?:same )?(?:year|month)")


def _that_year(context: Context, dates_of: list[Time], time: Time) -> bool:
    """Whether "the year" only takes up the one that the sentence opened with: "In 2017 … within the year"."""
    if _THE_YEAR.fullmatch(context.small, time.start, time.end) is None:
        return False
    return any(t.start < time.start and len(t.edtf or "") >= 4 for t in dates_of)


def _of_a_plan(sentence: Sentence, time: Time) -> bool:
    """Whether the date is only in the name of a plan or a body: "the 2020 Industrial Master Plan"."""
    return len(time.edtf or "") == 4 and any(
        n.start <= time.start and time.end <= n.end and n.kind in ("programme", "body", "thing")
        for n in sentence.names
    )


@once_a_sentence
def leading(context: Context, sentence: Sentence) -> Time | None:
    """The date that opens the sentence and so dates all of it: "On February 19, …", 4月23日，…"""
    found = _untold(context, sentence)
    if not found:
        return None
    first = found[0]
    lead = _FRAMING.sub("", context.plain[sentence.start : first.start], count=1)
    limit = 10 if context.zh else 34
    if len(lead) <= limit or _DATELINE.search(lead):
        return first
    if lead.rstrip()[-1:] in ",，:：;；" and not _figure_before(sentence, first):
        return first
    return None


def _figure_before(sentence: Sentence, time: Time) -> bool:
    return bool(sentence.quantities) and sentence.quantities[0].end <= time.start


def _governs(context: Context, sentence: Sentence, time: Time, start: int) -> bool:
    """Whether the date is the last one before a figure, and so dates it however far off."""
    said = candidates(context, sentence) if context.zh else dates(sentence)
    before = [t for t in said if t.end <= start]
    return bool(before) and before[-1] is time


_FRAMING = re.compile(
    r"^(?:According to|It is|Based on|Statistics|As reported)[^,]*,|^(?:据|根据)[^，]*，"
)
_DATELINE = re.compile(
    r"(?:\)|电|讯|[—-]{1,2}|reported|learned|that)\s*(?:on |in |as of |by |from )?$", re.I
)


_YEARLY = re.compile(
    r"年度(?:计划)?(?:完成)?投资|年计划(?:完成)?投资|完成投资|本年投资|固定资产投资"
    r"|annual investment|investment this year"
)
"""Words for money invested in a period, which is a flow."""


FLOWING = frozenset({"investment", "land_area", "floor_area"})
"""Fixed measures that are sums of a period as well: a zone's investment of a quarter."""
_DONE_ZH = re.compile(
    r"(?:完成|实现|到位|实际|(?<![规计]划)(?<!拟)新增|收储|(?:资金|已|累计|共)投入|建成(?!后))[^，,。；;、\d]{0,14}$"
)
"""Before money or land that was spent or got in a period."""


_NEWLY = re.compile(r"新增[^，。；\d]{0,14}$")


def _newly_added(context: Context, start: int, measure: str) -> bool:
    """Whether a capacity is what came in a period: 前11个月，新增装机2.58亿千瓦."""
    if not context.zh or measure != "capacity":
        return False
    return _NEWLY.search(context.plain, max(0, start - 18), start) is not None


_WAS_SPENT = re.compile(
    r"[\d.,]+(?:[^.;,]|\.(?=\d)){2,60}?\b(?:was|were|has been|have been) (?:actually )?(?:invested|spent|injected)\b"
)


def is_flow(context: Context, start: int) -> bool:
    """Whether a sum or an area is that of a period: 一季度完成投资, 上半年到位资金."""
    if _YEARLY.search(context.plain, max(0, start - 14), start):
        return True
    if not context.zh:
        return _WAS_SPENT.match(context.small, start) is not None
    return _DONE_ZH.search(context.plain, max(0, start - 18), start) is not None


def for_figure(
    context: Context, sentence: Sentence, start: int, end: int, measure: str, mode: Modality
) -> Time | None:
    """The date of a figure: one beside it, else the sentence's opening one."""
    first = leading(context, sentence)
    best, least = None, 1e9
    flows = measure in FLOWING and is_flow(context, start)
    static = measure in STATIC and not flows and not _newly_added(context, start, measure)
    for time in candidates(context, sentence):
        opens = not context.zh and time is first and time.start - sentence.start < 8
        if not (opens or fits(context, time, mode)) or _founding(context, time, start):
            continue
        if _of_another_step(context, time, start, end) or _only_from(context, sentence, time):
            continue
        if mode == "actual" and _of_a_later_plan(context, sentence, time, end):
            continue
        if mode == "planned" and time is first and _announcing(context, time, start):
            continue
        if mode == "planned" and (time.now or _heads_line(context, sentence, time)):
            continue
        cost = _cost(context, sentence, time, (start, end), static=static)
        if static and _dates_fixed(context, sentence, time, (start, end), mode):
            cost = min(cost, 12.0)
        leads = time is first or cost == _AT_SIGNING
        spent = measure == "investment" and mode == "actual" and leads and not context.zh
        so_far = time.mod == "as_of" and (leads or time.end <= start)
        spent = spent or (context.zh and so_far and mode == "actual")
        if (
            static
            and cost > 12
            and not (
                spent or _may_lead(sentence, time if context.zh else None, leads, measure, mode)
            )
        ):
            continue
        if cost < least:
            best, least = time, cost
    if best is not None and best.mod == "since":
        return _until_now(context, best)
    return _finer(best, first) if least < (46 if static else 60) else None


def _of_a_later_plan(context: Context, sentence: Sentence, time: Time, end: int) -> bool:
    """Whether an English date belongs to what is to come: "is 75% complete and should open in May"."""
    if context.zh or time.start <= end:
        return False
    return any(c.key == "planned" and end <= c.start < time.start for c in sentence.cue("modality"))


def _cost(
    context: Context, sentence: Sentence, time: Time, span: tuple[int, int], *, static: bool
) -> float:
    """How far the date is from the figure, less where its place in the sentence speaks for it."""
    start, end = span
    cost = _distance(context, time, start, end)
    if time is leading(context, sentence):
        return min(cost, 30.0)
    if not static and _governs(context, sentence, time, start):
        return min(cost, 45.0)
    if time.start > end and _only_date(context, sentence, time, end, static=static):
        return min(cost, _AT_SIGNING)
    return cost


_ANNOUNCES = re.compile(
    r",?\s(?!.{0,60}\b(?:will|plans?)\b.{0,50}\bannounc)(?:[^,;]{2,70}?)?"
    r"\b(?:announced|says?|said|unveiled|revealed|told|confirmed|disclosed)\b"
)


def _announcing(context: Context, time: Time, start: int) -> bool:
    """Whether an opening date is that of telling a plan: "Today, the governor announced that X will"."""
    return not context.zh and _ANNOUNCES.match(context.small, time.end, start) is not None


_DASH = re.compile(r" ?(?:\([A-Za-z .]{2,30}\) ?)?(?:[-–—]{1,2}|/) ?\w")


def _heads_line(context: Context, sentence: Sentence, time: Time) -> bool:
    """Whether an English date only heads the line, as that of the report: "May 3, 2024 — Norvik plans to"."""
    if context.zh or time.start - sentence.start > 40:
        return False
    return _DASH.match(context.plain, time.end) is not None


_UNTIL = re.compile(
    r"\b(?:through|until|till|by|to|for|before|since|from)(?: the)?(?: end of)?\s*$"
)
_ANOTHER = re.compile(r", (?:and|but|while|which|who|whereas) |;")
_AT_SIGNING = 44.0
"""What a date costs that closes a sentence as its only one."""


def _only_date(context: Context, sentence: Sentence, time: Time, end: int, *, static: bool) -> bool:
    """Whether the one date of a sentence closes it: "66 projects … were signed in the city on May 2"."""
    if context.zh or len(candidates(context, sentence)) > 1:
        return False
    if _UNTIL.search(context.small, max(0, time.start - 16), time.start):
        return False
    signed = any(c.key == "signed" for c in (*sentence.cue("stage"), *sentence.cue("weak_stage")))
    if signed:
        return _ANOTHER.search(context.small, end, time.start) is None
    if static or commas(context, end, time.start) > 1:
        return False
    return _NEW_CLAUSE.search(context.small, end, time.start) is None


_CLOSING = re.compile(
    r"(?:^|[ ,])(?:in|by|during|at|around|on|before|from)(?: the| about| early| late| mid-?)* ?$"
)
_SECOND_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|which|that|who|when|while|after|since|and)\b|[;:(]"
)


def _closes(context: Context, sentence: Sentence, time: Time, end: int) -> bool:
    """Whether an English sentence's one date closes the clause of a step: "to restart furnace C, the smallest
    of its four, in November"."""
    if context.zh or time.start - end > 110:
        return False
    if any(end <= t.start < time.start for t in candidates(context, sentence)):
        return False
    tail = context.small[end : time.start]
    return _CLOSING.search(tail) is not None and _SECOND_VERB.search(tail) is None


_BY = re.compile(
    r"\b(?:by|in|at|as of|before|within)(?: the)?(?: end of| year)?\s*$|^[^,]*,? (?:throughout|during)(?: the)? $"
)
_BY_THEN = re.compile(r"\bby(?: the)?(?: end of| year)?\s*$")
_OTHER_VERB = re.compile(r"\b(?:is|are|was|were|be|been|has|have|had|will|to|which|that)\b|[,;.]")


def _dates_fixed(
    context: Context, sentence: Sentence, time: Time, span: tuple[int, int], mode: Modality
) -> bool:
    """Whether a date further off is a fixed figure's: "a capacity of 18 million tyres by 2027"."""
    start, end = span
    if context.zh:
        return mode == "planned" and _goal_by(context, time, start)
    if time.now and time.end <= start:  # "now has 38 projects with a capacity of"
        return mode == "actual" and commas(context, time.end, start) < 2
    if time.end <= start and _BY_THEN.search(context.small, max(0, time.start - 20), time.start):
        return commas(context, time.end, start) < 2
    if not 0 <= time.start - end < 70:
        return False
    if between(context, sentence, end, time.start):
        return False
    tail = context.small[end : time.start]
    if _BY.search(tail) is None:
        return False
    return _OTHER_VERB.search(tail.replace(", throughout", "").replace(", during", "")) is None


_TOWARDS = re.compile(r"(?<!截)(?<!止)[到至]$")
_PLAN_PERIOD = re.compile(r"”?(?:期间|时期|期末|末|规划目标|目标|内)")


def _goal_by(context: Context, time: Time, start: int) -> bool:
    """Whether a Chinese date is that of a goal or of a plan's period: 到2025年产能达…, “十四五”期间将投资…."""
    if time.end > start or commas(context, time.end, start) > 2:
        return False
    if _TOWARDS.search(context.plain, max(0, time.start - 3), time.start):
        span = interval(time.edtf or "")
        now = interval(context.published) if context.published else None
        return now is None or (span is not None and span[0] > now[1])
    plan = "五" in context.plain[time.start : time.end]
    return plan and _PLAN_PERIOD.match(context.plain, time.end) is not None


def _until_now(context: Context, since: Time) -> Time | None:
    """What is counted since a day holds at the end, which is the day of the report."""
    if context.published is None:
        return None
    return replace(since, edtf=context.published, mod=None)


def fits(context: Context, time: Time, mode: Modality) -> bool:
    """A plan does not lie in the past of its report, nor a deed in its future."""
    if context.published is None or time.edtf is None or "X" in time.edtf:
        return True
    span, now = interval(time.edtf), interval(context.published)
    if span is None or now is None:
        return True
    if mode == "planned" and context.plain.startswith(_NOW, time.start):
        return False
    return span[1] >= now[0] if mode != "actual" else span[0] <= now[1]


_NOW = ("目前", "当前", "现在", "截至", "如今", "日前", "近日")
"""Words for the time of telling, at which no plan comes true."""
_OCCASION = re.compile(r"ceremony|ground-?\s?breaking|hand(?:ing)?-?\s?over|inauguration")
_HELD = re.compile(r"\b(?:took place|takes place|held|occurred)(?: on| in)?\s*$")
_AND = re.compile(r",? and (?!\d|(?:in|on|at|by) \d|early|late|through)")
_NEW_CLAUSE = re.compile(r", (?:and|but|while|with) |[;；]|，(?:而|并|同时)")


def _distance(context: Context, time: Time, start: int, end: int) -> float:
    width = 3.0 if context.zh else 1.0
    cost = gap(start, end, time.start, time.end) * width * 0.5
    left, right = min(end, time.end), max(start, time.start)
    cost += 11 * commas(context, left, right)
    if time.start > end:
        cost += 6
        if _NEW_CLAUSE.search(context.small, end, time.start):
            cost += 25
    return cost


def _may_lead(
    sentence: Sentence, time: Time | None, leads: bool, measure: str, mode: Modality
) -> bool:
    """Whether a sentence's opening date dates a fixed figure: a promised sum only at its signing."""
    if measure in ("land_area", "floor_area") or (measure == "capacity" and mode == "planned"):
        return False
    if measure != "investment":
        return leads
    if time is not None and mode == "actual" and "/" in (time.edtf or ""):
        return leads  # 1—2月，对外投资1360亿元
    return leads and any(c.key == "signed" for c in sentence.cue("stage"))


def for_event(
    context: Context, sentence: Sentence, start: int, end: int, mode: Modality
) -> Time | None:
    """The date of a milestone: in its own clause, or the sentence's opening one."""
    first = leading(context, sentence)
    best, least = None, 1e9
    for time in candidates(context, sentence):
        if not fits(context, time, mode) or _of_another_step(context, time, start, end):
            continue
        if not context.zh and _founding(context, time, start):
            continue
        if mode == "planned" and time is first and _announcing(context, time, start):
            continue
        if mode == "planned" and _heads_line(context, sentence, time):
            continue
        cost = _distance(context, time, start, end)
        if time.start >= end and _HELD.search(context.small, end, time.start):
            cost = min(cost, 12.0) if _OCCASION.search(context.small, start, end) else cost
        if time.end <= start and _AND.match(context.small, time.end):
            cost += 16  # it dates what is said before the "and"
        if time is first:
            cost = min(cost, 34.0)
        elif time.start > end and (
            _only_date(context, sentence, time, end, static=True)
            or _closes(context, sentence, time, end)
        ):
            cost = min(cost, 40.0)
        if cost < least:
            best, least = time, cost
    return _finer(best, first) if least < 45 else None


def _finer(best: Time | None, first: Time | None) -> Time | None:
    """The opening date where it lies inside the chosen one and says it more exactly."""
    if best is None or first is None or best.edtf is None or first.edtf is None:
        return best
    if first.now:
        return best  # what is done by now does not date what comes later in the month
    if "/" in first.edtf and first.edtf.partition("/")[0] == best.edtf.partition("/")[0]:
        return best  # the first eight months do not say more exactly which ten are meant
    if best is not first and within(first.edtf, best.edtf):
        return first
    return best


_GOAL = re.compile(r"度?的?(?:目标|任务|预算|指标)|度?计划(?:任务|目标|的\d)")


def _of_goal(context: Context, time: Time) -> bool:
    """Whether the date only says which goal is meant: 完成全年目标的56%."""
    return context.zh and _GOAL.match(context.plain, time.end) is not None


def _goes_on(context: Context, sentence: Sentence) -> bool:
    """Whether a line goes on about what the line before it was about: "Its fiscal revenue grew"."""
    return (
        not context.zh and _GOES_ON.match(context.small, sentence.start, sentence.end) is not None
    )


def inherited(context: Context, sentence: Sentence) -> Time | None:
    """The opening date of the sentence before, in the same paragraph, while nothing newer is said."""
    if any(
        t.kind == "date" and not (_compared(context, sentence, t) or _of_goal(context, t))
        for t in sentence.times
    ):
        return None
    for back in range(1, 8 if context.zh else 4):
        index = sentence.index - back
        if index < 0:
            return None
        before = context.sentences[index]
        if before.block != sentence.block and not _goes_on(context, sentence):
            return _date_line(context, before)
        if dates(before):
            first = leading(context, before) or _period_of(context, sentence, before)
            return None if first is not None and first.mod == "since" else first
    return None


def _date_line(context: Context, before: Sentence) -> Time | None:
    """The date that a line of its own puts above what happened then: "● 2012年5月"."""
    found = dates(before)
    if len(found) != 1 or before.end - before.start > 24:
        return None
    rest = context.plain[before.start : found[0].start] + context.plain[found[0].end : before.end]
    return found[0] if not any(c.isalnum() for c in rest) else None


_GOES_ON = re.compile(
    r"[\s\"“]*(?:its|it|their|they|(?:in|during|over) (?:this|that|the same) period|of (?:this|these|that|them))\b"
)


def _period_of(context: Context, sentence: Sentence, before: Sentence) -> Time | None:
    """The one period of the sentence before, where this one goes on about its subject: "Its output rose by"."""
    if context.zh or not (sentence.block == before.block or _goes_on(context, sentence)):
        return None
    found = candidates(context, before)
    period = len(found) == 1 and "/" in (found[0].edtf or "")
    return found[0] if period else None


BACK = 14
"""Sentences back over which the day still holds for which a whole Chinese bulletin counts."""


def counted_by(context: Context, sentence: Sentence) -> Time | None:
    """The day as of which a Chinese bulletin counts (截至2月20日), for a later paragraph without dates."""
    if not context.zh or any(t.kind == "date" for t in sentence.times):
        return None
    for other in reversed(context.sentences[max(0, sentence.index - BACK) : sentence.index]):
        found = dates(other)
        if found:
            return next((t for t in found if t.mod == "as_of" and len(t.edtf or "") == 10), None)
    return None


_BULLET = re.compile(r"[-–•·*●■◆▪]|\d{1,2}[.)、]|[（(]\d{1,2}[）)]")
FAR = 60
"""Sentences back in which the heading of a list is looked for."""


def of_heading(context: Context, sentence: Sentence) -> Time | None:
    """The one date of the heading above a list, for an item that gives none of its own."""
    if not _BULLET.match(context.plain, _line_start(context, sentence)):
        return None
    if any(t.kind == "date" for t in sentence.times):
        return None
    for index in range(sentence.index - 1, max(-1, sentence.index - FAR), -1):
        above = context.sentences[index]
        if _BULLET.match(context.plain, _line_start(context, above)):
            continue
        found = dates(above)
        if len(found) == 1:
            return found[0]
        if found or above.end - above.start > 60:
            return None
    return None


def _line_start(context: Context, sentence: Sentence) -> int:
    at = context.plain.rfind("\n", 0, sentence.start) + 1
    while at < sentence.start and context.plain[at] in " \t":
        at += 1
    return at


def value(time: Time | None, *, cumulative: bool = False) -> str | None:
    """The EDTF value; a cumulative figure holds at the end of its interval."""
    if time is None or time.edtf is None:
        return None
    if cumulative and "/" in time.edtf:
        end = time.edtf.split("/")[1]
        return end if end and end != ".." else time.edtf
    return time.edtf
