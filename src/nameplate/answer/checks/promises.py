"""An amount is promised once, however often it is signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from nameplate.answer.amounts import agree
from nameplate.answer.checks.alike import exact, grouped, one_thing
from nameplate.answer.telling import finding
from nameplate.find.spelling import spell
from nameplate.model import Entry, Finding

_PROMISED = frozenset({"investment", "contract_value"})


def promised_twice(subject: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """The same amount with the framework agreement and again with the contract.

    Of one thing, in two reports: whoever adds up signings would count it twice.
    """
    signed = [e for e in entries if e.claim.stage == "signed" and one_thing(e.claim)]
    steps = grouped(signed, lambda entry: entry.claim.binding)
    if "framework" not in steps or "contract" not in steps:
        return
    for amounts in grouped(entries, _same_promise).values():
        first = _said_with(amounts, steps["framework"])
        again = _said_with(amounts, steps["contract"])
        for one, two in combinations([e for e in (first, again) if e is not None], 2):
            if one.source != two.source and agree(one.claim, two.claim):
                yield finding(("promised_twice", "promised_twice"), "info", subject, (one, two))


def _said_with(amounts: Sequence[Entry], signings: Sequence[Entry]) -> Entry | None:
    reports = {entry.document_key for entry in signings}
    return next((e for e in amounts if e.document_key in reports), None)


def _same_promise(entry: Entry) -> tuple[str, ...] | None:
    claim = entry.claim
    if claim.measure not in _PROMISED or not exact(entry) or not one_thing(claim):
        return None
    return (claim.unit or "", spell(claim.scope or ""))
