"""What reaches a stage: the works beside its word, an agreement, or what was spoken of before."""

from __future__ import annotations

import re
from bisect import bisect_left

from msgspec.structs import replace

from nameplate.claim import stage_group_zh, ties
from nameplate.claim.antecedent_en import FAR_BACK
from nameplate.claim.clause import clause, commas
from nameplate.claim.context import Context, Sentence, once_a_sentence
from nameplate.claim.subject import LEAST, Subject, choose, label
from nameplate.model import Cue, Name

_THINGS = frozenset({"project", "plant", "line", "park"})
_TABLES = {"signed": "signing", "resumed": "resuming", "suspended": "resuming"}


def owner_of(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """The thing that reaches the stage; else the agreement, the plain noun or what acts."""
    if context.zh:
        return (
            stage_group_zh.after(context, sentence, cue)
            or _of_group_zh(context, sentence, cue)
            or _named(context, sentence, cue)
        )
    return (
        _settler(context, sentence, cue)
        or _worked_on(context, sentence, cue)
        or _begun_on(context, sentence, cue)
        or _named(context, sentence, cue)
        or _unnamed(context, sentence, cue)
    )


def _settler(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """What settles somewhere, and not the zone it settles in: "the X project has settled in Y Park"."""
    if not context.small.startswith("settle", cue.start):
        return None
    before = [n for n in sentence.names if cue.start - _NEAR < n.start and n.end <= cue.start]
    if not before or before[-1].kind not in ("project", "company"):
        return None
    if commas(context, before[-1].end, cue.start):
        return None
    return _subject(context, before[-1], "what settles there")


_WORK_ON = re.compile(
    r"\bconstruction (?:works? )?(?:on|of) (?:the|its|their|a|an) (?P<what>(?:[\w'’-]+ ){1,6}?)"
    r"(?:has |have |had |will |is |are )?$"
)


_PARTS = ("place", "thing")
"""Names that are but a part of what is worked on: "the Halden stage"."""


def _worked_on(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """What has no name of its own between the noun and the verb: "construction on the Halden stage has begun"."""
    if cue.group != "event" or cue.key not in ("started", "completed", "suspended", "resumed"):
        return None
    match = _WORK_ON.search(context.small, max(sentence.start, cue.start - _NEAR), cue.start)
    if match is None:
        return None
    start, end = match.span("what")
    if any(n.start < end and start < n.end and n.kind not in _PARTS for n in sentence.names):
        return None
    return _thing(context, start, end)


def _last_project(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """The project named last, which a bare 项目 means: 计划明年底项目将全部达产.

    Where the sentence speaks of a firm it is that firm's project, and never one of an earlier
    sentence that another firm builds.
    """
    firms = [n for n in sentence.names if n.kind == "company" and n.end <= cue.start]
    firm = firms[-1] if firms else None
    at = bisect_left(context.names, cue.start, key=lambda n: n.start)
    for name in reversed(context.names[max(0, at - FAR_BACK) : at]):
        if name.kind != "project" or name.generic:
            continue
        if firm is None or name.start >= sentence.start or firm.text in name.text:
            return Subject(name, label(context, name), 40.0, "the project named last")
    return Subject(firm, label(context, firm), 30.0, "whose project it is") if firm else None


_GROUP = re.compile(
    r"([^，,。；;、：:\s“”（）()《》]{0,26}?(?:项目|工程|\d[家户][^，。；、]{0,8}?企业))"
    r"(?:(?:集中)?(?:开工|签约|竣工|投产|落地)[或、和及暨]?|在(?:会上|仪式上|活动上|现场)|现场|现已|均已|全部|同时|同步|先后|陆续|相继|正式|全面|集中|实质性|实质|顺利|成功|参加|参与|实现|已|也|将|计划|拟|有望|可望|可|预计)*$"
)
_BEFORE_GROUP = re.compile(
    r".*(?:[有的将是了在对为据由上]|暨|举行|举办|出席|参加|宣布|观摩|推进|推动|启动|实现|完成|加快|[与和同](?=\d))"
)

_PUSHED = ("推动", "推进", "加快")
"""Words that only urge on a sort of projects: 要推动重点项目开工."""
_DIGIT = re.compile(r"[\d一二两三四五六七八九十百]+[个家户项]")


def _of_group_zh(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """Projects that have no name but a number or a sort: 18个重点产业项目集中开工."""
    match = _GROUP.search(context.plain, max(sentence.start, cue.start - 40), cue.start)
    if match is None or any(n.end >= match.end(1) and n.start < cue.start for n in sentence.names):
        return None
    cut = _BEFORE_GROUP.match(context.plain, match.start(1), match.end(1) - 2)
    if cut and cut[0].endswith(_PUSHED) and not _DIGIT.search(match[1]):
        return None
    start = cut.end() if cut else match.start(1)
    start = max([start, *(t.end for t in sentence.times if t.end <= match.end(1))])
    while start < match.end(1) and context.plain[start] in "年月日底初":
        start += 1
    if match.end(1) - start < 4:
        return _last_project(context, sentence, cue) if match.end(1) - start == 2 else None
    name = Name(
        start=start, end=match.end(1), text=context.plain[start : match.end(1)], kind="thing"
    )
    return Subject(name, context.quote(name.start, name.end), 50.0, "the group before it")


def _named(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    adjacent = _adjacent(context, sentence, cue)
    if not context.zh and cue.key in _DONE_TO:
        group = _projects_before(context, sentence, cue)
        if group is not None and (adjacent is None or not _verb_takes(sentence, adjacent, cue)):
            return group
    if adjacent is not None:
        return adjacent
    if cue.key == "signed":
        counted = None if context.zh else _counted_before(context, sentence, cue)
        agreement = counted or _agreement(context, sentence, cue)
        if agreement is not None or cue.group == "weak_stage":
            return agreement
    if cue.group == "weak_stage":
        return None if context.zh else _works_after(context, sentence, cue)
    best = choose(context, sentence, (cue.start, cue.end), _TABLES.get(cue.key, "milestone"))
    if best is None or (best.name.end <= sentence.start and not _predicate(context, cue)):
        return None
    if context.zh and (
        _of_another(context, sentence, cue, best)
        or _NEXT_CLAUSE.match(context.plain, cue.end, max(cue.end, best.name.start))
    ):
        return None
    kind = context.referent(best.name).kind
    if works := _at_works(context, sentence, cue, kind):
        return works
    led = context.plain[max(0, best.name.start - 1) : best.name.start]
    if context.zh and led in ("在", "于", "到") and kind in ("park", "place", "event"):
        return None
    if not context.zh and kind in ("place", "event", "thing"):
        best = _counted_before(context, sentence, cue) or best
    if kind == "body" or (kind == "place" and cue.key not in ("resumed", "signed")):
        return None
    return best if kind != "place" or cue.key == "resumed" or best.why == GROUP else None


_MADE_AT = frozenset({"producing", "trial", "resumed", "suspended", "at_capacity"})
_AT_A = re.compile(
    r"[^.;,]{0,40}?\bat (?:(?:(?:[\w.&-]+ ){0,4}[\w.&-]+'s |(?:a|an|its|the|their|our) )"
    r"(?:\w+ )?(?:new |own |first )?)?$"
)


def _at_works(context: Context, sentence: Sentence, cue: Cue, kind: str) -> Subject | None:
    """The plant that a firm starts to work in: "X has begun production of radials at a plant in Y"."""
    if context.zh or cue.key not in _MADE_AT or kind not in ("company", "place", "body"):
        return None
    for name in sentence.names:
        if name.start >= cue.end and context.referent(name).kind in _THINGS:
            if _AT_A.match(context.small, cue.end, name.start):
                return _subject(context, name, "where it is made")
            return None
    return None


_OBJECT = re.compile(
    r"了?(?!仪式|典礼|活动|阶段|状态|运行|运营|发电|通车|投产|投用|投运|使用|以来|至今|现场|条件|成功|完毕|验收|"
    r"[后前时并及和与暨]|的|日|年|建设(?![\u4e00-\u9fff]))[\u4e00-\u9fff]"
)
_TRANSITIVE = ("取消", "撤销", "批准", "核准", "关闭", "拆除", "放弃", "搁置")


def _of_another(context: Context, sentence: Sentence, cue: Cue, owner: Subject) -> bool:
    """Whether the verb has an object of its own, so that what was named elsewhere is not meant.

    全省计划开工建设铁路5000公里 says nothing of the zone that the sentence before named.
    """
    if _OBJECT.match(context.plain, cue.end) is None:
        return False
    if context.plain.startswith(_TRANSITIVE, cue.start):
        return True
    return not clause(context, sentence, cue.start)[0] <= owner.name.start < cue.start


AGAIN = "the same as before"
_ON = re.compile(
    r"\b(?:and|but|then)(?: (?:was|were|then|actually|finally|officially|only|later))*\s+$"
)
_VERBS = re.compile(
    r"(?:completed|finished|ended|started|began|inaugurated|opened|suspended|halted|resumed|cancell?ed)$"
)


_DONE_AND = re.compile(
    r"\b(?:completed|built|finished|installed|tested|constructed) and (?:\w+ly )?$"
)
_PUT_INTO = ("put into ", "putting into ", "in operation", "into production", "into operation")


def going_on(
    context: Context, sentence: Sentence, cue: Cue, last: Subject | None
) -> Subject | None:
    """The subject of the step before, where a bare verb goes on from it: "and finished in July"."""
    if last is None or context.zh:
        return None
    if context.small.startswith(_PUT_INTO, cue.start):
        done = _DONE_AND.search(context.small, max(sentence.start, cue.start - 20), cue.start)
        return replace(last, why=AGAIN) if done else None
    if cue.group != "weak_stage" or not _VERBS.match(context.small, cue.start, cue.end):
        return None
    lead = context.small[max(sentence.start, cue.start - 40) : cue.start]
    return replace(last, why=AGAIN) if _ON.search(lead) else None


_PLAIN = re.compile(
    r"(?:^|[.,;] |\band |\bthe |\ba |\bthis |\bthese |\bof )"
    r"((?:[\w-]+ ){0,2}?(?:works?|construction|projects?|program(?:me)?|building|buildings|site|equipment|system|"
    r"road|highway|railway|bridge|dam|tunnel|pipeline|network|upgrades?|moderni[sz]ation|refurbishment|overhaul|extension|cent(?:re|er)|school|hospital|wells?|houses|housing|"
    r"facility|facilities|hall|stadium|station|line|laborator(?:y|ies)|installation|rehabilitation|renovation))"
    r"(?: (?:was|were|is|are|has|have|had|be|been|will|ceremony|officially|formally|first|finally|also))*\s*$"
)
_SUBJECT = re.compile(r"(?:^|[.,;] |\band )(?:the|this|these) ((?:[\w-]+ ){0,3}?[a-z-]{3,})\s+$")
_NO_WORKS = re.compile(
    r"\b(?:investigation|survey|study|review|meeting|talks|tests?|inspection|process|procedures?|course|"
    r"training|transaction|acquisition|deal|sale|merger|negotiations?|transfer|report|audit|agreement|"
    r"task|mission|visit|round|season|semester|year)\b"
)
_SO_MANY = re.compile(r"\d (?:of them )?(?:have |has |had )?(?:already |now )?$")
_PASSIVE = re.compile(r"(?:was|were|has been|have been|had been) ")
_NEAR = 90
"""Characters before a stage word within which its plain noun stands."""
_ITSELF = re.compile(
    r"(?:the |(?:began|begin|begins|started|starts|commenced) )?"
    r"(construction(?: works?)?|works?|implementation|handing-over|hand-?over|"
    r"foundation stone|ground-?breaking)\b"
)


def _unnamed(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """A plain noun as subject where no thing is named: "the road was completed", "work began"."""
    if context.zh:
        return None
    counted = _counted_before(context, sentence, cue)
    if counted is not None or cue.group == "weak_stage" or cue.key == "signed":
        return counted
    inner = _ITSELF.match(context.small, cue.start, cue.end)
    at = max(sentence.start, cue.start - _NEAR)
    head = context.small[at : cue.start]
    match = inner or _PLAIN.search(head)
    if match is None and _PASSIVE.match(context.small, cue.start, cue.end):
        match = _SUBJECT.search(head)
    if match is not None and _NO_WORKS.search(match[1]):
        return None
    if inner and _SO_MANY.search(head):  # "Of the 120 projects, 87 have started work"
        return None
    if match is None:
        return None
    at = 0 if inner else at
    start, end = at + match.start(1), at + match.end(1)
    name = Name(start=start, end=end, text=context.plain[start:end], kind="thing")
    return Subject(name, context.quote(start, end), LEAST, "the noun before it")


GROUP = "the group told of"
"""Why a group without a name is a step's subject."""
_SIGNED = re.compile(r"(?:were |was |are |be )?(?:officially )?(?:signed|penned|inked)\b")
_SIGNABLE = re.compile(r"\b(?:projects?|contracts?|agreements?|deals?|memorandums?)$")
_ACTORS = re.compile(
    r"(?<![\w.'’])(?<!\d,)((?:\d[\d,]* )?(?:(?!(?:per ?cent|of) )[\w-]+ ){0,4}"
    r"(?:enterprises|firms|companies|businesses|factories|plants))\b[^.;,]{0,50}(?<! to )$"
)


def _counted_before(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """A group without a name that a step is told of: "104 contracts were signed", firms that resumed."""
    if cue.key == "resumed" and cue.group == "stage":
        match = _ACTORS.search(context.small, sentence.start, cue.start)
        if match is None:
            return None
        return _thing(context, match.start(1), match.end(1))
    if cue.key in _DONE_TO:
        return _projects_before(context, sentence, cue)
    if cue.key != "signed" or not _SIGNED.match(context.small, cue.start):
        return None
    for q in sentence.quantities:
        near = q.unit == "1" and q.end <= cue.start and cue.start - q.start < 120
        if near and _SIGNABLE.search(context.small, q.start, q.end):
            return _thing(context, q.start, q.end)
    return None


_DONE_TO = frozenset({"started", "completed", "producing", "approved"})
_HAVING_BEEN = re.compile(
    r" (?:(?:were|have been|had been|are being|will be|are to be|was|has been|has|have|had|have all been) (?:\w+ly )?)?"
)
_BEEN = re.compile(r"\b(?:were|was|be|been|being)\b")


_WORKS_OF = re.compile(
    r"\b(?:plants|factories|mills|lines|refineries|smelters|mines|furnaces|breweries|bakeries|foundries|facilities|workshops"
    r"|terminals|warehouses|fabs|gigafactories|reactors|substations|data cent(?:er|re)s)$"
)
_TO_IT = re.compile(
    r" (?:its |their |the |all |another |a further |about |some |over |more than |at least |nearly |around |up to )*"
)
_ON_SO_MANY = re.compile(
    r"(?: (?:yesterday|today|on \w+|last \w+))? on (?:about |some |over |more than |nearly )*"
)
_MADE_OF = frozenset({"started", "producing", "closed", "suspended", "resumed", "completed"})


_THE_ADDITION = re.compile(
    r" (?:the )?(?:(?:construction|addition|establishment|building|development|setting up|creation|expansion) of )?"
)


def _approved(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """What is only counted and approved: "has approved the addition of two industrial zones"."""
    for q in sentence.quantities:
        if q.start >= cue.end and q.unit == "1" and q.item_start is not None:
            led = _THE_ADDITION.fullmatch(context.small, cue.end, q.start)
            return _thing(context, q.start, q.end) if led else None
    return None


def _begun_on(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """Projects that are only counted, on which work begins: "construction started yesterday on 55 projects"."""
    if cue.key == "approved":
        return _approved(context, sentence, cue)
    if cue.key != "started" or not context.small.startswith(("construction", "work"), cue.start):
        return None
    for q in sentence.quantities:
        if q.start >= cue.end and q.unit == "1":
            if _ON_SO_MANY.fullmatch(context.small, cue.end, q.start) is None:
                return None
            named = _SIGNABLE.search(context.small, q.start, q.end) or _WORKS_OF.search(
                context.small, q.start, q.end
            )
            return _thing(context, q.start, q.end) if named else None
    return None


def _works_after(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """Works that are only counted, right behind the verb: "will shut down three plants in Thailand"."""
    if cue.key not in _MADE_OF:
        return None
    for q in sentence.quantities:
        if q.start < cue.end or q.unit != "1":
            continue
        if _TO_IT.fullmatch(context.small, cue.end, q.start) is None:
            return None
        return (
            _thing(context, q.start, q.end)
            if _WORKS_OF.search(context.small, q.start, q.end)
            else None
        )
    return None


def _verb_takes(sentence: Sentence, adjacent: Subject, cue: Cue) -> bool:
    """Whether the thing beside the word stands nearer to it than the number before it."""
    number = max(q.end for q in sentence.quantities if q.end <= cue.start)
    return number <= adjacent.name.start < cue.start


def _in_title_case(context: Context, cue: Cue) -> bool:
    """Whether a participle closes a phrase of a headline: "With 30 Projects Launched, Halden"."""
    if not context.text[cue.start].isupper() or not context.small.endswith(
        "ed", cue.start, cue.end
    ):
        return False
    return context.plain[cue.end : cue.end + 1] in ("", ",", ".", ":", ";", "\n")


_ACTIVE = re.compile(
    r"(?:began|begins?|started|starts?|broke|commenced|kicked off|went into|entered)\b"
)
"""What projects do themselves: "41 major projects began construction"."""


def _projects_before(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """Projects that are only counted, with the verb right behind them: "38 new projects were started".

    A bare number ("of the 79 key projects, 15 have opened") tells of some of those counted before it.
    """
    passive = _BEEN.search(context.small, max(sentence.start, cue.start - 20), cue.end)
    done = [q for q in sentence.quantities if q.end <= cue.start and q.unit == "1"]
    active = _ACTIVE.match(context.small, cue.start)
    if not done or not (passive or active or _in_title_case(context, cue)):
        return None
    last = done[-1]
    if _HAVING_BEEN.fullmatch(context.small, last.end, cue.start) is None:
        return None
    if _SIGNABLE.search(context.small, last.start, last.end):
        return _thing(context, last.start, last.end)
    if last.item_start is not None:
        return None
    for q in reversed(done[:-1]):
        if q.item_start is not None and _SIGNABLE.search(context.small, q.start, q.end):
            return _thing(context, q.item_start, q.end)
    return None


def _thing(context: Context, start: int, end: int) -> Subject:
    words = " ".join(context.quote(start, end).split())
    name = Name(start=start, end=end, text=words, kind="thing")
    return Subject(name, words, LEAST, GROUP)


_AGREEMENT = re.compile(
    r"\s*(?:of |a |an |the |several |official |formal )*(?!(?:in|on|at|by|with|for|and) )"
    r"((?:[\w$€£.,-]+ ){0,7}?(?:agreement|contract|memorand(?:a|ums?) of understanding|memorand(?:um|a)|pact|"
    r"deal|mous?|loan|accord|protocol|convention|certificate|exchange of (?:notes|letters)|letters? of exchange|"
    r"exchange letter)s?(?: of [a-z]+)?)\b"
)
_WORD = re.compile(r"agreement|contract|memorandum|mou|deal|accord|protocol")


def _settles(context: Context, cue: Cue) -> bool:
    """Whether a zone behind the word is only where something settles: 落户某园区."""
    return context.zh and context.plain.endswith("落户", cue.start, cue.end)


def _agreement(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """What was signed, where no project is named: the works in the sentence, else the agreement."""
    works = [
        n
        for n in sentence.names
        if n.start >= cue.end
        and context.referent(n).kind in _THINGS
        and not ties.other_party(context, sentence, n)
        and not (n.kind == "park" and _settles(context, cue))
    ]
    if works:
        return _subject(context, works[0], "what was signed for")
    own = _WORD.search(context.small, cue.start, cue.end)
    start = _back(context, own.start()) if own else cue.end
    match = _AGREEMENT.match(context.small, start, sentence.end)
    if match is None:
        return None
    begin = max(
        (q.end for q in sentence.quantities if start <= q.start and q.end < match.end(1)),
        default=match.start(1),
    )
    words = context.plain[begin : match.end(1)].strip()
    name = Name(start=match.end(1) - len(words), end=match.end(1), text=words, kind="thing")
    return _subject(context, name, "the agreement itself")


def _back(context: Context, word: int) -> int:
    """The start of the noun phrase that ends in the word: after "signed a" or "of a"."""
    head = context.small[max(0, word - 60) : word]
    cut = max(
        head.rfind(f" {w} ") + len(w) + 1 for w in ("signed", "a", "an", "the", "sign", "inked")
    )
    return word - len(head) + cut if cut > 1 else word


_VERBAL = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|would|be|been|to|it|they|and|officially|formally|soon|already|"
    r"currently|recently|which|that|expected|scheduled|the works?|and works?|implementation)\s+$"
    r"|[已将于、，日月年初底正计全]$"
)


def _predicate(context: Context, cue: Cue) -> bool:
    """Whether the word is said of something, so that a thing named before can be meant."""
    if _OF_WORK.match(context.small, cue.start, cue.end):
        return True
    return bool(_VERBAL.search(context.small[max(0, cue.start - 24) : cue.start]))


_OF_WORK = re.compile(
    r"(?:commissioning|start-?up|opening|construction|works?|implementation|production)\b.* |foundation|"
    r"ground-?\s?breaking|hand(?:ing)?-?\s?over|commencement"
)
"""A whole clause in itself ("construction began") is said of the thing spoken of before."""


_DETERMINERS = re.compile(
    r"[\s\"“'*_]*(?:(?:[a-z]+'s|largest|biggest|first|second|third|most|"
    r"the|a|an|its|their|this|new|of|on|construction of|addition of|plans? for|into|in|"
    r"for|at the(?: construction)? site of|\$?[\d.,]+ ?(?:billion|million|bn|m|B|M)?"
    r"|[\d.,]+[ -](?:sq\.?|square)[ -](?:ft|foot|feet|m|met(?:re|er)s?)"
    r"|[\d.,]+[ -]?(?:acres?|ha|hectares?|MW|GWh?|MWh|sqm|sq\.? ?m)|且?了|对|的|在[^，。；]{1,10}的)"
    r"[\s\"“]*){0,5}(?:$|"
    r"(?:(?<=\ban )|(?<=\ba )|(?<=\bits )|(?<=\btheir )|(?<=\bnew ))"
    r"(?:(?!(?:of|in|for|with|on|to|and|at|from|by|or|as)\b)[a-z][a-z-]* ){1,2}$)"
)
_LINK = re.compile(
    r"(?:, which (?:it|they|he|she|the (?:company|group|firm)) "
    r"(?:plans?|expects?|hopes?|intends?|aims?|is|are|will|would) ?)?"
    r"[\s\"”',*_]*(?:(?:has|have|had|was|were|is|are|been|be|being|will|would|to|officially|formally|also|"
    r"successfully|recently|already|currently|just|soon|first|phase|now|still|fully|on|in|at|its|the|of|"
    r"project|construction|already|site|line|production|will be|expected|scheduled|due|set|planned|"
    r"的?(?:顺利|正式|成功|如期)|正式|已|将|也|全面|成功|项目|顺利|现已|首期|一期|二期|宣布|计划|于|预计|日|月|年|\d+)[\s,]*){0,7}$"
)


_ASIDE = re.compile(
    r", (?:powered|located|backed|owned|built|funded|designed|known|operated|led) [^,.;]{3,70},"
    r"| with (?:an? |a total )?(?:planned |total )*investment of (?:[^,.;]|\.\d){3,40}"
    r"(?= (?:will|has|have|was|is|were))"
)
"""A participle's clause between a thing and its verb: "The project, powered by wind, is due …"."""


def _linked(context: Context, start: int, end: int) -> bool:
    """Whether nothing but a verb's helpers, and at most a participle's clause, stands between."""
    aside = _ASIDE.match(context.plain, start, end)
    if aside is None and end - start >= 60:
        return False
    return _LINK.match(context.plain, aside.end() if aside else start, end) is not None


def _adjacent(context: Context, sentence: Sentence, cue: Cue) -> Subject | None:
    """The thing that stands right before the word (launched) or right after it (launched the …)."""
    for name in _things(context, sentence):
        if cue.start <= name.start and name.end <= cue.end:
            return _subject(context, name, "inside the phrase")
        settles = name.kind == "park" and _settles(context, cue)
        if context.zh and _no_object(context, name, cue):
            continue
        if cue.end <= name.start and name.start - cue.end < 48 and not settles:
            if _DETERMINERS.match(context.plain, cue.end, name.start):
                return _subject(context, name, "right after the word")
        elif 0 <= cue.start - name.end < 130 and _linked(context, name.end, cue.start):
            part = _whole_phrase(context, sentence, name)
            return part or _subject(context, name, "right before the word")
    return None


_TALLIED = re.compile(
    r"(?:数量?)?(?:已|共|达到?|约|近|超过?)*[\d.]+万?(?:多|余)?[座个条处项家栋台口]"
)
_NEXT_CLAUSE = re.compile(r"[^，。；]{0,12}[，。；]")


def _no_object(context: Context, name: Name, cue: Cue) -> bool:
    """Whether a Chinese name is neither what the word is said of nor what it takes.

    It is only where it happens, has signed others, stands in the next clause, or is but a sort of
    things that are counted (建成自动化码头52座).
    """
    if _only_where(context, name) or _signs_others(context, name, cue):
        return True
    if name.start < cue.end:
        return False
    if _NEXT_CLAUSE.match(context.plain, cue.end, name.start):
        return True
    return _TALLIED.match(context.plain, name.end) is not None


_OTHERS = re.compile(r"(?:落户|入驻|落地|引进)?(?:的)?(?:项目|企业|\d)")


def _signs_others(context: Context, name: Name, cue: Cue) -> bool:
    """Whether a zone has signed others and is not signed itself: 园区已签约38个项目."""
    if name.kind != "park" or cue.key != "signed":
        return False
    return _OTHERS.match(context.plain, cue.end) is not None


def _only_where(context: Context, name: Name) -> bool:
    """Whether a Chinese zone is only where it happens: 甲基地在乙工业园正式奠基."""
    return name.kind == "park" and context.plain[name.start - 1 : name.start] in ("在", "于")


@once_a_sentence
def _things(context: Context, sentence: Sentence) -> list[Name]:
    """The names of what can reach a stage, but those that only say where another one is."""
    return [
        name
        for name in sentence.names
        if context.referent(name).kind in _THINGS and not ties.located(context, sentence, name)
    ]


_PART_OF = re.compile(
    r"\b((?!(?:after|once|when|upon|before|until|and|of|in|for|with|that|as|if)\b)(?:[\w–-]+ ){1,4}?(?:stage"
    r"|section|phase|segment|portion|part) of (?:the |this )?)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:the|a|an|this) ", re.IGNORECASE)


def _whole_phrase(context: Context, sentence: Sentence, name: Name) -> Subject | None:
    """The part of works that a step is said of: "the Halden stage of the line opened"."""
    if context.zh or " of " not in context.plain[max(0, name.start - 8) : name.start]:
        return None
    part = _PART_OF.search(context.plain, max(sentence.start, name.start - 60), name.start)
    if part is None:
        return None
    lead = _ARTICLE.match(context.plain, part.start(1))
    start = lead.end() if lead else part.start(1)
    words = " ".join(context.quote(start, name.end).split())
    whole = Name(start=start, end=name.end, text=words, kind=name.kind)
    return Subject(whole, words, 60.0, "the part of it")


def _subject(context: Context, name: Name, why: str) -> Subject:
    return Subject(name, label(context, name), 60.0, why)
