"""What a figure or a milestone is about: the name that it belongs to.

Every name of the sentence, and the thing that the sentences before spoke of, is scored for its kind
(a capacity belongs to a line before a company, a count of enterprises to a park or a place), for its
place in the sentence and for the words that tie it to the figure. The best one wins if it is good
enough; without one the figure has no subject and is not claimed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nameplate.claim.clause import commas
from nameplate.claim.context import Context, Sentence
from nameplate.model import Name

_WORKS = {"project": 30, "line": 30, "plant": 28, "park": 24, "company": 14, "programme": 14,
          "event": 8, "institute": 10, "place": 5, "body": 0, "product": 4, "thing": 6}  # fmt: skip
_MADE = {"line": 30, "plant": 29, "project": 28, "park": 22, "company": 20, "place": 14,
         "product": 8, "institute": 6, "thing": 10, "event": 0, "body": -10, "programme": 4}  # fmt: skip
_COUNTED = {"place": 26, "park": 26, "event": 24, "programme": 18, "company": 18, "project": 16,
            "plant": 16, "institute": 14, "body": 4, "line": 8, "product": 2, "thing": 8}  # fmt: skip
_STAFF = {"line": 28, "plant": 26, "project": 24, "company": 24, "park": 20, "institute": 18,
          "place": 16, "event": 8, "body": 4, "programme": 6, "product": 0, "thing": 8}  # fmt: skip
_FINANCE = {"company": 28, "park": 24, "project": 24, "plant": 22, "place": 20, "line": 16,
            "institute": 12, "event": 12, "body": 0, "programme": 6, "product": 8, "thing": 8}  # fmt: skip
_STAGE = {"project": 34, "line": 32, "plant": 32, "park": 26, "programme": 8, "thing": 16,
          "event": 6, "product": 8, "company": 10, "institute": 8, "place": -4, "body": -20}  # fmt: skip

AFFINITY: dict[str, dict[str, int]] = {
    "investment": _WORKS, "land_area": _WORKS, "floor_area": _WORKS, "count": _WORKS,
    "capacity": _MADE, "output": _MADE, "sales": _MADE, "utilisation": _STAFF, "equipment": _MADE,
    "enterprises": _COUNTED, "projects": _COUNTED, "facilities": _COUNTED,
    "contract_value": _COUNTED, "resumption_rate": _COUNTED,
    "employment": _STAFF, "output_value": _FINANCE, "revenue": _FINANCE, "tax": _FINANCE,
    "profit": _FINANCE, "exports": _FINANCE, "share": _FINANCE, "change": _FINANCE,
    "milestone": _STAGE,
} | {
    "projects": {**_COUNTED, "event": 34}, "contract_value": {**_COUNTED, "event": 34},
}  # fmt: skip

LEAST = 10.0
"""A subject scored lower than this is no subject."""

LARGE = frozenset({"project", "plant", "line", "park"})
"""Kinds that money goes into and that reach stages."""


@dataclass(slots=True, frozen=True)
class Subject:
    """A name taken as subject, with its score and the reasons in words."""

    name: Name
    text: str
    score: float
    why: str


def label(context: Context, name: Name) -> str:
    """The subject's words as published: the antecedent's where the name is generic."""
    referent = context.referent(name)
    words = context.text[referent.start : referent.end]
    return re.sub(r"\s+", " ", words).strip(" ,.;:，。；：")


_SOURCE = re.compile(
    r"(?:according to|data from|statistics from|reported by|said|learned from|released by|survey by|"
    r"reporter from|source:|来自|据|记者从)[^,.;，。；]{0,40}$", re.I)  # fmt: skip
_OTHER_PARTY = re.compile(
    r"\b(?:with|including|such as|compared with|than|to|from|between|by|and|via|through)\s+(?:the |a |an )?$"
)
_INSIDE = re.compile(r"\b(?:of|in|at|inside|within)\s+(?:the |a |an |its |this )?$|(?:在|于|位于)$")
_WHICH = re.compile(r"^(?: (?:in|at|near|outside) [\w ]+(?:, \w+)?)?,? (?:that|which) (?!is said|he|she|it)")
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|as|becoming|become) (?:both |also |currently |now )?(?:the|a|an|one of the)\s+$"
    r"|(?:是|成为|作为|系|即)[^，。；、]{0,26}$"
)
_BRACKETED = re.compile(r"[（(][^()（）]*$")
_OWNER = re.compile(r"^(?:'s|s')\b|^的")


def candidates(
    context: Context, sentence: Sentence, start: int, end: int, key: str
) -> list[Subject]:
    """Names that could own the span, best first."""
    table = AFFINITY.get(key, _FINANCE)
    found = [
        _score(context, sentence, name, start, end, table)
        for name in sentence.names
        if name.kind != "person"
        and not (name.start <= start and end <= name.end and key == "milestone")
    ]
    found += _earlier(context, sentence, table)
    return sorted(found, key=lambda s: -s.score)


def _score(
    context: Context, sentence: Sentence, name: Name, start: int, end: int, table: dict[str, int]
) -> Subject:
    reasons: list[str] = [name.kind]
    kind = context.referent(name).kind
    score = float(table.get(kind, 0))
    width = 3.0 if context.zh else 1.0
    if name.start <= start and end <= name.end:
        return Subject(
            name, label(context, name), score + 40, f"{name.kind}; the figure is in its name"
        )
    before = context.plain[max(sentence.start, name.start - 60) : name.start]
    after = context.plain[name.end : name.end + 3]
    if name.end <= start:
        score += 22 - 0.07 * width * (start - name.end) - 4 * commas(context, name.end, start)
        reasons.append("before it")
        if _opens(context, sentence, name):
            score += 12
            reasons.append("opens the sentence")
        if _WHICH.match(context.small[name.end : start]):
            score += 16
            reasons.append("a clause on it")
    else:
        score += 4 - 0.12 * width * (name.start - end) - 7 * commas(context, end, name.start)
        reasons.append("after it")
        if name.start - end < 30 and _INSIDE.search(before):
            score += 10
            reasons.append("of or in it")
    if name.start >= end and kind in LARGE and _TARGET.match(context.small[end : name.start]):
        score += 30
        reasons.append("what it goes into")
    if located(context, sentence, name):
        score -= 14
        reasons.append("where another name lies")
    if _OWNER.search(after):
        score += 10
        reasons.append("owns")
    if _SOURCE.search(before):
        score -= 45
        reasons.append("only the source")
    elif _OTHER_PARTY.search(before):
        score -= 13
        reasons.append("other party")
    if _PREDICATE.search(before):
        score -= 16
        reasons.append("only what something is")
    if _BRACKETED.search(before):
        score -= 25
        reasons.append("in brackets")
    return Subject(name, label(context, name), score, ", ".join(reasons))


_TARGET = re.compile(
    r"\s*(?:of investment |investment )?(?:(?:in|into|to|for|on|towards)\s+(?:build(?:ing)? |construct(?:ing)? |"
    r"develop(?:ing)? )?)?(?:a|an|the|its|this|two|new|set up|\s)*$|^(?:用于|投资于|在)?(?:建设|新建)?$"
)
_LIES = re.compile(
    r"^[\s\"”]*,?\s*(?:located |based |situated )?(?:in|at|of|from|near)\s+(?:the )?$"
)


def located(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether the name only says where or whose another one is: "X Co. in Y High-tech Zone"."""
    return any(
        other.end <= name.start
        and name.start - other.end < 24
        and _LIES.match(context.small[other.end : name.start])
        for other in sentence.names
        if other is not name
    )


