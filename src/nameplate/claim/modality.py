"""Whether a thing has happened, is announced, or is demanded: the words that govern a span."""

from __future__ import annotations

import re

from nameplate.claim.clause import clause, commas
from nameplate.claim.context import Context, Sentence
from nameplate.model import Cue, Modality

_FRAME = re.compile(
    r"\b(?:once|when|upon|after|in the future|ultimately|by 20\d\d)\b|建成后|达产后|投产后|届时|建成投产后|达效后"
    r"|竣工后|完工后|运营后|投用后|使用后"
)
_ENDS = re.compile(r";(?!\s*\d)|[；。]")
_CLOSES = re.compile(
    r"(?:ultimately )?to be|(?:is |are )?expected|(?:is |are )planned|in the future"
)
_FINITE = re.compile(r"\b(?:has|have|had|was|were|is|are|did|does)\b")
_OWN_PAST = re.compile(r"\b(?:has|have|had|was|were)\b|已|目前|现有|今天|当天|当日")


def governing(context: Context, sentence: Sentence, start: int, end: int) -> Cue | None:
    """The last ``planned`` cue before the span whose reach includes it, if there is one."""
    plans = [cue for cue in sentence.cue("modality") if cue.key == "planned"]
    if not plans:
        return None
    own_start, own_end = clause(context, sentence, start)
    best: Cue | None = None
    for cue in plans:
        if cue.start >= max(end, own_end) or _came_about(context, cue):
            continue
        if (_IS_NOUN if context.zh else _ASIDE).match(context.small, cue.start):
            continue
        if not context.zh and cue.end < start and _apart(context.small[cue.end : start]):
            continue
        if own_start <= cue.start < own_end:
            if cue.start <= start or _tail_of_clause(context, cue, end):
                best = cue
        elif cue.end <= own_start and _carries(context, cue, own_start, start):
            best = cue
    return best


_RELATIVE = re.compile(
    r"\b(?:that|which|who)\s+(?:already |currently |now |today )?(?:produces?|employs?|makes?|has|have|had"
    r"|operates?|runs?|holds?|covers?|houses?|generates?|sells?|supplies|exports?|accounts?|is|are|was|were|opened|began|started)\b"
    r"(?! (?:to|expected|due|set|planned|scheduled|slated|projected|estimated|designed|likely|going)\b)"
)
"""A clause with a present or past of its own, into which a plan said before does not reach."""


def _apart(between: str) -> bool:
    """Whether a relative clause with its own tense stands between a plan and the figure."""
    if " that " not in between and " which " not in between and " who " not in between:
        return False
    return _RELATIVE.search(between) is not None


_ASIDE = re.compile(r"to be (?:more |very )?(?:specific|exact|precise|fair|sure|clear|honest)\b")
"""An infinitive that announces nothing: "To be specific, output reached 46,000"."""
_IS_NOUN = re.compile(
    r"(?:计划|目标)(?:投资)?(?:任务|目标)?(?:数|值|额)?(?:的\d|[\d.]+(?:%|个百分点)|[\d.]+[万亿]*元的)|目标任务|计划任务"
)
"""A plan that only says of what a share is: 完成年度投资计划的16.4%."""

CAME_ABOUT = re.compile(
    r"\b(?:helped|went on|managed|began|begun|started|continued|proceeded|(?:was|were|been) able) (?:\w+ )?$"
)
"""Before an infinitive: what follows has been done."""


def _came_about(context: Context, cue: Cue) -> bool:
    """Whether an infinitive tells a deed: "helped to set up", "went on to build"."""
    if context.zh or not context.small.startswith("to ", cue.start):
        return False
    return CAME_ABOUT.search(context.small, max(0, cue.start - 24), cue.start) is not None


def _tail_of_clause(context: Context, cue: Cue, end: int) -> bool:
    """A cue after the span governs it when it closes the phrase: "14,500 units to be installed"."""
    if context.zh or cue.start < end:
        return False
    if _WILL_BE.match(context.small, cue.start) and _OBJECT.fullmatch(
        context.small, end, cue.start
    ):
        return True
    if cue.start - end >= 34:
        return False
    if " and " in context.small[end : cue.start]:  # a second predicate, with a life of its own
        return False
    return bool(_CLOSES.match(context.small, cue.start))


_WILL_BE = re.compile(
    r"(?:will|would|shall|could) be (?:\w+ly )?(?!(?:the|a|an|no|more|made at|located)\b)\w+(?:ed|ent|en|de|ilt)\b"
)
_OBJECT = re.compile(
    r"(?: (?!(?:is|are|was|were|has|have|had|will|that|which|who|and|but)\b)[\w$€£-]+){0,7}? ?(?:\([^()]{1,60}\) ?)?"
)
"""Between an amount and "will be created": the thing itself, with no verb or conjunction."""
_PAST_ZH = re.compile(r"已|目前|现有|累计|去年|昨|今天|当天|当日")


_YEARS = re.compile(r"[^，。；]{0,4}年内")
"""After a plan: what adds up by then is still to come (预计五年内累计纳税)."""
_SUM_PLANNED = re.compile(r"计划(?:总|年度)?投资(?:额)?(?:约|近|达)?[\d.]+[万亿]*元[，；]")
"""A sum that was planned, behind which the report goes on to what was done: 计划投资9亿元，完成投资4亿元."""


