"""Which measure a figure states: its unit says what it can be, the words around it what it is."""

from __future__ import annotations

import re
from typing import cast

from msgspec.structs import replace

from nameplate.claim import measure_en
from nameplate.claim.clause import commas
from nameplate.claim.context import Context, Sentence
from nameplate.claim.measure_cues import cues_near, of_item, reaches_back
from nameplate.claim.measure_money import capital, is_loose, of_money
from nameplate.claim.measure_reading import MONEY, SPAN_OF_TIME, Reading, allowed
from nameplate.model import Cue, Quantity

_DIGIT = re.compile(r"\d")


def _vague(context: Context, quantity: Quantity) -> bool:
    """Whether the figure is a mere manner of speaking: "hundreds of", 数百."""
    low, high = quantity.low, quantity.high
    if low is None or high is None or low <= 0 or high / low < (9 if context.zh else 4.5):
        return False
    return _DIGIT.search(context.plain, quantity.start, quantity.end) is None


_SMALL = frozenset({"mm", "cm", "um", "nm", "[in_i]"})
"""Units of lengths that things have; none is made by the millimetre."""


_AWAY = re.compile(
    r"(?: (?:away|far))? from (?!end to|the ground|top)|,? (?:north|south|east|west|north-?east|north-?west"
    r"|south-?east|south-?west)"
    r"(?:ern|wards?)? (?:of|from)\b"
)
"""Behind a length: how far off something lies, which is no size of anything."""
_ONE_OF = re.compile(r"one (?:of|or|such)\b|一[个条座家项所台套批种处栋]")
_RANKED = re.compile(
    r"(?:前|第)[\d一二三四五六七八九十]+[名位强]|[村社屯][\d一二三四五六七八九十]+组"
)
"""A place in a ranking or a part of a village, which are no number of anything."""
_BATCH = re.compile(r"(?:基地|项目|工程|园区|能源|中心)[二三四五六七八九十]批(?!次)")
"""Which batch it is, said without 第: 能源基地二批新能源项目."""
_LISTED_SHARE = re.compile(r"\d{3,6}-[A-Z]{2}")
"""A share's code on an exchange, which is no amount: 3711-TW."""
_THRESHOLD = re.compile(
    r"\s*(?:及|或)?以[上下]的?"
    r"(?:\d|[^，。；、]{0,10}?(?:项目|企业|工程|产品|订单|合同|产业|集群|龙头|园区))"
)


_OF_SIZE = re.compile(
    r"级?(?:的)?(?:工业|产业|签约|重大|重点)?(?:项目|企业)(?:已|共|达|有|为|新增)*\d+[个项家户]"
)
"""After a sum: it says how large the projects are that are counted: 100亿元项目3个."""


_LARGER = re.compile(r"(?P<one>[一这该首此][家个][^，。；]{0,24})?(?:超|过|破|达到?)$")
_FIRMS = re.compile(r"的?(?:规上|规模|工业|龙头|重点|骨干|民营|制造业?)*(?:企业|集群)(?![群集])")


def _sorts_firms(context: Context, quantity: Quantity) -> bool:
    """Whether a sum only picks out firms by size: 营业收入超100亿元的企业; not 一家年产值超百亿元的企业."""
    if _FIRMS.match(context.plain, quantity.end) is None:
        return False
    larger = _LARGER.search(context.plain, max(0, quantity.start - 30), quantity.start)
    return larger is not None and larger["one"] is None


_FIRMS_WITH = re.compile(
    r"\b(?:enterprises|companies|firms|businesses|manufacturers|factories)(?: [^.,;()]{1,40})?"
    r" (?:with|whose) (?:an? )?(?:annual |yearly )?(?:[a-z]+ ){0,3}?(?:turnover|revenues?|sales|income|output value)"
    r"(?: or (?:annual )?(?:output value|revenue|sales))?(?: of| exceeding| above| over| is| are| at)*"
    r"(?: more than| over| at least| no less than| above)? (?:[^()]{1,16} ?\()?$"
)
"""Before a sum that only says how large the firms of a class are: "enterprises with an annual turnover of"."""


