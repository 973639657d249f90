"""Claims of kind ``milestone``: a stage of life that a project, plant, line or park has reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace

from nameplate.claim import modality, when
from nameplate.claim.clause import clause, gap
from nameplate.claim.context import Context, Sentence
from nameplate.claim.stage_cue import frames, stage_cues
from nameplate.claim.stage_subject import AGAIN, going_on, owner_of
from nameplate.claim.subject import Subject
from nameplate.model import Claim, Cue, Modality, Rejection, Time

_FRAMEWORK = re.compile(r"framework|letter of intent|memorand|\bmous?\b|intent|框架|意向|备忘录")
_CONTRACT = re.compile(r"\bcontract|合同")


def make(context: Context) -> Iterator[Claim | Rejection]:
    """Every stage that the document says was reached, is planned or is demanded."""
    for sentence in context.sentences:
        seen: set[tuple[str, ...]] = set()
        last: Subject | None = None
        for cue in stage_cues(context, sentence):
            reason = _refusal(context, sentence, cue)
            if reason is not None:
                yield _reject(context, cue, reason)
                continue
            again = going_on(context, sentence, cue, last)
            if again is None or cue.group == "weak_stage":
                again = owner_of(context, sentence, cue) or again
            owner = again
            found = _claim(context, sentence, cue, owner)
            if isinstance(found, Claim):
                last = owner
                said: tuple[str, ...] = (found.stage or "", found.subject, found.scope or "")
                if owner is not None and owner.why == AGAIN:  # "due in March, but finished in June"
                    said = (*said, found.modality or "")
                if said in seen:
                    continue
                seen.add(said)
            if found is not None:
                yield found


def _reject(context: Context, cue: Cue, reason: str) -> Rejection:
    words = context.quote(cue.start, cue.end)
    return Rejection(start=cue.start, end=cue.end, quote=words, kind="milestone", reason=reason)


def _refusal(context: Context, sentence: Sentence, cue: Cue) -> str | None:
    """Why the word tells of no event here, whatever it might be said of."""
    if frames(context, sentence, cue):
        return "it only frames or names something else"
    if cue.key == "completed" and _in_part(context, sentence, cue):
        return "only so much of it is"
    if modality.negated(context, sentence, _verb(cue)):
        return "denied, doubted or conditional"
    if modality.given_up(context, sentence, cue.start):
        return "a plan that is given up"
    return None


def _in_part(context: Context, sentence: Sentence, cue: Cue) -> bool:
    """Whether a share stands before it in its clause: "30 percent of the hall is complete"."""
    start, _ = clause(context, sentence, cue.start)
    return not context.zh and any(
        q.unit == "%" and start <= q.start < cue.start for q in sentence.quantities
    )


def _claim(
    context: Context, sentence: Sentence, cue: Cue, owner: Subject | None
) -> Claim | Rejection | None:
    if owner is None:
        if cue.group == "weak_stage":  # an ordinary word that no thing stands beside
            return None
        return _reject(context, cue, f"nothing here can be {cue.key}")
    mode = _modality(context, sentence, cue)
    if mode == "actual" and when.ahead(context, sentence, cue.start):
        mode = "planned"
    start, end = _quote(context, sentence, cue, owner)
    words = context.quote(start, end)
    time = when.for_event(context, sentence, cue.start, cue.end, mode)
    if time is None and mode == "actual":
        time = when.inherited(context, sentence)
    time = _one_end(time, cue.key)
    return Claim(
        kind="milestone",
        subject=owner.text,
        subject_kind=context.referent(owner.name).kind,
        quote=words,
        start=start,
        end=end,
        stage=cue.key,
        modality=mode,
        when=when.value(time, cumulative=False) or _while_told(context, cue, mode),
        scope=_scope(context, sentence, cue),
        binding=_binding(context, sentence, cue),
        rule=f"milestone: {context.quote(cue.start, cue.end)!r}; {owner.why}",
        confidence=0.55 if cue.group == "weak_stage" else 0.75,
    )


_ENDS = frozenset({"completed", "producing", "at_capacity", "topped_out"})


def _one_end(time: Time | None, stage: str) -> Time | None:
    """The year in which a work of years began or ended: "was built between 2005 and 2008"."""
    if time is None or time.granularity != "interval" or time.edtf is None:
        return time
    first, _, last = time.edtf.partition("/")
    if not (len(first) == len(last) == 4):  # months may be those in which many things began
        return time
    if stage == "started":
        return replace(time, edtf=first)
    return replace(time, edtf=last) if stage in _ENDS else time


_GOING_ON = re.compile(
    r"is (?:progressing|proceeding|continuing|advancing|being accelerated|being sped up|in full swing|well under ?way"
    r"|on schedule|on track)$"
)


def _while_told(context: Context, cue: Cue, mode: Modality) -> str | None:
    """The day of the report for work that it says is going on as it is written."""
    going = cue.group == "event" and mode == "actual" and cue.key == "started" and not context.zh
    return (
        context.published if going and _GOING_ON.search(context.small, cue.start, cue.end) else None
    )


def _modality(context: Context, sentence: Sentence, cue: Cue) -> Modality:
    if modality.demanded(context, sentence, cue.start):
        return "required"
    if cue.group == "weak_stage" and cue.key == "started":
        head = context.small[max(sentence.start, cue.start - 32) : cue.start]
        if _PURPOSE.search(head) and "ceremony" not in head:
            return "planned"
    if cue.group == "weak_stage" and (
        context.small.startswith("announc", cue.start) or _is_purpose(context, sentence, cue)
    ):
        return "planned"
    if cue.group == "stage" and _is_to_do(context, sentence, cue):
        return "planned"
    if cue.group == "stage" and _AHEAD.search(context.small, cue.start, cue.end):
        return "planned"
    plan = modality.governing(context, sentence, _verb(cue), cue.end)
    if plan is None:
        return "planned" if _due_within(context, sentence, cue) else "actual"
    told = (
        _TOLD.match(context.small, cue.start, cue.end)
        or _has_done(context, cue)
        or _WAS.search(context.small, max(0, cue.start - 24), cue.start)
    )
    if told or _BUT.search(
        context.small, plan.end, cue.start
    ):  # an earlier clause's plan ends here
        return "planned" if plan.end > clause(context, sentence, cue.start)[0] else "actual"
    return "planned"


_WITHIN = re.compile(
    r"(?:后|之?日起|起)[^，。；已]{0,3}[\d一二两三四五六七八九十]+个?(?:年|月|工作日|日|天)(?:之?内|左右)[^，。；已]{0,8}$"
)


def _due_within(context: Context, sentence: Sentence, cue: Cue) -> bool:
    """Whether a Chinese step is set for so long after another one: 在交付土地后两年内建成."""
    if not context.zh:
        return False
    return _WITHIN.search(context.plain, max(sentence.start, cue.start - 28), cue.start) is not None


_TOLD = re.compile(
    r"(?:was|were|has been|have been|had been) \w|(?:has|have|had) \w+ed\b|(?:began|started|commenced|broke) "
)


_WAS = re.compile(r"\b(?:was|were|has been|have been|had been) (?:\w+ly )?$")
_ACTIVE = re.compile(r"(?:opened|launched|inaugurated|completed|started|closed|commissioned)$")
_DOER = re.compile(r"(?<!\band)(?<!\bor)(?<!\bbe)(?<!\bbeen)(?<!\bbeing)(?<![,;(]) $")


def _has_done(context: Context, cue: Cue) -> bool:
    """Whether a verb in the past stands right behind who did it: "With plans for more, X opened its plant"."""
    if context.zh or _ACTIVE.match(context.small, cue.start, cue.end) is None:
        return False
    if _DOER.search(context.small, max(0, cue.start - 8), cue.start) is None:
        return False
    return context.plain[: cue.start].rstrip().rpartition(" ")[2][:1].isupper()


def _is_purpose(context: Context, sentence: Sentence, cue: Cue) -> bool:
    """Whether a verb of doing stands in the infinitive: "an investment to set up a plant"."""
    at = max(sentence.start, cue.start - 40)
    to = _INFINITIVE.search(context.small, at, cue.start)
    if to is None or _TO_DO.match(context.small, cue.start, cue.end) is None:
        return False
    return modality.CAME_ABOUT.search(context.small, at, to.start()) is None


_INFINITIVE = re.compile(r"(?<!used )\bto (?:jointly |also |further )?$")
_TO_DO = re.compile(r"(?:build|construct|establish|set up|develop|erect|open|launch|expand)$")
_BASE = re.compile(
    r"(?:start|begin|commence|enter|resume|restart|go into|come on|reach|break ground|expand|suspend|halt|put into)\b"
)


def _is_to_do(context: Context, sentence: Sentence, cue: Cue) -> bool:
    """Whether a step stands in the infinitive and did not come about: "ready to start operations"."""
    if context.zh or _BASE.match(context.small, cue.start, cue.end) is None:
        return False
    at = max(sentence.start, cue.start - 40)
    to = _INFINITIVE.search(context.small, at, cue.start)
    return to is not None and modality.CAME_ABOUT.search(context.small, at, to.start() + 3) is None


_AHEAD = re.compile(r"\b(?:will|is expected|to begin|to start|for start-?up)\b")
"""Words inside a stage's own phrase that put it off: "construction will begin"."""
_BUT = re.compile(r"\bbut\b")
_PURPOSE = re.compile(
    r"\b(?:for|fund\w*|financ\w+|towards?|loans?|grants?|assist\w* (?:with|in|on)|support\w*|"
    r"(?:agree\w+|contract|deal) (?:to|on))"
    r"\s+(?:the\s+|an?\s+)?$"
)
"""Before a word of building: it is only what money or an agreement is for."""


