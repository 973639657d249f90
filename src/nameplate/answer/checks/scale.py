"""The same amount at another scale: 亿 (a hundred million) read as a billion, a lost 万."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from nameplate.answer.checks.alike import (
    exact,
    grouped,
    same_moment,
    same_whole,
    side,
    slip,
    unlike,
)
from nameplate.answer.telling import finding
from nameplate.find.spelling import spell
from nameplate.lexicon.measures import measures
from nameplate.model import Entry, Finding


def scale_slip(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """The same digits ten to a hundred million times apart, for one figure.

    Plans are held against each other whenever they were made; what is, for one time only. The value
    that fewer reports give is named first: more likely it is the one that slipped.
    """
    for group in grouped(entries, _same_amount).values():
        said = {
            e.key: len({o.source for o in group if o.claim.value == e.claim.value}) for e in group
        }
        for pair in combinations(unlike(group), 2):
            one, two = sorted(pair, key=lambda e: said[e.key])
            power = slip(one.claim, two.claim)
            if power:
                check = ("scale_slip", "scale_slip")
                yield finding(check, "warning", subject, (one, two), times=f"{10**power:,}")


def _same_amount(entry: Entry) -> tuple[str, ...] | None:
    claim, whole = entry.claim, same_whole(entry)
    known = measures().get(claim.measure or "")
    if whole is None or known is None or not known.additive or not exact(entry):
        return None
    moment = (claim.when or "", same_moment(entry)) if side(claim) == "actual" else ()
    return (*whole[:5], *moment, spell(claim.scope or ""))