def _is_threshold(context: Context, quantity: Quantity) -> bool:
    """Whether the figure only says from where on a class begins: 亿元以上项目."""
    if not context.zh and _FIRMS_WITH.search(
        context.small, max(0, quantity.start - 150), quantity.start
    ):
        return True
    if context.zh and (
        _OF_SIZE.match(context.plain, quantity.end) or _sorts_firms(context, quantity)
    ):
        return True
    if "以" not in context.plain[max(quantity.start, quantity.end - 2) : quantity.end + 18]:
        return False
    return any(
        _THRESHOLD.match(context.plain, max(quantity.start, at), quantity.end + 18)
        for at in (quantity.end - 2, quantity.end)
    )


def _says_nothing(context: Context, quantity: Quantity) -> bool:
    """Whether the figure is a manner of speaking, a size of goods, a rank, a code or a threshold."""
    if _vague(context, quantity) or (quantity.unit in _SMALL and not context.zh):
        return True
    if quantity.dimension == "length" and _AWAY.match(context.small, quantity.end):
        return True
    if quantity.value == 1 and _ONE_OF.match(context.small, quantity.start):
        return True
    before = context.plain[quantity.start - 1 : quantity.start]
    if before and before in "前第村社屯" and _RANKED.match(context.plain, quantity.start - 1):
        return True
    if context.zh and _BATCH.match(context.plain, max(0, quantity.start - 2)):
        return True
    if (
        before in "“「『"
        and before
        and _DIGIT.search(context.plain, quantity.start, quantity.end) is None
    ):
        return True  # “百场万企”: a slogan's name
    if _LISTED_SHARE.fullmatch(context.plain, quantity.start, quantity.end):
        return True
    return quantity.unit != "1" and _is_threshold(context, quantity)


def choose(context: Context, sentence: Sentence, quantity: Quantity) -> Reading | None:
    """The best measure of a figure, or None where nothing says what it states.

    A threshold that only picks out a class ("投资亿元以上项目") states nothing.
    """
    if quantity.dimension in SPAN_OF_TIME or _says_nothing(context, quantity):
        return None
    if context.zh and any(
        n.kind == "place" and n.start <= quantity.start and quantity.end <= n.end
        for n in sentence.names
    ):
        return None  # 三门峡
    named = _in_name(context, sentence, quantity)
    if named is not None:
        return named
    near = cues_near(context, sentence, quantity)
    if quantity.unit == "1":
        return _of_things(context, sentence, quantity, near)
    if quantity.unit == "%":
        return _part_of(context, quantity, near) or _of_ratio(context, sentence, quantity, near)
    if quantity.unit == "m2":
        return _of_area(context, quantity, near)
    if near and near[0].measure == "change" and reaches(context, quantity):
        near = [r for r in near if r.measure != "change"] or near
    best = near[0] if near else None
    if allowed(quantity) is MONEY:
        said = of_money(context, sentence, quantity, near)
        if is_loose(context, said):
            said = capital(context, quantity) or said
        return _earned(context, said)
    return _physical(context, quantity, best)


def _earned(context: Context, said: Reading | None) -> Reading | None:
    """Chinese sales in money are what was earned; orders stay sales to come: 年销售20亿元."""
    if said is None or said.cue is None or said.measure != "sales" or not context.zh:
        return said
    sold = "销售" in context.plain[said.cue.start : said.cue.end]
    return replace(said, measure="revenue") if sold else said


_OF_LAND = re.compile(
    r"\d[ -]?(?:ha|hectares?|acres?|mu|sq\.? ?km|square kilomet\w+)\b", re.IGNORECASE
)


def _made_after(context: Context, quantity: Quantity, reading: Reading) -> bool:
    """Whether a word of making comes only later: "is 744,000 sq ft and produced wafers"."""
    later = reading.cue is not None and reading.cue.start >= quantity.end
    return (
        later
        and reading.measure in MADE
        and not reaches_back(context, quantity, cast(Cue, reading.cue))
    )