def _verb(cue: Cue) -> int:
    """Where the words that govern the stage end: of a noun and a verb, those between count too."""
    return cue.end - 1 if cue.group == "event" else cue.start


def _quote(context: Context, sentence: Sentence, cue: Cue, owner: Subject) -> tuple[int, int]:
    """The word with its subject or object where they touch, else the word alone."""
    name = owner.name
    if gap(cue.start, cue.end, name.start, name.end) <= 24 and sentence.start <= name.start:
        return min(cue.start, name.start), max(cue.end, min(name.end, sentence.end))
    return cue.start, cue.end


def _scope(context: Context, sentence: Sentence, cue: Cue) -> str | None:
    scopes = sentence.cue("scope")
    if not scopes:
        return None
    start, end = clause(context, sentence, cue.start)
    for scope in scopes:
        if scope.key.startswith("phase") and start <= scope.start < end:
            return context.quote(scope.start, scope.end)
    return None


def _binding(
    context: Context, sentence: Sentence, cue: Cue
) -> Literal["framework", "contract"] | None:
    if cue.key != "signed":
        return None
    start, end = clause(context, sentence, cue.start)
    words = context.small[start:end]
    if _FRAMEWORK.search(words):
        return "framework"
    return "contract" if _CONTRACT.search(words) else None
