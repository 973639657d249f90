"""Which measure a figure states: its unit says what it can be, the words around it what it is."""

from __future__ import annotations

import re
from typing import cast

import msgspec

from nameplate.claim import measure_en
from nameplate.claim.clause import between, commas
from nameplate.claim.context import Context, Sentence, once_a_sentence
from nameplate.model import Cue, Quantity

MONEY = frozenset(
    {"investment", "contract_value", "output_value", "revenue", "tax", "profit", "exports",
     "sales", "capital", "change", "duration", "funding"}
)  # fmt: skip
RATIO = frozenset({"utilisation", "resumption_rate", "share", "change", "duration"})
AREA = frozenset({"land_area", "floor_area", "capacity", "output", "sales"})
THINGS = frozenset(
    {"capacity", "output", "output+sales", "sales", "exports", "equipment", "employment",
     "facilities", "enterprises", "projects", "change"}
)  # fmt: skip
PHYSICAL = frozenset(
    {"capacity", "output", "output+sales", "sales", "exports", "count", "change", "duration"}
)

_SPAN_OF_TIME = frozenset({"time", "duration"})
_RATES = ("/", ".")
FLOWS = frozenset({"output", "sales", "revenue", "tax", "profit", "exports", "output_value"})


class Reading(msgspec.Struct, frozen=True):
    """A measure with the words that speak for it and how strongly they do (0 to 100)."""

    measure: str
    score: float
    cue: Cue | None = None
    why: str = ""


def allowed(quantity: Quantity) -> frozenset[str]:
    """The measures that a figure of this unit can state."""
    unit = quantity.unit
    if len(unit) == 3 and unit.isalpha() and unit.isupper():
        return MONEY
    if unit == "%":
        return RATIO
    if unit == "m2":
        return AREA
    if unit == "1":
        return THINGS
    return PHYSICAL


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
        return [c for c in cues if not _attributive(context, c)]
    return [c for c in cues if not (_of_a_firm(sentence, c) or measure_en.of_line(context, c))]


_MADE_FOR = re.compile(
    r"(?:及|和|与|、)?(?:线|设备|装置|车间|厂房|基地|中心|企业|厂家|厂商|加工线|(?:科研|办公|研发|生活|检测)(?:设备|设施|用房))"
)


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
        left, right, cost = quantity.end, cue.start, 0.9
        score = 88.0 if _reaches_back(context, quantity, cue) else 60.0
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
    score -= cost * width * max(right - left, 0)
    if score <= LEAST:
        return score
    score -= 14 * commas(context, left, right)
    score -= 22 * between(context, sentence, left, right)
    return score


LEAST = 20.0
"""A cue that bears on a figure no more than this says nothing of it."""
REACH, REACH_ZH = 230, 77
"""Characters beyond which no cue bears on a figure more than that, in English and in Chinese."""


_OF = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:of|in|worth of|的|元的)?\s*(?:total |new |annual |planned )?"
)


def _reaches_back(context: Context, quantity: Quantity, cue: Cue) -> bool:
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
        kept[quantity.start] = _item(context, sentence, quantity)
    return kept[quantity.start]


def _item(context: Context, sentence: Sentence, quantity: Quantity) -> Reading | None:
    cues = sentence.cue("item")
    if not cues:
        return None
    if quantity.item_start is not None and quantity.item_end is not None:
        start, end = quantity.item_start, quantity.item_end
        inside = [c for c in cues if c.start >= start and c.end <= end]
        head = _head(context, quantity, inside) if inside else None
        if head is not None:
            return Reading(head.key, 85.0, head, "the thing counted")
    before = [c for c in cues if c.end <= quantity.start and c.key != "period"]
    if before and not context.zh and measure_en.number_of(context, sentence, quantity, before[-1]):
        return Reading(before[-1].key, 82.0, before[-1], measure_en.NUMBER_OF)
    if before and _COUNTED_AFTER.fullmatch(context.plain, before[-1].end, quantity.start):
        return Reading(before[-1].key, 80.0, before[-1], "the thing counted, named before it")
    after = [c for c in cues if c.start >= quantity.end]
    bare = quantity.item_start is None
    following = _following(context, quantity, after) if context.zh and after and bare else None
    if following is not None:
        return following
    within = [c for c in cues if quantity.start <= c.start and c.end <= quantity.end]
    if within and within[-1].end == quantity.end:
        return Reading(within[-1].key, 75.0, within[-1], "its counter")
    return None