_ITS_OWN = re.compile(r"\s*(?:of|is|was|:|为|约|达|共)?\s*(?:about |some |over |nearly )?\d")


def _of_the_next(context: Context, quantity: Quantity, reading: Reading) -> bool:
    """Whether a later word introduces a figure of its own: "626 mu with a floor area of 242,500 m2"."""
    later = reading.cue is not None and reading.cue.start >= quantity.end
    return later and _ITS_OWN.match(context.plain, cast(Cue, reading.cue).end) is not None


_OF_BUILDING = re.compile(
    r"(?: \([^()]{1,40}\) |-|\)? )(?:[\w-]+,? ){0,5}?(?:facilit(?:y|ies)|campus(?:es)?|"
    r"baker(?:y|ies)|plants?|factory|factories|warehouses?|buildings?|halls?|"
    r"workshops?|offices?|headquarters|laborator(?:y|ies)|mills?|stores?|showrooms?|cent(?:er|re)s?)\b"
)
_SQUARE = re.compile(r"[ -](?:sq|square)\b|ft|feet|foot", re.IGNORECASE)


def _sizes_building(context: Context, quantity: Quantity) -> bool:
    """Whether an area is said as the size of a building: "a 325,000-square-foot facility"."""
    if context.zh or _SQUARE.search(context.plain, quantity.start, quantity.end) is None:
        return False
    building = _OF_BUILDING.match(context.small, quantity.end)
    return building is not None and " of " not in building[0] and " in " not in building[0]


_OF_GROUND = re.compile(r" of (?:[\w-]+ ){0,3}(?:land|ground)$")
_GROUND = re.compile(r" of (?:[\w-]+ ){0,3}(?:land|ground)\b|[ -](?:plot|site|parcel)\b")


def _is_ground(context: Context, quantity: Quantity) -> bool:
    """Whether an area is said of ground: "50,000 square metres of greenfield land", "a 10-acre site"."""
    if _GROUND.match(context.small, quantity.end):
        return True
    return _OF_GROUND.search(context.small, quantity.start, quantity.end) is not None


_SAVED_LAND = re.compile(
    r"(?:节约|节省|腾出|盘活)[^，。；\d]{0,8}$|(?:灌溉|种植|播种|绿化|造林|养殖)(?:总)?面积(?:达到?|约|近|为|超过?|稳定在|保持在|扩大到|共|有)*$"
)


def _of_area(context: Context, quantity: Quantity, near: list[Reading]) -> Reading:
    """What an area is of; in units of land it is land, whatever is built on it."""
    if _sizes_building(context, quantity) and not _OF_LAND.search(
        context.plain, quantity.start, quantity.end
    ):
        return Reading("floor_area", 60.0, None, "the size of a building")
    area = Reading("land_area", 45.0, None, "an area")
    if context.zh and _SAVED_LAND.search(
        context.plain, max(0, quantity.start - 10), quantity.start
    ):
        return Reading("count", 50.0, None, "land that nothing is built on")
    if not context.zh and _is_ground(context, quantity):
        return Reading("land_area", 60.0, None, "an area of ground")
    own = [r for r in near if not _of_the_next(context, quantity, r)]
    best = next((r for r in own if context.zh or not _made_after(context, quantity, r)), area)
    if best.measure != "floor_area" or context.zh:
        return best
    land = _OF_LAND.search(context.plain, quantity.start, quantity.end)
    floor = best.cue is not None and "floor" in context.small[best.cue.start : best.cue.end]
    return Reading("land_area", best.score, None, "an area of land") if land and not floor else best


_RATED_BY = frozenset({"power", "energy"})
_BUILT_FOR = frozenset({"mass", "power", "energy", "volume", "charge"})


_COUNTER = re.compile(r"[\d.,]+[万亿千百]*(.)")
_PEOPLE = "人户名家个位"
_MANY = 1000
"""Things from which on a number in a project's name says how many it makes."""


