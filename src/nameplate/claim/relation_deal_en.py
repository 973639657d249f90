"""English deals: who invests in what, who signs or works with whom, who settles where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nameplate.claim.context import Context, Sentence
from nameplate.claim.ends_en import ACTORS, FIRMS, WORKS, claim, left, right
from nameplate.claim.phrase import noun_phrase, tidy
from nameplate.model import Claim, Cue, Name

_MONEY_IN = re.compile(
    r"(?:[^.;。]|\.(?=\d)){0,70}?\b(?:in|into|to|at)\s+(?:build\s+|construct\s+|set up\s+|expand\s+|upgrade\s+)?"
    r"(?:the\s+|a\s+|an\s+|its\s+|their\s+)?"
)
_AGENTS = re.compile(r"\s*(?:,\s*)?(?:and|with)\s+(?:[\w-]+\s+){0,4}")


def settled(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "such as Tencent and NetEase, have settled in Pudong": the place hosts each."""
    host = right(context, sentence, cue.end, frozenset({"place", "park"}), 12)
    if host is None:
        return
    at = cue.start
    for name in reversed([n for n in sentence.names if n.end <= cue.start]):
        between = context.plain[name.end : at]
        if name.kind not in FIRMS or not re.fullmatch(r"\s*,?\s*(?:and|or|have|has)?\s*", between):
            break
        at = name.start
        made = claim(context, sentence, "hosts.settle", (host, name), (name.start, host.end), 0.65)
        if made:
            yield made


def homes(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "Weiting Park is home to A and B": the park hosts each."""
    host = left(context, sentence, cue.start, frozenset({"place", "park"}), 12)
    at = cue.end
    for name in [n for n in sentence.names if n.start >= cue.end]:
        between = context.plain[at : name.start]
        if (
            host is None
            or not re.fullmatch(r"\s*(?:,|and|the|\s)*", between)
            or name.kind not in FIRMS
        ):
            break
        at = name.end
        made = claim(context, sentence, "hosts.home", (host, name), (host.start, name.end), 0.65)
        if made:
            yield made


def invested(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "will invest 5 billion USD in Oman", "to invest 10.2 billion yuan to a new industrial park"."""
    subject = left(context, sentence, cue.start, FIRMS, 160)
    lead = _MONEY_IN.match(context.plain, cue.end, sentence.end)
    if subject is None or lead is None:
        return
    other = next((n for n in sentence.names if n.start >= lead.end() - 5), None)
    money = any(cue.end <= q.start < lead.end() for q in sentence.quantities)
    if not money and not (other is not None and other.kind in WORKS and lead.end() - cue.end < 9):
        return
    if (
        other is None
        or other.start > lead.end() + 24
        or other.kind not in WORKS | {"place", "company"}
    ):
        return
    made = claim(context, sentence, cue.key, (subject, other), (cue.start, other.end), 0.65)
    if made:
        yield made


def announced(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "Intel will announce a new $20 billion factory"."""
    subject = left(context, sentence, cue.start, FIRMS, 30)
    other = right(context, sentence, cue.end, WORKS, 40)
    if subject is None or other is None:
        return
    if any(cue.end <= q.start < other.start for q in sentence.quantities):
        made = claim(context, sentence, cue.key, (subject, other), (subject.start, other.end), 0.55)
        if made:
            yield made


def signed(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "A and B signed a … agreement", "A signed a … agreement with B"."""
    verb = re.compile(r"\b(?:sign(?:ed|s)?|reached|inked|concluded|entered into)\b").search(
        context.plain, sentence.start, cue.start
    )
    if verb is None:
        return
    parties = [n for n in sentence.names if n.end <= verb.start() and n.kind in ACTORS]
    lead = re.compile(r"[^.;]{0,40}?\bwith\s+(?:the\s+)?").match(
        context.plain, cue.end, sentence.end
    )
    other = right(context, sentence, lead.end(), ACTORS, 20) if lead else None
    if other is None:
        with_ = re.compile(r"\bwith\s+(?:the\s+)?").search(context.plain, verb.end(), cue.start)
        other = right(context, sentence, with_.end(), ACTORS, 20) if with_ else None
    if other is not None and parties:
        pair = parties[-1], other
    elif len(parties) >= 2 and _AGENTS.fullmatch(
        context.plain[parties[-2].end : parties[-1].start]
    ):
        pair = parties[-2], parties[-1]
    else:
        return
    span = (pair[0].start, max(cue.end, pair[1].end))
    made = claim(context, sentence, cue.key, pair, span, 0.65)
    if made:
        yield made


def partnered(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "is cooperating with B", "cooperation between A and B"."""
    if context.small[cue.start : cue.end].endswith("between"):
        inside = [n for n in sentence.names if cue.end <= n.start <= cue.end + 90][:2]
        if len(inside) == 2 and re.fullmatch(
            r"\s+and\s+(?:the\s+)?", context.plain[inside[0].end : inside[1].start]
        ):
            made = claim(
                context, sentence, cue.key, (inside[0], inside[1]), (cue.start, inside[1].end), 0.65
            )
            if made:
                yield made
        return
    subject = left(context, sentence, cue.start, ACTORS)
    if subject is None:
        return
    other = right(context, sentence, cue.end, ACTORS, 30)
    if other is not None:
        end: tuple[Name | str, int] = (other, other.end)
    else:
        start, stop = noun_phrase(context, sentence, cue.end)
        words = tidy(context, start, stop)
        if not re.search(
            r"\b(?:companies|enterprises|universities|institutes|firms|institutions)\b", words
        ):
            return
        end = (re.sub(r"^many\s+", "", words), stop)
    made = claim(context, sentence, cue.key, (subject, end[0]), (cue.start, end[1]), 0.6)
    if made:
        yield made


def ordered(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Claim]:
    """ "secures orders from B": A supplies B."""
    subject = left(context, sentence, cue.start, FIRMS)
    other = right(context, sentence, cue.end, FIRMS | {"place"}, 20)
    if subject is not None and other is not None:
        made = claim(context, sentence, cue.key, (subject, other), (subject.start, other.end), 0.6)
        if made:
            yield made
