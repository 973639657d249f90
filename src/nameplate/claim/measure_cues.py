"""The measure words near a figure, and how strongly each of them speaks for it."""

from __future__ import annotations

import re

from nameplate.claim import measure_en
from nameplate.claim.clause import between, commas
from nameplate.claim.context import Context, Sentence, once_a_sentence
from nameplate.claim.measure_reading import Reading, allowed
from nameplate.model import Cue, Quantity


def cues_near(context: Context, sentence: Sentence, quantity: Quantity) -> list[Reading]:
    """Measure words of the sentence that could speak for the figure, strongest first."""
    readings = []
    kinds = allowed(quantity)
    number_end = quantity.end if quantity.item_start is None else quantity.item_start
    reach = REACH_ZH if context.zh else REACH
    predicated = not context.zh and measure_en.predicated(context, sentence, quantity)
    for cue in _measure_cues(context, sentence):
        if cue.end < quantity.start - reach:
            continue
        if cue.start > quantity.end + reach:
            break
        if cue.key not in kinds or (cue.start < number_end and quantity.start < cue.end):
            continue
        score = _nearness(context, sentence, quantity, cue)
        if predicated and cue.end <= quantity.start:
            score = max(score, 50.0 - 30 * between(context, sentence, cue.end, quantity.start))
        if score > LEAST:
            readings.append(Reading(cue.key, score, cue, "said beside it"))
    return sorted(readings, key=lambda r: -r.score)


@once_a_sentence
def _measure_cues(context: Context, sentence: Sentence) -> list[Cue]:
    cues = sentence.cue("measure")
    if context.zh:
        return [c for c in cues if not (_attributive(context, c) or _only_bound(context, c))]
    return [c for c in cues if not (_of_a_firm(sentence, c) or measure_en.of_line(context, c))]


_MADE_FOR = re.compile(
    r"(?:及|和|与|、)?(?:网络|渠道|网点|团队|体系|线|设备|装置|车间|厂房|基地|中心|企业|厂家|厂商|加工线|(?:科研|办公|研发|生活|检测)(?:设备|设施|用房))"
)


def _only_bound(context: Context, cue: Cue) -> bool:
    """Whether 低于 or 高于 only says how little or much a figure may be: 税收不低于2亿元."""
    return cue.key == "change" and context.plain.startswith("不", cue.start - 1)


def _attributive(context: Context, cue: Cue) -> bool:
    """Whether the word only says what equipment or buildings are for: 生产线5条, 生产及科研设备."""
    if cue.key not in ("output", "sales") or cue.end - cue.start > 2:
        return False
    return _MADE_FOR.match(context.plain, cue.end) is not None


_FIRMS = frozenset({"company", "institute", "body", "park"})


def _of_a_firm(sentence: Sentence, cue: Cue) -> bool:
    """Whether the word only belongs to somebody's name: "Export-Import Bank"."""
    return any(
        n.kind in _FIRMS and n.start <= cue.start and cue.end <= n.end for n in sentence.names
    )


def _nearness(context: Context, sentence: Sentence, quantity: Quantity, cue: Cue) -> float:
    """How strongly a cue bears on a figure: close and before it best, past other figures worst."""
    width = 3.0 if context.zh else 1.0
    if cue.end <= quantity.start:
        left, right, cost = cue.end, quantity.start, 0.35
        score = 100.0
    else:
        left, right, cost = _past_conversion(context, quantity.end), cue.start, 0.9
        score = 88.0 if reaches_back(context, quantity, cue) else 60.0
    if (
        quantity.item_end is not None
        and cue.start >= quantity.start
        and cue.end <= quantity.item_end
    ):
        return 90.0
    if (
        cue.key == "change"
        and cue.start >= quantity.end
        and ((context.zh and right - left > 2) or commas(context, left, right))
        and quantity.unit != "%"
    ):
        return 0.0  # a rise told of after the level that it led to
    if (
        context.zh
        and cue.key == "change"
        and quantity.unit != "%"
        and cue.end <= quantity.start
        and commas(context, left, right)
    ):
        return 0.0  # of another clause: 增长8%，货运量5万吨
    if context.zh and cue.start >= quantity.end and commas(context, left, right):
        return 0.0  # of the next clause: 90亿元，利润2亿元
    score -= cost * width * max(right - left, 0)
    if score <= LEAST:
        return score
    score -= 14 * commas(context, left, right)
    score -= 22 * between(context, sentence, left, right)
    return score


