"""Where a sentence says that a stage is reached: its stage words, and nouns and verbs that make one.

Some stages are said in one phrase ("broke ground", 投产); others by a noun and a verb with the thing
in between ("construction of the gear plant started"), which the table ``MEANING`` puts together.
"""

from __future__ import annotations

import re

from nameplate.claim import stage_group_zh
from nameplate.claim.context import Context, Sentence
from nameplate.model import Cue

MEANING: dict[tuple[str, str], str] = {
    ("construction", "begin"): "started",
    ("construction", "finish"): "completed",
    ("construction", "stop"): "suspended",
    ("construction", "resume"): "resumed",
    ("construction", "go_on"): "started",
    ("production", "begin"): "producing",
    ("production", "stop"): "suspended",
    ("production", "resume"): "resumed",
    ("production", "end"): "closed",
    ("trial", "begin"): "trial",
    ("trial", "finish"): "trial",
    ("equipment", "install"): "equipment",
    ("staff", "recruit"): "recruiting",
    ("plan", "cancel"): "cancelled",
    ("first", "made"): "producing",
}
"""The stage that an event's noun and verb make together."""

_BETWEEN = re.compile(r"[^.;。；]*")
_FAR, _NEAR = 90, 32


_GROUPS = ("stage", "weak_stage", "event")


def stage_cues(context: Context, sentence: Sentence) -> list[Cue]:
    """The sentence's stage words that may be events, in order."""
    if sentence.cues.keys().isdisjoint(_GROUPS):
        return []
    single = [*sentence.cue("stage"), *sentence.cue("weak_stage")]
    found = [cue for cue in single if not _covered(sentence, cue)]
    strong = [cue for cue in found if cue.group == "stage"]
    made = _made(context, sentence) + (_to_build(context, sentence) if context.zh else [])
    found = [  # the bare verb of such an event says nothing more
        cue
        for cue in found
        if cue.group == "stage"
        or not any(
            (m.start <= cue.start and cue.end <= m.end) or _its_noun(context, cue, m) for m in made
        )
    ]
    if not context.zh:
        found = [c for c in found if not _comes_to(context, c, found)]
    found += [m for m in made if not any(c.start < m.end and m.start < c.end for c in strong)]
    return sorted(found, key=lambda c: (c.start, -c.end))


def _its_noun(context: Context, cue: Cue, made: Cue) -> bool:
    """Whether the word is the noun of an event whose verb stands further on: "construction of X will start"."""
    near = 0 <= made.start - cue.end <= _FAR and context.small.startswith("construction", cue.start)
    return near and made.key == cue.key and not _broken(context, cue.end, made.start)


_COMES_TO = frozenset({"completed", "suspended", "resumed", "cancelled"})


def _comes_to(context: Context, cue: Cue, found: list[Cue]) -> bool:
    """Whether a "construction of X" only leads to what became of it: "is likely to be completed by October"."""
    if cue.group != "weak_stage" or not context.small.startswith("construction", cue.start):
        return False
    return any(
        c.group == "stage"
        and c.key in _COMES_TO
        and 0 < c.start - cue.end <= _FAR
        and not _broken(context, cue.end, c.start)
        for c in found
    )


_CEREMONIAL = frozenset({"started", "completed", "producing"})
"""Stages that have ceremonies: the name of such an event says the stage."""


def _covered(sentence: Sentence, cue: Cue) -> bool:
    """Whether the word is part of a longer phrase or of a name in which it is no event."""
    if any(n.start <= cue.start and cue.end <= n.end for n in sentence.cue("no_stage")):
        return True
    ceremony = cue.group == "stage" and cue.key in _CEREMONIAL
    if any(
        n.start <= cue.start and cue.end <= n.end and not (ceremony and n.kind == "event")
        for n in sentence.names
    ):
        return True
    return cue.group == "weak_stage" and any(
        c.start < cue.end and cue.start < c.end for c in sentence.cue("stage")
    )


