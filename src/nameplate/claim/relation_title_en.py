"""English titles and occasions: what a thing is recognised as, what a body holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nameplate.claim.context import Context, Sentence
from nameplate.claim.ends_en import THINGS, claim, left
from nameplate.claim.phrase import noun_phrase, tidy
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Claim, Cue


@cache
def _title() -> re.Pattern[str]:
    return re.compile(noun_pattern("title"), re.IGNORECASE)


def identified(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "was recognised as a national-level technology centre"."""
    subject = left(context, sentence, cue.start, THINGS | {"thing", "product", "place"})
    if subject is None:
        return
    is_title = cue.key.endswith(".is")
    lead = re.compile(r"\s*(?:one of\s+)?(?:the\s+|a\s+|an\s+)?(?:\w+\s+batch\s+of\s+)?").match(
        context.plain, cue.end
    )
    at = lead.end() if lead else cue.end
    start, stop = noun_phrase(context, sentence, at)
    if is_title:
        start = cue.start + context.small[cue.start : cue.end].index(" ") + 1
        start += len(context.plain[start : start + 3]) - len(
            context.plain[start : start + 3].removeprefix("a ").removeprefix("an ")
        )
    if stop - start < 6 or not _title().search(context.plain, start, stop):
        return
    made = claim(
        context, sentence, cue.key, (subject, tidy(context, start, stop)), (start, stop), 0.6
    )
    if made:
        yield made


@cache
def _event() -> re.Pattern[str]:
    return re.compile(noun_pattern("event"), re.IGNORECASE)


def held(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "Liangjiang New Area held the key “Cloud Signing” activity"."""
    host = left(
        context,
        sentence,
        cue.start,
        frozenset({"place", "park", "company", "body", "institute"}),
        30,
    )
    if host is None:
        return
    match = _event().search(context.plain, cue.end, min(sentence.end, cue.end + 90))
    if match is None or re.search(
        r"[,.;。]|\b(?:in|at|on|to|with|for)\b", context.plain[cue.end : match.start()]
    ):
        return
    if host.kind == "company" and match[0].endswith("ceremony"):
        return  # a firm's own ribbon-cutting is no event that it is host to
    start = noun_phrase(context, sentence, cue.end)[0]
    words = re.sub(r"^(?:key|grand|large|special|major)\s+", "", tidy(context, start, match.end()))
    made = claim(context, sentence, cue.key, (host, words), (cue.start, match.end()), 0.6)
    if made:
        yield made