_COUNTED_AFTER = re.compile(
    r"(?:数量?|总数|存量|总量)?[，,]?(?:已|现|共|总)?(?:复工|复产|投产|入驻|落地)?(?:有|达到?|为|超过?|约|近|计|建成|完成|增至|增加到|达成)?(?:了)?(?:约|近|超)?"
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


_DIGIT = re.compile(r"\d")


def _vague(context: Context, quantity: Quantity) -> bool:
    """Whether the figure is a mere manner of speaking: "hundreds of", 数百."""
    low, high = quantity.low, quantity.high
    if low is None or high is None or low <= 0 or high / low < (9 if context.zh else 4.5):
        return False
    return _DIGIT.search(context.plain, quantity.start, quantity.end) is None


_SMALL = frozenset({"mm", "cm", "um", "nm", "[in_i]"})
"""Units of lengths that things have; none is made by the millimetre."""


_ONE_OF = re.compile(r"one (?:of|or|such)\b|一[个条座家项所台套批种处栋]")
_LISTED_SHARE = re.compile(r"\d{3,6}-[A-Z]{2}")
"""A share's code on an exchange, which is no amount: 3711-TW."""
_THRESHOLD = re.compile(
    r"\s*(?:及|或)?以[上下]的?"
    r"(?:\d|[^，。；、]{0,10}?(?:项目|企业|工程|产品|订单|合同|产业|集群|龙头|园区))"
)


def _is_threshold(context: Context, quantity: Quantity) -> bool:
    """Whether the figure only says from where on a class begins: 亿元以上项目."""
    if "以" not in context.plain[max(quantity.start, quantity.end - 2) : quantity.end + 18]:
        return False
    return any(
        _THRESHOLD.match(context.plain, max(quantity.start, at), quantity.end + 18)
        for at in (quantity.end - 2, quantity.end)
    )


def choose(context: Context, sentence: Sentence, quantity: Quantity) -> Reading | None:
    """The best measure of a figure, or None where nothing says what it states.

    A threshold that only picks out a class ("投资亿元以上项目") states nothing.
    """
    if quantity.dimension in _SPAN_OF_TIME or _vague(context, quantity):
        return None
    if quantity.unit in _SMALL and not context.zh:
        return None
    if quantity.value == 1 and _ONE_OF.match(context.small, quantity.start):
        return None
    if _LISTED_SHARE.fullmatch(context.plain, quantity.start, quantity.end):
        return None
    if quantity.unit != "1" and _is_threshold(context, quantity):
        return None
    named = _in_name(context, sentence, quantity)
    if named is not None:
        return named
    near = cues_near(context, sentence, quantity)
    if quantity.unit == "1":
        return _of_things(context, sentence, quantity, near)
    if quantity.unit == "%":
        return _of_ratio(context, sentence, quantity, near)
    if quantity.unit == "m2":
        return _of_area(context, quantity, near)
    if near and near[0].measure == "change" and reaches(context, quantity):
        near = [r for r in near if r.measure != "change"] or near
    best = near[0] if near else None
    if allowed(quantity) is MONEY:
        said = _of_money(context, sentence, quantity, near)
        if _is_loose(context, said):
            said = _capital(context, quantity) or said
        return said
    return _physical(context, quantity, best)


_OF_LAND = re.compile(
    r"\d[ -]?(?:ha|hectares?|acres?|mu|sq\.? ?km|square kilomet\w+)\b", re.IGNORECASE
)


def _made_after(context: Context, quantity: Quantity, reading: Reading) -> bool:
    """Whether a word of making comes only later: "is 744,000 sq ft and produced wafers"."""
    later = reading.cue is not None and reading.cue.start >= quantity.end
    return (
        later
        and reading.measure in MADE
        and not _reaches_back(context, quantity, cast(Cue, reading.cue))
    )


def _of_area(context: Context, quantity: Quantity, near: list[Reading]) -> Reading:
    """What an area is of; in units of land it is land, whatever is built on it."""
    area = Reading("land_area", 45.0, None, "an area")
    best = next((r for r in near if context.zh or not _made_after(context, quantity, r)), area)
    if best.measure != "floor_area" or context.zh:
        return best
    land = _OF_LAND.search(context.plain, quantity.start, quantity.end)
    floor = best.cue is not None and "floor" in context.small[best.cue.start : best.cue.end]
    return Reading("land_area", best.score, None, "an area of land") if land and not floor else best


_RATED_BY = frozenset({"power", "energy"})
_BUILT_FOR = frozenset({"mass", "power", "energy", "volume", "charge"})


def _in_name(context: Context, sentence: Sentence, quantity: Quantity) -> Reading | None:
    """What a figure inside or right before the name of works states: its capacity, or how many."""
    for name in sentence.names:
        if name.kind not in ("project", "line", "plant"):
            continue
        if name.start <= quantity.start and quantity.end <= name.end:
            if quantity.dimension in _BUILT_FOR:
                return Reading("capacity", 70.0, None, "part of the name of what makes it")
        elif quantity.dimension in _RATED_BY and name.start == quantity.end + 1 and not context.zh:
            return Reading("capacity", 70.0, None, "the size of the works that follow")
        elif quantity.unit == "1" and name.start == quantity.end and name.kind != "project":
            return Reading("facilities", 72.0, None, "so many of what follows")
    return None


_NEVER_MADE = frozenset({"employment", "enterprises", "projects"})
"""Things that are counted, never produced, however near a word for output stands."""

MADE = ("capacity", "output", "output+sales", "sales", "exports")


def _of_things(
    context: Context, sentence: Sentence, quantity: Quantity, near: list[Reading]
) -> Reading | None:
    item = of_item(context, sentence, quantity)
    if item is not None and item.measure == "period":
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
    if quantity.trend is not None and near and near[0].measure == "change":
        cue = near[0].cue
        if context.zh and cue is not None and cue.end == quantity.start:
            return near[0]  # 较上年增长3家
    made = next((r for r in near if r.measure in MADE), None)
    people = next((r for r in near if r.measure == "employment"), None)
    holds = made is not None and made.measure == "capacity"  # seats people, houses firms
    if item is not None and item.measure in _NEVER_MADE and not holds:
        return item
    if made is not None and made.score > (92 if item is not None else 50):
        return made
    if made is not None and quantity.per is not None and made.score > 25:
        return made
    if item is not None:
        return item
    if people is not None and people.score > 60 and (made is None or people.score > made.score):
        return people
    if made is not None and made.score > 35:
        return made
    return next((r for r in near if r.score > 70 and r.measure != "change"), None)


_DONE = re.compile(r"\s+(?:complete|completed|finished|automated|booked|occupied|sold out)\b")


_OF_WHOLE = re.compile(
    r"\s*of\b(?! (?:the |a |an |this |that |all |its |his |her |their )*"
    r"(?:time|day|night|year|month|week|hour|century|decade|way|story|game|match|us|them|it)\b)|(?:以上|左右)?的"
)
_RATE = re.compile(
    r"[元辆吨个家户人]的$|[\u4e00-\u9fff]{2}[率度](?:已|均)?(?:达到?|为|超过?|约|近|仅)*$"
)
"""What a percentage without a measure word is a share of: 完成年任务3亿元的20%, 本地配套率超过45%."""


def _of_ratio(
    context: Context, sentence: Sentence, quantity: Quantity, near: list[Reading]
) -> Reading | None:
    rates = [r for r in near if r.measure in ("utilisation", "resumption_rate")]
    if context.plain.startswith("的", quantity.start - 1):  # 用电负荷达到正常水平的八成
        rates = [r for r in rates if r.cue and not commas(context, r.cue.end, quantity.start)]
    if not context.zh and "point" in context.small[quantity.start : quantity.end]:
        return Reading("change", 90.0, None, "points more or less")
    if rates and rates[0].score > 55:
        return rates[0]
    if near and near[0].measure == "duration":
        return None
    if measure_en.back_at_work(context, quantity):
        return Reading("resumption_rate", 80.0, None, "the share that is back at work")
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
    if _DONE.match(context.small, quantity.end):
        return Reading("share", 60.0, None, "so much of it is done")
    head = context.plain[max(sentence.start, quantity.start - 12) : quantity.start]
    if _OF_WHOLE.match(context.small, quantity.end, quantity.end + 24) or _RATE.search(head):
        return Reading("share", 60.0, None, "a percentage of a whole")
    return None


_GROWTH = re.compile(
    r"\bgrowth(?: rates?)?\b[^.;,]{0,50}\b(?:reached|hit|surged to|rose to|of|at|was|is|to)\b[^.;,]{0,12}$"
)
_TO = re.compile(r"(?:至|到|达|为|\bto|\bat|\breached|\bfrom|从|由)\s*(?:just |about |约|近|了)?$")


def reaches(context: Context, quantity: Quantity) -> bool:
    """Whether the percentage is where something rose or fell to, not by how much it did."""
    head = context.small[max(0, quantity.start - 12) : quantity.start]
    return bool(_TO.search(head))


_WORKS = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:[\w-]+\s){0,6}?(?:factory|gigafactory|plant|facility|project|base|hub|park|mill"
    r"|line|centre|center|complex|unit|fab|refinery|smelter|campus|expansion)\b"
)