def _made(context: Context, sentence: Sentence) -> list[Cue]:
    """Stages that a noun and a verb of the sentence make together; each verb is used once."""
    parts = sentence.cue("event")
    if len(parts) < 2:
        return []
    nouns = [c for c in parts if c.key.startswith("noun:") and not _in_works(sentence, c)]
    made = []
    for verb in parts:
        if not verb.key.startswith("verb:"):
            continue
        noun = _noun_of(context, nouns, verb)
        if noun is not None and not _only_grows(context, verb):
            stage = MEANING[noun.key[5:], verb.key[5:]]
            start, end = min(noun.start, verb.start), max(noun.end, verb.end)
            if end - start > _FAR // 2:
                start, end = verb.start, verb.end
            made.append(Cue(start=start, end=end, group="event", key=stage))
    return made


_DUE = re.compile(r"(?:is|are) (?:due|set|scheduled|slated)")
_GROWS = re.compile(r"(?: for)? to (?!start|begin|commence|resume)\w")


def _only_grows(context: Context, verb: Cue) -> bool:
    """Whether "is due" goes on to say something else: "output is due to rise"."""
    due = _DUE.match(context.small, verb.start, verb.end)
    return due is not None and _GROWS.match(context.small, verb.end) is not None


_BUILD = re.compile(
    r"(?:拟|计划|决定|将)(?:[在于][^，。；]{1,14}?)?(?:共同|联合)?(?:投资)?(?:[\d.]+[万亿]元)?(?:建设|新建|兴建|投建)$"
)
_ROOMS = ("车间", "厂房", "仓库", "楼", "中心", "装置", "库", "机组")
"""Parts of works, whose building is no step of the life of a project of their own."""


def _to_build(context: Context, sentence: Sentence) -> list[Cue]:
    """Works that somebody is to build: 拟在某市投资建设某项目."""
    if not any(c.key == "planned" for c in sentence.cue("modality")):
        return []
    found = []
    for name in sentence.names:
        if name.generic or name.kind not in _WORKS or name.text.endswith(_ROOMS):
            continue
        start = max(sentence.start, name.start - 26)
        match = _BUILD.search(context.plain, start, name.start)
        if match is not None:
            found.append(Cue(start=match.start(), end=match.end(), group="event", key="started"))
    return found


_WORKS = frozenset({"project", "plant", "park", "line"})


def _in_works(sentence: Sentence, cue: Cue) -> bool:
    """Whether the noun is but a part of what works are called: "Battery Manufacturing Base"."""
    return any(
        n.kind in ("project", "plant", "park", "line") and n.start <= cue.start and cue.end < n.end
        for n in sentence.names
    )


def _noun_of(context: Context, nouns: list[Cue], verb: Cue) -> Cue | None:
    """The nearest noun that makes a stage with the verb: its subject before, its object after."""
    best, least = None, 1e9
    for noun in nouns:
        if (noun.key[5:], verb.key[5:]) not in MEANING:
            continue
        before = noun.end <= verb.start
        gap = verb.start - noun.end if before else noun.start - verb.end
        left, right = (noun.end, verb.start) if before else (verb.end, noun.start)
        if gap < 0 or gap > (_FAR if before else _NEAR) or _broken(context, left, right):
            continue
        if gap < least:
            best, least = noun, gap
    return best


_CUT = re.compile(r"[.;:。；]|, (?:and|but|while|which)\b|\b(?:that|which|who|but)\b")


def _broken(context: Context, left: int, right: int) -> bool:
    return bool(_CUT.search(context.small, left, right))


