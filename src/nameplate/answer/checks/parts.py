"""Parts and their wholes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nameplate.answer.amounts import agree, reach
from nameplate.answer.checks.alike import grouped, same_whole, unlike
from nameplate.answer.wording import figure, measure, source
from nameplate.lexicon.measures import measures
from nameplate.model import Claim, Entry, Finding


def part_over_whole(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A part (a figure with a scope) that is larger than the whole (the same without).

    Larger than every value of the whole that is reported, if they differ.
    """
    for group in grouped(entries, _additive).values():
        wholes = unlike(e for e in group if not e.claim.scope)
        for part in unlike(e for e in group if e.claim.scope):
            if wholes and all(_exceeds(part.claim, whole.claim) for whole in wholes):
                yield _finding(subject, part, wholes[0])


def _additive(entry: Entry) -> tuple[str, ...] | None:
    known = measures().get(entry.claim.measure or "")
    return same_whole(entry) if known is not None and known.additive else None


def _exceeds(part: Claim, whole: Claim) -> bool:
    one, two = reach(part), reach(whole)
    return one is not None and two is not None and one.low > two.high and not agree(part, whole)


def _finding(subject: str, part: Entry, whole: Entry) -> Finding:
    return Finding(
        check="part_over_whole",
        severity="warning",
        subject=subject,
        message=f"{measure(part.claim)} of {part.claim.scope} is {figure(part.claim)} "
        f"({source(part)}), more than the whole: {figure(whole.claim)} ({source(whole)})",
        claims=(part.key, whole.key),
    )
