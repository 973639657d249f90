"""What a figure or a milestone is about: the name that it belongs to.

Every name of the sentence, and the thing that the sentences before spoke of, is scored for its kind
(a capacity belongs to a line before a company, a count of enterprises to a park or a place), for its
place in the sentence and for the words that tie it to the figure. The best one wins if it is good
enough; without one the figure has no subject and is not claimed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import msgspec

from nameplate.claim import role_zh, ties
from nameplate.claim.affinity import AFFINITY, DEFAULT
from nameplate.claim.context import Context, Sentence, once_a_sentence
from nameplate.claim.measure_cues import of_item
from nameplate.model import Cue, EntityKind, Name, Quantity

LEAST = 10.0
"""A subject scored lower than this is no subject."""


class Subject(msgspec.Struct, frozen=True):
    """A name taken as subject, with its score and the reasons in words."""

    name: Name
    text: str
    score: float
    why: str


def label(context: Context, name: Name) -> str:
    """The subject's words as published: the antecedent's where the name is generic."""
    referent = context.referent(name)
    words = " ".join(context.text[referent.start : referent.end].split()).strip(' ,.;:，。；：‘“"')
    if referent.kind == "place" and len(words) < 5 and words[:1].isupper() and words.isascii():
        return _in_full(context, words)
    return words


def _in_full(context: Context, words: str) -> str:
    """The full name that the report itself gives a place known by its initials: "U.S"."""
    initials = words.replace(".", "")
    if not initials.isupper() or len(initials) < 2:
        return words
    full = (n.text for n in context.names if n.kind == "place" and " " in n.text)
    return next((text for text in full if _initials(text) == initials), words)


def _initials(text: str) -> str:
    return "".join(word[0] for word in text.split() if word[0].isupper())


class Candidate(msgspec.Struct, frozen=True):
    """A name that could be the subject, with its points and the reasons for them."""

    score: float
    name: Name
    why: Sequence[str]


def _here(
    context: Context, sentence: Sentence, span: tuple[int, int], key: str, item: Cue | None
) -> Candidate | None:
    """The best of the sentence's own names; the name of what is counted is not one."""
    table = AFFINITY.get(key, DEFAULT)
    start, end = span
    best: tuple[float, Name, Sequence[str], Sequence[str]] | None = None
    for name in _free(context, sentence):
        if item is not None and name.start <= item.start and item.end <= name.end:
            continue
        if name.start <= start and end <= name.end and key in ("milestone", "signing"):
            continue
        points, where, reasons = _score(context, sentence, name, span, table)
        if best is None or points > best[0]:
            best = points, name, where, reasons
    return None if best is None else Candidate(best[0], best[1], (*best[2], *best[3]))


@once_a_sentence
def _free(context: Context, sentence: Sentence) -> list[Name]:
    """The names of a sentence that are neither persons nor what a figure counts."""
    return [
        name
        for name in sentence.names
        if name.kind != "person"
        and not (name.kind == "programme" and _PLAN_PERIOD.fullmatch(name.text))
        and not any(
            _counts(q, name) or _ends_count(context, sentence, q, name) for q in sentence.quantities
        )
        and not _only_example(context, sentence, name)
    ]


def _ends_count(context: Context, sentence: Sentence, quantity: Quantity, name: Name) -> bool:
    """Whether a name is but the end of what is counted: 19个制造和配套项目."""
    if not context.zh or quantity.unit != "1" or not 0 < name.start - quantity.start <= 20:
        return False
    if name.start == quantity.end and name.kind in ("plant", "line"):
        return True
    item = of_item(context, sentence, quantity)
    if item is None or item.cue is None or item.cue.end != name.end:
        return False
    return not any(q.start > quantity.start and q.end <= name.start for q in sentence.quantities)