def _strongest(context: Context, quantity: Quantity, near: list[Reading]) -> Reading | None:
    """The strongest measure of money; 增加20亿元的销售额 names it after the figure."""
    best = next((r for r in near if r.measure != "funding"), None)
    if not context.zh or best is None or best.measure != "change":
        return best
    named = (r for r in near if r.cue is not None and r.cue.start >= quantity.end)
    return next((r for r in named if r.score > 80 and r.measure in MONEY), best)


def _of_money(
    context: Context, sentence: Sentence, quantity: Quantity, near: list[Reading]
) -> Reading | None:
    given = next((r for r in near if r.measure == "funding" and r.score > 40), None)
    best = _strongest(context, quantity, near)
    rises = best is not None and best.measure == "change"
    if best is not None and rises and measure_en.raised(context, sentence, quantity):
        return Reading("investment", best.score, best.cue, "money raised")
    if best is not None and best.measure == "change" and quantity.trend is None and given:
        best = None
    if best is not None and best.measure == "duration":
        return None
    if best is not None and best.score > 40:
        if best.measure == "contract_value" and _size_of_works(context, sentence, best):
            return Reading("investment", best.score, best.cue, "what the works are worth")
        if best.measure == "contract_value" and _size_of_projects(context, sentence, quantity):
            return Reading("investment", best.score, best.cue, "what the projects are worth")
        if best.measure == "contract_value" and _worth_of_goods(context, sentence, quantity):
            return Reading("output_value", best.score, best.cue, "what the goods are worth")
        if best.measure == "investment" and _at_a_signing(context, sentence, quantity):
            return Reading("contract_value", best.score, best.cue, "what contracted projects bring")
        return best
    if _WORKS.match(context.small, quantity.end):
        return Reading("investment", 75.0, None, "it sizes the works that follow")
    if best is None and _signing(sentence):
        return Reading("contract_value", 55.0, None, "money of a signing")
    if best is not None and best.score > 30:
        return best
    brought = _brought_in(context, sentence, quantity) if best is None else None
    if brought is not None or given is None:
        return brought
    return Reading("investment", given.score - 30, given.cue, "money given")


