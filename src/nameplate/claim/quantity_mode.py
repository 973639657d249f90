"""Whether a figure is what was done, what is planned, or what belongs to a thing still to be built."""

from __future__ import annotations

import re

from nameplate.claim import modality, subject, when
from nameplate.claim.context import Context, Sentence
from nameplate.claim.group import WHY
from nameplate.model import Modality, Quantity

STOCKS = frozenset({"investment", "land_area", "floor_area", "capacity"})
_FLOWS = frozenset(
    {"output", "output_value", "revenue", "sales", "tax", "profit", "exports", "employment"}
)
"""What cannot have come about at a time that is still to come."""
_BUILT = frozenset({"capacity", "facilities", "floor_area", "equipment"})
_TO_BUILD = re.compile(
    r"(?:建设|新建|扩建|改建)(?!成)[^，。；]{0,8}$|(?:元|拟|将|可|计划)投?建年产 ?$"
)
_SPENT = re.compile(
    r"\b(?:has|have|had)(?: already)? invested"
    r"|(?<!be )(?<!being )(?<!to )\binvested (?:an? )?(?:estimated )?(?:total )?"
    r"(?:of )?(?:about |over |more than |nearly |some |around )?$|\b(?:has|have|had) (?:already |so far "
    r"|together )*(?:attracted|absorbed|drawn|received) (?:an? |over |more than )*"
    r"(?:total )?(?:investments? )?(?:of )?(?:about |over |more than |nearly |some |around )?$"
    r"|\b(?:witnessed|saw|posted|recorded|registered)\b[^.;]{0,110}\b(?:to reach|reaching) (?:about |over "
    r"|more than )?$"
    r"|\bwas invested|\bactually (?:used|utili[sz]ed|invested)|\bspent|\bincurred|完成投资|已投资|累计投资|已完成"
    r"|实际(?:投入|到位|利用|使用)|(?:资金|已|累计|共)投入|(?:完成|实现)[^，。；、\d]{0,12}(?:投资|投入)|到位(?:资金|额)"
)
_INVESTED = re.compile(
    r"(?<!total )(?<!planned )\binvestments?\b(?! of)[^.;]{0,70}"
    r"\b(?:has |have )?(?:so far )?(?:reached|exceeded|totall?ed|hit|amounted to)"
    r"(?: about| over| more than| nearly| some)? $"
    r"|\b(?:use of foreign capital|foreign capital utili[sz]ed|utili[sz]ed foreign capital)\b[^.;]{0,60} $"
)
_PAID_OUT = re.compile(
    r"[^.;,]{0,44}\b(?:was|were|has been|have been|had been) (?:completed|invested|spent|paid|made|used)\b"
)
_PAID = re.compile(r"(?:资金)?(?:已|均已|也已|全部)?(?:足额|全部)?到位")
_TO_SPEND = re.compile(
    r"(?:计划|拟|预计|力争|确保|目标|将)(?:年内|年底前|今年|全年)?(?:完成|实现|到位)[^，。；、\d]{0,12}$"
)
"""Money that is yet to be spent: 今年计划完成投资44.5亿元."""
_SET = re.compile(r"(?:任务|目标)(?:数|值|为|的|是)?(?:约)?$")
"""Before a figure: it is what was asked for, not what was done (完成年任务75亿元的23.7%)."""


_ANNOUNCED = re.compile(
    r"\b(?:announc|unveil)(?:e[sd]?|ing)\b(?![^.;]*\b(?:had|has|have|raised|invested|received|paid)\b)[^.;]{0,70}$"
)
"""Money that is announced is not spent yet."""
_ANNOUNCED_NEW = re.compile(
    r"\b(?:announc|unveil)(?:e[sd]?|ing)\b(?: \w+){0,3} (?:a|its|the) new [^.;,]{0,30}$"
)


def mode_of(
    context: Context, sentence: Sentence, quantity: Quantity, name: str, owner: subject.Subject
) -> Modality:
    """The modality of a figure that states the measure ``name`` of its owner."""
    start, end = quantity.start, quantity.end
    target = context.zh and quantity.unit != "%"
    if target and _SET.search(context.plain, max(sentence.start, start - 6), start):
        return "planned"
    if name == "investment" and is_spent(context, sentence, quantity):
        return "actual"
    if modality.at_present(context, sentence, start, end):
        return "actual"
    if modality.of(context, sentence, start, end) == "planned":
        return "planned"
    told = name in STOCKS and (
        _announced(context, sentence, start, name) or _of_what_will(context, end, owner)
    )
    if told or modality.perhaps(context, sentence, start):
        return "planned"
    if _orders(context, sentence, quantity, name) or _to_bring(context, sentence, start, name):
        return "planned"
    head = context.plain[max(sentence.start, start - 16) : start]
    unbuilt = name in _BUILT and not context.is_finished(owner.text)
    if unbuilt and (_TO_BUILD.search(head) or _to_hold(context, owner, name, head)):
        return "planned"
    if name == "capacity" and _only_begun(sentence) and not context.zh:
        return "planned"
    if name in STOCKS or (
        name == "contract_value" and "investment" in context.small[start : end + 20]
    ):
        return _stock_modality(context, name, owner, head)
    return "planned" if name in _FLOWS and when.due(context, sentence, end) else "actual"