def _makes_many(context: Context, quantity: Quantity) -> bool:
    """Whether a number in a Chinese project's name is that of what it makes: 4000万棒玉米加工项目."""
    if quantity.unit != "1" or quantity.value is None or quantity.value < _MANY:
        return False
    counter = _COUNTER.match(context.plain, quantity.start)
    return counter is not None and counter[1] not in _PEOPLE


_EACH_MAKES = re.compile(
    r"(?:合计|各|可)?[年日月](?:产|处理|加工|回收|供|发电)[^，。；\d]{0,4}约?\d"
)
"""Behind a number of lines or works of which it is told what each makes: 2条日产2500吨熟料生产线."""


def _in_name(context: Context, sentence: Sentence, quantity: Quantity) -> Reading | None:
    """What a figure inside or right before the name of works states: its capacity, or how many."""
    if context.zh and quantity.unit == "1" and _EACH_MAKES.match(context.plain, quantity.end):
        return Reading("facilities", 80.0, None, "so many of what follows")
    for name in sentence.names:
        if name.kind not in ("project", "line", "plant"):
            continue
        if name.start <= quantity.start and quantity.end <= name.end:
            if quantity.dimension in _BUILT_FOR:
                return Reading("capacity", 70.0, None, "part of the name of what makes it")
            if name.kind == "project" and context.zh and _makes_many(context, quantity):
                return Reading("capacity", 70.0, None, "part of the name of what makes it")
        elif quantity.dimension in _RATED_BY and name.start == quantity.end + 1 and not context.zh:
            return Reading("capacity", 70.0, None, "the size of the works that follow")
        elif quantity.unit == "1" and name.start == quantity.end and name.kind != "project":
            return Reading("facilities", 72.0, None, "so many of what follows")
    return None


_NEVER_MADE = frozenset({"employment", "enterprises", "projects"})
"""Things that are counted, never produced, however near a word for output stands."""

_WHERE_TO = frozenset({"国家", "个国家", "地区", "城市", "省", "行业", "领域", "村"})


def _never_made(context: Context, item: Reading) -> bool:
    """Whether what is counted is never made or sold: people, firms, and where goods go (出口200多个国家)."""
    if item.measure in _NEVER_MADE:
        return True
    return item.cue is not None and context.plain[item.cue.start : item.cue.end] in _WHERE_TO


MADE = ("capacity", "output", "output+sales", "sales", "exports")


_COME = re.compile(r"(?:余|左右)?(?:参加|出席|参会|参展|参观|到场|观看|齐聚|见证)")


_SERVED = re.compile(
    r"(?:惠及|受益|造福|服务|辐射|覆盖|影响|满足|保障|客运量|客流量|旅客|游客|接待)[^，。；\d]{0,6}$"
)
_RESIDENTS = re.compile(
    r"(?:农村|城乡|城镇|沿线|当地)*(?:人口(?!就业)|群众|居民|民众|市民|村民|旅客|游客|用户)"
)
"""Around people whom works serve, and who do not work there: 惠及200多万人."""


def _guests_zh(context: Context, quantity: Quantity, item: Reading) -> bool:
    """Whether Chinese people are counted that only come: 近400人参加仪式, 一行15人."""
    if not context.zh or item.measure != "employment":
        return False
    if context.plain.endswith(("一行", "一行共"), 0, quantity.start):
        return True
    head = max(0, quantity.start - 10)
    if _SERVED.search(context.plain, head, quantity.start) or _RESIDENTS.match(
        context.plain, quantity.end
    ):
        return True
    return _COME.match(context.plain, quantity.end) is not None


_AWAY_ZH = 8
"""Characters between a word of making and a small number, beyond which the number is of other things."""


def _few_of_many(context: Context, quantity: Quantity, made: Reading) -> bool:
    """Whether a small number only tells whose output follows: 三个合作伙伴总计年产能…."""
    later = made.cue is not None and made.cue.start >= quantity.end
    away = made.cue is not None and quantity.start - made.cue.end > _AWAY_ZH
    few = quantity.value is not None and quantity.value < _MANY
    mark = context.plain[quantity.end - 1 : quantity.end]
    return context.zh and (later or away) and few and mark in _PEOPLE