def _brought_in(context: Context, sentence: Sentence, quantity: Quantity) -> Reading | None:
    """Money that is made: "an annual output of 5 billion yuan", "expected to generate 26 million"."""
    if _PUT_OUT.search(context.small, sentence.start, quantity.start):
        return Reading("output_value", 60.0, None, "output in money")
    if _EARNS.search(context.small, sentence.start, quantity.start):
        return Reading("revenue", 55.0, None, "money that it brings in")
    return None


_PUT_OUT = re.compile(
    r"\b(?:output|production) (?:of|worth|reached|reaching|hit|exceed(?:ed|ing)|totall?ing|amounting to|at)\b"
    r"[^.;,]{0,20}$"
)
_EARNS = re.compile(
    r"\b(?:generat(?:e|es|ed|ing)|bring(?:s|ing)? in|brought in)(?: up to| about| over| more than| nearly| some)? $"
)


_OF_CAPITAL = re.compile(
    r"[\s-]*(?:\([^()]{1,40}\)\s*)?(?:worth of|worth|of|in)\s+(?:foreign|domestic|direct|new|total|private|overseas"
    r"|outside|inward|social|utilized|actual|\s)*\b(?:capital|investments?|fdi)\b"
)


def _is_loose(context: Context, said: Reading | None) -> bool:
    """Whether nothing but a rise or the word "worth" says what the money is."""
    if context.zh or said is None or said.measure == "change":
        return not context.zh
    return said.cue is not None and context.small[said.cue.start : said.cue.end] == "worth"