def _stock_modality(context: Context, name: str, owner: subject.Subject, head: str) -> Modality:
    """Whether a sum or size that is fixed with a thing belongs to one that is still to be built."""
    kind = context.referent(owner.name).kind
    if owner.why == WHY or owner.text in context.unfinished:
        return "planned"
    if "project" in (kind, owner.name.kind) and not context.is_finished(owner.text):
        return "planned"
    if context.zh and kind == "park" and not _TO_COME.search(head):
        return "actual"
    if name in ("investment", "contract_value") and kind in ("plant", "park", "line", "event"):
        return "actual" if context.is_finished(owner.text) else "planned"
    return "actual"


def is_spent(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether words before the money or right after it say that it has been paid."""
    head = context.plain[max(sentence.start, quantity.start - 40) : quantity.start]
    if context.zh and _TO_SPEND.search(head):
        return False
    if _SPENT.search(head) or _PAID.match(context.plain, quantity.end):
        return True
    if context.zh:
        return False
    before = _INVESTED.search(context.small, sentence.start, quantity.start)
    return before is not None or _PAID_OUT.match(context.small, quantity.end) is not None


_TO_COME = re.compile(r"总投|计划|拟|预计|将|规划|估算|概算")
_RUNS = frozenset({"completed", "producing", "at_capacity", "resumed", "expanded", "trial"})


def _only_begun(sentence: Sentence) -> bool:
    """Whether the sentence tells of building that has begun, and of nothing that runs."""
    stages = {c.key for c in sentence.cue("stage")}
    return "started" in stages and not stages & _RUNS


_THERE = re.compile(r"已|现有|拥有|目前|累计|投入|投用|共有")


def _to_hold(context: Context, owner: subject.Subject, name: str, head: str) -> bool:
    """Whether lines and equipment are those that a project is to get: 项目…引进生产线5条."""
    if not context.zh or name not in ("facilities", "equipment"):
        return False
    return context.referent(owner.name).kind == "project" and _THERE.search(head) is None


def _announced(context: Context, sentence: Sentence, start: int, name: str) -> bool:
    """Whether the figure is of what is only announced: "announced the new 20,000-square-metre plant"."""
    pattern = _ANNOUNCED if name == "investment" else _ANNOUNCED_NEW
    return not context.zh and pattern.search(context.small, sentence.start, start) is not None


_THING_WILL = re.compile(
    r"[ -](?:[\w-]+ ){0,4}?(?:facility|plant|factory|campus|building|project|mill|line|complex|site|cent(?:er|re)"
    r"|hub|park|warehouse|headquarters|refinery|fab)(?: (?:in|at|near) [a-z ]{0,12}[A-Z][\w, ]{2,40}?)?"
    r" (?:will|would|is expected to|is set to|is due to|is to|is slated to|is scheduled to)\b"
)


def _of_what_will(context: Context, end: int, owner: subject.Subject) -> bool:
    """Whether the figure is the size of what is to come: "the 40,000-square-foot campus will house"."""
    if context.zh or context.is_finished(owner.text):
        return False
    return _THING_WILL.match(context.plain, end) is not None


_TO_BRING = re.compile(
    r"\b(?:is|are) (?:expanding|building|establishing|constructing|setting up|opening|locating|adding)\b"
    r"[^.;]{0,140}, (?:creating|adding|investing)\b(?: [\w$€£-]+){0,6} (?:and (?:creating|investing) )?(?:[$€£])?$"
)


def _to_bring(context: Context, sentence: Sentence, start: int, name: str) -> bool:
    """Whether the jobs or the money are what work under way is to bring: "is expanding here, creating 40 jobs"."""
    if context.zh or name not in ("employment", "investment"):
        return False
    return _TO_BRING.search(context.small, sentence.start, start) is not None


_ORDERS = re.compile(r"\borders?\b|\bpurchase of\b|订单")


def _orders(context: Context, sentence: Sentence, quantity: Quantity, name: str) -> bool:
    """Orders are sales to come."""
    if name != "sales":
        return False
    around = context.small[max(sentence.start, quantity.start - 40) : quantity.end + 20]
    return _ORDERS.search(around) is not None
