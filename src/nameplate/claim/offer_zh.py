"""Chinese offers: 主要从事 A、B 的研发和生产; 可为企业提供 A 技术; 在 A、B 等领域具有优势."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nameplate.claim.act import cued
from nameplate.claim.context import Context, Sentence
from nameplate.claim.modality import negated
from nameplate.claim.party import words_of
from nameplate.claim.phrase import Span, items, trim
from nameplate.claim.relation_ends import left
from nameplate.claim.topic import topic_claim
from nameplate.model import Claim, Cue, Name, Rejection

OFFERERS = frozenset({"company", "institute", "plant"})

_WORK = (
    r"(?:研究与开发|研究开发|技术研发|研发|研制|研究|开发|设计|生产|制造|加工|销售|服务|推广|应用|经营|运营"
    r"|贸易|施工|安装|产业化|工作)"
)
_LEAD = re.compile(
    rf"\s*(?:于|是|有|为|以|：|:|各类|各种|多种|系列)*(?:{_WORK}(?:[、和与及]|以及)?)*(?:的)?"
)
_TAIL = re.compile(
    rf"(?:等)?(?:产品|领域|业务|方面|系列|技术)?(?:的)?(?:{_WORK}[、和与及]?|以及)*(?:等)?(?:领域|业务|方面|于一体|为主)?(?:的.*)?$"
)
_END = re.compile(
    r"[，。；！？;!?]|(?:的)?(?:国家级|国家|省级)?(?:高新技术|专精特新|龙头|科技型|骨干|大型)[^，。；]{0,12}企业"
)
_VERB_FIRST = re.compile(
    r"(?:推动|推进|打造|提升|提高|实现|构建|促进|加快|服务于?|解决|为|成为|让|把|将|建设|营造|改善|帮助|做|发展)"
)
_LONGEST = 120
"""Characters of an enumeration that are read."""
_BAD = re.compile(r"^(?:该|这|其|本|各|多|相关|有关|上述|一|等)*$")

_CAN = re.compile(r"(?:可以?|能够?|专业|主要|专门|长期|已)(?:向|为|给|对|面向)?[^，。；、]{0,14}$")
_GIVEN = re.compile(
    r"(?:技术|服务|解决方案|方案|产品|材料|设备|装备|检测|软件|系统|咨询|认证|代工|培训)$"
)
_VAGUE = re.compile(
    r"(?:优质|高效|全方位|一站式|贴心|便捷|良好|更好|更多|有力|强大|全面|精准|专业|各种|各类|多种|相关|[0-9])"
    r"|.{0,4}(?:政务|志愿|医疗|住宿|餐饮|就业|金融|保姆式|管家式)"
)
_STRENGTH = re.compile(
    r"[^，。；]{0,14}(?:优势|实力|积累|水平|经验|领先|基础|前列|特色|见长|首位|一流)"
)
_FIELDS_FROM = re.compile(
    r"(?:在|以)(?!国内|国际|全国|全球|全省|业内|行业|该|这|此|其|上述|相关|很多|许多)"
)
_FIELDS_TAIL = re.compile(r"(?:等)?(?:诸多|多个|若干|相关)?(?:领域|方面|方向)?$")


def offers(context: Context) -> Iterator[Claim | Rejection]:
    """What the bodies of a Chinese report offer."""
    for sentence, cues in cued(context, "offer"):
        for cue in cues:
            owner = _owner(context, sentence, cue)
            subject = words_of(context, owner) if owner else None
            if owner is None or subject is None or negated(context, sentence, cue.start):
                continue
            proto = Claim(
                kind="capability",
                subject=subject,
                subject_kind=context.referent(owner).kind,
                quote="",
                start=0,
                end=0,
                rule=f"capability.{cue.key}",
                confidence=0.65,
            )
            for span in _said(context, sentence, cue, owner):
                yield topic_claim(context, span, proto)


def _said(context: Context, sentence: Sentence, cue: Cue, owner: Name) -> list[Span]:
    """The topics that the cue brings."""
    if cue.key == "strong":
        return _strong(context, sentence, cue, owner)
    if cue.key == "provide":
        return _given(context, sentence, cue, owner)
    return _topics(context, sentence, cue.end)


def _given(context: Context, sentence: Sentence, cue: Cue, owner: Name) -> list[Span]:
    """Technologies, services and things that the body says it can provide."""
    plain = context.plain
    if not _CAN.search(plain, max(owner.end, sentence.start), cue.start):
        return []
    found = items(context, sentence, cue.end, _reach(plain, cue.end, sentence.end))
    said = [plain[slice(*span)] for span in found]
    return [
        span
        for span, words in zip(found, said, strict=True)
        if 3 < len(words) <= 30 and _GIVEN.search(words) and not _VAGUE.match(words)
    ]


def _strong(context: Context, sentence: Sentence, cue: Cue, owner: Name) -> list[Span]:
    """The fields before "领域具有优势" and "见长"."""
    plain = context.plain
    if not _STRENGTH.match(plain, cue.start, sentence.end):
        return []
    at = max(owner.end, sentence.start)
    opened = list(_FIELDS_FROM.finditer(plain, at, cue.start))
    if not opened or "，" in plain[opened[-1].end() : cue.start]:
        return []
    limit = cue.start + len("领域") if plain.startswith(("领域", "方面"), cue.start) else cue.start
    tail = _FIELDS_TAIL.search(plain[opened[-1].end() : limit])
    limit = opened[-1].end() + tail.start() if tail else limit
    return _kept(context, sentence, _past_work(plain, opened[-1].end(), limit), limit)


def _reach(plain: str, at: int, end: int) -> int:
    """Where an enumeration that begins at ``at`` ends at the latest."""
    most = min(end, at + _LONGEST)
    stop = _END.search(plain, at, most)
    return stop.start() if stop else most


def _past_work(plain: str, at: int, limit: int) -> int:
    """Behind "research and production of"."""
    lead = _LEAD.match(plain, at, limit)
    return lead.end() if lead else at


def _owner(context: Context, sentence: Sentence, cue: Cue) -> Name | None:
    """Who offers it: the body before the verb, else the one the sentence before was about."""
    name = left(context, sentence, cue.start, OFFERERS, 46)
    if name is not None:
        return name
    if re.search(r"[一-鿿]{5}", context.plain[sentence.start : cue.start]):
        return None
    if sentence.index and context.sentences[sentence.index - 1].block == sentence.block:
        earlier = [n for n in context.sentences[sentence.index - 1].names if n.kind in OFFERERS]
        return earlier[0] if earlier else None
    return None


def _topics(context: Context, sentence: Sentence, start: int) -> list[Span]:
    """The fields or products that the verb takes, without "research and production of"."""
    plain = context.plain
    at = _past_work(plain, start, sentence.end)
    limit = _reach(plain, at, sentence.end)
    tail = _TAIL.search(plain[at:limit])
    if tail is not None and tail.start() > 1:
        limit = at + tail.start()
    if _VERB_FIRST.match(plain, at):
        return []
    return _kept(context, sentence, at, limit)


def _kept(context: Context, sentence: Sentence, at: int, limit: int) -> list[Span]:
    """The items of an enumeration that can be topics."""
    plain = context.plain
    found: list[Span] = []
    for s, e in items(context, sentence, at, limit):
        span = _shorn(context, s, e)
        words = plain[slice(*span)]
        if 1 < len(words) <= 30 and not _BAD.match(words) and not words.isdigit():
            found.append(span)
    return found


_ITEM_TAIL = re.compile(rf"(?:等)?(?:的)?(?:{_WORK})*(?:等)?$")


def _shorn(context: Context, start: int, end: int) -> Span:
    tail = _ITEM_TAIL.search(context.plain[start:end])
    stop = start + tail.start() if tail and tail.start() > 1 else end
    return trim(context, start, stop)
