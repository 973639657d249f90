"""Who a clause is about: the company, institute or place before a verb, or the one spoken of."""

from __future__ import annotations

import re

from nameplate.claim.context import Context, Sentence
from nameplate.claim.subject import label
from nameplate.model import Name

ORGANISATIONS = frozenset({"company", "institute", "plant", "body"})
PARTIES = ORGANISATIONS | {"park", "place"}

_OPENER = re.compile(
    r"(?:^|[,;，；]|\b(?:and|that|while)\b)\s*(?:the\s+(?:company|institute|group|firm|enterprise|factory|plant"
    r"|university|academy|centre|center|laboratory|province|city|county|district|region|country|zone"
    r"|municipality|town|state)|it|we|our\s+\w+|(?:该|本|这家|我)(?:公司|集团|企业|院|所|厂|校|中心))\s*(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_AGENT_OF = re.compile(
    r"(?:\bby|\bwith|\bfrom|\bto|\bfor|\bthan|\bunder|与|和|向|由|对|被)\s*(?:the\s+)?$", re.I
)


def words_of(context: Context, name: Name) -> str | None:
    """The words for a party: the antecedent's of a generic name, else "smelter" for "the smelter".

    None for 我国, 全国 and the like without an antecedent.
    """
    if name.generic and name.refers is None:
        return None if context.zh else _THE.sub("", label(context, name)) or None
    return label(context, name)


_THE = re.compile(r"^(?:the|this|that|its|our|their|these|those)\s+", re.IGNORECASE)


def before(
    context: Context,
    sentence: Sentence,
    offset: int,
    kinds: frozenset[str],
    *,
    nearest: bool = True,
) -> Name | None:
    """The party before the offset in its sentence: the nearest that is not another's object."""
    found = [n for n in sentence.names if n.end <= offset and context.referent(n).kind in kinds]
    if not nearest:
        found.reverse()
    for name in reversed(found):
        lead = context.plain[max(sentence.start, name.start - 12) : name.start]
        if not _AGENT_OF.search(lead):
            return name
    return None


def spoken_of(
    context: Context, sentence: Sentence, offset: int, kinds: frozenset[str]
) -> Name | None:
    """The party that the sentences before were about, if "it" or "the company" is before the offset."""
    if _OPENER.search(context.plain[max(sentence.start, offset - 60) : offset]) is None:
        return None
    for index in range(sentence.index - 1, max(-1, sentence.index - 4), -1):
        for name in context.sentences[index].names:
            if not name.generic and name.kind in kinds:
                return name
    return None