_CONVERSION = re.compile(r" ?\([^()]{1,30}\)(?= (?:was|were|is|has|have|will|of|in)\b)")


def _past_conversion(context: Context, end: int) -> int:
    """Where words go on behind an amount that brackets convert: "64 million yuan ($9.9 million) was invested"."""
    match = None if context.zh else _CONVERSION.match(context.plain, end)
    return end if match is None else match.end()


LEAST = 20.0
"""A cue that bears on a figure no more than this says nothing of it."""
REACH, REACH_ZH = 230, 77
"""Characters beyond which no cue bears on a figure more than that, in English and in Chinese."""


_OF = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:of|in|worth of|的|元的)?\s*(?:total |new |annual |planned )?"
)


def reaches_back(context: Context, quantity: Quantity, cue: Cue) -> bool:
    """Whether the cue follows at once: "46.3 billion yuan of investment", 1000万元产值."""
    match = _OF.match(context.plain, quantity.end)
    return match is not None and cue.start <= match.end() + 1


@once_a_sentence
def _items(context: Context, sentence: Sentence) -> dict[int, Reading | None]:
    """What the sentence's figures count, by their starts, as far as it has been asked."""
    return {}


def of_item(context: Context, sentence: Sentence, quantity: Quantity) -> Reading | None:
    """The measure that the counted noun itself names: workers, enterprises, workshops; kept."""
    if quantity.unit != "1":
        return None
    kept = _items(context, sentence)
    if quantity.start not in kept:
        found = _item(context, sentence, quantity)
        kept[quantity.start] = None if _no_firms(context, quantity, found) else found
    return kept[quantity.start]


_OTHERS = re.compile(
    r"[\d.,]+[万千百余多]*(?:[名位]|个(?=[^，。；、]{2,8}?(?:办事处|联络处|服务[站处点]|协会|商会)))"
)
"""A number of persons or offices that only belong to firms: 76名企业骨干, 5个驻外企业联络处."""


def _no_firms(context: Context, quantity: Quantity, reading: Reading | None) -> bool:
    """Whether it is no firms that a Chinese number counts, though the word for them stands behind it."""
    if reading is None or reading.measure != "enterprises" or not context.zh:
        return False
    return _OTHERS.match(context.plain, quantity.start) is not None


def _things_before(
    context: Context, sentence: Sentence, quantity: Quantity, cues: list[Cue]
) -> list[Cue]:
    """Words for things before the number that it may count; none where it counts what follows."""
    if context.zh and quantity.item_start is not None:
        return []  # 风电项目135台机组
    before = [c for c in cues if c.end <= quantity.start and c.key != "period"]
    return [] if context.zh and before and _of_park(sentence, before[-1]) else before


def _item(context: Context, sentence: Sentence, quantity: Quantity) -> Reading | None:
    cues = sentence.cue("item")
    if quantity.per is not None:  # the year of 30万辆/年 is not what is counted
        cues = [c for c in cues if c.key != "period"]
    if not cues:
        return None
    if context.zh and (shared := _shared_head(context, sentence, quantity)) is not None:
        return shared
    if quantity.item_start is not None and quantity.item_end is not None:
        start, end = quantity.item_start, quantity.item_end
        over = 2 if context.zh else 0  # 135台风电机 | 组
        inside = [c for c in cues if start <= c.start < end and c.end <= end + over]
        head = _head(context, quantity, inside) if inside else None
        if head is not None:
            return Reading(head.key, 85.0, head, "the thing counted")
    own = [c for c in cues if quantity.start <= c.start and c.end == quantity.end]
    if context.zh and own and own[0].end - own[0].start > 1 and own[0].key != "period":
        return Reading(own[0].key, 80.0, own[0], "its counter")
    before = _things_before(context, sentence, quantity, cues)
    if before and not context.zh and measure_en.number_of(context, sentence, quantity, before[-1]):
        return Reading(before[-1].key, 82.0, before[-1], measure_en.NUMBER_OF)
    if before and _COUNTED_AFTER.fullmatch(context.plain, before[-1].end, quantity.start):
        firms = before[-1].key == "count" and context.plain.endswith(("家", "户"), 0, quantity.end)
        key = "enterprises" if context.zh and firms else before[-1].key
        return Reading(key, 80.0, before[-1], "the thing counted, named before it")
    after = [c for c in cues if c.start >= quantity.end]
    bare = quantity.item_start is None
    if quantity.item_end is not None:  # 19个制造产业 | 化和配套项目: the noun goes on
        bare = context.zh and not any(
            c.start < quantity.item_end for c in cues if c.end > quantity.start
        )
    following = _following(context, quantity, after) if context.zh and after and bare else None
    if following is not None:
        return following
    within = [c for c in cues if quantity.start <= c.start and c.end <= quantity.end]
    if within and within[-1].end == quantity.end:
        return Reading(within[-1].key, 75.0, within[-1], "its counter")
    return None