_FRAMED = re.compile(
    r"(?:\b(?:once|when|upon|after|before|until|since)(?: [\w']+){0,4} |[的]|如期)$"
)
_INTO = re.compile(r"把[^，。；]{1,16}$")
_WISHED = re.compile(r"(?:早日|尽早|尽快|加快|推动|促进|力促)[^，。；]{0,4}$")
_EARNED = re.compile(
    r"(?<=completed)\s+(?:their |its |a |an |the |about )?(?:\w+ ){0,3}?"
    r"(?:revenues?|investment|income|output|tax(?:es)?|sales|profits?)\b"
)
"""What is earned or paid when machine translation says that somebody completed it."""
_OF_NOUN = re.compile(r"的(?![。，；！])")
"""After a stage: it describes what follows, unless the sentence ends so (是去年开工的。)."""
_AMONG = re.compile(r"\b(?:among|of) (?:all |the |these |those )+(?:[\w'-]+ ){0,4}[a-z]{3,}s $")
"""Before a state of many others: "among the rail projects under construction in the country"."""
_HIRING_PLAN = re.compile(
    r" (?:forecasts?|plans?|freezes?|process|practices?|polic|managers?|target)\b"
)
_AT_FULL = re.compile(r"\b(?:run|ran|operat|work|produc|go)\w*(?: \w+){0,2} $")
_FURTHERED = re.compile(
    r"\b(?:speed(?:ing)? up|promot(?:e|es|ing)|facilitat(?:e|es|ing)|accelerat(?:e|es|ing)|support(?:s|ing)?"
    r"|involv(?:e|es|ing)|includ(?:e|es|ing)|envisag(?:e|es|ing)|entail(?:s|ing)?|propos(?:e|es|ing)"
    r"|help(?:s|ed|ing)?(?: to)?|part of(?: (?:its|their|a|an|the))?(?: \w+)?) (?:the )?$"
)
_RECITED = re.compile(r"[^，。、；]{1,6}、[^，。、；]{1,6}、$")
_LATER = re.compile(
    r"(?:达效|并?达产|并投产|达产达效|投产|运营|使用|运行)?(?:以后|之后|后|之前|之日|前夕|至今|以来)(?!续)"
)


_ATTENDED = re.compile(r"(?:出席|参加|主持|见证|观摩)了?[^，。；、]{0,12}$")
_RATED = re.compile(
    r"[率面额]|重点(?!项目)|情况|分会场|主会场|动员|总额|参展|活动[^，。；、]{0,6}?(?:会场|现场)|(?:、[^，。；、]{1,6})*等(?:各)?(?:环节|方面|阶段|流程)|金额|资金|企业|单位|项目率"
)
_NUMBER = re.compile(
    r"了?(?:近|约|超过?)?[\d一二两三四五六七八九十百千]+[\d.万余多]*[个家户条座名人]"
)
_MOST = re.compile(r"[^，。；]{1,10}(?:最大|最高|最先进|首个|第一)的")
"""After a word: it only tells which one is the largest (落户本市最大的工业项目)."""
_WAYS = re.compile(
    r"(?:可以|能够|通过|为了|确保|保障|具备)[^，。；]{0,4}$|%(?:的[^，。；]{0,6})?(?:均?已)?$"
)
_BROUGHT = re.compile(r"把[^，。；]{1,36}$")
_TALLY = re.compile(r"\d+[个家项户条座][，。；、）]")
_FOUNDATION = re.compile(r"[^，。；]{0,6}(?:奠定|打下|创造了?条件)")
_SPEED = re.compile(r"[^，。；：、！\s”）)的中]")
"""After 加快建设: what is to be built is named behind it and is no works that it is said of."""


_ASKED = re.compile(
    r"(?:(?<!据)了解(?!到)|询问|问询|问及|查看|察看|听取|关注|勉励|鼓励|叮嘱)[^，,。；：]{0,16}$"
    r"|(?:勉励|鼓励|叮嘱)[^。；：]{2,14}[，,](?:千方百计|全力以赴|加快|加紧)?[^，,。；：]{0,4}$"
)
"""Before a word that somebody only asks about or urges on: 详细了解企业复工复产情况."""
_QUESTION = re.compile(r"(?:何时|几时|什么时候|能否|是否)[^，。；]{0,6}$")


