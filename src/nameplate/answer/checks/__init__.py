"""Checks: what a reader should know about the claims of one subject. They find, and never edit.

A check is a pure function from the entries of one subject, in the order of time, to findings;
``CHECKS`` lists them all. To add one, write the function, list it here, and give it at least as many
cases on which it must not fire as cases on which it must.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from nameplate.answer.checks.course import end_before_start
from nameplate.answer.checks.parts import part_over_whole
from nameplate.answer.checks.values import revised, two_values
from nameplate.answer.moments import in_order
from nameplate.model import Entry, Finding

Check = Callable[[str, Sequence[Entry]], Iterator[Finding]]

CHECKS: dict[str, Check] = {
    "two_values": two_values,
    "revised": revised,
    "part_over_whole": part_over_whole,
    "end_before_start": end_before_start,
}


def findings(subject: str, entries: Iterable[Entry]) -> list[Finding]:
    """What all checks find in the entries of the one thing called ``subject``."""
    ordered = sorted(entries, key=in_order)
    return [finding for check in CHECKS.values() for finding in check(subject, ordered)]