def _opens(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether nothing but a date, a conjunction or an article stands before the name."""
    lead = context.plain[sentence.start : name.start]
    for time in sentence.times:
        if time.end <= name.start:
            lead = lead.replace(context.plain[time.start : time.end], "")
    return len(lead.strip(' ,，、:："“')) <= (4 if context.zh else 14)


def _earlier(context: Context, sentence: Sentence, table: dict[str, int]) -> list[Subject]:
    """What the sentences before spoke of, nearer ones first."""
    found: list[Subject] = []
    pronoun = bool(_PRONOUN.search(context.small, sentence.start, sentence.end))
    for back in range(1, 6):
        index = sentence.index - back
        if index < 0 or len(found) > 3:
            break
        other = context.sentences[index]
        near = _closeness(sentence, other) - 4 * back + (8 if pronoun else 0)
        for i, name in enumerate(_topics(context, other)):
            score = 0.6 * table.get(context.referent(name).kind, 0) + near - 3 * i
            found.append(Subject(name, label(context, name), score, "spoken of before"))
    return found


_PRONOUN = re.compile(r"\b(?:it|its|they|their)\b|其中|该|其")


def _closeness(sentence: Sentence, other: Sentence) -> float:
    """How near an earlier sentence is: in the paragraph, in the line above, or further off."""
    if other.block == sentence.block:
        return 10.0
    return 7.0 if sentence.block - other.block == 1 else 2.0


def _topics(context: Context, sentence: Sentence) -> list[Name]:
    """The first names of a sentence that it may be about."""
    found = []
    for name in sentence.names:
        before = context.plain[max(sentence.start, name.start - 60) : name.start]
        if name.kind != "person" and not _SOURCE.search(before):
            found.append(name)
    return found[:3]


def choose(context: Context, sentence: Sentence, start: int, end: int, key: str) -> Subject | None:
    """The best subject of a span, or None where no name is good enough."""
    ranked = candidates(context, sentence, start, end, key)
    if ranked and ranked[0].score >= LEAST:
        return ranked[0]
    return None