_GRADE = re.compile(r"[\u4e00-\u9fff]{1,6}[级类型档][、和及]")


def _shared_head(context: Context, sentence: Sentence, quantity: Quantity) -> Reading | None:
    """The things that a list of grades counts at its end: 120余家基础级、5家卓越级智能工厂."""
    following = next((q for q in sentence.quantities if q.start >= quantity.end), None)
    if following is None or following.unit != "1":
        return None
    start = quantity.end if quantity.item_start is None else quantity.item_start
    if _GRADE.fullmatch(context.plain, start, following.start) is None:
        return None
    found = of_item(context, sentence, following)
    return found if found is not None and found.measure in _MADE_UP else None


_MADE_UP = frozenset({"facilities", "enterprises", "projects"})


def _of_park(sentence: Sentence, cue: Cue) -> bool:
    """Whether the word belongs to the name of a zone, which is not what is counted: 开发区37户企业."""
    return any(
        n.kind in ("park", "place") and n.start <= cue.start and cue.end <= n.end
        for n in sentence.names
    )


_COUNTED_AFTER = re.compile(
    r"[”』」]?(?:数量?|总数|存量|总量)?[，,]?(?:已|现|共|总|实际|累计|全部|均|新)*"
    r"(?:开工|动工|开复工|复工|复产|投产|竣工|完工|投用|入驻|落地|签约|入库)?(?:有|达到?|为|超过?|约|近|计|建成|完成|增至|增加到|达成)?(?:了)?(?:约|近|超)?"
)
_NOUN_RUN = re.compile(r"(?:[省市区]、[市县区])?[^，。；、！？\s,;.\d]*")


def _following(context: Context, quantity: Quantity, after: list[Cue]) -> Reading | None:
    """The head of the noun run right after a bare counter: 10个 + 智能工厂, 86个 + 投资…项目."""
    run = _NOUN_RUN.match(context.plain, quantity.end, quantity.end + 24)
    end = run.end() if run else quantity.end
    heads = [c for c in after if c.end <= end and c.key != "period"]
    if not heads or heads[0].start - quantity.end > 12:
        return None
    last = next(
        (c for c in heads if c.end == end or context.plain[c.end] in "和与及的等"), heads[0]
    )
    return Reading(last.key, 78.0, last, "the thing counted, after it")


_HEAD_ENDS = re.compile(r"\b(?:of|for|in|from|with|covering|under|by|to|at|on)\b")


def _head(context: Context, quantity: Quantity, inside: list[Cue]) -> Cue | None:
    """The cue that ends the noun phrase before any "of": "sets of equipment" keeps its own entry."""
    assert quantity.item_start is not None and quantity.item_end is not None
    stop = _HEAD_ENDS.search(context.small, quantity.item_start, quantity.item_end)
    end = stop.start() if stop else quantity.item_end
    heads = [c for c in inside if c.end <= end and not context.small[c.end : end].strip(" )）\"'")]
    if heads:
        return heads[-1]
    last = inside[-1]
    rest = quantity.item_end - last.end
    return last if rest == 0 or (context.zh and rest <= 3) else None
