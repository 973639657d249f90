"""Checks: what a reader should know about the claims of one subject. They find, and never edit.

A check is a pure function from the entries of one subject, in the order of time, to findings;
``CHECKS`` lists them all. To add one, write the function, list it here, and give it at least as many
cases on which it must not fire as cases on which it must (``tests/golden/checks``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from nameplate.answer.checks.alike import plain
from nameplate.answer.checks.capacity import implied_capacity, over_capacity
from nameplate.answer.checks.course import end_before_start, stage_back, two_dates
from nameplate.answer.checks.currencies import two_currencies
from nameplate.answer.checks.parts import part_over_whole, parts_over_whole, share_over_whole
from nameplate.answer.checks.promises import promised_twice
from nameplate.answer.checks.ratios import ratio_of_terms
from nameplate.answer.checks.scale import scale_slip
from nameplate.answer.checks.sums import cumulative_falls
from nameplate.answer.checks.values import revised, two_values
from nameplate.answer.copies import said_once
from nameplate.answer.moments import in_order
from nameplate.model import Entry, Finding

Check = Callable[[str, Sequence[Entry]], Iterator[Finding]]

CHECKS: dict[str, Check] = {
    "two_values": two_values,
    "scale_slip": scale_slip,
    "two_currencies": two_currencies,
    "revised": revised,
    "two_dates": two_dates,
    "end_before_start": end_before_start,
    "stage_back": stage_back,
    "part_over_whole": part_over_whole,
    "parts_over_whole": parts_over_whole,
    "share_over_whole": share_over_whole,
    "ratio_of_terms": ratio_of_terms,
    "cumulative_falls": cumulative_falls,
    "over_capacity": over_capacity,
    "implied_capacity": implied_capacity,
    "promised_twice": promised_twice,
}


def findings(subject: str, entries: Iterable[Entry]) -> list[Finding]:
    """What all checks find in the entries of the one thing called ``subject``, with the quotes.

    Numbers that are no amounts of anything (NaN, a thousand digits) are left aside, and so is what
    a copy of a report only repeats.
    """
    ordered = sorted(filter(_is_sound, said_once(entries)), key=in_order)
    words = {entry.key: entry.claim.quote for entry in ordered}
    return [
        msgspec.structs.replace(finding, quotes=tuple(words[key] for key in finding.claims))
        for check in CHECKS.values()
        for finding in check(subject, ordered)
    ]


def _is_sound(entry: Entry) -> bool:
    claim = entry.claim
    return all(n is None or plain(n) for n in (claim.value, claim.low, claim.high))
