"""What only English words say of a figure's measure: small readings of what stands around it.

Each looks at one turn of phrase ("the number of firms reached 350", "cut scrap by 12 percent") and says
whether it is there; `measure` decides what follows from it.
"""

from __future__ import annotations

import re

from nameplate.claim.context import Context, Sentence
from nameplate.model import Cue, Quantity

NUMBER_OF = "how many there are of what is named before it"
"""Why a bare number counts; without the words before it, it would say nothing."""
_NUMBER_OF = re.compile(r"\bnumber of (?:[\w-]+ ){0,4}$")
_AMOUNTS = re.compile(
    r"[^.;,]{0,50}?\b(?:reached|reach|exceeded|exceed|totall?ed|hit|stood at|is|was|rose to|grew to|increased to"
    r"|fell to|climbed to|came to|(?:increase|rise|grow|climb|fall|drop) to)"
    r"(?: about| over| more than| nearly| some| around)? $"
)


def number_of(context: Context, sentence: Sentence, quantity: Quantity, cue: Cue) -> bool:
    """Whether the bare number says how many there are: "the number of firms in the zone reached 350"."""
    if quantity.item_start is not None or not _NUMBER_OF.search(
        context.small, sentence.start, cue.start
    ):
        return False
    return _AMOUNTS.fullmatch(context.small, cue.end, quantity.start) is not None


_THE_TWO = re.compile(r"\b(?:the|both|these|those|our|their) (?:other )?$")
_SPELT = re.compile(r"(?:two|three|four|five|six)\b")


def known_group(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the number only takes up a group known already: "trade between the two countries"."""
    if context.zh or not _SPELT.match(context.small, quantity.start):
        return False
    return _THE_TWO.search(context.small, sentence.start, quantity.start) is not None


def of_line(context: Context, cue: Cue) -> bool:
    """Whether "production" only says what works are for: "a production line", "its production hall"."""
    return cue.key == "output" and context.small.startswith(_WORKPLACES, cue.end)


_WORKPLACES = (
    " line", " base", " plant", " facilit", " workshop", " site", " hall", " hub", " cent", " capabilit",
    " unit", " complex", " area", " process", " equipment",
)  # fmt: skip


CUT = "jobs that are cut"
"""Why a number of jobs is a change, and one for the worse."""
_CUTS = re.compile(
    r"\b(?:cut(?:s|ting)?|shed(?:s|ding)?|lay(?:s|ing)? off|laid off|axe[sd]?|axing|eliminat(?:e[sd]?|ing)"
    r"|los(?:e|es|ing)|lost"
    r"|loss of|layoffs? of|dismiss(?:ed|es|ing)?|slash(?:ed|es|ing)?|redundan\w+ (?:of|for)|made redundant)"
    r" (?:(?:about|around|some|nearly|over|more than|up to|approximately|a further|another|an additional|all"
    r"|as many as) )*$"
)
_ARE_CUT = re.compile(
    r"[^.;,]{0,30}?\b(?:(?:are|were|was|will be|to be|being|have been) (?:cut|lost|axed|eliminated|laid off"
    r"|made redundant)"
    r"|layoffs|redundancies|job losses|job cuts)\b"
)


def job_cuts(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the jobs are those that go: "plans to cut 11,000 jobs", "200 workers were laid off"."""
    if context.zh:
        return False
    if _CUTS.search(context.small, max(sentence.start, quantity.start - 60), quantity.start):
        return True
    return _ARE_CUT.match(context.small, quantity.end, sentence.end) is not None


_PEOPLE = re.compile(r"\d\s+(?:people|persons)$|(?:million|hundred|thousand) (?:people|persons)$")
_CAME = re.compile(
    r"[^.;]{0,40}?\b(?:visited|attended|took part|taking part|participated|gathered|attending|visiting"
    r"|liv(?:e|es|ed|ing)|benefit\w*|came)\b"
)
_DREW = re.compile(
    r"\b(?:attract(?:ed|s)?|taking part|attending|visitors|participants|drew|drawn|welcomed|received|serve[sd]"
    r"|benefit\w*|(?:delegation|group|team|party)(?: was)? (?:comprising|consisting|made up|composed))\b[^.;,]{0,70}$"
)


def guests(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether people are said to come or to live, not to work: "500,000 people visited the fair"."""
    if context.zh or not _PEOPLE.search(context.small, quantity.start, quantity.end):
        return False
    if _CAME.match(context.small, quantity.end, sentence.end):
        return True
    return _DREW.search(context.small, sentence.start, quantity.start) is not None


_CHANGED_BY = re.compile(
    r"\b(?:(?P<down>cut|reduc|lower|decreas|shorten|shrink|shr[au]nk|declin|fell|fall|drop)"
    r"|increas|rais|rose|rise|boost|improv|lift|grew|grow|expand|enhanc)[a-z]*\s[^,.;:%]{0,70}?"
    r"\bby (?:about |nearly |over |around |almost |more than |up to |at least )?$"
)


def changes_by(context: Context, quantity: Quantity) -> re.Match[str] | None:
    """The words that say that something rose or fell by so much: "improved efficiency by 34.8%"."""
    if context.zh:
        return None
    return _CHANGED_BY.search(context.small, max(0, quantity.start - 110), quantity.start)


_BACK = re.compile(
    r"\s*of (?:all |the |its |their |local )*(?:[\w-]+ ){0,3}?"
    r"(?:employees|workers|staff|workforce|enterprises|companies|firms|businesses|factories)\b(?:[^.;%]|\.(?=\d)){0,130}?"
    r"\b(?:returned|resumed?|restarted|reopened|back (?:at|to) work)\b"
)
_AND_OTHERS = re.compile(
    r"\s*of [^.;%]{3,110}?, (?:and )?(?:more than |over |about |nearly |some )?(?=\d[\d.]* ?(?:%|per ?cent))"
)


def back_at_work(context: Context, quantity: Quantity) -> bool:
    """Whether it is the share that works again: "70% of the employees returned to work"."""
    if context.zh:
        return False
    at = quantity.end
    for _ in range(
        4
    ):  # "82% of firms in X, over 85% of those in Y, and 96% of … have resumed work"
        if _BACK.match(context.small, at):
            return True
        more = _AND_OTHERS.match(context.small, at)
        unit = _PERCENT.match(context.small, more.end()) if more is not None else None
        if unit is None:
            return False
        at = unit.end()
    return False


_PERCENT = re.compile(r"\d[\d.]* ?(?:%|per ?cent)")


_RAISED = re.compile(
    r"\brais(?:e|es|ed|ing)(?: up to| about| over| more than| nearly| some| an (?:additional|extra))? $"
)


def raised(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the money itself is raised, not something raised by it."""
    return _RAISED.search(context.small, sentence.start, quantity.start) is not None


_PREDICATED = re.compile(
    r"\b(?:stood at|reached|totall?ed|amounted to|came to|came in at|climbed to|rose to|fell to)"
    r"(?: about| over| more than| nearly| some| around)? $"
)


def predicated(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a verb of measuring stands right before it: "the output of masks, however, stood at"."""
    return _PREDICATED.search(context.small, sentence.start, quantity.start) is not None
