"""What a body develops, in English: "has developed A and B"; on a visit: "saw technologies such as A".

An object counts only if it names a technology or a product of the table of fields: firms develop steadily,
land, markets and themselves as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nameplate.claim.context import Context, Sentence
from nameplate.claim.ends_en import FIRMS, claim, left
from nameplate.claim.phrase import Span, tidy
from nameplate.claim.topic import topics
from nameplate.find.field import names_any
from nameplate.model import Claim, Cue, Name

_SHOWERS = frozenset({"company", "institute"})
_WHOLE = re.compile(
    r"\b(?:industry|industries|sectors?|markets?|economy|clusters?|chains?|parks?|zones?|bases?|areas?|fields?"
    r"|projects?|plants?|cities|city|regions?|resources?|business(?:es)?|brands?|policy|standards?|talents?"
    r"|farms?|mines?|fields|countries|strategy|cooperation|relations?|trade|services?|enterprises?)$",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\b(?:felt|experienced|saw|seen|watched|viewed|observed|tried|learned|learnt|inspected|examined|understood"
    r"|listened|shown|introduced|demonstrated|displayed)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\b(?:plans?|hopes?|should|must|need|future|abroad|other|world)\b", re.I)
_BACK = 2
"""So many sentences back the body may be named whose technologies are seen."""


def developed(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "A has developed B and C": each thing that is a technology or a product."""
    subject = left(context, sentence, cue.start, FIRMS)
    if subject is None:
        return
    begin: int | None = subject.start
    for start, end in _things(context, sentence, cue):
        span = (start if begin is None else begin, end)
        made = claim(context, sentence, "develops", (subject, tidy(context, start, end)), span, 0.5)
        if made:
            yield made
        begin = None


def shown(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "The delegation saw technologies such as A and B": those of the body that is visited."""
    lead = context.plain[sentence.start : cue.start]
    if not _SEEN.search(lead) or _ELSEWHERE.search(lead):
        return
    owner = _visited(context, sentence, cue)
    if owner is None:
        return
    for start, end in _things(context, sentence, cue):
        words = tidy(context, start, end)
        made = claim(context, sentence, "develops.shown", (owner, words), (start, end), 0.5)
        if made:
            yield made


def _things(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Span]:
    for start, end in topics(context, sentence, cue.end, sentence.end):
        words = context.plain[start:end]
        words = words.split(" of ", 1)[0]  # the industry of a county is an industry
        if not _WHOLE.search(words) and names_any(words, ("technology", "product", "term")):
            yield start, end


def _visited(context: Context, sentence: Sentence, cue: Cue) -> Name | None:
    """The one company or institute that this or the last sentences of the paragraph speak of."""
    for index in range(sentence.index, max(-1, sentence.index - _BACK - 1), -1):
        near = context.sentences[index]
        if near.block != sentence.block:
            return None
        names = [
            n
            for n in near.names
            if context.referent(n).kind in _SHOWERS
            and (index < sentence.index or n.end <= cue.start)
        ]
        names = [n for n in names if not n.generic or n.refers is not None]
        bodies = {context.referent(n).start for n in names}
        if names:
            return context.referent(names[0]) if len(bodies) == 1 else None
    return None
