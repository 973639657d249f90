"""Groups that a Chinese step is told of by their number: 集中开工8个项目, 集中签约的10个项目, 签约项目96个."""

from __future__ import annotations

import re

from nameplate.claim.context import Context, Sentence
from nameplate.claim.subject import Subject
from nameplate.model import Cue, Name

WHY = "the group behind it"
_STEPS = frozenset({"negotiated", "signed", "started", "completed", "producing", "topped_out"})
_NUMBER = r"(?:近|约|逾|超)?(?:\d+|[一二两三四五六七八九十百]+)(?:余|多)?"
_AFTER = re.compile(
    rf"了?(的)?((?:总投资[^，。；的]{{2,12}}的)?{_NUMBER}[个家项户件][^，。；、：\d]{{0,16}}?(?:项目|工程|企业(?!项目)|投资案|增资案))"
    r"(?!率|数|资金|投资额)"
)
_BEFORE = re.compile(r"((?![和及与并])[^，。；、：\d]{0,10}?(?:项目|工程))\d+[个项]")
_THIS_TIME = re.compile(r"(?:此次|本次|这次|本轮|今天|当天|当日|昨天|昨日|今日|现场)(?:集中)?$")
_ALL = re.compile(r"[^年季月半]共$|[^，。；年季月半]{0,4}(?:此次|本次|现场)(?:共|集中)?$")
_NO_EVENT = re.compile(r"(?:未|可以|能够|通过|为了|保障|[^，。；]{0,4}年内)$")


def after(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """The counted group that follows the word of its step at once; None elsewhere.

    With 的 the word only says which ones, unless it tells of this occasion: 此次签约的6个项目.
    """
    if not context.zh or cue.group != "stage" or cue.key not in _STEPS:
        return None
    text, head = context.plain, max(sentence.start, cue.start - 8)
    if _NO_EVENT.search(text, head, cue.start):
        return None
    found = _AFTER.match(text, cue.end, sentence.end)
    if found is not None:
        together = text.startswith("集中", cue.start) or _THIS_TIME.search(text, head, cue.start)
        wished = any(c.key == "required" and c.end <= cue.start for c in sentence.cue("modality"))
        if found[1] and (wished or not together):
            return None
        return _group(context, found.start(2), found.end(2))
    named = _BEFORE.match(text, cue.end, sentence.end)
    told = text.startswith("集中", cue.start) or _ALL.search(text, head, cue.start)
    return _group(context, named.start(1), named.end()) if named and told else None


def _group(context: Context, start: int, end: int) -> Subject:
    words = " ".join(context.quote(start, end).split())
    return Subject(Name(start=start, end=end, text=words, kind="thing"), words, 50.0, WHY)