def _of_things(
    context: Context, sentence: Sentence, quantity: Quantity, near: list[Reading]
) -> Reading | None:
    item = of_item(context, sentence, quantity)
    if item is not None and (item.measure == "period" or _guests_zh(context, quantity, item)):
        return None
    if (item is None or item.measure == "count") and measure_en.known_group(
        context, sentence, quantity
    ):
        return None
    if (
        item is not None
        and item.measure == "employment"
        and measure_en.guests(context, sentence, quantity)
    ):
        return Reading("count", item.score, item.cue, "people who come, not who work")
    if (
        item is not None
        and item.measure == "employment"
        and measure_en.job_cuts(context, sentence, quantity)
    ):
        return Reading("change", item.score, item.cue, measure_en.CUT)
    if quantity.trend is not None and near and near[0].measure == "change":
        cue = near[0].cue
        if context.zh and cue is not None and cue.end == quantity.start:
            return near[0]  # 较上年增长3家
    made = next(
        (r for r in near if r.measure in MADE and not _few_of_many(context, quantity, r)), None
    )
    holds = made is not None and made.measure == "capacity"  # seats people, houses firms
    if item is not None and not holds and _never_made(context, item):
        return item
    if made is not None and made.score > (92 if item is not None else 50):
        return made
    if made is not None and quantity.per is not None and made.score > 25:
        return made
    return item or _unsorted(context, quantity, near, made)


_GOODS = "辆台只套件块片枚支部"
"""Counters of goods that works make; roads and stations that are built have others."""


def _unsorted(
    context: Context, quantity: Quantity, near: list[Reading], made: Reading | None
) -> Reading | None:
    """What a number states whose things are of no known sort: what the words around it say."""
    people = next((r for r in near if r.measure == "employment"), None)
    goods = context.plain[quantity.end - 1 : quantity.end] in _GOODS or quantity.item_start
    if near and near[0].measure == "facilities" and goods and _makes_many(context, quantity):
        return replace(near[0], measure="capacity")  # 建成24万台发动机的产能
    if people is not None and people.score > 60 and (made is None or people.score > made.score):
        return people
    if made is not None and made.score > 35:
        return made
    return next((r for r in near if r.score > 70 and r.measure != "change"), None)


_DONE = re.compile(
    r"\s+(?:complete|completed|completion|finished|automated|booked|occupied|sold out)\b(?! (?:in|of|with) \d)"
)
_GIVES = re.compile(
    r"\bcontribut(?:e[sd]?|ing) (?:about |some |nearly |around |over |more than )?$"
)
_TO_ALL = re.compile(
    r" (?:of|to) (?:the |its |total |national |provincial |city's |country's )*[a-z]"
)


_IS_RATE = re.compile(
    r" (?!(?:growth|interest|tax|tariff|discount|inflation|duty)\b)(?:[a-z-]+ ){1,3}rates?\b"
)
"""A rate named behind its percentage: "a 62.9 percent completion rate"."""
_OF_WHOLE = re.compile(
    r"\s*of\b(?! (?:the |a |an |this |that |all |its |his |her |their )*"
    r"(?:time|day|night|year|month|week|hour|century|decade|way|story|game|match|us|them|it)\b)|(?:以上|左右)?的"
)
_RATE = re.compile(
    r"(?:[元辆吨个家户人]|(?:计划|任务|目标|总量|总额|总数|总投资)(?:数|值|额)?)的$|[\u4e00-\u9fff]{2}[率度](?:已|均)?(?:达到?|为|超过?|约|近|仅)*$"
)
"""What a percentage without a measure word is a share of: 完成年任务3亿元的20%, 本地配套率超过45%."""