def _capital(context: Context, quantity: Quantity) -> Reading | None:
    """Investment where that is said right after the money: "worth of foreign direct investment"."""
    if _OF_CAPITAL.match(context.small, quantity.end) is None:
        return None
    return Reading("investment", 88.0, None, "so much capital")


def _size_of_works(context: Context, sentence: Sentence, best: Reading) -> bool:
    """Whether the money sizes works named right before it: "its coffee plant worth 65 million"."""
    cue = best.cue
    if cue is None or context.small[cue.start : cue.end] not in ("worth", "valued at"):
        return False
    return any(
        0 <= cue.start - n.end <= 2 and n.kind in ("project", "plant", "line", "park")
        for n in sentence.names
    )


_BARGAIN = re.compile(r"\b(?:sign|contract|agreement|deal|order|memorand|mou|purchase|bid|tender)")


_PROJECTS_WORTH = re.compile(r"\bprojects?\b[^,.;]{0,24}\bworth\b")


def _size_of_projects(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the money sizes counted projects and no bargain is spoken of."""
    if _BARGAIN.search(context.small, sentence.start, sentence.end):
        return False
    head = context.small[max(sentence.start, quantity.start - 40) : quantity.start]
    return _PROJECTS_WORTH.search(head) is not None


def _worth_of_goods(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the money is the worth of an amount of goods: "311,000 tonnes worth 300 million"."""
    return any(
        0 <= quantity.start - q.end < 24
        and q.dimension not in ("money", "ratio", "count")
        and "worth" in context.small[q.end : quantity.start]
        for q in sentence.quantities
    )


_CONTRACTED = re.compile(r"\b(?:contracted|signed) projects? (?:\w+ ){0,3}$")


def _signing(sentence: Sentence) -> bool:
    cues = [*sentence.cue("stage"), *sentence.cue("weak_stage")]
    return any(c.key == "signed" for c in cues)


def _at_a_signing(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    head = context.small[max(sentence.start, quantity.start - 60) : quantity.start]
    return bool(_CONTRACTED.search(head))


_STORED = re.compile(r"[^，。；、]{0,8}?(?:电池|电芯|锂|储能|Pack|PACK)")
_SAVES = re.compile(
    r"\b(?:sav|cut|reduc|replac|avoid|prevent|offset|substitut|spar)\w*\b[^.;]*$|(?:节约|减排|替代|减少|节省)[^。；]*$"
)


SAVED = "what is saved"
"""Why an amount that is not used up or let off is a count."""


def _sized_or_priced(quantity: Quantity, best: Reading | None) -> bool:
    """Whether the figure is a size of goods (55英寸) or a price (4.1元/股) that no word speaks for."""
    if best is None or best.measure == "count":
        return False
    small = quantity.dimension == "length" and quantity.unit != "m"
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