def _carries(context: Context, cue: Cue, own_start: int, start: int) -> bool:
    """Whether a plan said in an earlier clause still holds in the clause of the span."""
    if _ENDS.search(context.plain, cue.end, start + 1):
        return False
    lead = context.small[own_start:start]
    if context.zh:
        if _SUM_PLANNED.match(context.plain, cue.start):
            return False
        past = _PAST_ZH.search(context.plain, cue.end, start)
        if past is not None and not (past[0] == "累计" and _YEARS.match(context.plain, cue.end)):
            return False
        return bool(_FRAME.match(context.plain, cue.start)) or start - cue.end <= 60
    if _APART.match(context.small, own_start):
        return False
    if _FRAME.match(context.small, cue.start):
        return commas(context, cue.end, start) <= 3
    return not _FINITE.search(lead) and commas(context, cue.end, start) <= 4


_APART = re.compile(r"\s*(?:where|while|whereas|although|though|as)\b")
"""Openings of clauses with a verb of their own, which an earlier plan does not reach."""


def negated(context: Context, sentence: Sentence, start: int) -> bool:
    """Whether a denial or a condition stands in the clause before the span."""
    reach = 6 if context.zh else 40
    return any(
        c.key in ("negated", "conditional")
        and c.start < start
        and start - c.end < reach
        and not context.plain.startswith("May", c.start)
        and clause(context, sentence, start)[0] <= c.start
        for c in sentence.cue("modality")
    )


_GIVEN_UP = re.compile(
    r"\b(?:abandon|scrap|drop|cancel|shelv|ditch|axe|halt|suspend)\w* (?:its |their |the |all "
    r"|earlier )*(?:plans?|project|proposal)"
    r" (?:to|for|of) (?:\w+ ){0,3}$"
)


def given_up(context: Context, sentence: Sentence, start: int) -> bool:
    """Whether the span is only what a plan was for that is given up: "abandon plans to build a plant"."""
    if context.zh:
        return False
    head = context.small[max(sentence.start, start - 70) : start]
    return ("plan" in head or "pro" in head) and _GIVEN_UP.search(head) is not None


_DENIED = re.compile(
    r"\b(?:denied|denies|deny|rumou?rs?|would have (?:been|\w+ed)|untrue|no plans? to)\b|^Had "
    r"|否认|不属实|并未|本可|谣言|网传"
)


def denied(context: Context, sentence: Sentence, start: int) -> bool:
    """Whether the sentence denies a figure or says what would have been."""
    if not any(c.key == "negated" for c in sentence.cue("modality")):
        return False
    return bool(_DENIED.search(context.plain[sentence.start : sentence.end]))


_NOW_AFTER = re.compile(
    r"(?:\s+(?:a|per|each) \w+| annually)?,?\s+(?:now|at present|currently|at the moment|today)\b"
)
_NOW_BEFORE = re.compile(
    r"\b(?:present|current|existing)(?: \w+){0,2} (?:capacity|output|production|level|workforce|staff)\b[^,.;\d]{0,20}$"
)
_FROM = re.compile(r"\bfrom (?:about |around |just |only |some |the )?$")
_ON_TO = re.compile(r"[^,.;]{0,40}? (?:up )?to (?:about |around |over |more than )?\$?\d")


def at_present(context: Context, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the figure is where a plan sets out from: "from 10 mtpa now", "its present capacity of"."""
    if context.zh:
        return False
    if _NOW_AFTER.match(context.small, end):
        return True
    at = max(sentence.start, start - 70)
    head = context.small[at:start]
    if (
        "from " in head
        and _FROM.search(context.small, at, start)
        and _ON_TO.match(context.small, end, sentence.end)
    ):
        return True
    if "current" not in head and "present" not in head and "existing" not in head:
        return False
    return _NOW_BEFORE.search(context.small, at, start) is not None


def perhaps(context: Context, sentence: Sentence, start: int) -> bool:
    """Whether "may" or "might" stands before the figure in its clause: what may come is no deed."""
    if context.zh:
        return False
    return any(
        c.key == "conditional"
        and c.start < start
        and context.plain.startswith(("may ", "might "), c.start)
        and clause(context, sentence, start)[0] <= c.start
        for c in sentence.cue("modality")
    )


_GOES_WELL = re.compile(r"加快推进[，,；;。]")
"""What projects do and nobody is told: 一批项目加快推进，两家工厂投产."""


def demanded(context: Context, sentence: Sentence, start: int) -> bool:
    """Whether somebody is being told to bring the span about."""
    for cue in sentence.cue("modality"):
        if cue.key == "required" and cue.end <= start:
            if context.zh and _GOES_WELL.match(context.plain, cue.start):
                continue
            between = context.plain[cue.end : start]
            if len(between) < (60 if context.zh else 160) and not _OWN_PAST.search(between):
                return True
    return False


_DESIGNED = re.compile(r"\bdesign(?:ed)? (?:speed|load|flow|life) of (?:up to |about )?$")


def _designed(head: str) -> bool:
    return "design" in head and _DESIGNED.search(head) is not None


_BY_DESIGN = re.compile(r"\s*design(?:ed)? (?:speed|capacity|output|load)\b")


def of(context: Context, sentence: Sentence, start: int, end: int) -> Modality:
    """``planned`` where a plan governs the span or a design says the figure, else ``actual``."""
    if not context.zh and (
        _BY_DESIGN.match(context.small, end)
        or _designed(context.small[max(sentence.start, start - 30) : start])
    ):
        return "planned"
    plan = governing(context, sentence, start, end)
    if plan is None or (not context.zh and _only_estimated(context, plan, start)):
        return "actual"
    return "planned"


_PAST = re.compile(
    r"\b(?:reached|was|were|rose|fell|grew|increased|decreased|totall?ed|completed|exceeded|achieved|stood)\b"
)


def _only_estimated(context: Context, plan: Cue, start: int) -> bool:
    """Whether what has happened is only estimated: "it is estimated that … output reached"."""
    if "estimated" not in context.small[plan.start : plan.end]:
        return False
    return _PAST.search(context.small, plan.end, start) is not None