def _only_example(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether a name only stands for many: 甲产业园、乙工厂等151个项目开工, "X, Y and other 38 projects"."""
    such, reach = (_SUCH_AS, 40) if context.zh else (_AND_OTHER, 260)
    if context.zh and _AND_MORE.match(context.plain, name.end, sentence.end):
        return True
    return any(
        q.unit == "1"
        and 0 < q.start - name.end <= reach
        and such.fullmatch(context.plain, name.end, q.start)
        for q in sentence.quantities
    )


_PLAN_PERIOD = re.compile(r"[“\"]?十[一二三四五六]五(?:规划)?[”\"]?")
"""A plan's years say when, and own no figure."""
_AND_OTHER = re.compile(r"(?: (?:stage|phase) [IVX\d]+)?(?:, [^.;]{2,240}?)?,? and (?:the )?other ")
_AND_MORE = re.compile(
    r"(?:、[^，。；]{2,36}?)?等(?:一批|一大批|多个|多家|重点|重大|优质|新|续建|在建|\d)[^，。；、]{0,8}?(?:项目|企业|工程|公司)"
)
_SUCH_AS = re.compile(
    r"(?:[、和及与][^，。；]{2,36}?)?等(?:全市|全县|一批)?"
    r"|(?:(?!引进|签约|开工|实施|推进|建设|谋划|落地|举行|集中|完成|[共有已将对把的])[^，。；]){0,40}?等"
)


def _numbered_by_name(name: Name) -> bool:
    """Whether a zone's name begins with a numeral that counts nothing: 七股科技工业区."""
    return name.kind == "park" and name.text[:1] in "一二三四五六七八九十"


def _counts(quantity: Quantity, name: Name) -> bool:
    """Whether a name is the figure's own unit or what it counts: 绿色工业园区267家."""
    if quantity.start <= name.start and name.end <= quantity.end:
        if quantity.unit != "1" and name.kind == "project" and quantity.start == name.start:
            return False  # 9万吨负极材料项目 is what the amount belongs to
        return quantity.start < name.start or not _numbered_by_name(name)
    return quantity.unit == "1" and quantity.start == name.end and quantity.item_start is None


def _score(
    context: Context, sentence: Sentence, name: Name, span: tuple[int, int], table: dict[str, int]
) -> tuple[float, Sequence[str], Sequence[str]]:
    """The points of a name, the reasons for them in its place, and those in the name itself."""
    start, end = span
    points = float(table.get(context.referent(name).kind, 0))
    if name.start <= start and end <= name.end:
        return points + 40, (f"{name.kind}; the figure is in its name",), ()
    own, reasons = ties.of_name(context, sentence, name)
    near, where = ties.place(context, sentence, name, start, end)
    return points + own + near, (name.kind, *where), reasons


SURE = 36.0
"""A name of the sentence with so many points cannot be beaten by one spoken of before."""


def _before(
    context: Context, sentence: Sentence, table: dict[str, int], best: Candidate | None
) -> Candidate | None:
    """The best of the sentence's own and what was spoken of before, nearer ones first."""
    if not context.zh and (meant := _meant_by_it(context, sentence)) is not None:
        score = table.get(context.referent(meant).kind, 0) + 26.0
        if best is None or score > best.score:
            return Candidate(score, meant, ('what "it" stands for',))
    pronoun = 8 if _PRONOUN.search(context.small, sentence.start, sentence.end) else 0
    most, seen = (best.score if best is not None else -1e9), 0
    found: tuple[Name, Sequence[str]] | None = None
    if context.zh and best is not None and best.name.start in ties.openers(context, sentence):
        most += 8  # its own sentence opens with it
    for back in range(1, min(5, sentence.index) + 1):
        if seen > 3:
            break
        other = context.sentences[sentence.index - back]
        near = _closeness(sentence, other) - 4 * back + pronoun
        for i, (name, kind) in enumerate(_topics(context, other)):
            seen += 1
            score = 0.6 * table.get(kind, 0) + near - 3 * i - _only_object(context, other, name)
            if score > most:
                most, found = score, (name, _SPOKEN_OF)
    for other in context.sentences[: min(4, sentence.index)]:  # what the report is about
        for i, (name, kind) in enumerate(_topics(context, other)):
            score = 0.55 * table.get(kind, 0) - i - 0.2 * other.index
            score -= _only_object(context, other, name)
            if score > most:
                most, found = score, (name, _ABOUT)
    return best if found is None else Candidate(most, *found)


_IT = re.compile(
    r"[\s\"“]*(?:at present, |currently, |in addition, |however, |so far, )?(?:it|they)\b"
    r"(?! (?:is|was|has been|will be) "
    r"(?:\w+ly )?(?:reported|expected|understood|learned|learnt|estimated|said|planned|hoped|forecast|believed"
    r"|known|noted|worth|necessary|important|clear|possible|anticipated|announced)\b)"
)
_CHAIN = 4
"""Sentences that a pronoun may be handed on through."""


@once_a_sentence
def _meant_by_it(context: Context, sentence: Sentence) -> Name | None:
    """What "it" at the head of a sentence stands for: the name that opens the sentence before."""
    if not _IT.match(context.small, sentence.start, sentence.end):
        return None
    for back in range(1, min(_CHAIN, sentence.index) + 1):
        other = context.sentences[sentence.index - back]
        if sentence.block - other.block > back:
            return None
        opening = ties.openers(context, other)
        found = [n for n in other.names if n.start in opening and n.kind != "person"]
        if found:
            return found[0]
        if not _IT.match(context.small, other.start, other.end):
            return None
    return None


def _only_object(context: Context, sentence: Sentence, name: Name) -> float:
    """What a name loses that its own clause was not about: 规划建设智谷科技园."""
    if not context.zh or role_zh.opens_clause(context, sentence, name):
        return 0.0
    return 7.0


_SPOKEN_OF = ("spoken of before",)
_ABOUT = ("what the report is about",)

_PRONOUN = re.compile(r"\b(?:it|its|they|their)\b|其中|该|其")


def _closeness(sentence: Sentence, other: Sentence) -> float:
    """How near an earlier sentence is: in the paragraph, in the line above, or further off."""
    if other.block == sentence.block:
        return 10.0
    return 7.0 if sentence.block - other.block == 1 else 2.0


@once_a_sentence
def _topics(context: Context, sentence: Sentence) -> list[tuple[Name, EntityKind]]:
    """The first names of a sentence that it may be about, with the kind that they stand for."""
    named = (
        (name, context.referent(name).kind)
        for name in sentence.names
        if name.kind != "person"
        and not ties.is_source(context, sentence, name)
        and not _only_counted(context, sentence, name)
        and not ties.dateline(context, sentence, name)
    )
    if context.zh:
        named = (
            (n, k)
            for n, k in named
            if k != "body"
            and not (k == "programme" and _PLAN_PERIOD.fullmatch(n.text))
            and not context.plain.startswith("——", n.end)
            and not _only_example(context, sentence, n)
            and not any(_ends_count(context, sentence, q, n) for q in sentence.quantities)
        )
        aside = role_zh.roles(context, sentence)
        part = context.plain.find("其中", sentence.start, sentence.end)
        if part >= 0:  # a district of which a part is told is not what the next sentence is about
            named = ((n, k) for n, k in named if n.start < part or not (k == "place" or n.generic))
        named = ((n, k) for n, k in named if k == "company" or n.start not in aside)
    return list(islice(named, 3))


def _only_counted(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether an English name is but the plural behind a number: the "projects" of "63 projects"."""
    if context.zh or " " in name.text or not name.text.islower():
        return False
    return any(_counts(q, name) for q in sentence.quantities)


_NOUN = re.compile(r"([\u4e00-\u9fffA-Za-z]{2,12}?)(?:产能)?(?:的|总|共|已|现|由|从|均)?$")
_NOT_NOUN = re.compile(
    r"[年月日将已了在达为约超至其以及和与或]|同比|可|替代|节约|减排|本次|此次|共设|中国|分别|预计|计划|实现|完成|目前|累计|力争|今年|去年|同时|全部|安排|解决|带动|提供|吸纳|贡献|上缴|规划|预估|加码|引进|落实|争取|水平|支持|建起|当地|[这那是]"
)
_NO_OWNER = (
    "提升", "增加", "吸引", "提高", "减少", "成长", "整体", "总体", "开发", "数", "近", "逾", "带来",
    "率", "比", "只", "等", "中", "后", "时", "期间", "人员")  # fmt: skip
"""What a noun ends in that is a rate or a part and owns no figure: 竣工率76%, 返岗人数5000人."""
_VERB = re.compile(
    r"共?(?:签约|洽谈|引进)|(?<=[\u4e00-\u9fff]{2})[共已]$|实现|完成|拥有|共有|现有|已有|累计|达到|将|拟|计划|预计|总投资|建成|新增|占地|生产|投资|增至|增长|下降|创造|认定|实施|有"
)


def noun_before(
    context: Context, sentence: Sentence, start: int, cue: Cue | None
) -> Subject | None:
    """A common noun as subject where nothing has a name: 乘用车产销量…, 长兴电子实现营业收入…"""
    times = [t.end for t in sentence.times if t.end <= start]
    begin = max([sentence.start, *times])
    stop = cue.start if cue is not None and begin <= cue.start < start else start
    lead = context.plain[begin:stop]
    offset = max((m.end() for m in _CLAUSE.finditer(lead)), default=0)
    verb = _VERB.search(lead, offset)
    if verb is None and cue is not None and cue.group == "item" and cue.end <= start:
        return None  # the noun only says of which sort the things are: 产业项目118项
    words = lead[offset : verb.start() if verb else len(lead)]
    if words.startswith("其中"):
        words, offset = words[2:], offset + 2
    match = _NOUN.fullmatch(words)
    if match is None or _NOT_NOUN.search(match[1]) or match[1].endswith(_NO_OWNER):
        return None
    at = begin + offset
    name = Name(start=at, end=at + len(match[1]), text=match[1], kind="thing")
    return Subject(name, context.quote(at, name.end), LEAST, NOUN)


_TOLD_BY = re.compile(
    r"[^，。；：]{2,18}?(?:指出|表示|提及|透露|介绍|说明|提到)(?:说)?[，：]"
    r"([\u4e00-\u9fff]{2,10}?)(?=则?(?:位于|为因应|为了|因应|随着?|将|拟|规划|计划|预计|于|因)|则)"
)


_BATCH = re.compile(r"(?:一批|这批|一系列)[\u4e00-\u9fff]{0,8}?(?:项目|工程)")


def batch_of(context: Context, sentence: Sentence, quantity: Quantity) -> Subject | None:
    """Projects without a number whose money it is: 近日签约的一批重大项目涵盖…，总投资31亿元."""
    match = next(_BATCH.finditer(context.plain, sentence.start, quantity.start), None)
    if match is None or any(match.end() <= n.start < quantity.start for n in sentence.names):
        return None
    name = Name(start=match.start(), end=match.end(), text=match[0], kind="project")
    return Subject(name, context.quote(*match.span()), LEAST, "the batch told of")


_PART = re.compile(
    r"其中[，,:：]?([\u4e00-\u9fff]{2,14}(?:项目|企业|工程))(?:计划|预计|拟|共|总|合计|累计|已|实际|年度|完成|实现)*"
)


def part_of_them(
    context: Context, sentence: Sentence, quantity: Quantity, cue: Cue | None
) -> Subject | None:
    """The sort of things that a figure is told of apart: 其中产业化项目计划总投资41亿元."""
    if not context.zh or cue is None or cue.end > quantity.start:
        return None
    at = context.plain.rfind("其中", max(sentence.start, cue.start - 26), cue.start)
    match = _PART.fullmatch(context.plain, at, cue.start) if at >= 0 else None
    if match is None or any(n.start == match.start(1) and not n.generic for n in sentence.names):
        return None
    name = Name(start=match.start(1), end=match.end(1), text=match[1], kind="programme")
    return Subject(name, context.quote(*match.span(1)), 50.0, "the part told of apart")


def told_of(context: Context, sentence: Sentence, start: int) -> Subject | None:
    """The firm without a known name that an office tells of: 投资处指出，祥成行将斥资1亿元."""
    if not context.zh:
        return None
    match = _TOLD_BY.match(context.plain, sentence.start, start)
    if match is None or _NOT_NOUN.search(match[1]):
        return None
    if any(match.start(1) <= n.start < start and n.kind == "company" for n in sentence.names):
        return None
    words = context.quote(*match.span(1))
    name = Name(start=match.start(1), end=match.end(1), text=words, kind="company")
    return Subject(name, words, 50.0, "of whom an office tells")


NOUN = "the noun before it"
"""Why a common noun without a name is a subject."""
_CLAUSE = re.compile(r"[，。；、：,:;\s]+")
_MONEY = re.compile(
    r"(?:(?:[\w-]+ )?(?:loan|grant|credit)|aid|assistance|donation|financing|funding|agreement|"
    r"contract|deal|(?:total )?cost)s?\b"
)


def money_itself(context: Context, cue: Cue | None) -> Subject | None:
    """A loan, grant or contract as subject of its own amount, where nothing else is named."""
    if cue is None or cue.group != "measure":
        return None
    match = _MONEY.search(context.small, cue.start, cue.end)
    if match is None:
        return None
    words = context.quote(*match.span())
    name = Name(start=match.start(), end=match.end(), text=words, kind="thing")
    return Subject(name, words, LEAST, "the money itself")


def choose(
    context: Context, sentence: Sentence, span: tuple[int, int], key: str, item: Cue | None = None
) -> Subject | None:
    """The best subject of a span, or None where no name is good enough."""
    best = _here(context, sentence, span, key, item)
    if best is None or best.score < SURE:
        best = _before(context, sentence, AFFINITY.get(key, DEFAULT), best)
    if best is None or best.score < LEAST:
        return None
    if context.zh and best.name.kind == "body" and not best.name.generic:
        zone = _its_place(best.name)
        if zone.kind == "park":  # the zone, not the committee that counts for it
            return Subject(zone, label(context, zone), best.score, ", ".join(best.why))
    return Subject(best.name, label(context, best.name), best.score, ", ".join(best.why))


_PLACE_OF = re.compile(r"[\u4e00-\u9fff]{2,7}?[省市县区州旗](?=[\u4e00-\u9fff]{2,6}[局委办厅]$)")


_ZONE_OF = re.compile(
    r"([\u4e00-\u9fff]{2,16}?[区园城](?:\([^()]{2,8}\))?)(?:党工委|管委会|管理委员会|工委)$"
)


def _its_place(body: Name) -> Name:
    """The place whose office a report begins with: the district of 湾里区统计局, which only counted."""
    if run := _ZONE_OF.match(body.text):
        end = body.start + run.end(1)
        return Name(start=body.start, end=end, text=run[1], kind="park")
    match = _PLACE_OF.match(body.text)
    if match is None:
        return body
    end = body.start + match.end()
    return Name(start=body.start, end=end, text=match[0], kind="place")


_TOLD_OF = frozenset({"place", "company", "park", "project", "plant", "line", "institute", "event"})


def about(context: Context, key: str) -> Subject | None:
    """What the report's first lines are about, for a figure that nothing nearer owns."""
    table = AFFINITY.get(key, DEFAULT)
    best, most = None, 0.0
    for other in context.sentences[:3]:
        for i, (name, kind) in enumerate(_topics(context, other)):
            score = table.get(kind, 0) - 3 * i - 4 * other.index
            if kind in _TOLD_OF and score > most:
                best, most = name, score
    if best is None and context.zh:
        best = next((n for s in context.sentences[:2] for n in s.names if n.kind == "body"), None)
        best = _its_place(best) if best is not None else None
    return None if best is None else Subject(best, label(context, best), LEAST, _ABOUT[0])