_PART_OF = re.compile(
    r"(?:\d[万亿]*(?:[元吨台辆人亩个项家户]|美元|人次)|任务[数量]?|计划[数量]?|计划(?:总|年度)?投资额?|计划(?:开工|竣工|投产|完成)(?:数|量)?|目标[数值]?|总[数量额]|同期|占[^，。；]{1,16}|去年)的(?:约|近|超过?)?$"
    r"|(?:正常|去年同期|往年同期|去年)(?:的)?(?:生产)?(?:水平|用电量?|用电负荷)的?(?:约|近|超过?)?$"
)
"""Before a percentage in Chinese: it is so much of a figure or a plan that stands before it."""


_RUNNING = re.compile(
    r"产能(?:已|均|普遍|总体)*(?:(?:由|从)(?:[\d.]+%(?:恢复|提升|提高|上升|回升)?[至到])?"
    r"|(?:恢复|释放)(?:至|到|了|达)*|(?:提升|提高|上升|回升)[至到]|达到?)(?:约|近|了)?$"
)
"""Before the share of capacity that is at work: 产能由58%提升至87%; not 产能提升30%."""


_PACE = re.compile(
    r"(?:增速|增幅|增长率|涨幅|降幅|跌幅)(?:分别|均|已|都)*(?:达到?|为|至|超过?|约|近)*$"
)
"""Before a pace itself: 年均增速分别达到7%; not 增速提高到…, of which it is told where it went."""


def _part_of(context: Context, quantity: Quantity, near: list[Reading]) -> Reading | None:
    """The share that a percentage is of the sum or number right before it: 90亿元的38%."""
    if not context.zh or "点" in context.plain[quantity.start : quantity.end]:
        return None
    if _RUNNING.search(context.plain, max(0, quantity.start - 24), quantity.start):
        return Reading("utilisation", 80.0, None, "so much of the capacity is at work")
    if _PACE.search(context.plain, max(0, quantity.start - 16), quantity.start):
        return Reading("change", 75.0, None, "a pace reached")
    if _PART_OF.search(context.plain, max(0, quantity.start - 20), quantity.start) is None:
        return None
    cue = next((r.cue for r in near if r.measure == "share"), None)
    return Reading("share", 75.0, cue, "so much of a sum or number")


def _of_ratio(
    context: Context, sentence: Sentence, quantity: Quantity, near: list[Reading]
) -> Reading | None:
    rates = [r for r in near if r.measure in ("utilisation", "resumption_rate")]
    if context.plain.startswith("的", quantity.start - 1):  # 用电负荷达到正常水平的八成
        rates = [r for r in rates if r.cue and not commas(context, r.cue.end, quantity.start)]
    if any(p in context.small[quantity.start : quantity.end] for p in ("point", "百分点")):
        return Reading("change", 90.0, None, "points more or less")
    if rates and rates[0].score > 55:
        return _of_projects(context, sentence, rates[0])
    if near and near[0].measure == "duration":
        return None
    if measure_en.back_at_work(context, quantity):
        return Reading("resumption_rate", 80.0, None, "the share that is back at work")
    if not context.zh and (part := _part_done(context, quantity)) is not None:
        return part
    if (
        reaches(context, quantity)
        and not context.zh
        and _GROWTH.search(context.small, max(sentence.start, quantity.start - 90), quantity.start)
    ):
        return Reading("change", 70.0, None, "a growth reached")
    if reaches(context, quantity):
        level = next((r for r in near if r.measure != "change"), None)
        return level or Reading("share", 55.0, None, "a level reached")
    if quantity.trend is not None or measure_en.changes_by(context, quantity):
        return Reading("change", 90.0, None, "it rises or falls")
    if near and near[0].score > 35:
        return near[0]
    if _IS_RATE.match(context.small, quantity.end):
        return Reading("share", 60.0, None, "a rate by its name")
    head = context.plain[max(sentence.start, quantity.start - 12) : quantity.start]
    if _OF_WHOLE.match(context.small, quantity.end, quantity.end + 24) or _RATE.search(head):
        return Reading("share", 60.0, None, "a percentage of a whole")
    return None


