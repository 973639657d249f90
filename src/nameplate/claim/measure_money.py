"""What a sum of money is: invested, contracted, produced, earned."""

from __future__ import annotations

import re

from nameplate.claim import measure_en
from nameplate.claim.context import Context, Sentence
from nameplate.claim.measure_reading import MONEY, Reading
from nameplate.model import Quantity

_WORKS = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:[\w-]+\s){0,6}?(?:factory|gigafactory|plant|facility|project|base|hub|park|mill"
    r"|line|centre|center|complex|unit|fab|refinery|smelter|campus|expansion)\b"
)


def _strongest(context: Context, quantity: Quantity, near: list[Reading]) -> Reading | None:
    """The strongest measure of money; 增加20亿元的销售额 names it after the figure."""
    best = next((r for r in near if r.measure != "funding"), None)
    if not context.zh or best is None or best.measure != "change":
        return best
    named = (r for r in near if r.cue is not None and r.cue.start >= quantity.end)
    return next((r for r in named if r.score > 80 and r.measure in MONEY), best)


def of_money(
    context: Context, sentence: Sentence, quantity: Quantity, near: list[Reading]
) -> Reading | None:
    given = next((r for r in near if r.measure == "funding" and r.score > 40), None)
    best = _strongest(context, quantity, near)
    rises = best is not None and best.measure == "change"
    if best is not None and rises and measure_en.raised(context, sentence, quantity):
        return Reading("investment", best.score, best.cue, "money raised")
    if best is not None and best.measure == "change" and quantity.trend is None and given:
        best = None
    if best is not None and best.measure == "duration":
        return None
    if best is not None and best.score > 40:
        if best.measure == "contract_value" and _size_of_works(context, sentence, best):
            return Reading("investment", best.score, best.cue, "what the works are worth")
        if best.measure == "contract_value" and _size_of_projects(context, sentence, quantity):
            return Reading("investment", best.score, best.cue, "what the projects are worth")
        if best.measure == "contract_value" and _worth_of_goods(context, sentence, quantity):
            return Reading("output_value", best.score, best.cue, "what the goods are worth")
        if best.measure == "investment" and _at_a_signing(context, sentence, quantity):
            return Reading("contract_value", best.score, best.cue, "what contracted projects bring")
        return best
    if _WORKS.match(context.small, quantity.end):
        return Reading("investment", 75.0, None, "it sizes the works that follow")
    if best is None and _signing(sentence):
        return Reading("contract_value", 55.0, None, "money of a signing")
    if best is not None and best.score > 30:
        return best
    brought = _brought_in(context, sentence, quantity) if best is None else None
    if brought is not None or given is None:
        return brought
    return Reading("investment", given.score - 30, given.cue, "money given")


def _brought_in(context: Context, sentence: Sentence, quantity: Quantity) -> Reading | None:
    """Money that is made: "an annual output of 5 billion yuan", "expected to generate 26 million"."""
    if _PUT_OUT.search(context.small, sentence.start, quantity.start):
        return Reading("output_value", 60.0, None, "output in money")
    if _EARNS.search(context.small, sentence.start, quantity.start):
        return Reading("revenue", 55.0, None, "money that it brings in")
    return None


_PUT_OUT = re.compile(
    r"\b(?:output|production) (?:of|worth|reached|reaching|hit|exceed(?:ed|ing)|totall?ing|amounting to|at)\b"
    r"[^.;,]{0,20}$"
)
_EARNS = re.compile(
    r"\b(?:generat(?:e|es|ed|ing)|bring(?:s|ing)? in|brought in)(?: up to| about| over| more than| nearly| some)? $"
)


_OF_CAPITAL = re.compile(
    r"[\s-]*(?:\([^()]{1,40}\)\s*)?(?:worth of|worth|of|in)\s+(?:foreign|domestic|direct|new|total|private|overseas"
    r"|outside|inward|social|utilized|actual|\s)*\b(?:capital|investments?|fdi)\b"
)


def is_loose(context: Context, said: Reading | None) -> bool:
    """Whether nothing but a rise or the word "worth" says what the money is."""
    if context.zh or said is None or said.measure == "change":
        return not context.zh
    return said.cue is not None and context.small[said.cue.start : said.cue.end] == "worth"


def capital(context: Context, quantity: Quantity) -> Reading | None:
    """Investment where that is said right after the money: "worth of foreign direct investment"."""
    if _OF_CAPITAL.match(context.small, quantity.end) is None:
        return None
    return Reading("investment", 88.0, None, "so much capital")


def _size_of_works(context: Context, sentence: Sentence, best: Reading) -> bool:
    """Whether the money sizes works named right before it: "its coffee plant worth 65 million"."""
    cue = best.cue
    if cue is None or context.small[cue.start : cue.end] not in ("worth", "valued at"):
        return False
    return any(
        0 <= cue.start - n.end <= 2 and n.kind in ("project", "plant", "line", "park")
        for n in sentence.names
    )


_BARGAIN = re.compile(r"\b(?:sign|contract|agreement|deal|order|memorand|mou|purchase|bid|tender)")


_PROJECTS_WORTH = re.compile(r"\bprojects?\b[^,.;]{0,24}\bworth\b")


def _size_of_projects(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the money sizes counted projects and no bargain is spoken of."""
    if _BARGAIN.search(context.small, sentence.start, sentence.end):
        return False
    head = context.small[max(sentence.start, quantity.start - 40) : quantity.start]
    return _PROJECTS_WORTH.search(head) is not None


def _worth_of_goods(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the money is the worth of an amount of goods: "311,000 tonnes worth 300 million"."""
    return any(
        0 <= quantity.start - q.end < 24
        and q.dimension not in ("money", "ratio", "count")
        and "worth" in context.small[q.end : quantity.start]
        for q in sentence.quantities
    )


_CONTRACTED = re.compile(r"\b(?:contracted|signed) projects? (?:\w+ ){0,3}$")


def _signing(sentence: Sentence) -> bool:
    cues = [*sentence.cue("stage"), *sentence.cue("weak_stage")]
    return any(c.key == "signed" for c in cues)


def _at_a_signing(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    head = context.small[max(sentence.start, quantity.start - 60) : quantity.start]
    return bool(_CONTRACTED.search(head))
