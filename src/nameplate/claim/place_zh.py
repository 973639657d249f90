"""What a Chinese verb of visiting takes: plants, parks, companies, places, one after another."""

from __future__ import annotations

import re
from functools import cache

from nameplate.claim.context import Context, Sentence
from nameplate.claim.home import home
from nameplate.claim.own import own
from nameplate.claim.party import words_of
from nameplate.claim.phrase import Span, tidy
from nameplate.claim.place_en import Site
from nameplate.claim.stop import VISITABLE, place_words
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Name

_STOP = re.compile(
    r"[，。；：！？,;:!?]|等(?!级|离|温|于|效|位)|就(?=[^业])"
    r"|(?:实地|现场)?(?:调研|考察|视察|检查|察看|查看|督导|走访|参观|慰问|指导工作|了解|看望|听取|开展|进行|指导)"
    r"|实地|详细|深入|认真|仔细|的?(?:生产|建设|经营|发展|项目|运营|工程)?(?:情况|进展|工作)|负责人"
)
_PART = re.compile(r"[、]|以及|和|及(?!其)|与")
_LEAD = re.compile(
    r"(?:\s|了|(?:位于|坐落于|坐落在|地处)[^，。；、的]{2,10}的|位于|坐落于|坐落在|地处|我[市县区省州]的?|全[市县区省]|部分|有关|相关|重点|分别|先后|到|赴|在|当地|[“”\"'])+"
)
_HERE = re.compile(
    r"\s*我(?P<level>[市县区省州])(?=考察|调研|视察|参观|检查|访问|走访|指导|开展|进行|就|，|。)"
)
_LISTED = re.compile(
    r"等(?:重[点大])?(?:企业|项目|公司|地|处|单位|园区|建设项目|工业企业|\d+[家个])"
)
_COUNTED = re.compile(r"(?:等)?[一二三四五六七八九十\d]+[家个](?:企业|公司|项目|单位)$")
_OURS = re.compile(r"(?:来|到|莅临|赴|抵达)?(?:我|本)(?:公司|司|厂|集团|校|院|所)")
_TAIL = re.compile(r"(?:项目建设|项目施工|建设|施工|生产)?(?:现场|工地)$|(?:等|的)$")
_EMPTY = re.compile(
    r"^(?:建|产业|招商|招商引资|民生|在建|签约|省级|市级|技改|开工|续建|新建|台资|外资|侨资|民营|农业|省重点|市重点|县重点|多个|数个|重大|大|\d+个|几个|生产|基层|一线|企业|车间|现场|项目|工地|园区|该|这|各|多家|几家|部分|重点|相关|有关|现|实|群众|困难|农户|市场|展厅"
    r"|社区|学校|村|自|文化|工业|商贸|规上|民营|骨干|新时代|会场|沿线){0,2}(?:企业|车间|现场|项目|工程|工地|一线|基层|园区|厂区|展厅|公司|社区|学校|村|线|城|部门|单位|市场|中心|基地|厂房|建设)?$"
)
_ZONE = re.compile(r"^(?:经开区|高新区|开发区|工业园区|工业园|产业园|新区|示范区|化工园区)$")
"""A zone that a county's paper need not name: it has but one."""
_MOST = 16


@cache
def _site() -> re.Pattern[str]:
    return re.compile(rf"(?:{noun_pattern('site')})$")


def sites(context: Context, sentence: Sentence, start: int) -> list[Site]:
    """The places of an enumeration that begins at the offset; empty if the first is no place."""
    here = _HERE.match(context.plain, start, sentence.end)
    if here is not None:
        words = home(context, here["level"]) or here.group().strip()
        return [Site(words, here.start("level") - 1, here.end("level"), False)]
    found: list[Site] = []
    parts = _parts(context, sentence, start)[:_MOST]
    listed = len(parts) > 1 and (
        _LISTED.match(context.plain, parts[-1][1]) is not None
        or _ends_in_works(sentence, parts[-1])
    )
    for begin, end in parts:
        site = _as_site(context, sentence, begin, end, bool(found) or listed)
        if site is None:
            break
        found.append(site)
    return found