def _part_done(context: Context, quantity: Quantity) -> Reading | None:
    """A percentage of a work that is done or of a whole that is given: "75 % complete"."""
    if _DONE.match(context.small, quantity.end):
        return Reading("share", 60.0, None, "so much of it is done")
    if not _TO_ALL.match(context.small, quantity.end):
        return None
    gives = _GIVES.search(context.small, max(0, quantity.start - 36), quantity.start)
    return Reading("share", 60.0, None, "so much of a whole") if gives else None


def _of_projects(context: Context, sentence: Sentence, rate: Reading) -> Reading:
    """The share of projects that have begun, which 开工率 is where projects are told of."""
    cue = rate.cue
    if not context.zh or cue is None or not context.plain.endswith("开工率", cue.start, cue.end):
        return rate
    about = context.plain[max(sentence.start, cue.start - 40) : cue.start]
    if "项目" not in about and (about.endswith("企业") or "企业" in about[-16:]):
        return replace(rate, measure="resumption_rate")
    return Reading("share", rate.score, cue, "projects begun") if "项目" in about else rate


_GROWTH = re.compile(
    r"\bgrowth(?: rates?)?\b[^.;,]{0,50}\b(?:reached|hit|surged to|rose to|of|at|was|is|to)\b[^.;,]{0,12}$"
)
_TO = re.compile(
    r"(?:(?:至|到|达|为|从|由)(?:(?:\d{4}年|去年|上年|前年|年初)(?:同期)?的?)?"
    r"|(?<!close )(?<!equal )\bto|\bat|\breached|\bfrom)\s*(?:just |about |约|近|了|不到|不足|超过?|逾)?$"
)


def reaches(context: Context, quantity: Quantity) -> bool:
    """Whether the percentage is where something rose or fell to, not by how much it did."""
    head = context.small[max(0, quantity.start - 12) : quantity.start]
    return bool(_TO.search(head))


_STORED = re.compile(r"[^，。；、]{0,8}?(?:电池|电芯|锂|储能|Pack|PACK)")
_SAVES = re.compile(
    r"\b(?:sav|cut|reduc|replac(?!ed by)|avoid|prevent|offset|substitut|spar)\w*\b[^.;]*$|(?:节约|减排|替代|减少"
    r"|节省)[^。；]*$"
)


SAVED = "what is saved"
"""Why an amount that is not used up or let off is a count."""


def _sized_or_priced(quantity: Quantity, best: Reading | None) -> bool:
    """Whether the figure is a size of goods (55英寸) or a price (4.1元/股) that no word speaks for."""
    if best is None or best.measure == "count":
        return False
    small = quantity.dimension == "length" and quantity.unit != "m"
    if best.measure in MADE and quantity.value is not None and quantity.value < _MANY:
        small = small or quantity.unit in ("m", "W")  # 生产120米超大叶片
    return small or (best.measure == "change" and "/" in quantity.unit and quantity.trend is None)


def _physical(context: Context, quantity: Quantity, best: Reading | None) -> Reading | None:
    if best is not None and best.measure == "duration":
        return None
    if _SAVES.search(context.small, max(0, quantity.start - 60), quantity.start):
        return Reading("count", 50.0, None, SAVED)
    if context.zh and _sized_or_priced(quantity, best):
        return None
    rate = "/" in quantity.unit or quantity.dimension == "length"  # the weight of a sheet, a length
    if rate and quantity.item_start is None and not context.zh:
        best = None if best is not None and best.measure in MADE else best
    if best is not None and best.score > 40:
        return best
    if quantity.dimension == "energy" and best is None:
        made = _STORED.match(context.plain, quantity.end) if context.zh else None
        return Reading("capacity", 50.0, None, "what batteries made a year hold") if made else None
    if quantity.dimension == "power":
        return Reading("capacity", 55.0, None, "a power")
    if quantity.per is not None:
        return Reading("capacity", 50.0, None, "a rate")
    return best
