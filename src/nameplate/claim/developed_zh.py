"""What a body develops, in Chinese: A自主研发的B; on a visit: 参观了B、C等高科技.

An object counts only if it names a technology or a product of the table of fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nameplate.claim.context import Context, Sentence
from nameplate.claim.phrase import Span, items, trim
from nameplate.claim.relation_ends import FIRMS, Ends, left
from nameplate.find.field import fields_in, names_any
from nameplate.find.spelling import spell
from nameplate.lexicon.fields import FieldClass
from nameplate.model import Cue, Name

_SHOWERS = frozenset({"company", "institute"})
_KINDS: tuple[FieldClass, ...] = ("technology", "product", "term")
_END = re.compile(r"[，。；！？：,;!?:（()）“”\"]")
_LEAD = re.compile(
    r"(?:了|出|的|(?:我国|国内|全国|全球|世界)(?:首|第一)[个款台套]|一种|一款|首款|首台|首套|全新|新型|新一代|第[一二三四五六七八九十\d]+代|多款|系列|各类|\d+[款种项台套])+"
)
_TAIL = re.compile(
    r"(?:设备|装备|系统|平台|技术|产品|材料|装置|工艺|软件|模块|机组|整车|样机|机器人|芯片|电池|生产线|机|器|车|仪|膜)"
)
_AFTER = re.compile(
    r"实现|打破|填补|达到|获|通过|已|将|在|被|进入|正式|成功|首次|可|能|让|使|助|用于|为|与|走|亮相|上市|下线|量产|投入|等|的"
)
"""What may follow the object of developing; what else follows may be a part of its name."""

_SEEN = re.compile(
    r"(?:观看|参观|体验|感受|了解|察看|查看|观摩|试乘|试驾|展示|听取)(?:了|到|过|着)?"
)
_WHOLE = re.compile(
    r"(?:产业|行业|市场|经济|集群|产业链|园区|基地|项目|领域|企业|人才|服务|模式|战略)$"
)
_REACH = 60
_BACK = 2
"""So many sentences back the body may be named whose technologies are seen."""


def developed(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Ends]:
    """A自主研发的B、C: each thing that is a technology or a product."""
    subject = left(context, sentence, cue.start, FIRMS, 24)
    if subject is None or _END.search(context.plain, subject.end, cue.start):
        return
    stop = _END.search(context.plain, cue.end, min(sentence.end, cue.end + _REACH))
    limit = stop.start() if stop else min(sentence.end, cue.end + _REACH)
    for number, (start, end) in enumerate(_things(context, sentence, cue.end, limit)):
        begin = start if number else min(subject.start, cue.start)
        yield Ends(subject, context.text[start:end], begin, end, 0.55)


def shown(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Ends]:
    """感受到A、B等高科技: those of the body that is visited."""
    verbs = [*_SEEN.finditer(context.plain, max(sentence.start, cue.start - _REACH), cue.start)]
    if not verbs or _END.search(context.plain, verbs[-1].end(), cue.start):
        return
    owner = _visited(context, sentence, cue)
    if owner is not None:
        for start, end in _things(context, sentence, verbs[-1].end(), cue.start):
            yield Ends(owner, context.text[start:end], start, end, 0.5)


def _things(context: Context, sentence: Sentence, start: int, limit: int) -> Iterator[Span]:
    for first, last in items(context, sentence, start, limit):
        span = _object(context, first, last)
        words = context.plain[slice(*span)]
        if 2 < len(words) <= 30 and not _WHOLE.search(words) and names_any(words, _KINDS):
            yield span


def _object(context: Context, start: int, end: int) -> Span:
    """Without words of number before it, and without the verb that follows what is named."""
    lead = _LEAD.match(context.plain, start, end)
    start = lead.end() if lead else start
    words = context.plain[start:end]
    spelled = spell(words)
    if len(spelled) != len(words):  # places in the spelling are not those in the text
        return trim(context, start, end)
    last = max((hit.end for hit in fields_in(spelled)), default=0)
    tail = _TAIL.match(words, last)
    while tail is not None:
        last = tail.end()
        tail = _TAIL.match(words, last)
    if last and last < len(words) and not _AFTER.match(words, last):
        return start, start  # more of a name that is not known: where it ends is not sure
    return trim(context, start, start + last if last else end)


def _visited(context: Context, sentence: Sentence, cue: Cue) -> Name | None:
    """The one company or institute that this or the last sentences of the paragraph speak of."""
    for index in range(sentence.index, max(-1, sentence.index - _BACK - 1), -1):
        near = context.sentences[index]
        if near.block != sentence.block:
            return None
        names = [
            context.referent(n)
            for n in near.names
            if context.referent(n).kind in _SHOWERS
            and (index < sentence.index or n.end <= cue.start)
        ]
        names = [n for n in names if not n.generic]
        if names:
            return names[0] if len({n.text for n in names}) == 1 else None
    return None