def _ends_in_works(sentence: Sentence, part: Span) -> bool:
    """Whether the last item of an enumeration is a firm or a plant by name, and so are all."""
    return any(
        n.kind in ("company", "plant", "project") and not n.generic and part[0] <= n.start < part[1]
        for n in sentence.names
    )


def _parts(context: Context, sentence: Sentence, start: int) -> list[Span]:
    """The items up to the words that end an enumeration; names are never cut."""
    plain = context.plain
    lead = _LEAD.match(plain, start, sentence.end)
    at = lead.end() if lead else start
    stop = _STOP.search(plain, at, min(sentence.end, at + 300))
    while stop is not None and _covered(sentence, stop.start(), stop.end()):
        stop = _STOP.search(plain, stop.end(), min(sentence.end, at + 300))
    limit = stop.start() if stop else sentence.end
    parts: list[Span] = []
    for cut in _PART.finditer(plain, at, limit):
        if cut.start() < at or (cut[0] != "、" and not _whole(context, sentence, at, cut.start())):
            continue
        if not _covered(sentence, cut.start(), cut.end()):
            parts.append((at, cut.start()))
            at = cut.end()
    return [*parts, (at, limit)]


def _whole(context: Context, sentence: Sentence, start: int, end: int) -> bool:
    """Whether what stands before 和 can be a place by itself: not the 六 of 六和养殖场."""
    if any(n.end == end and n.kind in VISITABLE for n in sentence.names):
        return True
    return (
        _site().search(context.plain[start:end]) is not None
        or context.plain[end - 1] in "”》)）场地"
    )


def _covered(sentence: Sentence, start: int, end: int) -> bool:
    return any(n.start <= start and end <= n.end and n.kind != "person" for n in sentence.names)


def _as_site(
    context: Context, sentence: Sentence, start: int, end: int, listed: bool
) -> Site | None:
    plain = context.plain
    if lead := _LEAD.match(plain, start, end):
        start = lead.end()
    tail = _COUNTED.search(plain[start:end]) or _TAIL.search(plain[start:end])
    stop = start + tail.start() if tail and tail.start() > 2 else end
    if not 1 < stop - start <= 48 or plain[start:end].endswith(
        ("期间", "过程中", "时", "表示", "指出", "会上")
    ):
        return None
    if _OURS.match(plain, start, stop):
        guests = [plain[sentence.start : start]]
        words = own(context, guests)
        return Site(words or tidy(context, start, stop), start, stop, words is not None)
    inside = [n for n in sentence.names if n.start < stop and n.end > start]
    if any(n.kind == "person" for n in inside):
        return None
    name = _last(inside, stop)
    if name is not None and name.generic:
        words = words_of(context, name)
        if words is None and name.kind == "park" and _ZONE.search(name.text):
            words = place_words(context, start, stop)
        return Site(words, start, stop, False) if words else None
    if name is not None and _EMPTY.match(plain[start:stop]):
        return None  # 产业项目, 在建工程: nothing says which
    if name is not None:
        begin = min(start, name.start) if name.start - start < 12 else name.start
        begin += plain[begin] in "到来赴在往"
        if begin > start and _OURS.match(plain, begin, stop):
            return _as_site(context, sentence, begin, end, listed)
        return Site(
            place_words(context, begin, max(stop, name.end)), begin, max(stop, name.end), True
        )
    if _EMPTY.match(plain[start:stop]) or not re.search(r"[\u4e00-\u9fff]{2}", plain[start:stop]):
        return None
    if (listed and stop - start > 2) or (stop - start > 2 and _site().search(plain[start:stop])):
        return Site(place_words(context, start, stop), start, stop, False)
    return None


def _last(inside: list[Name], stop: int) -> Name | None:
    """The name that the item ends in."""
    for name in reversed(inside):
        if name.kind in VISITABLE and name.end >= stop - 4:
            return name
    return None
