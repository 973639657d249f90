"""Topics: what fields, products or things an enumeration names, for needs and capabilities."""

from __future__ import annotations

import re

from nameplate.claim.context import Context, Sentence
from nameplate.claim.likeness import alike
from nameplate.claim.phrase import Span, items, tidy, trim
from nameplate.model import Claim

_FIELDS = re.compile(
    r"\s*(?:on|in)?\s*(?:(?:the|its|a|an|many|several|some|various|following|key|major|main|core|important|leading"
    r"|two|three|four|five|six|seven|eight|ten|\d+)\s+)*(?:(?:research|business|industrial|technical"
    r"|product|key|major|main|core|cutting-edge)\s+)*(?:fields?|areas?|sectors?|directions?|aspects?|industries"
    r"|businesses|categories|series|industry)\s*(?:of|such as|including|like|:|：)\s*",
    re.IGNORECASE,
)
_ACTIVITY = re.compile(
    r"\s*(?:(?:the|a|in|independent|professional)\s+)*(?:(?:R\s*&\s*D|research and development"
    r"|scientific research|research|development|design|production|manufactur\w+|processing|sales?"
    r"|marketing|after-sales|services?"
    r"|supply|installation|producing|developing|designing|operation|application|technical)\b"
    r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*/\s*|\s+)?)+(?:of|for|in)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_GERUND = re.compile(
    r"(?!(?:engineering|manufacturing|processing|packaging|printing|coating|casting|welding|mining|machining"
    r"|lighting|computing|testing|trading|planting|breeding|logistics|bearing|wiring|building materials"
    r"|advertising|consulting|financing|engraving|forging|stamping|smelting|refining|spinning|weaving"
    r"|dyeing|cutting|sensing|cooling|heating|charging|marketing|imaging|sequencing)\b)"
    r"[a-z]+ing\s",
    re.IGNORECASE,
)
_END = re.compile(
    r"[.;。；!?！？:：]|,\s+(?:which|who|where|so|with|while|it|and\s+(?:has|have|is|are|was|its|it|the\s+company"
    r"|will|\w+s\s))|\s+(?:which|who|that|in order|so as|with|to|through|by|via|based on|since|where"
    r"|while|because|has|have|is|are|was|were)\s|\s+(?=for\s+(?:the|more|over)\b)",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"^(?:its|their|his|her|our|how|what|more|it|them|this|that|\d[\d,.]*|etc\.?|so on|other\w*|many\s+\w+|one"
    r"|(?:announced|said|says|plans?|planned|will|has|have|is|are|was|were|opened|unveiled|signed|broke|began)\b.*)$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\s+(?:and other (?:fields|areas|industries|products|aspects))$|\s+etc\.?$", re.IGNORECASE
)
_COLON = re.compile(r"\s*[:：]\s*")
_DANGLING = re.compile(r"\s*,?\s*(?:\band|\bor)?\s*$")
_AND_OTHER = re.compile(r"\s*,?\s+(?:and|or)\s+other\b")
LONGEST = 90
_WINDOW = 200
_NEAR = 240
"""Characters within which two topics stand in one list."""


def topics(context: Context, sentence: Sentence, start: int, end: int) -> list[Span]:
    """The fields or products that an enumeration names; empty if it tells activities instead.

    Where the last item has its comma ("A and B, C, and D"), "and" inside an item parts nothing.
    """
    colon = _COLON.match(context.plain, start, end)
    start = colon.end() if colon else start
    fields = _FIELDS.match(context.plain, start, end)
    at = fields.end() if fields else start
    if activity := _ACTIVITY.match(context.plain, at, end):
        at = activity.end()
    stop = _END.search(context.plain, at, end)
    while stop is not None and any(n.start < stop.start() < n.end for n in sentence.names):
        stop = _END.search(context.plain, stop.end(), end)
    limit = stop.start() if stop else end
    if others := _AND_OTHER.search(context.plain, at, limit):
        limit = others.start()
    stop_at = at + len(_DANGLING.sub("", context.plain[at:limit]))
    serial = _SERIAL.search(context.plain, at, stop_at) is not None
    if stop_at < limit:  # a further verb follows: ", and develops"
        serial = serial or "," in context.plain[at:stop_at]
    found: list[Span] = []
    for s, e in items(context, sentence, at, stop_at, commas=serial and not context.zh):
        if not found and _GERUND.match(context.plain, s, e):
            return []
        span = _shorn(context, s, e)
        words = context.plain[slice(*span)]
        if 2 < len(words) <= LONGEST and not _BAD.match(words):
            found.append(span)
    return found


_SERIAL = re.compile(r",\s+(?:and|or)\s|，")


def _shorn(context: Context, start: int, end: int) -> Span:
    other = _OTHER.search(context.plain[start:end])
    return trim(context, start, start + other.start() if other else end)


def distinct(claims: list[Claim]) -> list[Claim]:
    """One claim for one topic: a later wording of the same is dropped."""
    kept: list[Claim] = []
    for claim in claims:
        if not any(_again(claim, other) for other in kept[-_WINDOW:]):
            kept.append(claim)
    return kept


def _again(claim: Claim, other: Claim) -> bool:
    """Whether the topic was named before; in one list like wordings are still two topics."""
    beside = abs(claim.start - other.start) < _NEAR
    return alike(claim.topic or "", other.topic or "", strict=beside)


def topic_claim(context: Context, span: Span, proto: Claim) -> Claim:
    """The claim ``proto`` for one topic, quoted from its words."""
    start, end = span
    return Claim(
        kind=proto.kind,
        subject=proto.subject,
        subject_kind=proto.subject_kind,
        topic=tidy(context, start, end),
        quote=context.quote(start, end),
        start=start,
        end=end,
        modality=proto.modality,
        rule=proto.rule,
        confidence=proto.confidence,
    )