def _said_aside(context: Context, cue: Cue, head: str) -> bool:
    """Whether the word names a ceremony attended, a rate, a number of things or a mere way."""
    text = context.plain
    ceremony = text.startswith(("仪式", "典礼"), cue.end) or text.endswith("仪式", 0, cue.end)
    if ceremony and _ATTENDED.search(head):
        return True
    if _RATED.match(text, cue.end) or _MOST.match(text, cue.end) or _WAYS.search(head):
        return True
    if cue.key == "signed" and _BROUGHT.search(head):
        return True
    if _TALLY.match(text, cue.end) or _FOUNDATION.match(text, cue.end):
        return True
    if _ASKED.search(head) or _QUESTION.search(head):
        return True
    if text.startswith(("加快建设", "基本建成"), cue.start) and _SPEED.match(text, cue.end):
        return True
    return cue.key in ("resumed", "completed") and _NUMBER.match(text, cue.end) is not None


def _recited(head: str, cue: Cue) -> bool:
    """Whether Chinese words before the stage only wish for it, list it or turn something into it."""
    if cue.key == "completed" and _INTO.search(head):
        return True
    return bool(_WISHED.search(head) or _RECITED.search(head))


_PART_DONE = re.compile(
    r"\b(?:once|when|upon|after|before) (?:the |its )?(?:\w+ ){0,2}(?:phase|stage|section|part) of (?:the "
    r"|its )?(?:\w+ ){1,2}$"
)
_CEREMONY_SEEN = re.compile(r"\battend(?:ed|s|ing)? (?:the |a |this )?$")


_WILL_DO = re.compile(
    r" of [^.;,]{2,60}? (?:will|would|is expected to|is set to) (?!be\b|take|come|occur|happen|follow)[a-z]+"
)
"""After "completion": what it will bring, which dates nothing."""
_TO_THE_END = re.compile(r"\b(?:complet|finish)(?:e|es|ed|ing)? (?:the |its )?$")
"""Before "construction of", which ends there and does not begin."""


def _told_aside(context: Context, sentence: Sentence, cue: Cue, head: str) -> bool:
    """Whether English words before the stage make it that of others, of what comes later, or of an occasion."""
    if cue.key == "started" and (_AMONG.search(head) or _TO_THE_END.search(head)):
        return True
    if context.small.endswith("completion", cue.start, cue.end) and _WILL_DO.match(
        context.small, cue.end
    ):
        return True
    if context.small.endswith("ceremony", cue.start, cue.end) and _CEREMONY_SEEN.search(head):
        return not context.small.startswith((" of ", " for "), cue.end)
    if " of " not in head:
        return False
    start = max(sentence.start, cue.start - 70)
    return _PART_DONE.search(context.small, start, cue.start) is not None


def frames(context: Context, sentence: Sentence, cue: Cue) -> bool:
    """Whether the stage only dates something else: "once completed", 建成后, or is a noun: 的开工."""
    after = context.plain[cue.end : cue.end + 1]
    if not after.isascii() and _LATER.match(context.plain, cue.end):
        return True
    if stage_group_zh.after(context, sentence, cue) is not None:
        return False
    head = context.small[max(sentence.start, cue.start - 40) : cue.start]
    if context.zh and _said_aside(context, cue, head):
        return True
    if cue.key == "recruiting" and _HIRING_PLAN.match(context.small, cue.end):
        return True
    if cue.key == "at_capacity" and context.small.startswith("at full capacity", cue.start):
        return _AT_FULL.search(head) is None  # "will yield 3 billion yuan at full capacity"
    if not context.zh and (_FURTHERED.search(head) or _EARNED.match(context.small, cue.end)):
        return True
    if not head.isascii() and _recited(head, cue):
        return True
    if not context.zh and _told_aside(context, sentence, cue, head):
        return True
    match = _FRAMED.search(head)
    if match is None:
        return (
            cue.group == "stage"
            and context.zh
            and _OF_NOUN.match(context.plain, cue.end) is not None
        )
    if match[0] != "的":
        return True
    ceremony = context.plain.endswith("仪式", cue.start, cue.end)
    return not ceremony and not context.plain.startswith(("仪式", "典礼", "现场"), cue.end)
