"""Chinese relations: a verb or a noun of relating between two names that were found.

The constructions that need more than a name on either side have a function each; `RULES` has a line
a key of the lexicon's ``[relation]``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from nameplate.claim.act import cued, readable
from nameplate.claim.context import Context, Sentence
from nameplate.claim.developed_zh import developed, shown
from nameplate.claim.location_zh import held, located, placed
from nameplate.claim.modality import negated
from nameplate.claim.relation_ends import (
    ACTORS,
    FIRMS,
    THINGS,
    WORKS,
    Ends,
    claim,
    left,
    right,
)
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Claim, Cue, Name

Rule = Callable[[Context, Sentence, Cue], Iterator[Ends]]


def relations(context: Context) -> Iterator[Claim]:
    """The relations that a Chinese report tells, each as often as it is told."""
    for sentence in filter(readable, context.sentences):
        if len(sentence.names) > 1:
            yield from _all(context, sentence, "located_in", placed(context, sentence))
        if sentence.names and "是" in context.plain[sentence.start : sentence.end]:
            yield from _all(context, sentence, "identified_as.one", _one_of(context, sentence))
    for sentence, cues in cued(context, "relation"):
        for cue in cues:
            rule = RULES.get(cue.key)
            if (
                rule
                and (sentence.names or cue.key in _UNNAMED)
                and not negated(context, sentence, cue.start)
            ):
                yield from _all(context, sentence, cue.key, rule(context, sentence, cue))


def _all(context: Context, sentence: Sentence, key: str, found: Iterator[Ends]) -> Iterator[Claim]:
    for ends in found:
        made = claim(context, sentence, key, ends)
        if made is not None:
            yield made


def _acted(kinds: frozenset[str], sure: float) -> Rule:
    """由A[和B]投资建设的WORKS; A承建的WORKS; A投资建设WORKS."""

    def rule(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Ends]:
        works = right(context, sentence, cue.end, kinds, 16)
        if works is None:
            works = _left_works(context, sentence, cue)
        actor = left(context, sentence, cue.start, FIRMS, 24)
        if actor is None or works is None or works.start <= actor.start < works.end:
            return
        between = context.plain[actor.end : cue.start]
        if re.search(r"[，。；]", between) and not re.search(r"由|其|将|拟|计划", between):
            return
        end = max(works.end, cue.end)
        yield Ends(actor, works, min(actor.start, works.start), end, sure)

    return rule


def _left_works(context: Context, sentence: Sentence, cue: Cue) -> Name | None:
    """The works before 由: "该项目由A投资建设"."""
    at = context.plain.rfind("由", sentence.start, cue.start)
    if at < 0 or cue.start - at > 50:
        return None
    return left(context, sentence, at, WORKS, 12)


def _owned(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Ends]:
    """A收购B; A控股的B; A的全资子公司B; A二股东B (B owns A)."""
    said = context.plain[cue.start : cue.end]
    first = left(context, sentence, cue.start, FIRMS, 16)
    second = right(context, sentence, cue.end, FIRMS | WORKS, 14)
    if said == "持股":
        yield from _shares(context, sentence, cue)
    elif first is not None and second is not None:
        if "股东" in said:
            first, second = second, first
        start, end = min(first.start, second.start), max(first.end, second.end)
        yield Ends(first, second, start, end, 0.6)


def _shares(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Ends]:
    """PROJECT…由A与B各持股50%."""
    at = context.plain.rfind("由", sentence.start, cue.start)
    if at < 0:
        return
    owned = next(
        (n for n in reversed(sentence.names) if n.end <= at and n.kind in WORKS | {"company"}), None
    )
    if owned is None:
        return
    for name in sentence.names:
        if at < name.start and name.end <= cue.start and name.kind in FIRMS:
            yield Ends(name, owned, at, cue.end, 0.6)


def _part(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Ends]:
    """A旗下B; B隶属于A; B是A的子公司."""
    said = context.plain[cue.start : cue.end]
    if said.startswith(("旗下", "下属", "所属")):
        owner = left(context, sentence, cue.start, FIRMS | {"park"}, 3)
        part = right(context, sentence, cue.end, THINGS, 8)
    elif said in ("隶属于", "隶属", "属于"):
        part = left(context, sentence, cue.start, THINGS, 40)
        owner = right(context, sentence, cue.end, FIRMS, 4)
    else:
        owner = left(context, sentence, cue.start, FIRMS, 6)
        part = left(context, sentence, owner.start, THINGS, 10) if owner else None
        between = context.plain[part.end : owner.start] if part and owner else ""
        if not re.search(r"[是为系]", between):
            return
    if part is not None and owner is not None:
        start, end = min(part.start, owner.start), max(part.end, owner.end, cue.end)
        yield Ends(part, owner, start, end, 0.65)


_WITH = re.compile(r"[^，。；]{0,12}?(?:与|和|同|携手|联合)\s*$")


def _partnered(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Ends]:
    """A与B签署战略合作协议; A、B共同成立…."""
    parties = [
        n
        for n in sentence.names
        if n.end <= cue.start and n.kind in ACTORS and not (n.generic and n.refers is None)
    ]
    if len(parties) < 2 or not _agrees(context, sentence, cue):
        return
    first, second = parties[-2:]
    between = context.plain[first.end : second.start]
    if len(between) > 14 or not _WITH.fullmatch(between) or cue.start - second.end > 24:
        return
    if re.search(r"[。；]", context.plain[second.end : cue.start]):
        return
    if first.kind == second.kind == "place":
        return
    yield Ends(first, second, first.start, cue.end, 0.65)


def _agrees(context: Context, sentence: Sentence, cue: Cue) -> bool:
    """Whether the bare verb of signing has an agreement as object."""
    said = context.plain[cue.start : cue.end]
    if said in ("正式签署", "正式签约", "签署了", "签订了"):
        rest = context.plain[cue.end : min(sentence.end, cue.end + 30)]
        return re.search(r"协议|合同|备忘录|意向|合作", rest) is not None
    return True


_VIA = re.compile(r"(?:主要|将|已|全部|直接|独家)?(?:向|为|给)\s*$")


def _supplied(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Ends]:
    """产品向B销售; 为B配套; 专供B."""
    said = context.plain[cue.start : cue.end]
    subject: Name | None
    if said == "专供":
        other = right(context, sentence, cue.end, FIRMS, 4)
        subject = left(context, sentence, cue.start, FIRMS, 24)
    else:
        names = [n for n in sentence.names if n.end <= cue.start and n.kind in FIRMS]
        if not names or cue.start - names[-1].end > 4:
            return
        other = names[-1]
        lead = context.plain[max(sentence.start, other.start - 5) : other.start]
        if not _VIA.search(lead):
            return
        subject = left(context, sentence, other.start, FIRMS, 24)
    if subject is not None and other is not None:
        yield Ends(subject, other, min(subject.start, cue.start), max(other.end, cue.end), 0.55)


@cache
def _title() -> re.Pattern[str]:
    return re.compile(noun_pattern("title"))


_TITLE = re.compile(r"\s*(?:了|为|成为|：)?\s*(?P<title>[“\"《]?[^，。；！？、]{3,50})")


_LIST = re.compile(r"《([^》\n]{4,50}(?:名单|目录|名录|公告|通知))》")
_NOTHING_MORE = re.compile(r"\s*(?:其中|榜单|名单|名录)?[，。；！]")


def _listed_before(context: Context, sentence: Sentence, cue: Cue) -> str | None:
    """The list just told of that something was taken into: 公布了《…名单》。甲工厂成功入选。"""
    if not context.plain.startswith("入选", cue.start):
        return None
    if not _NOTHING_MORE.match(context.plain, cue.end):
        return None
    first = context.sentences[max(0, sentence.index - 2)]
    found = _LIST.findall(context.text, first.start, cue.start)
    return str(found[-1]) if found else None


def _identified(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Ends]:
    """A入选国家级绿色工厂; A被认定为…; A是国家级…."""
    subject = left(context, sentence, cue.start, THINGS, 24)
    match = _TITLE.match(context.plain, cue.end, sentence.end)
    if subject is not None and (match is None or not _title().search(match["title"])):
        listed = _listed_before(context, sentence, cue)
        if listed is not None:
            yield Ends(subject, listed, min(subject.start, cue.start), cue.end, 0.6)
        return
    if subject is None or match is None:
        return
    start, end = match.span("title")
    if cue.key.endswith(".is"):
        start = cue.start + (2 if context.plain.startswith("作为", cue.start) else 1)
    words = context.text[start:end].strip('“”"《》 ')
    yield Ends(subject, words, cue.start, end, 0.6)


_ONE_OF = re.compile(
    r"(?:是|为|成为)(?P<title>[^，。；！？]{2,40}?(?:重大|重点|示范|试点|国家级|省级|市级)[^，。；！？]{0,24}?"
    r"(?:项目|工程|企业|基地|园区|园|区|中心|平台|工厂|实验室|单位))(?:之一)?(?=[，。；！？]|$)"
)


def _one_of(context: Context, sentence: Sentence) -> Iterator[Ends]:
    """PROJECT是深圳市重大建设项目之一."""
    for match in _ONE_OF.finditer(context.plain, sentence.start, sentence.end):
        subject = left(context, sentence, match.start(), THINGS, 6)
        if subject is not None:
            words = context.text[match.start("title") : match.end("title")]
            yield Ends(subject, words, match.start(), match.end(), 0.55)


_UNNAMED = frozenset({"develops.shown"})
"""Constructions whose subject may be named in the sentence before."""

RULES: dict[str, Rule] = {
    "located_in": located,
    "located_in.held": held,
    "invests_in": _acted(WORKS, 0.65),
    "builds": _acted(WORKS, 0.65),
    "operates": _acted(WORKS, 0.65),
    "owns": _owned,
    "part_of": _part,
    "partner_of": _partnered,
    "supplies": _supplied,
    "develops": developed,
    "develops.shown": shown,
    "identified_as": _identified,
    "identified_as.is": _identified,
}
"""One line a construction; a key is the lexicon's."""
